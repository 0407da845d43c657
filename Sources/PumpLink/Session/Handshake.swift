public import Quantities

/// The private keys that a handshake needs, and what is known of the other side.
public struct HandshakeKeys: Sendable {
  /// This side's X25519 private key that stays.
  public var own: Bytes32
  /// A private key of 32 fresh random bytes, never used before and never again.
  public var ephemeral: Bytes32
  /// The other side's public key: needed where the pattern knows it before, else what is expected.
  public var peer: Bytes32?
  /// For pairing: 32 bytes with at least 128 bits of chance in them, which a code of six digits
  /// has not.
  public var pairingSecret: Bytes32?

  public init(
    own: Bytes32,
    ephemeral: Bytes32,
    peer: Bytes32? = nil,
    pairingSecret: Bytes32? = nil
  ) {
    self.own = own
    self.ephemeral = ephemeral
    self.peer = peer
    self.pairingSecret = pairingSecret
  }
}

/// One side of a handshake of the link: empty messages in turn, then a session.
///
/// The messages carry nothing (SR-103). The first one of IK and KK can be sent again by anyone who
/// has seen it, so a pump may hold a session that nobody can use; it acts on what a session opens
/// and on nothing else.
public struct Handshake: Sendable {
  private var state: HandshakeState?
  private let prologue: LinkPrologue
  private let expectedPeer: Bytes32?

  /// Begins a handshake.
  ///
  /// - Parameters:
  ///   - pattern: what the sides know of each other.
  ///   - isOpener: true for whoever speaks to the pump, false for the pump.
  ///   - prologue: what both must agree on.
  ///   - keys: this side's keys and what is known of the other's.
  ///   - crypto: the primitives.
  /// - Throws: `missingKey` where the pattern needs a key that is not there.
  public init(
    _ pattern: NoisePattern,
    isOpener: Bool,
    prologue: LinkPrologue,
    keys: HandshakeKeys,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) {
    self.prologue = prologue
    expectedPeer = keys.peer
    state = try HandshakeState(
      pattern,
      isOpener: isOpener,
      prologue: prologue.bytes.span,
      keys: keys,
      crypto
    )
  }

  /// Whether the next message is this side's to write.
  public var isOwnTurn: Bool { state?.isOwnTurn ?? false }

  /// Whether all messages are done and `session` gives the session.
  public var isComplete: Bool { state?.isComplete ?? false }

  /// The other side's public key as far as it is known.
  ///
  /// In IK the pump looks here after the first message whether it knows that key at all.
  public var peer: Bytes32? { state?.peer }

  /// This side's next message, of at most 96 bytes.
  public mutating func write(_ crypto: some LinkCrypto) throws(HandshakeError) -> HandshakeMessage {
    guard var next = state else { throw .outOfTurn }
    state = nil
    let message = try next.write(payload: Span<UInt8>(), crypto)
    state = next
    return message
  }

  /// Takes the other side's next message.
  ///
  /// - Throws: why it is refused. The handshake is over then.
  public mutating func read(
    _ message: Span<UInt8>,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) {
    guard var next = state else { throw .outOfTurn }
    state = nil
    guard !next.isComplete, !next.isOwnTurn else { throw .outOfTurn }
    // Before any arithmetic, so that bytes of the wrong length cost a pump nothing (H-34).
    guard message.count == next.pattern.length(ofMessage: next.messagesDone) else {
      throw .wrongLength
    }
    _ = try next.read(message, crypto)
    if let expectedPeer, let peer = next.peer, peer != expectedPeer { throw .unexpectedPeer }
    state = next
  }

  /// The session, once; the handshake is over then.
  ///
  /// - Parameters:
  ///   - time: now, from which the idle time-out counts.
  ///   - crypto: the primitives.
  /// - Returns: the session, not yet confirmed.
  /// - Throws: `outOfTurn` where messages are still to come.
  public mutating func session(
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) -> LinkSession {
    guard let done = state, done.isComplete, let peer = done.peer else { throw .outOfTurn }
    state = nil
    let keys = done.split(crypto)
    return LinkSession(
      sending: done.isOpener ? keys.opener : keys.pump,
      receiving: done.isOpener ? keys.pump : keys.opener,
      peer: peer,
      prologue: prologue,
      binding: done.hash,
      time: time
    )
  }
}
