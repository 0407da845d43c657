import Formulary
import Quantities
import Therapy

/// Somebody of the demonstration whose course in this clinic did not begin with a pump that came along, so
/// that every stage of the pathway has someone.
///
/// All of it is invented, as each record's first note says; the protocols that it follows are cited there.
struct DemoCourse {
  enum By { case physician, nurse, pharmacist }

  struct Act {
    let at: Instant
    let by: By
    let command: TherapyCommand
  }

  let id: String
  private(set) var acts: [Act] = []

  mutating func add(_ at: Instant, _ by: By, _ commands: TherapyCommand...) {
    acts += commands.map { Act(at: at, by: by, command: $0) }
  }

  /// All of them.
  ///
  /// - Parameter start: when the demonstration begins.
  /// - Returns: each with acts in the order of their times.
  /// - Throws: where a figure is not of its form.
  static func all(_ start: Instant) throws -> [DemoCourse] {
    [
      try evaluation(start), try trialFailed(start), try trialRunning(start), try planned(start),
      try recovering(start), try explanted(start), try troubled(start), try weaning(start),
    ]
  }

  /// A time of a day before the demonstration, which begins at 08:00.
  static func time(_ start: Instant, _ daysAgo: Int64, _ hour: Int64 = 8) -> Instant {
    Instant(milliseconds: start.milliseconds - daysAgo * 86_400_000 + (hour - 8) * 3_600_000)
  }

