/// What somebody is to the clinic's server; what they may have a pump do is another matter, which
/// their certificate and the pump decide.
public enum AccountRole: String, Sendable, CaseIterable, Hashable {
  case physician, nurse, pharmacist, administrator, auditor, patient
  /// Sees the pages of those patients who let them, and nothing else.
  case caregiver

  /// Those who treat.
  public static let clinical: Set<AccountRole> = [.physician, .nurse, .pharmacist]
  /// Those who work at the clinic, in whatever part.
  public static let staff: Set<AccountRole> = clinical.union([.administrator, .auditor])
}
