import PumpCore
import Quantities

/// The check of a frame of that length.
func checkSum(of frame: Span<UInt8>, length: Int) -> UInt32 {
  CRC32.of(frame, from: 2, count: length - 2 - FrameHeader.checkSize)
}

/// Finds whole frames in a stream of bytes, whatever stands between them.
///
/// What looks like the beginning of a frame and is none costs its first byte only; what was behind
/// it is looked at again. After a pause inside of a frame what there is of it is dropped, so that a
/// length read from noise does not swallow the frames to come.
struct FrameReader: Sendable {
  /// The longest pause inside of a frame.
  static let pauseLimit = TimeSpan(milliseconds: 250)

  /// From the first byte that can begin a frame.
  private(set) var held = FrameBytes()
  /// The length of the whole frame that `next` found, until the next call.
  private var found = 0
  private var lastByte = PumpTime.commissioning

  /// Takes a byte; `next` is then to be called until it gives nothing.
  mutating func take(_ byte: UInt8, at time: PumpTime) {
    dropFound()
    if held.count > 0, time < lastByte || Self.pauseLimit < time - lastByte { held.removeAll() }
    lastByte = time
    held.append(byte)
  }

  /// Takes bytes from a place on, as many as cannot make a frame whole before the last of them.
  ///
  /// `next` is then to be called until it gives nothing, as after one byte.
  ///
  /// - Returns: how many were taken; at least one.
  mutating func take(_ bytes: Span<UInt8>, from start: Int, at time: PumpTime) -> Int {
    // The first may come after a pause; behind it nothing is between them.
    take(bytes[start], at: time)
    // What the frame that is held first still lacks; nothing where that cannot be told.
    guard held.count > 3, held.bytes[0] == FrameHeader.marker.0,
      held.bytes[1] == FrameHeader.marker.1
    else { return 1 }
    let length = Int(held.bytes[2]) | Int(held.bytes[3]) << 8
    guard length >= FrameLimits.overhead, length > held.count, length <= FrameLimits.frame else {
      return 1
    }
    let more = min(length - held.count, bytes.count - start - 1)
    held.append(bytes, from: start + 1, count: more)
    return 1 + more
  }

  /// The header of the next whole frame; its bytes then stand in `held`, from the first.
  ///
  /// Each turn of the loop but the last drops a byte, so there are at most 513.
  mutating func next() -> FrameHeader? {
    dropFound()
    while held.count > 0 {
      switch look() {
      case .waiting: return nil
      case .noFrame: dropToMarker()
      case .whole(let length):
        found = length
        if let header = FrameHeader(held.bytes.span) { return header }
        // Whole, yet nothing that this version knows: as a whole it is of no use.
        dropFound()
      }
    }
    return nil
  }

  /// How many bytes of payload the frame that `next` gave has; they begin at `FrameHeader.size`.
  var payloadCount: Int { found - FrameLimits.overhead }

  private enum Look {
    case waiting, noFrame
    case whole(length: Int)
  }

  /// Mutating only so that nothing is copied to look at it.
  private mutating func look() -> Look {
    let (bytes, count) = (held.bytes.span, held.count)
    guard bytes[0] == FrameHeader.marker.0 else { return .noFrame }
    guard count > 1 else { return .waiting }
    guard bytes[1] == FrameHeader.marker.1 else { return .noFrame }
    guard count > 3 else { return .waiting }
    let length = Int(bytes[2]) | Int(bytes[3]) << 8
    guard length >= FrameLimits.overhead, length <= FrameLimits.frame else { return .noFrame }
    guard count >= length else { return .waiting }
    let check = bytes.number(at: length - FrameHeader.checkSize)
    return check == checkSum(of: bytes, length: length) ? .whole(length: length) : .noFrame
  }

  /// Drops the first byte, and all behind it up to the next that can begin a frame.
  private mutating func dropToMarker() {
    var dropped = 1
    while dropped < held.count, held.bytes[dropped] != FrameHeader.marker.0 { dropped += 1 }
    held.removeFirst(dropped)
  }

  private mutating func dropFound() {
    held.removeFirst(found)
    found = 0
  }
}
