import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// What is delivered where stopping is not safe (contract: The safe rate).
struct SafeRateTests {
  static let program = Program.constant(360_000).with { $0.restartGap = .hour }

  /// How each reason is entered, from a pump that runs.
  static func enter(_ reason: SafeReason, _ bench: inout ControllerDriver) {
    switch reason {
    case .limit:
      bench.addToWindow(strokes: 8_001)
      bench.go(by: minute)
    case .overDelivery: bench.act { $0.extraStrokesSeen(20) }
    case .gap:
      bench.act { $0.suspend(for: .hours(2)) }
      bench.go(by: 2 * hour)
    case .command: bench.act { $0.enterSafeRate() }
    case .memoryFault: bench.act { $0.programVerified(.lost(safeRate: $0.program.safeRate)) }
    }
  }

  @Test(arguments: SafeReason.allCases)
  func `each reason brings the safe rate and ends the running bolus (SR-010, SR-014, SR-020)`(
    reason: SafeReason
  ) throws {
    var bench = try ControllerDriver(Self.program.with(dose: 6_000, over: .hours(1)))
    bench.at(10 * minute) { $0.requestPatientDose() }
    bench.go(to: 20 * minute)
    Self.enter(reason, &bench)
    #expect(bench.safeReasons == [reason] && bench.state == .safe && bench.rate == 50_000)
    #expect(bench.count(of: .safeRateEntered(reason)) == 1)
    let abandoned = bench.events.filter { if case .bolusAbandoned = $0 { true } else { false } }
    #expect(abandoned.count == 1)
    let before = bench.demand
    bench.forget()
    bench.go(by: hour)
    // The remainder under a nanolitre is carried.
    #expect((2_083...2_084).contains(bench.demand - before))
    #expect(bench.strokes.allSatisfy { $0.kind == .safe })
    bench.act { $0.requestPatientDose() }
    bench.act { $0.giveClinicianBolus(.nL(1_000), over: .minutes(1)) }
    let refusal: PumpEvent =
      reason == .memoryFault ? .patientDoseRefused(.notPrescribed) : .patientDoseRefused(.halted)
    #expect(bench.events.suffix(2) == [refusal, .clinicianBolusRefused(.halted)])
  }

  @Test(arguments: SafeReason.allCases)
  func `a reason that holds is not entered again`(reason: SafeReason) throws {
    var bench = try ControllerDriver(Self.program)
    Self.enter(reason, &bench)
    Self.enter(reason, &bench)
    #expect(bench.count(of: .safeRateEntered(reason)) == 1 && bench.safeReasons == [reason])
  }

