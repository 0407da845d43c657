public import PumpCore
public import PumpLink
import PumpLinkCrypto

/// What is found of the signatures of an order.
public struct OrderVerification: Sendable {
  /// Who signed, in the order of the signatures.
  public let signers: [Certificate]

  /// Checks every signature and its certificate against a root.
  ///
  /// - Parameters:
  ///   - order: as it was read from its bytes.
  ///   - certificates: of all who signed.
  ///   - root: the clinic's public key.
  ///   - revocation: the newest list of the root; none where there is none.
  ///   - now: by the clock on the wall.
  /// - Throws: ``SigningError/Kind/notGenuine`` or ``SigningError/Kind/expired``.
  public init(
    _ order: Order,
    _ certificates: [Certificate],
    root: Bytes32,
    revocation: Revocation?,
    at now: LocalTime
  ) throws(SigningError) {
    let crypto = SwiftCrypto()
    guard order.signatureCount > 0 else { throw SigningError(.notGenuine, "nobody has signed it") }
    if let revocation, !revocation.isValid(revocation.signature, by: root, crypto) {
      throw SigningError(.notGenuine, "the list of revoked keys is not signed by the root")
    }
    var found: [Certificate] = []
    for place in 0..<order.signatureCount {
      let signature = order.signature(place)
      let name = Hex.text(signature.key)
      let known = certificates.first {
        $0.use == .signing && Bytes16(of: $0.key, crypto) == signature.key
      }
      guard let known else {
        throw SigningError(.notGenuine, "no certificate for the signing key \(name) was given")
      }
      try known.check(root: root, at: now)
      guard known.role.isPerson else {
        throw SigningError(.notGenuine, "the role \(known.role) of key \(name) signs no orders")
      }
      if let revocation,
        revocation.contains(signature.key) || revocation.contains(known.signature.key)
      {
        throw SigningError(.notGenuine, "the key \(name) is revoked")
      }
      guard order.isValid(signature, by: known.key, crypto) else {
        throw SigningError(.notGenuine, "the signature by key \(name) is not over these bytes")
      }
      found.append(known)
    }
    if found.count == 2, found[0].name == found[1].name {
      throw SigningError(.notGenuine, "both signatures are of one person")
    }
    signers = found
  }
}
