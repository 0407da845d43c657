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

  static func scans(_ ward: Ward) -> [Row] {
    func plan(
      _ family: MRIPumpFamily = .rotor,
      at instant: Instant = later,
      reason: String = "x",
      field: Int = 1_500
    ) -> PathwayCommand {
      .planMRI(MRIPlanned(at: instant, reason: reason, family: family, fieldMillitesla: field))
    }
    func step(
      _ step: MRIStep = .conditions,
      of id: EventID? = nil,
      at instant: Instant = now,
      isGood: Bool = true,
      exposure: MRIExposure? = nil,
      volume: Volume? = nil,
      note: String? = nil
    ) -> PathwayCommand {
      .takeMRIStep(
        MRIStepDone(
          scan: id ?? ward.scan,
          step: step,
          doneAt: instant,
          isGood: isGood,
          exposure: exposure,
          volume: volume,
          note: note
        )
      )
    }
    let exposure = MRIExposure(fieldMillitesla: 1_500, sarMilliwattsPerKilogram: 1)
    return [
      Row("a second scan", .twice, "", plan()),
      Row("a scan of yesterday", .value, "at", plan(at: Instant(milliseconds: 1))),
      Row("a scan in three years", .value, "at", plan(at: now + 1_095 * .day)),
      Row("a scan for no reason", .value, "reason", plan(reason: "")),
      Row("a scan of another pump", .mismatch, "family", plan(.valves)),
      Row("a scan by a patient", .role, "", plan(), by: Sample.patient),
      Row("a step of nothing", .unknown, "scan", step(of: none)),
      Row("a scan before its conditions", .outOfOrder, "step", step(.scan, exposure: exposure)),
      Row("reading before the scan", .outOfOrder, "step", step(.interrogateAfter)),
      Row("emptying a SynchroMed", .outOfOrder, "step", step(.emptyReservoir)),
      Row("a step of tomorrow", .value, "doneAt", step(at: later)),
      Row("conditions that do not hold", .stop, "isGood", step(isGood: false)),
      Row("a volume of conditions", .value, "volume", step(volume: Sample.mL(1))),
      Row("an exposure of conditions", .value, "exposure", step(exposure: exposure)),
      Row("an empty note of a step", .value, "note", step(note: "")),
      Row("a step by a pharmacist", .role, "", step(), by: Sample.pharmacist),
      Row("closing a scan first", .outOfOrder, "scan", .closeMRI(MRIClosed(scan: ward.scan))),
      Row("closing no scan", .unknown, "scan", .closeMRI(MRIClosed(scan: none))),
      Row(
        "cancelling for no reason",
        .value,
        "reason",
        .cancelMRI(MRICancelled(scan: ward.scan, reason: ""))
      ),
      Row(
        "cancelling nothing",
        .unknown,
        "scan",
        .cancelMRI(MRICancelled(scan: none, reason: "x"))
      ),
    ]
  }

  static func tapers(_ ward: Ward) -> [Row] {
    func plan(
      _ steps: [(Int64, Int64)],
      of medicine: TaperedMedicine = .other("baclofen"),
      from dose: Int64 = 60
    ) -> PathwayCommand {
      .planTaper(
        TaperPlan(
          medicine: medicine,
          from: PathwaySample.milligrams(dose),
          steps: steps.map {
            TaperStep(
              on: PathwaySample.day($0.0, from: now),
              dose: PathwaySample.milligrams($0.1)
            )
          }
        )
      )
    }
    func step(
      _ number: Int,
      _ dose: Int64 = 45,
      of id: EventID? = nil,
      on offset: Int64 = 0
    ) -> PathwayCommand {
      .takeTaperStep(
        TaperStepTaken(
          plan: id ?? ward.taper,
          step: number,
          dose: PathwaySample.milligrams(dose),
          on: PathwaySample.day(offset, from: now)
        )
      )
    }
    func stop(_ id: EventID, _ what: String = "x", _ dose: Int64 = 60) -> PathwayCommand {
      .stopTaper(
        TaperStopped(
          plan: id,
          reason: .other,
          what: what,
          dose: PathwaySample.milligrams(dose)
        )
      )
    }
    return [
      Row("a taper of nothing", .value, "medicine", plan([(0, 1)], of: .other(""))),
      Row("a taper from nothing", .value, "from", plan([(0, 0)], from: 0)),
      Row("a taper from 101 g", .value, "from", plan([(0, 1)], from: 101_000)),
      Row("a taper of no steps", .value, "steps", plan([])),
      Row("a second taper", .twice, "medicine", plan([(0, 1)], of: .opioid(.oxycodone))),
      Row("a step up", .value, "steps[0].dose", plan([(0, 61)])),
      Row("a step that stays", .value, "steps[1].dose", plan([(0, 30), (7, 30)])),
      Row("a step below nothing", .value, "steps[0].dose", plan([(0, -1)])),
      Row("a step of yesterday", .value, "steps[0].on", plan([(-1, 30)])),
      Row("two steps of one day", .value, "steps[1].on", plan([(1, 30), (1, 20)])),
      Row("a taper by a nurse", .role, "", plan([(0, 1)]), by: Sample.nurse),
      Row("a step of no taper", .unknown, "plan", step(1, of: none)),
      Row("the second step first", .outOfOrder, "step", step(2)),
      Row("step 0", .twice, "step", step(0)),
      Row("a step after the stop", .outOfOrder, "step", step(1, of: ward.ended)),
      Row("a step of next week", .value, "on", step(1, on: 7)),
      Row("a step to more", .value, "dose", step(1, 61)),
      Row("a step to less than nothing", .value, "dose", step(1, -1)),
      Row("a step by the patient", .role, "", step(1), by: Sample.patient),
      Row("stopping twice", .twice, "plan", stop(ward.ended)),
      Row("stopping nothing", .unknown, "plan", stop(none)),
      Row("stopping without words", .value, "what", stop(ward.taper, "")),
      Row("stopping at less than nothing", .value, "dose", stop(ward.taper, "x", -1)),
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
