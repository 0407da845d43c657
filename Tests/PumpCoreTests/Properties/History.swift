import PumpCore
import PumpTesting
import Quantities

/// A random life of a pump: its constants, its first program, and what is done to it.
///
/// One mixture throughout, so that what leaves the tip follows from the strokes alone.
struct History {
  /// Something done at an instant.
  enum Act {
    case patientDose
    case clinicianBolus(Volume, over: TimeSpan)
    case cancelBolus
    case program(Program)
    case refill(Volume)
    case suspend(TimeSpan)
    case mri(TimeSpan)
    case resume
    case safeRate
    case setClock(LocalTime)
    case extraStrokes(Int)
    case powerLoss(TimeSpan)
    case acknowledge(Alarm)
    case clearOverDelivery
  }

  let model: PumpModel
  let mixture: Mixture
  let fill: Volume
  let local: LocalTime
  let program: Program
  let acts: [(at: PumpTime, act: Act)]
  let stall: (from: PumpTime, until: PumpTime)?
  let end: PumpTime
  /// No stall, no extra strokes, no loss of power, no refill of little.
  let isQuiet: Bool

  static let concentration = Concentration(nanogramsPerMillilitre: 2_000_000)

  init(seed: UInt64) {
    var random = Seeded(seed: seed)
    model = PumpModel(
      strokeVolume: Volume(nanolitres: Int64(random.pick([250, 500, 1000]))),
      capacity: Volume(nanolitres: 40_000_000),
      minimumRate: FlowRate(nanolitresPerDay: 6_000),
      maximumRate: FlowRate(nanolitresPerDay: 24_000_000),
      tubing: Volume(nanolitres: 14_000),
      catheterVolume: LinearVolume(picolitresPerCentimetre: 220_000)
    )
    var mixture = Mixture()
    mixture[DrugID(0)] = Self.concentration
    self.mixture = mixture
    isQuiet = random.once(in: 2)
    fill = Volume(
      nanolitres: isQuiet ? 20_000_000 : Int64(random.pick([150_000, 700_000, 18_000_000]))
    )
    local = LocalTime(milliseconds: 1_767_600_000_000 + Int64(random.pick(0...1439)) * 60_000)
    end = PumpTime(milliseconds: Int64(random.pick([8, 20, 30])) * 3_600_000)
    program = Self.program(&random)
    stall = isQuiet || random.once(in: 2) ? nil : Self.stall(&random)
    var acts: [(at: PumpTime, act: Act)] = []
    for _ in 0..<random.pick(2...18) {
      let at = PumpTime(
        milliseconds: Int64(random.pick(0...Int(end.milliseconds / 60_000))) * 60_000
      )
      acts.append((at, Self.act(&random, quiet: isQuiet)))
    }
    self.acts = acts.sorted { $0.at < $1.at }
  }

  private static func stall(_ random: inout Seeded) -> (from: PumpTime, until: PumpTime) {
    let from = Int64(random.pick(0...1000)) * 60_000
    return (
      PumpTime(milliseconds: from),
      PumpTime(milliseconds: from + Int64(random.pick([1, 30, 90, 400])) * 60_000)
    )
  }

  static func program(_ random: inout Seeded) -> Program {
    var limits = Limits(
      maxRate: FlowRate(nanolitresPerDay: 24_000_000),
      maxVolumePer24h: Volume(nanolitres: Int64(random.pick([120_000, 700_000, 3_000_000])))
    )
    limits[DrugID(0)] = Mass(
      femtograms: Int64(random.pick([60, 300, 6_000])) * 1_000_000_000
    )
    var program = Program(
      basal: .minimum,
      limits: limits,
      safeRate: FlowRate(nanolitresPerDay: Int64(random.pick([0, 6_000, 48_000]))),
      restartGap: Int64(random.pick([1, 4, 48])) * TimeSpan.hour,
      lowReservoir: Volume(nanolitres: 100_000)
    )
    basal(&program, &random)
    if random.once(in: 2), program.basal != .stopped {
      program.patientDose = PatientDose(
        volume: Volume(nanolitres: Int64(random.pick(1...20)) * 1_000),
        over: Int64(random.pick(1...15)) * TimeSpan.minute,
        lockout: Int64(random.pick([0, 30, 60, 150])) * TimeSpan.minute,
        maxPer24h: random.pick(1...5)
      )
    }
    return program
  }

  private static func basal(_ program: inout Program, _ random: inout Seeded) {
    let rate = FlowRate(nanolitresPerDay: Int64(random.pick(6...400)) * 1_000)
    switch random.pick(0...9) {
    case 0: program.basal = .stopped
    case 1: program.basal = .minimum
    case 2...4:
      program.basal = .scheduled
      do throws(ScheduleError) {
        try program.schedule.beginPattern()
        for minute in [0, 333, 720, 1201] {
          let step = FlowRate(nanolitresPerDay: Int64(random.pick(6...400)) * 1_000)
          try program.schedule.addStep(minute: minute, rate: step)
        }
      } catch { preconditionFailure("\(error)") }
    case 5, 6:
      program.basal = .periodic(
        dose: Volume(nanolitres: Int64(random.pick(1...15)) * 1_000),
        over: Int64(random.pick(1...20)) * TimeSpan.minute,
        every: Int64(random.pick([25, 60, 233, 480])) * TimeSpan.minute,
        background: rate
      )
    default: program.basal = .constant(rate)
    }
  }

  private static func act(_ random: inout Seeded, quiet: Bool) -> Act {
    switch random.pick(0...(quiet ? 13 : 19)) {
    case 0...4: .patientDose
    case 5:
      .clinicianBolus(
        Volume(nanolitres: Int64(random.pick(1...40)) * 1_000),
        over: Int64(random.pick(1...30)) * TimeSpan.minute
      )
    case 6: .cancelBolus
    case 7: .program(program(&random))
    case 8: .suspend(Int64(random.pick(1...240)) * TimeSpan.minute)
    case 9: .mri(Int64(random.pick(1...120)) * TimeSpan.minute)
    case 10: .resume
    case 11: .safeRate
    case 12, 13:
      .setClock(
        LocalTime(milliseconds: 1_767_600_000_000 + Int64(random.pick(-5000...5000)) * 60_000)
      )
    case 14: .extraStrokes(random.pick([1, 7, 19, 20, 40]))
    case 15: .powerLoss(Int64(random.pick([1, 60, 4_000, 20_000])) * TimeSpan(milliseconds: 1_000))
    case 16: .refill(Volume(nanolitres: Int64(random.pick([100_000, 20_000_000]))))
    case 17: .acknowledge(random.pick(Alarm.allCases))
    case 18: .clearOverDelivery
    default: .resume
    }
  }
}
