import PumpTesting
import Quantities

@testable import PumpCore

/// One write to the memory of a pump, and what was true in the world when it began.
struct RecordedWrite {
  let offset: Int
  let bytes: [UInt8]
  /// Strokes that had truly moved.
  let moved: Int64
  /// Place of the moment in ``RecordedDay/moments`` in which it fell.
  let moment: Int

  var units: Int { (bytes.count + 7) / 8 }

  /// A commit word of a state slot that is set, not cleared.
  var setsState: Bool {
    isCommitWord && (offset == StoreLayout.state(0) || offset == StoreLayout.state(1))
  }

  /// A commit word of a program copy.
  var isProgramWord: Bool {
    bytes.count == 8 && (offset == StoreLayout.program(0) || offset == StoreLayout.program(1))
  }

  var isFirstBook: Bool { offset == StoreLayout.book(0) }

  private var isCommitWord: Bool { bytes.count == 8 && bytes.contains { $0 != 0 } }
}

/// All writes of a pump's day, in order, and what the pump was doing meanwhile.
///
/// A pump does nothing more once its power is cut, so the memory after a cut in write i is that of
/// the writes before it and of what became of write i: no second run is needed for it.
struct RecordedDay {
  /// A stretch of at most a minute.
  struct Moment {
    /// Its end.
    let time: PumpTime
    /// Of the pump at its end.
    let demand: Int64
  }

  struct Dose {
    let time: PumpTime
    /// Strokes that had truly moved when it was accepted.
    let moved: Int64
  }

  fileprivate(set) var writes: [RecordedWrite] = []
  fileprivate(set) var moments: [Moment] = []
  fileprivate(set) var doses: [Dose] = []
  /// By volume: how many strokes had moved when the reservoir was filled so.
  fileprivate(set) var movedAtFill: [Int64: Int64] = [:]
  /// The encoded programs that were in force, one after the other; the first is none.
  fileprivate(set) var programs: [[UInt8]] = []
  fileprivate(set) var moved: Int64 = 0
}

/// A planted fault of a store, as its memory shows it: what the store would be without a rule.
enum StoreFault: CaseIterable {
  /// The record is written behind its commit word.
  case bodyAfterCommitWord
  /// Strokes are not booked at all.
  case strokesNotBooked
  /// The stroke is driven before it is booked.
  case bookAfterStroke
  /// The book has one copy.
  case oneBook
}

/// What a recording memory, motor and sink write down together.
final class DayRecorder {
  fileprivate(set) var day = RecordedDay()
  let supply = PowerSupply()
  fileprivate let fault: StoreFault?
  /// A write that the planted fault holds back.
  fileprivate var held: (offset: Int, bytes: [UInt8], moved: Int64)?

  init(fault: StoreFault? = nil) {
    self.fault = fault
  }

  fileprivate func add(_ bytes: [UInt8], at offset: Int) {
    day.writes.append(
      RecordedWrite(
        offset: offset,
        bytes: bytes,
        moved: supply.moved,
        moment: day.moments.count
      )
    )
  }
}

/// Memory that writes down each write.
struct RecordingMemory: PumpMemory {
  private var cuttable: CuttableMemory
  let recorder: DayRecorder

  init(_ memory: TestMemory = TestMemory(), recorder: DayRecorder) {
    cuttable = CuttableMemory(memory: memory, supply: recorder.supply)
    self.recorder = recorder
  }

  var memory: TestMemory { cuttable.memory }

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    cuttable.read(into: &target, at: offset)
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    let bytes = source.indices.map { source[$0] }
    switch recorder.fault {
    case .bodyAfterCommitWord where isBody(offset):
      recorder.held = (offset, bytes, 0)
    case .strokesNotBooked where offset >= StoreLayout.book(0) && offset < StoreLayout.book(2):
      break
    case .bookAfterStroke where offset == StoreLayout.book(0):
      recorder.held = (offset, bytes, 0)
    case .oneBook where offset == StoreLayout.book(1):
      break
    default:
      put(bytes, at: offset)
      releaseHeld(after: offset, bytes)
    }
  }

  private func isBody(_ offset: Int) -> Bool {
    offset == StoreLayout.state(0) + 8 || offset == StoreLayout.state(1) + 8
  }

  private mutating func releaseHeld(after offset: Int, _ bytes: [UInt8]) {
    guard let held = recorder.held else { return }
    let isDue =
      held.offset == StoreLayout.book(0)
      ? offset == StoreLayout.book(1) : offset == held.offset - 8 && bytes.contains { $0 != 0 }
    guard isDue else { return }
    recorder.held = nil
    put(held.bytes, at: held.offset)
  }

  private mutating func put(_ bytes: [UInt8], at offset: Int) {
    recorder.add(bytes, at: offset)
    cuttable.write(bytes.span, at: offset)
  }
}

/// Notes the doses that were accepted.
struct RecordingDaySink: EventSink {
  let recorder: DayRecorder

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    guard event == .patientDoseAccepted else { return }
    recorder.day.doses.append(RecordedDay.Dose(time: time, moved: recorder.supply.moved))
  }
}

