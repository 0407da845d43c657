import Quantities

extension Controller {
  /// The power fails: nothing is delivered, heard or told until ``boot(program:)``; pump time goes on.
  ///
  /// What the running bolus had contributed counts; the rest is told at boot.
  public mutating func powerFailed() {
    guard isOn else { return }
    if halts.subtracting(.stopped).isEmpty { interruptedSince = now }
    if let bolus = demand.bolus {
      let contributed = bolus.contributed(at: now)
      demand.endedBolusNanolitres += contributed
      interruptedBolus = InterruptedBolus(
        kind: bolus.kind,
        remaining: bolus.nanolitres - contributed
      )
      demand.bolus = nil
    }
    isOn = false
    needsCommit = true
    findRate()
  }

  /// The power is back: goes on from the last stored state, in its order of the contract.
  ///
  /// A trial stroke can be due at once: ask ``run(until:)`` before anything else at this instant.
  ///
  /// - Parameter memory: what was found where the program is stored.
  public mutating func boot(program memory: ProgramMemory) {
    precondition(!isOn, "a pump that is on does not boot")
    isOn = true
    emit(.reset)
    skipWhatFellDue()
    let wasPriming = abandonInterruptedBolus()
    findStep()
    findMemoryCheck()
    findRate()
    programVerified(memory)
    if suspensionEnd <= now {
      suspensionEnd = .max
      leave(.suspended)
    }
    if mriEnd <= now {
      mriEnd = .max
      leave(.mri)
    }
    checkGap()
    if wasPriming { leavePrime() }
    noticeBattery()
    if endOfServiceAt <= now { reachEndOfService() }
    findRate()
  }

  /// Periodic boluses and repeats that fell due without power are dropped; a trial stroke is made
  /// at once.
  private mutating func skipWhatFellDue() {
    if case .periodic(_, _, let every, _) = program.basal, nextPeriodic <= now {
      let missed = (now - nextPeriodic) / every.milliseconds + 1
      nextPeriodic += missed * every.milliseconds
    }
    alarms.skipRepeats(upTo: now)
    if nextTrial < now { nextTrial = now }
    if nextLimitCheck <= now {
      nextLimitCheck = (now / LimitWindow.bucketMilliseconds + 1) * LimitWindow.bucketMilliseconds
    }
  }

  /// Tells of the bolus that ran when the power failed.
  ///
  /// - Returns: whether it was a prime.
  private mutating func abandonInterruptedBolus() -> Bool {
    guard let bolus = interruptedBolus else { return false }
    interruptedBolus = nil
    emit(.bolusAbandoned(bolus.kind, remaining: Volume(nanolitres: bolus.remaining)))
    return bolus.kind == .prime
  }

  /// Tells what was found where the program is stored (SR-072, H-40, H-41).
  public mutating func programVerified(_ memory: ProgramMemory) {
    switch memory {
    case .intact: return
    case .restored:
      emit(.programRestored)
      raise(.memoryFault)
      if !isSafe(.memoryFault) { end(.memoryFault) }
    case .lost(let safeRate): loseProgram(safeRate ?? model.minimumRate)
    }
    findRate()
  }

  /// Tells what was found just before another program takes its place: nothing is lost then.
  mutating func programVerifiedBeforeActivation(_ memory: ProgramMemory) {
    guard case .lost = memory else {
      programVerified(memory)
      return
    }
    raise(.memoryFault)
    if !isSafe(.memoryFault) { end(.memoryFault) }
  }

  /// No program is left: the safe rate, until a new program (contract: Faults).
  private mutating func loseProgram(_ safeRate: FlowRate) {
    raise(.memoryFault)
    enterSafe(.memoryFault)
    if phase == .bridging { emit(.bridgeEnded) }
    phase = .basal
    program = .none
    program.safeRate = safeRate
    plan = DayPlan(of: program, model)
    nextPeriodic = .max
    nextStep = .max
  }

  /// The state that was stored last is corrupt, and this is the one before it: what was delivered
  /// since is not known, so the safe rate holds until a new program.
  mutating func stateIsStale() {
    raise(.memoryFault)
    enterSafe(.memoryFault)
  }

  /// Pump time goes on without power, to the instant of the boot.
  mutating func passTime(to instant: PumpTime) {
    precondition(!isOn, "only without power does time pass by itself")
    now = max(now, instant.milliseconds)
  }
}
