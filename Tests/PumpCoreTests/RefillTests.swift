import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Reservoir marks and refills (contract: Reservoir, fluid path, tip).
struct RefillTests {
  /// A stroke a minute.
  static let program = Program.constant(360_000)
  static let half = Mixture.of(microgramsPerMillilitre: 1_000)

  // MARK: Marks

  @Test
  func `the low mark alarms at the stroke that reaches it and not before (SR-031)`() throws {
    var bench = try ControllerDriver(Self.program, fill: 2_002_500)
    bench.go(to: 10 * minute - 1)
    #expect(bench.reservoir == 2_000_250 && bench.count(of: .alarmRaised(.reservoirLow)) == 0)
    bench.go(to: 10 * minute)
    #expect(bench.reservoir == 2_000_000)
    #expect(bench.times(of: .alarmRaised(.reservoirLow)) == [10 * minute])
    bench.go(to: hour)
    #expect(bench.state == .running && bench.count(of: .alarmRaised(.reservoirLow)) == 1)
  }

  @Test
  func `a program's low mark is looked at when it comes into force (SR-031)`() throws {
    for (mark, isLow) in [(19_999_999, false), (20_000_000, true), (20_000_001, true)]
      as [(Int64, Bool)]
    {
      var bench = try ControllerDriver(Self.program.with { $0.lowReservoir = .nL(mark) })
      #expect(bench.controller.alarms.holds(.reservoirLow) == isLow)
      try bench.activate(Self.program)
      #expect(!bench.controller.alarms.holds(.reservoirLow))
    }
  }

  @Test
  func `the stroke that empties to nothing is given, the next is withheld (SR-022, H-25)`() throws {
    for (fill, strokes) in [(1_000, 4), (1_249, 4), (1_250, 5), (249, 0), (0, 0)] as [(Int64, Int)]
    {
      var bench = try ControllerDriver(Self.program, fill: fill)
      bench.go(to: hour)
      #expect(bench.strokes.count == strokes && bench.reservoir == fill - Int64(strokes) * 250)
      let at = Int64(strokes + 1) * minute
      #expect(bench.times(of: .halted(.empty)) == [at])
      #expect(bench.times(of: .alarmRaised(.reservoirEmpty)) == [at])
      #expect(Alarm.reservoirEmpty.priority == .high && bench.demand == at / minute * 250)
    }
  }

  @Test
  func `an empty reservoir halts at the safe rate too, and before the limits are asked (H-25)`()
    throws
  {
    var safe = try ControllerDriver(Self.program, fill: 500)
    safe.act { $0.enterSafeRate() }
    safe.go(to: day)
    #expect(safe.halts == [.empty] && safe.strokes.count == 2)
    var limited = try ControllerDriver(Self.program, fill: 20_000_000)
    limited.addToWindow(strokes: 8_001)
    limited.act { $0.reservoir = 0 }
    limited.go(to: minute)
    #expect(limited.halts == [.empty] && limited.safeReasons.isEmpty)
  }

  // MARK: Refills

