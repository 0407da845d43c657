import Quantities

/// What people see and write down.
extension PatientRecord {
  func recordScore(
    _ value: ScoreRecorded,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdPast(value.takenAt, "takenAt")
    try hold(value.score, decision)
    if decision.author.role == .patient, value.score.scale.facts.teller == .patient {
      return [.scoreRecorded(value)]
    }
    guard decision.author.role.isClinical else {
      throw TherapyRefusal(
        .role,
        "score",
        given: decision.author.role.rawValue,
        expected: "physician or nurse",
        remedy: "Patients tell what they feel and do; other scores are taken by an examiner."
      )
    }
    return [.scoreRecorded(value)]
  }

  func recordOralOpioid(
    _ drug: OralDrug,
    _ dose: DailyDose,
    _ since: Day?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdNotNegative(dose, "dose")
    try decision.holdPast(since, "since")
    guard let equivalent = drug.morphine(for: dose),
      equivalent.mass.femtograms <= 10_000 * 1_000_000_000_000
    else {
      throw TherapyRefusal(
        .value,
        "dose",
        given: dose.text,
        expected: "a dose of at most 10 g of morphine by mouth",
        remedy: "Look at number and unit."
      )
    }
    // Over 300 mg/d is rare: this project's own threshold, for slips only.
    if equivalent.mass.femtograms > 300 * 1_000_000_000_000 {
      decision.ask("\(drug.rawValue) \(dose.text) is like \(equivalent.text) of morphine by mouth.")
    }
    return [
      .oralOpioidRecorded(
        OralOpioid(
          drug: drug,
          dose: dose,
          equivalent: equivalent,
          factor: drug.factor,
          source: drug.source,
          isVerified: drug.isVerified,
          since: since
        )
      )
    ]
  }

  func recordSideEffect(
    _ value: SideEffect,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(value.what, "what")
    try decision.holdPast(value.since, "since")
    return [.sideEffectRecorded(value)]
  }

  func writeNote(
    _ value: Note,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(value.text, "text", 1...20_000)
    return [.noteWritten(value)]
  }

  /// Observations are struck out; what a pump said or a person signed is not.
  func correct(
    _ value: Correction,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(value.reason, "reason")
    let standing =
      scores.map { ($0.event, $0.struckOut) } + oralOpioids.map { ($0.event, $0.struckOut) }
      + sideEffects.map { ($0.event, $0.struckOut) } + notes.map { ($0.event, $0.struckOut) }
      + diary.map { ($0.event, $0.struckOut) }
    guard let found = standing.first(where: { $0.0 == value.event }) else {
      throw TherapyRefusal(
        .unknown,
        "event",
        given: "event \(value.event.position)",
        expected: "a score, an oral dose, a side effect, an entry of the diary or a note",
        remedy: "What else is wrong is put right by recording it anew."
      )
    }
    guard found.1 == nil else {
      throw TherapyRefusal(
        .twice,
        "event",
        given: "event \(value.event.position)",
        expected: "an event that stands",
        remedy: "It has been struck out."
      )
    }
    return [.corrected(value)]
  }
}
