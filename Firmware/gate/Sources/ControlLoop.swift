import PumpCore
import Quantities

/// What a pump's firmware does all day, against a simulated world: a fixed scenario of random
/// commands, faults and losses of power, and a hash of everything that follows from them.
///
/// It has no heap. The same source runs on the host, on ARM and as wasm.
struct ControlLoop {
  typealias GatePump = Pump<StallingMotor, StaticMemory, TraceSink>

  static let days = 28
  private static let dayMilliseconds: Int64 = 86_400_000

  static var model: PumpModel {
    PumpModel(
      strokeVolume: Volume(nanolitres: 250),
      capacity: Volume(nanolitres: 20_000_000),
      minimumRate: FlowRate(nanolitresPerDay: 6_000),
      maximumRate: FlowRate(nanolitresPerDay: 24_000_000),
      tubing: Volume(nanolitres: 60_000),
      catheterVolume: LinearVolume(picolitresPerCentimetre: 2_200_000)
    )
  }

  var pump: GatePump
  var random = XorShift(seed: 0x2026_1120_C157_E12A)
  var battery: BatteryMarks = []
  private(set) var trace = Trace()
  private(set) var day = 0
  private(set) var commands: Int64 = 0
  /// How many kinds of event, stroke, basal and recovery have not come yet.
  ///
  /// 0 at the end, else the scenario has become too tame to prove anything.
  private(set) var missing = 0
  /// A bit for each kind of basal that came into force.
  var basals: UInt8 = 0
  /// The world's time at the commissioning of the pump, ms.
  private var commissionedAt: Int64 = 0

  #if PLANT_ALLOCATION
  private var hashes: [UInt64] = []
  #endif

  /// - Returns: nothing where the pump cannot be commissioned, which would be a mistake of the gate.
  init?() {
    guard let pump = Self.commission(motor: StallingMotor(), sink: TraceSink()) else { return nil }
    self.pump = pump
  }

  private static func commission(motor: StallingMotor, sink: TraceSink) -> GatePump? {
    let layout = Board.layout
    guard layout.size <= Board.byteCount else { return nil }
    guard
      let controller = Controller(
        model: model,
        catheter: Length(micrometres: 800_000),
        local: LocalTime(milliseconds: 1_795_132_800_000),
        fill: Volume(nanolitres: 18_000_000),
        mixture: .first,
        pathEmpty: true
      )
    else { return nil }
    return try? GatePump(
      commissioning: controller,
      program: .first,
      layout: layout,
      motor: motor,
      memory: StaticMemory(),
      sink: sink
    )
  }

  // MARK: A day

  /// Runs one day and takes its checkpoint.
  mutating func runDay() {
    day += 1
    beginDay(day)
    surviveCut()
    while true {
      let next = now.milliseconds + random.below(1_200_000)
      guard next < endOfDay else { break }
      advance(to: next)
      command()
      commands += 1
      surviveCut()
      trace.add(pump.controller.sample)
    }
    advance(to: max(endOfDay, now.milliseconds))
    checkpoint()
  }

  private var now: PumpTime { pump.controller.time }

  /// In pump time, which begins anew with each commissioning.
  private var endOfDay: Int64 { Int64(day) * Self.dayMilliseconds - commissionedAt }

  private mutating func advance(to milliseconds: Int64) {
    pump.advance(to: PumpTime(milliseconds: milliseconds))
    surviveCut()
  }

  /// Strokes, events, the journal as it reads, and every byte of the memory.
  private mutating func checkpoint() {
    trace.add(pump.motor.trace)
    trace.add(pump.sink.trace)
    trace.add(pump.controller.sample)
    var journal = Trace()
    pump.forEachJournalRecord { journal.add($0) }
    trace.add(journal)
    missing = pump.sink.reached.missing
    missing += commissionedAt > 0 ? 0 : 1
    missing += 4 - pump.motor.kinds.nonzeroBitCount + 5 - basals.nonzeroBitCount
    for offset in 0..<Board.byteCount { trace.add(byte: unsafe board[offset]) }
    #if PLANT_ALLOCATION
    hashes.append(trace.hash)
    #endif
  }

  // MARK: Power

  /// The power comes back some time after it was cut in the middle of a write.
  private mutating func surviveCut() {
    guard unsafe !board.isPowered else { return }
    restart(after: random.below(10_800_000))
  }

  /// Starts again from the memory, or with a pump commissioned anew where it holds no whole state.
  mutating func restart(after milliseconds: Int64) {
    unsafe board.restorePower()
    let time = now.milliseconds + milliseconds
    if !recover(at: PumpTime(milliseconds: time)) { commissionAnew(at: commissionedAt + time) }
  }

  // These two are not inlined: each needs a whole pump on the stack, and never both at once.

  @inline(never)
  private mutating func recover(at time: PumpTime) -> Bool {
    guard
      let recovered = GatePump(
        recovering: Self.model,
        at: time,
        battery: battery,
        layout: Board.layout,
        motor: pump.motor,
        memory: pump.memory,
        sink: pump.sink
      )
    else { return false }
    pump = recovered
    // An overdue trial stroke is made at once.
    pump.advance(to: now)
    return true
  }

  @inline(never)
  private mutating func commissionAnew(at worldTime: Int64) {
    var motor = pump.motor
    motor.stalledUntil = .commissioning
    guard let fresh = Self.commission(motor: motor, sink: pump.sink) else { return }
    pump = fresh
    commissionedAt = worldTime
  }
}
