import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// State, program and book in memory: what is found at a start, SR-072, SR-074.
struct StoreTests {
  /// The place of the state slot with the higher number.
  static func newestSlot(_ memory: TestMemory) -> Int {
    func number(_ slot: Int) -> Int64 {
      (0..<8).reduce(0) {
        $0 | Int64(memory.bytes[StoreLayout.state(slot) + 8 + $1]) << Int64(8 * $1)
      }
    }
    return number(0) > number(1) ? 0 : 1
  }

  static func flipInProgram(_ memory: inout TestMemory, copies: [Int]) {
    for copy in copies { memory.flip(bit: (StoreLayout.program(copy) + 40) * 8) }
  }

  // MARK: The layout

  @Test func `the parts of the memory stand side by side and on units of eight bytes (SR-074)`() {
    let layout = StoreLayout.standard
    let parts = [
      (StoreLayout.program(0), StoreLayout.programBytes),
      (StoreLayout.program(1), StoreLayout.programBytes),
      (StoreLayout.state(0), StoreLayout.stateBytes),
      (StoreLayout.state(1), StoreLayout.stateBytes),
      (StoreLayout.book(0), StoreLayout.bookBytes), (StoreLayout.book(1), StoreLayout.bookBytes),
      (StoreLayout.safeRate, StoreLayout.safeRateBytes),
      (layout.start(of: .critical), layout.criticalRecords * StoreLayout.recordBytes),
      (layout.start(of: .daily), layout.dailyRecords * StoreLayout.recordBytes),
      (layout.start(of: .detail), layout.detailRecords * StoreLayout.recordBytes),
      (layout.link(0), StoreLayout.linkBytes), (layout.link(1), StoreLayout.linkBytes),
    ]
    for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.0 + part.1 <= next.0) }
    #expect(parts.allSatisfy { $0.0 % 8 == 0 })
    #expect(parts.last.map { $0.0 + $0.1 } == layout.size)
  }

  // MARK: States

  @Test func `a stored state that is corrupt is told, and the safe rate holds (SR-074, H-40)`()
    throws
  {
    var (memory, now) = try TestMemory.busy()
    memory.flip(bit: (StoreLayout.state(Self.newestSlot(memory)) + 100) * 8)
    var pump = try #require(memory.recovered(at: now))
    #expect(pump.sink.events.contains(.alarmRaised(.memoryFault)))
    #expect(pump.controller.isSafe(.memoryFault))
    #expect(pump.controller.sample.rate == .nLPerDay(80_000))
    pump.perform { $0.resumeTherapy() }
    #expect(pump.controller.isSafe(.memoryFault), "only a new program leaves it")
    try pump.activate(pump.controller.program)
    #expect(!pump.controller.isSafe(.memoryFault))
    let again = try #require(pump.memory.recovered(at: now + .hour))
    #expect(!again.controller.isSafe(.memoryFault))
  }

  @Test func `a cut after such a start counts no stroke of the lost state again (SR-062, H-40)`()
    throws
  {
    var (memory, now) = try TestMemory.busy()
    memory.flip(bit: (StoreLayout.state(Self.newestSlot(memory)) + 100) * 8)
    let recorder = DayRecorder()
    let pump = Pump(
      recovering: .test,
      at: now,
      layout: .test,
      motor: TestMotor(),
      memory: RecordingMemory(memory, recorder: recorder),
      sink: NoSink()
    )
    let whole = Recovered(try #require(pump).controller)
    for write in recorder.day.writes {
      memory.write(write.bytes, at: write.offset, cut: .doneUnacknowledged)
      let found = try #require(memory.recovered(at: now + .minute)).controller
      #expect(found.isSafe(.memoryFault))
      #expect(found.confirmedStrokes == whole.confirmed)
      #expect(found.reservoir == whole.reservoir)
    }
  }

  @Test func `an old state copied over the newer one is told (H-40)`() throws {
    var (memory, now) = try TestMemory.busy()
    let newest = Self.newestSlot(memory)
    memory.copy(
      from: StoreLayout.state(1 - newest),
      to: StoreLayout.state(newest),
      count: StoreLayout.stateBytes
    )
    let pump = try #require(memory.recovered(at: now))
    #expect(pump.sink.events.contains(.alarmRaised(.memoryFault)))
    #expect(pump.controller.isSafe(.memoryFault))
  }

  @Test func `two slots that have changed places hold no state (H-40)`() throws {
    var (memory, now) = try TestMemory.busy()
    let first = Array(memory.bytes[StoreLayout.state(0)..<StoreLayout.state(1)])
    memory.copy(
      from: StoreLayout.state(1),
      to: StoreLayout.state(0),
      count: StoreLayout.stateBytes
    )
    memory.bytes.replaceSubrange(StoreLayout.state(1)..<StoreLayout.state(2), with: first)
    #expect(memory.recovered(at: now) == nil)
  }

  @Test func `a memory without a state makes no pump, whatever is in it (H-40, H-41)`() throws {
    #expect(TestMemory().recovered(at: .hours(1)) == nil)
    let failure = Campaign(name: "random memories", seed: 8, cases: 500).firstFailure { random in
      var memory = TestMemory()
      for byte in memory.bytes.indices {
        memory.bytes[byte] = UInt8(truncatingIfNeeded: random.next())
      }
      return memory.recovered(at: .hours(1)) == nil ? nil : "a pump"
    }
    #expect(failure == nil)
    var (memory, now) = try TestMemory.busy()
    for slot in 0..<2 { memory.flip(bit: (StoreLayout.state(slot) + 30) * 8) }
    #expect(memory.recovered(at: now) == nil)
    #expect(TestPump.safeRate(keptIn: memory) == .nLPerDay(80_000))
  }

  @Test func `a pump that is commissioned in a used memory is not the one before (SR-074, H-56)`()
    throws
  {
    let (used, _) = try TestMemory.busy()
    let before = try #require(used.recovered(at: .hours(41))).journalRecords.count
    var pump = try TestPump(
      commissioning: .commissioned(fill: 5_000_000),
      program: .constant(90_000),
      layout: .test,
      motor: TestMotor(),
      memory: used,
      sink: EventRecorder()
    )
    pump.advance(to: .hours(2))
    let again = try #require(pump.memory.recovered(at: .hours(2) + .minute))
    #expect(again.controller.lastFill == 5_000_000)
    #expect(again.controller.program.basal == .constant(.nLPerDay(90_000)))
    #expect(again.controller.confirmedStrokes == pump.motor.moved)
    #expect(!again.controller.isSafe(.memoryFault))
    #expect(again.journalRecords.count >= min(before, 60), "the journal goes on")
  }

  // MARK: The book

  @Test func `two bad copies of the book are told (SR-062, H-06)`() throws {
    var (memory, now) = try TestMemory.busy()
    for copy in 0..<2 { memory.flip(bit: (StoreLayout.book(copy) + 8) * 8) }
    let pump = try #require(memory.recovered(at: now))
    #expect(pump.controller.isSafe(.memoryFault))
    #expect(pump.sink.events.contains(.alarmRaised(.memoryFault)))
  }

  @Test func `a start mends a copy of the book that was torn (SR-062, H-06)`() throws {
    for copy in 0..<2 {
      var (memory, now) = try TestMemory.busy()
      let whole = try #require(memory.recovered(at: now))
      memory.flip(bit: (StoreLayout.book(copy) + 20) * 8)
      let pump = try #require(memory.recovered(at: now))
      #expect(Recovered(pump.controller) == Recovered(whole.controller))
      #expect(StrokeBook(reading: pump.memory, at: StoreLayout.book(copy)) != nil)
    }
  }

  // MARK: Programs

  @Test(arguments: [0, 1])
  func `a bad copy of the program is rewritten from its twin and told (SR-072, H-40)`(
    copy: Int
  ) throws {
    var (memory, now) = try TestMemory.busy()
    let whole = Recovered(try #require(memory.recovered(at: now)).controller)
    Self.flipInProgram(&memory, copies: [copy])
    let pump = try #require(memory.recovered(at: now))
    #expect(pump.sink.events.contains(.programRestored))
    #expect(pump.sink.events.contains(.alarmRaised(.memoryFault)))
    #expect(Recovered(pump.controller).isSamePump(as: whole))
    let again = try #require(pump.memory.recovered(at: now))
    #expect(!again.sink.events.contains(.programRestored))
  }

  @Test func `two bad copies leave the safe rate of the third place (SR-021, H-41)`() throws {
    var (memory, now) = try TestMemory.busy()
    Self.flipInProgram(&memory, copies: [0, 1])
    var pump = try #require(memory.recovered(at: now))
    #expect(pump.controller.isSafe(.memoryFault))
    #expect(pump.controller.sample.rate == .nLPerDay(80_000))
    let driven = pump.motor.driven
    pump.advance(by: .hours(12))
    #expect(pump.motor.driven - driven == 80_000 / 2 / 250)
    #expect(pump.permitsRefused == 0)
    let again = try #require(pump.memory.recovered(at: now + .hours(13)))
    #expect(again.controller.sample.rate == .nLPerDay(80_000), "and after the next start too")
  }

  @Test func `a bad third place too leaves the model's minimum (SR-021, H-41)`() throws {
    var (memory, now) = try TestMemory.busy()
    Self.flipInProgram(&memory, copies: [0, 1])
    memory.flip(bit: (StoreLayout.safeRate + 2) * 8)
    let pump = try #require(memory.recovered(at: now))
    #expect(pump.controller.isSafe(.memoryFault))
    #expect(pump.controller.sample.rate == PumpModel.test.minimumRate)
  }

  @Test func `strokes booked under a program that is lost are not forgotten (SR-062, H-06, H-41)`()
    throws
  {
    let steps = try Program.daily([(0, 100_000), (600, 800_000), (660, 100_000)])
    var pump = try TestPump.commissioned(steps)
    pump.advance(to: .hours(7))
    var memory = pump.memory
    Self.flipInProgram(&memory, copies: [0, 1])
    let found = try #require(memory.recovered(at: .hours(8))).controller
    #expect(found.isSafe(.memoryFault))
    #expect(found.confirmedStrokes == pump.motor.moved)
    #expect(found.confirmedStrokes * 250 + found.reservoir == 20_000_000)
  }

  // MARK: Memory that fails

  @Test func `a memory that takes no write any more is told, and the safe rate holds (SR-074)`()
    throws
  {
    let supply = PowerSupply()
    var pump = try Pump(
      commissioning: .commissioned(),
      program: .constant(300_000),
      layout: .test,
      motor: TestMotor(),
      memory: CuttableMemory(memory: TestMemory(), supply: supply),
      sink: EventRecorder()
    )
    pump.advance(to: .hours(3))
    supply.isOn = false
    pump.perform { $0.acknowledge(.reservoirLow) }
    pump.perform { $0.enterMRI(for: .minutes(5)) }
    #expect(pump.controller.isSafe(.memoryFault))
    pump.advance(to: .hours(6))
    #expect(pump.controller.sample.rate == .nLPerDay(50_000))
    #expect(pump.sink.events.contains(.alarmRaised(.memoryFault)))
  }
}
