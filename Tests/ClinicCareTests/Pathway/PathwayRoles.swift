@testable import Clinic

/// Who may record what of the pathway, written down beside the product's own declarations (docs/pathway.md, Who may;
/// contracts/authority.md leaves to nurses what changes no therapy).
///
/// An act that is let to somebody else is found by it.
enum PathwayRoles {
  /// What decides: on the way into a therapy, its plans, and its end.
  private static let deciding = [
    "diagnosis", "survival", "decision", "trial", "trial-conclusion", "trial-waiver", "implanted",
    "taper", "complication-closed", "replacement", "weaning", "explanted", "transfer", "death",
  ]

  /// What is done and seen at the patient.
  private static let caring = [
    "arrival-check", "history", "examination", "tried", "psychology", "contraindications", "goal",
    "expectations", "consent", "trial-dose", "trial-observation", "primed", "recovery",
    "aftercare", "visit-held", "call", "outcome", "alert", "check", "taper-step", "taper-stop",
    "complication", "complication-test", "scan", "scan-step", "scan-closed", "scan-cancelled",
  ]

  /// What a pharmacist looks at too: what is taken, and the checklist before an implant.
  private static let checking = [
    "regimen", "check-consent", "check-trial", "check-anticoagulants", "check-infection",
    "check-antibiotic", "check-site", "check-pump-size", "check-level-imaging", "check-drug",
    "check-drug-second", "check-oral-weaning", "check-antidote", "check-interrogated",
    "check-calibration", "check-warmed", "check-drained",
  ]

  /// What an office plans.
  private static let planning = ["visit", "visit-moved", "visit-missed"]

  static let table: [String: Set<AccountRole>] = {
    var table: [String: Set<AccountRole>] = [:]
    for act in deciding { table[act] = [.physician] }
    for act in caring { table[act] = [.physician, .nurse] }
    for act in checking { table[act] = [.physician, .nurse, .pharmacist] }
    for act in planning { table[act] = [.physician, .nurse, .administrator] }
    return table
  }()
}
