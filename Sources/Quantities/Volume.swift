/// A volume of fluid, held as a whole number of nanolitres.
///
/// Arithmetic is exact. An overflow is a bug of the caller and traps; the `adding` family reports it
/// instead, for numbers that come from outside (SR-001).
public struct Volume: Equatable, Hashable, Comparable, Sendable {
  public let nanolitres: Int64

  @inlinable
  public init(nanolitres: Int64) {
    self.nanolitres = nanolitres
  }

  public static let zero = Volume(nanolitres: 0)

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.nanolitres < rhs.nanolitres
  }

  @inlinable
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(nanolitres: lhs.nanolitres + rhs.nanolitres)
  }

  @inlinable
  public static func - (lhs: Self, rhs: Self) -> Self {
    Self(nanolitres: lhs.nanolitres - rhs.nanolitres)
  }

  @inlinable
  public static func += (lhs: inout Self, rhs: Self) {
    lhs = lhs + rhs
  }

  @inlinable
  public static func -= (lhs: inout Self, rhs: Self) {
    lhs = lhs - rhs
  }
}
