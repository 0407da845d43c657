// What a clinician or the patient asks for.

extension Machine {
  func obey(_ command: Object) {
    switch command["do"] as! String {
    case "patientDose": requestPatientDose()
    case "clinicianBolus":
      requestClinicianBolus(
        volume: readBolusVolume(command["volume"], mixture),
        over: readDuration(command["over"])
      )
    case "cancelBolus":
      // "abandons a running bolus, a prime excepted".
      if let running = demand.running, running.kind != .prime { abandonBolus() }
    case "program": receiveProgram(command["program"] as! Object)
    case "refill": refill(command)
    case "setClock": setClock(readLocal(command["local"] as! String))
    case "clear":
      let alarm = Alarm(rawValue: command["alarm"] as! String)!
      // "which always empties the count (`clear` of another alarm only acknowledges it)".
      if alarm == .overDelivery { clearOverDelivery() } else { acknowledge(alarm) }
    case "acknowledge": acknowledge(Alarm(rawValue: command["alarm"] as! String)!)
    case "resumeTherapy": resumeTherapy()
    case "enterSafeRate": enterSafe(.command)
    case "suspend": suspend(.suspended, for: readDuration(command["for"]))
    case "mri": suspend(.mri, for: readDuration(command["for"]))
    case "catheter": setCatheter(command)
    case let name: fatalError("not a command: \(name)")
    }
  }

  // MARK: Programs

  /// "a prime is accepted once after commissioning with an empty path or after a catheter event
  /// with an empty one, and only while nothing but `stopped` (in a refill: or `empty`) halts
  /// delivery and no safe reason but `gap` or `command` holds".
  func primeStanding(inRefill: Bool) -> PrimeStanding {
    let harmless: Set<Halt> = inRefill ? [.stopped, .empty] : [.stopped]
    return PrimeStanding(
      isAllowed: primeAllowance && halts.isSubset(of: harmless)
        && safeReasons.isSubset(of: [.gap, .command]),
      path: pathVolume
    )
  }

  private func receiveProgram(_ json: Object) {
    let new = readProgram(json, mixture, model)
    if let refusal = refusal(of: new, model, primeStanding(inRefill: false)) {
      emit("programRefused", ["reason": .text(refusal.reason)])
    } else {
      activate(new)
    }
  }

  /// "A new program at t abandons the running bolus (`bolusAbandoned`), ends a prime or bridge
  /// (`primeEnded`, `bridgeEnded`), then takes effect."
  func activate(_ new: Program) {
    if Readings.activationChecksOldCopies { checkMemory() }
    badCopies = 0
    endProgramInForce()
    program = new
    largestIn24h = new.basal.largestIn24h
    nextPeriodic = nil
    stepInForce = new.basal.rate(atLocal: local)
    emit("programActivated")
    endCondition(.memoryFault)
    if new.basal == .stopped { halt(.stopped) } else { endHalts([.stopped]) }
    // `gap` and `command` are left at "a new program".
    leaveSafe(.gap)
    leaveSafe(.command)
    leaveLimitIfAllowed()
    noteReservoir()
    if let prime = new.prime {
      primeAllowance = false
      phase = .priming
      emit("primeStarted")
      startBolus(.prime, volume: prime.volume, over: prime.over)
    } else {
      startBridgeOrBasal()
    }
    startPeriodicIfDue()
  }

  /// Ends what runs, without starting what would have come after it.
  func endProgramInForce() {
    if demand.running != nil { emitAbandoned(demand.settle(at: now)) }
    switch phase {
    case .priming: emit("primeEnded")
    case .bridging: emit("bridgeEnded")
    case .basal: break
    }
    phase = .basal
    nextPeriodic = nil
  }

  // MARK: Refill

  /// "A refill empties the reservoir …, then fills it, and with a `program` activates that, all or
  /// nothing."
  private func refill(_ command: Object) {
    let fill = command["fill"] as! Object
    let newMixture = readMixture(fill)
    var new: Program?
    if let json = command["program"] as? Object {
      // "(in a refill, the new one)".
      let read = readProgram(json, newMixture, model)
      // "a program that would be refused refuses the refill with its reason".
      if let refusal = refusal(of: read, model, primeStanding(inRefill: true)) {
        emit("refillRefused", ["reason": .text(refusal.reason)])
        return
      }
      new = read
    } else if newMixture != mixture {
      // "A mixture other than the one in the reservoir needs a `program` in the same refill".
      emit("refillRefused", ["reason": .text("mixtureChanged")])
      return
    }
    let aspirated = readVolume(command["aspirated"])
    // "`ratio` = (filled − aspirated) / (filled − expected), both since the last fill."
    let expectedUse = Double(filled - reservoir)
    let ratio = Double(filled - aspirated) / expectedUse
    emit(
      "refilled",
      [
        "expected": .integer(reservoir), "aspirated": .integer(aspirated),
        "ratio": expectedUse == 0 ? .null : .number(ratio),
      ]
    )
    reservoir = readVolume(fill["volume"])
    filled = reservoir
    mixtureInReservoir = mixtureIndex(newMixture)
    // "The `empty` halt ends first, then the program takes effect (it leaves a `gap` so entered,
    // and its low mark counts, not the old one)."
    endCondition(.reservoirEmpty)
    endHalts([.empty])
    if let new { activate(new) } else { noteReservoir() }
  }

  // MARK: The rest

  /// "All on monotonic time: setting the clock can neither shorten nor lengthen them."
  private func setClock(_ newLocal: Int64) {
    localOffset = newLocal - now
    emit("clockSet")
    noteStepChange()
  }

  /// Leaves `gap` and `command` "for a reason that held before it", and ends suspensions.
  private func resumeTherapy() {
    let held = safeReasons
    suspensionEnds = [:]
    endHalts([.suspended, .mri])
    if held.contains(.gap) { leaveSafe(.gap) }
    if held.contains(.command) { leaveSafe(.command) }
  }

  /// "the path is emptied of drug, or full of the present mixture (which takes the allowance for a
  /// prime away)".
  private func setCatheter(_ command: Object) {
    let isEmpty = command["path"] as! String == "empty"
    pathVolume = model.fluidPath(length: command["length"] as! String)
    fillPath(withDrug: !isEmpty)
    primeAllowance = isEmpty
    emit("catheterSet")
  }
}
