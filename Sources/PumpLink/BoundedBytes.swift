/// Bytes up to a fixed number, as a value without a heap; `bytes.span` lends all of the room.
public struct BoundedBytes<let capacity: Int>: Sendable {
  /// The room; what lies behind `count` has no meaning.
  public internal(set) var bytes = InlineArray<capacity, UInt8>(repeating: 0)
  /// How many bytes are held, from 0 to `capacity`.
  public private(set) var count = 0

  public init() {}

  /// A copy of some bytes; nil where they do not fit.
  public init?(_ source: Span<UInt8>) {
    guard append(source, from: 0, count: source.count) else { return nil }
  }

  /// A byte that is held.
  public subscript(index: Int) -> UInt8 {
    get {
      precondition(index < count)
      return bytes[index]
    }
    set {
      precondition(index < count)
      bytes[index] = newValue
    }
  }

  public mutating func removeAll() { count = 0 }

  /// Adds one byte.
  ///
  /// - Returns: false where it does not fit; nothing is changed then.
  @discardableResult
  public mutating func append(_ byte: UInt8) -> Bool {
    guard count < capacity else { return false }
    bytes[count] = byte
    count += 1
    return true
  }

  /// Adds a stretch of some bytes.
  ///
  /// - Returns: false where it does not fit; nothing is changed then.
  @discardableResult
  public mutating func append(_ source: Span<UInt8>, from start: Int, count added: Int) -> Bool {
    guard added <= capacity - count else { return false }
    var room = bytes.mutableSpan
    room.copy(source, from: start, count: added, to: count)
    count += added
    return true
  }

  /// Takes away the first bytes; the rest moves forward.
  mutating func removeFirst(_ removed: Int) {
    precondition(removed <= count)
    guard removed > 0 else { return }
    var room = bytes.mutableSpan
    for index in removed..<count { room[index - removed] = room[index] }
    count -= removed
  }
}

extension MutableSpan<UInt8> {
  /// Copies a stretch of some bytes to an offset; traps where either does not hold it.
  ///
  /// The bounds are looked at once, so that the copy is one block and not byte by byte.
  mutating func copy(_ source: Span<UInt8>, from start: Int, count: Int, to offset: Int) {
    precondition(count >= 0 && start >= 0 && offset >= 0)
    precondition(start <= source.count - count && offset <= self.count - count)
    for index in 0..<count {
      unsafe self[unchecked: offset + index] = source[unchecked: start + index]
    }
  }
}

extension BoundedBytes {
  /// Adds a number, least byte first; the caller has seen to it that it fits.
  mutating func append(_ number: UInt32) {
    for shift in 0..<4 { append(UInt8(truncatingIfNeeded: number >> UInt32(8 * shift))) }
  }

  mutating func append(_ number: UInt16) {
    append(UInt8(truncatingIfNeeded: number))
    append(UInt8(truncatingIfNeeded: number >> 8))
  }
}

extension Span<UInt8> {
  /// Reads a number, least byte first.
  func number(at offset: Int) -> UInt32 {
    var number: UInt32 = 0
    for index in 0..<4 { number |= UInt32(self[offset + index]) << UInt32(8 * index) }
    return number
  }
}
