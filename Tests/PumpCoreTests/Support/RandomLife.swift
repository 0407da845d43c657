import PumpTesting
import Quantities

@testable import PumpCore

extension Program {
  /// A random program whose dose limits cover a mixture; a pump may refuse it all the same.
  static func random(for mixture: Mixture, _ random: inout Seeded) -> Program {
    var program = Program(
      basal: .stopped,
      limits: Limits(
        maxRate: .nLPerDay(Int64(random.pick([450_000, 2_000_000, 24_000_000]))),
        maxVolumePer24h: .nL(Int64(random.pick([200_000, 900_000, 5_000_000])))
      ),
      safeRate: .nLPerDay(Int64(random.pick([0, 6_000, 48_000, 300_000, 2_000_000]))),
      restartGap: .hours(Int64(random.pick([1, 4, 48]))),
      lowReservoir: .nL(Int64(random.pick([100_000, 2_000_000])))
    )
    for index in 0..<Capacity.drugs where mixture[DrugID(index)] != nil {
      let micrograms = Int64(random.pick([150, 2_000, 60_000]))
      program.limits[DrugID(index)] = Mass(femtograms: micrograms * 1_000_000_000)
    }
    program.chooseBasal(&random)
    if program.basal != .stopped { program.chooseExtras(&random) }
    return program
  }

  private static func rate(_ random: inout Seeded) -> FlowRate {
    .nLPerDay(random.once(in: 8) ? 0 : Int64(random.pick(6_000...440_000)))
  }

  private mutating func chooseBasal(_ random: inout Seeded) {
    switch random.pick(0...9) {
    case 0: basal = .stopped
    case 1: basal = .minimum
    case 2, 3: basal = .constant(Self.rate(&random))
    case 4, 5:
      basal = .periodic(
        dose: .nL(Int64(random.pick(1...20_000))),
        over: .minutes(Int64(random.pick(1...25))),
        every: .minutes(Int64(random.pick([26, 60, 233, 480]))),
        background: Self.rate(&random)
      )
    default:
      basal = .scheduled
      schedule = .random(&random)
    }
  }

  private mutating func chooseExtras(_ random: inout Seeded) {
    if random.once(in: 2) {
      patientDose = PatientDose(
        volume: .nL(Int64(random.pick(1...20_000))),
        over: .minutes(Int64(random.pick(1...20))),
        lockout: .minutes(Int64(random.pick([0, 30, 60, 150]))),
        maxPer24h: random.pick(1...6)
      )
    }
    if random.once(in: 4) {
      prime = Prime(
        volume: .nL(Int64(random.pick(1...340_000))),
        over: .minutes(Int64(random.pick(20...90)))
      )
    }
    if random.once(in: 4) {
      bridge = Bridge(
        rate: .nLPerDay(Int64(random.pick(6_000...440_000))),
        volume: .nL(Int64(random.pick(1...60_000)))
      )
    }
  }
}

extension Schedule {
  /// One pattern for every day, or several with a day for each.
  static func random(_ random: inout Seeded) -> Schedule {
    var schedule = Schedule()
    let patterns = random.pick([1, 1, 2, Capacity.patterns])
    do throws(ScheduleError) {
      for _ in 0..<patterns {
        try schedule.beginPattern()
        let steps = random.pick([1, 3, random.pick(2...47), Capacity.stepsOfPattern])
        let first = patterns == 1 ? random.pick(0...29) : 0
        for step in 0..<steps {
          try schedule.addStep(
            minute: first + step * 29,
            rate: .nLPerDay(Int64(random.pick(6_000...440_000)))
          )
        }
      }
      for day in 0..<7 { try schedule.setPattern(random.pick(0...patterns - 1), ofDay: day) }
    } catch {
      preconditionFailure("a random schedule is well formed: \(error)")
    }
    return schedule
  }
}

/// A pump to which random things happen, one after the other.
struct RandomLife {
  private(set) var pump: TestPump
  var random: Seeded
  /// Whether the power may go without a warning.
  let crashes: Bool
  /// Whether bits of a stored program turn over.
  let flips: Bool
  /// Strokes that nobody commanded.
  private(set) var extraStrokes: Int64 = 0
  private(set) var fill: Int64
  private(set) var movedBeforeFill: Int64 = 0

