import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Resets and losses of power (contract: Faults), H-06, H-31.
struct PowerTests {
  /// A stroke a minute.
  static let program = Program.constant(360_000).with { $0.restartGap = .hours(3) }
  static let dosed = program.with(dose: 6_000, over: .minutes(30), lockout: .zero)

  @Test
  func `without power nothing is delivered, told or heard (SR-062, H-06)`() throws {
    var bench = try ControllerDriver(Self.dosed)
    bench.at(hour) { $0.raise(.motorStall) }
    bench.at(hour + 5 * minute) { $0.powerFailed() }
    let before = bench.controller.sample
    #expect(before.state == .off && before.rate == .zero)
    bench.forget()
    for act in Self.commands { bench.at(bench.now + hour, act) }
    bench.go(to: 40 * hour)
    let after = bench.controller.sample
    #expect(bench.happenings.isEmpty && bench.strokes.isEmpty && bench.checks.isEmpty)
    #expect(after.demand == before.demand && after.delivered == before.delivered)
    #expect(after.reservoir == before.reservoir && after.time.milliseconds == 40 * hour)
    bench.act { $0.boot(program: .intact) }
    #expect(bench.halts.isEmpty && bench.safeReasons == [.gap])
    #expect(bench.controller.program.patientDose != nil && !bench.controller.primeAllowed)
    #expect(bench.controller.localTime == .monday(hour: 48))
    #expect(bench.controller.alarms.isLatched(.motorStall))
  }

  static let commands: [@Sendable (inout Controller) -> Void] = [
    { $0.requestPatientDose() }, { $0.giveClinicianBolus(.nL(1_000), over: .minutes(1)) },
    { $0.cancelBolus() }, { $0.suspend(for: .hours(1)) }, { $0.enterMRI(for: .hours(1)) },
    { $0.resumeTherapy() }, { $0.enterSafeRate() }, { $0.acknowledge(.motorStall) },
    { $0.clear(.overDelivery) }, { $0.setClock(to: .monday(hour: 0)) }, { $0.clockStepped() },
    { $0.extraStrokesSeen(40) }, { $0.setCatheter(pathVolume: .nL(1), full: false) },
    { $0.powerFailed() },
  ]

  @Test
  func `a pump without power takes neither program nor refill (SR-062)`() throws {
    var pump = try TestPump.commissioned(Self.program)
    pump.powerFails()
    let count = pump.sink.events.count
    try pump.activate(.constant(48_000))
    try pump.refill(aspirated: .zero, fill: .nL(9), mixture: .baclofen, program: nil)
    #expect(pump.sink.events.count == count && pump.controller.sample.reservoir == .nL(20_000_000))
    pump = try pump.withoutPower(until: .minutes(1))
    #expect(pump.controller.sample.rate == .nLPerDay(360_000))
  }

