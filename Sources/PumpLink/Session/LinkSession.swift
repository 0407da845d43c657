public import Quantities

/// Why a session did not seal or open; whatever it was but `tooLong`, the session is over.
public enum SessionError: UInt8, Error, Sendable {
  /// It was over before.
  case ended = 1
  /// Nothing genuine came for longer than `LinkSession.idleLimit`, or the clock went backwards.
  case idle
  /// The bytes are not the next message of the other side.
  case notGenuine
  /// Every number is used up.
  case exhausted
  /// The message or its tag does not fit; nothing was sealed, and the session goes on.
  case tooLong
}

/// An open session: messages in order, each once, or the end of the session.
///
/// A message that does not open ends it. So nothing that a relay drops, doubles, swaps or changes
/// goes unseen, and trying costs a new handshake.
public struct LinkSession: Sendable {
  /// How long a session lives without a genuine message of the other side (SR-104).
  public static let idleLimit = 2 * TimeSpan.minute
  /// After so many messages each way the key of that way is replaced (Noise §11.3).
  public static let rekeyInterval: UInt64 = 1_024
  /// The longest plain text, in bytes; sealed it just fits the longest message of the frames.
  public static let plainLimit = FrameLimits.message - CipherState.tagLength

  /// The other side's static public key, which the handshake has proved.
  public let peer: Bytes32
  /// What both sides agreed on.
  public let prologue: LinkPrologue
  /// The hash of the handshake: the same on both sides, and of no other session.
  public let binding: Bytes32
  public private(set) var isOpen = true
  /// Whether a message of the other side has opened, so that it holds the keys here and now.
  public private(set) var isConfirmed = false

  private var sending: CipherState
  private var receiving: CipherState
  private var lastHeard: PumpTime

  init(
    sending: CipherState,
    receiving: CipherState,
    peer: Bytes32,
    prologue: LinkPrologue,
    binding: Bytes32,
    time: PumpTime
  ) {
    self.sending = sending
    self.receiving = receiving
    self.peer = peer
    self.prologue = prologue
    self.binding = binding
    lastHeard = time
  }

  /// Seals the first `count` bytes in place; 16 bytes of tag follow them.
  ///
  /// - Returns: how many bytes stand there now.
  public mutating func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) -> Int {
    try check(time)
    guard count >= 0, count <= Self.plainLimit, count <= buffer.count - CipherState.tagLength else {
      throw .tooLong
    }
    let sealed = sending.seal(&buffer, count: count, authenticating: Span<UInt8>(), crypto)
    guard let sealed else { throw end(.exhausted) }
    if sending.nonce % Self.rekeyInterval == 0 { sending.rekey(crypto) }
    return sealed
  }

  /// Opens the first `count` bytes in place.
  ///
  /// - Returns: how many bytes of plain text stand there now.
  public mutating func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) -> Int {
    try check(time)
    guard receiving.nonce != CipherState.reservedNonce else { throw end(.exhausted) }
    guard count >= CipherState.tagLength, count <= FrameLimits.message, count <= buffer.count,
      let plain = receiving.open(
        &buffer,
        count: count,
        authenticating: Span<UInt8>(),
        crypto
      )
    else { throw end(.notGenuine) }
    if receiving.nonce % Self.rekeyInterval == 0 { receiving.rekey(crypto) }
    lastHeard = time
    isConfirmed = true
    return plain
  }

  /// Seals a message where it stands.
  public mutating func seal(
    _ message: inout WireBytes,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) {
    let count = message.count
    var bytes = message.bytes.mutableSpan
    message.count = try seal(&bytes, count: count, at: time, crypto)
  }

  /// Opens a message where it stands.
  public mutating func open(
    _ message: inout WireBytes,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) {
    let count = message.count
    var bytes = message.bytes.mutableSpan
    message.count = try open(&bytes, count: count, at: time, crypto)
  }

  /// Ends the session and erases its keys.
  public mutating func end() {
    isOpen = false
    sending.erase()
    receiving.erase()
  }

  /// Whether the session is over by this instant; its keys are erased then.
  public mutating func hasEnded(by time: PumpTime) -> Bool {
    do throws(SessionError) { try check(time) } catch { return true }
    return false
  }

  private mutating func check(_ time: PumpTime) throws(SessionError) {
    guard isOpen else { throw .ended }
    let (idle, overflows) = time.milliseconds.subtractingReportingOverflow(lastHeard.milliseconds)
    guard !overflows, idle >= 0, idle <= Self.idleLimit.milliseconds else { throw end(.idle) }
  }

  private mutating func end(_ reason: SessionError) -> SessionError {
    end()
    return reason
  }
}
