import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Patient, clinician and periodic boluses, and why one is refused (contract: Patient dose).
struct BolusTests {
  /// A plain day of 360,000 nL and a limit for the day.
  static func program(dayLimit: Int64, dose: Int64? = nil) -> Program {
    let program = Program.constant(360_000).with {
      $0.limits.maxVolumePer24h = .nL(dayLimit)
    }
    return dose.map { program.with(dose: $0, over: .hour, lockout: .zero, maxPer24h: 1) } ?? program
  }

  /// Everything that speaks against a bolus at once.
  private func worst() throws -> ControllerDriver {
    var bench = try ControllerDriver(.constant(360_000))
    bench.act { controller in
      controller.program.limits.maxVolumePer24h = .nL(500_000)
      controller.program.limits.maxRate = .nLPerDay(2_000_000)
      controller.halts = HaltSet(.suspended)
      controller.safeReasons = SafeSet(.command)
      controller.phase = .bridging
      controller.demand.bolus = RunningBolus(
        kind: .clinician,
        nanolitres: 1,
        over: 1,
        begin: 0
      )
      controller.lastPatientDose = 0
      for _ in 0..<3 { controller.history.add(40_000, patient: true, at: 0) }
      controller.reservoir = 20_999
    }
    return bench
  }

  /// Takes away what speaks against a bolus, one by one, in the order of the contract.
  static let cures: [(refusal: BolusRefusal, cure: @Sendable (inout Controller) -> Void)] = [
    (.notPrescribed, { $0.program.patientDose = .some(dose) }),
    (.halted, { $0.halts = [] }),
    (.halted, { $0.safeReasons = [] }),
    (.bridging, { $0.phase = .priming }),
    (.bridging, { $0.phase = .basal }),
    (.busy, { $0.demand.bolus = nil }),
    (.lockout, { $0.lastPatientDose = -hour }),
    (.dailyMaximum, { $0.program.patientDose = .some(more) }),
    (.rateLimit, { $0.program.limits.maxRate = .nLPerDay(6_000_000) }),
    (.volumeLimit, { $0.program.limits.maxVolumePer24h = .nL(501_000) }),
    (.reservoir, { $0.reservoir = 21_000 }),
  ]

  static let dose = PatientDose(
    volume: .nL(21_000),
    over: .minutes(10),
    lockout: .hours(1),
    maxPer24h: 3
  )
  static let more = PatientDose(
    volume: .nL(21_000),
    over: .minutes(10),
    lockout: .hours(1),
    maxPer24h: 4
  )

  @Test
  func `a patient dose is refused with the first reason that applies (SR-008, SR-011)`() throws {
    var bench = try worst()
    for (refusal, cure) in Self.cures where refusal != .rateLimit {
      bench.act { $0.requestPatientDose() }
      #expect(bench.events.last == .patientDoseRefused(refusal))
      bench.act(cure)
    }
    bench.act { $0.requestPatientDose() }
    #expect(bench.events.suffix(2) == [.patientDoseAccepted, .bolusStarted(.patient, .nL(21_000))])
  }

  @Test
  func `a clinician bolus is refused with the first reason that applies (SR-008)`() throws {
    var bench = try worst()
    let patientOnly: [BolusRefusal] = [.notPrescribed, .lockout, .dailyMaximum]
    for (refusal, cure) in Self.cures where !patientOnly.contains(refusal) {
      bench.act { $0.giveClinicianBolus(.nL(21_000), over: .minutes(10)) }
      #expect(bench.events.last == .clinicianBolusRefused(refusal))
      bench.act(cure)
    }
    bench.act { $0.giveClinicianBolus(.nL(21_000), over: .minutes(10)) }
    #expect(bench.events.last == .bolusStarted(.clinician, .nL(21_000)))
  }

  @Test
  func `one bolus at a time, until the millisecond of its end (SR-008, H-04)`() throws {
    for (late, isAccepted) in [(-1, false), (0, true)] as [(Int64, Bool)] {
      var bench = try ControllerDriver(.constant(360_000).with(dose: 1_000, lockout: .zero))
      bench.at(hour) { $0.giveClinicianBolus(.nL(10_000), over: .minutes(10)) }
      bench.at(hour + 10 * minute + late) { $0.requestPatientDose() }
      #expect(bench.events.contains(.patientDoseAccepted) == isAccepted)
      #expect(bench.events.contains(.patientDoseRefused(.busy)) != isAccepted)
    }
  }

