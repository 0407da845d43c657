/// The sizes and times of the frames.
public enum FrameLimits {
  /// The longest frame, in bytes, with all that belongs to it.
  public static let frame = 512
  /// What a frame has besides its payload: the header and the check.
  public static let overhead = 20
  /// The longest piece of a message in one frame, in bytes.
  public static let payload = frame - overhead
  /// The longest message, in bytes; longer ones are refused before anything is sent.
  public static let message = 4_096
}

/// A frame on its way out, or as read.
public typealias FrameBytes = BoundedBytes<512>

/// What a frame is for.
enum FrameKind: UInt8, Sendable {
  /// A piece of a message.
  case piece = 1
  /// "I have that piece."
  case acknowledgement = 2
}

/// A frame's header; all numbers stand least byte first.
///
///     offset  0       2       4     5      6        8           12        16
///             C5 1A   length  kind  flags  (zeros)  connection  sequence  payload … CRC32
///
/// `length` counts the whole frame. The check (IEEE 802.3) covers everything between the two bytes
/// of the marker and itself. It finds noise; that nothing was changed on purpose only the session
/// says.
struct FrameHeader: Sendable, Equatable {
  static let marker: (UInt8, UInt8) = (0xC5, 0x1A)
  static let size = 16
  static let checkSize = 4

  var kind: FrameKind
  /// Whether the payload ends its message.
  var isLast: Bool
  /// Whether the opener of the connection sent it; so a frame that comes back is no answer.
  var isFromOpener: Bool
  /// Drawn by the opener for each connection, so that what is left of an older one is told apart.
  var connection: UInt32
  /// The number of the piece, from 0 in each direction and never used twice in a connection.
  var sequence: UInt32

  private var flags: UInt8 { (isLast ? 1 : 0) | (isFromOpener ? 2 : 0) }

  /// Writes a frame; the payload has at most `FrameLimits.payload` bytes.
  func write(
    _ payload: Span<UInt8>,
    from start: Int,
    count: Int,
    into frame: inout FrameBytes
  ) {
    frame.removeAll()
    frame.append(Self.marker.0)
    frame.append(Self.marker.1)
    frame.append(UInt16(FrameLimits.overhead + count))
    frame.append(kind.rawValue)
    frame.append(flags)
    frame.append(0 as UInt16)
    frame.append(connection)
    frame.append(sequence)
    frame.append(payload, from: start, count: count)
    let check = checkSum(of: frame.bytes.span, length: FrameLimits.overhead + count)
    frame.append(check)
  }

  /// The header of a whole frame with the right check; nil where a field holds what none does.
  init?(_ frame: Span<UInt8>) {
    let length = Int(frame[2]) | Int(frame[3]) << 8
    guard let kind = FrameKind(rawValue: frame[4]), frame[5] & ~3 == 0, frame[6] == 0,
      frame[7] == 0
    else { return nil }
    self.kind = kind
    isLast = frame[5] & 1 != 0
    isFromOpener = frame[5] & 2 != 0
    connection = frame.number(at: 8)
    sequence = frame.number(at: 12)
    // One way only to write each frame: acknowledgements are bare, pieces are not empty.
    switch kind {
    case .acknowledgement: guard length == FrameLimits.overhead, !isLast else { return nil }
    case .piece: guard length > FrameLimits.overhead else { return nil }
    }
  }

  init(
    kind: FrameKind,
    isLast: Bool,
    isFromOpener: Bool,
    connection: UInt32,
    sequence: UInt32
  ) {
    self.kind = kind
    self.isLast = isLast
    self.isFromOpener = isFromOpener
    self.connection = connection
    self.sequence = sequence
  }
}
