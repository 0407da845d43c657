import PumpCore
import Quantities

/// Numbers as people read them: rounded to the digits that help, always with their unit.
enum Figures {
  /// A decimal number of stored units, rounded half up to some places.
  ///
  /// - Parameters:
  ///   - value: in stored units.
  ///   - unit: how many stored units make one of the printed ones; a power of ten.
  ///   - places: decimals to print; at least one digit stands before the point.
  /// - Returns: digits without a unit.
  static func decimal(_ value: Int64, per unit: Int64, places: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    let step = unit / scale
    let magnitude = Int64(clamping: value.magnitude)
    let rounded = step > 1 ? (magnitude + step / 2) / step : magnitude
    let kept = step > 1 ? scale : unit
    let (whole, rest) = rounded.quotientAndRemainder(dividingBy: kept)
    let sign = value < 0 && rounded > 0 ? "-" : ""
    guard places > 0, kept > 1 else { return sign + grouped(whole) }
    var digits = String(rest)
    digits = String(repeating: "0", count: max(0, "\(kept)".count - 1 - digits.count)) + digits
    while digits.count < places { digits += "0" }
    return "\(sign)\(grouped(whole)).\(digits)"
  }

  /// A count with a comma between its thousands.
  static func grouped(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// A volume in mL to a tenth of a microlitre, as in `19.8500 mL`.
  static func millilitres(_ volume: Volume) -> String {
    decimal(volume.nanolitres, per: 1_000_000, places: 4) + " mL"
  }

  /// A volume in mL to the last nanolitre.
  static func exactMillilitres(_ volume: Volume) -> String {
    decimal(volume.nanolitres, per: 1_000_000, places: 6) + " mL"
  }

  /// A flow rate in mL/d to a tenth of a microlitre.
  static func rate(_ rate: FlowRate) -> String {
    decimal(rate.nanolitresPerDay, per: 1_000_000, places: 4) + " mL/d"
  }

  /// A length of time in its two largest units, to the second.
  static func span(_ span: TimeSpan) -> String {
    let units: [(String, Int64)] = [
      ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1),
    ]
    var rest = span.milliseconds
    var parts: [String] = []
    for (name, size) in units where parts.count < 2 {
      let (count, below) = rest.quotientAndRemainder(dividingBy: size)
      if count > 0 { parts.append("\(count) \(name)") }
      if count == 0, !parts.isEmpty, below > 0 { break }
      rest = below
    }
    return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
  }

  /// Pump time as days and time of day since commissioning, as in `2 d 06:30`.
  static func clock(_ time: PumpTime) -> String {
    let day = time.milliseconds / 86_400_000
    let rest = time.milliseconds % 86_400_000
    var text = "\(day) d \(two(rest / 3_600_000)):\(two(rest / 60_000 % 60))"
    if rest % 60_000 != 0 { text += ":\(two(rest / 1_000 % 60))" }
    return text
  }

  /// A local reading, as in `2026-01-05 08:00`.
  static func local(_ time: LocalTime) -> String {
    let (year, month, day) = civil(day: time.day)
    let minute = time.millisecondsOfDay / 60_000
    return "\(year)-\(two(month))-\(two(day)) \(two(minute / 60)):\(two(minute % 60))"
  }

  /// At least two digits.
  static func two(_ value: Int64) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  /// The Gregorian date of a day since 1970-01-01.
  static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    // Counted from 0000-03-01, so that the leap day is the last one of its year; an era has 400 y.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let leapless = dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096
    let yearOfEra = leapless / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}

/// The unit in which the doses of a drug are spoken of.
enum DoseUnit: String {
  case microgram = "ug"
  case milligram = "mg"

  /// The clinic's unit for a drug (reference/formulary.json); for others the mixture decides.
  static func conventional(for drug: String, at concentration: Concentration?) -> Self {
    switch drug {
    case "morphine", "hydromorphone", "bupivacaine", "ropivacaine": .milligram
    case "baclofen", "ziconotide", "clonidine", "fentanyl", "sufentanil": .microgram
    default: (concentration?.nanogramsPerMillilitre ?? 0) >= 4_000_000 ? .milligram : .microgram
    }
  }

  var femtograms: Int64 {
    switch self {
    case .microgram: 1_000_000_000
    case .milligram: 1_000_000_000_000
    }
  }

  /// A mass in this unit with about four significant digits, without trailing zeros, and its unit.
  func text(_ mass: Mass) -> String {
    var text = number(mass)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text + " " + rawValue
  }

  /// A mass in this unit with about four significant digits, for a column.
  func number(_ mass: Mass) -> String {
    let magnitude = mass.femtograms.magnitude / UInt64(femtograms)
    let places = magnitude >= 1_000 ? 0 : magnitude >= 100 ? 1 : magnitude >= 10 ? 2 : 3
    return Figures.decimal(mass.femtograms, per: femtograms, places: places)
  }
}
