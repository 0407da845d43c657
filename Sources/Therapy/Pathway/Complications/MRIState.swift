import Quantities

/// A scan of a patient with a pump, as far as it has come.
public struct MRIState: Equatable, Identifiable, Sendable {
  public let id: EventID
  public let plan: MRIPlanned
  public internal(set) var done: [MRIStepDone] = []
  public internal(set) var isClosed = false
  public internal(set) var cancelled: MRICancelled?

  public func isDone(_ step: MRIStep) -> Bool { done.contains { $0.step == step } }

  /// A pump that was emptied or set to nothing has to be put right, with a scan or without one.
  public var isPumpTouched: Bool { isDone(.emptyReservoir) || isDone(.programZero) }

  public var isOpen: Bool { !isClosed && (cancelled == nil || next != nil) }

  /// The next step; nothing where all of them are done.
  ///
  /// A second reading is asked for only where the first one found no recovery. A scan that was called off
  /// after the pump was touched still asks for what puts the pump right.
  public var next: MRIStep? {
    plan.family.steps.map(\.step).first { step in
      guard !isDone(step) else { return false }
      if step == .interrogateAgain {
        return done.contains { $0.step == .interrogateAfter && !$0.isGood }
      }
      guard cancelled != nil else { return true }
      return isPumpTouched && [.interrogateAfter, .refilled, .symptoms].contains(step)
    }
  }

  public var scannedAt: Instant? { done.first { $0.step == .scan }?.doneAt }

  /// Whether the last reading of the pump, and the volume where it was looked at, were good.
  var isRecovered: Bool {
    func isGood(_ steps: [MRIStep]) -> Bool? { done.last { steps.contains($0.step) }?.isGood }
    let findings = [isGood([.interrogateAfter, .interrogateAgain]), isGood([.volumeAfter])]
    return findings.contains(true) && !findings.contains(false)
  }

  /// From when on it is overdue: 2 h after the scan, as a recovery may take from there on (H-77); and a
  /// day after its appointment where nobody scanned.
  var overdueAt: Instant { scannedAt.map { $0 + 2 * .hour } ?? plan.at + .day }
}

