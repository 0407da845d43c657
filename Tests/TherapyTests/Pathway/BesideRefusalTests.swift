import Quantities
import Testing
@testable import Therapy

/// Commands beside the stages that must not be taken: each with its code and its field.
struct BesideRefusalTests {
  /// A record in which one of each is open: what rows speak of by its place.
  struct Ward {
    var journey: Journey
    var alert = EventID(position: 0)
    var infection = EventID(position: 0)
    var closed = EventID(position: 0)
    var scan = EventID(position: 0)
    var taper = EventID(position: 0)
    var ended = EventID(position: 0)

    init() throws {
      journey = try Journey.adopted()
      alert = try give(
        .recordScore(ScoreRecorded(score: .depression(total: 9, item9: 1), takenAt: journey.now))
      )
      closed = try open(.erosion)
      let over = ComplicationClosed(
        complication: closed,
        finding: .erosion,
        done: "sutured",
        despite: "seen at once"
      )
      _ = try give(.pathway(.closeComplication(over)))
      infection = try open(.lostEffect)
      scan = try give(.pathway(.planMRI(PathwaySample.scan(at: journey.now))))
      let stopped = try give(
        .pathway(.planTaper(PathwaySample.taper(.other("tizanidine"), at: journey.now)))
      )
      ended = stopped
      let stop = TaperStopped(
        plan: stopped,
        reason: .other,
        what: "moved",
        dose: PathwaySample.milligrams(60)
      )
      _ = try give(.pathway(.stopTaper(stop)))
      taper = try give(.pathway(.planTaper(PathwaySample.taper(at: journey.now))))
      let check = CareCheckDone(
        check: .baclofenEffects,
        doneAt: journey.now,
        findings: "none",
        isConcerning: false
      )
      _ = try give(.pathway(.recordCheck(check)))
    }

    private mutating func open(_ kind: ComplicationKind) throws -> EventID {
      try give(.pathway(.openComplication(PathwaySample.opened(kind, at: journey.now))))
    }

    private mutating func give(_ command: TherapyCommand) throws -> EventID {
      let first = EventID(position: journey.record.position + 1)
      try journey.give(command)
      return first
    }
  }

  struct Row {
    let name: String
    let code: TherapyRefusal.Code
    let field: String
    let command: TherapyCommand
    let author: Author

    init(
      _ name: String,
      _ code: TherapyRefusal.Code,
      _ field: String,
      _ command: PathwayCommand,
      by author: Author = Sample.physician
    ) {
      (self.name, self.code, self.field) = (name, code, field)
      (self.command, self.author) = (.pathway(command), author)
    }

    init(
      _ name: String,
      _ code: TherapyRefusal.Code,
      _ field: String,
      _ score: Score,
      by author: Author = Sample.physician
    ) {
      (self.name, self.code, self.field) = (name, code, field)
      (command, self.author) = (RefusalRow.score(score), author)
    }
  }

  static let none = EventID(position: 999)
  static let now = Sample.start
  static let later = Sample.start + .hour
  static let long = String(repeating: "x", count: 2_001)

  static let scores: [Row] = [
    Row("101 % of Oswestry", .value, "value", .rated(.oswestry, 101)),
    Row("PHQ-9 of 28", .value, "value", .depression(total: 28, item9: 3)),
    Row("item 9 of 4", .value, "item9", .depression(total: 20, item9: 4)),
    Row("item 9 over the total", .mismatch, "item9", .depression(total: 1, item9: 2)),
    Row("27 without item 9", .mismatch, "item9", .depression(total: 27, item9: 0)),
    Row("GAD-7 of 22", .value, "value", .rated(.gad7, 22)),
    Row("PCS of 53", .value, "value", .rated(.painCatastrophizing, 53)),
    Row("VAS of 101", .value, "value", .rated(.eq5dVAS, 101)),
    Row(
      "an index of over 1",
      .value,
      "thousandths",
      .healthIndex(thousandths: 1_001, valueSet: "DE")
    ),
    Row("an index of no country", .value, "valueSet", .healthIndex(thousandths: 1, valueSet: " ")),
    Row("T of 9.9", .value, "tenths", .rated(.promisPainInterference, 99)),
    Row("sleep of 11", .value, "value", .rated(.sleep, 11)),
    Row("a goal that is not set", .unknown, "goal", .goal(0, number: 1)),
    Row("goal 0", .unknown, "goal", .goal(0, number: 0)),
    Row("a goal by +3", .value, "value", .goal(3, number: 1)),
    Row("visits in no days", .value, "days", .hospitalVisits(1, days: 0)),
    Row("visits below none", .value, "value", .hospitalVisits(-1, days: 90)),
    Row(
      "a patient's index",
      .role,
      "score",
      .healthIndex(thousandths: 1, valueSet: "DE"),
      by: Sample.patient
    ),
    Row(
      "a patient for the caregiver",
      .role,
      "score",
      .rated(.caregiverSatisfaction, 5),
      by: Sample.patient
    ),
  ]

