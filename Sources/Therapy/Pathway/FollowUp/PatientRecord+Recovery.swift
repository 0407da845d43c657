import Formulary
import Quantities

/// After an implant: what is seen, how long someone watches, and what the patient is told.
extension PatientRecord {
  func observeRecovery(
    _ value: RecoveryObservation,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let implant = pathway.implants.last else { throw noImplant("takenAt") }
    try decision.holdPast(value.takenAt, "takenAt")
    // The operation may have been recorded after it.
    guard let day = implant.implanted.pump.implantedOn, value.takenAt >= day.start else {
      throw TherapyRefusal(
        .outOfOrder,
        "takenAt",
        given: value.takenAt.text,
        expected: "after the implant",
        remedy: "Look at date and time."
      )
    }
    if let breaths = value.breathsPerMinute {
      try decision.hold(breaths, in: 0...80, "breathsPerMinute")
    }
    if let oxygen = value.oxygenSaturation {
      try decision.hold(oxygen, in: 30...100, "oxygenSaturation")
    }
    if let sedation = value.sedation { try decision.hold(sedation, in: 0...3, "sedation") }
    if let strength = value.legStrength { try decision.hold(strength, in: 0...5, "legStrength") }
    if let note = value.note { try decision.hold(note, "note") }
    guard value != RecoveryObservation(takenAt: value.takenAt) else {
      throw TherapyRefusal(
        .value,
        "",
        given: "nothing",
        expected: "breathing, sedation, wound, headache, leak, strength or a note",
        remedy: "Enter what was seen."
      )
    }
    return .recoveryObserved(value)
  }

  func giveAftercare(
    _ value: AftercareGiven,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let implant = pathway.implants.last else { throw noImplant("items") }
    if let who = value.to { try decision.hold(who, "to", TextLimit.name) }
    guard !value.items.isEmpty, Set(value.items).count == value.items.count else {
      throw TherapyRefusal(
        .value,
        "items",
        given: "\(value.items.count) items",
        expected: "at least one, each once",
        remedy: "Name what was told or given."
      )
    }
    guard !implant.aftercare.isSuperset(of: value.items) else {
      throw TherapyRefusal(
        .twice,
        "items",
        given: value.items.map(\.rawValue).joined(separator: ", "),
        expected: "something that was not told yet",
        remedy: "Nothing needs to be recorded."
      )
    }
    return .aftercareGiven(value)
  }

  /// What the patient has not been told since the last implant.
  public var openAftercare: [AftercareItem] {
    guard stage == .therapy, let implant = pathway.implants.last else { return [] }
    return AftercareItem.allCases.filter { !implant.aftercare.contains($0) }
  }

  /// Until when someone watches after the first prime and the first program; the longest of the drugs.
  ///
  /// Opioids: 24 h with staff at hand (label of Mitigo, seen). Of the others the formulary knows only
  /// how long a trial dose is watched; that, or a day, is taken for a first prime too, unverified.
  public var recoveryWatch: RecoveryWatch? {
    guard stage == .therapy, let implant = pathway.implants.last,
      let start = [implant.primed?.endedAt, implant.startedAt].compactMap(\.self).max()
    else { return nil }
    let watches = implant.implanted.fill.fluid.drugs.map { Self.watch($0.name, from: start) }
    return watches.max { $0.until < $1.until }
  }

  private static func watch(_ name: String, from start: Instant) -> RecoveryWatch {
    func watch(_ span: TimeSpan, _ source: String, _ isVerified: Bool) -> RecoveryWatch {
      RecoveryWatch(until: start + span, drug: name, source: source, isVerified: isVerified)
    }
    let drug = DrugLibrary.standard.drug(name)
    if drug?.drugClass == .opioid {
      return watch(24 * .hour, "label of Mitigo, after a first dose", true)
    }
    if let observe = drug?.screening?.observe {
      return watch(observe.value.upperBound, "as after a trial dose; for a prime UNVERIFIED", false)
    }
    return watch(24 * .hour, "this project's own choice, UNVERIFIED", false)
  }

  /// What of the last observations needs a physician, each since when it was seen; a later
  /// observation of the same thing that is good ends it.
  public var recoveryConcerns: [(concern: RecoveryConcern, at: Instant)] {
    guard let implant = pathway.implants.last else { return [] }
    let seen = implant.observations.sorted { $0.takenAt < $1.takenAt }
    return RecoveryConcern.allCases.compactMap { concern in
      let answers = seen.indices.compactMap { index in
        seen[index].shows(concern, after: seen[..<index]).map { ($0, seen[index].takenAt) }
      }
      guard let last = answers.last, last.0 else { return nil }
      return (concern, last.1)
    }
  }
}

extension RecoveryObservation {
  /// Whether it shows the concern; nothing where that was not looked at.
  fileprivate func shows(_ concern: RecoveryConcern, after before: ArraySlice<Self>) -> Bool? {
    switch concern {
    case .breathing:
      breathsPerMinute == nil && oxygenSaturation == nil
        ? nil : breathsPerMinute.map { $0 < 10 } == true || oxygenSaturation.map { $0 < 92 } == true
    case .sedation: sedation.map { $0 >= 3 }
    case .wound: wound.map { $0 != .clean }
    case .headache: headache.map { $0 == .positional }
    case .leak: leak
    case .legs:
      // Weaker than it was at its best, or weak from the first look on: it stands until it is good.
      legStrength.map { $0 < max(before.compactMap(\.legStrength).max() ?? 4, 4) }
    }
  }
}
