/// A local wall-clock reading: milliseconds since 1970-01-01T00:00 of the local calendar.
///
/// It labels, and says which step of a schedule holds; no limit, lockout or window looks at it
/// (SR-085, SR-086).
public struct LocalTime: Equatable, Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  @inlinable
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }

  /// Days since 1970-01-01, rounded down.
  @inlinable
  public var day: Int64 {
    let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    return rest < 0 ? day - 1 : day
  }

  /// Milliseconds since the last local midnight.
  @inlinable
  public var millisecondsOfDay: Int64 { milliseconds - day * 86_400_000 }

  /// The day of the week, 0 for Monday; 1970-01-01 was a Thursday.
  @inlinable
  public var weekday: Int {
    let shifted = (day + 3) % 7
    return Int(shifted < 0 ? shifted + 7 : shifted)
  }
}
