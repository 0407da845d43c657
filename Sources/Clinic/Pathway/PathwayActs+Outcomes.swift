import Quantities
import Therapy

extension PathwayActs {
  /// A score as it is entered: the value as people write it, what else its scale asks for beside it.
  private struct Entry: Decodable {
    let score: Score
    let takenAt: Instant

    private enum Key: String, CodingKey {
      case scale, value, item9, valueSet, goal, days, takenAt
    }

    init(from decoder: any Decoder) throws {
      let box = try decoder.container(keyedBy: Key.self)
      let scale = try box.decode(ScoreScale.self, forKey: .scale)
      let text = try box.decode(String.self, forKey: .value)
      takenAt = try box.decode(Instant.self, forKey: .takenAt)
      let facts = scale.facts
      guard let steps = Self.steps(text, of: facts.step) else {
        throw DecodingError.dataCorruptedError(
          forKey: .value,
          in: box,
          debugDescription: facts.step == 1_000
            ? "a whole number"
            : "a number with \(facts.step == 100 ? "one decimal" : "up to three decimals")"
        )
      }
      func more(_ key: Key) throws -> Int { try box.decode(Int.self, forKey: key) }
      switch scale {
      case .phq9: score = .depression(total: steps, item9: try more(.item9))
      case .eq5dIndex:
        score = .healthIndex(
          thousandths: steps,
          valueSet: try box.decode(String.self, forKey: .valueSet)
        )
      case .goal: score = .goal(steps, number: try more(.goal))
      case .hospitalVisits: score = .hospitalVisits(steps, days: try more(.days))
      default:
        guard let rated = RatedScale(rawValue: scale.rawValue) else {
          throw DecodingError.dataCorruptedError(
            forKey: .scale,
            in: box,
            debugDescription: "a scale that is not recorded on the overview"
          )
        }
        score = .rated(rated, steps)
      }
    }

    /// `54.5` in steps of a tenth is 545; nothing where it does not fit the step.
    static func steps(_ text: String, of step: Int) -> Int? {
      let decimals = step == 1_000 ? 0 : step == 100 ? 1 : 3
      let isNegative = text.hasPrefix("-") || text.hasPrefix("−")
      let parts = text.drop { "+-−".contains($0) }
        .split(separator: ".", omittingEmptySubsequences: false)
      guard let first = parts.first, let whole = Int(first), (0...1_000_000).contains(whole),
        parts.count == 1 || (parts.count == 2 && parts[1].count <= decimals && !parts[1].isEmpty)
      else { return nil }
      var value = whole
      var rest = parts.count == 2 ? parts[1] : ""
      for _ in 0..<decimals {
        guard let digit = rest.isEmpty ? 0 : Int(String(rest.removeFirst())) else { return nil }
        value = value * 10 + digit
      }
      return isNegative ? -value : value
    }
  }

  private struct Checked: Decodable {
    let check: CareCheck
    let doneAt: Instant
    let findings: String
    let isConcerning: Bool
    let creatineKinase: Int?
  }

  /// Scales beside those of the overview.
  private static let scales = ScoreScale.allCases.filter {
    ![.nrs, .modifiedAshworth, .penn].contains($0)
  }

  private static let outcome = PathwayAct(
    "outcome",
    .outcomes,
    "A score",
    "Record the score",
    audit: "recorded a score",
    at: [.evaluation, .trial, .implant, .therapy],
    [
      ActField(
        "scale",
        "Scale",
        .choice(
          [("", "Choose")]
            + scales.map { scale in
              let facts = scale.facts
              return (
                scale.rawValue,
                "\(facts.title): \(OutcomesView.range(facts)), "
                  + (facts.better == .lower ? "lower is better" : "higher is better")
              )
            }
        )
      ),
      ActField("value", "Value", .name),
      ActField(
        "item9",
        "PHQ-9: its ninth item",
        .whole(0...3, unit: ""),
        isRequired: false
      ),
      ActField(
        "valueSet",
        "EQ-5D-5L index: value set",
        .name,
        hint: "Of a country.",
        isRequired: false
      ),
      ActField("goal", "Goal attainment: which goal", .whole(1...20, unit: ""), isRequired: false),
      ActField(
        "days",
        "Hospital visits: in how many days before",
        .whole(1...366, unit: "d"),
        isRequired: false
      ),
      ActField("takenAt", "Taken at", .instant, preset: now),
    ]
  ) { (_: Note) in [] }
  .giving { (body: Entry) in
    [.recordScore(ScoreRecorded(score: body.score, takenAt: body.takenAt))]
  }

