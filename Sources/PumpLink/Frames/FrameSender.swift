import Quantities

/// Why a message was not taken for sending.
public enum FrameError: UInt8, Error, Sendable {
  /// The message before is still on its way.
  case busy = 1
  /// No bytes, or more than `FrameLimits.message`.
  case length
  /// The other side did not answer, or every number is used up; a new connection is needed.
  case lost
}

/// Sends a message piece by piece, each again and again until it is acknowledged.
struct FrameSender: Sendable {
  /// How long an acknowledgement may take before the piece is sent again.
  static let retryInterval = TimeSpan(milliseconds: 500)
  /// How often a piece is sent before the connection counts as lost.
  static let tries = 10

  private let isOpener: Bool
  private var message = BoundedBytes<4_096>()
  private var sequence: UInt32
  /// How many bytes of the message are acknowledged.
  private var done = 0
  private var triesMade = 0
  private var dueAt = PumpTime.commissioning
  private(set) var isLost = false

  init(isOpener: Bool, sequence: UInt32 = 0) {
    self.isOpener = isOpener
    self.sequence = sequence
  }

  var isBusy: Bool { message.count > 0 }

  mutating func send(_ bytes: Span<UInt8>, at time: PumpTime) throws(FrameError) {
    guard !isLost else { throw .lost }
    guard !isBusy else { throw .busy }
    guard bytes.count > 0, message.append(bytes, from: 0, count: bytes.count) else {
      throw .length
    }
    done = 0
    triesMade = 0
    dueAt = time
  }

  private var pieceCount: Int { min(FrameLimits.payload, message.count - done) }

  /// Writes the piece that is due.
  ///
  /// - Returns: false where none is.
  mutating func write(
    into frame: inout FrameBytes,
    connection: UInt32,
    at time: PumpTime
  ) -> Bool {
    guard isBusy, !isLost, dueAt <= time else { return false }
    guard triesMade < Self.tries, sequence < .max else {
      // What became of the message is unknown, and stays so.
      isLost = true
      message.removeAll()
      return false
    }
    triesMade += 1
    dueAt = time + Self.retryInterval
    let header = FrameHeader(
      kind: .piece,
      isLast: done + pieceCount == message.count,
      isFromOpener: isOpener,
      connection: connection,
      sequence: sequence
    )
    header.write(message.bytes.span, from: done, count: pieceCount, into: &frame)
    return true
  }

  /// Takes an acknowledgement.
  ///
  /// - Returns: whether the whole message is there now.
  mutating func acknowledge(_ number: UInt32, at time: PumpTime) -> Bool {
    // One for a piece that was never sent is as much noise as one for a piece long gone.
    guard isBusy, triesMade > 0, number == sequence else { return false }
    done += pieceCount
    sequence += 1
    triesMade = 0
    dueAt = time
    guard done == message.count else { return false }
    message.removeAll()
    return true
  }

  /// When the next piece is due; nil where nothing is on its way.
  var nextDue: PumpTime? { isBusy ? dueAt : nil }
}
