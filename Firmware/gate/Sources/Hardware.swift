import PumpCore
import Quantities

/// What the pump stands on: memory that survives a loss of power, and the power itself.
///
/// It is static and starts as zeros, as on a microcontroller.
struct Board {
  static var layout: StoreLayout {
    StoreLayout(criticalRecords: 64, dailyRecords: 32, detailRecords: 64)
  }

  static let byteCount = 185 * 256

  /// In rows: the compiler takes long over one array of this size.
  private var rows = InlineArray<185, InlineArray<256, UInt8>>(
    repeating: InlineArray(repeating: 0)
  )
  private var isCut = false
  /// Writes until the power is cut in the middle of one; 0 where it is not going to be.
  private var writesUntilCut: Int64 = 0

  var isPowered: Bool { !isCut }

  subscript(offset: Int) -> UInt8 {
    get { rows[offset / 256][offset % 256] }
    set { rows[offset / 256][offset % 256] = newValue }
  }

  mutating func cutPower(afterWrites count: Int64) {
    writesUntilCut = count
  }

  mutating func restorePower() {
    isCut = false
    writesUntilCut = 0
  }

  /// How many bytes of a write are still written: half of them where the power is cut in it.
  fileprivate mutating func beginWrite(of count: Int) -> Int {
    if isCut { return 0 }
    guard writesUntilCut > 0 else { return count }
    writesUntilCut -= 1
    isCut = writesUntilCut == 0
    return isCut ? count / 2 : count
  }

  /// Turns a bit over, as radiation does.
  mutating func flipBit(at offset: Int) {
    self[offset] ^= 8
  }
}

/// One core, no interrupts: nothing else touches it.
nonisolated(unsafe) var board = Board()

/// The memory of the board, as the pump sees it.
struct StaticMemory: PumpMemory {
  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<target.count { target[index] = unsafe board[offset + index] }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    let count = unsafe board.beginWrite(of: source.count)
    for index in 0..<count { unsafe board[offset + index] = source[index] }
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
