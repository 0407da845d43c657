public import OrderText
public import PumpLink

/// A pump that the clinic calls: with the key of its sessions beside what its receipts are known by, all
/// taken down at the bedside; nothing in it is secret.
public struct CalledPump: Equatable, Sendable {
  /// As whoever reads its receipts knows it.
  public var known: KnownPump
  /// X25519: the static key of the pump's sessions.
  public var sessionKey: Bytes32

  public init(id: Bytes16, sessionKey: Bytes32, signingKey: Bytes32) {
    known = KnownPump(id: id, key: signingKey)
    self.sessionKey = sessionKey
  }

  public var id: Bytes16 { known.id }

  /// Ed25519: signs the pump's receipts.
  public var signingKey: Bytes32 { known.key }

  /// As it stands in addresses.
  public var name: String { Hex.text(id.octets) }

  /// Whether a receipt is this pump's own word (SR-101).
  public func vouches(for receipt: Receipt, _ crypto: some LinkCrypto) -> Bool {
    receipt.pump == id && receipt.signature.key == Bytes16(of: signingKey, crypto)
      && receipt.isValid(receipt.signature, by: signingKey, crypto)
  }
}

/// As whom the clinic's server calls pumps: a session key and what the clinic's root certified of it.
///
/// It can ask and bring; it signs nothing, so that nothing a pump does rests on it (H-72).
public struct ClinicCaller: Sendable {
  /// X25519.
  public var key: Bytes32
  /// Of the role clinic server.
  public var certificates: CertificatePair

  public init(key: Bytes32, certificates: CertificatePair) {
    self.key = key
    self.certificates = certificates
  }
}

extension ClinicCaller: CustomStringConvertible, CustomReflectable {
  /// Never the key.
  public var description: String { "the clinic's session key" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Bytes16 {
  var octets: [UInt8] { (0..<16).map { self[$0] } }
}

extension Bytes32 {
  var octets: [UInt8] { (0..<32).map { self[$0] } }

  init?(octets: [UInt8]) {
    guard octets.count == 32 else { return nil }
    self.init(octets.span)
  }
}

extension WireBytes {
  var octets: [UInt8] { (0..<count).map { bytes[$0] } }
}
