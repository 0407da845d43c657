import Crypto
import PumpLink

/// The primitives of swift-crypto, as far as orders need them.
struct HostCrypto: LinkCrypto {
  func sha256(_ message: Span<UInt8>) -> Bytes32 {
    Bytes32(Array(SHA256.hash(data: message.array)))
  }

  func hmacSHA256(key: Span<UInt8>, _ message: Span<UInt8>) -> Bytes32 {
    let code = HMAC<SHA256>.authenticationCode(
      for: message.array,
      using: SymmetricKey(data: key.array)
    )
    return Bytes32(Array(code))
  }

  func x25519PublicKey(of privateKey: Bytes32) -> Bytes32 {
    preconditionFailure("orders need no agreement of keys")
  }

  func x25519(_ privateKey: Bytes32, _ peer: Bytes32) -> Bytes32? { nil }

  func ed25519PublicKey(of seed: Bytes32) -> Bytes32 {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed.array) else {
      return Bytes32()
    }
    return Bytes32(Array(key.publicKey.rawRepresentation))
  }

  func sign(_ message: Span<UInt8>, seed: Bytes32) -> Bytes64 {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed.array),
      let signature = try? key.signature(for: message.array)
    else { return Bytes64() }
    return Bytes64(Array(signature).span) ?? Bytes64()
  }

  func isValid(_ signature: Bytes64, of message: Span<UInt8>, by publicKey: Bytes32) -> Bool {
    let raw = (0..<64).map { signature[$0] }
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey.array) else {
      return false
    }
    return key.isValidSignature(raw, for: message.array)
  }

  func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) {
    preconditionFailure("orders are not sealed")
  }

  func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) -> Bool {
    false
  }
}

extension Span<UInt8> {
  var array: [UInt8] { (0..<count).map { self[$0] } }
}

extension Bytes32 {
  init(_ bytes: [UInt8]) {
    self.init()
    for (index, byte) in bytes.prefix(32).enumerated() { self[index] = byte }
  }

  var array: [UInt8] { (0..<32).map { self[$0] } }
}

extension WireBytes {
  init(_ array: [UInt8]) {
    self.init()
    for (index, byte) in array.enumerated() { bytes[index] = byte }
    count = array.count
  }

  var array: [UInt8] { (0..<count).map { bytes[$0] } }
}
