import Formulary
import Quantities
import Testing
import Therapy

/// Patients on their way to a pump.
enum PathwaySample {
  static let enrolled = Enrolled(identity: Sample.identity, referredBy: "Dr. Lehmann")

  static func mass(_ micrograms: Int64) -> Mass { Mass(femtograms: micrograms * 1_000_000_000) }

  static func dose(_ micrograms: Int64, at: Instant) -> TrialDose {
    TrialDose(
      dose: mass(micrograms),
      volume: Volume(nanolitres: micrograms * 20_000),
      givenAt: at
    )
  }

  /// All that a decision asks for; `skipping` leaves entries of one kind out.
  static func entries(
    _ condition: Condition,
    at now: Instant,
    skipping: PathwayEventKind? = nil
  ) -> [TherapyCommand] {
    var commands: [(PathwayEventKind, PathwayCommand)] = [
      (.diagnosisRecorded, .recordDiagnosis(diagnosis(condition))),
      (.historyTaken, .takeHistory(Note(text: "ten years"))),
      (.examined, .examine(Note(text: "clonus on both sides"))),
      (
        .regimenRecorded,
        .recordRegimen(RegimenDrug(name: "tizanidine", dose: "4 mg 3 times a day"))
      ),
      (
        .therapyTried,
        .recordTried(TriedTherapy(what: "oral baclofen", outcome: .notTolerated, why: "sleepy"))
      ),
      (.goalSet, .setGoal(Goal(text: "sit for an hour"))),
      (
        .expectationsTalked,
        .talkExpectations(ExpectationsTalk(summary: "no cure", on: now.day))
      ),
      (.consented, .recordConsent(Consent(scope: .trial, isGiven: true, on: now.day))),
    ]
    if condition.indication == .nonCancer {
      commands.append((.psychologyScreened, .screenPsychology(psychology(.suitable, now))))
    }
    if condition.indication == .cancer {
      commands.append(
        (.survivalExpected, .expectSurvival(ExpectedSurvival(survival: .threeMonthsOrMore)))
      )
    }
    commands += Contraindication.allCases.map {
      (
        .contraindicationAnswered,
        .answerContraindication(ContraindicationAnswer(what: $0, holds: false))
      )
    }
    return commands.filter { $0.0 != skipping }.map { .pathway($0.1) } + scores(condition, at: now)
  }

  static func diagnosis(_ condition: Condition) -> Diagnosis {
    Diagnosis(condition: condition, code: condition.codes.first, since: Sample.day("2015-01-01"))
  }

  static func psychology(_ finding: PsychologicalFinding, _ now: Instant) -> PsychologicalScreening
  {
    PsychologicalScreening(
      finding: finding,
      summary: "talk of an hour",
      examiner: "Dr. Ott",
      on: now.day
    )
  }

  static func scores(
    _ condition: Condition,
    at now: Instant,
    pain: Int = 8,
    grade: AshworthGrade = .three
  ) -> [TherapyCommand] {
    guard condition.indication == .spasticity else {
      return [.recordScore(ScoreRecorded(score: .pain(pain), takenAt: now))]
    }
    return [
      .recordScore(ScoreRecorded(score: .ashworth(grade, .kneeFlexors), takenAt: now)),
      .recordScore(ScoreRecorded(score: .ashworth(grade, .hipAdductors), takenAt: now)),
      .recordScore(ScoreRecorded(score: .spasms(frequency: 3, severity: 2), takenAt: now)),
    ]
  }

  /// Enrolled, with all that a decision asks for.
  static func evaluated(_ condition: Condition = .multipleSclerosis) throws -> Journey {
    var journey = Journey()
    try journey.give(.pathway(.enroll(enrolled, nil)))
    for command in entries(condition, at: journey.now) { try journey.give(command) }
    return journey
  }

  static let proceed = PathwayCommand.decide(EvaluationDecision(outcome: .proceed, reasons: "fits"))

  static func plan(
    _ drug: String = "baclofen",
    _ rule: TrialRule = .ashworthFallsTenths(10),
    _ method: TrialMethod = .repeatedInjections
  ) -> TrialPlan {
    TrialPlan(method: method, drug: drug, rule: rule, isInpatient: true)
  }

  /// A trial of baclofen after its first dose.
  static func dosed() throws -> Journey {
    var journey = try evaluated()
    try journey.give(.pathway(proceed))
    try journey.give(.pathway(.beginTrial(plan())))
    journey.now = journey.now + .hour
    try journey.give(.pathway(.giveTrialDose(dose(50, at: journey.now))), by: Sample.nurse)
    return journey
  }

  /// The first dose did enough: an implant may be planned.
  static func succeeded(hours: Int64 = 6) throws -> Journey {
    var journey = try dosed()
    journey.now = journey.now + 2 * .hour
    for score in scores(.multipleSclerosis, at: journey.now, grade: .onePlus) {
      try journey.give(score)
    }
    let seen = TrialObservation(takenAt: journey.now, breathsPerMinute: 14, sedation: 0)
    try journey.give(.pathway(.observeTrial(seen)), by: Sample.nurse)
    journey.now = journey.now + 6 * .hour
    let conclusion = TrialConclusion(
      outcome: .succeeded,
      reasons: "less tone",
      effectLasted: TimeSpan(milliseconds: hours * 3_600_000)
    )
    try journey.give(.pathway(.concludeTrial(conclusion)))
    return journey
  }

  /// Events of each kind of the pathway.
  static func everything() throws -> [TherapyEvent] {
    var events = try evaluated(.cancerPain).events + evaluated(.failedBackSurgery).events
    var failed = try dosed()
    let conclusion = TrialConclusion(outcome: .brokenOff, reasons: "fever")
    try failed.give(.pathway(.concludeTrial(conclusion)))
    try failed.give(.pathway(proceed))
    try failed.give(.pathway(.waiveTrial(TrialWaiver(reason: "years of baclofen by a first pump"))))
    events += failed.events
    return events + (try succeeded().events) + (try afterTrial()) + (try beside())
      + (try arrived())
  }
}
