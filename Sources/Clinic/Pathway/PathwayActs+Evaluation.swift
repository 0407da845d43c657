import Therapy

/// All acts of the pathway.
enum PathwayActs {
  static let all =
    evaluation + trial + implant + visits + outcomes + complications + scans + end

  static func act(_ name: String) -> PathwayAct? { all.first { $0.name == name } }

  static let beforePump: Set<PatientStage> = [.evaluation, .trial, .implant]

  static let today: @Sendable (PatientRecord, Instant) -> String = { _, now in now.day.text }
  static let now: @Sendable (PatientRecord, Instant) -> String = { _, now in now.fieldText }

  /// The answers about what may stand against a pump, all on one sheet.
  private struct Contraindications: Decodable {
    struct Answer: Decodable {
      let holds: Bool
      let note: String?
    }

    let answers: [(Contraindication, Answer)]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    /// Of the items alone: beside them stands whether questions are confirmed.
    init(from decoder: any Decoder) throws {
      let box = try decoder.container(keyedBy: Key.self)
      answers = try Contraindication.allCases.compactMap { what in
        let key = Key(stringValue: what.rawValue)
        return try box.decodeIfPresent(Answer.self, forKey: key).map { (what, $0) }
      }
    }
  }

  static let evaluation: [PathwayAct] = [
    PathwayAct(
      "diagnosis",
      .evaluation,
      "Indication",
      "Record the indication",
      audit: "recorded the indication",
      by: [.physician],
      at: beforePump,
      [
        .choice(
          "condition",
          "What the therapy is considered for",
          { (word: Condition) in word.words }
        ),
        ActField(
          "code",
          "ICD-10-CM",
          .name,
          hint: "As in G89.4; a code that is not a usual one of the indication is asked about.",
          isRequired: false
        ),
        ActField("since", "Since", .day, isRequired: false),
      ]
    ) { (body: Diagnosis) in [.recordDiagnosis(body)] },
    PathwayAct(
      "history",
      .evaluation,
      "History",
      "Record the history",
      audit: "recorded the history",
      at: beforePump,
      [ActField("text", "History", .words)]
    ) { (body: Note) in [.takeHistory(body)] },
    PathwayAct(
      "examination",
      .evaluation,
      "Examination",
      "Record the examination",
      audit: "recorded an examination",
      at: beforePump,
      [ActField("text", "Findings", .words)]
    ) { (body: Note) in [.examine(body)] },
    PathwayAct(
      "regimen",
      .evaluation,
      "Medicines now",
      "Record the medicine",
      audit: "recorded a medicine",
      by: AccountRole.clinical,
      at: beforePump,
      [
        ActField(
          "name",
          "Medicine",
          .name,
          hint: "One at a time; none where nothing is taken. Opioids are recorded on the overview."
        ),
        ActField(
          "dose",
          "Dose with its unit",
          .name,
          hint: "As in 20 mg 3 times a day.",
          isRequired: false
        ),
        ActField("sideEffects", "Side effects", .words, isRequired: false),
      ]
    ) { (body: RegimenDrug) in [.recordRegimen(body)] },
    PathwayAct(
      "tried",
      .evaluation,
      "Therapies tried",
      "Record the therapy",
      audit: "recorded a therapy that was tried",
      at: beforePump,
      [
        ActField("what", "What was tried", .words),
        .choice(
          "outcome",
          "How it ended",
          { (word: TriedOutcome) in NameWords.spaced(word.rawValue) }
        ),
        ActField("why", "Why it is not enough", .words),
      ]
    ) { (body: TriedTherapy) in [.recordTried(body)] },
    PathwayAct(
      "psychology",
      .evaluation,
      "Psychological screening",
      "Record the screening",
      audit: "recorded a psychological screening",
      at: beforePump,
      [
        .choice(
          "finding",
          "Finding",
          { (word: PsychologicalFinding) in NameWords.spaced(word.rawValue) }
        ),
        ActField("summary", "Summary", .words),
        ActField("examiner", "Examiner", .name),
        ActField("on", "On", .day, preset: today),
      ]
    ) { (body: PsychologicalScreening) in [.screenPsychology(body)] },
    PathwayAct(
      "contraindications",
      .evaluation,
      "What may stand against it",
      "Record the answers",
      audit: "answered contraindications",
      at: beforePump,
      Contraindication.allCases.flatMap { what in
        [
          ActField(
            "\(what.rawValue).holds",
            what.words,
            .answer,
            preset: { record, _ in
              record.pathway.evaluation.contraindications[what].map { $0.holds ? "yes" : "no" }
                ?? ""
            }
          ),
          ActField(
            "\(what.rawValue).note",
            "\(what.words): what was found",
            .name,
            hint: "Asked for where the answer is yes.",
            isRequired: false,
            preset: { record, _ in
              record.pathway.evaluation.contraindications[what]?.note ?? ""
            }
          ),
        ]
      }
    ) { (body: Contraindications) in
      body.answers.map { what, answer in
        .answerContraindication(
          ContraindicationAnswer(what: what, holds: answer.holds, note: answer.note)
        )
      }
    },
    PathwayAct(
      "survival",
      .evaluation,
      "Expected survival",
      "Record the survival",
      audit: "recorded the expected survival",
      by: [.physician],
      at: beforePump,
      [.choice("survival", "With a cancer", { (word: Survival) in word.words })]
    ) { (body: ExpectedSurvival) in [.expectSurvival(body)] },
    PathwayAct(
      "goal",
      .evaluation,
      "Goals",
      "Record the goal",
      audit: "recorded a goal",
      at: beforePump,
      [ActField("text", "In the patient's words", .words)]
    ) { (body: Goal) in [.setGoal(body)] },
    PathwayAct(
      "expectations",
      .evaluation,
      "Talk about expectations",
      "Record the talk",
      audit: "recorded the talk about expectations",
      at: beforePump,
      [
        ActField(
          "summary",
          "What was said",
          .words,
          hint: "What the therapy can do, what it cannot, and what it asks of the patient."
        ),
        ActField("on", "On", .day, preset: today),
      ]
    ) { (body: ExpectationsTalk) in [.talkExpectations(body)] },
    PathwayAct(
      "consent",
      .evaluation,
      "Consent",
      "Record the answer",
      audit: "recorded a consent",
      at: beforePump.union([.therapy]),
      [
        .choice("scope", "To what", { (word: ConsentScope) in NameWords.spaced(word.rawValue) }),
        ActField("isGiven", "The patient agrees", .answer),
        ActField("representative", "Who speaks for the patient", .name, isRequired: false),
        ActField("on", "On", .day, preset: today),
      ]
    ) { (body: Consent) in [.recordConsent(body)] },
    PathwayAct(
      "decision",
      .evaluation,
      "Decision",
      "Record the decision",
      audit: "decided on the therapy",
      by: [.physician],
      at: [.evaluation],
      needsVersion: true,
      [
        .choice("outcome", "Decision", { (word: EvaluationOutcome) in word.words }),
        ActField("reasons", "Reasons", .words),
        ActField(
          "plan",
          "What is done instead",
          .words,
          hint: "Asked for unless it is to proceed.",
          isRequired: false
        ),
        ActField(
          "despite",
          "Why it goes on against what stands in the way",
          .words,
          isRequired: false
        ),
      ]
    ) { (body: EvaluationDecision) in [.decide(body)] },
  ]
}