  @Test
  func `the bolus that ran is abandoned at boot with what was left at the loss (SR-062, SR-014)`()
    throws
  {
    var bench = try ControllerDriver(Self.dosed)
    bench.at(hour) { $0.requestPatientDose() }
    bench.losePower(from: hour + 10 * minute, to: hour + 20 * minute)
    #expect(bench.events(at: hour + 10 * minute).isEmpty)
    #expect(
      bench.events(at: hour + 20 * minute)
        == [.reset, .bolusAbandoned(.patient, remaining: .nL(4_000))]
    )
    bench.go(to: 2 * hour)
    #expect(bench.demand == 110 * 250 + 2_000)
  }

  @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)])
  func `a periodic bolus that fell due without power is dropped without a word (SR-014)`(
    late: Int64,
    isDropped: Bool
  ) throws {
    var bench = try ControllerDriver(.periodic(1_000, over: .minutes(10), every: .hours(3)))
    bench.losePower(from: 2 * hour, to: 3 * hour + late)
    bench.go(to: 6 * hour)
    let started = bench.times(of: .bolusStarted(.periodic, .nL(1_000)))
    #expect(started == [0, 3 * hour, 6 * hour].filter { !isDropped || $0 != 3 * hour })
    #expect(bench.count(of: .bolusSkipped) == 0)
    // Many at once, and the rhythm stays.
    bench.losePower(from: 7 * hour, to: 22 * hour)
    bench.go(to: 24 * hour)
    #expect(
      bench.times(of: .bolusStarted(.periodic, .nL(1_000))).last == 24 * hour
    )
  }

  @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)])
  func `a suspension that ran out without power ends at boot (SR-022, H-57)`(
    late: Int64,
    isOver: Bool
  ) throws {
    for isMRI in [false, true] {
      var bench = try ControllerDriver(Self.program)
      bench.at(hour) { isMRI ? $0.enterMRI(for: .hours(1)) : $0.suspend(for: .hours(1)) }
      bench.losePower(from: 90 * minute, to: 2 * hour + late)
      #expect(bench.halts.isEmpty == isOver)
      #expect(bench.events(at: 2 * hour + late).contains(.resumed) == isOver)
      bench.go(to: 2 * hour)
      #expect(bench.halts.isEmpty)
    }
  }

  @Test
  func `a loss of power is itself no halt`() throws {
    var bench = try ControllerDriver(Self.program)
    bench.losePower(from: hour, to: 2 * hour)
    #expect(bench.events == [.programActivated, .reset] && bench.state == .running)
    #expect(bench.happenings.last?.at == 2 * hour)
  }

  @Test
  func `a prime that ran ends at boot, and what follows it begins then (SR-014, SR-035)`() throws {
    let bridged = ProgramActivationTests.primed(ProgramActivationTests.bridged())
    var bench = try ControllerDriver(bridged, pathEmpty: true)
    bench.losePower(from: 15 * minute, to: 20 * minute)
    #expect(
      bench.events(at: 20 * minute) == [
        .reset, .bolusAbandoned(.prime, remaining: .nL(5_500)), .primeEnded, .bridgeStarted,
      ]
    )
    #expect(bench.demand == 5_500 && bench.state == .bridging)
    let periodic = ProgramActivationTests.primed(ProgramActivationTests.periodic)
    for (off, isGap) in [(20 * minute, false), (25 * hour, true)] {
      var bench = try ControllerDriver(periodic, pathEmpty: true)
      bench.losePower(from: 15 * minute, to: 15 * minute + off)
      let events = bench.events(at: 15 * minute + off)
      #expect(events.contains(.primeEnded) && events.contains(.safeRateEntered(.gap)) == isGap)
      #expect(events.contains(ProgramActivationTests.started) != isGap)
      #expect(events.contains(.bolusSkipped) == isGap)
    }
  }

  @Test
  func `what held before the loss holds after it (SR-062, SR-025, H-06, H-31)`() throws {
    for reason in SafeReason.allCases where reason != .gap {
      var bench = try ControllerDriver(Self.program)
      SafeRateTests.enter(reason, &bench)
      bench.losePower(from: bench.now + minute, to: bench.now + 2 * minute)
      #expect(bench.safeReasons == [reason] && bench.rate == 50_000)
    }
    var empty = try ControllerDriver(Self.program, fill: 100)
    empty.go(to: minute)
    empty.losePower(from: 2 * minute, to: 3 * minute)
    #expect(empty.halts == [.empty] && empty.controller.alarms.holds(.reservoirEmpty))
    var extra = try ControllerDriver(Self.program)
    extra.act { $0.extraStrokesSeen(40) }
    extra.losePower(from: minute, to: 2 * minute)
    #expect(extra.halts == [.overDelivery] && extra.safeReasons == [.overDelivery])
  }

  @Test
  func `a reset goes back to the signed order, never to a default (SR-020, H-31)`() throws {
    for program in [
      Self.program, .test(.minimum), .test(.stopped), try .daily([(0, 24_000), (600, 480_000)]),
    ] {
      var pump = try TestPump.commissioned(program)
      pump.advance(to: .minutes(30))
      let before = pump.controller.sample
      pump = try pump.withoutPower(until: .minutes(40))
      let after = pump.controller.sample
      #expect(after.rate == before.rate && after.state == before.state)
      #expect(after.delivered == before.delivered && after.reservoir == before.reservoir)
    }
  }

  @Test
  func `no stroke is lost or given twice over losses of power at any time (SR-062, H-06)`() throws {
    var random = Seeded(seed: 0x90)
    var pump = try TestPump.commissioned(.constant(1_234_567))
    var on: Int64 = 0
    for _ in 0..<300 {
      let span = Int64(random.pick(1...90_000))
      pump.advance(by: TimeSpan(milliseconds: span))
      on += span
      let off = TimeSpan(milliseconds: Int64(random.pick(1...60_000)))
      pump = try pump.withoutPower(until: pump.controller.time + off)
      let demand = 1_234_567 * on / day
      #expect(pump.controller.sample.demand == .nL(demand))
      #expect(pump.motor.moved == demand / 250)
      #expect(pump.controller.sample.delivered == .nL(demand / 250 * 250))
    }
    #expect(pump.permitsRefused == 0)
  }

  @Test
  func `the limits do not forget what was delivered before a loss of power (SR-010, H-06)`() throws
  {
    let tight = Program.constant(24_000).with {
      $0.limits.maxVolumePer24h = .nL(25_000)
      $0.safeRate = .zero
    }
    for isOff in [false, true] {
      var pump = try TestPump.commissioned(.constant(1_200_000))
      pump.advance(to: .minutes(30))
      try pump.activate(tight)
      if isOff { pump = try pump.withoutPower(until: .minutes(31)) }
      // 25,000 nL are in the window already; one stroke more goes and no other for a day.
      pump.advance(to: .hours(24) + TimeSpan(milliseconds: -1))
      #expect(pump.controller.isSafe(.limit) && pump.motor.moved == 101)
      pump.advance(to: .hours(24) + .minutes(30))
      #expect(!pump.controller.isSafe(.limit))
    }
  }

  @Test
  func `both copies corrupt at boot give the safe rate and a high alarm (SR-020, H-31, H-41)`()
    throws
  {
    var bench = try ControllerDriver(Self.dosed)
    bench.at(hour) { $0.requestPatientDose() }
    bench.losePower(
      from: hour + 10 * minute,
      to: 2 * hour,
      finding: .lost(safeRate: .nLPerDay(50_000))
    )
    #expect(bench.safeReasons == [.memoryFault] && bench.rate == 50_000)
    let events = bench.events(at: 2 * hour)
    #expect(events.prefix(2) == [.reset, .bolusAbandoned(.patient, remaining: .nL(4_000))])
    #expect(events.contains(.alarmRaised(.memoryFault)))
  }

  @Test
  func `one corrupt copy at boot is mended and told, and the program goes on (H-40)`() throws {
    var bench = try ControllerDriver(Self.program)
    bench.losePower(from: hour, to: hour + minute, finding: .restored)
    #expect(
      bench.events(at: hour + minute) == [.reset, .programRestored, .alarmRaised(.memoryFault)]
    )
    #expect(bench.state == .running && bench.rate == 360_000)
    #expect(!bench.controller.alarms.holds(.memoryFault))
    bench.at(2 * hour) { $0.acknowledge(.memoryFault) }
    #expect(bench.events.last == .alarmCleared(.memoryFault))
  }
}
