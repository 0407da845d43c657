public import PumpScenario

/// The one rounding at the end of a calculation, and the forms in which a number is printed.
extension Rational {
  /// The nearest whole number, a tie to the even one.
  public func roundedHalfEven() -> Int128 {
    let whole = Self.floored(numerator, denominator)
    let rest = (numerator - whole * denominator).magnitude
    let toNext = denominator.magnitude - rest
    return rest > toNext || (rest == toNext && whole & 1 == 1) ? whole + 1 : whole
  }

  /// The nearest count of stored units, a tie to the even one.
  ///
  /// - Returns: the count.
  /// - Throws: where the quantity cannot hold it.
  public func stored() throws(PlanError) -> Int64 {
    guard let value = Int64(exactly: roundedHalfEven()) else { throw Self.overflow }
    return value
  }

  /// The least whole number that is not below it.
  public func roundedUp() -> Int128 {
    let whole = Self.floored(numerator, denominator)
    return whole * denominator == numerator ? whole : whole + 1
  }

  /// The nearest double, correctly rounded.
  public var nearestDouble: Double {
    guard numerator != 0 else { return 0 }
    let divisor = denominator.magnitude
    var (quotient, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var exponent = 0
    var isInexact = false
    // 53 bits, one for the half, and one that says whether anything is left below.
    while quotient >> 55 != 0 {
      isInexact = isInexact || quotient & 1 == 1
      quotient >>= 1
      exponent += 1
    }
    while quotient >> 54 == 0 {
      // The rest is below the divisor, which is below 2^127.
      rest <<= 1
      quotient <<= 1
      if rest >= divisor {
        rest -= divisor
        quotient |= 1
      }
      exponent -= 1
    }
    if isInexact || rest != 0 { quotient |= 1 }
    let magnitude = Double(sign: .plus, exponent: exponent, significand: Double(UInt64(quotient)))
    return numerator < 0 ? -magnitude : magnitude
  }

  /// As a decimal number without trailing zeros.
  ///
  /// It is exact where that takes at most `exactDecimals`; else it is rounded half to even to
  /// `digits` significant digits, and the text begins with `≈ `.
  ///
  /// - Parameters:
  ///   - exactDecimals: at most 12.
  ///   - digits: at least 1, at most 12.
  /// - Returns: as in `0.15`, `-21` or `≈ 133.3`.
  public func text(exactDecimals: Int = 6, digits: Int = 4) -> String {
    for decimals in 0...min(12, exactDecimals) {
      if let scaled = scaled(decimals), scaled.isWhole {
        return Self.text(scaled.numerator, decimals: decimals)
      }
    }
    var decimals = 0
    let threshold = Self.power(digits - 1)
    while decimals < 18, let scaled = scaled(decimals), scaled.magnitude < threshold {
      decimals += 1
    }
    let rounded = (scaled(decimals) ?? self).roundedHalfEven()
    return "≈ " + Self.text(rounded, decimals: scaled(decimals) == nil ? 0 : decimals)
  }

  private static func power(_ exponent: Int) -> Rational {
    var power: Int64 = 1
    for _ in 0..<exponent { power *= 10 }
    return Rational(power)
  }

  private func scaled(_ decimals: Int) -> Rational? {
    do { return try self * Self.power(decimals) } catch { return nil }
  }

  /// Digits with a point before the last so many, trailing zeros left out.
  private static func text(_ value: Int128, decimals: Int) -> String {
    var digits = String(value.magnitude)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    var whole = String(digits.dropLast(decimals))
    var fraction = digits.suffix(decimals)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    if !fraction.isEmpty { whole += "." + fraction }
    return value < 0 ? "-\(whole)" : whole
  }
}
