/// One side of a handshake, message by message (Noise §5.3), with payloads.
///
/// `Handshake` stands above it and forbids payloads; this one has them because the published test
/// vectors do.
struct HandshakeState: Sendable {
  let pattern: NoisePattern
  let isOpener: Bool
  private(set) var messagesDone = 0
  private(set) var peer: Bytes32?

  private var symmetric: SymmetricState
  private var own: Bytes32
  private let ownPublic: Bytes32
  private var ephemeral: Bytes32
  private var peerEphemeral = Bytes32()
  private var pairingSecret: Bytes32?

  init(
    _ pattern: NoisePattern,
    isOpener: Bool,
    prologue: Span<UInt8>,
    keys: HandshakeKeys,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) {
    let knowsPeer = isOpener ? pattern.opensWithPumpsKey : pattern.opensWithOpenersKey
    guard !knowsPeer || keys.peer != nil, !pattern.hasPairingSecret || keys.pairingSecret != nil
    else { throw .missingKey }
    self.pattern = pattern
    self.isOpener = isOpener
    own = keys.own
    ownPublic = crypto.x25519PublicKey(of: keys.own)
    ephemeral = keys.ephemeral
    pairingSecret = keys.pairingSecret
    peer = knowsPeer ? keys.peer : nil
    symmetric = SymmetricState(name: pattern.name, crypto)
    symmetric.mixHash(prologue, crypto)
    let openersKey = isOpener ? ownPublic : peer
    let pumpsKey = isOpener ? peer : ownPublic
    if pattern.opensWithOpenersKey, let openersKey {
      symmetric.mixHash(openersKey.bytes.span, crypto)
    }
    if pattern.opensWithPumpsKey, let pumpsKey { symmetric.mixHash(pumpsKey.bytes.span, crypto) }
  }

  var isComplete: Bool { messagesDone == pattern.messageCount }

  /// Whether the next message is this side's to write.
  var isOwnTurn: Bool { !isComplete && (messagesDone % 2 == 0) == isOpener }

  /// The hash of the whole transcript, the same on both sides and of no other handshake.
  var hash: Bytes32 { symmetric.hash }

  mutating func write(
    payload: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) -> HandshakeMessage {
    guard isOwnTurn else { throw .outOfTurn }
    var message = HandshakeMessage()
    let tokens = pattern.tokens(ofMessage: messagesDone)
    for index in 0..<tokens.count {
      switch tokens[index] {
      case .e:
        let key = crypto.x25519PublicKey(of: ephemeral)
        message.append(key.bytes.span, from: 0, count: 32)
        mixEphemeral(key, crypto)
      case .s:
        guard symmetric.sealAndMix(ownPublic.bytes.span, into: &message, crypto) else {
          throw .wrongLength
        }
      default: try mix(tokens[index], crypto)
      }
    }
    guard symmetric.sealAndMix(payload, into: &message, crypto) else { throw .wrongLength }
    messagesDone += 1
    return message
  }

  /// Reads a message of the other side; after an error the state is of no more use.
  mutating func read(
    _ message: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) -> HandshakeMessage {
    guard !isComplete, !isOwnTurn else { throw .outOfTurn }
    var plain = HandshakeMessage()
    var offset = 0
    let tokens = pattern.tokens(ofMessage: messagesDone)
    for index in 0..<tokens.count {
      switch tokens[index] {
      case .e:
        guard message.count - offset >= 32,
          let key = Bytes32(message.extracting(offset..<offset + 32))
        else { throw .wrongLength }
        offset += 32
        peerEphemeral = key
        mixEphemeral(key, crypto)
      case .s:
        let length = symmetric.hasKey ? 32 + CipherState.tagLength : 32
        guard message.count - offset >= length else { throw .wrongLength }
        let sealed = message.extracting(offset..<offset + length)
        guard symmetric.openAndMix(sealed, into: &plain, crypto) else { throw .notGenuine }
        offset += length
        peer = Bytes32(plain.bytes.span)
      default: try mix(tokens[index], crypto)
      }
    }
    let rest = message.extracting(offset..<message.count)
    guard symmetric.openAndMix(rest, into: &plain, crypto) else { throw .notGenuine }
    messagesDone += 1
    return plain
  }

  /// With a pairing secret an ephemeral key goes into the key too (Noise §9.2).
  private mutating func mixEphemeral(_ key: Bytes32, _ crypto: some LinkCrypto) {
    symmetric.mixHash(key.bytes.span, crypto)
    if pattern.hasPairingSecret { symmetric.mixKey(key, crypto) }
  }

  private mutating func mix(_ token: NoiseToken, _ crypto: some LinkCrypto) throws(HandshakeError) {
    // In es and se the first letter is the opener's key, the second the pump's.
    switch token {
    case .ee: try mixShared(ephemeral, peerEphemeral, crypto)
    case .es: try mixShared(isOpener ? ephemeral : own, isOpener ? peer : peerEphemeral, crypto)
    case .se: try mixShared(isOpener ? own : ephemeral, isOpener ? peerEphemeral : peer, crypto)
    case .ss: try mixShared(own, peer, crypto)
    case .psk:
      guard let pairingSecret else { throw .missingKey }
      symmetric.mixKeyAndHash(pairingSecret, crypto)
    case .e, .s, .end: break
    }
  }

  private mutating func mixShared(
    _ privateKey: Bytes32,
    _ publicKey: Bytes32?,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) {
    guard let publicKey else { throw .missingKey }
    guard let secret = crypto.x25519(privateKey, publicKey) else { throw .smallOrderKey }
    symmetric.mixKey(secret, crypto)
  }

  func split(_ crypto: some LinkCrypto) -> (opener: CipherState, pump: CipherState) {
    symmetric.split(crypto)
  }
}
