public import PumpCore
public import Quantities

/// Walks through an object, field by field, and writes each into bytes or reads it from them.
///
/// One list of fields serves both ways, so that what is written and what is read cannot differ.
/// Numbers stand with their least byte first. A field that lies outside of the bytes or holds what
/// it may not hold makes the whole walk fail; nothing traps.
public struct WireCursor: Sendable {
  public private(set) var offset: Int
  public let isReading: Bool
  private let end: Int
  public private(set) var failed = false

  public init(reading: Bool, from offset: Int = 0, to end: Int) {
    isReading = reading
    self.offset = offset
    self.end = end
  }

  /// The bytes cannot be an object of this kind.
  public mutating func fail() { failed = true }

  @inline(__always)
  private mutating func codeBits(
    _ bits: inout UInt64,
    count: Int,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    guard !failed, count <= end - offset else {
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

  public mutating func code(_ value: inout UInt64, _ bytes: inout MutableSpan<UInt8>) {
    var bits = value
    codeBits(&bits, count: 8, &bytes)
    if isReading, !failed { value = bits }
  }

  public mutating func code(_ value: inout UInt32, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 4, &bytes)
    if isReading, !failed { value = UInt32(bits) }
  }

  public mutating func code(_ value: inout UInt16, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 2, &bytes)
    if isReading, !failed { value = UInt16(bits) }
  }

  public mutating func code(_ value: inout UInt8, _ bytes: inout MutableSpan<UInt8>) {
    var bits = UInt64(value)
    codeBits(&bits, count: 1, &bytes)
    if isReading, !failed { value = UInt8(bits) }
  }

  /// A signed number of eight bytes, within a range both when it is read and when it is written.
  public mutating func code(
    _ value: inout Int64,
    in range: ClosedRange<Int64> = .min ... .max,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var bits = UInt64(bitPattern: value)
    codeBits(&bits, count: 8, &bytes)
    guard !failed, range.contains(Int64(bitPattern: bits)) else {
      failed = true
      return
    }
    value = Int64(bitPattern: bits)
  }

  /// A count or an index of one byte.
  public mutating func code(
    _ value: inout Int,
    in range: ClosedRange<Int>,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var byte = UInt8(truncatingIfNeeded: value)
    code(&byte, &bytes)
    guard !failed, range.contains(Int(byte)), isReading || Int(byte) == value else {
      failed = true
      return
    }
    value = Int(byte)
  }

  /// A flag: one byte, 0 or 1.
  public mutating func code(_ value: inout Bool, _ bytes: inout MutableSpan<UInt8>) {
    var number = value ? 1 : 0
    code(&number, in: 0...1, &bytes)
    if isReading, !failed { value = number == 1 }
  }

  /// A value that has a raw byte.
  public mutating func code<Value: RawRepresentable<UInt8>>(
    _ value: inout Value,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var byte = value.rawValue
    code(&byte, &bytes)
    guard isReading, !failed else { return }
    if let read = Value(rawValue: byte) { value = read } else { failed = true }
  }

  // MARK: Bytes

  /// The first bytes of a block, all of them or none.
  mutating func code(
    _ block: inout MutableSpan<UInt8>,
    count: Int,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    guard !failed, count <= end - offset else {
      failed = true
      return
    }
    if isReading {
      block.copy(bytes.span, from: offset, count: count, to: 0)
    } else {
      bytes.copy(block.span, from: 0, count: count, to: offset)
    }
    offset += count
  }

  public mutating func code(_ value: inout Bytes16, _ bytes: inout MutableSpan<UInt8>) {
    var block = value.bytes.mutableSpan
    code(&block, count: 16, &bytes)
  }

  public mutating func code(_ value: inout Bytes32, _ bytes: inout MutableSpan<UInt8>) {
    var block = value.bytes.mutableSpan
    code(&block, count: 32, &bytes)
  }

  public mutating func code(_ value: inout Bytes64, _ bytes: inout MutableSpan<UInt8>) {
    var block = value.bytes.mutableSpan
    code(&block, count: 64, &bytes)
  }

  /// The label in front of an object: exactly these bytes.
  mutating func code(_ label: WireLabel, _ bytes: inout MutableSpan<UInt8>) {
    let wanted = label.bytes
    for index in 0..<16 {
      var byte = wanted[index]
      code(&byte, &bytes)
      if byte != wanted[index] { failed = true }
    }
  }

  // MARK: Quantities

  public mutating func code(_ value: inout Volume, _ bytes: inout MutableSpan<UInt8>) {
    var raw = value.nanolitres
    code(&raw, in: 0...Bounds.volumeMax, &bytes)
    if isReading, !failed { value = Volume(nanolitres: raw) }
  }

  public mutating func code(_ value: inout FlowRate, _ bytes: inout MutableSpan<UInt8>) {
    var raw = value.nanolitresPerDay
    code(&raw, in: 0...Bounds.rateMax, &bytes)
    if isReading, !failed { value = FlowRate(nanolitresPerDay: raw) }
  }

  /// A span of time up to a longest one.
  public mutating func code(
    _ value: inout TimeSpan,
    in range: ClosedRange<Int64> = 0...Bounds.timeMax,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var raw = value.milliseconds
    code(&raw, in: range, &bytes)
    if isReading, !failed { value = TimeSpan(milliseconds: raw) }
  }

  public mutating func code(_ value: inout PumpTime, _ bytes: inout MutableSpan<UInt8>) {
    var raw = value.milliseconds
    code(&raw, in: 0...Bounds.timeMax, &bytes)
    if isReading, !failed { value = PumpTime(milliseconds: raw) }
  }

  /// A local time from 1970 to 2100.
  public mutating func code(_ value: inout LocalTime, _ bytes: inout MutableSpan<UInt8>) {
    var raw = value.milliseconds
    code(&raw, in: 0...4_102_444_800_000, &bytes)
    if isReading, !failed { value = LocalTime(milliseconds: raw) }
  }
}
