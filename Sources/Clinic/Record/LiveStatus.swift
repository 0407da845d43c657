public import PumpLink
public import Quantities
public import Therapy

/// A pump's newest word, kept in memory for the page that shows it; the record has the sparse series.
public struct LiveStatus: Sendable {
  public let pump: PumpID
  public let status: PumpStatus
  /// Therapy time at which it came.
  public let heardAt: Instant
  /// Security time at which it came: how old it is for whoever looks at the screen.
  public let heardAtWall: Int64

  /// The pump's clock when it spoke.
  public var pumpMilliseconds: Int64 { status[.demand].time.milliseconds }

  /// How old it is in therapy time; a clock that was set back makes it new, not negative.
  public func age(at now: Instant) -> TimeSpan { max(.zero, now - heardAt) }
}