  @Test
  func `a refill tells expected and aspirated, and fills anew (SR-032)`() throws {
    var bench = try ControllerDriver(Self.program)
    bench.go(to: hour)
    let controller = bench.controller
    bench.act {
      do throws(RefillRefusal) {
        try $0.refill(
          aspirated: .nL(19_990_000),
          fill: .nL(18_000_000),
          mixture: .baclofen,
          program: nil
        )
      } catch { Issue.record("\(error)") }
    }
    #expect(
      bench.events.last
        == .refilled(
          expected: controller.reservoirVolume,
          aspirated: .nL(19_990_000),
          previousFill: .nL(20_000_000)
        )
    )
    #expect(bench.reservoir == 18_000_000)
    try bench.refill(1_000_000)
    #expect(
      bench.events.last { if case .refilled = $0 { true } else { false } }
        == .refilled(
          expected: .nL(18_000_000),
          aspirated: .zero,
          previousFill: .nL(18_000_000)
        )
    )
    #expect(bench.controller.alarms.holds(.reservoirLow))
  }

  @Test
  func `without a program the running bolus and the program go on (SR-013)`() throws {
    var bench = try ControllerDriver(Self.program.with(dose: 6_000))
    bench.at(hour) { $0.requestPatientDose() }
    bench.go(by: 5 * minute)
    try bench.refill()
    bench.go(by: 5 * minute)
    #expect(bench.events.last == .bolusEnded(.patient) && bench.demand == 70 * 250 + 6_000)
  }

  @Test
  func `another mixture needs a program in the same refill (SR-032, SR-036, H-16)`() throws {
    var bench = try ControllerDriver(Self.program)
    #expect(throws: RefillRefusal.mixtureChanged) { try bench.refill(20_000_000, Self.half) }
    #expect(throws: RefillRefusal.mixtureChanged) { try bench.refill(20_000_000, Mixture()) }
    #expect(bench.controller.mixture == .baclofen && bench.happenings.count == 1)
    try bench.refill(20_000_000, Self.half, program: Self.program)
    #expect(bench.controller.mixture == Self.half)
    try bench.refill(20_000_000, Self.half)
    #expect(bench.count(of: .programActivated) == 2)
  }

  @Test
  func `a mixture is its drugs and concentrations, in whatever order they are named`() throws {
    let drugs =
      [(DrugID(0), 2_000_000), (DrugID(3), 7), (DrugID(7), 1_000_000_000)]
      as [(DrugID, Int64)]
    var first = Mixture()
    var second = Mixture()
    for (drug, concentration) in drugs {
      first[drug] = Concentration(nanogramsPerMillilitre: concentration)
    }
    for (drug, concentration) in drugs.reversed() {
      second[drug] = Concentration(nanogramsPerMillilitre: concentration)
    }
    #expect(first == second && first.drugCount == 3)
    var bench = try ControllerDriver(Self.program)
    try bench.refill(20_000_000, first, program: Self.program)
    try bench.refill(20_000_000, second)
    second[DrugID(3)] = Concentration(nanogramsPerMillilitre: 8)
    #expect(throws: RefillRefusal.mixtureChanged) { try bench.refill(20_000_000, second) }
    second[DrugID(3)] = nil
    #expect(throws: RefillRefusal.mixtureChanged) { try bench.refill(20_000_000, second) }
  }

  @Test
  func `a refused program refuses the whole refill, and nothing has changed (SR-032, H-56)`() throws
  {
    var pump = try TestPump.commissioned(Self.program.with(dose: 6_000))
    pump.advance(to: .hours(1))
    pump.perform { $0.requestPatientDose() }
    let before = pump.controller.sample
    let count = pump.sink.events.count
    let refusals: [(Program, ProgramRefusal)] = [
      (.constant(5_999), .modelRange(given: .nLPerDay(5_999), limit: .nLPerDay(6_000))),
      (
        Self.program.with { $0.limits.maxVolumePer24h = .nL(359_999) },
        .volumeLimit(planned: .nL(360_000), limit: .nL(359_999))
      ),
      (Self.program.with { $0.prime = Prime(volume: .nL(1), over: .hour) }, .primeNotAllowed),
    ]
    for (program, refusal) in refusals {
      #expect(throws: RefillRefusal.program(refusal)) {
        try pump.refill(aspirated: .zero, fill: .nL(9), mixture: Self.half, program: program)
      }
      #expect(pump.sink.events.last == .refillRefused(.program(refusal)))
    }
    #expect(throws: RefillRefusal.mixtureChanged) {
      try pump.refill(aspirated: .zero, fill: .nL(9), mixture: Self.half, program: nil)
    }
    #expect(pump.sink.events.count == count + 4)
    let after = pump.controller.sample
    #expect(after.reservoir == before.reservoir && after.state == .running)
    #expect(pump.controller.mixture == .baclofen && pump.controller.program.patientDose != nil)
    pump.advance(by: .minutes(10))
    #expect(pump.sink.events.last == .bolusEnded(.patient))
    #expect(pump.controller.sample.demand - before.demand == .nL(2_500 + 6_000))
  }

  @Test
  func `a fill over the capacity is never taken (SR-033, H-22, H-24)`() async throws {
    #expect((try? Controller.commissioned(fill: 40_000_000)) != nil)
    #expect((try? Controller.commissioned(fill: 40_000_001)) == nil)
    var bench = try ControllerDriver(Self.program)
    try bench.refill(40_000_000)
    #expect(bench.reservoir == 40_000_000)
    await #expect(processExitsWith: .failure) {
      var bench = try ControllerDriver(Self.program)
      try bench.refill(40_000_001)
      print(bench.reservoir)
    }
  }

  @Test
  func
    `a full pump runs dry at the time that its volume gives, not the hoped-for one (H-17, H-22)`()
    throws
  {
    // 20 mL, believed to be 40; two months dry; then refilled.
    var bench = try ControllerDriver(.constant(500_000))
    bench.go(to: 40 * day)
    #expect(bench.state == .running && bench.reservoir == 0)
    bench.go(to: 41 * day)
    #expect(bench.halts == [.empty] && bench.count(of: .alarmRaised(.reservoirLow)) == 1)
    bench.go(to: 100 * day)
    #expect(bench.count(of: .alarmRepeated(.reservoirEmpty)) > 59 * 144)
    let before = bench.demand
    try bench.refill()
    #expect(bench.halts.isEmpty && bench.safeReasons == [.gap] && bench.rate == 50_000)
    bench.go(to: 101 * day)
    #expect(bench.demand - before == 50_000)
    #expect(bench.controller.alarms.holds(.therapyGap))
    bench.act { $0.resumeTherapy() }
    #expect(bench.state == .running && bench.rate == 500_000)
  }

  @Test
  func `the empty halt ends first; the program of the refill leaves the gap (SR-024, H-17)`() throws
  {
    for (late, isGap) in [(-1, false), (0, true)] as [(Int64, Bool)] {
      let program = Self.program.with { $0.restartGap = .hours(2) }
      for next in [nil, program.with { $0.restartGap = .days(9) }] {
        var bench = try ControllerDriver(program, fill: 500)
        let end = 3 * minute + 2 * hour + late
        bench.go(to: end)
        try bench.refill(20_000_000, program: next)
        let events = bench.events(at: end)
        #expect(events.contains(.resumed))
        #expect(events.contains(.alarmRaised(.therapyGap)) == isGap)
        #expect(bench.safeReasons == (isGap && next == nil ? [.gap] : []))
        #expect(events.contains(.safeRateLeft(.gap)) == (isGap && next != nil))
      }
    }
  }

  @Test
  func `after a refill the low mark of its own program counts`() throws {
    var bench = try ControllerDriver(Self.program, fill: 1_000_000)
    #expect(bench.controller.alarms.holds(.reservoirLow))
    try bench.refill(1_500_000, program: Self.program.with { $0.lowReservoir = .nL(1_499_999) })
    #expect(!bench.controller.alarms.holds(.reservoirLow))
    try bench.refill(1_500_000, program: Self.program)
    #expect(bench.controller.alarms.holds(.reservoirLow))
    #expect(bench.count(of: .alarmRaised(.reservoirLow)) == 2)
  }

  @Test
  func `a prime in a refill is allowed while empty halts, by nothing else (SR-035)`() throws {
    let prime = Self.program.with { $0.prime = Prime(volume: .nL(11_000), over: .hour) }
    func bench(_ bring: (inout ControllerDriver) -> Void) throws -> ControllerDriver {
      var bench = try ControllerDriver(Self.program, fill: 500, pathEmpty: true)
      bench.go(to: hour)
      #expect(bench.halts == [.empty])
      bring(&bench)
      return bench
    }
    var empty = try bench { _ in }
    #expect(empty.refusal(of: prime) == .primeNotAllowed)
    try empty.refill(20_000_000, program: prime)
    #expect(empty.state == .priming)
    var suspended = try bench { $0.act { $0.suspend(for: .hours(1)) } }
    #expect(throws: RefillRefusal.program(.primeNotAllowed)) {
      try suspended.refill(20_000_000, program: prime)
    }
    var extra = try bench { $0.act { $0.extraStrokesSeen(20) } }
    #expect(throws: RefillRefusal.program(.primeNotAllowed)) {
      try extra.refill(20_000_000, program: prime)
    }
    var safe = try bench { $0.act { $0.enterSafeRate() } }
    try safe.refill(20_000_000, program: prime)
    #expect(safe.state == .priming)
  }

  @Test
  func `a refill leaves every halt but empty (SR-025)`() throws {
    var bench = try ControllerDriver(Self.program, fill: 500)
    bench.go(to: hour)
    bench.act { $0.suspend(for: .hours(1)) }
    bench.act { $0.extraStrokesSeen(40) }
    try bench.refill()
    #expect(bench.halts == [.overDelivery, .suspended] && bench.count(of: .resumed) == 0)
    #expect(!bench.controller.alarms.holds(.reservoirEmpty))
    #expect(bench.controller.alarms.isLatched(.reservoirEmpty))
  }
}