  static func need<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw DemoError("\(what) is not of its form") }
    return value
  }

  // MARK: Before a pump

  /// Referred two weeks ago; some of what a decision needs is there.
  private static func evaluation(_ start: Instant) throws -> Self {
    var course = Self(id: "petit-louise")
    let at = time(start, 14, 10)
    course.add(
      at,
      .nurse,
      try enroll("Louise", "Petit", "1969-08-21", "C-1013", "Dr. Invented"),
      note("Pain after two operations of the back; nothing here is anybody's record."),
      .pathway(.takeHistory(Note(text: "L4/5 and L5/S1 operated, 2019 and 2021; pain since."))),
      .pathway(.recordRegimen(RegimenDrug(name: "pregabalin", dose: "150 mg 2 times a day")))
    )
    course.add(
      at,
      .physician,
      .pathway(
        .recordDiagnosis(
          Diagnosis(
            condition: .failedBackSurgery,
            code: "M96.1",
            since: try need(Day("2021-06-01"), "since")
          )
        )
      ),
      .pathway(.examine(Note(text: "No new deficit; flexion painful.")))
    )
    course.add(time(start, 7, 9), .nurse, score(.pain(8), time(start, 7, 9)))
    return course
  }

  /// All that a decision to proceed needs.
  private mutating func evaluate(
    _ condition: Condition,
    _ code: String?,
    scores: [Score],
    at: Instant
  ) throws {
    add(
      at,
      .physician,
      .pathway(
        .recordDiagnosis(
          Diagnosis(
            condition: condition,
            code: code,
            since: try Self.need(Day("2016-04-01"), "since")
          )
        )
      ),
      .pathway(.examine(Note(text: "As invented.")))
    )
    add(
      at,
      .nurse,
      .pathway(.takeHistory(Note(text: "As invented."))),
      .pathway(.recordRegimen(RegimenDrug(name: "tizanidine", dose: "4 mg 3 times a day"))),
      .pathway(
        .recordTried(
          TriedTherapy(what: "by mouth", outcome: .notTolerated, why: "too drowsy to be up")
        )
      ),
      .pathway(.setGoal(Goal(text: "To sit at the table for a meal."))),
      .pathway(
        .talkExpectations(
          ExpectationsTalk(summary: "No cure; refills for life.", on: at.day)
        )
      ),
      .pathway(.recordConsent(Consent(scope: .trial, isGiven: true, on: at.day)))
    )
    if condition.indication == .nonCancer {
      add(
        at,
        .nurse,
        .pathway(
          .screenPsychology(
            PsychologicalScreening(
              finding: .suitable,
              summary: "Nothing that stands against it.",
              examiner: "Dr. Invented",
              on: at.day
            )
          )
        )
      )
    }
    for what in Contraindication.allCases {
      add(
        at,
        .nurse,
        .pathway(.answerContraindication(ContraindicationAnswer(what: what, holds: false)))
      )
    }
    for value in scores { add(at, .nurse, Self.score(value, at)) }
    add(
      at,
      .physician,
      .pathway(
        .decide(EvaluationDecision(outcome: .proceed, reasons: "What is there was tried."))
      )
    )
  }

  /// Pain that fell by a quarter, where half was the rule.
  private static func trialFailed(_ start: Instant) throws -> Self {
    var course = Self(id: "varga-istvan")
    course.add(
      time(start, 30),
      .nurse,
      try enroll("István", "Varga", "1955-12-03", "C-1014", nil),
      note(
        "A trial that failed by its rule. That success is a fall by half: guwsmedical, patient selection "
          + "(pathway, section 2). Doses as the formulary's trials of morphine."
      )
    )
    try course.evaluate(
      .peripheralNeuropathy,
      "G62.9",
      scores: [.pain(8)],
      at: time(start, 21)
    )
    let day = time(start, 6, 9)
    course.add(
      day,
      .physician,
      .pathway(
        .beginTrial(
          TrialPlan(
            method: .singleInjection,
            drug: "morphine",
            rule: .painFallsPercent(50),
            isInpatient: true
          )
        )
      )
    )
    course.add(
      day + .hour,
      .nurse,
      .pathway(
        .giveTrialDose(
          TrialDose(
            dose: try Mass(text: "0.2 mg"),
            volume: try Volume(text: "1 mL"),
            givenAt: day + .hour
          )
        )
      )
    )
    course.add(
      day + 5 * .hour,
      .nurse,
      .pathway(
        .observeTrial(
          TrialObservation(takenAt: day + 5 * .hour, breathsPerMinute: 13, sedation: 1)
        )
      ),
      score(.pain(6), day + 5 * .hour)
    )
    course.add(
      time(start, 4, 9),
      .physician,
      .pathway(
        .concludeTrial(
          TrialConclusion(outcome: .failed, reasons: "Pain 8 to 6; itching, drowsy.")
        )
      )
    )
    return course
  }

  private static let stiff: [Score] = [
    .ashworth(.three, .kneeFlexors), .ashworth(.three, .ankleFlexors),
    .spasms(frequency: 3, severity: 2),
  ]

  /// Yesterday's first dose did little; the next one may be given at ten.
  private static func trialRunning(_ start: Instant) throws -> Self {
    var course = Self(id: "haddou-yasmin")
    course.add(
      time(start, 20),
      .nurse,
      try enroll("Yasmin", "Haddou", "1981-05-17", "C-1015", "Dr. Invented"),
      note("Screening by the label's doses of baclofen: 50, 75, 100 ug, a day apart (formulary).")
    )
    try course.evaluate(.multipleSclerosis, "G35.D", scores: stiff, at: time(start, 10))
    try course.tryBaclofen(doses: [("50 ug", "1 mL")], worksAt: nil, from: time(start, 1, 9))
    return course
  }

  private mutating func tryBaclofen(
    doses: [(dose: String, volume: String)],
    worksAt: Int?,
    from begin: Instant
  ) throws {
    add(
      begin,
      .physician,
      .pathway(
        .beginTrial(
          TrialPlan(
            method: .repeatedInjections,
            drug: "baclofen",
            rule: .ashworthFallsTenths(10),
            isInpatient: true
          )
        )
      )
    )
    for (place, dose) in doses.enumerated() {
      let given = begin + .hour + Int64(place) * .day
      add(
        given,
        .nurse,
        .pathway(
          .giveTrialDose(
            TrialDose(
              dose: try Mass(text: dose.dose),
              volume: try Volume(text: dose.volume),
              givenAt: given
            )
          )
        )
      )
      let seen = given + 4 * .hour
      let grade: AshworthGrade = place == worksAt ? .one : .three
      add(
        seen,
        .nurse,
        .pathway(
          .observeTrial(TrialObservation(takenAt: seen, breathsPerMinute: 15, sedation: 0))
        ),
        Self.score(.ashworth(grade, .kneeFlexors), seen),
        Self.score(.ashworth(grade, .ankleFlexors), seen)
      )
    }
  }

  /// The trial succeeded; the operation is tomorrow, and the checklist is begun.
  private static func planned(_ start: Instant) throws -> Self {
    var course = Self(id: "cole-arthur")
    course.add(
      time(start, 40),
      .nurse,
      try enroll("Arthur", "Cole", "1972-02-09", "C-1016", nil),
      note("Screening by the label's doses of baclofen (formulary).")
    )
    try course.succeed(start, condition: .spinalCordInjury, code: "G82.20", trialDaysAgo: 12)
    for (check, note) in [(ImplantCheck.anticoagulants, "takes none"), (.oralWeaning, "halved")] {
      course.add(
        time(start, 1, 15),
        .nurse,
        .pathway(.answerImplantCheck(ImplantCheckAnswer(what: check, finding: .good, note: note)))
      )
    }
    return course
  }

  mutating func succeed(
    _ start: Instant,
    condition: Condition,
    code: String?,
    trialDaysAgo days: Int64
  ) throws {
    try evaluate(condition, code, scores: Self.stiff, at: Self.time(start, days + 8))
    try tryBaclofen(
      doses: [("50 ug", "1 mL"), ("75 ug", "1.5 mL")],
      worksAt: 1,
      from: Self.time(start, days, 9)
    )
    add(
      Self.time(start, days - 3, 9),
      .physician,
      .pathway(
        .concludeTrial(
          TrialConclusion(
            outcome: .succeeded,
            reasons: "Two grades less after 75 ug; transfers alone.",
            effectLasted: 7 * .hour
          )
        )
      )
    )
    add(
      Self.time(start, days - 3, 10),
      .nurse,
      .pathway(
        .recordConsent(
          Consent(scope: .implant, isGiven: true, on: Self.time(start, days - 3, 10).day)
        )
      )
    )
  }
}

// MARK: Pieces

extension DemoCourse {
  static func enroll(
    _ given: String,
    _ family: String,
    _ born: String,
    _ number: String,
    _ referredBy: String?
  ) throws -> TherapyCommand {
    .pathway(
      .enroll(
        Enrolled(identity: try identity(given, family, born, number), referredBy: referredBy),
        nil
      )
    )
  }

  static func identity(
    _ given: String,
    _ family: String,
    _ born: String,
    _ number: String
  ) throws -> Identity {
    Identity(
      givenName: given,
      familyName: family,
      born: try need(Day(born), "born"),
      recordNumber: number,
      sex: nil,
      language: "en"
    )
  }

  static func note(_ text: String) -> TherapyCommand {
    .writeNote(Note(text: "Invented patient with an invented course. \(text)"))
  }

  static func score(_ score: Score, _ at: Instant) -> TherapyCommand {
    .recordScore(ScoreRecorded(score: score, takenAt: at))
  }
}
