/// Walks through a record, field by field, and writes each into bytes or reads it from them.
///
/// One list of fields serves both ways, so what is written and what is read cannot differ.
struct FieldCursor: Sendable {
  private(set) var offset: Int
  let isReading: Bool
  private let end: Int
  /// A field lay outside of the record or held what it cannot hold.
  private(set) var failed = false

  init(reading: Bool, from offset: Int, to end: Int) {
    isReading = reading
    self.offset = offset
    self.end = end
  }

  @inline(__always)
  private mutating func codeBits(
    _ bits: inout UInt64,
    count: Int,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    guard !failed, offset + count <= end else {
      failed = true
      return
    }
    if isReading {
      bits = 0
      for index in 0..<count { bits |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    } else {
      for index in 0..<count {
        bytes[offset + index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
      }
    }
    offset += count
  }

  mutating func code(_ value: inout Int64, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(bitPattern: value)
    codeBits(&bits, count: 8, &bytes)
    if isReading { value = Int64(bitPattern: bits) }
  }

  mutating func code(_ value: inout UInt32, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 4, &bytes)
    if isReading { value = UInt32(bits) }
  }

  mutating func code(_ value: inout UInt16, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 2, &bytes)
    if isReading { value = UInt16(bits) }
  }

  mutating func code(_ value: inout UInt8, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 1, &bytes)
    if isReading { value = UInt8(bits) }
  }

  mutating func code(_ value: inout Bool, _ bytes: inout MutableSpan<UInt8>) {
    var byte: UInt8 = value ? 1 : 0
    code(&byte, &bytes)
    if isReading { value = byte != 0 }
  }

  /// A count or an index from 0 to a bound that is not reached.
  mutating func code(_ value: inout Int, below bound: Int, _ bytes: inout MutableSpan<UInt8>) {
    var half = UInt16(truncatingIfNeeded: value)
    code(&half, &bytes)
    guard isReading else { return }
    if Int(half) < bound { value = Int(half) } else { failed = true }
  }

  /// An optional value, as a flag and the value.
  mutating func code(_ value: inout Int64?, _ bytes: inout MutableSpan<UInt8>) {
    var present = value != nil
    var some = value ?? 0
    code(&present, &bytes)
    code(&some, &bytes)
    if isReading { value = present ? some : nil }
  }

  /// A value that has a raw byte.
  mutating func code<Value: RawRepresentable<UInt8>>(
    _ value: inout Value,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var byte = value.rawValue
    code(&byte, &bytes)
    guard isReading else { return }
    if let read = Value(rawValue: byte) { value = read } else { failed = true }
  }
}
