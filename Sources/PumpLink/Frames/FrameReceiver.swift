import Quantities

/// Joins the pieces of a message; takes each once and acknowledges it as often as it comes.
struct FrameReceiver: Sendable {
  /// The message, whole once `take` said so, until the first piece of the next.
  private(set) var message = BoundedBytes<4_096>()
  private var isWhole = false
  /// The number of the next piece.
  private var expected: UInt32

  init(expecting sequence: UInt32 = 0) {
    expected = sequence
  }

  enum Taken: Equatable {
    /// Not to be acknowledged.
    case ignored
    /// Acknowledged again, nothing more.
    case duplicate
    case piece
    /// The message is whole.
    case message
  }

  mutating func take(_ header: FrameHeader, _ frame: Span<UInt8>, payloadCount: Int) -> Taken {
    if header.sequence < expected { return .duplicate }
    // One piece is on its way at a time, so none can overtake another.
    guard header.sequence == expected, expected < .max else { return .ignored }
    if isWhole {
      message.removeAll()
      isWhole = false
    }
    guard message.append(frame, from: FrameHeader.size, count: payloadCount) else {
      return .ignored
    }
    expected += 1
    isWhole = header.isLast
    return isWhole ? .message : .piece
  }

  /// Opens the whole message in place; it can be opened once.
  ///
  /// - Returns: how many bytes of plain text stand there now.
  mutating func open(
    by session: inout LinkSession,
    at time: PumpTime,
    _ crypto: some LinkCrypto
  ) throws(SessionError) -> Int {
    let count = message.count
    var bytes = message.bytes.mutableSpan
    return try session.open(&bytes, count: count, at: time, crypto)
  }
}
