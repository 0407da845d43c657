public import Quantities

/// What came of the bytes that a caller has taken.
public enum CallEvent: UInt8, Sendable {
  /// The session is open: messages can be sent.
  case opened = 1
  /// A message of the pump: `LinkCall.message`.
  case message
  /// The connection is of no more use; what became of the last message is unknown.
  case over
}

/// The opener's end of a connection: frames, handshake and session in one value.
///
/// It reads no clock, draws no random number and moves no bytes:
/// ```
/// while call.write(into: &frame, at: now) { /* onto the line: frame.bytes, frame.count */ }
/// taken += call.take(bytes, from: taken, at: now)
/// while let event = call.next(at: now, crypto) { /* at opened: call.send(message) */ }
/// ```
public struct LinkCall: Sendable {
  private var frames: FrameLink
  private var handshake: Handshake?
  private var session: LinkSession?
  /// What waits until the message before it is acknowledged, where `isWaiting`: kept in place, as
  /// an optional of this size would be copied each time it is looked at.
  private var waiting = WireBytes()
  private var isWaiting = false
  private var isOver = false
  /// The last message of the pump, opened.
  public private(set) var message = WireBytes()

  /// Begins a connection; its first frame can be written at once.
  ///
  /// - Parameters:
  ///   - opening: the pattern, and the role that is claimed.
  ///   - prologue: of the same role.
  ///   - keys: a fresh ephemeral key among them.
  ///   - connection: a fresh random number.
  ///   - time: now, by any clock that this side keeps to.
  ///   - crypto: the primitives.
  /// - Throws: `missingKey` where the pattern needs a key that is not there.
  public init(
    _ opening: SessionOpening,
    prologue: LinkPrologue,
    keys: HandshakeKeys,
    connection: UInt32,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(HandshakeError) {
    frames = FrameLink(opening: connection)
    var handshake = try Handshake(
      opening.pattern,
      isOpener: true,
      prologue: prologue,
      keys: keys,
      crypto
    )
    let first = try handshake.write(crypto)
    self.handshake = handshake
    for index in 0..<SessionOpening.size { waiting.bytes[index] = opening.bytes[index] }
    for index in 0..<first.count { waiting.bytes[SessionOpening.size + index] = first[index] }
    waiting.count = SessionOpening.size + first.count
    isWaiting = true
    flush(at: time)
  }

  /// The pump's static key, once the session is open.
  public var peer: Bytes32? { session?.peer }

  /// The handshake's hash, once the session is open.
  public var binding: Bytes32? { session?.binding }

  /// Whether a message can be sent.
  public var isReady: Bool { session != nil && !isWaiting && !isOver }

  /// When there is something to write at the latest.
  public var nextDue: PumpTime? { frames.nextDue }

  /// Seals and sends a message.
  ///
  /// - Returns: false where the session is over, or the message before is still on its way.
  public mutating func send(
    _ message: Span<UInt8>,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) -> Bool {
    guard isReady, message.count <= LinkSession.plainLimit, var open = session,
      waiting.set(message)
    else { return false }
    do throws(SessionError) {
      try open.seal(&waiting, at: time, crypto)
    } catch {
      isOver = true
      return false
    }
    session = open
    isWaiting = true
    flush(at: time)
    return true
  }

  /// Writes the next frame that is to go onto the line; false where none is.
  public mutating func write(into frame: inout FrameBytes, at time: PumpTime) -> Bool {
    flush(at: time)
    if frames.write(into: &frame, at: time) { return true }
    if frames.isLost { isOver = true }
    return false
  }

  /// Takes a byte from the line; `next` is then to be called until it gives nothing.
  public mutating func take(_ byte: UInt8, at time: PumpTime) { frames.take(byte, at: time) }

  /// Takes some of the bytes from the line, from a place on; `next` is then to be called until it
  /// gives nothing, and this again with what is left.
  ///
  /// - Returns: how many were taken; at least one.
  public mutating func take(_ bytes: Span<UInt8>, from start: Int, at time: PumpTime) -> Int {
    frames.take(bytes, from: start, at: time)
  }

  /// What came of the bytes so far.
  public mutating func next(at time: PumpTime, _ crypto: some LinkCrypto) -> CallEvent? {
    if isOver { return nil }
    if frames.isLost {
      isOver = true
      return .over
    }
    while let event = frames.next(at: time) {
      guard event == .received else {
        flush(at: time)
        continue
      }
      if let told = received(at: time, crypto) { return told }
    }
    return nil
  }

  private mutating func flush(at time: PumpTime) {
    guard isWaiting, !frames.isSending else { return }
    do throws(FrameError) {
      try frames.send(waiting.bytes.span.extracting(0..<waiting.count), at: time)
      isWaiting = false
    } catch {
      isOver = true
    }
  }

  private mutating func received(at time: PumpTime, _ crypto: some LinkCrypto) -> CallEvent? {
    if var open = session {
      do throws(SessionError) {
        try frames.openReceived(by: &open, into: &message, at: time, crypto)
      } catch {
        return fail()
      }
      session = open
      return .message
    }
    var incoming = HandshakeMessage()
    var buffer = incoming.bytes.mutableSpan
    // Longer than any part of a handshake: it would be refused there.
    guard let count = frames.copyReceived(into: &buffer) else { return fail() }
    guard var going = handshake else { return fail() }
    handshake = nil
    do throws(HandshakeError) {
      try going.read(incoming.bytes.span.extracting(0..<count), crypto)
      if going.isOwnTurn {
        let answer = try going.write(crypto)
        waiting.set(answer.bytes.span.extracting(0..<answer.count))
        isWaiting = true
        flush(at: time)
      }
      if going.isComplete {
        session = try going.session(at: time, crypto)
        return .opened
      }
    } catch {
      return fail()
    }
    handshake = going
    return nil
  }

  private mutating func fail() -> CallEvent {
    isOver = true
    return .over
  }
}
