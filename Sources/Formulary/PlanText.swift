import Quantities

/// The units of mass in which a line of working is written, the same on both sides of a sign.
enum MassScale {
  case milligrams, micrograms

  /// Milligrams from 1 mg on.
  init(fitting mass: Mass) {
    self = mass.femtograms >= 1_000_000_000_000 ? .milligrams : .micrograms
  }

  /// Milligrams from 1 mg/d on.
  init(fitting dose: DailyDose) {
    self.init(fitting: dose.mass)
  }

  func text(_ mass: Mass) -> String {
    PlanQuantity(mass.femtograms, in: self == .milligrams ? .milligram : .microgram).text
  }

  func text(_ dose: DailyDose) -> String {
    let unit: PlanUnit = self == .milligrams ? .milligramPerDay : .microgramPerDay
    return PlanQuantity(dose.mass.femtograms, in: unit).text
  }

  func text(_ concentration: Concentration) -> String {
    let unit: PlanUnit =
      self == .milligrams ? .milligramPerMillilitre : .microgramPerMillilitre
    return PlanQuantity(concentration.nanogramsPerMillilitre, in: unit).text
  }

  /// Exact femtograms as text.
  func mass(_ exact: Rational) throws(PlanError) -> String {
    try PlanQuantity(
      rounding: exact,
      in: self == .milligrams ? .milligram : .microgram
    ).text
  }

  /// Exact femtograms a day as text.
  func dose(_ exact: Rational) throws(PlanError) -> String {
    try PlanQuantity(
      rounding: exact,
      in: self == .milligrams ? .milligramPerDay : .microgramPerDay
    ).text
  }
}

extension Volume {
  /// As in `0.14 mL`, always in that unit.
  var millilitres: String { PlanQuantity(nanolitres, in: .millilitre).text }
}

extension Rational {
  /// Exact stored units as text in a unit, for a line of working.
  func text(in unit: PlanUnit) throws(PlanError) -> String {
    try PlanQuantity(rounding: self, in: unit).text
  }

  /// A percentage for a person, as in `-21 %`.
  var percentText: String { "\(text(exactDecimals: 2)) %" }
}

/// A text in the pieces between which a line may end: a unit stays with its number.
enum PlanWords {
  static func of(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ") {
      let bare = word.prefix { !",;:)".contains($0) }
      if units.contains(String(bare)), let last = words.popLast() {
        words.append("\(last) \(word)")
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  private static let units = Set(
    PlanUnit.allCases.map(\.rawValue) + ["%", "cm", "uL", "nL", "uL/cm", "g/d", "ng/d", "ng/mL"]
  )
}
