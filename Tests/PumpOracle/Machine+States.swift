// Halts, the safe rate, and the gap between them.

extension Machine {
  /// "Halts can overlap: each new reason gives `halted`, and `resumed` comes when none is left."
  func halt(_ reason: Halt) {
    guard !halts.contains(reason) else { return }
    halts.insert(reason)
    if reason != .stopped && outageStart == nil { outageStart = now }
    emit("halted", ["reason": .text(reason.rawValue)])
    abandonBolus()
  }

  func endHalts(_ reasons: Set<Halt>) {
    guard !halts.isDisjoint(with: reasons) else { return }
    halts.subtract(reasons)
    if halts.isEmpty { emit("resumed") }
    endOutageIfOver()
  }

  /// "delivery comes back after `restartGap` or longer without any: from the first halt to the last
  /// one's end, every reason but `stopped`, time switched off too; a program sent meanwhile does
  /// not reset it; none where `stopped` still holds at that end".
  func endOutageIfOver() {
    guard let start = outageStart, !isOff, halts.subtracting([.stopped]).isEmpty else { return }
    outageStart = nil
    if !halts.contains(.stopped) && now - start >= program.restartGap {
      enterSafe(.gap)
      raise(.therapyGap)
    }
  }

  /// "entering it abandons a running bolus. … a reason that holds is not entered again".
  func enterSafe(_ reason: SafeReason) {
    guard !safeReasons.contains(reason) else { return }
    safeReasons.insert(reason)
    emit("safeRateEntered", ["reason": .text(reason.rawValue)])
    abandonBolus()
  }

  func leaveSafe(_ reason: SafeReason) {
    guard safeReasons.remove(reason) != nil else { return }
    emit("safeRateLeft", ["reason": .text(reason.rawValue)])
    if reason == .gap { endCondition(.therapyGap) }
  }

  /// "halt `suspended` or `mri` until T is over or `resumeTherapy`: no suspension is without an
  /// end. A further one sets a new end".
  func suspend(_ reason: Halt, for length: Int64) {
    suspensionEnds[reason] = now + length
    halt(reason)
  }

  /// Those whose time is over: at their instant, or at boot.
  func endSuspensionsIfDue() {
    let over = suspensionEnds.filter { $0.value <= now }
    for reason in over.keys { suspensionEnds[reason] = nil }
    endHalts(Set(over.keys))
  }

  /// A bolus that runs is abandoned: "where it is abandoned it keeps what it had contributed".
  ///
  /// "A prime abandoned by a halt or a safe rate ends at that instant …, and the bridge or the
  /// basal starts then, whether or not delivery runs."
  func abandonBolus() {
    guard demand.running != nil else { return }
    let bolus = demand.settle(at: now)
    emitAbandoned(bolus)
    if bolus.kind == .prime {
      emit("primeEnded")
      startBridgeOrBasal()
    }
  }

  func emitAbandoned(_ bolus: Bolus) {
    emit(
      "bolusAbandoned",
      [
        "kind": .text(bolus.kind.rawValue), "remaining": .integer(bolus.volume - bolus.settled!),
      ]
    )
  }

  func startBridgeOrBasal() {
    if let bridge = program.bridge {
      phase = .bridging(
        begun: demand.rateTimesMilliseconds,
        target: Int128(bridge.volume) * Int128(day)
      )
      emit("bridgeStarted")
    } else {
      startBasal()
    }
  }

  /// "Basal, and a periodic program's count of P, start when prime and bridge have ended or been
  /// abandoned; where there is neither, at activation; also while delivery is halted."
  func startBasal() {
    phase = .basal
    if case .periodic = program.basal { nextPeriodic = now }
  }

  /// "the first millisecond at which Σ rate × ms since its start ≥ V"; "What is delivered at the
  /// safe rate counts towards a bridge's volume."
  func endBridgeIfDue() {
    guard case .bridging(let begun, let target) = phase,
      demand.rateTimesMilliseconds - begun >= target
    else { return }
    emit("bridgeEnded")
    startBasal()
  }
}
