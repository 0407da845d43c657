import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// What the controller can hold, and what it does where that is full.
struct CapacityTests {
  @Test
  func `the fixed arrays are as large as the capacities say (SR-075)`() {
    let schedule = Schedule()
    #expect(Capacity.steps == Capacity.patterns * Capacity.stepsOfPattern)
    #expect(schedule.minutes.count == Capacity.steps && schedule.rates.count == Capacity.steps)
    #expect(schedule.starts.count == Capacity.patterns + 1 && schedule.patternOfDay.count == 7)
    let window = LimitWindow()
    #expect(Int64(Capacity.buckets) * LimitWindow.bucketMilliseconds == day)
    #expect(window.volumes.count == Capacity.buckets)
    #expect(window.tips.count == Capacity.buckets * Capacity.mixtures)
    #expect(window.tipOfMixture.count == Capacity.mixtures)
    #expect(window.doseFemtograms.count == Capacity.drugs)
    let history = BolusHistory()
    #expect(history.begins.count == Capacity.bolusesOfDay)
    #expect(history.volumes.count == Capacity.bolusesOfDay)
    let extra = ExtraStrokes()
    #expect(extra.instants.count == Capacity.extraStrokes)
    #expect(Capacity.extraStrokes >= ExtraStrokes.haltFrom)
    #expect(ExtraStrokes.haltFrom > ExtraStrokes.safeRateFrom)
    let path = FluidPath(volume: 0, of: .none)
    #expect(path.nanolitres.count == Capacity.pathSegments)
    #expect(path.mixtures.count == Capacity.pathSegments)
    let table = MixtureTable()
    #expect(table.mixtures.count == Capacity.mixtures && table.drugs.count == Capacity.mixtures)
    #expect(Capacity.mixtures < Int(MixtureIndex.none.rawValue))
    #expect(Mixture().nanogramsPerMillilitre.count == Capacity.drugs)
    #expect(Capacity.drugs <= UInt8.bitWidth)
    let alarms = AlarmTable()
    #expect(Alarm.allCases.count == Alarm.count && alarms.repeats.count == Alarm.count)
    #expect(Alarm.count <= UInt16.bitWidth)
    #expect(HaltReason.allCases.count <= UInt8.bitWidth)
    #expect(SafeReason.allCases.count <= UInt8.bitWidth)
    // A bolus is kept in 32 bits with a sign, a step's rate in 32 without one.
    #expect(Bounds.volumeMax <= Int64(Int32.max) && Bounds.rateMax <= Int64(UInt32.max))
  }

  @Test
  func `a pump's counts of ten years fit their integers at the bounds (SR-001)`() {
    let ofLife = 10 * 366 * day
    for (most, factor) in [
      (Bounds.rateMax, day), (Bounds.volumeMax, Bounds.bolusTimeMax), (Bounds.volumeMax, day),
      (Bounds.rateMax, ofLife / day), (11, Bounds.volumeMax),
      (Bounds.volumeMax, Bounds.concentrationMax),
    ] {
      #expect(!most.multipliedReportingOverflow(by: factor).overflow)
    }
    #expect(!Bounds.timeMax.addingReportingOverflow(90 * day).overflow)
  }

