/// The primitives that the link and the order checks rest on; the host gives swift-crypto's.
///
/// No method keeps state, reads a clock or draws a random number: fresh keys and secrets come in
/// as bytes. The same rules hold wherever they are computed:
/// - Ed25519 verifies with a canonical S only and refuses public keys of small order.
/// - X25519 refuses a shared secret of zeros.
public protocol LinkCrypto: Sendable {
  func sha256(_ message: Span<UInt8>) -> Bytes32
  func hmacSHA256(key: Span<UInt8>, _ message: Span<UInt8>) -> Bytes32

  func x25519PublicKey(of privateKey: Bytes32) -> Bytes32
  /// Nil where the peer's key is of small order: the secret would be zeros.
  func x25519(_ privateKey: Bytes32, _ peer: Bytes32) -> Bytes32?

  func ed25519PublicKey(of seed: Bytes32) -> Bytes32
  func sign(_ message: Span<UInt8>, seed: Bytes32) -> Bytes64
  func isValid(_ signature: Bytes64, of message: Span<UInt8>, by publicKey: Bytes32) -> Bool

  /// ChaCha20-Poly1305 in place: the first `count` bytes become ciphertext, 16 bytes of tag follow.
  ///
  /// The nonce is Noise's: four zero bytes, then the number, least byte first.
  func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  )

  /// The reverse: `count` bytes, the tag included, become `count - 16` bytes of plain text.
  ///
  /// - Returns: false where the tag is wrong; the buffer then holds nothing of use.
  func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) -> Bool
}
