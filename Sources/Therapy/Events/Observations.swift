public import Quantities

/// A score, and when it was taken.
public struct ScoreRecorded: Codable, Equatable, Sendable {
  public let score: Score
  public let takenAt: Instant

  public init(score: Score, takenAt: Instant) {
    self.score = score
    self.takenAt = takenAt
  }
}

/// What a patient takes besides, and what that is in morphine by mouth.
public struct OralOpioid: Codable, Equatable, Sendable {
  public let drug: OralDrug
  public let dose: DailyDose
  /// Of morphine by mouth.
  public let equivalent: DailyDose
  /// A decimal number.
  public let factor: String
  /// Of the factor.
  public let source: String
  /// Whether someone has read the factor in its source.
  public let isVerified: Bool
  public let since: Day?

  public init(
    drug: OralDrug,
    dose: DailyDose,
    equivalent: DailyDose,
    factor: String,
    source: String,
    isVerified: Bool,
    since: Day? = nil
  ) {
    self.drug = drug
    self.dose = dose
    self.equivalent = equivalent
    self.factor = factor
    self.source = source
    self.isVerified = isVerified
    self.since = since
  }
}

/// Something that the drug or the system did and should not have.
public struct SideEffect: Codable, Equatable, Sendable {
  public let what: String
  public let severity: SideEffectSeverity
  public let since: Day?

  public init(what: String, severity: SideEffectSeverity, since: Day? = nil) {
    self.what = what
    self.severity = severity
    self.since = since
  }
}

/// Words.
public struct Note: Codable, Equatable, Sendable {
  public let text: String

  public init(text: String) {
    self.text = text
  }
}

/// That an earlier event was wrong.
public struct Correction: Codable, Equatable, Sendable {
  public let event: EventID
  public let reason: String

  public init(event: EventID, reason: String) {
    self.event = event
    self.reason = reason
  }
}

/// The questions that a person was asked, and answered with yes.
public struct Confirmation: Codable, Equatable, Sendable {
  public let questions: [String]

  public init(questions: [String]) {
    self.questions = questions
  }
}

/// An event that this version cannot read.
public struct UnreadEvent: Codable, Equatable, Sendable {
  public let form: Int
  public let kind: String

  public init(form: Int, kind: String) {
    self.form = form
    self.kind = kind
  }
}
