/// An instant of the pump's own clock: milliseconds since commissioning.
///
/// It never runs backwards and no one can set it; local time is only a label beside it (SR-085).
public struct PumpTime: Equatable, Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  @inlinable
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  public static let commissioning = PumpTime(milliseconds: 0)

  /// Later than any instant that a pump reaches.
  public static let never = PumpTime(milliseconds: .max)

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }

  @inlinable
  public static func + (lhs: Self, rhs: TimeSpan) -> Self {
    Self(milliseconds: lhs.milliseconds + rhs.milliseconds)
  }

  @inlinable
  public static func - (lhs: Self, rhs: Self) -> TimeSpan {
    TimeSpan(milliseconds: lhs.milliseconds - rhs.milliseconds)
  }
}
