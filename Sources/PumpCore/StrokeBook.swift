import Quantities

/// The strokes handed to the motor since the state was stored last: booked before each is driven.
///
/// Two copies, the first written before the stroke and the second after it. Each number stands
/// beside its complement, so that any cut or flip in a copy is seen. After a loss of power the newer
/// copy tells how many strokes to replay; the one that may not have moved counts as delivered, so
/// that a crash can forget time but never drug (SR-062, H-06).
@usableFromInline struct StrokeBook: Equatable, Sendable {
  /// The number of the stored state that it continues.
  @usableFromInline var state: Int64
  @usableFromInline var strokes: Int64
  /// Of the last one, ms.
  @usableFromInline var time: Int64

  @usableFromInline init(state: Int64, strokes: Int64, time: Int64) {
    self.state = state
    self.strokes = strokes
    self.time = time
  }

  /// Its bytes: three numbers and their complements, least significant byte first.
  @inlinable
  var bytes: InlineArray<48, UInt8> {
    var bytes = InlineArray<48, UInt8>(repeating: 0)
    Self.put(UInt64(bitPattern: state), 0, &bytes)
    Self.put(UInt64(bitPattern: strokes), 8, &bytes)
    Self.put(UInt64(bitPattern: time), 16, &bytes)
    Self.put(~UInt64(bitPattern: state), 24, &bytes)
    Self.put(~UInt64(bitPattern: strokes), 32, &bytes)
    Self.put(~UInt64(bitPattern: time), 40, &bytes)
    return bytes
  }

  @inlinable
  @inline(__always)
  static func put(_ value: UInt64, _ offset: Int, _ bytes: inout InlineArray<48, UInt8>) {
    for index in 0..<8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
    }
  }

  /// Reads a copy; nothing where a number and its complement do not agree.
  init?(reading memory: some PumpMemory, at offset: Int) {
    var raw = InlineArray<48, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    memory.read(into: &bytes, at: offset)
    var fields = InlineArray<6, Int64>(repeating: 0)
    var cursor = FieldCursor(reading: true, from: 0, to: 48)
    for index in 0..<6 { cursor.code(&fields[index], &bytes) }
    for index in 0..<3 where fields[index] != ~fields[index + 3] { return nil }
    self.init(state: fields[0], strokes: fields[1], time: fields[2])
  }

  func isNewer(than other: StrokeBook) -> Bool {
    state != other.state ? state > other.state : strokes > other.strokes
  }
}
