import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import VirtualPump

struct NotMade: Error, CustomStringConvertible {
  let description: String
  init(_ what: String) { description = what }
}

/// A person with a signing key and a session key, both certified by a root.
struct Person: Sendable {
  let role: Role
  let seed: Bytes32
  let session: Bytes32
  let certificate: Certificate
  let sessionCertificate: Certificate

  init(_ role: Role, _ number: UInt8, root: Bytes32 = People.root) {
    self.role = role
    seed = Bytes32(repeating: number)
    session = Bytes32(repeating: number + 100)
    certificate = Self.certificate(
      People.crypto.ed25519PublicKey(of: seed),
      .signing,
      role,
      number,
      root
    )
    sessionCertificate = Self.certificate(
      People.crypto.x25519PublicKey(of: session),
      .session,
      role,
      number,
      root
    )
  }

  private static func certificate(
    _ key: Bytes32,
    _ use: KeyUse,
    _ role: Role,
    _ name: UInt8,
    _ root: Bytes32
  ) -> Certificate {
    var certificate = Certificate()
    certificate.key = key
    certificate.use = use
    certificate.name = Bytes16(repeating: name)
    certificate.role = role
    certificate.notBefore = LocalTime(milliseconds: 1_000_000_000_000)
    certificate.notAfter = LocalTime(milliseconds: 4_000_000_000_000)
    certificate.signature = certificate.signature(by: root, People.crypto) ?? KeySignature()
    return certificate
  }

  /// Signs as a signer does: what stands in the bytes, with one signature more.
  func sign(_ bytes: [UInt8]) throws -> [UInt8] {
    guard var order = Order(decoding: bytes.span),
      let signature = order.signature(by: seed, People.crypto), order.append(signature),
      let signed = order.encoded
    else { throw NotMade("a signature") }
    return (0..<signed.count).map { signed.bytes[$0] }
  }
}

extension Person {
  /// Signs a request as a signer does.
  func sign(request bytes: [UInt8]) throws -> [UInt8] {
    guard var request = Request(decoding: bytes.span),
      let signature = request.signature(by: seed, People.crypto)
    else { throw NotMade("a signature") }
    request.signature = signature
    guard let signed = request.encoded else { throw NotMade("a request") }
    return (0..<signed.count).map { signed.bytes[$0] }
  }
}

/// The people of a clinic, with keys that a test makes in code.
enum People {
  static let crypto = SwiftCrypto()
  static let root = Bytes32(repeating: 2)
  static let prescriber = Person(.prescriber, 10)
  static let colleague = Person(.prescriber, 11)
  static let nurse = Person(.nurse, 12)
  static let server = Person(.clinicServer, 14)
  /// Certified by another root, which says that this is a prescriber too.
  static let stranger = Person(.prescriber, 20, root: Bytes32(repeating: 9))

  static func pair(_ certificates: Certificate...) -> CertificatePair {
    var pair = CertificatePair()
    for certificate in certificates { _ = pair.append(certificate) }
    return pair
  }
}
