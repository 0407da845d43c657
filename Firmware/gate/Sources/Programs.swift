import PumpCore
import Quantities

extension Mixture {
  /// What the pump is commissioned with.
  static var first: Mixture {
    var mixture = Mixture()
    mixture[DrugID(0)] = Concentration(nanogramsPerMillilitre: 2_000_000)
    return mixture
  }
}

extension Program {
  /// What the pump is commissioned with: a prime, then a constant rate.
  static var first: Program {
    var limits = Limits(
      maxRate: FlowRate(nanolitresPerDay: 3_000_000),
      maxVolumePer24h: Volume(nanolitres: 1_500_000)
    )
    limits[DrugID(0)] = Mass(femtograms: 2_000_000_000_000)
    var program = Program(
      basal: .constant(FlowRate(nanolitresPerDay: 400_000)),
      limits: limits,
      safeRate: FlowRate(nanolitresPerDay: 48_000),
      restartGap: TimeSpan(milliseconds: 7_200_000),
      lowReservoir: Volume(nanolitres: 1_000_000)
    )
    program.prime = Prime(
      volume: Volume(nanolitres: 236_000),
      over: TimeSpan(milliseconds: 1_200_000)
    )
    return program
  }
}

extension ControlLoop {
  /// A mixture of one or two of three drugs; two of its concentrations have many digits.
  mutating func makeMixture() -> Mixture {
    var mixture = Mixture()
    let drug = Int(random.below(3))
    mixture[DrugID(drug)] = Concentration(
      nanogramsPerMillilitre: random.oneIn(2) ? 2_000_000 : 1_234_567
    )
    if random.oneIn(3) {
      mixture[DrugID((drug + 1) % 3)] = Concentration(
        nanogramsPerMillilitre: random.oneIn(2) ? 500_000 : 98_765
      )
    }
    return mixture
  }

  /// A random program of any basal mode, mostly with a patient dose, now and then with a prime, a
  /// bridge, or numbers that its own limits refuse.
  mutating func makeProgram(for mixture: Mixture) -> Program {
    var program = Program(
      basal: makeBasal(),
      limits: makeLimits(for: mixture),
      safeRate: FlowRate(nanolitresPerDay: random.oneIn(4) ? 0 : 48_000 + random.below(100_000)),
      restartGap: TimeSpan(milliseconds: 1_800_000 + random.below(14_400_000)),
      lowReservoir: Volume(nanolitres: random.below(2_000_000))
    )
    if program.basal == .scheduled { program.schedule = makeSchedule() }
    if !random.oneIn(4) { program.patientDose = makePatientDose() }
    if random.oneIn(8) {
      program.prime = Prime(
        volume: Volume(nanolitres: 50_000 + random.below(250_000)),
        over: TimeSpan(milliseconds: 1_800_000)
      )
    }
    if random.oneIn(3) {
      program.bridge = Bridge(
        rate: FlowRate(nanolitresPerDay: 200_000 + random.below(800_000)),
        volume: Volume(nanolitres: 10_000 + random.below(200_000))
      )
    }
    return program
  }

  private mutating func makeRate() -> FlowRate {
    FlowRate(nanolitresPerDay: 5_900 + random.below(1_600_000))
  }

  private mutating func makeBasal() -> Basal {
    switch random.below(9) {
    case 0: .stopped
    case 1: .minimum
    case 2, 3: .constant(makeRate())
    case 4, 5, 6: .scheduled
    default:
      .periodic(
        dose: Volume(nanolitres: 5_000 + random.below(60_000)),
        over: TimeSpan(milliseconds: 300_000 + random.below(1_200_000)),
        every: TimeSpan(milliseconds: 1_800_000 + random.below(14_400_000)),
        background: makeRate()
      )
    }
  }

  /// The volume limit is narrow for some programs, the dose limit for others.
  private mutating func makeLimits(for mixture: Mixture) -> Limits {
    var limits = Limits(
      maxRate: FlowRate(nanolitresPerDay: 1_000_000 + random.below(20_000_000)),
      maxVolumePer24h: Volume(nanolitres: 800_000 + random.below(4_000_000))
    )
    for index in 0..<Capacity.drugs {
      guard let concentration = mixture[DrugID(index)] else { continue }
      limits[DrugID(index)] = Volume(nanolitres: 200_000 + random.below(2_000_000)) * concentration
    }
    return limits
  }

  private mutating func makePatientDose() -> PatientDose {
    var nanolitres = 5_000 + random.below(50_000)
    #if PLANT_DIFFERENCE
    nanolitres += 1
    #endif
    return PatientDose(
      volume: Volume(nanolitres: nanolitres),
      over: TimeSpan(milliseconds: 60_000 + random.below(1_200_000)),
      lockout: TimeSpan(milliseconds: 600_000 + random.below(3_600_000)),
      maxPer24h: Int(1 + random.below(12))
    )
  }

  /// One pattern for all days, or another one for the weekend.
  private mutating func makeSchedule() -> Schedule {
    var schedule = Schedule()
    let patterns = random.oneIn(2) ? 1 : 2
    do throws(ScheduleError) {
      for _ in 0..<patterns { try addPattern(to: &schedule) }
      for day in 5..<7 where patterns == 2 { try schedule.setPattern(1, ofDay: day) }
    } catch {
      preconditionFailure("the steps ascend and fit")
    }
    return schedule
  }

  /// Mostly a few steps; now and then as many as a pattern can have.
  private mutating func addPattern(to schedule: inout Schedule) throws(ScheduleError) {
    try schedule.beginPattern()
    let steps = random.oneIn(16) ? Int64(Capacity.stepsOfPattern) : 1 + random.below(12)
    var minute = Int(random.below(60))
    for _ in 0..<steps where minute < 1_440 {
      try schedule.addStep(minute: minute, rate: makeRate())
      minute += Int(1 + random.below(1_380 / steps))
    }
  }
}