extension RecordedDay {
  typealias RecordedPump = Pump<TestMotor, RecordingMemory, RecordingDaySink>

  /// A day with everything in it that a store must survive.
  static func scripted(fault: StoreFault? = nil) throws -> RecordedDay {
    var day = try DayScript(fault: fault)
    try day.morning()
    try day.noon()
    day.night()
    return day.recorder.day
  }

  /// What the memory holds after the same day, where the power was cut in a write of it.
  static func memory(cutAt write: Int, _ outcome: CutOutcome) throws -> TestMemory {
    var day = try DayScript(fault: nil, cut: (write, outcome))
    try day.morning()
    try day.noon()
    day.night()
    return day.pump.memory.memory
  }
}

/// The pump of the scripted day, while it runs.
private struct DayScript {
  let recorder: DayRecorder
  var pump: RecordedDay.RecordedPump

  static let firstFill: Int64 = 2_100_000
  static let secondFill: Int64 = 20_000_000

  init(fault: StoreFault?, cut: (write: Int, outcome: CutOutcome)? = nil) throws {
    recorder = DayRecorder(fault: fault)
    recorder.supply.cut = cut
    recorder.day.movedAtFill[Self.firstFill] = 0
    recorder.day.programs = [Recovered.encoded(.none)]
    var motor = TestMotor(supply: recorder.supply)
    motor.stalls = [(from: .minutes(8 * 60), until: .minutes(9 * 60 + 5))]
    let first = try Program.daily([(0, 150_000), (540, 300_000), (720, 400_000)])
      .with(dose: 5_000)
    pump = try RecordedDay.RecordedPump(
      commissioning: .commissioned(fill: Self.firstFill),
      program: first,
      layout: .test,
      motor: motor,
      memory: RecordingMemory(recorder: recorder),
      sink: RecordingDaySink(recorder: recorder)
    )
    noteProgram()
    endMoment()
  }

  private mutating func noteProgram() {
    recorder.day.programs.append(Recovered.encoded(pump.controller.program))
  }

  private mutating func endMoment() {
    recorder.day.moments.append(
      RecordedDay.Moment(
        time: pump.controller.time,
        demand: pump.controller.sample.demand.nanolitres
      )
    )
    recorder.day.moved = recorder.supply.moved
  }

  /// Goes on to a minute of the day, minute by minute, and does something there.
  private mutating func at(
    _ hour: Int64,
    _ minute: Int64 = 0,
    _ act: (inout RecordedDay.RecordedPump) throws -> Void
  ) rethrows {
    let target = PumpTime.minutes(hour * 60 + minute)
    while pump.controller.time < target {
      pump.advance(by: .minute)
      endMoment()
    }
    try act(&pump)
    endMoment()
  }

  mutating func morning() throws {
    at(1) { $0.perform { $0.requestPatientDose() } }
    at(1, 4) { $0.perform { $0.requestPatientDose() } }
    at(1, 30) { $0.perform { $0.requestPatientDose() } }
    at(2) { $0.perform { $0.giveClinicianBolus(.nL(10_000), over: .minutes(20)) } }
    let second = Program.periodic(2_000, over: .minutes(5), every: .hours(2), background: 200_000)
      .with(dose: 4_000)
    try at(3) { try $0.activate(second) }
    noteProgram()
    at(3, 30) { $0.perform { $0.requestPatientDose() } }
    at(5, 2) { $0.perform { $0.suspend(for: .minutes(30)) } }
    at(6) { $0.perform { $0.enterMRI(for: .minutes(10)) } }
    at(6, 20) { $0.perform { $0.suspend(for: .hours(2)) } }
    at(6, 40) { $0.perform { $0.resumeTherapy() } }
    // The reservoir falls under its low mark between seven and eight; then the motor stalls.
    at(7, 50) { $0.perform { $0.acknowledge(.reservoirLow) } }
    at(8, 40) { $0.perform { $0.acknowledge(.motorStall) } }
  }

  mutating func noon() throws {
    let third = try Program.daily([(0, 200_000), (1_200, 500_000)]).with(dose: 5_000).with {
      $0.bridge = Bridge(rate: .nLPerDay(300_000), volume: .nL(30_000))
    }
    try at(10, 20) {
      try $0.refill(
        aspirated: .nL(1_900_000),
        fill: .nL(Self.secondFill),
        mixture: .of(microgramsPerMillilitre: 1_000),
        program: third
      )
    }
    recorder.day.movedAtFill[Self.secondFill] = recorder.supply.moved
    noteProgram()
    at(11) { $0.perform { $0.requestPatientDose() } }
    at(13, 30) { $0.perform { $0.requestPatientDose() } }
    at(14, 10) { $0.perform { $0.setClock(to: $0.localTime) } }
  }

  mutating func night() {
    at(16, 30) { $0.perform { $0.giveClinicianBolus(.nL(8_000), over: .minutes(30)) } }
    at(16, 45) { $0.perform { $0.cancelBolus() } }
    at(17) { $0.perform { $0.enterSafeRate() } }
    at(18) { $0.perform { $0.resumeTherapy() } }
    at(22) { $0.perform { $0.requestPatientDose() } }
    at(24) { _ in }
  }
}
