#if !hasFeature(Embedded)
/// Reads number and unit to an exact count of stored units, with no floating point (SR-001).
struct QuantityParser {
  let text: String
  let kind: QuantityKind
  let allowingNegative: Bool

  /// A number as digits × 10^−decimals, and what follows it.
  private struct Number {
    var digits: Int128 = 0
    var decimals = 0
    var isNegative = false
    var rest: Substring.UTF8View
  }

  /// No quantity needs more; see ``value()``.
  private static let bytesMax = 64
  private static let digitsMax = 30

  /// The value in stored units.
  ///
  /// - Throws: where the text is not an exact value of the kind.
  func value() throws(QuantityError) -> Int64 {
    guard text.utf8.count <= Self.bytesMax else { throw error(.tooLong) }
    if text.first == " " || text.last == " " { throw error(.surroundingSpace) }
    let number = try number()
    let unit = try unit(number.rest)
    if number.isNegative && !allowingNegative { throw error(.negative) }
    // digits × numerator / (10^decimals × denominator), both fractions reduced first: the product
    // overflows only where the value is out of range. A fraction of more than 24 decimals is never a
    // whole number of stored units, as no unit has a higher power of 2 or 5 among its factors.
    guard number.decimals <= 24 else { throw error(.notExact) }
    var divisor = unit.denominator
    for _ in 0..<number.decimals { divisor *= 10 }
    let common = Self.commonDivisor(number.digits, divisor)
    let digits = number.digits / common
    divisor /= common
    let ofUnit = Self.commonDivisor(unit.numerator, divisor)
    guard divisor == ofUnit else { throw error(.notExact) }
    let (product, overflow) = digits.multipliedReportingOverflow(by: unit.numerator / ofUnit)
    guard !overflow, let value = Int64(exactly: number.isNegative ? -product : product) else {
      throw error(.tooLarge)
    }
    return value
  }

  private func number() throws(QuantityError) -> Number {
    var rest = Substring(text).utf8
    var isNegative = false
    if rest.first == UInt8(ascii: "+") { throw error(.plusSign) }
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: Self.isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      guard !whole.isEmpty else { throw error(.noDigitBeforePoint) }
      fraction = rest.dropFirst().prefix(while: Self.isDigit)
      guard !fraction.isEmpty else { throw error(.noDigitAfterPoint) }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty else { throw error(.noNumber) }
    if whole.count > 1 && whole.first == UInt8(ascii: "0") { throw error(.leadingZeros) }
    while fraction.last == UInt8(ascii: "0") { fraction = fraction.dropLast() }
    if whole.count + fraction.count > Self.digitsMax {
      throw error(whole.count > 22 ? .tooLarge : .notExact)
    }
    var number = Number(decimals: fraction.count, isNegative: isNegative, rest: rest)
    for digit in whole { number.digits = number.digits * 10 + Int128(digit - UInt8(ascii: "0")) }
    for digit in fraction { number.digits = number.digits * 10 + Int128(digit - UInt8(ascii: "0")) }
    return number
  }

  private func unit(_ rest: Substring.UTF8View) throws(QuantityError) -> QuantityUnit {
    switch rest.first {
    case UInt8(ascii: ","): throw error(.comma)
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      let next = rest.dropFirst().first ?? 0
      if Self.isDigit(next) || next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
        throw error(.exponent)
      }
    default: break
    }
    let given = String(Substring(rest.drop { $0 == UInt8(ascii: " ") }))
    guard !given.isEmpty else { throw error(.noUnit) }
    let name = QuantityUnit.canonical(given)
    guard let unit = QuantityUnit(name) else {
      if let spelling = QuantityUnit.inOtherCase(name, kind: kind) {
        throw error(.wrongCase(given, spelling: spelling))
      }
      throw error(.unknownUnit(given))
    }
    guard unit.kind == kind else { throw error(.wrongKind(unit.kind)) }
    return unit
  }

  private func error(_ reason: QuantityError.Reason) -> QuantityError {
    QuantityError(given: text, expected: kind, reason: reason)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func commonDivisor(_ lhs: Int128, _ rhs: Int128) -> Int128 {
    var (larger, smaller) = (lhs, rhs)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}
#endif
