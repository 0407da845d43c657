/// A key with the number of the next message under it (Noise §5.1).
struct CipherState: Sendable {
  /// The bytes that sealing adds.
  static let tagLength = 16
  /// The number that Noise keeps for making a new key, and so never gives to a message.
  static let reservedNonce = UInt64.max

  private var key: Bytes32?
  private(set) var nonce: UInt64 = 0

  init() {}

  init(key: Bytes32, nonce: UInt64 = 0) {
    self.key = key
    self.nonce = nonce
  }

  var hasKey: Bool { key != nil }

  /// Seals the first `count` bytes in place; without a key they stay as they are.
  ///
  /// - Returns: how many bytes stand there now, or nil where no number is left.
  mutating func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    authenticating associated: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) -> Int? {
    guard nonce != Self.reservedNonce else { return nil }
    guard let key else { return count }
    crypto.seal(&buffer, count: count, key: key, nonce: nonce, authenticating: associated)
    nonce += 1
    return count + Self.tagLength
  }

  /// Opens the first `count` bytes in place; without a key they stay as they are.
  ///
  /// - Returns: how many bytes of plain text stand there now, or nil where they are not genuine or
  ///   no number is left. The number moves on only where they are genuine (Noise §5.1).
  mutating func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    authenticating associated: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) -> Int? {
    guard nonce != Self.reservedNonce else { return nil }
    guard let key else { return count }
    guard count >= Self.tagLength,
      crypto.open(&buffer, count: count, key: key, nonce: nonce, authenticating: associated)
    else { return nil }
    nonce += 1
    return count - Self.tagLength
  }

  /// Replaces the key by one made from it, so that the old one cannot be had back (Noise §11.3).
  ///
  /// The number goes on.
  mutating func rekey(_ crypto: some LinkCrypto) {
    guard let old = key else { return }
    var sealed = InlineArray<48, UInt8>(repeating: 0)
    var buffer = sealed.mutableSpan
    crypto.seal(
      &buffer,
      count: 32,
      key: old,
      nonce: Self.reservedNonce,
      authenticating: Span<UInt8>()
    )
    key = Bytes32(sealed.span)
  }

  /// Forgets the key; as no number is left either, nothing can pass as if no key were needed.
  mutating func erase() {
    key = nil
    nonce = Self.reservedNonce
  }
}
