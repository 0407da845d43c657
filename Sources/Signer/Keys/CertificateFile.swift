public import PumpCore
public import PumpLink
import PumpLinkCrypto
import PumpScenario

extension WireObject {
  /// Reads an object out of an array; nothing where the bytes are not its one encoding.
  public init?(bytes: [UInt8]) { self.init(decoding: bytes.span) }

  /// Its bytes as an array; nothing where a field holds what it may not hold.
  public var array: [UInt8]? {
    encoded.map { wire in (0..<wire.count).map { wire.bytes[$0] } }
  }
}

/// The certificates of one person's keys, one after the other, each in its one encoding.
public struct CertificateFile: Sendable {
  /// One or two: of the signing key, of the session key.
  public let certificates: [Certificate]
  private static let size = 162

  /// - Throws: ``SignerError/Kind/malformed``.
  public init(bytes: [UInt8]) throws(SignerError) {
    var found: [Certificate] = []
    for start in stride(from: 0, to: bytes.count, by: Self.size) {
      let part = Array(bytes[start..<min(start + Self.size, bytes.count)])
      guard found.count < 2, let certificate = Certificate(bytes: part) else {
        throw SignerError(
          .malformed,
          "given \(bytes.count) bytes that are no certificates, expected one or two of \(Self.size) bytes"
        )
      }
      found.append(certificate)
    }
    guard !found.isEmpty else {
      throw SignerError(.malformed, "given an empty file, expected one or two certificates")
    }
    certificates = found
  }

  /// Certifies a person's keys.
  ///
  /// - Parameters:
  ///   - keys: of the person; whoever certifies has compared the ids with the person.
  ///   - role: of the person, or of the clinic's server, which gets a session key alone.
  ///   - begin: from when it holds, by the pump's clock.
  ///   - end: until when, included.
  ///   - root: the secrets of the clinic's root.
  /// - Throws: ``SignerError/Kind/malformed`` where the keys are a root's or the times are not in
  ///   order, ``SignerError/Kind/role`` where nobody in the role holds keys.
  public init(
    _ keys: PublicKeys,
    _ role: Role,
    from begin: LocalTime,
    until end: LocalTime,
    by root: SecretKeys
  ) throws(SignerError) {
    guard root.session == nil else {
      throw SignerError(.malformed, "given the key of a person, expected a root's to certify with")
    }
    guard let session = keys.session else {
      throw SignerError(.malformed, "given the keys of a root, expected a person's")
    }
    guard begin < end else {
      throw SignerError(.malformed, "given an end before the begin, expected a later one")
    }
    var pairs = [(keys.signing, KeyUse.signing), (session, KeyUse.session)]
    switch role {
    case .prescriber, .nurse, .pharmacist: break
    case .clinicServer: pairs.removeFirst()
    case .none, .patient, .emergencyCard:
      throw SignerError(.role, "given the role \(role), expected one that a root certifies")
    }
    let crypto = SwiftCrypto()
    certificates = try pairs.map { (key, use) throws(SignerError) in
      var certificate = Certificate()
      certificate.key = key
      certificate.use = use
      certificate.name = keys.person
      certificate.role = role
      certificate.notBefore = begin
      certificate.notAfter = end
      guard let signature = certificate.signature(by: root.signing, crypto) else {
        throw SignerError(
          .malformed,
          "given dates that no certificate holds, expected 1970 to 2100"
        )
      }
      certificate.signature = signature
      return certificate
    }
  }

  /// The file.
  public var bytes: [UInt8] { certificates.flatMap { $0.array ?? [] } }

  /// The certificate of the signing key.
  public var signing: Certificate? { certificates.first { $0.use == .signing } }

  /// The certificate of the session key.
  public var session: Certificate? { certificates.first { $0.use == .session } }
}

extension Certificate {
  /// Throws unless a root has signed it and it holds at a time.
  ///
  /// - Parameters:
  ///   - root: the root's public key; nothing where it is not known here.
  ///   - now: by the local clock.
  /// - Throws: ``SignerError/Kind/notGenuine`` or ``SignerError/Kind/expired``.
  public func check(root: Bytes32?, at now: LocalTime) throws(SignerError) {
    let crypto = SwiftCrypto()
    if let root, !isValid(signature, by: root, crypto) || signature.key != Bytes16(of: root, crypto)
    {
      throw SignerError(
        .notGenuine,
        "the certificate of key \(Hex.text(Bytes16(of: key, crypto))) is not signed by the root "
          + Hex.text(Bytes16(of: root, crypto))
      )
    }
    guard notBefore <= now, now <= notAfter else {
      throw SignerError(
        .expired,
        "the certificate holds from \(notBefore.text) to \(notAfter.text), and it is \(now.text)"
      )
    }
  }
}

extension Revocation {
  /// A list of keys that count no more.
  ///
  /// - Parameters:
  ///   - keys: their ids, at most ``capacity``.
  ///   - number: greater than that of the list before.
  ///   - root: the secrets of the clinic's root.
  /// - Throws: ``SignerError/Kind/malformed``.
  public init(_ keys: [Bytes16], number: UInt64, by root: SecretKeys) throws(SignerError) {
    self.init()
    guard root.session == nil else {
      throw SignerError(.malformed, "given the key of a person, expected a root's to revoke with")
    }
    self.number = number
    for key in keys where !append(key) {
      throw SignerError(.malformed, "given \(keys.count) keys, expected at most \(Self.capacity)")
    }
    guard let signature = signature(by: root.signing, SwiftCrypto()) else {
      throw SignerError(.malformed, "given a list that cannot be written")
    }
    self.signature = signature
  }
}
