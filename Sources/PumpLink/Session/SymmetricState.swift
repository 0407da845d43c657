/// A handshake message with whatever room the patterns of the link need.
public typealias HandshakeMessage = BoundedBytes<256>

/// The transcript's hash, the chaining key and the key under way (Noise §5.2).
struct SymmetricState: Sendable {
  private var chainingKey: Bytes32
  private(set) var hash: Bytes32
  private var cipher = CipherState()

  /// Begins with a protocol's name: as it is up to 32 bytes, else its hash.
  init(name: StaticString, _ crypto: some LinkCrypto) {
    var bytes = BoundedBytes<64>()
    for index in 0..<name.utf8CodeUnitCount {
      bytes.append(unsafe name.utf8Start[index])
    }
    if bytes.count <= 32 {
      hash = Bytes32()
      for index in 0..<bytes.count { hash[index] = bytes[index] }
    } else {
      hash = crypto.sha256(bytes.bytes.span.extracting(0..<bytes.count))
    }
    chainingKey = hash
  }

  var hasKey: Bool { cipher.hasKey }

  /// Takes bytes into the transcript; at most 256.
  mutating func mixHash(_ data: Span<UInt8>, _ crypto: some LinkCrypto) {
    var both = BoundedBytes<288>()
    let fits =
      both.append(hash.bytes.span, from: 0, count: 32)
      && both.append(data, from: 0, count: data.count)
    precondition(fits, "a part of the handshake is longer than any part is")
    hash = crypto.sha256(both.bytes.span.extracting(0..<both.count))
  }

  mutating func mixKey(_ material: Bytes32, _ crypto: some LinkCrypto) {
    let derived = Self.derive(chainingKey, material.bytes.span, crypto)
    chainingKey = derived.0
    cipher = CipherState(key: derived.1)
  }

  mutating func mixKeyAndHash(_ material: Bytes32, _ crypto: some LinkCrypto) {
    let derived = Self.derive(chainingKey, material.bytes.span, crypto)
    chainingKey = derived.0
    mixHash(derived.1.bytes.span, crypto)
    cipher = CipherState(key: derived.2)
  }

  /// Adds bytes to a message, sealed where there is a key, and takes them into the transcript.
  ///
  /// - Returns: false where they do not fit.
  mutating func sealAndMix(
    _ plain: Span<UInt8>,
    into message: inout HandshakeMessage,
    _ crypto: some LinkCrypto
  ) -> Bool {
    guard plain.count + CipherState.tagLength <= HandshakeMessage.capacity else {
      return false
    }
    var part = InlineArray<256, UInt8>(repeating: 0)
    for index in 0..<plain.count { part[index] = plain[index] }
    var buffer = part.mutableSpan
    let count = cipher.seal(
      &buffer,
      count: plain.count,
      authenticating: hash.bytes.span,
      crypto
    )
    guard let count else { return false }
    mixHash(part.span.extracting(0..<count), crypto)
    return message.append(part.span, from: 0, count: count)
  }

  /// Opens a part of a message, where there is a key, and takes it into the transcript.
  ///
  /// - Returns: false where it is not genuine.
  mutating func openAndMix(
    _ sealed: Span<UInt8>,
    into plain: inout HandshakeMessage,
    _ crypto: some LinkCrypto
  ) -> Bool {
    plain.removeAll()
    var part = InlineArray<256, UInt8>(repeating: 0)
    guard sealed.count <= part.count else { return false }
    for index in 0..<sealed.count { part[index] = sealed[index] }
    var buffer = part.mutableSpan
    let count = cipher.open(
      &buffer,
      count: sealed.count,
      authenticating: hash.bytes.span,
      crypto
    )
    guard let count else { return false }
    mixHash(sealed, crypto)
    return plain.append(part.span, from: 0, count: count)
  }

  /// The two keys of the session: what the opener seals under, then what the pump does.
  func split(_ crypto: some LinkCrypto) -> (opener: CipherState, pump: CipherState) {
    let derived = Self.derive(chainingKey, Span<UInt8>(), crypto)
    return (CipherState(key: derived.0), CipherState(key: derived.1))
  }

  /// HKDF of three outputs (Noise §4.3, RFC 5869 with an empty info).
  ///
  /// The first two are the same whether two or three are asked for.
  static func derive(
    _ chainingKey: Bytes32,
    _ material: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) -> (Bytes32, Bytes32, Bytes32) {
    let extracted = crypto.hmacSHA256(key: chainingKey.bytes.span, material)
    let mark: InlineArray<1, UInt8> = [1]
    let first = crypto.hmacSHA256(key: extracted.bytes.span, mark.span)
    let second = expand(extracted, first, 2, crypto)
    return (first, second, expand(extracted, second, 3, crypto))
  }

  private static func expand(
    _ extracted: Bytes32,
    _ before: Bytes32,
    _ mark: UInt8,
    _ crypto: some LinkCrypto
  ) -> Bytes32 {
    var input = BoundedBytes<33>()
    input.append(before.bytes.span, from: 0, count: 32)
    input.append(mark)
    return crypto.hmacSHA256(key: extracted.bytes.span, input.bytes.span)
  }
}
