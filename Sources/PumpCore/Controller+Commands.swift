public import Quantities

extension Controller {
  // MARK: Boluses

  /// The patient asks for a dose (SR-011).
  public mutating func requestPatientDose() {
    guard isOn else { return }
    guard let dose = program.patientDose else {
      emit(.patientDoseRefused(.notPrescribed))
      return
    }
    if let reason = refusal(ofPatientDose: dose) {
      emit(.patientDoseRefused(reason))
      return
    }
    history.add(dose.volume.nanolitres, patient: true, at: now)
    lastPatientDose = now
    emit(.patientDoseAccepted)
    begin(.patient, dose.volume, over: dose.over)
  }

  mutating func refusal(ofPatientDose dose: PatientDose) -> BolusRefusal? {
    if let reason = refusalByState { return reason }
    if let last = lastPatientDose, now - last < dose.lockout.milliseconds { return .lockout }
    history.forget(upTo: now)
    if history.patientDoses >= dose.maxPer24h || history.isFull { return .dailyMaximum }
    return refusal(ofVolume: dose.volume.nanolitres)
  }

  /// A clinician gives a bolus (SR-008).
  public mutating func giveClinicianBolus(_ volume: Volume, over: TimeSpan) {
    guard isOn else { return }
    if let reason = refusal(ofClinicianBolus: volume.nanolitres, over: over.milliseconds) {
      emit(.clinicianBolusRefused(reason))
      return
    }
    history.add(volume.nanolitres, patient: false, at: now)
    begin(.clinician, volume, over: over)
  }

  mutating func refusal(ofClinicianBolus volume: Int64, over: Int64) -> BolusRefusal? {
    if let reason = refusalByState { return reason }
    let most = min(program.limits.maxRate, model.maximumRate)
    let room = most.nanolitresPerDay - basalRate
    if bolusExceeds(volume, over: over, room) { return .rateLimit }
    history.forget(upTo: now)
    return history.isFull ? .volumeLimit : refusal(ofVolume: volume)
  }

  @inline(__always)
  private var refusalByState: BolusRefusal? {
    if !halts.isEmpty || !safeReasons.isEmpty { return .halted }
    if phase != .basal { return .bridging }
    return demand.bolus == nil ? nil : .busy
  }

  /// Projected, so that basal never has to be cut for a bolus (H-04, H-05).
  @inline(__always)
  private func refusal(ofVolume volume: Int64) -> BolusRefusal? {
    if plan.exceeds(program.limits.maxVolumePer24h, with: history.nanolitres + volume) {
      return .volumeLimit
    }
    return reservoir < volume ? .reservoir : nil
  }

  /// Abandons the running bolus, a prime excepted.
  public mutating func cancelBolus() {
    guard isOn, let bolus = demand.bolus, bolus.kind != .prime else { return }
    _ = abandonBolus()
  }

  // MARK: Suspensions and the safe rate

  /// The longest suspension: 4 h (contract: Faults).
  public static let longestSuspension = TimeSpan(milliseconds: 4 * 3_600_000)
  /// The longest halt for an MRI: 2 h (contract: Faults).
  public static let longestMRI = TimeSpan(milliseconds: 2 * 3_600_000)

  /// Halts delivery for a while; a further one sets a new end, and none is without an end.
  ///
  /// Whoever passes it on refuses a span above ``longestSuspension``; here it ends by then, whatever
  /// was asked (SR-022, H-57).
  public mutating func suspend(for span: TimeSpan) {
    guard isOn else { return }
    suspensionEnd = now + min(span, Self.longestSuspension).milliseconds
    needsCommit = true
    halt(.suspended)
  }

  /// Halts delivery for an MRI, for a while: ``longestMRI`` at the most, whatever was asked.
  public mutating func enterMRI(for span: TimeSpan) {
    guard isOn else { return }
    mriEnd = now + min(span, Self.longestMRI).milliseconds
    needsCommit = true
    halt(.mri)
  }

  /// Leaves `gap` and `command`, where they held before, and ends suspensions.
  public mutating func resumeTherapy() {
    guard isOn else { return }
    let held = safeReasons
    suspensionEnd = .max
    mriEnd = .max
    leave(.suspended)
    leave(.mri)
    // A gap that ending the suspension has just shown stays.
    if held.contains(.gap) { leaveSafe(.gap) }
    if held.contains(.command) { leaveSafe(.command) }
  }

  /// Delivers the safe rate until a new program or `resumeTherapy`.
  public mutating func enterSafeRate() {
    guard isOn else { return }
    enterSafe(.command)
  }

  // MARK: Alarms and battery

  /// Acknowledges an alarm; it is cleared once its condition is gone too.
  public mutating func acknowledge(_ alarm: Alarm) {
    guard isOn else { return }
    let (acknowledged, cleared) = alarms.acknowledge(alarm)
    if acknowledged { emit(.alarmAcknowledged(alarm)) }
    if cleared { emit(.alarmCleared(alarm)) }
  }

  /// Ends an over-delivery and empties its count; another alarm is only acknowledged.
  public mutating func clear(_ alarm: Alarm) {
    guard isOn else { return }
    if alarm == .overDelivery {
      extraStrokes.empty()
      needsCommit = true
      leaveSafe(.overDelivery)
      leave(.overDelivery)
    }
    acknowledge(alarm)
  }

  /// The battery input shows a mark; without power it is noticed at boot.
  public mutating func batteryShows(_ marks: BatteryMarks) {
    battery.formUnion(marks)
    if isOn { noticeBattery() }
  }

  /// Replacement counts 90 days from when it was noticed first.
  mutating func noticeBattery() {
    if battery.contains(.replacement), !alarms.holds(.electiveReplacement) {
      endOfServiceAt = now + 90 * millisecondsPerDay
      raise(.electiveReplacement)
    }
    if battery.contains(.endOfService) { reachEndOfService() }
  }

  /// The pump stops for good.
  mutating func reachEndOfService() {
    endOfServiceAt = .max
    raise(.endOfService)
    halt(.endOfService)
  }

  // MARK: Catheter

  /// The catheter was revised, or aspirated through its access port (contract: `catheter`).
  ///
  /// - Parameters:
  ///   - volume: of the whole fluid path with it.
  ///   - full: the path is full of the present mixture, else it is empty of drug, which allows a
  ///     prime once.
  public mutating func setCatheter(pathVolume volume: Volume, full: Bool) {
    guard isOn else { return }
    path = FluidPath(volume: volume.nanolitres, of: full ? reservoirMixture : .none)
    primeAllowed = !full
    emit(.catheterSet)
  }
}
