/// How often pumps are asked, and how soon it is looked again whether there is anything to bring them.
public struct PollPace: Equatable, Sendable {
  /// Therapy time between two looks at a pump that has nothing brought to it.
  public var every: Int64
  /// Wall time between two looks at a pump, whatever therapy time does: its battery pays.
  public var leastApart: Int64
  /// Wall time between two exchanges in which there is something to bring.
  public var leastApartBringing: Int64
  /// Therapy time may be set to go faster at any moment, so nobody sleeps longer than this.
  public var lookAgain: Int64

  /// Of a clinic that treats people.
  public static let standard = PollPace(
    every: PollSchedule.every,
    leastApart: PollSchedule.leastApart,
    leastApartBringing: PollSchedule.leastApart,
    lookAgain: PollSchedule.lookAgain
  )

  /// Where therapy time stands still while people act: an order must not wait for the wall's clock.
  public static let simulated = PollPace(
    every: 2 * 86_400_000,
    leastApart: 250,
    leastApartBringing: 20,
    lookAgain: 100
  )
}

/// When to ask a pump next: a function of the clocks and of what there is to bring.
public struct PollSchedule: Equatable, Sendable {
  /// Therapy time between two looks at a pump that has nothing brought to it.
  public static let every: Int64 = 15 * 60_000
  /// Wall time between two exchanges with one pump, whatever therapy time does: its battery pays.
  public static let leastApart: Int64 = 2_000
  /// After failures the wait doubles up to this, wall time.
  public static let backOffMax: Int64 = 60_000
  /// Therapy time may be set to go faster at any moment, so nobody sleeps longer than this.
  public static let lookAgain: Int64 = 1_000

  /// Therapy time at which the pump was last heard; nothing where it never was.
  public var heardAt: Int64?
  /// Wall time of the last exchange or attempt.
  public var askedAt: Int64?
  /// Orders that wait to be brought, or whose outcome is unknown.
  public var ordersWaiting: Int
  /// Attempts in a row that failed.
  public var failures: Int
  public var pace: PollPace

  public init(
    heardAt: Int64? = nil,
    askedAt: Int64? = nil,
    ordersWaiting: Int = 0,
    failures: Int = 0,
    pace: PollPace = .standard
  ) {
    self.pace = pace
    self.heardAt = heardAt
    self.askedAt = askedAt
    self.ordersWaiting = ordersWaiting
    self.failures = failures
  }

  public enum Step: Equatable, Sendable {
    case ask
    /// After so many ms of wall time.
    case wait(Int64)
  }

  /// - Parameters:
  ///   - therapy: therapy time.
  ///   - wall: security time.
  /// - Returns: to ask now, or to look again later.
  public func step(therapy: Int64, wall: Int64) -> Step {
    if let askedAt, wall >= askedAt {
      let usual = ordersWaiting > 0 ? pace.leastApartBringing : pace.leastApart
      let apart = failures == 0 ? usual : Self.backOff(after: failures)
      let left = askedAt + apart - wall
      if left > 0 { return .wait(min(left, pace.lookAgain)) }
    }
    guard ordersWaiting == 0, failures == 0, let heardAt else { return .ask }
    // A therapy clock that was set back must not keep a pump from being asked.
    let passed = therapy - heardAt
    return passed >= pace.every || passed < 0 ? .ask : .wait(pace.lookAgain)
  }

  static func backOff(after failures: Int) -> Int64 {
    min(backOffMax, leastApart << Int64(min(max(0, failures - 1), 10)))
  }
}
