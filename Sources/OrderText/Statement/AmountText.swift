import Formulary
import PumpLink
import Quantities

/// Amounts in one unit each, whatever their size, so that two of them compare at a glance.
///
/// All texts are exact.
enum AmountText {
  static func volume(_ volume: Volume) -> String {
    "\(exact(volume.nanolitres, over: .millilitre)) mL"
  }

  /// A mass of a drug, fg, in the unit in which people speak of the drug.
  static func mass(_ femtograms: Int64, of drug: UInt32) -> String {
    let unit = OrderStatement.unit(of: drug, 0)
    return "\(exact(femtograms, over: unit)) \(unit.rawValue)"
  }

  private static func exact(_ stored: Int64, over unit: PlanUnit) -> String {
    Rational(stored, over: unit.storedUnits).text(exactDecimals: 12)
  }
}
