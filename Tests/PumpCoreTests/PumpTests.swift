import PumpTesting
import Quantities
import Testing

@testable import PumpCore

#if canImport(Glibc) && arch(x86_64)
import Glibc
#endif

/// The whole pump over its motor, its memory and its sink.
struct PumpTests {
  // MARK: Permit, book, drive

  @Test func `a stroke without a permit is neither booked nor driven, and is told (SR-006, H-42)`()
    throws
  {
    var pump = try TestPump.commissioned(.constant(300_000))
    pump.advance(to: .hours(5))
    let driven = pump.motor.driven
    let booked = pump.store.book
    pump.core.commandedStrokes = 0
    pump.advance(by: .minute)
    #expect(pump.motor.driven == driven)
    let refusals = pump.journalRecords.filter { $0.kind == .permitRefused }
    #expect(refusals.map(\.detail) == Array(repeating: PermitRefusal.notFresh.rawValue, count: 3))
    #expect(pump.controller.isHalted(.stalled), "three strokes that did not move are a stall")
    #expect(pump.sink.events.contains(.alarmRaised(.motorStall)))
    #expect(pump.store.book.strokes == 0 && pump.store.book.state > booked.state)
  }

  @Test func `each stroke is booked before it is driven (SR-062, H-06)`() throws {
    let supply = PowerSupply()
    var pump = try Pump(
      commissioning: .commissioned(),
      program: .constant(300_000),
      layout: .test,
      motor: TestMotor(supply: supply),
      memory: CuttableMemory(memory: TestMemory(), supply: supply),
      sink: NoSink()
    )
    pump.advance(to: .hours(3))
    let moved = supply.moved
    // The power goes in the middle of the first copy of the book of the next stroke.
    supply.cut = (write: supply.writes, outcome: .prefix(units: 3))
    pump.advance(to: .hours(3) + .minutes(5))
    #expect(!supply.isOn)
    #expect(supply.moved == moved)
    let found = try #require(pump.memory.memory.recovered(at: .hours(4)))
    #expect(found.controller.confirmedStrokes == moved)
  }

  // MARK: Time

  @Test func `advancing at once or in small steps is the same (SR-077)`() throws {
    for seed in UInt64(0)..<60 {
      var life = try RandomLife(seed: seed)
      for _ in 0..<8 { life.step() }
      var whole = life.pump
      var stepped = life.pump
      let end = whole.controller.time + .days(1)
      whole.advance(to: end)
      var random = Seeded(seed: seed)
      while stepped.controller.time < end {
        let next = stepped.controller.time + TimeSpan(milliseconds: Int64(random.pick(0...900_000)))
        stepped.advance(to: min(next, end))
      }
      #expect(Recovered(whole.controller) == Recovered(stepped.controller), "seed \(seed)")
      #expect(whole.sink.entries == stepped.sink.entries, "seed \(seed)")
      #expect(whole.memory == stepped.memory, "seed \(seed)")
    }
  }

  @Test func `a crash forgets time and nothing else (SR-062, H-06, H-56)`() throws {
    let campaign = Campaign(name: "crashes at any instant", seed: 20, cases: 1_500)
    let failure = campaign.firstFailure { random in
      guard var life = try? RandomLife(seed: random.next(), crashes: true, flips: false)
      else { return "no pump" }
      for _ in 0..<random.pick(1...12) { life.step() }
      // Sets the clock to what it shows, which stores the state.
      var lived = life.pump
      lived.perform { $0.setClock(to: $0.localTime) }
      var crashed = lived
      crashed.advance(by: .minutes(Int64(random.pick(1...600))))
      // What was booked or stored last is the last that the pump knows.
      let known = PumpTime(milliseconds: crashed.store.book.time)
      let now = crashed.controller.time + .minutes(Int64(random.pick(11...90)))
      lived.advance(to: known)
      // A repeat at that very instant may have sounded or not.
      if case .alarmRepeated = lived.sink.events.last, lived.sink.entries.last?.time == known {
        return nil
      }
      lived.core.powerFailed()
      lived.core.passTime(to: now)
      lived.core.boot(program: .intact)
      guard let found = crashed.memory.recovered(at: now) else { return "no state" }
      guard Recovered(found.controller).isSamePump(as: Recovered(lived.controller)) else {
        return "another pump"
      }
      return found.controller.confirmedStrokes * 250 + found.controller.reservoir
        == crashed.controller.confirmedStrokes * 250 + crashed.controller.reservoir
        ? nil : "delivered and reservoir part"
    }
    #expect(failure == nil)
  }

