import Quantities

extension Controller {
  // MARK: Alarms

  mutating func raise(_ alarm: Alarm) {
    if alarms.raise(alarm, at: now) { emit(.alarmRaised(alarm)) }
  }

  mutating func end(_ alarm: Alarm) {
    guard alarms.holds(alarm) else { return }
    needsCommit = true
    if alarms.end(alarm) { emit(.alarmCleared(alarm)) }
  }

  /// Raises or ends `reservoirLow` after a fill or a program.
  mutating func findReservoirLow() {
    if reservoir <= program.lowReservoir.nanolitres {
      raise(.reservoirLow)
    } else {
      end(.reservoirLow)
    }
  }

  // MARK: Halts

  /// Delivery is halted: no demand accrues, a running bolus is abandoned (SR-014, SR-021).
  mutating func halt(_ reason: HaltReason) {
    guard !isHalted(reason) else { return }
    if reason != .stopped, halts.subtracting(.stopped).isEmpty { interruptedSince = now }
    let wasPriming = abandonBolus()
    halts.insert(HaltSet(reason))
    // What fell due together with the stroke that halts is lost with it.
    commandedStrokes = demand.total(at: now) / model.strokeVolume.nanolitres
    emit(.halted(reason))
    if wasPriming { leavePrime() }
    findRate()
  }

  /// A halt reason is gone; delivery resumes where it was the last.
  mutating func leave(_ reason: HaltReason) {
    guard isHalted(reason) else { return }
    halts.remove(HaltSet(reason))
    needsCommit = true
    if halts.isEmpty { emit(.resumed) }
    if reason != .stopped { checkGap() }
    findRate()
  }

  /// After an interruption of `restartGap` or longer the full dose does not come back by itself
  /// (SR-024, H-17).
  mutating func checkGap() {
    guard halts.isEmpty, now - interruptedSince >= program.restartGap.milliseconds else { return }
    raise(.therapyGap)
    enterSafe(.gap)
  }

  // MARK: The safe rate

  /// The safe rate replaces basal, bridge and periodic boluses (SR-020).
  mutating func enterSafe(_ reason: SafeReason) {
    guard !isSafe(reason) else { return }
    let wasPriming = abandonBolus()
    safeReasons.insert(SafeSet(reason))
    if reason == .limit {
      nextLimitCheck = (now / LimitWindow.bucketMilliseconds + 1) * LimitWindow.bucketMilliseconds
    }
    emit(.safeRateEntered(reason))
    if wasPriming { leavePrime() }
    findRate()
  }

  mutating func leaveSafe(_ reason: SafeReason) {
    guard isSafe(reason) else { return }
    safeReasons.remove(SafeSet(reason))
    emit(.safeRateLeft(reason))
    switch reason {
    case .limit:
      nextLimitCheck = .max
      end(.doseLimit)
    case .gap: end(.therapyGap)
    case .overDelivery: end(.overDelivery)
    case .memoryFault: end(.memoryFault)
    case .command: break
    }
    findRate()
  }

  // MARK: Boluses and phases

  /// Begins a bolus now; none runs.
  mutating func begin(_ kind: BolusKind, _ volume: Volume, over: TimeSpan) {
    demand.bolus = RunningBolus(
      kind: kind,
      nanolitres: volume.nanolitres,
      over: over.milliseconds,
      begin: now
    )
    emit(.bolusStarted(kind, volume))
  }

  /// The running bolus has given all of it.
  mutating func endBolus() {
    guard let bolus = demand.bolus else { return }
    demand.endedBolusNanolitres += bolus.nanolitres
    demand.bolus = nil
    emit(.bolusEnded(bolus.kind))
    if bolus.kind == .prime { leavePrime(inOrder: true) }
  }

  /// Abandons the running bolus: it keeps what it had contributed; the rest is recorded.
  ///
  /// - Returns: whether it was a prime: then what follows it begins once the cause is in force.
  mutating func abandonBolus() -> Bool {
    guard let bolus = demand.bolus else { return false }
    let contributed = bolus.contributed(at: now)
    demand.endedBolusNanolitres += contributed
    demand.bolus = nil
    emit(
      .bolusAbandoned(
        bolus.kind,
        remaining: Volume(nanolitres: bolus.nanolitres - contributed)
      )
    )
    return bolus.kind == .prime
  }

  /// The prime has ended or was abandoned: the bridge or the basal begins.
  ///
  /// - Parameter inOrder: see ``beginBasal(inOrder:)``.
  mutating func leavePrime(inOrder: Bool = false) {
    emit(.primeEnded)
    beginBridge(inOrder: inOrder)
  }

  mutating func beginPrime(_ prime: Prime) {
    phase = .priming
    primeAllowed = false
    emit(.primeStarted)
    begin(.prime, prime.volume, over: prime.over)
    findRate()
  }

  mutating func beginBridge(inOrder: Bool = false) {
    guard program.bridge != nil else {
      beginBasal(inOrder: inOrder)
      return
    }
    phase = .bridging
    bridgeProgress = 0
    emit(.bridgeStarted)
    findRate()
  }

  /// Basal begins, and with it the count of a periodic program, halted or not.
  ///
  /// - Parameter inOrder: the first periodic bolus waits for its place in the order of this instant,
  ///   since what stands before it, such as leaving `limit`, is still to come. Else that place has
  ///   passed, and it is due at once.
  mutating func beginBasal(inOrder: Bool) {
    phase = .basal
    findRate()
    if case .periodic = program.basal {
      nextPeriodic = now
      if !inOrder { periodicDue() }
    }
  }

  /// A periodic bolus falls due: it begins, or is skipped where something stands in its way.
  mutating func periodicDue() {
    guard case .periodic(let dose, let over, let every, _) = program.basal else { return }
    nextPeriodic += every.milliseconds
    guard state == .running, demand.bolus == nil else {
      emit(.bolusSkipped)
      return
    }
    begin(.periodic, dose, over: over)
  }
}
