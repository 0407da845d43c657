public import PumpLink

/// Where a request is in its life (docs/clinic.md, Requests).
public enum RequestState: Equatable, Sendable, Codable {
  /// Its signature is missing.
  case drafted
  /// It waits for a session with the pump.
  case signed
  /// Its bytes left, and no receipt came.
  case sent(at: Instant)
  case applied, refused
  /// Its two minutes ended, and it was never sent.
  case lapsed
  /// Its two minutes ended, it was sent, and no receipt came: what it was to do tells what the pump says of
  /// orders and alarms.
  case unknown
}

/// A request with its signature and what became of it.
public struct RequestLife: Equatable, Sendable, Codable {
  public let draft: RequestDraft
  public let draftedAt: Instant
  public let draftedBy: PersonID
  public internal(set) var signature: RequestSignature?
  public internal(set) var state = RequestState.drafted
  /// The pump's word on it.
  public internal(set) var answer: RequestAnswer?
  public internal(set) var answeredAt: Instant?

  /// Whether it waits for a signature or for the pump.
  public var isOpen: Bool {
    switch state {
    case .drafted, .signed, .sent: true
    case .applied, .refused, .lapsed, .unknown: false
    }
  }

  /// Whether it is to be brought to the pump.
  public var isToBring: Bool {
    switch state {
    case .signed, .sent: true
    case .drafted, .applied, .refused, .lapsed, .unknown: false
    }
  }

  /// Whether the table lets a role sign it (contract: authority.md).
  public func takesSignature(of role: PersonRole) -> Bool {
    guard let signs = role.signsAs else { return false }
    if case .allowed = authority(draft.act.act, signs, draft.way.way, peer: .clinicServer) {
      return true
    }
    return false
  }
}

extension RequestAct {
  /// The row of the table.
  public var act: Act {
    switch self {
    case .cancelBolus: .cancelBolus
    case .cancelPending: .cancelPending
    case .acknowledge: .acknowledge
    }
  }
}

extension RequestLife {
  /// Where it is, in one word.
  public var word: String {
    switch state {
    case .drafted: "drafted"
    case .signed: "signed"
    case .sent: "sent"
    case .applied: "applied"
    case .refused: "refused"
    case .lapsed: "lapsed"
    case .unknown: "unknown"
    }
  }
}
