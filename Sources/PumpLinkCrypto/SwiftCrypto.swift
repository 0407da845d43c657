internal import Crypto
public import PumpLink

/// The primitives of the link by Apple's swift-crypto (BoringSSL), for the host.
///
/// swift-crypto takes keys and texts as arrays, so each call allocates. What it does not refuse and
/// the link must is refused here: see `isRefused` for Ed25519 keys, and zeros out of X25519.
public struct SwiftCrypto: LinkCrypto {
  public init() {}

  public func sha256(_ message: Span<UInt8>) -> Bytes32 {
    Bytes32(SHA256.hash(data: Array(copying: message)))
  }

  public func hmacSHA256(key: Span<UInt8>, _ message: Span<UInt8>) -> Bytes32 {
    let key = SymmetricKey(data: Array(copying: key))
    return Bytes32(HMAC<SHA256>.authenticationCode(for: Array(copying: message), using: key))
  }

  public func x25519PublicKey(of privateKey: Bytes32) -> Bytes32 {
    Bytes32(agreementKey(privateKey).publicKey.rawRepresentation)
  }

  public func x25519(_ privateKey: Bytes32, _ peer: Bytes32) -> Bytes32? {
    // swift-crypto gives out a secret of zeros as any other, so it is looked at here.
    guard
      let peer = try? Curve25519.KeyAgreement.PublicKey(
        rawRepresentation: Array(copying: peer.bytes.span)
      ),
      let agreed = try? agreementKey(privateKey).sharedSecretFromKeyAgreement(with: peer)
    else { return nil }
    let secret = unsafe agreed.withUnsafeBytes { unsafe Bytes32($0) }
    return secret == Bytes32() ? nil : secret
  }

  public func ed25519PublicKey(of seed: Bytes32) -> Bytes32 {
    Bytes32(signingKey(seed).publicKey.rawRepresentation)
  }

  public func sign(_ message: Span<UInt8>, seed: Bytes32) -> Bytes64 {
    guard let signature = try? signingKey(seed).signature(for: Array(copying: message)),
      let bytes = Bytes64(Array(signature).span)
    else { preconditionFailure("signing with a whole key fails only for want of memory") }
    return bytes
  }

  public func isValid(
    _ signature: Bytes64,
    of message: Span<UInt8>,
    by publicKey: Bytes32
  ) -> Bool {
    guard !Ed25519Encoding.isRefused(publicKey), Ed25519Encoding.hasCanonicalS(signature),
      let key = try? Curve25519.Signing.PublicKey(
        rawRepresentation: Array(copying: publicKey.bytes.span)
      )
    else { return false }
    return key.isValidSignature(
      Array(copying: signature.bytes.span),
      for: Array(copying: message)
    )
  }

  public func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) {
    let plain = Array(copying: buffer.span.extracting(0..<count))
    let sealed = Self.sealed(
      plain,
      key: key,
      nonce: noiseNonce(nonce),
      authenticating: Array(copying: associated)
    )
    guard let sealed else {
      preconditionFailure("sealing with a whole key and nonce fails only for want of memory")
    }
    write(sealed, into: &buffer)
  }

  public func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) -> Bool {
    guard count <= buffer.count else { return false }
    let plain = Self.opened(
      Array(copying: buffer.span.extracting(0..<count)),
      key: key,
      nonce: noiseNonce(nonce),
      authenticating: Array(copying: associated)
    )
    guard let plain else {
      for index in 0..<count { buffer[index] = 0 }
      return false
    }
    write(plain, into: &buffer)
    return true
  }

  /// The text sealed, then its tag; nil where the nonce has not twelve bytes.
  static func sealed(
    _ plain: [UInt8],
    key: Bytes32,
    nonce: [UInt8],
    authenticating associated: [UInt8]
  ) -> [UInt8]? {
    guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
      let box = try? ChaChaPoly.seal(
        plain,
        using: symmetric(key),
        nonce: nonce,
        authenticating: associated
      )
    else { return nil }
    return Array(box.ciphertext) + Array(box.tag)
  }

  /// The text without its tag; nil where it is not genuine or the nonce has not twelve bytes.
  static func opened(
    _ sealed: [UInt8],
    key: Bytes32,
    nonce: [UInt8],
    authenticating associated: [UInt8]
  ) -> [UInt8]? {
    guard sealed.count >= 16, let nonce = try? ChaChaPoly.Nonce(data: nonce),
      let box = try? ChaChaPoly.SealedBox(
        nonce: nonce,
        ciphertext: sealed.dropLast(16),
        tag: sealed.suffix(16)
      ),
      let plain = try? ChaChaPoly.open(box, using: symmetric(key), authenticating: associated)
    else { return nil }
    return Array(plain)
  }
}

private func agreementKey(_ privateKey: Bytes32) -> Curve25519.KeyAgreement.PrivateKey {
  let bytes = Array(copying: privateKey.bytes.span)
  guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes) else {
    preconditionFailure("any 32 bytes are an X25519 private key")
  }
  return key
}

private func signingKey(_ seed: Bytes32) -> Curve25519.Signing.PrivateKey {
  let bytes = Array(copying: seed.bytes.span)
  guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else {
    preconditionFailure("any 32 bytes are an Ed25519 seed")
  }
  return key
}

private func symmetric(_ key: Bytes32) -> SymmetricKey {
  SymmetricKey(data: Array(copying: key.bytes.span))
}

private func write(_ source: [UInt8], into buffer: inout MutableSpan<UInt8>) {
  for index in source.indices { buffer[index] = source[index] }
}

/// Noise's nonce: four zero bytes, then the number, least byte first.
private func noiseNonce(_ number: UInt64) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: 12)
  for index in 0..<8 { bytes[4 + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
  return bytes
}

extension Array where Element == UInt8 {
  fileprivate init(copying span: Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension Bytes32 {
  /// The bytes of a digest, a code or a key of swift-crypto, each of which has 32.
  fileprivate init(_ source: some Sequence<UInt8>) {
    guard let bytes = Bytes32(Array(source).span) else {
      preconditionFailure("swift-crypto gave fewer than 32 bytes")
    }
    self = bytes
  }
}