  init(seed: UInt64, crashes: Bool = false, flips: Bool = true) throws {
    random = Seeded(seed: seed)
    self.crashes = crashes
    self.flips = flips
    fill = Int64(random.pick([300_000, 5_000_000, 20_000_000]))
    let mixture = Self.mixture(&random)
    let controller = try Controller.commissioned(
      fill: fill,
      mixture: mixture,
      pathEmpty: random.once(in: 3),
      local: LocalTime(milliseconds: 1_767_600_000_000 + Int64(random.pick(0...86_399_999)))
    )
    var pump: TestPump?
    while pump == nil {
      let program = Program.random(for: mixture, &random)
      pump = try? TestPump.commissioned(program, controller: controller)
    }
    guard let pump else { throw NotBuilt(what: "a pump") }
    self.pump = pump
    if random.once(in: 2) {
      let from = Int64(random.pick(0...2_000))
      self.pump.motor.stalls = [
        (from: .minutes(from), until: .minutes(from + Int64(random.pick([1, 30, 400]))))
      ]
    }
  }

  private static func mixture(_ random: inout Seeded) -> Mixture {
    var mixture = Mixture()
    for drug in 0..<random.pick([1, 1, 2, Capacity.drugs]) {
      let micrograms = Int64(random.pick([50, 500, 2_000]))
      mixture[DrugID(drug)] = Concentration(nanogramsPerMillilitre: micrograms * 1_000)
    }
    return random.once(in: 12) ? Mixture() : mixture
  }

  /// Advances by up to four hours, then something happens.
  mutating func step() {
    pump.advance(by: TimeSpan(milliseconds: Int64(random.pick(0...14_400_000))))
    happen()
  }

  mutating func happen() {
    switch random.pick(0...19) {
    case 0...3: pump.perform { $0.requestPatientDose() }
    case 4, 5:
      let volume = Volume.nL(Int64(random.pick(1...40_000)))
      let over = TimeSpan.minutes(Int64(random.pick(1...60)))
      pump.perform { $0.giveClinicianBolus(volume, over: over) }
    case 6: pump.perform { $0.cancelBolus() }
    case 7, 8: try? pump.activate(.random(for: pump.controller.mixture, &random))
    case 9: refill()
    case 10: halt()
    case 11: pump.perform { $0.resumeTherapy() }
    case 12: pump.perform { $0.enterSafeRate() }
    case 13: setClock()
    case 14: seeExtraStrokes()
    case 15, 16: losePower()
    case 17: pump.perform { [alarm = random.pick(Alarm.allCases)] in $0.acknowledge(alarm) }
    case 18: pump.perform { $0.clear(.overDelivery) }
    default: somethingRare()
    }
  }

  private mutating func halt() {
    let span = TimeSpan.minutes(Int64(random.pick(1...120)))
    if random.once(in: 2) {
      pump.perform { $0.suspend(for: span) }
    } else {
      pump.perform { $0.enterMRI(for: span) }
    }
  }

  private mutating func setClock() {
    let local = LocalTime(milliseconds: 1_767_600_000_000 + Int64(random.pick(0...900_000_000)))
    pump.perform { $0.setClock(to: local) }
  }

  private mutating func seeExtraStrokes() {
    let count = random.pick([1, 5, 19, 40])
    let wet = min(Int64(count), pump.controller.reservoir / 250)
    guard pump.controller.state != .off else { return }
    extraStrokes += wet
    pump.extraStrokesSeen(count)
  }

  private mutating func refill() {
    let mixture = random.once(in: 2) ? pump.controller.mixture : Self.mixture(&random)
    let volume = Int64(random.pick([250_000, 20_000_000]))
    let program = random.once(in: 3) ? nil : Program.random(for: mixture, &random)
    let moved = pump.controller.confirmedStrokes
    do throws(RefillRefusal) {
      try pump.refill(
        aspirated: pump.controller.reservoirVolume,
        fill: .nL(volume),
        mixture: mixture,
        program: program
      )
      fill = volume
      movedBeforeFill = moved
    } catch {}
  }

  private mutating func losePower() {
    if !crashes || random.once(in: 2) { pump.powerFails() }
    restart(after: .minutes(Int64(random.pick([1, 11, 300]))))
  }

  /// Starts again from the memory, with the same motor and the same sink.
  private mutating func restart(after span: TimeSpan) {
    let recovered = Pump(
      recovering: .test,
      at: pump.controller.time + span,
      layout: .test,
      motor: pump.motor,
      memory: pump.memory,
      sink: pump.sink
    )
    guard let recovered else { preconditionFailure("a memory that is whole makes a pump") }
    pump = recovered
  }

  private mutating func somethingRare() {
    switch random.pick(0...4) {
    case 0: pump.perform { $0.clockStepped() }
    case 1: pump.perform { $0.batteryShows(.replacement) }
    case 2:
      let isFull = random.once(in: 2)
      pump.perform { $0.setCatheter(pathVolume: .nL(250_000), full: isFull) }
    case 3 where flips:
      pump.memory.flip(bit: (StoreLayout.program(random.pick(0...1)) + 40) * 8)
    default:
      guard random.once(in: 4) else { return }
      pump.perform { $0.batteryShows(.endOfService) }
    }
  }
}
