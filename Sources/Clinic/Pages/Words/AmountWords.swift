import Formulary
import Quantities
import Therapy

// One unit for each kind of amount, so that no number changes its unit from one line to the next.

extension Volume {
  /// Always in mL.
  var ml: String { "\(AmountWords.decimal(nanolitres, places: 6)) mL" }
}

extension FlowRate {
  /// Always in mL/d.
  var mlPerDay: String { "\(AmountWords.decimal(nanolitresPerDay, places: 6)) mL/d" }
}

enum AmountWords {
  /// As many decimals as are shown; what has more begins with `≈ `.
  private static let shown = 4

  /// Whether a drug is spoken of in mg; the formulary tells it, else its concentration.
  static func isMilligram(_ drug: Fluid.Drug) -> Bool {
    if let known = DrugLibrary.standard.drug(drug.name) { return known.unit == .mg }
    return drug.concentration.nanogramsPerMillilitre >= 4_000_000
  }

  /// A mass in the unit of its drug.
  static func mass(_ mass: Mass, of drug: Fluid.Drug) -> String {
    let isMilligram = isMilligram(drug)
    let number = decimal(mass.femtograms, places: isMilligram ? 12 : 9)
    return "\(number) \(isMilligram ? "mg" : "ug")"
  }

  /// A dose of a day in the unit of its drug.
  static func dose(_ dose: DailyDose, of drug: Fluid.Drug) -> String {
    mass(dose.mass, of: drug) + "/d"
  }

  /// A mixture, each concentration in the unit of its drug, each drug named as the reader's language has it.
  static func fluid(_ fluid: Fluid, named: (String) -> String = { $0 }) -> String {
    guard !fluid.drugs.isEmpty else { return "no drug" }
    return fluid.drugs.map { drug in
      let isMilligram = isMilligram(drug)
      let number = decimal(drug.concentration.nanogramsPerMillilitre, places: isMilligram ? 6 : 3)
      return "\(named(drug.name)) \(number) \(isMilligram ? "mg" : "ug")/mL"
    }.joined(separator: ", ")
  }

  /// In hours, to a tenth.
  static func hours(_ span: TimeSpan) -> String {
    "\(decimal((span.milliseconds + 180_000) / 360_000, places: 1)) h"
  }

  /// A whole number divided by a power of ten.
  static func decimal(_ value: Int64, places: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    var value = Int128(value)
    var places = places
    var isRounded = false
    while places > 0, value % 10 == 0 || places > shown {
      if value % 10 != 0 { isRounded = true }
      value = isRounded && places == shown + 1 ? (value + (value < 0 ? -5 : 5)) / 10 : value / 10
      places -= 1
    }
    while places > 0, value % 10 == 0 {
      value /= 10
      places -= 1
    }
    var digits = String(value.magnitude)
    if places > 0 {
      digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return (isRounded ? "≈ " : "") + (value < 0 ? "−" : "") + digits
  }
}
