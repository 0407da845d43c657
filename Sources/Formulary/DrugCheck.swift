import PumpScenario
import Quantities

/// What must hold between the facts of a file.
enum DrugCheck {
  /// Throws where the facts of a drug contradict each other, or a rule is missing.
  static func drug(_ drug: Drug, _ root: ScenarioField) throws(PlanError) {
    if let most = drug.doses.maximum?.value {
      for (index, start) in drug.doses.start.enumerated()
      where start.dose.value.upperBound > most {
        throw PlanError(
          path: "\(root.path).doses.start[\(index)]",
          given: start.dose.value.upperBound.text,
          expected: "at most the maximum dose, \(most.text)"
        )
      }
    }
    guard drug.available.contains(where: { $0.purpose == .reservoir }) else {
      throw PlanError(
        path: "\(root.path).concentrations.available",
        given: "none for the reservoir",
        expected: "at least one"
      )
    }
    try titration(drug, root)
    if let screening = drug.screening { try self.screening(screening, of: drug, root) }
  }

  /// Each patient of each indication has a limit on every step, and each rule is of an indication.
  private static func titration(_ drug: Drug, _ root: ScenarioField) throws(PlanError) {
    for (index, rule) in drug.titration.enumerated()
    where !rule.indications.allSatisfy(drug.indications.contains) {
      throw PlanError(
        path: "\(root.path).titration[\(index)].indications",
        given: rule.indications.map(\.rawValue).joined(separator: ", "),
        expected: "some of " + drug.indications.map(\.rawValue).joined(separator: ", ")
      )
    }
    let limits = drug.titration.filter { !$0.isAdvice && $0.below == nil }
    for indication in drug.indications {
      let origins: [SpasticityOrigin?] =
        indication == .spasticity ? SpasticityOrigin.allCases : [nil]
      for origin in origins {
        for setting in TitrationSetting.allCases
        where !limits.contains(where: { $0.fits(indication, origin, age: .zero, setting) }) {
          let patient = [indication.rawValue, origin?.rawValue, setting.rawValue]
          throw PlanError(
            path: "\(root.path).titration",
            given: "no limit for " + patient.compactMap(\.self).joined(separator: ", "),
            expected: "a limit for every indication, origin and setting"
          )
        }
      }
    }
  }

  /// The doses are what the volumes hold of a concentration that is made for screening.
  private static func screening(
    _ screening: ScreeningProtocol,
    of drug: Drug,
    _ root: ScenarioField
  ) throws(PlanError) {
    let concentrations = drug.available.filter { $0.purpose == .screening }
      .flatMap(\.concentrations.value)
    for (index, step) in screening.steps.enumerated()
    where !concentrations.contains(where: { step.volume.value * $0 == step.dose.value }) {
      throw PlanError(
        path: "\(root.path).screening.steps[\(index)].volume",
        given: step.volume.value.text,
        expected: "a volume that holds \(step.dose.value.text) at a concentration for screening"
      )
    }
  }
}