  @Test(arguments: SafeReason.allCases)
  func `a reason is left by what the contract names and by nothing else (SR-025)`(
    reason: SafeReason
  ) throws {
    let ways:
      [(name: String, leaves: Set<SafeReason>, act: (inout ControllerDriver) throws -> Void)]
    ways = [
      ("resumeTherapy", [.gap, .command], { $0.act { $0.resumeTherapy() } }),
      ("program", [.gap, .command, .memoryFault], { try $0.activate(Self.program) }),
      ("clear", [.overDelivery], { $0.act { $0.clear(.overDelivery) } }),
      ("setClock", [], { $0.act { $0.setClock(to: .monday(hour: 3)) } }),
      (
        "acknowledge", [],
        { bench in for alarm in Alarm.allCases { bench.act { $0.acknowledge(alarm) } } }
      ),
      ("time", [.limit], { $0.go(by: 25 * hour) }),
    ]
    for (name, leaves, act) in ways {
      var bench = try ControllerDriver(Self.program)
      Self.enter(reason, &bench)
      try act(&bench)
      #expect(bench.safeReasons.isEmpty == leaves.contains(reason), "\(name)")
      #expect(
        bench.count(of: .safeRateLeft(reason)) == (leaves.contains(reason) ? 1 : 0),
        "\(name)"
      )
    }
  }

  @Test
  func `the safe rate holds until the last of its reasons is left`() throws {
    var bench = try ControllerDriver(Self.program)
    Self.enter(.gap, &bench)
    Self.enter(.overDelivery, &bench)
    Self.enter(.command, &bench)
    #expect(bench.safeReasons == [.overDelivery, .gap, .command])
    bench.act { $0.resumeTherapy() }
    #expect(bench.safeReasons == [.overDelivery] && bench.rate == 50_000)
    bench.act { $0.clear(.overDelivery) }
    #expect(bench.state == .running && bench.rate == 360_000)
    #expect(bench.count(of: .safeRateLeft(.gap)) == 1)
  }

  @Test
  func `periodic boluses that fall due are skipped, not put off (SR-014)`() throws {
    let program = Program.periodic(
      1_000,
      over: .minutes(10),
      every: .hours(3),
      background: 48_000
    )
    var bench = try ControllerDriver(program)
    bench.at(hour) { $0.enterSafeRate() }
    #expect(bench.rate == 50_000)
    bench.go(to: 7 * hour)
    #expect(bench.times(of: .bolusSkipped) == [3 * hour, 6 * hour])
    bench.at(9 * hour - 1) { $0.resumeTherapy() }
    bench.go(to: 9 * hour)
    let started = bench.times(of: .bolusStarted(.periodic, .nL(1_000)))
    #expect(started == [0, 9 * hour] && bench.rate == 48_000)
  }

  @Test
  func `a safe rate of none delivers nothing and is no halt`() throws {
    var bench = try ControllerDriver(Self.program.with { $0.safeRate = .zero })
    bench.at(hour) { $0.enterSafeRate() }
    bench.go(to: 9 * hour)
    #expect(bench.state == .safe && bench.demand == 60 * 250 && bench.halts.isEmpty)
    bench.act { $0.resumeTherapy() }
    bench.go(to: 10 * hour)
    #expect(bench.demand == 120 * 250 && bench.safeReasons.isEmpty)
  }

  @Test
  func `delivery after a long gap is the safe rate until an order, with a high alarm (H-17)`()
    throws
  {
    var bench = try ControllerDriver(Self.program)
    Self.enter(.gap, &bench)
    bench.go(by: 30 * day)
    #expect(bench.demand == 30 * 50_000)
    #expect(Alarm.therapyGap.priority == .high)
    #expect(bench.count(of: .alarmRepeated(.therapyGap)) == 30 * 144)
    try bench.activate(.constant(100_000))
    #expect(bench.state == .running && bench.rate == 100_000)
  }

  @Test
  func `without a program the kept safe rate is given, else the least (SR-020, H-31, H-41)`() throws
  {
    for (kept, rate) in [(FlowRate.nLPerDay(77_777), 77_777), (nil, 6_000), (.zero, 0)]
      as [(FlowRate?, Int64)]
    {
      var bench = try ControllerDriver(Self.program.with(dose: 6_000))
      bench.at(hour) { $0.requestPatientDose() }
      bench.at(hour + 5 * minute) { $0.programVerified(.lost(safeRate: kept)) }
      #expect(bench.safeReasons == [.memoryFault] && bench.rate == rate)
      let events = bench.events(at: hour + 5 * minute)
      #expect(events.contains(.alarmRaised(.memoryFault)))
      #expect(events.contains(.bolusAbandoned(.patient, remaining: .nL(3_000))))
      #expect(Alarm.memoryFault.priority == .high)
      bench.go(to: hour + 5 * minute + day)
      #expect(bench.demand == 65 * 250 + 3_000 + rate)
      try bench.activate(.constant(48_000))
      #expect(bench.safeReasons.isEmpty && !bench.controller.alarms.holds(.memoryFault))
    }
  }

  @Test
  func `a stopped pump that loses its program stays stopped, with a high alarm (H-41)`() throws {
    var bench = try ControllerDriver(.test(.stopped))
    bench.at(hour) { $0.programVerified(.lost(safeRate: .nLPerDay(50_000))) }
    bench.go(to: day)
    #expect(bench.halts == [.stopped] && bench.demand == 0)
    #expect(bench.controller.alarms.holds(.memoryFault))
  }
}
