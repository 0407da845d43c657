// Power, battery, memory and clock.

extension Machine {
  // MARK: Power

  func powerGoes() {
    isOff = true
    if outageStart == nil { outageStart = now }
    // "the bolus that was running is abandoned then (`bolusAbandoned` with what was left when the
    // power went)": then, at boot.
    if demand.running != nil { bolusCutByPowerLoss = demand.settle(at: now) }
  }

  /// "At boot: `reset`, the last committed state, …". The order within is A20.
  func powerReturns() {
    isOff = false
    emit("reset")
    // "a periodic bolus that fell due earlier is dropped without an event".
    if case .periodic(_, _, let every, _) = program.basal {
      while let due = nextPeriodic, due <= now { nextPeriodic = due + every }
    }
    stepInForce = program.basal.rate(atLocal: local)
    let cut = bolusCutByPowerLoss
    bolusCutByPowerLoss = nil
    if let cut { emitAbandoned(cut) }
    checkMemory()
    endSuspensionsIfDue()
    endOutageIfOver()
    // "A prime abandoned … by a power loss [ends] at boot, and the bridge or the basal starts
    // then".
    if let cut, cut.kind == .prime, case .priming = phase {
      emit("primeEnded")
      startBridgeOrBasal()
    }
    makeTrialStrokeIfDue()
    // "a battery mark is noticed".
    if let level = batteryInput { noteBattery(level) }
    if let due = endOfServiceDue, due <= now { endService() }
    putOffOverdueRepeats()
  }

  // MARK: Battery

  func noteBattery(_ level: BatteryLevel) {
    if isOff {
      if batteryInput != .endOfService { batteryInput = level }
      return
    }
    batteryInput = nil
    switch level {
    case .replacement:
      if replacementNoticed == nil { replacementNoticed = now }
      raise(.electiveReplacement)
    case .endOfService: endService()
    }
  }

  /// "or 90 d after the mark was noticed".
  var endOfServiceDue: Int64? {
    guard let replacementNoticed, !halts.contains(.endOfService) else { return nil }
    return replacementNoticed + 90 * day
  }

  /// "halt `endOfService`, for good".
  func endService() {
    raise(.endOfService)
    halt(.endOfService)
  }

  // MARK: Memory

  /// "CRC at each activation, at each local midnight and at boot: load the twin copy and rewrite
  /// the bad one (`programRestored`); if both are bad: the safe rate kept in a third place".
  func checkMemory() {
    let bad = badCopies
    badCopies = 0
    if bad == 1 {
      emit("programRestored")
      if Readings.oneBadCopyRaisesMemoryFault && !conditionHolds(.memoryFault) {
        raise(.memoryFault)
        endCondition(.memoryFault)
      }
    }
    if bad == 2 { runOnSafeRateAlone() }
  }

  /// The program is lost, what is left is a constant basal at the safe rate (see A19).
  private func runOnSafeRateAlone() {
    raise(.memoryFault)
    endProgramInForce()
    program.basal = .constant(rate: program.safeRate)
    program.patientDose = nil
    program.prime = nil
    program.bridge = nil
    largestIn24h = program.basal.largestIn24h
    nextPeriodic = nil
    endHalts([.stopped])
    startBasal()
  }

  // MARK: Clock

  /// "keep monotonic time from the last good value".
  func noteClockFault() {
    raise(.clockFault)
    endCondition(.clockFault)
  }
}
