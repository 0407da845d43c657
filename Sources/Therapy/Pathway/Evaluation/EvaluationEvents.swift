/// A patient who was sent to the clinic, with no pump.
public struct Enrolled: Codable, Equatable, Sendable {
  public let identity: Identity
  public let referredBy: String?

  public init(identity: Identity, referredBy: String? = nil) {
    self.identity = identity
    self.referredBy = referredBy
  }
}

/// What the therapy is considered for; the last one stands.
public struct Diagnosis: Codable, Equatable, Sendable {
  public let condition: Condition
  /// ICD-10-CM; nothing where none is known.
  public let code: String?
  public let since: Day?

  public init(condition: Condition, code: String? = nil, since: Day? = nil) {
    self.condition = condition
    self.code = code
    self.since = since
  }
}

/// A medicine that is taken now and is no opioid, or that none is taken.
public struct RegimenDrug: Codable, Equatable, Sendable {
  /// As on its package; `none` where nothing is taken.
  public let name: String
  /// With its unit, as `20 mg three times a day`; nothing with `none`.
  public let dose: String?
  public let sideEffects: String?

  public init(name: String, dose: String? = nil, sideEffects: String? = nil) {
    self.name = name
    self.dose = dose
    self.sideEffects = sideEffects
  }
}

/// How a therapy that was tried ended.
public enum TriedOutcome: String, Codable, Sendable, CaseIterable {
  case failed, notTolerated, partly, contraindicated
}

/// A therapy that was tried before, and why it is not enough.
public struct TriedTherapy: Codable, Equatable, Sendable {
  public let what: String
  public let outcome: TriedOutcome
  public let why: String

  public init(what: String, outcome: TriedOutcome, why: String) {
    self.what = what
    self.outcome = outcome
    self.why = why
  }
}

public enum PsychologicalFinding: String, Codable, Sendable, CaseIterable {
  case suitable
  /// Something is to be treated before a pump is thought of.
  case treatFirst
  case unsuitable
}

/// What a psychological evaluation found (pathway: Evaluation; for pain that is not of cancer).
public struct PsychologicalScreening: Codable, Equatable, Sendable {
  public let finding: PsychologicalFinding
  public let summary: String
  public let examiner: String
  public let on: Day

  public init(finding: PsychologicalFinding, summary: String, examiner: String, on: Day) {
    self.finding = finding
    self.summary = summary
    self.examiner = examiner
    self.on = on
  }
}

/// What may stand against a pump (pathway: Evaluation).
public enum Contraindication: String, Codable, Sendable, CaseIterable {
  case activeInfection, bleedingDisorder, allergyToMaterial, obstructedFluid
  case depthOver25mm, bodyTooSmall, spinalAnomaly, untreatedDependency, psychosis
  case strongFieldOrPressure

  /// Whether nobody may go on while it holds; the others ask a physician for a reason.
  public var isAbsolute: Bool {
    switch self {
    case .activeInfection, .bleedingDisorder, .allergyToMaterial: true
    case .obstructedFluid, .depthOver25mm, .bodyTooSmall, .spinalAnomaly, .untreatedDependency,
      .psychosis, .strongFieldOrPressure:
      false
    }
  }
}

/// Whether it holds, at the time of the answer; the last answer stands.
public struct ContraindicationAnswer: Codable, Equatable, Sendable {
  public let what: Contraindication
  public let holds: Bool
  public let note: String?

  public init(what: Contraindication, holds: Bool, note: String? = nil) {
    self.what = what
    self.holds = holds
    self.note = note
  }
}

/// How long a patient with cancer is expected to live; a fully implanted pump is for 3 months and more
/// (pathway: Evaluation).
public enum Survival: String, Codable, Sendable, CaseIterable {
  case underThreeMonths, threeMonthsOrMore, notKnown
}

public struct ExpectedSurvival: Codable, Equatable, Sendable {
  public let survival: Survival

  public init(survival: Survival) {
    self.survival = survival
  }
}

/// What the patient wants of it, in their words.
public struct Goal: Codable, Equatable, Sendable {
  public let text: String

  public init(text: String) {
    self.text = text
  }
}

public struct ExpectationsTalk: Codable, Equatable, Sendable {
  public let summary: String
  public let on: Day

  public init(summary: String, on: Day) {
    self.summary = summary
    self.on = on
  }
}

/// What a patient agreed to.
public enum ConsentScope: String, Codable, Sendable, CaseIterable {
  case trial, implant, remoteAdjustment
}

/// A consent, or its withdrawal; the last of a scope stands.
public struct Consent: Codable, Equatable, Sendable {
  public let scope: ConsentScope
  public let isGiven: Bool
  /// Who gave it, where it is not the patient.
  public let representative: String?
  public let on: Day

  public init(scope: ConsentScope, isGiven: Bool, representative: String? = nil, on: Day) {
    self.scope = scope
    self.isGiven = isGiven
    self.representative = representative
    self.on = on
  }
}

public enum EvaluationOutcome: String, Codable, Sendable, CaseIterable {
  case proceed, wait, decline
}

/// What was decided, and why.
public struct EvaluationDecision: Codable, Equatable, Sendable {
  public let outcome: EvaluationOutcome
  public let reasons: String
  /// What is done instead; asked for unless it is to proceed.
  public let plan: String?
  /// Why it goes on against what stands in the way.
  public let despite: String?

  public init(
    outcome: EvaluationOutcome,
    reasons: String,
    plan: String? = nil,
    despite: String? = nil
  ) {
    self.outcome = outcome
    self.reasons = reasons
    self.plan = plan
    self.despite = despite
  }
}
