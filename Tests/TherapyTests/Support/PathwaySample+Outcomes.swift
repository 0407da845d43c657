import Quantities
import Therapy

/// What goes on beside the stages: complications, scans, tapers, checks.
extension PathwaySample {
  static func milligrams(_ count: Int64) -> DailyDose {
    DailyDose(mass: Mass(femtograms: count * 1_000_000_000_000))
  }

  static func day(_ offset: Int64, from now: Instant) -> Day { (now + offset * .day).day }

  static func opened(_ kind: ComplicationKind, at now: Instant) -> ComplicationOpened {
    ComplicationOpened(kind: kind, signs: "as told", since: now)
  }

  /// A test with the figures that its answer needs.
  static func tested(
    _ test: TroubleshootingTest,
    _ answer: TestAnswer,
    of id: EventID,
    at now: Instant
  ) -> ComplicationTested {
    let isDone = answer != .notDone
    let residual: Int64 = answer == .tooMuch ? 12 : answer == .tooLittle ? 3 : 8
    let volumes: [TroubleshootingTest: Volume] = [
      .residual: Sample.mL(residual), .aspiration: Sample.mL(3), .contrast: Sample.mL(2),
      .reprime: Sample.mL(1),
    ]
    return ComplicationTested(
      complication: id,
      test: test,
      answer: answer,
      doneAt: now,
      vitals: test == .vitals ? VitalSigns(breathsPerMinute: 14, systolic: 120) : nil,
      volume: isDone ? volumes[test] : nil,
      expected: isDone && test == .residual ? Sample.mL(8) : nil,
      degrees: test == .rotor && isDone ? (answer == .turns ? 90 : 0) : nil,
      note: answer == test.facts.answers[0] ? nil : "as seen"
    )
  }

  static func scan(
    _ family: MRIPumpFamily = .rotor,
    at instant: Instant,
    field: Int = 1_500
  ) -> MRIPlanned {
    MRIPlanned(at: instant, reason: "spine", family: family, fieldMillitesla: field)
  }

  /// A step of a scan, with what it needs.
  static func step(
    _ step: MRIStep,
    of id: EventID,
    at now: Instant,
    isGood: Bool = true
  ) -> MRIStepDone {
    MRIStepDone(
      scan: id,
      step: step,
      doneAt: now,
      isGood: isGood,
      exposure: step == .scan
        ? MRIExposure(fieldMillitesla: 1_500, sarMilliwattsPerKilogram: 1_500) : nil,
      volume: [.emptyReservoir, .volumeBefore, .volumeAfter].contains(step) ? Sample.mL(9) : nil,
      note: isGood ? nil : "no recovery in the log"
    )
  }

  /// From 60 mg/d of oxycodone down to none in four weeks.
  static func taper(_ medicine: TaperedMedicine = .opioid(.oxycodone), at now: Instant)
    -> TaperPlan
  {
    TaperPlan(
      medicine: medicine,
      from: milligrams(60),
      steps: [(0, 45), (7, 34), (14, 26), (21, 20)].map {
        TaperStep(on: day($0.0, from: now), dose: milligrams($0.1))
      }
    )
  }

  /// One event of each kind that stands beside the stages.
  static func beside() throws -> [TherapyEvent] {
    var journey = try Journey.adopted()
    func last() -> EventID { EventID(position: journey.record.position) }
    try journey.give(
      .recordScore(ScoreRecorded(score: .depression(total: 9, item9: 1), takenAt: journey.now)),
      by: Sample.patient
    )
    try journey.give(
      .pathway(.answerAlert(AlertAnswered(score: last(), action: "talked for an hour")))
    )
    let check = CareCheckDone(
      check: .baclofenEffects,
      doneAt: journey.now,
      findings: "none",
      isConcerning: false
    )
    try journey.give(.pathway(.recordCheck(check)), by: Sample.nurse)
    try journey.give(.pathway(.openComplication(opened(.infection, at: journey.now))))
    let complication = last()
    for (test, answer) in [
      (TroubleshootingTest.vitals, TestAnswer.stable), (.examination, .confirmed),
    ] {
      try journey.give(
        .pathway(.testComplication(tested(test, answer, of: complication, at: journey.now)))
      )
    }
    let closed = ComplicationClosed(
      complication: complication,
      finding: .infection,
      done: "antibiotics"
    )
    try journey.give(.pathway(.closeComplication(closed)))
    try journey.give(.pathway(.planMRI(scan(at: journey.now))))
    try journey.give(.pathway(.cancelMRI(MRICancelled(scan: last(), reason: "a CT did it"))))
    try journey.give(.pathway(.planMRI(scan(at: journey.now))))
    let planned = last()
    while let next = journey.record.pathway.scans.last?.next {
      try journey.give(.pathway(.takeMRIStep(step(next, of: planned, at: journey.now))))
    }
    try journey.give(.pathway(.closeMRI(MRIClosed(scan: planned))))
    for medicine in [TaperedMedicine.opioid(.oxycodone), .other("tizanidine")] {
      try journey.give(.pathway(.planTaper(taper(medicine, at: journey.now))))
      let plan = last()
      let taken = TaperStepTaken(plan: plan, step: 1, dose: milligrams(45), on: journey.now.day)
      try journey.give(.pathway(.takeTaperStep(taken)), by: Sample.nurse)
      let stopped = TaperStopped(
        plan: plan,
        reason: .patientWish,
        what: "not now",
        dose: milligrams(45)
      )
      try journey.give(.pathway(.stopTaper(stopped)), by: Sample.nurse)
    }
    return journey.events
  }

  /// Of a patient whom another clinic transferred.
  static func arrived() throws -> [TherapyEvent] {
    var journey = try ArrivalTests.arrived()
    let checked = ArrivalChecked(part: .pump, agrees: true, note: "interrogated")
    try journey.give(.pathway(.checkArrival(checked)))
    return journey.events
  }
}
