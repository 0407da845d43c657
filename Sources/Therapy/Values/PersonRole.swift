public import PumpLink

/// What a person is in the clinic.
public enum PersonRole: String, Codable, Sendable, CaseIterable {
  case physician, nurse, pharmacist, administrator, auditor, patient
  /// Whom a patient lets see their page, and perhaps write in the diary.
  case caregiver
  /// The clinic's own server, which records what pumps say and decides nothing.
  case server

  /// The role in which a person's key signs orders; nothing where they sign none.
  ///
  /// The server has a session with pumps, but no key that signs (contract: authority.md).
  public var signsAs: Role? {
    switch self {
    case .physician: .prescriber
    case .nurse: .nurse
    case .pharmacist: .pharmacist
    case .patient: .patient
    case .administrator, .auditor, .caregiver, .server: nil
    }
  }

  /// Whether they look after patients.
  public var isClinical: Bool {
    switch self {
    case .physician, .nurse, .pharmacist: true
    case .administrator, .auditor, .patient, .caregiver, .server: false
    }
  }
}

/// Who gives a command: a person who signed in, in the role in which they did.
public struct Author: Equatable, Sendable {
  public let person: PersonID
  public let role: PersonRole

  public init(person: PersonID, role: PersonRole) {
    self.person = person
    self.role = role
  }
}

/// What the ledger says of an event beside its payload.
public struct EventMeta: Equatable, Sendable, Codable {
  public let id: EventID
  /// When it was recorded, in therapy time.
  public let at: Instant
  public let by: PersonID
  /// On whose behalf, where it was another's.
  public let onBehalfOf: PersonID?

  public init(id: EventID, at: Instant, by: PersonID, onBehalfOf: PersonID? = nil) {
    self.id = id
    self.at = at
    self.by = by
    self.onBehalfOf = onBehalfOf
  }
}
