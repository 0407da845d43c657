public import PumpScenario

/// An exact number: a reduced fraction of two 128-bit integers (contract: plan.md, the introduction).
///
/// Quantities enter it as their stored integers (nL, fg, ng/mL, nL/d, ms). Arithmetic never rounds;
/// where a result does not fit it throws, which only numbers with very many digits bring about.
public struct Rational: Equatable, Hashable, Sendable {
  /// Carries the sign.
  public let numerator: Int128
  /// Greater than zero, with no factor in common with the numerator.
  public let denominator: Int128

  public static let zero = Rational(0)
  public static let one = Rational(1)

  /// A whole number.
  public init(_ value: Int64) {
    self.init(reduced: Int128(value), over: 1)
  }

  /// A whole number.
  public init(_ value: Int) {
    self.init(Int64(value))
  }

  /// A fraction.
  ///
  /// - Parameters:
  ///   - numerator: any value.
  ///   - denominator: must be positive, else it traps.
  public init(_ numerator: Int64, over denominator: Int64) {
    precondition(denominator > 0, "a fraction is written with a positive denominator")
    let common = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    self.init(
      reduced: Int128(numerator) / Int128(common),
      over: Int128(denominator) / Int128(common)
    )
  }

  /// - Parameters:
  ///   - numerator: without a factor in common with the denominator.
  ///   - denominator: greater than zero.
  private init(reduced numerator: Int128, over denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Whether it is a whole number.
  public var isWhole: Bool { denominator == 1 }

  /// The same without its sign; what is not negative stays.
  public var magnitude: Rational {
    // The least Int128 never comes out of the operators, see `checked`.
    Rational(reduced: numerator < 0 ? -numerator : numerator, over: denominator)
  }

  private static func commonDivisor(_ lhs: UInt128, _ rhs: UInt128) -> UInt128 {
    var (lhs, rhs) = (lhs, rhs)
    // Most numbers fit a machine word after a step or two, where a division takes a fifth as long.
    while rhs != 0 {
      if let short = UInt64(exactly: lhs), let other = UInt64(exactly: rhs) {
        return UInt128(commonDivisor(short, other))
      }
      (lhs, rhs) = (rhs, lhs % rhs)
    }
    return lhs
  }

  private static func commonDivisor(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    var (lhs, rhs) = (lhs, rhs)
    while rhs != 0 { (lhs, rhs) = (rhs, lhs % rhs) }
    return lhs
  }

  /// What is told where a number does not fit; `$` as no single field is at fault.
  static let overflow = PlanError(
    path: "$",
    given: "numbers whose exact result has more than 38 digits",
    expected: "numbers with fewer digits"
  )
}

// MARK: Arithmetic

extension Rational {
  /// The sum, exactly.
  public static func + (lhs: Self, rhs: Self) throws(PlanError) -> Self {
    let common = Int128(commonDivisor(lhs.denominator.magnitude, rhs.denominator.magnitude))
    let left = try product(lhs.numerator, rhs.denominator / common)
    let right = try product(rhs.numerator, lhs.denominator / common)
    let (sum, overflow) = left.addingReportingOverflow(right)
    guard !overflow else { throw Self.overflow }
    // The sum can only share factors with the common divisor of the denominators.
    let rest = Int128(commonDivisor(sum.magnitude, common.magnitude))
    let denominator = try product(lhs.denominator / common, rhs.denominator / rest)
    return try checked(sum / rest, denominator)
  }

  /// The difference, exactly.
  public static func - (lhs: Self, rhs: Self) throws(PlanError) -> Self {
    try lhs + Rational(reduced: -rhs.numerator, over: rhs.denominator)
  }

  /// The product, exactly.
  public static func * (lhs: Self, rhs: Self) throws(PlanError) -> Self {
    let first = Int128(commonDivisor(lhs.numerator.magnitude, rhs.denominator.magnitude))
    let second = Int128(commonDivisor(rhs.numerator.magnitude, lhs.denominator.magnitude))
    return try checked(
      try product(lhs.numerator / first, rhs.numerator / second),
      try product(lhs.denominator / second, rhs.denominator / first)
    )
  }

  /// The quotient, exactly; the divisor must not be zero, else it traps.
  public static func / (lhs: Self, rhs: Self) throws(PlanError) -> Self {
    precondition(rhs.numerator != 0, "a calculator looks for zero before it divides")
    let inverse = Rational(
      reduced: rhs.numerator < 0 ? -rhs.denominator : rhs.denominator,
      over: rhs.numerator < 0 ? -rhs.numerator : rhs.numerator
    )
    return try lhs * inverse
  }

  private static func product(_ lhs: Int128, _ rhs: Int128) throws(PlanError) -> Int128 {
    let (product, overflow) = lhs.multipliedReportingOverflow(by: rhs)
    guard !overflow else { throw Self.overflow }
    return product
  }

  /// Keeps the least Int128 out, whose sign cannot be changed.
  private static func checked(_ numerator: Int128, _ denominator: Int128) throws(PlanError) -> Self
  {
    guard numerator != .min else { throw overflow }
    return Rational(reduced: numerator, over: denominator)
  }
}

extension Rational: Comparable {
  /// Exact, and never overflows: the whole parts first, then the inverted rests, and so on.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    var (a, b) = (lhs.numerator, lhs.denominator)
    var (c, d) = (rhs.numerator, rhs.denominator)
    while true {
      let (first, second) = (floored(a, b), floored(c, d))
      if first != second { return first < second }
      let (left, right) = (a - first * b, c - second * d)
      // The rests are in [0, 1); where the left one is none it is less unless the right one is too.
      if right == 0 { return false }
      if left == 0 { return true }
      // left/b < right/d where d/right < b/left.
      (a, b, c, d) = (d, right, b, left)
    }
  }

  static func floored(_ numerator: Int128, _ denominator: Int128) -> Int128 {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return rest < 0 ? quotient - 1 : quotient
  }
}
