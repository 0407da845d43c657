import Crypto

/// swift-crypto without the rules of `PumpLinkCrypto`, to show what they are there for.
enum LibraryAlone {
  static func isValid(_ signature: [UInt8], of message: [UInt8], by key: [UInt8]) -> Bool {
    (try? Curve25519.Signing.PublicKey(rawRepresentation: key))?
      .isValidSignature(signature, for: message) ?? false
  }
}