  @Test
  func `a clinician bolus and the basal now stay within the order's rate and the model's (SR-008)`()
    throws
  {
    // 5,640,000 nL/d are 6,000,000 less the basal: 39,166.67 nL in ten minutes.
    let accepted: [(limit: Int64, volume: Int64, over: Int64, isAccepted: Bool)] = [
      (6_000_000, 235_000, 60, true), (6_000_000, 235_001, 60, false),
      (6_000_000, 39_166, 10, true), (6_000_000, 39_167, 10, false),
      // Over maxRate nothing helps; without it the model's maximum holds, basal included.
      (30_000_000, 164_166, 10, true), (30_000_000, 164_167, 10, false),
      (360_000, 1, 10_000, false),
    ]
    for (limit, volume, over, isAccepted) in accepted {
      let program = Program.constant(360_000).with {
        $0.limits.maxRate = .nLPerDay(limit)
      }
      var bench = try ControllerDriver(program)
      bench.act { $0.giveClinicianBolus(.nL(volume), over: .minutes(over)) }
      let last: PumpEvent =
        isAccepted ? .bolusStarted(.clinician, .nL(volume)) : .clinicianBolusRefused(.rateLimit)
      #expect(bench.events.last == last, "\(limit) \(volume) \(over)")
    }
  }

  @Test
  func `the basal now is that of the step in force`() throws {
    var program = try Program.daily([(0, 24_000), (600, 1_000_000)])
    program.limits.maxRate = .nLPerDay(1_464_000)
    var bench = try ControllerDriver(program, local: .monday(hour: 9, minute: 59))
    bench.at(minute - 1) { $0.giveClinicianBolus(.nL(10_000), over: .minutes(10)) }
    #expect(bench.events.last == .bolusStarted(.clinician, .nL(10_000)))
    bench.act { $0.cancelBolus() }
    bench.at(minute) { $0.giveClinicianBolus(.nL(10_000), over: .minutes(10)) }
    #expect(bench.events.last == .clinicianBolusRefused(.rateLimit))
  }

