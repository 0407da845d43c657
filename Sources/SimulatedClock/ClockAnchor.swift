/// Where simulated time stands against the wall's, and how fast it goes from there.
///
/// All arithmetic of the simulated clock: exact whole milliseconds, and no step backwards.
public struct ClockAnchor: Equatable, Sendable {
  /// The wall's clock at the anchor, ms since 1970 UTC.
  public let wall: Int64
  /// The simulated clock at the same instant, ms since 1970 UTC.
  public let simulated: Int64
  /// Simulated milliseconds a millisecond of the wall; 0 stands still.
  public let speed: Int64
  /// What a person chose; differs from ``speed`` while something holds time back.
  public let chosen: Int64

  /// The fastest that a clock goes: a day in a bit more than a second.
  public static let speedMax: Int64 = 86_400

  /// - Parameters:
  ///   - wall: of the anchor.
  ///   - simulated: at the same instant.
  ///   - speed: 0 to ``speedMax``; what is beyond counts as the end that it is beyond.
  ///   - chosen: to return to; the speed itself where nothing holds time back.
  public init(wall: Int64, simulated: Int64, speed: Int64, chosen: Int64? = nil) {
    self.wall = wall
    self.simulated = simulated
    self.speed = min(max(0, speed), Self.speedMax)
    self.chosen = min(max(0, chosen ?? speed), Self.speedMax)
  }

  /// The simulated time at an instant of the wall.
  ///
  /// Before the anchor it is the anchor's: where the wall's clock was set back, simulated time waits
  /// for it. What would not fit is the last instant that does.
  public func simulated(at wall: Int64) -> Int64 {
    let (passed, isBefore) = wall.subtractingReportingOverflow(self.wall)
    guard !isBefore, passed > 0 else { return simulated }
    let (span, isTooLong) = passed.multipliedReportingOverflow(by: speed)
    let (sum, isTooLate) = simulated.addingReportingOverflow(span)
    return isTooLong || isTooLate ? .max : sum
  }

  /// The anchor from which time goes at another speed, without a step.
  public func changed(to speed: Int64, chosen: Int64, at wall: Int64) -> ClockAnchor {
    ClockAnchor(
      wall: max(wall, self.wall),
      simulated: simulated(at: wall),
      speed: speed,
      chosen: chosen
    )
  }

  /// The anchor from which time goes on after it was put forward; one that lies behind changes nothing.
  public func stepped(to instant: Int64, at wall: Int64) -> ClockAnchor {
    let now = simulated(at: wall)
    guard instant > now else { return self }
    return ClockAnchor(
      wall: max(wall, self.wall),
      simulated: instant,
      speed: speed,
      chosen: chosen
    )
  }

  /// Time as it goes while something is under way that time must not overtake: at most by the wall.
  public func held(at wall: Int64) -> ClockAnchor {
    speed <= 1 ? self : changed(to: 1, chosen: chosen, at: wall)
  }

  /// Time as it was chosen to go.
  public func resumed(at wall: Int64) -> ClockAnchor {
    speed == chosen ? self : changed(to: chosen, chosen: chosen, at: wall)
  }

  /// How long the wall's clock goes until a simulated instant; nothing where it never comes.
  public func wallMilliseconds(until instant: Int64, at wall: Int64) -> Int64? {
    let now = simulated(at: wall)
    guard instant > now else { return 0 }
    guard speed > 0 else { return nil }
    let (left, isTooLong) = instant.subtractingReportingOverflow(now)
    if isTooLong { return nil }
    // Rounded up, so that the instant has come.
    return (left - 1) / speed + 1 + max(0, self.wall - wall)
  }
}
