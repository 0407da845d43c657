// Quantities: "All controller arithmetic is exact integers." Text is read as an exact fraction.

let second: Int64 = 1_000
let minute: Int64 = 60 * second
let hour: Int64 = 60 * minute
let day: Int64 = 24 * hour

/// An exact fraction in the base unit of its kind.
struct Fraction {
  var numerator: Int128
  var denominator: Int128

  /// The value when it is whole. "a value that the stored integer cannot hold exactly is refused".
  var exact: Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    precondition(remainder == 0, "a value that the stored integer cannot hold exactly")
    return Int64(quotient)
  }

  /// "rounds half-even to the nearest nL/d".
  var halfEven: Int64 {
    let quotient = floorDivide(numerator, denominator)
    let twice = 2 * (numerator - quotient * denominator)
    let up = twice > denominator || (twice == denominator && quotient & 1 == 1)
    return Int64(up ? quotient + 1 : quotient)
  }

  static func * (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      numerator: left.numerator * right.numerator,
      denominator: left.denominator * right.denominator
    )
  }

  static func / (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      numerator: left.numerator * right.denominator,
      denominator: left.denominator * right.numerator
    )
  }
}

func floorDivide(_ value: Int128, _ divisor: Int128) -> Int128 {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

/// What a text measures. Base units: nL, fg, ms, nm, fg/nL (= ng/mL), nL/d, fg/d, nL/nm.
enum Kind: Equatable {
  case volume, mass, time, length, concentration, flow, doseRate, volumePerLength
}

/// "a number and a UCUM unit, as in "0.15 mL/d"".
func readQuantity(_ text: String) -> (value: Fraction, kind: Kind) {
  let parts = text.split(separator: " ", omittingEmptySubsequences: true)
  precondition(parts.count == 2, "a number, a space and a unit: \(text)")
  let number = readDecimal(parts[0])
  let units = parts[1].split(separator: "/").map { unit(String($0)) }
  precondition(units.count == 1 || units.count == 2, "a unit: \(text)")
  guard units.count == 2 else { return (number * units[0].size, units[0].kind) }
  let value = number * units[0].size / units[1].size
  switch (units[0].kind, units[1].kind) {
  case (.mass, .volume): return (value, .concentration)
  case (.volume, .time): return (value * whole(day), .flow)  // Stored in nL/d, not nL/ms.
  case (.mass, .time): return (value * whole(day), .doseRate)
  case (.volume, .length): return (value, .volumePerLength)
  default: fatalError("not a unit that a pump knows: \(text)")
  }
}

func whole(_ value: Int64) -> Fraction { Fraction(numerator: Int128(value), denominator: 1) }

/// "Decimal parsing is exact."
private func readDecimal(_ text: Substring) -> Fraction {
  var result = Fraction(numerator: 0, denominator: 1)
  var negative = false
  var afterPoint = false
  for character in text.utf8 {
    switch character {
    case UInt8(ascii: "-"): negative = true
    case UInt8(ascii: "+"): break
    case UInt8(ascii: "."): afterPoint = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      result.numerator = result.numerator * 10 + Int128(character - UInt8(ascii: "0"))
      if afterPoint { result.denominator *= 10 }
    default: fatalError("not a decimal number: \(text)")
    }
  }
  if negative { result.numerator = -result.numerator }
  return result
}

private func unit(_ name: String) -> (size: Fraction, kind: Kind) {
  func fraction(_ numerator: Int64, _ denominator: Int64 = 1) -> Fraction {
    Fraction(numerator: Int128(numerator), denominator: Int128(denominator))
  }
  switch name {
  case "pL": return (fraction(1, 1_000), .volume)
  case "nL": return (fraction(1), .volume)
  case "uL", "\u{B5}L", "\u{3BC}L": return (fraction(1_000), .volume)
  case "mL": return (fraction(1_000_000), .volume)
  case "L": return (fraction(1_000_000_000), .volume)
  case "fg": return (fraction(1), .mass)
  case "pg": return (fraction(1_000), .mass)
  case "ng": return (fraction(1_000_000), .mass)
  case "ug", "mcg", "\u{B5}g", "\u{3BC}g": return (fraction(1_000_000_000), .mass)
  case "mg": return (fraction(1_000_000_000_000), .mass)
  case "g": return (fraction(1_000_000_000_000_000), .mass)
  case "ms": return (fraction(1), .time)
  case "s": return (fraction(second), .time)
  case "min": return (fraction(minute), .time)
  case "h": return (fraction(hour), .time)
  case "d": return (fraction(day), .time)
  case "wk": return (fraction(7 * day), .time)
  case "um", "\u{B5}m", "\u{3BC}m": return (fraction(1_000), .length)
  case "mm": return (fraction(1_000_000), .length)
  case "cm": return (fraction(10_000_000), .length)
  case "m": return (fraction(1_000_000_000), .length)
  default: fatalError("not a unit that a pump knows: \(name)")
  }
}
