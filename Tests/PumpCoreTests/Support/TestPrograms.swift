import PumpTesting
import Quantities

@testable import PumpCore

extension Volume {
  static func nL(_ count: Int64) -> Volume { Volume(nanolitres: count) }
}

extension FlowRate {
  static func nLPerDay(_ count: Int64) -> FlowRate { FlowRate(nanolitresPerDay: count) }
}

extension TimeSpan {
  static func minutes(_ count: Int64) -> TimeSpan { count * .minute }
  static func hours(_ count: Int64) -> TimeSpan { count * .hour }
  static func days(_ count: Int64) -> TimeSpan { count * .day }
}

extension PumpTime {
  static func minutes(_ count: Int64) -> PumpTime { .commissioning + .minutes(count) }
  static func hours(_ count: Int64) -> PumpTime { .commissioning + .hours(count) }
  static func days(_ count: Int64) -> PumpTime { .commissioning + .days(count) }
}

extension PumpModel {
  /// The pump of the contract's example: 250 nL strokes, 40 mL, 0.14 mL of tubing.
  static let test = PumpModel(
    strokeVolume: .nL(250),
    capacity: .nL(40_000_000),
    minimumRate: .nLPerDay(6_000),
    maximumRate: .nLPerDay(24_000_000),
    tubing: .nL(140_000),
    catheterVolume: LinearVolume(picolitresPerCentimetre: 2_200_000)
  )

  /// The same with another stroke.
  static func test(stroke nanolitres: Int64) -> PumpModel {
    PumpModel(
      strokeVolume: .nL(nanolitres),
      capacity: test.capacity,
      minimumRate: test.minimumRate,
      maximumRate: test.maximumRate,
      tubing: test.tubing,
      catheterVolume: test.catheterVolume
    )
  }
}

extension DrugID {
  static let baclofen = DrugID(0)
  static let morphine = DrugID(1)
}

extension Mixture {
  /// One drug, µg/mL.
  static func of(_ drug: DrugID = .baclofen, microgramsPerMillilitre: Int64) -> Mixture {
    var mixture = Mixture()
    mixture[drug] = Concentration(nanogramsPerMillilitre: microgramsPerMillilitre * 1_000)
    return mixture
  }

  /// 2 mg/mL of baclofen.
  static let baclofen = Mixture.of(microgramsPerMillilitre: 2_000)
}

extension Limits {
  /// Wide enough for any test that is not about limits: 6 mL/d, 2 mL and 10 mg of baclofen a day.
  static var wide: Limits {
    var limits = Limits(maxRate: .nLPerDay(6_000_000), maxVolumePer24h: .nL(2_000_000))
    limits[.baclofen] = Mass(femtograms: 10_000_000_000_000)
    return limits
  }
}

extension Program {
  /// A program with wide limits, a safe rate of 0.05 mL/d, a restart gap of a day and a low mark of
  /// 2 mL.
  static func test(_ basal: Basal) -> Program {
    Program(
      basal: basal,
      limits: .wide,
      safeRate: .nLPerDay(50_000),
      restartGap: .day,
      lowReservoir: .nL(2_000_000)
    )
  }

  /// The same rate all day, nL/d.
  static func constant(_ nanolitresPerDay: Int64) -> Program {
    .test(.constant(.nLPerDay(nanolitresPerDay)))
  }

  /// Steps of every day: the minute of the day and the rate from then on, nL/d.
  static func daily(
    _ steps: [(minute: Int, nanolitresPerDay: Int64)]
  ) throws(ScheduleError) -> Program {
    var program = Program.test(.scheduled)
    try program.schedule.beginPattern()
    for step in steps {
      try program.schedule.addStep(minute: step.minute, rate: .nLPerDay(step.nanolitresPerDay))
    }
    return program
  }

  /// A bolus at the start and each `every` after it, on top of a background, nL/d.
  static func periodic(
    _ dose: Int64,
    over: TimeSpan,
    every: TimeSpan,
    background: Int64 = 0
  ) -> Program {
    .test(.periodic(dose: .nL(dose), over: over, every: every, background: .nLPerDay(background)))
  }

  /// With a dose that the patient may ask for.
  func with(
    dose: Int64,
    over: TimeSpan = .minutes(10),
    lockout: TimeSpan = .hours(1),
    maxPer24h: Int = 8
  ) -> Program {
    var program = self
    program.patientDose = PatientDose(
      volume: .nL(dose),
      over: over,
      lockout: lockout,
      maxPer24h: maxPer24h
    )
    return program
  }

  /// With something else in it changed.
  func with(_ change: (inout Program) -> Void) -> Program {
    var program = self
    change(&program)
    return program
  }
}

/// What a test expected to be able to build and could not.
struct NotBuilt: Error {
  let what: String
}

extension Controller {
  /// A controller at the instant of commissioning: Monday 2026-01-05, 08:00 by local time.
  static func commissioned(
    model: PumpModel = .test,
    fill nanolitres: Int64 = 20_000_000,
    mixture: Mixture = .baclofen,
    pathEmpty: Bool = false,
    local: LocalTime = LocalTime(milliseconds: 20_458 * 86_400_000 + 8 * 3_600_000)
  ) throws(NotBuilt) -> Controller {
    let controller = Controller(
      model: model,
      catheter: Length(micrometres: 800_000),
      local: local,
      fill: .nL(nanolitres),
      mixture: mixture,
      pathEmpty: pathEmpty
    )
    guard let controller else { throw NotBuilt(what: "the controller") }
    return controller
  }
}

/// A pump on test hardware.
typealias TestPump = Pump<TestMotor, TestMemory, EventRecorder>

extension Pump where Motor == TestMotor, Memory == TestMemory, Sink == EventRecorder {
  /// A pump at the instant of commissioning, with its first program in force.
  static func commissioned(
    _ program: Program,
    controller: Controller? = nil,
    layout: StoreLayout = .test
  ) throws -> TestPump {
    try TestPump(
      commissioning: try controller ?? .commissioned(),
      program: program,
      layout: layout,
      motor: TestMotor(),
      memory: TestMemory(layout),
      sink: EventRecorder()
    )
  }
}

extension Pump {
  /// Advances by a span.
  mutating func advance(by span: TimeSpan) {
    advance(to: controller.time + span)
  }

  /// The whole entries of the journal.
  var journalRecords: [JournalRecord] {
    var records: [JournalRecord] = []
    forEachJournalRecord { records.append($0) }
    return records
  }

  /// How many strokes the supervisor refused.
  var permitsRefused: Int {
    journalRecords.count { $0.kind == .permitRefused }
  }
}