  static let outcomes: [PathwayAct] =
    [
      outcome,
      PathwayAct(
        "alert",
        .outcomes,
        "What was done about thoughts of self-harm",
        "Record what was done",
        audit: "answered an alert of a depression score",
        at: [.evaluation, .trial, .implant, .therapy, .ended],
        [
          ActField(
            "score",
            "Entry",
            .whole(1...Int.max, unit: ""),
            hint: "The number of the score in the record.",
            preset: { record, _ in record.openAlerts.first.map { "\($0.event.position)" } ?? "" }
          ),
          ActField("action", "What was done", .words),
        ]
      ) { (body: AlertAnswered) in [.answerAlert(body)] }
      .offered { !$0.openAlerts.isEmpty }.next { !$0.openAlerts.isEmpty },
      PathwayAct(
        "check",
        .outcomes,
        "A check for side effects",
        "Record the check",
        audit: "recorded a check for side effects",
        at: [.therapy],
        [
          .choice(
            "check",
            "Check",
            { (word: CareCheck) in
              "\(NameWords.spaced(word.rawValue)): \(word.facts.asks.joined(separator: ", "))"
            }
          ),
          ActField("doneAt", "Done at", .instant, preset: now),
          ActField("findings", "Findings", .words),
          ActField("isConcerning", "Something has to be done about it", .answer),
          ActField(
            "creatineKinase",
            "Creatine kinase",
            .whole(0...1_000_000, unit: "U/L"),
            hint: "With its own check only.",
            isRequired: false
          ),
        ]
      ) { (body: Checked) in
        [
          .recordCheck(
            CareCheckDone(
              check: body.check,
              doneAt: body.doneAt,
              findings: body.findings,
              isConcerning: body.isConcerning,
              creatineKinase: body.creatineKinase
            )
          )
        ]
      },
    ] + tapers

  /// A plan as it is entered: an opioid of the list, or another medicine by its name.
  private struct Taper: Decodable {
    let opioid: OralDrug?
    let other: String?
    let from: DailyDose
    let steps: [TaperStep]

    var plan: TaperPlan? {
      let medicine: TaperedMedicine? =
        opioid.map { .opioid($0) } ?? other.map { .other($0) }
      return medicine.map { TaperPlan(medicine: $0, from: from, steps: steps) }
    }

    init(from decoder: any Decoder) throws {
      let box = try decoder.container(keyedBy: Key.self)
      opioid = try box.decodeIfPresent(OralDrug.self, forKey: .opioid)
      other = try box.decodeIfPresent(String.self, forKey: .other)
      from = try box.decode(DailyDose.self, forKey: .from)
      steps = try box.decode([TaperStep].self, forKey: .steps)
      guard (opioid == nil) != (other == nil) else {
        throw DecodingError.dataCorruptedError(
          forKey: .other,
          in: box,
          debugDescription: "an opioid of the list or another medicine, one of the two"
        )
      }
    }

    private enum Key: String, CodingKey { case opioid, other, from, steps }
  }

  private static let plan = ActField(
    "plan",
    "Taper",
    .whole(1...Int.max, unit: ""),
    hint: "Its number in the list above.",
    preset: { record, _ in
      record.pathway.tapers.last { $0.isUnderWay }.map { "\($0.id.position)" } ?? ""
    }
  )

  private static let hasTaper: @Sendable (PatientRecord) -> Bool = {
    $0.pathway.tapers.contains(where: \.isUnderWay)
  }

  private static let tapers: [PathwayAct] = [
    PathwayAct(
      "taper",
      .outcomes,
      "Taper a medicine by mouth or skin",
      "Plan the taper",
      audit: "planned a taper",
      by: [.physician],
      at: [.implant, .therapy],
      [
        .choice(
          "opioid",
          "Opioid",
          { (word: OralDrug) in NameWords.spaced(word.rawValue) },
          isRequired: false
        ),
        ActField("other", "Or another medicine", .name, isRequired: false),
        ActField("from", "Taken now", .quantity(["mg/d"])),
        ActField(
          "steps",
          "Steps",
          .rows(
            [
              ActField("on", "From", .day),
              ActField("dose", "Dose of a day", .quantity(["mg/d"])),
            ],
            6
          )
        ),
      ]
    ) { (body: Taper) in body.plan.map { [.planTaper($0)] } ?? [] },
    PathwayAct(
      "taper-step",
      .outcomes,
      "The next step of a taper was taken",
      "Record the step",
      audit: "recorded a step of a taper",
      at: [.implant, .therapy, .ended],
      [
        plan,
        ActField(
          "step",
          "Step",
          .whole(1...60, unit: ""),
          preset: { record, _ in
            record.pathway.tapers.last { $0.isUnderWay }?.next.map { "\($0.number)" } ?? ""
          }
        ),
        ActField(
          "dose",
          "Taken from now on",
          .quantity(["mg/d"]),
          preset: { record, _ in
            record.pathway.tapers.last { $0.isUnderWay }?.next?.step.dose.text ?? ""
          }
        ),
        ActField("on", "On", .day, preset: today),
      ]
    ) { (body: TaperStepTaken) in [.takeTaperStep(body)] }
    .offered(where: hasTaper),
    PathwayAct(
      "taper-stop",
      .outcomes,
      "Stop a taper",
      "Stop the taper",
      audit: "stopped a taper",
      at: [.implant, .therapy, .ended],
      [
        plan,
        .choice("reason", "Reason", { (word: TaperStopReason) in NameWords.spaced(word.rawValue) }),
        ActField("what", "What happened", .words),
        ActField("dose", "Taken from now on", .quantity(["mg/d"])),
      ]
    ) { (body: TaperStopped) in [.stopTaper(body)] }
    .offered(where: hasTaper),
  ]
}
