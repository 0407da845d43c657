// Boluses: periodic ones, the patient's doses and the clinician's.

extension Machine {
  func startBolus(_ kind: BolusKind, volume: Int64, over: Int64) {
    demand.boluses.append(Bolus(kind: kind, volume: volume, over: over, start: now))
    emit("bolusStarted", ["kind": .text(kind.rawValue), "volume": .integer(volume)])
  }

  func endBolusIfDue() {
    guard let running = demand.running, running.end <= now else { return }
    let bolus = demand.settle(at: now)
    emit("bolusEnded", ["kind": .text(bolus.kind.rawValue)])
    if bolus.kind == .prime {
      emit("primeEnded")
      startBridgeOrBasal()
    }
  }

  /// "a periodic bolus that falls due [while halted] is skipped (`bolusSkipped`)"; the same at the
  /// safe rate; "a periodic one that falls due while another runs is skipped".
  func startPeriodicIfDue() {
    guard !isOff, nextPeriodic == now,
      case .periodic(let dose, let over, let every, _) = program.basal
    else { return }
    nextPeriodic = now + every
    if isHalted || isSafe || demand.running != nil {
      emit("bolusSkipped")
    } else {
      startBolus(.periodic, volume: dose, over: over)
    }
  }

  func requestPatientDose() {
    if let reason = patientRefusal() {
      emit("patientDoseRefused", ["reason": .text(reason)])
      return
    }
    let dose = program.patientDose!
    lastPatientDose = now
    patientDoseTimes.append(now)
    emit("patientDoseAccepted")
    startBolus(.patient, volume: dose.volume, over: dose.over)
  }

  func requestClinicianBolus(volume: Int64, over: Int64) {
    if let reason = clinicianRefusal(volume: volume, over: over) {
      emit("clinicianBolusRefused", ["reason": .text(reason)])
    } else {
      startBolus(.clinician, volume: volume, over: over)
    }
  }

  /// "Refused with the first reason that applies, in this order".
  private func patientRefusal() -> String? {
    guard let dose = program.patientDose else { return "notPrescribed" }
    if let reason = stateRefusal() { return reason }
    // "time since the last accepted dose began < lockout".
    if let last = lastPatientDose, now - last < dose.lockout { return "lockout" }
    // "doses accepted in (t − 24 h, t] ≥ maxPer24h".
    if patientDoseTimes.count(where: { $0 > now - day }) >= dose.maxPer24h { return "dailyMaximum" }
    return volumeRefusal(dose.volume)
  }

  private func clinicianRefusal(volume: Int64, over: Int64) -> String? {
    if let reason = stateRefusal() { return reason }
    // "basal now + bolus rate > maxRate or > the model's maximum".
    let basal = rate
    if bolusRate(volume, over: over, exceeds: program.limits.maxRate - basal) { return "rateLimit" }
    let alreadyUsed = Readings.clinicianMaximumIncludesBasal ? basal : 0
    if bolusRate(volume, over: over, exceeds: model.maximumRate - alreadyUsed) {
      return "rateLimit"
    }
    return volumeRefusal(volume)
  }

  private func stateRefusal() -> String? {
    if isHalted || isSafe { return "halted" }  // "also at the safe rate".
    guard case .basal = phase else { return "bridging" }  // "also while priming".
    return demand.running == nil ? nil : "busy"
  }

  private func volumeRefusal(_ volume: Int64) -> String? {
    // "the volumes of all patient and clinician boluses begun in (t − 24 h, t], whole, + the
    // largest planned 24 h of basal + this one > maxVolumePer24h".
    var begun: Int64 = 0
    for bolus in demand.boluses where bolus.kind == .patient || bolus.kind == .clinician {
      if bolus.start > now - day { begun += bolus.volume }
    }
    if largestIn24h.exceeds(program.limits.maxVolumePer24h, with: Int128(begun) + Int128(volume)) {
      return "volumeLimit"
    }
    // "less than the whole bolus above the empty mark".
    return reservoir < volume ? "reservoir" : nil
  }
}