  static func answers(_ ward: Ward) -> [Row] {
    func alert(_ id: EventID, _ action: String = "talked") -> PathwayCommand {
      .answerAlert(AlertAnswered(score: id, action: action))
    }
    func check(
      _ check: CareCheck = .baclofenEffects,
      at instant: Instant = now,
      findings: String = "none",
      kinase: Int? = nil
    ) -> PathwayCommand {
      .recordCheck(
        CareCheckDone(
          check: check,
          doneAt: instant,
          findings: findings,
          isConcerning: false,
          creatineKinase: kinase
        )
      )
    }
    return [
      Row("no alert", .unknown, "score", alert(none)),
      Row("an alert of no score", .unknown, "score", alert(ward.scan)),
      Row("an alert without words", .value, "action", alert(ward.alert, "")),
      Row("an alert by a pharmacist", .role, "", alert(ward.alert), by: Sample.pharmacist),
      Row("an alert by the patient", .role, "", alert(ward.alert), by: Sample.patient),
      Row("a check of tomorrow", .value, "doneAt", check(at: later)),
      Row("a check of the same time", .outOfDate, "doneAt", check()),
      Row("a check without findings", .value, "findings", check(findings: " ")),
      Row("a check too long", .value, "findings", check(findings: long)),
      Row("kinase without a value", .mismatch, "creatineKinase", check(.creatineKinase)),
      Row("a value in another check", .mismatch, "creatineKinase", check(kinase: 1)),
      Row(
        "kinase below nothing",
        .value,
        "creatineKinase",
        check(.creatineKinase, kinase: -1)
      ), Row("a check by an auditor", .role, "", check(), by: Sample.auditor),
    ]
  }

