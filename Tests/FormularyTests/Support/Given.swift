import PumpTesting

/// A quantity as a request gives it, and what it is in stored units by another reading of the text.
struct Given: Equatable {
  let text: String

  static func == (lhs: Given, rhs: Given) -> Bool { lhs.text == rhs.text }

  init(_ text: String) {
    self.text = text
  }

  /// A random one: digits with up to so many decimals.
  init(_ range: ClosedRange<Int>, decimals: Int = 0, _ unit: String, _ seeded: inout Seeded) {
    let digits = String(seeded.pick(range))
    let places = seeded.pick(0...decimals)
    guard places > 0 else {
      self.init("\(digits) \(unit)")
      return
    }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    self.init("\(padded.dropLast(places)).\(padded.suffix(places)) \(unit)")
  }

  /// In nL, fg, ng/mL, nL/d, fg/d, ms, um or pL/cm.
  var stored: Share {
    let parts = text.split(separator: " ")
    let number = parts[0].split(separator: ".")
    let decimals = number.count > 1 ? number[1].count : 0
    let digits = Int64(number.joined()) ?? 0
    return Share(Long(digits), Long.power(decimals)) * Self.size(String(parts[1]))
  }

  static func size(_ unit: String) -> Share {
    let sizes: [String: Int] = [
      "nL": 0, "uL": 3, "mL": 6, "L": 9, "ng": 6, "ug": 9, "mg": 12, "g": 15,
      "mL/d": 6, "uL/d": 3, "fg/d": 0, "ug/d": 9, "mg/d": 12, "ng/mL": 0, "ug/mL": 3, "mg/mL": 6,
      "ms": 0, "s": 3, "um": 0, "mm": 3, "cm": 4, "nL/cm": 3, "uL/cm": 6, "mL/cm": 9,
    ]
    let others = ["min": 60_000, "h": 3_600_000, "d": 86_400_000]
    if let milliseconds = others[unit] { return Share(milliseconds) }
    guard let power = sizes[unit] else { preconditionFailure("no size of \(unit)") }
    return Share(Long.power(power))
  }
}

extension Given {
  /// The same quantity in another unit of its kind, where it has a shorter unit.
  var rescaled: Given {
    let smaller = [
      "mL": "uL", "L": "mL", "mg": "ug", "ug": "ng", "mL/d": "uL/d", "mg/d": "ug/d",
      "mg/mL": "ug/mL", "ug/mL": "ng/mL", "cm": "mm", "d": "h", "h": "min", "min": "s",
      "mL/cm": "uL/cm", "uL/cm": "nL/cm",
    ]
    let parts = text.split(separator: " ")
    guard let unit = smaller[String(parts[1])] else { return self }
    let value = stored / Self.size(unit)
    // All of these are decimal or whole multiples.
    let scaled = value * Share(Long.power(9))
    let digits = String(describing: scaled.nearest)
    let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    var fraction = padded.suffix(9)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    let whole = padded.dropLast(9)
    return Given("\(whole)\(fraction.isEmpty ? "" : ".")\(fraction) \(unit)")
  }
}
