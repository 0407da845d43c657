import PumpCore
import Quantities

/// What the pump stands on: memory that survives a loss of power, and the power itself.
///
/// It is static, as on a microcontroller.
struct Board {
  static var layout: StoreLayout {
    StoreLayout(criticalRecords: 64, dailyRecords: 32, detailRecords: 64)
  }

  var bytes = InlineArray<22_720, UInt8>(repeating: 0)
  /// Writes that still succeed before the power is cut in the middle of one; −1 after the cut.
  var writesLeft = Int64.max

  var isPowered: Bool { writesLeft >= 0 }

  mutating func flip(at offset: Int) {
    bytes[offset] ^= 8
  }
}

/// One core, no interrupts: nothing else touches it.
nonisolated(unsafe) var board = Board()

/// The memory of the board, as the pump sees it.
struct StaticMemory: PumpMemory {
  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    let bytes = unsafe board.bytes.span
    for index in 0..<target.count { target[index] = bytes[offset + index] }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    guard unsafe board.isPowered else { return }
    // A cut leaves half of a write.
    let count = unsafe board.writesLeft == 0 ? source.count / 2 : source.count
    var bytes = unsafe board.bytes.mutableSpan
    for index in 0..<count { bytes[offset + index] = source[index] }
    unsafe board.writesLeft -= 1
  }
}

/// A motor that does not move until the end of its stall.
struct StallingMotor: MotorPort {
  var stalledUntil = PumpTime.commissioning
  private(set) var trace = Trace()
  private(set) var strokes: Int64 = 0
  /// A bit for each kind of stroke.
  private(set) var kinds: UInt8 = 0

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    guard unsafe board.isPowered else { return false }
    strokes += 1
    kinds |= 1 << stroke.kind.rawValue
    trace.add(stroke.number)
    trace.add(byte: stroke.kind.rawValue)
    trace.add(stroke.time.milliseconds)
    return stroke.time >= stalledUntil
  }
}

/// Takes every event with its instant and all its values into the trace.
struct TraceSink: EventSink {
  private(set) var trace = Trace()
  private(set) var events: Int64 = 0
  private(set) var reached = Reached()

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    guard unsafe board.isPowered else { return }
    events += 1
    reached.note(event)
    let (kind, values) = event.fields
    trace.add(byte: kind)
    trace.add(time.milliseconds)
    for index in values.indices { trace.add(values[index]) }
  }
}