  static func complications(_ ward: Ward) -> [Row] {
    func open(_ kind: ComplicationKind, _ signs: String = "x", _ since: Instant = now)
      -> PathwayCommand
    { .openComplication(ComplicationOpened(kind: kind, signs: signs, since: since)) }
    func test(
      _ test: TroubleshootingTest = .vitals,
      _ answer: TestAnswer = .stable,
      of id: EventID? = nil,
      at instant: Instant = now,
      vitals: VitalSigns? = VitalSigns(pulse: 70),
      volume: Volume? = nil,
      degrees: Int? = nil,
      note: String? = nil
    ) -> PathwayCommand {
      .testComplication(
        ComplicationTested(
          complication: id ?? ward.infection,
          test: test,
          answer: answer,
          doneAt: instant,
          vitals: vitals,
          volume: volume,
          degrees: degrees,
          note: note
        )
      )
    }
    func close(
      _ finding: ComplicationFinding = .noFault,
      of id: EventID? = nil,
      done: String = "x",
      despite: String? = nil
    ) -> PathwayCommand {
      .closeComplication(
        ComplicationClosed(
          complication: id ?? ward.infection,
          finding: finding,
          done: done,
          despite: despite
        )
      )
    }
    return [
      Row("the same one open twice", .twice, "kind", open(.lostEffect)),
      Row("a complication without signs", .value, "signs", open(.bleeding, "")),
      Row("a complication of tomorrow", .value, "since", open(.bleeding, "x", later)),
      Row("a complication by a patient", .role, "", open(.bleeding), by: Sample.patient),
      Row("a complication by a server", .role, "", open(.bleeding), by: Sample.server),
      Row("a test of nothing", .unknown, "complication", test(of: none)),
      Row("a test of a closed one", .twice, "complication", test(of: ward.closed)),
      Row("a test of a scan", .unknown, "complication", test(of: ward.scan)),
      Row("X-ray before vitals", .outOfOrder, "test", test(.xray, .intact)),
      Row("contrast first of all", .outOfOrder, "test", test(.contrast, .normal)),
      Row("an answer of another test", .value, "answer", test(.vitals, .intact)),
      Row("vitals left out", .value, "answer", test(.vitals, .notDone)),
      Row("a test of tomorrow", .value, "doneAt", test(at: later)),
      Row(
        "a test before the signs",
        .value,
        "doneAt",
        test(at: Instant(milliseconds: now.milliseconds - 1))
      ), Row("vitals without figures", .value, "vitals", test(vitals: nil)),
      Row("vitals with no figure in them", .value, "vitals", test(vitals: VitalSigns())),
      Row(
        "a pulse of 301",
        .value,
        "vitals.pulse",
        test(vitals: VitalSigns(pulse: 301))
      ),
      Row(
        "a coma scale of 2",
        .value,
        "vitals.comaScale",
        test(vitals: VitalSigns(comaScale: 2))
      ), Row("vitals with a volume", .value, "volume", test(volume: Sample.mL(1))),
      Row("vitals with degrees", .value, "degrees", test(degrees: 90)),
      Row("unstable without words", .value, "note", test(.vitals, .unstable)),
      Row("an empty note", .value, "note", test(note: "")),
      Row("a test by a pharmacist", .role, "", test(), by: Sample.pharmacist),
      Row("closing before the tests", .outOfOrder, "finding", close()),
      Row("closing without what was done", .value, "done", close(done: "")),
      Row("closing for no reason", .value, "despite", close(despite: " ")),
      Row("closing twice", .twice, "complication", close(of: ward.closed)),
      Row("closing nothing", .unknown, "complication", close(of: none)),
      Row("closing by a nurse", .role, "", close(), by: Sample.nurse),
    ]
  }

  static func rows(_ ward: Ward) -> [Row] {
    scores + answers(ward) + complications(ward) + scans(ward) + tapers(ward)
  }

  @Test
  func `what must not be taken is refused by code and field, and nothing changes (SR-041)`() throws
  {
    let ward = try Ward()
    let before = ward.journey.record.pathway
    let rows = Self.rows(ward)
    #expect(Set(rows.map(\.name)).count == rows.count)
    #expect(rows.count >= 80)
    for row in rows {
      let refusal = ward.journey.refusal(row.command, by: row.author)
      #expect(refusal?.code == row.code, "\(row.name): \(String(describing: refusal))")
      #expect(refusal?.field == row.field, "\(row.name): \(String(describing: refusal))")
      #expect(refusal.map { !$0.remedy.isEmpty && !$0.expected.isEmpty } == true, "\(row.name)")
    }
    #expect(ward.journey.record.pathway == before)
    print("refused commands beside the stages: \(rows.count)")
  }

  @Test
  func `each command is refused for every role and every stage that it does not name (SR-100)`()
    throws
  {
    let ward = try Ward()
    let stages: [(PatientStage, Journey)] = [
      (.new, Journey()), (.evaluation, try PathwaySample.evaluated()),
      (.trial, try PathwaySample.dosed()), (.implant, try PathwaySample.succeeded()),
    ]
    var (roles, wrong) = (0, 0)
    for row in Self.rows(ward) {
      for author in Sample.everyone where !row.command.roles.contains(author.role) {
        #expect(ward.journey.refusal(row.command, by: author)?.code == .role, "\(row.name)")
        roles += 1
      }
      guard row.command.roles.contains(row.author.role) else { continue }
      for (stage, journey) in stages where !row.command.stages.contains(stage) {
        let refusal = journey.refusal(row.command, by: row.author)
        #expect(refusal?.code == .stage, "\(row.name) at \(stage)")
        wrong += 1
      }
    }
    print("refused for their role: \(roles), for their stage: \(wrong)")
    #expect(roles > 300 && wrong > 100)
  }
}
