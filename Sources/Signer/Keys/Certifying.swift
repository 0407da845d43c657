public import OrderText
public import PumpCore
public import PumpLink
import PumpLinkCrypto

extension CertificateFile {
  /// Certifies a person's keys.
  ///
  /// - Parameters:
  ///   - keys: of the person; whoever certifies has compared the ids with the person.
  ///   - role: of the person, or of the clinic's server, which gets a session key alone.
  ///   - begin: from when it holds, by the pump's clock.
  ///   - end: until when, included.
  ///   - root: the secrets of the clinic's root.
  /// - Throws: ``SigningError/Kind/malformed`` where the keys are a root's or the times are not in
  ///   order, ``SigningError/Kind/role`` where nobody in the role holds keys.
  public init(
    _ keys: PublicKeys,
    _ role: Role,
    from begin: LocalTime,
    until end: LocalTime,
    by root: SecretKeys
  ) throws(SigningError) {
    guard root.session == nil else {
      throw SigningError(.malformed, "given the key of a person, expected a root's to certify with")
    }
    guard let session = keys.session else {
      throw SigningError(.malformed, "given the keys of a root, expected a person's")
    }
    guard begin < end else {
      throw SigningError(.malformed, "given an end before the begin, expected a later one")
    }
    var pairs = [(keys.signing, KeyUse.signing), (session, KeyUse.session)]
    switch role {
    case .prescriber, .nurse, .pharmacist: break
    case .clinicServer: pairs.removeFirst()
    case .none, .patient, .emergencyCard:
      throw SigningError(.role, "given the role \(role), expected one that a root certifies")
    }
    let crypto = SwiftCrypto()
    let certificates = try pairs.map { (key, use) throws(SigningError) in
      var certificate = Certificate()
      certificate.key = key
      certificate.use = use
      certificate.name = keys.person
      certificate.role = role
      certificate.notBefore = begin
      certificate.notAfter = end
      guard let signature = certificate.signature(by: root.signing, crypto) else {
        throw SigningError(
          .malformed,
          "given dates that no certificate holds, expected 1970 to 2100"
        )
      }
      certificate.signature = signature
      return certificate
    }
    self.init(certificates)
  }
}

extension Revocation {
  /// A list of keys that count no more.
  ///
  /// - Parameters:
  ///   - keys: their ids, at most ``capacity``.
  ///   - number: greater than that of the list before.
  ///   - root: the secrets of the clinic's root.
  /// - Throws: ``SigningError/Kind/malformed``.
  public init(_ keys: [Bytes16], number: UInt64, by root: SecretKeys) throws(SigningError) {
    self.init()
    guard root.session == nil else {
      throw SigningError(.malformed, "given the key of a person, expected a root's to revoke with")
    }
    self.number = number
    for key in keys where !append(key) {
      throw SigningError(.malformed, "given \(keys.count) keys, expected at most \(Self.capacity)")
    }
    guard let signature = signature(by: root.signing, SwiftCrypto()) else {
      throw SigningError(.malformed, "given a list that cannot be written")
    }
    self.signature = signature
  }
}
