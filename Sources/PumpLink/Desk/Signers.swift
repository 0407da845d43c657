public import PumpCore

/// Up to two certificates that come with an object.
public struct CertificatePair: Sendable {
  public private(set) var count = 0
  private var first = Certificate()
  private var second = Certificate()

  public init() {}

  public subscript(place: Int) -> Certificate { place == 0 ? first : second }

  /// Adds a certificate; false where there are two.
  public mutating func append(_ certificate: Certificate) -> Bool {
    guard count < 2 else { return false }
    if count == 0 { first = certificate } else { second = certificate }
    count += 1
    return true
  }
}

/// A person who signed, as a root has certified them.
struct Signer: Equatable, Sendable {
  var role = Role.none
  var name = Bytes16()
  var key = Bytes16()
  /// The root that certified the key.
  var root = Bytes16()
}

/// The persons who signed an order; one who signed twice is one.
struct Signers: Sendable {
  var count = 0
  var first = Signer()
  var second = Signer()

  /// Whether one of two different persons is allowed something and the other one something else.
  func contains(_ one: (Role) -> Bool, and other: (Role) -> Bool) -> Bool {
    guard count == 2, first.name != second.name, first.key != second.key else { return false }
    return one(first.role) && other(second.role) || one(second.role) && other(first.role)
  }

  func contains(_ wanted: (Role) -> Bool) -> Bool {
    count > 0 && wanted(first.role) || count > 1 && wanted(second.role)
  }
}

extension OrderDesk {
  /// Who signed an order: all keys known, then none revoked, then all signatures good.
  ///
  /// It changes nothing; what is not mutating would be handed a copy of the desk's 12 KB.
  mutating func signers(
    of order: Order,
    _ certificates: CertificatePair,
    _ now: LocalTime,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Signers {
    var keys = state.keys
    if !state.isCommissioned, case .commissioning(let content) = order.content {
      // A pump that knows no clinic yet takes the roots that it is commissioned with.
      keys = content.keys
    }
    var signers = Signers()
    var found = CertificatePair()
    for place in 0..<order.signatureCount {
      guard
        let certificate = certificate(
          of: order.signature(place).key,
          in: certificates,
          keys,
          now,
          crypto
        ), certificate.use == .signing, certificate.role.isPerson
      else { throw Refusal(.unknownKey) }
      _ = found.append(certificate)
    }
    for place in 0..<order.signatureCount where state.revocation.names(found[place], crypto) {
      throw Refusal(.revoked)
    }
    for place in 0..<order.signatureCount {
      let signature = order.signature(place)
      guard order.isValid(signature, by: found[place].key, crypto) else {
        throw Refusal(.badSignature)
      }
      let signer = Signer(
        role: found[place].role,
        name: found[place].name,
        key: signature.key,
        root: found[place].signature.key
      )
      if place == 0 { signers.first = signer } else { signers.second = signer }
      signers.count += 1
    }
    if signers.count == 0 { throw Refusal(.badSignature) }
    return signers
  }

  /// The certificate of a key, if one of the roots has signed it and it holds now.
  func certificate(
    of key: Bytes16,
    in certificates: CertificatePair,
    _ keys: KeyContent,
    _ now: LocalTime,
    _ crypto: some LinkCrypto
  ) -> Certificate? {
    for place in 0..<certificates.count {
      let certificate = certificates[place]
      guard Bytes16(of: certificate.key, crypto) == key,
        certificate.notBefore <= now, now <= certificate.notAfter
      else { continue }
      if let root = root(certificate.signature.key, keys, crypto),
        certificate.isValid(certificate.signature, by: root, crypto)
      {
        return certificate
      }
    }
    return nil
  }

  /// The root with a key's id.
  func root(_ id: Bytes16, _ keys: KeyContent, _ crypto: some LinkCrypto) -> Bytes32? {
    if keys.root != Bytes32(), Bytes16(of: keys.root, crypto) == id { return keys.root }
    if keys.secondRoot != Bytes32(), Bytes16(of: keys.secondRoot, crypto) == id {
      return keys.secondRoot
    }
    return nil
  }

  /// Whether the key or the root that certified it is on the newest list.
  func isRevoked(_ certificate: Certificate, _ crypto: some LinkCrypto) -> Bool {
    state.revocation.names(certificate, crypto)
  }

  /// Takes a list of revoked keys with a greater number than the one that holds.
  ///
  /// Anyone may bring it, by any way: a root has signed it, and it only takes away.
  public mutating func take(
    _ revocation: Revocation,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) {
    guard state.isCommissioned, let root = root(revocation.signature.key, state.keys, crypto) else {
      throw Refusal(.unknownKey)
    }
    if state.revocation.contains(revocation.signature.key) { throw Refusal(.revoked) }
    guard revocation.isValid(revocation.signature, by: root, crypto) else {
      throw Refusal(.badSignature)
    }
    guard revocation.number > state.revocation.number else { throw Refusal(.stale) }
    var next = state
    next.revocation = revocation
    try commit(next, &pump)
    pump.note(.keysRevoked, detail: 0, value: Int64(bitPattern: revocation.number))
  }

  /// What the sessions of the patient's card are keyed with; nothing where there is no card.
  public var emergencySecret: Bytes32? {
    let secret = state.keys.emergencyCard
    return state.isCommissioned && secret != Bytes32() ? secret : nil
  }

  /// Who the other end of a session is, from the static key that it has proved.
  ///
  /// - Parameters:
  ///   - key: X25519.
  ///   - certificates: those it showed; the patient's own controller needs none.
  ///   - way: of the port.
  ///   - controller: of the pump.
  ///   - crypto: the primitives.
  /// - Returns: nothing where nobody vouches for the key.
  public func peer(
    _ key: Bytes32,
    _ certificates: CertificatePair,
    by way: Way,
    _ controller: Controller,
    _ crypto: some LinkCrypto
  ) -> Peer? {
    guard key != Bytes32(), state.isCommissioned else { return nil }
    if key == state.keys.patientSession {
      return Peer(role: .patient, name: Bytes16(), way: way, began: controller.time)
    }
    let id = Bytes16(of: key, crypto)
    guard
      let certificate = certificate(
        of: id,
        in: certificates,
        state.keys,
        controller.localTime,
        crypto
      ),
      certificate.use == .session, certificate.role.isClinic, !isRevoked(certificate, crypto)
    else { return nil }
    return Peer(
      role: certificate.role,
      name: certificate.name,
      way: way,
      began: controller.time
    )
  }
}

extension Revocation {
  /// Whether a key or the root that certified it is on the list.
  fileprivate func names(_ certificate: Certificate, _ crypto: some LinkCrypto) -> Bool {
    contains(Bytes16(of: certificate.key, crypto)) || contains(certificate.signature.key)
  }
}
