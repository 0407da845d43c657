/// What stands in a slot of memory.
enum SlotContent: Equatable, Sendable {
  /// A whole record, with its number.
  case whole(sequence: Int64, length: Int)
  /// A write that was begun and not finished, or nothing yet.
  case unfinished
  /// A record that was finished and has changed since.
  case corrupt
}

/// A slot of memory for one record: commit word, number, length, check, and the record.
///
///     offset  0            8         16      20     24
///             commit word  sequence  length  CRC32  record …
///
/// The commit word is cleared first, written last and read back (SR-074): a cut at any write leaves
/// a slot that reads as unfinished, never as a blend.
struct Slot: Sendable {
  static let headerBytes = 24
  let offset: Int
  let capacity: Int

  private static func commitWord(_ sequence: Int64) -> Int64 {
    // Never 0, and far from the word of any other sequence.
    (sequence &* 0x1E37_79B9_7F4A_7C15) | 1
  }

  /// Writes the record that stands in `bytes` behind the header.
  ///
  /// - Returns: whether the commit word reads back.
  func write(
    _ bytes: inout MutableSpan<UInt8>,
    length: Int,
    sequence: Int64,
    _ memory: inout some PumpMemory
  ) -> Bool {
    var word: Int64 = 0
    var number = sequence
    var size = UInt32(length)
    var cursor = FieldCursor(reading: false, from: 0, to: Self.headerBytes)
    cursor.code(&word, &bytes)
    cursor.code(&number, &bytes)
    cursor.code(&size, &bytes)
    var check = Self.check(bytes.span, length: length)
    cursor.code(&check, &bytes)
    memory.write(bytes.span.extracting(0..<8), at: offset)
    memory.write(bytes.span.extracting(8..<Self.headerBytes + length), at: offset + 8)
    word = Self.commitWord(sequence)
    cursor = FieldCursor(reading: false, from: 0, to: 8)
    cursor.code(&word, &bytes)
    memory.write(bytes.span.extracting(0..<8), at: offset)
    return readsBack(word, memory)
  }

  /// Makes void what stands in the slot.
  func clear(_ memory: inout some PumpMemory) {
    memory.write(InlineArray<8, UInt8>(repeating: 0).span, at: offset)
  }

  private func readsBack(_ word: Int64, _ memory: some PumpMemory) -> Bool {
    var raw = InlineArray<8, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    memory.read(into: &bytes, at: offset)
    var found: Int64 = 0
    var cursor = FieldCursor(reading: true, from: 0, to: 8)
    cursor.code(&found, &bytes)
    return found == word
  }

  private static func check(_ bytes: Span<UInt8>, length: Int) -> UInt32 {
    // Number and length are covered too; the check itself stands between them and the record.
    CRC32.of(bytes, from: 8, count: 12) ^ CRC32.of(bytes, from: headerBytes, count: length)
  }

  /// Reads the slot into `bytes`, header and record.
  func read(into bytes: inout MutableSpan<UInt8>, _ memory: some PumpMemory) -> SlotContent {
    memory.read(into: &bytes, at: offset)
    var word: Int64 = 0
    var sequence: Int64 = 0
    var length: UInt32 = 0
    var check: UInt32 = 0
    var cursor = FieldCursor(reading: true, from: 0, to: Self.headerBytes)
    cursor.code(&word, &bytes)
    cursor.code(&sequence, &bytes)
    cursor.code(&length, &bytes)
    cursor.code(&check, &bytes)
    if word == 0 { return .unfinished }
    guard word == Self.commitWord(sequence), Int(length) <= capacity - Self.headerBytes,
      check == Self.check(bytes.span, length: Int(length))
    else { return .corrupt }
    return .whole(sequence: sequence, length: Int(length))
  }
}
