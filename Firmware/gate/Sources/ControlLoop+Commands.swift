import PumpCore
import Quantities

extension ControlLoop {
  /// What must happen for certain, each at the beginning of its day.
  mutating func beginDay(_ day: Int) {
    switch day {
    case 3: stall(for: 7_200_000)
    case 5: pump.extraStrokesSeen(45)
    case 7: corruptProgram(copies: 1)
    case 8: corruptProgram(copies: 2)
    case 10: unsafe board.cutPower(afterWrites: 5)
    case 12, 13: corruptState(slots: 1)
    case 14: corruptState(slots: 2)
    case 20: show(.replacement)
    case Self.days: show(.endOfService)
    default: break
    }
  }

  /// A random command or fault.
  mutating func command() {
    switch random.below(40) {
    case 0...8: pump.perform { $0.requestPatientDose() }
    case 9...11: giveBolus()
    case 12: pump.perform { $0.cancelBolus() }
    case 13...16: activate()
    case 17: refill(fill: 2_000_000 + random.below(18_000_000))
    case 18, 19: refillUnchanged()
    case 20: suspend()
    case 21: enterMRI()
    case 22...24: pump.perform { $0.resumeTherapy() }
    case 25: pump.perform { $0.enterSafeRate() }
    case 26...29: answerAlarm()
    case 30: stall(for: random.below(5_400_000))
    case 31: pump.extraStrokesSeen(Int(1 + random.below(6)))
    case 32: if random.oneIn(4) { corruptProgram(copies: 1) }
    case 33: losePower()
    case 34, 35: cutPower()
    case 36: setClock()
    case 37: pump.perform { $0.clockStepped() }
    case 38: replaceCatheter()
    default: break
    }
  }

  // MARK: Commands

  private mutating func giveBolus() {
    let isLarge = random.oneIn(3)
    let volume = Volume(nanolitres: 1 + random.below(isLarge ? 2_000_000 : 80_000))
    let over = TimeSpan(milliseconds: (isLarge ? 7_200_000 : 60_000) + random.below(1_800_000))
    pump.perform { $0.giveClinicianBolus(volume, over: over) }
  }

  private mutating func activate() {
    let program = makeProgram(for: pump.controller.mixture)
    do throws(ProgramRefusal) {
      try pump.activate(program)
      note(program)
    } catch {
      // The sink has the refusal.
      return
    }
  }

  private mutating func refill(fill: Int64) {
    let mixture = makeMixture()
    let program = makeProgram(for: mixture)
    let aspirated = pump.controller.reservoirVolume + Volume(nanolitres: random.below(50_000))
    do throws(RefillRefusal) {
      try pump.refill(
        aspirated: aspirated,
        fill: Volume(nanolitres: fill),
        mixture: mixture,
        program: program
      )
      note(program)
    } catch {
      return
    }
  }

  /// With what was in it, or by mistake with something else, and without a program; now and then
  /// with so little that the reservoir runs empty.
  private mutating func refillUnchanged() {
    let mixture = random.oneIn(3) ? makeMixture() : pump.controller.mixture
    let fill = Volume(nanolitres: random.oneIn(3) ? 20_000 : 5_000_000)
    _ = try? pump.refill(aspirated: .zero, fill: fill, mixture: mixture, program: nil)
  }

  private mutating func note(_ program: Program) {
    switch program.basal {
    case .stopped: basals |= 1
    case .minimum: basals |= 2
    case .constant: basals |= 4
    case .scheduled: basals |= 8
    case .periodic: basals |= 16
    }
  }

  private mutating func suspend() {
    let span = TimeSpan(milliseconds: 60_000 + random.below(3_600_000))
    pump.perform { $0.suspend(for: span) }
  }

  private mutating func enterMRI() {
    let span = TimeSpan(milliseconds: 60_000 + random.below(3_600_000))
    pump.perform { $0.enterMRI(for: span) }
  }

  private mutating func answerAlarm() {
    let clears = random.oneIn(2)
    guard let alarm = Alarm(rawValue: UInt8(random.below(10))) else { return }
    pump.perform { clears ? $0.clear(alarm) : $0.acknowledge(alarm) }
  }

  private mutating func setClock() {
    let shift = random.below(172_800_000) - 86_400_000
    let local = LocalTime(milliseconds: pump.controller.localTime.milliseconds + shift)
    pump.perform { $0.setClock(to: local) }
  }

  private mutating func replaceCatheter() {
    let path = Volume(nanolitres: 60_000 + random.below(300_000))
    let full = random.oneIn(2)
    pump.perform { $0.setCatheter(pathVolume: path, full: full) }
  }

  // MARK: Faults

  private mutating func stall(for milliseconds: Int64) {
    pump.motor.stalledUntil = pump.controller.time + TimeSpan(milliseconds: milliseconds)
  }

  private mutating func corruptProgram(copies: Int) {
    for copy in 0..<copies { unsafe board.flipBit(at: StoreLayout.program(copy) + 40) }
  }

  /// One slot or both change while the power is off.
  private mutating func corruptState(slots: Int) {
    pump.powerFails()
    for slot in 0..<slots {
      let place = slots == 2 ? slot : Int(random.below(2))
      unsafe board.flipBit(at: StoreLayout.state(place) + 40)
    }
    restart(after: 60_000)
  }

  /// The power fails with a warning, and is back at once or hours later.
  private mutating func losePower() {
    pump.powerFails()
    restart(after: random.oneIn(3) ? 1 : random.below(18_000_000))
  }

  /// The power fails without a warning, in the middle of one of the next writes.
  private mutating func cutPower() {
    let count = 1 + random.below(60)
    unsafe board.cutPower(afterWrites: count)
  }

  private mutating func show(_ mark: BatteryMarks) {
    battery.insert(mark)
    let marks = battery
    pump.perform { $0.batteryShows(marks) }
  }
}
