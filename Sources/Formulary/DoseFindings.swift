package import Quantities

/// What the formulary says of one drug of an order, by the rule of the calculators (SR-041).
package enum DoseFindings {
  /// - Parameters:
  ///   - drug: its name.
  ///   - concentration: in the reservoir.
  ///   - most: of it in 24 h, fg.
  /// - Returns: over a verified limit, and over or beside another one.
  /// - Throws: where a figure cannot be printed.
  package static func findings(
    of drug: String,
    concentration: Concentration,
    most: Rational
  ) throws(PlanError) -> (refused: [Finding], warnings: [Finding]) {
    var result = PlanResult()
    try result.holdDrug(drug, concentration: concentration.exact, dose: most)
    return (result.refused, result.warnings)
  }
}
