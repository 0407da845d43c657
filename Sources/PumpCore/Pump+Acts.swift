public import Quantities

/// What the link does with a pump: acts that carry a number, questions before them, notes of them.
extension Pump {
  /// Two slots of the memory for what the link keeps.
  public var slotPair: SlotPair { SlotPair(layout) }

  /// Does something with the controller and stores the number of the act in the same write, so that
  /// after a cut either both are there or neither (SR-102).
  public mutating func perform(act: Int64, _ command: (inout Controller) -> Void) {
    guard core.state != .off else { return }
    command(&core)
    core.mark(act)
    settle()
  }

  /// Adds an entry to the journal.
  public mutating func note(_ kind: JournalKind, detail: UInt8 = 0, value: Int64 = 0) {
    journal.add(kind, detail: detail, value: value, at: core.time, &memory)
  }

  /// Puts limits in the place of those of the program in force, which goes on as it stands.
  ///
  /// - Throws: why the program cannot run under them; then nothing has changed.
  public mutating func setLimits(_ limits: StandingLimits, act: Int64) throws(ProgramRefusal) {
    guard core.state != .off else { return }
    try core.setLimits(limits)
    core.mark(act)
    programChanged()
    settle()
  }

  /// Why a program would be refused now; nothing is told of it.
  public func refusal(of program: Program) -> ProgramRefusal? {
    do throws(ProgramRefusal) {
      try core.check(program)
      return nil
    } catch {
      return error
    }
  }

  /// Why limits would be refused now.
  public func refusal(of limits: StandingLimits) -> ProgramRefusal? {
    do throws(ProgramRefusal) {
      try core.check(limits)
      return nil
    } catch {
      return error
    }
  }

  /// Why a refill would be refused now; the fill is within the capacity.
  public mutating func refusal(
    ofRefillWith mixture: Mixture,
    program: Program?
  ) -> RefillRefusal? {
    do throws(RefillRefusal) {
      try core.checkRefill(mixture, program)
      return nil
    } catch {
      return error
    }
  }

  /// Why a clinician's bolus would be refused now.
  public mutating func refusal(
    ofClinicianBolus volume: Volume,
    over: TimeSpan
  ) -> BolusRefusal? {
    core.refusal(ofClinicianBolus: volume.nanolitres, over: over.milliseconds)
  }

  /// Why the patient would be refused a dose now.
  ///
  /// ``Controller/nextPatientDose(isGivenNow:)`` tells until when, where lockout or number stand against it.
  public mutating func refusalOfPatientDose() -> BolusRefusal? {
    guard let dose = core.program.patientDose else { return .notPrescribed }
    return core.refusal(ofPatientDose: dose)
  }
}

/// What holds a program whatever it plans: its limits, and what is done when they or delivery fail.
public struct StandingLimits: Sendable {
  public var limits: Limits
  public var safeRate: FlowRate
  public var restartGap: TimeSpan
  public var lowReservoir: Volume

  public init(
    limits: Limits,
    safeRate: FlowRate,
    restartGap: TimeSpan,
    lowReservoir: Volume
  ) {
    self.limits = limits
    self.safeRate = safeRate
    self.restartGap = restartGap
    self.lowReservoir = lowReservoir
  }
}

extension JournalRecord {
  /// An entry of nothing, to read one into.
  public static var empty: JournalRecord {
    JournalRecord(
      sequence: 0,
      kind: .reset,
      detail: 0,
      time: .commissioning,
      value: 0,
      repeats: 0
    )
  }
}

extension Controller {
  /// The number of the act that takes effect now, if it comes from the link.
  mutating func mark(_ act: Int64?) {
    guard let act else { return }
    actNumber = act
    needsCommit = true
  }

  /// When lockout and number of 24 h let the patient have a dose again.
  ///
  /// Halts, rates and volumes may stand against it still.
  ///
  /// - Parameter isGivenNow: whether a dose that is about to begin is to be counted also.
  /// - Returns: pump time; nothing where there are no doses.
  public func nextPatientDose(isGivenNow: Bool = false) -> PumpTime? {
    guard let dose = program.patientDose else { return nil }
    var next = now
    var recent = history
    recent.forget(upTo: now)
    if isGivenNow, !recent.isFull {
      recent.add(dose.volume.nanolitres, patient: true, at: now)
      next = now + dose.lockout.milliseconds
    } else if let last = lastPatientDose {
      next = max(next, last + dose.lockout.milliseconds)
    }
    if let end = recent.instant(untilFewerDosesThan: dose.maxPer24h) { next = max(next, end) }
    return PumpTime(milliseconds: next)
  }

  /// The fluid path as it is now, tubing and catheter.
  public var pathVolume: Volume { Volume(nanolitres: path.volume) }

  /// When the pump itself last had something to report: an alarm, a catheter event, a residual that
  /// nothing explains; nothing where it never had.
  public var troubleTime: PumpTime? {
    lastTrouble < 0 ? nil : PumpTime(milliseconds: lastTrouble)
  }

  /// Whether an alarm is latched.
  public func isLatched(_ alarm: Alarm) -> Bool { alarms.isLatched(alarm) }

  /// Whether the condition of an alarm holds.
  public func holds(_ alarm: Alarm) -> Bool { alarms.holds(alarm) }

  /// Whether a patient's or clinician's bolus, or a periodic one, runs now.
  public var isBolusRunning: Bool { demand.bolus != nil }

  /// What counts as trouble since the last bedside session (contract: Envelope).
  ///
  /// A residual is unexplained where it is off by more than a fifth of what should have left the
  /// reservoir since the last fill, and by more than half a millilitre, which syringe and access
  /// needle account for.
  func isTrouble(_ event: PumpEvent) -> Bool {
    switch event {
    case .alarmRaised, .catheterSet: true
    case .refilled(let expected, let aspirated, let filled):
      isUnexplained(
        abs(aspirated.nanolitres - expected.nanolitres),
        of: filled.nanolitres - expected.nanolitres
      )
    default: false
    }
  }

  private func isUnexplained(_ difference: Int64, of given: Int64) -> Bool {
    difference > 500_000 && difference > given / 5
  }

  mutating func setLimits(_ limits: StandingLimits) throws(ProgramRefusal) {
    precondition(isOn, "a pump without power hears no command")
    try check(limits)
    program.put(limits)
    findReservoirLow()
    findRate()
    needsCommit = true
  }

  func check(_ limits: StandingLimits) throws(ProgramRefusal) {
    var changed = program
    changed.put(limits)
    // The prime of the program in force was allowed when it began.
    changed.prime = nil
    try check(changed)
  }
}

extension Program {
  /// What holds it whatever it plans.
  public var standing: StandingLimits {
    StandingLimits(
      limits: limits,
      safeRate: safeRate,
      restartGap: restartGap,
      lowReservoir: lowReservoir
    )
  }

  /// Puts other limits in the place of its own.
  public mutating func put(_ standing: StandingLimits) {
    limits = standing.limits
    safeRate = standing.safeRate
    restartGap = standing.restartGap
    lowReservoir = standing.lowReservoir
  }
}
