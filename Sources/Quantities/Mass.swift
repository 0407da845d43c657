/// A mass of drug, held as a whole number of femtograms.
///
/// One nanolitre at one ng/mL holds exactly one femtogram, so volume × concentration is exact.
public struct Mass: Equatable, Hashable, Comparable, Sendable {
  public let femtograms: Int64

  @inlinable
  public init(femtograms: Int64) {
    self.femtograms = femtograms
  }

  public static let zero = Mass(femtograms: 0)

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.femtograms < rhs.femtograms
  }

  @inlinable
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(femtograms: lhs.femtograms + rhs.femtograms)
  }

  @inlinable
  public static func - (lhs: Self, rhs: Self) -> Self {
    Self(femtograms: lhs.femtograms - rhs.femtograms)
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
