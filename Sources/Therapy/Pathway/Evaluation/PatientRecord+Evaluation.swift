import Quantities

/// From the referral to the decision.
extension PatientRecord {
  func enroll(
    _ value: Enrolled,
    _ contact: ContactDetails?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try hold(value.identity, "identity", &decision)
    if let by = value.referredBy { try decision.hold(by, "referredBy", TextLimit.name) }
    let more = if let contact { try changeContact(contact, decision) } else { [TherapyEvent]() }
    return [.pathway(.enrolled(value))] + more
  }

  func held(_ note: Note, _ decision: Decision) throws(TherapyRefusal) -> Note {
    try decision.hold(note.text, "text", 1...20_000)
    return note
  }

  func diagnose(
    _ value: Diagnosis,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.holdPast(value.since, "since")
    if let code = value.code {
      try decision.hold(code, "code", 3...8)
      if !value.condition.codes.contains(code) {
        decision.ask("\(code) is not among the verified codes of \(value.condition.rawValue).")
      }
    }
    // A screening within a year of a brain injury is too early (formulary: baclofen, screening).
    if value.condition == .brainInjury {
      guard let since = value.since else {
        decision.ask("When was the brain injury? Screening waits for 12 months after it.")
        return .diagnosisRecorded(value)
      }
      if decision.now.day.number - since.number < 365 {
        decision.ask("A brain injury of \(since.text): screening waits for 12 months after it.")
      }
    }
    return .diagnosisRecorded(value)
  }

  func recordRegimen(
    _ value: RegimenDrug,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.name, "name", TextLimit.name)
    if let dose = value.dose { try decision.hold(dose, "dose", TextLimit.name) }
    if let effects = value.sideEffects { try decision.hold(effects, "sideEffects") }
    guard (value.name == "none") == (value.dose == nil) else {
      throw TherapyRefusal(
        .mismatch,
        "dose",
        given: value.dose ?? "nothing",
        expected: value.name == "none" ? "no dose" : "a dose with its unit",
        remedy: "Give name and dose, or the name none alone."
      )
    }
    return .regimenRecorded(value)
  }

  func recordTried(
    _ value: TriedTherapy,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.what, "what")
    try decision.hold(value.why, "why")
    return .therapyTried(value)
  }

  func screenPsychology(
    _ value: PsychologicalScreening,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.summary, "summary")
    try decision.hold(value.examiner, "examiner", TextLimit.name)
    try decision.holdPast(value.on, "on")
    return .psychologyScreened(value)
  }

  func answer(
    _ value: ContraindicationAnswer,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    if value.holds || value.note != nil { try decision.hold(value.note ?? "", "note") }
    return .contraindicationAnswered(value)
  }

  func setGoal(_ value: Goal, _ decision: Decision) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.text, "text")
    return .goalSet(value)
  }

  func talk(
    _ value: ExpectationsTalk,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.summary, "summary")
    try decision.holdPast(value.on, "on")
    return .expectationsTalked(value)
  }

  func recordConsent(
    _ value: Consent,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    if let who = value.representative { try decision.hold(who, "representative", TextLimit.name) }
    try decision.holdPast(value.on, "on")
    return .consented(value)
  }

  func decideEvaluation(
    _ value: EvaluationDecision,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.reasons, "reasons")
    if let despite = value.despite { try decision.hold(despite, "despite") }
    guard value.outcome == .proceed else {
      try decision.hold(value.plan ?? "", "plan")
      return .decided(value)
    }
    if let plan = value.plan { try decision.hold(plan, "plan") }
    if let bar = evaluationBars.first {
      throw TherapyRefusal(
        .stop,
        "outcome",
        given: "proceed with \(evaluationBars.map(\.rawValue).joined(separator: ", "))",
        expected: "that \(bar.rawValue) no longer holds",
        remedy: "Treat it, answer it anew, or decide to wait or to decline."
      )
    }
    let gaps = evaluationGaps
    guard gaps.isEmpty else {
      throw TherapyRefusal(
        .outOfOrder,
        "outcome",
        given: "proceed",
        expected: "first " + gaps.map(\.text).joined(separator: "; "),
        remedy: "Record what is missing, or decide to wait."
      )
    }
    let objections = evaluationObjections
    guard objections.isEmpty || value.despite != nil else {
      throw TherapyRefusal(
        .stop,
        "despite",
        given: "nothing",
        expected: "the reason to go on despite " + objections.joined(separator: "; "),
        remedy: "Give the reason, or decide to wait or to decline."
      )
    }
    return .decided(value)
  }
}
