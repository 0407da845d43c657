import PumpCore
import PumpScenario
import Quantities

/// The most that any 24 h can give at the catheter tip while the mixture in the path changes.
///
/// Where the path holds the fluid before, its drugs count with the greater of the concentration
/// before and after (H-16). A bridge as large as the path gives the fluid before at the bridge's own
/// rate, so that it counts with that rate; a smaller one counts as none.
struct CompareChange {
  private let before: CompareSide
  private let after: CompareSide

  /// Nothing where the mixture stays, or nothing of it is in the path.
  init?(_ before: CompareSide, _ after: CompareSide) {
    guard !after.pathEmpty, !after.hasMixture(of: before) else { return nil }
    self.before = before
    self.after = after
  }

  /// Whether the bridge pushes out all that the path holds, to a stroke.
  private var isBridged: Bool {
    guard let bridge = after.program.bridge else { return false }
    return bridge.volume + after.model.strokeVolume >= after.fluidPath
  }

  /// The most of a drug, fg, exact.
  func most(of drug: String) throws(PlanError) -> Rational {
    let old = before.concentration(of: drug)?.exact ?? .zero
    let new = after.concentration(of: drug)?.exact ?? .zero
    let volume = after.figures.mostWithDoses
    guard isBridged, let bridge = after.program.bridge else { return try max(old, new) * volume }
    return max(try old * bridge.rate.exact, try new * volume)
  }

  /// The figure of a drug beside what the program before gives at the most.
  func row(of drug: String, in unit: PlanUnit) throws(PlanError) -> CompareRow {
    CompareRow(
      name: "tipDose24h",
      drug: drug,
      title: "\(drug) at the tip meanwhile, at most",
      unit: unit,
      before: try before.mass(of: drug, in: before.figures.mostWithDoses),
      after: try most(of: drug)
    )
  }

  /// Holds what reaches the tip to the formulary's limits, and to the program's own.
  func hold(_ result: inout PlanResult, in units: (String) -> PlanUnit) throws(PlanError) {
    for drug in before.drugNames + after.drugNames.filter({ before.concentration(of: $0) == nil }) {
      let most = try most(of: drug)
      let given = try PlanQuantity(rounding: most, in: units(drug)).text
      result.hold(
        most,
        to: DrugLimits.maximumDailyDose(of: drug),
        what: "\(drug): \(given) in 24 h at the tip, while the path changes from "
          + "\(before.mixtureText) to \(after.mixtureText),",
        code: .doseLimit
      )
    }
  }

  /// Where the change alone passes the program's own limit, that is, where the plan does not.
  func overOwnLimit(in units: (String) -> PlanUnit) throws(PlanError) -> [CompareFinding] {
    var findings: [CompareFinding] = []
    for drug in after.drugNames {
      guard let limit = after.doseLimit(of: drug) else { continue }
      let most = try most(of: drug)
      let plan = try after.mass(of: drug, in: after.figures.mostWithDoses)
      guard most > limit.exact, plan <= limit.exact else { continue }
      let planned = try PlanQuantity(rounding: most, in: units(drug)).text
      findings.append(
        CompareFinding(
          "doseLimit",
          "\(drug): up to \(planned) in 24 h at the tip while the path still holds "
            + "\(before.mixtureText), but the program's own limit is \(limit.text)",
          planned: planned,
          limit: limit.text
        )
      )
    }
    return findings
  }
}
