import PumpCore
import Quantities

/// A motor that moves whenever it is driven, but for the times at which it is stalled.
struct TestMotor: MotorPort {
  /// Strokes in (from, until] are driven and do not move.
  var stalls: [(from: PumpTime, until: PumpTime)] = []
  /// Strokes asked of it, and those of them that moved.
  private(set) var driven: Int64 = 0
  private(set) var moved: Int64 = 0
  private(set) var lastOrder: StrokeOrder?
  /// Where what moved is counted outside of the pump too.
  var supply: PowerSupply?

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    if let supply, !supply.isOn { return false }
    driven += 1
    lastOrder = stroke
    for stall in stalls where stroke.time > stall.from && stroke.time <= stall.until {
      return false
    }
    moved += 1
    supply?.moved += 1
    return true
  }
}

/// Memory that forgets nothing; a copy of it is memory of its own.
struct TestMemory: PumpMemory, Equatable {
  var bytes: [UInt8]

  init(_ layout: StoreLayout = .test) {
    bytes = Array(repeating: 0, count: layout.size)
  }

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<target.count { target[index] = bytes[offset + index] }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    for index in 0..<source.count { bytes[offset + index] = source[index] }
  }

  /// Turns a bit over, as radiation does; bits count from the start of the memory.
  mutating func flip(bit: Int) {
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
  }

  /// Copies one stretch over another.
  mutating func copy(from source: Int, to target: Int, count: Int) {
    let piece = Array(bytes[source..<source + count])
    bytes.replaceSubrange(target..<target + count, with: piece)
  }
}

extension StoreLayout {
  /// A small journal, so that many memories can be copied.
  static let test = StoreLayout(criticalRecords: 64, dailyRecords: 32, detailRecords: 64)
}

/// What becomes of a write of n units of eight bytes in which the power is cut.
enum CutOutcome: Equatable, Sendable {
  case notStarted
  /// The first units are written, the others are as they were.
  case prefix(units: Int)
  /// The first units are written, and the next one holds random bits.
  case torn(units: Int, bits: UInt64)
  /// All of it is written, and the power is gone before anyone knows.
  case doneUnacknowledged

  /// How many of a number of bytes are written whole.
  func bytesKept(of count: Int) -> Int {
    switch self {
    case .notStarted: 0
    case .prefix(let units), .torn(let units, _): min(units * 8, count)
    case .doneUnacknowledged: count
    }
  }
}

extension TestMemory {
  /// Does what a write does in which the power is cut.
  mutating func write(_ source: [UInt8], at offset: Int, cut outcome: CutOutcome) {
    let kept = outcome.bytesKept(of: source.count)
    bytes.replaceSubrange(offset..<offset + kept, with: source[..<kept])
    guard case .torn(_, let bits) = outcome else { return }
    for index in kept..<min(kept + 8, source.count) {
      bytes[offset + index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * (index - kept)))
    }
  }
}

/// The power of a pump, for memory and motor together: from the cut on nothing is written or moves.
final class PowerSupply {
  var isOn = true
  /// Writes that were begun, and strokes that truly moved.
  var writes = 0
  var moved: Int64 = 0
  /// The write in which the power is cut, counted from 0, and what becomes of it.
  var cut: (write: Int, outcome: CutOutcome)?
}

/// Memory that loses its power in the middle of a write.
struct CuttableMemory: PumpMemory {
  var memory: TestMemory
  let supply: PowerSupply

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    memory.read(into: &target, at: offset)
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    guard supply.isOn else { return }
    defer { supply.writes += 1 }
    guard let cut = supply.cut, cut.write == supply.writes else {
      memory.write(source, at: offset)
      return
    }
    supply.isOn = false
    let bytes = source.indices.map { source[$0] }
    memory.write(bytes, at: offset, cut: cut.outcome)
  }
}

/// Keeps every event with its instant.
struct EventRecorder: EventSink {
  struct Entry: Equatable {
    let time: PumpTime
    let event: PumpEvent
  }

  private(set) var entries: [Entry] = []

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    entries.append(Entry(time: time, event: event))
  }

  var events: [PumpEvent] { entries.map(\.event) }
}

/// Keeps nothing.
struct NoSink: EventSink {
  mutating func record(_ event: PumpEvent, at time: PumpTime) {}
}