  @Test func `no stroke is forgotten or made up in five hundred lives with crashes (SR-062, H-06)`()
    throws
  {
    let campaign = Campaign(name: "lives with crashes", seed: 21, cases: 500)
    let failure = campaign.firstFailure { random in
      guard var life = try? RandomLife(seed: random.next(), crashes: true) else { return "no pump" }
      for _ in 0..<30 { life.step() }
      let controller = life.pump.controller
      let moved = life.pump.motor.moved + life.extraStrokes
      if controller.confirmedStrokes != moved {
        return "\(moved) strokes moved, \(controller.confirmedStrokes) are counted"
      }
      let sinceFill = controller.confirmedStrokes - life.movedBeforeFill
      return sinceFill * 250 + controller.reservoir == life.fill
        ? nil : "delivered and reservoir do not make what was filled"
    }
    #expect(failure == nil)
  }

  @Test func `what was told before a crash is not told again (SR-062, SR-089, H-48)`() throws {
    let steps = try Program.daily([(0, 200_000), (540, 300_000), (600, 400_000)])
    var pump = try TestPump.commissioned(steps, controller: .commissioned(fill: 1_900_000))
    // The low mark is passed from the begin: it sounds each hour, and nothing is stored meanwhile.
    pump.advance(to: .hours(6) + .minutes(30))
    let before = pump.journalRecords
    let after = try #require(pump.memory.recovered(at: .hours(7)))
    #expect(after.sink.events == [.reset])
    #expect(after.journalRecords.filter { $0.kind != .reset } == before)
    #expect(before.filter { $0.kind == .alarmRaised }.map(\.repeats) == [6])
    #expect(before.count { $0.kind == .stepChanged } == 2)
  }

  @Test func `a pump without power hears nothing (SR-062)`() throws {
    var pump = try TestPump.commissioned(.constant(300_000).with(dose: 5_000))
    pump.advance(to: .hours(1))
    pump.powerFails()
    let before = Recovered(pump.controller)
    let events = pump.sink.events.count
    try pump.activate(.constant(90_000))
    try pump.refill(aspirated: .zero, fill: .nL(1_000), mixture: .baclofen, program: nil)
    pump.extraStrokesSeen(30)
    pump.perform {
      $0.requestPatientDose()
      $0.giveClinicianBolus(.nL(250), over: .minute)
      $0.suspend(for: .hour)
      $0.enterSafeRate()
    }
    #expect(Recovered(pump.controller) == before)
    #expect(pump.sink.events.count == events)
    pump.advance(to: .hours(9))
    #expect(pump.controller.confirmedStrokes == before.confirmed)
  }

  // MARK: Orders

  @Test func `a refused program leaves the one before in force, in memory too (SR-013, H-56)`()
    throws
  {
    var pump = try TestPump.commissioned(.constant(300_000))
    pump.advance(to: .hours(1))
    let program = Recovered.encoded(pump.controller.program)
    #expect(throws: ProgramRefusal.self) { try pump.activate(.constant(25_000_000)) }
    #expect(Recovered.encoded(pump.controller.program) == program)
    let again = try #require(pump.memory.recovered(at: .hours(1) + .minute))
    #expect(Recovered.encoded(again.controller.program) == program)
    #expect(pump.journalRecords.contains { $0.kind == .programRefused })
    #expect(!pump.controller.isSafe(.memoryFault))
  }

  @Test func `a first program that is refused leaves the memory as it was (SR-013)`() throws {
    let memory = TestMemory()
    #expect(throws: ProgramRefusal.self) { try TestPump.commissioned(.constant(25_000_000)) }
    #expect(memory.recovered(at: .hours(1)) == nil)
  }

  @Test func `extra strokes empty the reservoir for the supervisor too (SR-006, H-01, H-38)`()
    throws
  {
    var pump = try TestPump.commissioned(
      .constant(300_000),
      controller: .commissioned(fill: 25_000)
    )
    pump.extraStrokesSeen(15)
    pump.core.reservoir += 1_000_000
    pump.advance(to: .days(2))
    #expect(pump.motor.moved == 100 - 15)
    #expect(pump.journalRecords.contains { $0.kind == .permitRefused })
  }

  // MARK: Room

  @Test func `a controller takes at most eight kibibytes (SR-075)`() {
    let size = MemoryLayout<Controller>.size
    print("a controller takes \(size) bytes, a supervisor \(MemoryLayout<Supervisor>.size)")
    #expect(size <= 8_192)
  }