  @Test
  func `a bolus is refused for the basal that is still to come (SR-009, H-04, H-05)`() throws {
    // The published counter-example: one hour in, 15,000 nL delivered and a bolus of 150,000 look
    // small beside a limit of 500,000; with the 360,000 of a day's basal they pass it.
    var bench = try ControllerDriver(Self.program(dayLimit: 500_000))
    bench.at(hour) { $0.giveClinicianBolus(.nL(150_000), over: .minutes(60)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
    bench.act { $0.giveClinicianBolus(.nL(140_001), over: .minutes(60)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
    bench.act { $0.giveClinicianBolus(.nL(140_000), over: .minutes(60)) }
    #expect(bench.events.last == .bolusStarted(.clinician, .nL(140_000)))
    bench.go(to: 25 * hour - 1)
    bench.act { $0.giveClinicianBolus(.nL(1), over: .minutes(1)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
    bench.at(25 * hour) { $0.giveClinicianBolus(.nL(140_000), over: .minutes(60)) }
    #expect(bench.events.last == .bolusStarted(.clinician, .nL(140_000)))
    bench.go(to: 3 * day)
    #expect(bench.count(of: .safeRateEntered(.limit)) == 0)
  }

  @Test
  func `boluses of all kinds add up, whole and abandoned ones too (SR-009, H-04)`() throws {
    var bench = try ControllerDriver(Self.program(dayLimit: 500_000, dose: 60_000))
    bench.act { $0.requestPatientDose() }
    bench.at(minute) { $0.cancelBolus() }
    bench.act { $0.giveClinicianBolus(.nL(80_001), over: .minutes(60)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
    bench.act { $0.giveClinicianBolus(.nL(80_000), over: .minutes(60)) }
    #expect(bench.events.last == .bolusStarted(.clinician, .nL(80_000)))
    bench.at(2 * hour) { $0.giveClinicianBolus(.nL(1), over: .minutes(1)) }
    #expect(bench.events.last == .clinicianBolusRefused(.volumeLimit))
  }

  @Test
  func `a patient dose is held by the volumes given before it, over programs (SR-009, H-04)`()
    throws
  {
    var bench = try ControllerDriver(Self.program(dayLimit: 900_000))
    bench.act { $0.giveClinicianBolus(.nL(100_000), over: .minutes(60)) }
    bench.go(to: 2 * hour)
    try bench.activate(Self.program(dayLimit: 499_999, dose: 40_000))
    bench.act { $0.requestPatientDose() }
    #expect(bench.events.last == .patientDoseRefused(.volumeLimit))
    try bench.activate(Self.program(dayLimit: 500_000, dose: 40_000))
    bench.act { $0.requestPatientDose() }
    #expect(bench.events.contains(.patientDoseAccepted))
  }

  @Test
  func `periodic boluses are projected exactly where P does not divide 24 h (SR-009, H-04)`() throws
  {
    // Every 7 h: 0, 7, 14, 21 h are four whole boluses in the fullest 24 h.
    // Every 23 h 50 min over 15 min: one and two thirds of 10,000 nL, 16,666.67 nL.
    let cases: [(over: Int64, every: Int64, most: Int64)] = [
      (60, 420, 500_000 - 40_000), (15, 1430, 500_000 - 16_667), (14, 1435, 500_000 - 13_572),
    ]
    for (over, every, most) in cases {
      for (volume, isAccepted) in [(most, true), (most + 1, false)] {
        let program = Program.periodic(10_000, over: .minutes(over), every: .minutes(every))
          .with { $0.limits.maxVolumePer24h = .nL(500_000) }
        var bench = try ControllerDriver(program)
        bench.at(2 * hour) { $0.giveClinicianBolus(.nL(volume), over: .minutes(300)) }
        #expect(bench.events.contains(.bolusStarted(.clinician, .nL(volume))) == isAccepted)
      }
    }
  }

  @Test
  func `a bolus needs all of its volume in the reservoir`() throws {
    for (fill, isAccepted) in [(39_999, false), (40_000, true)] as [(Int64, Bool)] {
      let program = Program.constant(6_000).with(dose: 40_000)
      var bench = try ControllerDriver(program, fill: fill)
      bench.act { $0.requestPatientDose() }
      #expect(bench.events.contains(.patientDoseAccepted) == isAccepted)
      #expect(bench.events.contains(.patientDoseRefused(.reservoir)) != isAccepted)
      var other = try ControllerDriver(program, fill: fill)
      other.act { $0.giveClinicianBolus(.nL(40_000), over: .minutes(20)) }
      #expect(other.events.contains(.clinicianBolusRefused(.reservoir)) != isAccepted)
    }
  }

  @Test
  func `cancelling abandons any bolus but a prime`() throws {
    var bench = try ControllerDriver(
      .periodic(10_000, over: .minutes(30), every: .hours(8)).with(dose: 1_000, lockout: .zero)
    )
    bench.at(15 * minute) { $0.cancelBolus() }
    #expect(bench.events.last == .bolusAbandoned(.periodic, remaining: .nL(5_000)))
    bench.act { $0.requestPatientDose() }
    bench.at(20 * minute) { $0.cancelBolus() }
    #expect(bench.events.last == .bolusAbandoned(.patient, remaining: .nL(500)))
    let before = bench.happenings.count
    bench.act { $0.cancelBolus() }
    #expect(bench.happenings.count == before)
    let prime = Program.constant(6_000).with { $0.prime = Prime(volume: .nL(1_000), over: .hour) }
    var primed = try ControllerDriver(prime, pathEmpty: true)
    primed.at(minute) { $0.cancelBolus() }
    primed.go(to: hour)
    #expect(primed.times(of: .bolusEnded(.prime)) == [hour])
  }

  @Test
  func `a periodic bolus that falls due while another runs is skipped (SR-008, H-04)`() throws {
    for (begin, isSkipped) in [(440 * minute, false), (440 * minute + 1, true)] {
      var bench = try ControllerDriver(.periodic(10_000, over: .minutes(30), every: .hours(8)))
      bench.at(begin) { $0.giveClinicianBolus(.nL(1_000), over: .minutes(40)) }
      bench.go(to: 8 * hour)
      #expect(bench.events(at: 8 * hour).contains(.bolusSkipped) == isSkipped)
      let started = bench.times(of: .bolusStarted(.periodic, .nL(10_000)))
      #expect(started == (isSkipped ? [0] : [0, 8 * hour]))
      bench.go(to: 16 * hour)
      #expect(bench.count(of: .bolusStarted(.periodic, .nL(10_000))) == started.count + 1)
    }
  }
}
