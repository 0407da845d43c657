public import Quantities

public enum ReplacementReason: String, Codable, Sendable, CaseIterable {
  case endOfLife, electiveReplacement, malfunction, infection, otherModel, other
}

/// When a pump is to be replaced; the last plan stands.
public struct ReplacementPlanned: Codable, Equatable, Sendable {
  public let on: Day
  public let because: ReplacementReason
  public let note: String?

  public init(on: Day, because: ReplacementReason, note: String? = nil) {
    self.on = on
    self.because = because
    self.note = note
  }
}

/// A dose from a day on.
public struct WeaningStep: Codable, Equatable, Sendable {
  public let on: Day
  public let dose: DailyDose

  public init(on: Day, dose: DailyDose) {
    self.on = on
    self.dose = dose
  }
}

/// How a drug is taken away; the last plan of a drug stands.
public struct WeaningPlan: Codable, Equatable, Sendable {
  public let drug: String
  /// Down, one after the other; after the last one it may end.
  public let steps: [WeaningStep]
  /// What is given instead, or that nothing is.
  public let instead: String

  public init(drug: String, steps: [WeaningStep], instead: String) {
    self.drug = drug
    self.steps = steps
    self.instead = instead
  }
}

public enum ExplantReason: String, Codable, Sendable, CaseIterable {
  case wish, infection, noEffect, sideEffects, recovered, pumpFailure, other
}

public enum CatheterEnd: String, Codable, Sendable, CaseIterable {
  case removed
  /// Tied off and left.
  case left
  /// A part came out.
  case partly
}

/// That a pump was taken out and none follows.
public struct Explanted: Codable, Equatable, Sendable {
  public let reason: ExplantReason
  public let note: String?
  public let explantedAt: Instant
  /// What came out of the reservoir; nothing where it was not emptied.
  public let emptied: Volume?
  public let catheter: CatheterEnd
  /// To the maker.
  public let isReturned: Bool
  public let isCardWithdrawn: Bool
  /// What the patient gets instead, or that nothing is needed.
  public let instead: String
  /// A physician's reason to stop at once a drug that must not be.
  public let emergency: String?
  /// Why an order is left without its receipt.
  public let unanswered: String?

  public init(
    reason: ExplantReason,
    note: String? = nil,
    explantedAt: Instant,
    emptied: Volume?,
    catheter: CatheterEnd,
    isReturned: Bool,
    isCardWithdrawn: Bool,
    instead: String,
    emergency: String? = nil,
    unanswered: String? = nil
  ) {
    self.reason = reason
    self.note = note
    self.explantedAt = explantedAt
    self.emptied = emptied
    self.catheter = catheter
    self.isReturned = isReturned
    self.isCardWithdrawn = isCardWithdrawn
    self.instead = instead
    self.emergency = emergency
    self.unanswered = unanswered
  }
}

/// That another clinic looks after the patient, and all that it was given.
public struct Transferred: Codable, Equatable, Sendable {
  public let document: TransferDocument

  public init(document: TransferDocument) {
    self.document = document
  }
}

public enum PumpAfterDeath: String, Codable, Sendable, CaseIterable {
  /// It stays, and has to be taken out before a cremation.
  case leftInPlace
  case switchedOff, removed, notKnown
  case noPump
}

public struct Died: Codable, Equatable, Sendable {
  public let on: Day
  /// Nothing where it is not known.
  public let cause: String?
  public let pump: PumpAfterDeath
  /// Why an order is left without its receipt.
  public let unanswered: String?

  public init(
    on: Day,
    cause: String? = nil,
    pump: PumpAfterDeath,
    unanswered: String? = nil
  ) {
    self.on = on
    self.cause = cause
    self.pump = pump
    self.unanswered = unanswered
  }
}
