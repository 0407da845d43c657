/// How a session reaches the pump; a property of the port, never a field that a sender sets.
public enum Way: UInt8, Equatable, Sendable, CaseIterable {
  /// The near-field port, with the pairing secret or a fresh challenge read from it: in person.
  case bedside = 1
  /// Everything else, through any number of relays.
  case remote
}

/// Everything that anyone can do to a pump, one row each of the contract's table.
public enum Act: UInt8, Equatable, Sendable, CaseIterable {
  case identify, readStatus, readOwnSummary
  case program, programIncrease
  case refillSame, refillChanged
  case catheter, commissioning, envelope, limits, keys
  case clinicianBolus
  case patientDose, cancelBolus, cancelPending
  case safeRate, suspend, mri, resume
  case clearOverDelivery, setClock
  case acknowledge
  case emergencyStatus, emergencySafeRate, emergencySuspend
  /// Reading a fresh challenge at the near-field port, before a session.
  case challenge
}

/// Who has to sign besides the first.
public enum Cosigner: UInt8, Equatable, Sendable {
  case nobody
  case prescriber
  /// A prescriber, a nurse or a pharmacist.
  case person
}

/// What the table says of an act.
public enum Authority: Equatable, Sendable {
  /// Allowed; a remote program also has to lie inside the envelope.
  case allowed(Cosigner)
  /// Nobody in this role may do it, by whatever way.
  case role
  /// Not by this way, or not by this way in this role.
  case way
}

/// Who may do what to a pump, by which way, with which signatures (contract: the table).
///
/// What is not listed is refused.
///
/// - Parameters:
///   - act: the row.
///   - role: of the key that signed; of the session's peer for what is read or done in a session.
///   - way: of the session.
///   - peer: of the session: the patient's own controller is a peer of its own.
/// - Returns: allowed, and who has to sign besides; or whether role or way stands against it.
public func authority(_ act: Act, _ role: Role, _ way: Way, peer: Role) -> Authority {
  guard let row = row(act, role) else { return .role }
  switch way {
  case .bedside: return .allowed(row.bedside)
  case .remote:
    switch row.remote {
    case .no: return .way
    case .yes(let cosigner): return .allowed(cosigner)
    case .ownController: return peer == .patient ? .allowed(.nobody) : .way
    }
  }
}

/// What a row says of a role that it names.
private struct Row {
  var bedside = Cosigner.nobody
  var remote: Remote

  enum Remote { case no, yes(Cosigner), ownController }
}

/// The row of an act for a role; nothing where the row does not name the role.
private func row(_ act: Act, _ role: Role) -> Row? {
  switch act {
  case .identify: return Row(remote: .yes(.nobody))
  case .readStatus: return role.isClinic ? Row(remote: .yes(.nobody)) : nil
  case .readOwnSummary: return role == .patient ? Row(remote: .yes(.nobody)) : nil
  case .program, .resume: return role == .prescriber ? Row(remote: .yes(.nobody)) : nil
  case .programIncrease: return role == .prescriber ? Row(remote: .yes(.prescriber)) : nil
  case .refillSame, .suspend, .mri, .clearOverDelivery, .setClock:
    return role == .prescriber || role == .nurse ? Row(remote: .no) : nil
  case .refillChanged:
    return role == .prescriber ? Row(bedside: .person, remote: .no) : nil
  case .catheter, .commissioning, .envelope, .limits, .keys, .clinicianBolus:
    return role == .prescriber ? Row(remote: .no) : nil
  case .patientDose: return role == .patient ? Row(remote: .ownController) : nil
  case .cancelBolus, .cancelPending:
    return role == .patient || role == .nurse || role == .prescriber
      ? Row(remote: .yes(.nobody)) : nil
  case .safeRate:
    switch role {
    case .prescriber: return Row(remote: .yes(.nobody))
    case .nurse: return Row(remote: .no)
    case .none, .pharmacist, .patient, .clinicServer, .emergencyCard: return nil
    }
  case .acknowledge:
    return role == .nurse || role == .prescriber ? Row(remote: .yes(.nobody)) : nil
  case .emergencyStatus, .emergencySafeRate, .emergencySuspend:
    return role == .emergencyCard ? Row(remote: .no) : nil
  case .challenge: return Row(remote: .no)
  }
}

extension Role {
  /// Who may read a pump's status, journal and receipts.
  var isClinic: Bool {
    switch self {
    case .prescriber, .nurse, .pharmacist, .clinicServer: true
    case .none, .patient, .emergencyCard: false
    }
  }

  /// A certified person, who holds a signing key.
  var isPerson: Bool {
    switch self {
    case .prescriber, .nurse, .pharmacist: true
    case .none, .patient, .clinicServer, .emergencyCard: false
    }
  }
}
