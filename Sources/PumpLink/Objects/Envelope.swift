public import Quantities

/// The limits, signed in person, inside which remote orders may fall (contract: Envelope).
public struct Envelope: Equatable, Sendable {
  /// Change of the planned 24 h dose in one step, in thousandths.
  public var step: UInt16
  /// The same against the program last set in person.
  public var week: UInt16
  public var betweenIncreases: TimeSpan
  /// How long an increase waits, while it can be cancelled.
  public var delay: TimeSpan
  /// How old the last bedside session may be.
  public var bedsideAge: TimeSpan

  public init(
    step: UInt16,
    week: UInt16,
    betweenIncreases: TimeSpan,
    delay: TimeSpan,
    bedsideAge: TimeSpan
  ) {
    self.step = step
    self.week = week
    self.betweenIncreases = betweenIncreases
    self.delay = delay
    self.bedsideAge = bedsideAge
  }

  /// What holds where a clinic sets nothing else.
  public static let standard = Envelope(
    step: 100,
    week: 200,
    betweenIncreases: 24 * .hour,
    delay: .hour,
    bedsideAge: 120 * .day
  )

  /// What no clinic may pass.
  public static let widest = Envelope(
    step: 200,
    week: 300,
    betweenIncreases: 12 * .hour,
    delay: 15 * .minute,
    bedsideAge: 180 * .day
  )

  /// Whether it lies within the widest.
  public var isAllowed: Bool {
    let widest = Envelope.widest
    return step <= widest.step && week <= widest.week
      && betweenIncreases >= widest.betweenIncreases && delay >= widest.delay
      && bedsideAge <= widest.bedsideAge
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&step, &bytes)
    cursor.code(&week, &bytes)
    cursor.code(&betweenIncreases, &bytes)
    cursor.code(&delay, &bytes)
    cursor.code(&bedsideAge, &bytes)
  }
}