  #if canImport(Glibc) && arch(x86_64)
  /// In a process and a thread of its own: whatever a new thread allocates first, and be it freed
  /// at once, sets up that thread's cache, and the count of bytes in use shows it.
  @Test func `nothing is allocated while a month passes (SR-075)`() async {
    await #expect(processExitsWith: .exitCode(0)) { exit(Quiet.allocates { $0.advance() } ? 1 : 0) }
  }

  @Test func `one small allocation would be seen (SR-075)`() async {
    await #expect(processExitsWith: .exitCode(1)) {
      exit(
        Quiet.allocates {
          $0.advance()
          $0.allocateOnce()
        } ? 1 : 0
      )
    }
  }
  #endif
}

#if canImport(Glibc) && arch(x86_64)
/// Memory of a fixed size that is no array.
private struct FixedMemory: PumpMemory {
  private var rows = InlineArray<90, InlineArray<256, UInt8>>(
    repeating: InlineArray(repeating: 0)
  )

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<target.count {
      target[index] = rows[(offset + index) / 256][(offset + index) % 256]
    }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    for index in 0..<source.count {
      rows[(offset + index) / 256][(offset + index) % 256] = source[index]
    }
  }
}

/// A pump that is advanced on a thread that has allocated nothing yet.
@safe private final class Quiet {
  private var pump: Pump<TestMotor, FixedMemory, NoSink>
  private let body: (Quiet) -> Void
  private var bytes: () -> Int = { 0 }
  private var held: UnsafeMutableRawPointer?
  private var bytesBefore = 0
  private var bytesAfter = 0

  private init(_ body: @escaping (Quiet) -> Void) throws {
    pump = try Pump(
      commissioning: .commissioned(),
      program: .periodic(2_000, over: .minutes(5), every: .hours(3), background: 300_000)
        .with(dose: 5_000),
      layout: .test,
      motor: TestMotor(),
      memory: FixedMemory(),
      sink: NoSink()
    )
    self.body = body
    // What is made once, such as a table, is made before.
    advance()
  }

  /// A month with doses, alarms, a clinician's boluses and a suspension.
  func advance() {
    for _ in 0..<30 {
      pump.advance(by: .hours(20))
      pump.perform { $0.requestPatientDose() }
      pump.advance(by: .hours(2))
      pump.perform { $0.giveClinicianBolus(.nL(2_000), over: .minutes(5)) }
      pump.advance(by: .hours(1))
      pump.perform { $0.suspend(for: .minutes(20)) }
      pump.advance(by: .hours(1))
    }
  }

  func allocateOnce() {
    // Kept where the compiler cannot see that nobody looks at it.
    unsafe held = malloc(24)
    unsafe free(held)
  }

  /// Bytes that all arenas have handed out, those in the caches of threads included.
  ///
  /// The module map does not show `mallinfo2`. In C it returns ten words through a hidden pointer,
  /// which on this processor is the first argument.
  private static func bytesInUse(_ mallinfo: Mallinfo) -> Int {
    var words = InlineArray<10, Int>(repeating: 0)
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = unsafe mallinfo(base)
    }
    // Of mapped blocks and of arenas.
    return words[4] + words[7]
  }

  private typealias Mallinfo =
    @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?

  private static let mallinfo: Mallinfo? = {
    guard let symbol = unsafe dlsym(nil, "mallinfo2") else { return nil }
    return unsafe unsafeBitCast(symbol, to: Mallinfo.self)
  }()

  /// Whether anything is allocated on a thread while the body runs on it.
  static func allocates(_ body: @escaping (Quiet) -> Void) -> Bool {
    guard let mallinfo = unsafe mallinfo, let quiet = try? Quiet(body) else { return true }
    quiet.bytes = { unsafe bytesInUse(mallinfo) }
    var thread = pthread_t()
    let context = unsafe Unmanaged.passUnretained(quiet).toOpaque()
    let begun = unsafe pthread_create(
      &thread,
      nil,
      { context in
        guard let context = unsafe context else { return nil }
        let quiet = unsafe Unmanaged<Quiet>.fromOpaque(context).takeUnretainedValue()
        quiet.bytesBefore = quiet.bytes()
        quiet.body(quiet)
        quiet.bytesAfter = quiet.bytes()
        return nil
      },
      context
    )
    guard begun == 0, pthread_join(thread, nil) == 0 else { return true }
    return quiet.bytesAfter != quiet.bytesBefore
  }
}
#endif
