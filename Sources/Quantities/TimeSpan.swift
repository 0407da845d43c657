/// A length of time, held as a whole number of milliseconds.
public struct TimeSpan: Equatable, Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  @inlinable
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  public static let zero = TimeSpan(milliseconds: 0)
  public static let minute = TimeSpan(milliseconds: 60_000)
  public static let hour = TimeSpan(milliseconds: 3_600_000)
  public static let day = TimeSpan(milliseconds: 86_400_000)

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }

  @inlinable
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(milliseconds: lhs.milliseconds + rhs.milliseconds)
  }

  @inlinable
  public static func * (lhs: Int64, rhs: Self) -> Self {
    Self(milliseconds: lhs * rhs.milliseconds)
  }
}