  @Test
  func `a full history refuses the 49th bolus of a day, and forgets at 24 h (SR-009, SR-075)`()
    throws
  {
    let program = Program.constant(6_000).with(dose: 1_000, lockout: .zero, maxPer24h: 48)
    var bench = try ControllerDriver(program)
    for index in 0..<48 as Range<Int64> {
      bench.at(index * 20 * minute) { $0.giveClinicianBolus(.nL(100), over: .minutes(1)) }
    }
    #expect(bench.count(of: .bolusStarted(.clinician, .nL(100))) == 48)
    bench.at(day - 1) { $0.giveClinicianBolus(.nL(1), over: .minutes(1)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
    bench.act { $0.requestPatientDose() }
    #expect(bench.events.last == .patientDoseRefused(.dailyMaximum))
    bench.at(day) { $0.requestPatientDose() }
    #expect(bench.events.contains(.patientDoseAccepted))
    bench.at(day + 15 * minute) { $0.giveClinicianBolus(.nL(1), over: .minutes(1)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
  }

  @Test
  func `the history turns over for as long as it takes (SR-075)`() throws {
    let program = Program.constant(6_000).with(
      dose: 1_000,
      over: .minutes(1),
      lockout: .minutes(30),
      maxPer24h: 48
    )
    var bench = try ControllerDriver(program)
    for index in 0..<2_000 as Range<Int64> {
      bench.at(index * 30 * minute) { $0.requestPatientDose() }
    }
    #expect(bench.count(of: .patientDoseAccepted) == 2_000)
    #expect(bench.controller.history.count == 48)
    #expect(bench.controller.history.nanolitres == 48_000)
  }

  /// Baclofen at another concentration each time.
  private func mixture(_ number: Int) -> Mixture {
    .of(microgramsPerMillilitre: Int64(100 + number))
  }

  @Test
  func `more mixtures than the pump can tell apart are refused, until one has gone (SR-075)`()
    throws
  {
    var bench = try ControllerDriver(.constant(360_000))
    // The first one fills the path; each of the others stays in it behind.
    for number in 1...5 {
      try bench.refill(20_000_000, mixture(number), program: .constant(360_000))
      bench.go(by: 2 * minute)
    }
    let reservoir = bench.reservoir
    #expect(throws: RefillRefusal.tooManyMixtures) {
      try bench.refill(20_000_000, mixture(6), program: .constant(360_000))
    }
    #expect(bench.reservoir == reservoir && bench.controller.mixture == mixture(5))
    try bench.refill(20_000_000, mixture(3), program: .constant(360_000))
    // Pushed out of the path, the first ones are in the window for a day.
    bench.go(by: 20 * hour)
    #expect(throws: RefillRefusal.tooManyMixtures) {
      try bench.refill(20_000_000, mixture(7), program: .constant(360_000))
    }
    bench.go(by: 3 * day)
    for number in 10...14 {
      try bench.refill(20_000_000, mixture(number), program: .constant(360_000))
      bench.go(by: 2 * minute)
    }
    #expect(bench.controller.mixture == mixture(14))
  }

  @Test
  func `the path holds a bounded number of pieces, and none is ever lost (SR-075, H-15)`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    var refused = 0
    for number in 0..<40 {
      do throws(RefillRefusal) {
        try bench.refill(20_000_000, mixture(number % 2), program: .constant(360_000))
      } catch {
        #expect(error == .tooManyMixtures)
        refused += 1
      }
      bench.go(by: minute)
      let path = bench.controller.path
      #expect(path.count <= Capacity.pathSegments)
      #expect((0..<path.count).reduce(0) { $0 + path.nanolitres[$1] } == 316_000)
    }
    #expect(refused > 0)
    bench.go(by: 2 * day)
    try bench.refill(20_000_000, mixture(8), program: .constant(360_000))
  }

  @Test
  func `what gives most events at once fits on its way out (SR-075)`() throws {
    let program = ProgramActivationTests.primed(ProgramActivationTests.bridged()).with {
      $0.lowReservoir = .nL(20_000_000)
    }
    var bench = try ControllerDriver(program, pathEmpty: true)
    bench.at(minute) { $0.batteryShows(.replacement) }
    bench.losePower(from: 2 * minute, to: 91 * day, finding: .restored)
    let expected: [PumpEvent] = [
      .reset, .bolusAbandoned(.prime, remaining: .nL(11_000 - 733)), .programRestored,
      .alarmRaised(.memoryFault), .alarmRaised(.therapyGap), .safeRateEntered(.gap),
      .primeEnded, .bridgeStarted, .alarmRaised(.endOfService), .halted(.endOfService),
    ]
    #expect(bench.events(at: 91 * day) == expected)
  }

  /// 48 doses of a liter a day beside a periodic bolus of a week: far over any limit.
  private static func huge() throws -> (Controller, Program) {
    let model = PumpModel(
      strokeVolume: .nL(250),
      capacity: .nL(Bounds.volumeMax),
      minimumRate: .nLPerDay(6_000),
      maximumRate: .nLPerDay(Bounds.rateMax),
      tubing: .zero,
      catheterVolume: LinearVolume(picolitresPerCentimetre: 0)
    )
    let week = TimeSpan(milliseconds: Bounds.bolusTimeMax)
    let program = Program.periodic(1_000_000, over: week, every: .days(8)).with {
      $0.limits.maxRate = .nLPerDay(Bounds.rateMax)
      $0.limits.maxVolumePer24h = .nL(Bounds.volumeMax)
      $0.patientDose = PatientDose(
        volume: .nL(Bounds.volumeMax),
        over: week,
        lockout: .zero,
        maxPer24h: Capacity.bolusesOfDay
      )
    }
    return (try .commissioned(model: model, fill: Bounds.volumeMax), program)
  }

  @Test
  func `the largest numbers that a program can hold are refused and do not trap (SR-001)`() async {
    await #expect(processExitsWith: .success) {
      let (controller, program) = try Self.huge()
      do throws(ProgramRefusal) {
        try controller.check(program)
        preconditionFailure("it was taken")
      } catch {
        guard case .volumeLimit = error else { preconditionFailure("\(error)") }
      }
    }
  }
}