extension PatientRecord {
  func planMRI(
    _ value: MRIPlanned,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.reason, "reason")
    guard value.at.isReckonable, value.at >= decision.now, value.at <= decision.now + 730 * .day
    else {
      throw TherapyRefusal(
        .value,
        "at",
        given: value.at.isReckonable ? value.at.text : "\(value.at.milliseconds) ms",
        expected: "from now, \(decision.now.text), to two years ahead",
        remedy: "Look at date and time."
      )
    }
    if let model = pump?.model, MRIPumpFamily(model: model) != value.family {
      throw TherapyRefusal(
        .mismatch,
        "family",
        given: value.family.rawValue,
        expected: "\(MRIPumpFamily(model: model).rawValue), as the pump is a \(model)",
        remedy: "Take the family of the pump in place."
      )
    }
    if let open = pathway.scans.first(where: \.isOpen) {
      throw TherapyRefusal(
        .twice,
        "",
        given: "another scan",
        expected: "no scan that is open: event \(open.id.position)",
        remedy: "Finish or cancel that one first."
      )
    }
    try decision.hold(value.fieldMillitesla, in: 1...20_000, "fieldMillitesla")
    let limit = value.family.limit
    guard !limit.fields.isEmpty, !limit.fields.contains(value.fieldMillitesla) else {
      return .mriPlanned(value)
    }
    let allowed = limit.fields.map { "\($0) mT" }.joined(separator: " or ")
    guard limit.isVerified else {
      decision.ask("\(value.fieldMillitesla) mT: told is \(allowed) (\(limit.source)).")
      return .mriPlanned(value)
    }
    throw TherapyRefusal(
      .limit,
      "fieldMillitesla",
      given: "\(value.fieldMillitesla) mT",
      expected: "\(allowed) (\(limit.source))",
      remedy: "Choose another scanner, or another examination."
    )
  }

  func takeMRIStep(
    _ value: MRIStepDone,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let state = try scan(value.scan)
    guard !state.isDone(value.step) else {
      throw TherapyRefusal(
        .twice,
        "step",
        given: value.step.rawValue,
        expected: state.next?.rawValue ?? "none",
        remedy: "Go on with the next step."
      )
    }
    guard value.step == state.next else {
      throw TherapyRefusal(
        .outOfOrder,
        "step",
        given: value.step.rawValue,
        expected: state.next?.rawValue ?? "none: close it",
        remedy: "Take the steps in their order."
      )
    }
    try decision.holdPast(value.doneAt, "doneAt")
    if let last = state.done.last, value.doneAt < last.doneAt {
      throw TherapyRefusal(
        .value,
        "doneAt",
        given: value.doneAt.text,
        expected: "not before \(last.doneAt.text)",
        remedy: "Look at date and time."
      )
    }
    if let note = value.note { try decision.hold(note, "note") }
    try holdGood(value, decision)
    try holdVolume(value, decision)
    try hold(value, state.plan.family.limit, &decision)
    return .mriStepDone(value)
  }

  /// What is not well before a scan stops it; what is not well after it is written down with words.
  private func holdGood(
    _ value: MRIStepDone,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    // After a scan the pump was empty: nothing is well before the record knows what is in it again.
    if value.step == .refilled, isReservoirUnknown {
      throw TherapyRefusal(
        .outOfOrder,
        "step",
        given: "refilled",
        expected: "a fill on record since the reservoir was emptied",
        remedy: "Record the refill first."
      )
    }
    guard !value.isGood else { return }
    switch value.step {
    case .interrogateAfter, .interrogateAgain, .flowValve, .volumeAfter, .symptoms:
      try decision.hold(value.note ?? "", "note")
    case .conditions, .interrogateBefore, .coverDrug, .keepRunning, .emptyReservoir, .programZero,
      .volumeBefore, .scan, .refilled:
      throw TherapyRefusal(
        .stop,
        "isGood",
        given: "\(value.step.rawValue) is not well",
        expected: "that it is",
        remedy: "Put it right, or cancel the scan."
      )
    }
  }

  private func holdVolume(
    _ value: MRIStepDone,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    let wants = [.emptyReservoir, .volumeBefore, .volumeAfter].contains(value.step)
    guard wants == (value.volume != nil) else {
      throw TherapyRefusal(
        .value,
        "volume",
        given: value.volume?.text ?? "nothing",
        expected: wants ? "the volume of the reservoir" : "no volume in this step",
        remedy: "Enter what was measured."
      )
    }
    guard let volume = value.volume else { return }
    try decision.holdNotNegative(volume, "volume")
    if let capacity = pump?.capacity, volume > capacity {
      throw TherapyRefusal(
        .limit,
        "volume",
        given: volume.text,
        expected: "at most \(capacity.text), the capacity",
        remedy: "Look at number and unit."
      )
    }
  }

  private func hold(
    _ value: MRIStepDone,
    _ limit: MRILimit,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard (value.step == .scan) == (value.exposure != nil) else {
      throw TherapyRefusal(
        .value,
        "exposure",
        given: value.exposure == nil ? "nothing" : "an exposure",
        expected: value.step == .scan ? "field and SAR" : "none in this step",
        remedy: "Field and SAR belong to the scan."
      )
    }
    guard let exposure = value.exposure else { return }
    try decision.hold(exposure.fieldMillitesla, in: 1...20_000, "exposure.fieldMillitesla")
    try decision.hold(
      exposure.sarMilliwattsPerKilogram,
      in: 0...10_000,
      "exposure.sarMilliwattsPerKilogram"
    )
    // It has happened: over a limit it is asked about and kept, since the record must tell the truth.
    if !limit.fields.isEmpty, !limit.fields.contains(exposure.fieldMillitesla) {
      let allowed = limit.fields.map { "\($0) mT" }.joined(separator: " or ")
      decision.ask("\(exposure.fieldMillitesla) mT: allowed is \(allowed) (\(limit.source)).")
    }
    if let steepest = exposure.gaussPerCentimetre {
      try decision.hold(steepest, in: 0...100_000, "exposure.gaussPerCentimetre")
      if let most = limit.gradient, steepest > most {
        decision.ask("\(steepest) G/cm: allowed is up to \(most) G/cm (\(limit.source)).")
      }
    }
    if exposure.sarMilliwattsPerKilogram > 2_000 {
      decision.ask(
        "\(exposure.sarMilliwattsPerKilogram) mW/kg: the normal mode goes to 2000 (recalled, unverified)."
      )
    }
  }

  func closeMRI(_ value: MRIClosed) throws(TherapyRefusal) -> PathwayEvent {
    let state = try scan(value.scan)
    if let next = state.next {
      throw TherapyRefusal(
        .outOfOrder,
        "scan",
        given: "closing",
        expected: "first \(next.rawValue)",
        remedy: "Take the steps that are left."
      )
    }
    // Constant flow and valves have no second reading; whoever is not well is looked after.
    let isLookedAfter = pathway.complications.contains {
      $0.openedAt >= state.scannedAt ?? state.plan.at
    }
    guard state.isRecovered || isLookedAfter else {
      throw TherapyRefusal(
        .stop,
        "scan",
        given: "a pump that has not recovered",
        expected: "a complication that was opened for it",
        remedy: "Cover the drug, open a complication, then close the scan."
      )
    }
    return .mriClosed(value)
  }

  func cancelMRI(
    _ value: MRICancelled,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let state = try scan(value.scan)
    try decision.hold(value.reason, "reason")
    guard state.scannedAt == nil, state.cancelled == nil else {
      throw TherapyRefusal(
        .twice,
        "scan",
        given: state.cancelled == nil ? "a scan that was made" : "a scan that was called off",
        expected: "a scan that lies ahead",
        remedy: "Take the steps that are left, and close it."
      )
    }
    return .mriCancelled(value)
  }

  private func scan(_ id: EventID) throws(TherapyRefusal) -> MRIState {
    guard let state = pathway.scans.first(where: { $0.id == id }) else {
      throw TherapyRefusal(
        .unknown,
        "scan",
        given: "event \(id.position)",
        expected: "a scan of this patient",
        remedy: "Plan it first."
      )
    }
    guard state.isOpen else {
      throw TherapyRefusal(
        .twice,
        "scan",
        given: "event \(id.position)",
        expected: "a scan that is open",
        remedy: "It is over."
      )
    }
    return state
  }
}
