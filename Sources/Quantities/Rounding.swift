/// Division that names its rounding.
public enum Rounding {
  /// The quotient rounded to the nearest integer, a tie to the even one.
  ///
  /// - Parameters:
  ///   - numerator: any value.
  ///   - denominator: must be positive, else it traps.
  /// - Returns: nothing where the quotient does not fit.
  public static func halfEven(_ numerator: Int64, over denominator: Int64) -> Int64? {
    precondition(denominator > 0, "a divisor of a quantity is positive")
    var quotient = numerator / denominator
    var rest = numerator % denominator
    if rest < 0 {
      rest += denominator
      quotient -= 1
    }
    let toHalf = denominator - rest
    guard rest > toHalf || (rest == toHalf && quotient & 1 == 1) else { return quotient }
    let (rounded, overflow) = quotient.addingReportingOverflow(1)
    return overflow ? nil : rounded
  }

  /// The quotient rounded up, of a numerator and denominator that are not negative.
  @inlinable
  public static func up(_ numerator: Int64, over denominator: Int64) -> Int64 {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return rest > 0 ? quotient + 1 : quotient
  }
}
