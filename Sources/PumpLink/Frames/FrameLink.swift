public import Quantities

/// What a byte brought.
public enum FrameEvent: UInt8, Sendable {
  /// A message of the other side is whole: `FrameLink.copyReceived`.
  case received = 1
  /// The other side has the whole of the message that was sent.
  case delivered
  /// A frame of another connection that begins: the owner decides whether this one is over.
  case otherConnection
}

/// One end of a connection: messages over a line that drops, doubles and changes bytes.
///
/// Stop-and-wait: one piece of at most 492 bytes at a time each way. A message is given out once or
/// not at all. A value of about 9 KB that allocates nothing; it reads no clock and moves no bytes:
/// ```
/// try link.send(bytes, at: now)
/// while link.write(into: &frame, at: now) { /* onto the line: frame.bytes, frame.count */ }
/// link.take(byte, at: now)
/// while let event = link.next(at: now) { /* at received: link.copyReceived */ }
/// ```
public struct FrameLink: Sendable {
  private let isOpener: Bool
  /// The connection's number: the opener's from the start, the pump's once a first frame came.
  public private(set) var connection: UInt32?
  /// The number in the frame that `otherConnection` told of.
  public private(set) var otherConnection: UInt32?
  private var reader = FrameReader()
  private var sender: FrameSender
  private var receiver = FrameReceiver()
  private var toAcknowledge: UInt32?

  /// The end that opens a connection.
  ///
  /// - Parameter connection: a fresh random number, so that it tells nothing (SR-112).
  public init(opening connection: UInt32) {
    isOpener = true
    self.connection = connection
    sender = FrameSender(isOpener: true)
  }

  /// The end that waits, the pump's.
  public init() {
    isOpener = false
    sender = FrameSender(isOpener: false)
  }

  /// Whether a message is on its way.
  public var isSending: Bool { sender.isBusy }
  /// Whether the other side stopped answering; what became of the last message is unknown.
  ///
  /// Kept beside the sender's, so that asking costs no copy of 9 KB across modules.
  public private(set) var isLost = false
  /// How many bytes the message has that `received` told of; it stands until the next `next`.
  public var receivedCount: Int { receiver.message.count }
  /// From when on `write` has something to write; nil where only a byte can change that.
  public var nextDue: PumpTime? { toAcknowledge == nil ? sender.nextDue : .commissioning }

  /// Takes a message for sending, of 1 to 4,096 bytes.
  public mutating func send(_ message: Span<UInt8>, at time: PumpTime) throws(FrameError) {
    try sender.send(message, at: time)
  }

  /// Takes what a buffer holds for sending, where nothing is on its way, and empties it.
  public mutating func send(from outbox: inout WireBytes, at time: PumpTime) throws(FrameError) {
    guard outbox.count > 0, !sender.isBusy else { return }
    defer { outbox.count = 0 }
    try sender.send(outbox.bytes.span.extracting(0..<outbox.count), at: time)
  }

  /// Writes the next frame that is to go onto the line.
  ///
  /// - Returns: false where none is; `frame` then holds nothing of use.
  public mutating func write(into frame: inout FrameBytes, at time: PumpTime) -> Bool {
    guard let connection else { return false }
    if let number = toAcknowledge {
      toAcknowledge = nil
      let header = FrameHeader(
        kind: .acknowledgement,
        isLast: false,
        isFromOpener: isOpener,
        connection: connection,
        sequence: number
      )
      header.write(Span<UInt8>(), from: 0, count: 0, into: &frame)
      return true
    }
    if sender.write(into: &frame, connection: connection, at: time) { return true }
    isLost = sender.isLost
    return false
  }

  /// Copies the message that `received` told of.
  ///
  /// - Returns: how many bytes it has; nil where the buffer is too small.
  public func copyReceived(into buffer: inout MutableSpan<UInt8>) -> Int? {
    guard receivedCount <= buffer.count else { return nil }
    buffer.copy(receiver.message.bytes.span, from: 0, count: receivedCount, to: 0)
    return receivedCount
  }

  /// Copies the message that `received` told of over what a buffer holds; false where it is too long.
  public mutating func copyReceived(into buffer: inout WireBytes) -> Bool {
    buffer.set(receiver.message.bytes.span.extracting(0..<receivedCount))
  }

  /// Opens the message that `received` told of where it stands, and copies the plain text.
  mutating func openReceived(
    by session: inout LinkSession,
    into plain: inout WireBytes,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) {
    let count = try receiver.open(by: &session, at: time, crypto)
    plain.set(receiver.message.bytes.span.extracting(0..<count))
  }

  /// Takes a byte from the line; `next` is then to be called until it gives nothing.
  public mutating func take(_ byte: UInt8, at time: PumpTime) {
    reader.take(byte, at: time)
  }

  /// Takes some of the bytes from a place on; `next` is then to be called until it gives nothing,
  /// and this again with what is left.
  ///
  /// - Returns: how many were taken; at least one.
  public mutating func take(_ bytes: Span<UInt8>, from start: Int, at time: PumpTime) -> Int {
    reader.take(bytes, from: start, at: time)
  }

  /// What came of the bytes so far.
  public mutating func next(at time: PumpTime) -> FrameEvent? {
    while let header = reader.next() {
      if let event = act(on: header, at: time) { return event }
    }
    return nil
  }

  private mutating func act(on header: FrameHeader, at time: PumpTime) -> FrameEvent? {
    guard header.isFromOpener != isOpener else { return nil }
    let begins = header.kind == .piece && header.sequence == 0
    if connection == nil, begins { connection = header.connection }
    guard header.connection == connection else {
      guard begins else { return nil }
      otherConnection = header.connection
      return .otherConnection
    }
    switch header.kind {
    case .acknowledgement:
      return sender.acknowledge(header.sequence, at: time) ? .delivered : nil
    case .piece:
      let taken = receiver.take(
        header,
        reader.held.bytes.span,
        payloadCount: reader.payloadCount
      )
      if taken != .ignored { toAcknowledge = header.sequence }
      return taken == .message ? .received : nil
    }
  }
}
