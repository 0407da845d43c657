import PumpTesting
import Testing

@testable import PumpCore

/// One record with its commit word, SR-074.
struct SlotTests {
  static let slot = Slot(offset: 64, capacity: 256)

  /// A memory with a record in the slot.
  static func memory(_ record: [UInt8], sequence: Int64) -> (TestMemory, isWritten: Bool) {
    var memory = TestMemory()
    var raw = [UInt8](repeating: 0, count: Slot.headerBytes) + record
    raw += [UInt8](repeating: 0, count: 256 - raw.count)
    var bytes = raw.mutableSpan
    let isWritten = slot.write(&bytes, length: record.count, sequence: sequence, &memory)
    return (memory, isWritten)
  }

  static func read(_ memory: TestMemory) -> (content: SlotContent, record: [UInt8]) {
    var raw = [UInt8](repeating: 0, count: 256)
    var bytes = raw.mutableSpan
    let content = slot.read(into: &bytes, memory)
    return (content, Array(raw[Slot.headerBytes...]))
  }

  static let record = (0..<50).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }

  @Test func `a record comes back with its number and its length (SR-074)`() {
    let (memory, isWritten) = Self.memory(Self.record, sequence: 77)
    #expect(isWritten)
    let (content, record) = Self.read(memory)
    #expect(content == .whole(sequence: 77, length: 50))
    #expect(Array(record[..<50]) == Self.record)
  }

  @Test func `a memory that was never written holds an unfinished record (SR-074)`() {
    #expect(Self.read(TestMemory()).content == .unfinished)
  }

  @Test func `a slot that was cleared holds an unfinished record (SR-074)`() {
    var (memory, _) = Self.memory(Self.record, sequence: 3)
    Self.slot.clear(&memory)
    #expect(Self.read(memory).content == .unfinished)
  }

  @Test func `the record is written between the clearing and the setting of its word (SR-074)`() {
    var memory = RecordingMemory(recorder: DayRecorder())
    var raw = [UInt8](repeating: 1, count: 256)
    var bytes = raw.mutableSpan
    _ = Self.slot.write(&bytes, length: 50, sequence: 9, &memory)
    let writes = memory.recorder.day.writes
    #expect(writes.map(\.offset) == [64, 72, 64])
    #expect(writes.map(\.bytes.count) == [8, 66, 8])
    #expect(writes.first?.bytes == [UInt8](repeating: 0, count: 8))
    #expect(writes.last?.bytes.contains { $0 != 0 } == true)
  }

  @Test
  func `a new record cut anywhere leaves no record, and only its last unit makes it (SR-074)`() {
    var memory = RecordingMemory(Self.memory(Self.record, sequence: 8).0, recorder: DayRecorder())
    var raw = [UInt8](repeating: 0, count: Slot.headerBytes) + Self.record.map { ~$0 }
    raw += [UInt8](repeating: 0, count: 256 - raw.count)
    var bytes = raw.mutableSpan
    _ = Self.slot.write(&bytes, length: 50, sequence: 10, &memory)
    var before = Self.memory(Self.record, sequence: 8).0
    var found: [SlotContent] = []
    for write in memory.recorder.day.writes {
      for units in 0..<write.units {
        var cut = before
        cut.write(write.bytes, at: write.offset, cut: .prefix(units: units))
        found.append(Self.read(cut).content)
      }
      before.write(write.bytes, at: write.offset, cut: .doneUnacknowledged)
    }
    #expect(found.first == .whole(sequence: 8, length: 50), "nothing was begun")
    #expect(found.dropFirst().allSatisfy { $0 == .unfinished })
    #expect(Self.read(before).content == .whole(sequence: 10, length: 50))
  }

  @Test func `every bit that turns over in word, number, length, check or record is found (H-40)`()
  {
    let (whole, _) = Self.memory(Self.record, sequence: 123_456)
    var cases = 0
    for bit in 64 * 8..<(64 + Slot.headerBytes + 50) * 8 {
      var memory = whole
      memory.flip(bit: bit)
      if Self.read(memory).content == .corrupt { cases += 1 }
    }
    #expect(cases == (Slot.headerBytes + 50) * 8)
  }

  @Test func `bits behind the record change nothing (H-40)`() {
    let (whole, _) = Self.memory(Self.record, sequence: 5)
    for bit in (64 + Slot.headerBytes + 50) * 8..<(64 + 256) * 8 {
      var memory = whole
      memory.flip(bit: bit)
      #expect(Self.read(memory).content == .whole(sequence: 5, length: 50))
    }
  }

  @Test func `a length beyond the slot is refused, never read (H-40)`() {
    var (memory, _) = Self.memory(Self.record, sequence: 5)
    for byte in 16..<20 { memory.bytes[64 + byte] = 0xFF }
    #expect(Self.read(memory).content == .corrupt)
  }

  @Test func `the word of one record is not that of another number (SR-074)`() {
    let (one, _) = Self.memory(Self.record, sequence: 41)
    let (other, _) = Self.memory(Self.record, sequence: 43)
    var blend = one
    blend.bytes.replaceSubrange(64..<72, with: other.bytes[64..<72])
    #expect(Self.read(blend).content == .corrupt)
  }

  @Test func `a record under the word and number of another is found (SR-074, H-40)`() {
    var (memory, _) = Self.memory(Self.record, sequence: 77)
    let (other, _) = Self.memory(Self.record.reversed(), sequence: 79)
    memory.bytes.replaceSubrange(64..<80, with: other.bytes[64..<80])
    #expect(Self.read(memory).content == .corrupt)
  }

  @Test func `a word that does not read back is told (SR-074)`() {
    var memory = DeafMemory()
    var raw = [UInt8](repeating: 1, count: 256)
    var bytes = raw.mutableSpan
    let isWritten = Self.slot.write(&bytes, length: 50, sequence: 9, &memory)
    #expect(!isWritten)
  }
}

/// Memory that takes no write any more.
struct DeafMemory: PumpMemory {
  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<target.count { target[index] = 0 }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {}
}
