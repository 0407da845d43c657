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

  /// - Throws: ``SigningError/Kind/malformed``.
  public init(bytes: [UInt8]) throws(SigningError) {
    var found: [Certificate] = []
    for start in stride(from: 0, to: bytes.count, by: Self.size) {
      let part = Array(bytes[start..<min(start + Self.size, bytes.count)])
      guard found.count < 2, let certificate = Certificate(bytes: part) else {
        throw SigningError(
          .malformed,
          "given \(bytes.count) bytes that are no certificates, expected one or two of \(Self.size) bytes"
        )
      }
      found.append(certificate)
    }
    guard !found.isEmpty else {
      throw SigningError(.malformed, "given an empty file, expected one or two certificates")
    }
    certificates = found
  }

  /// - Parameter certificates: one or two.
  package init(_ certificates: [Certificate]) { self.certificates = certificates }

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
  /// - Throws: ``SigningError/Kind/notGenuine`` or ``SigningError/Kind/expired``.
  public func check(root: Bytes32?, at now: LocalTime) throws(SigningError) {
    let crypto = SwiftCrypto()
    if let root, !isValid(signature, by: root, crypto) || signature.key != Bytes16(of: root, crypto)
    {
      throw SigningError(
        .notGenuine,
        "the certificate of key \(Hex.text(Bytes16(of: key, crypto))) is not signed by the root "
          + Hex.text(Bytes16(of: root, crypto))
      )
    }
    guard notBefore <= now, now <= notAfter else {
      throw SigningError(
        .expired,
        "the certificate holds from \(notBefore.text) to \(notAfter.text), and it is \(now.text)"
      )
    }
  }
}
