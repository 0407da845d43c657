import PumpLink

/// A signature that an order still needs.
public enum MissingSignature: Equatable, Sendable {
  /// The first, of a role that the authority table allows.
  case first
  /// A second prescriber's.
  case prescriber
  /// A second person's: prescriber, nurse or pharmacist.
  case person
}

extension OrderLife {
  /// Which signature comes next; nothing where all are there (contract: authority.md).
  public var missingSignature: MissingSignature? {
    guard let first = signatures.first else { return .first }
    guard let role = first.role.signsAs,
      case .allowed(let cosigner) = authority(
        draft.act.act,
        role,
        draft.way.way,
        peer: .clinicServer
      )
    else { return .first }
    switch cosigner {
    case .nobody: return nil
    case .prescriber: return signatures.count > 1 ? nil : .prescriber
    case .person: return signatures.count > 1 ? nil : .person
    }
  }

  /// Whether a role's signature is the one that comes next.
  public func takesSignature(of role: PersonRole) -> Bool {
    guard let signs = role.signsAs else { return false }
    switch missingSignature {
    case .first:
      if case .allowed = authority(draft.act.act, signs, draft.way.way, peer: .clinicServer) {
        return true
      }
      return false
    case .prescriber: return signs == .prescriber
    case .person: return signs == .prescriber || signs == .nurse || signs == .pharmacist
    case nil: return false
    }
  }
}
