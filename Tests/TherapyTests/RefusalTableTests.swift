import Formulary
import Quantities
import Testing
import Therapy

/// Commands that must not be taken, each with the code it is refused with.
struct RefusalTableTests {
  struct Row {
    let name: String
    let code: TherapyRefusal.Code
    let field: String
    let command: TherapyCommand
    var author = Sample.physician
    var isLinked = false
    var isNew = false
    var isConfirmed = true
  }

  private static let now = Sample.start
  private static let later = Sample.start + .hour

  private static func adopt(
    identity: Identity = Sample.identity,
    pump: PumpInPlace = Sample.pump
  ) -> TherapyCommand {
    .adopt(Adoption(adopted: Adopted(identity: identity, indication: .nonCancer, pump: pump)))
  }

  private static func identity(
    given: String = "Anna",
    born: String = "1970-03-04",
    number: String = "1",
    language: String = "en"
  ) -> Identity {
    Identity(
      givenName: given,
      familyName: "Muster",
      born: Sample.day(born),
      recordNumber: number,
      language: language
    )
  }

  private static func pump(
    _ model: String = "SynchroMed II",
    capacity: Int64 = 20,
    serial: String = "1",
    replaceBy: String? = nil
  ) -> PumpInPlace {
    PumpInPlace(
      model: model,
      isCatalogued: true,
      capacity: Sample.mL(capacity),
      serial: serial,
      implantedOn: Sample.day("2024-05-06"),
      replaceBy: replaceBy.map(Sample.day)
    )
  }

  private static func fill(
    _ volume: Int64 = 18,
    _ fluid: Fluid = Sample.fluid(2_000),
    at instant: Instant = now,
    standing: Standing = .byHand
  ) -> TherapyCommand {
    .recordFill(
      FillRecorded(
        volume: Sample.mL(volume),
        fluid: fluid,
        filledAt: instant,
        lots: [],
        standing: standing
      )
    )
  }

  private static func program(
    _ program: ProgramJSON,
    at instant: Instant = now,
    reason: String = "why"
  ) -> TherapyCommand {
    .recordProgram(ProgramRecorded(program: program, programmedAt: instant, reason: reason))
  }

  private static func catheter(_ length: Int64, volume: Int64? = nil) -> TherapyCommand {
    .recordCatheter(
      CatheterInPlace(
        implantedLength: Length(micrometres: length),
        volumePerLength: LinearVolume(picolitresPerCentimetre: 2_200_000),
        volume: volume.map { Volume(nanolitres: $0) }
      )
    )
  }

  private static func score(_ score: Score, at instant: Instant = now) -> TherapyCommand {
    .recordScore(ScoreRecorded(score: score, takenAt: instant))
  }

  private static func total(_ day: Day, delivered: Int64 = 1, granted: Int = 0) -> TherapyCommand {
    .recordDailyTotal(
      DailyTotal(
        day: day,
        delivered: Sample.mL(delivered),
        ordered: .zero,
        patientDoses: .zero,
        granted: granted,
        refused: 0
      )
    )
  }

  static let places: [Row] = [
    Row(name: "adopting twice", code: .stage, field: "", command: adopt()),
    Row(
      name: "a note before adoption",
      code: .stage,
      field: "",
      command: .writeNote(Note(text: "x")),
      isNew: true
    ),
    Row(name: "a fill before adoption", code: .stage, field: "", command: fill(), isNew: true),
    Row(
      name: "no given name",
      code: .value,
      field: "identity.givenName",
      command: adopt(identity: identity(given: "  ")),
      isNew: true
    ),
    Row(
      name: "a name of 101 bytes",
      code: .value,
      field: "identity.givenName",
      command: adopt(identity: identity(given: String(repeating: "x", count: 101))),
      isNew: true
    ),
    Row(
      name: "no record number",
      code: .value,
      field: "identity.recordNumber",
      command: adopt(identity: identity(number: "")),
      isNew: true
    ),
    Row(
      name: "no language",
      code: .value,
      field: "identity.language",
      command: adopt(identity: identity(language: "")),
      isNew: true
    ),
    Row(
      name: "born next year",
      code: .value,
      field: "identity.born",
      command: adopt(identity: identity(born: "2027-01-01")),
      isNew: true
    ),
    Row(
      name: "born 1870",
      code: .value,
      field: "identity.born",
      command: adopt(identity: identity(born: "1870-01-01")),
      isNew: true
    ),
    Row(
      name: "born 1915",
      code: .confirm,
      field: "",
      command: adopt(identity: identity(born: "1915-01-01")),
      isNew: true,
      isConfirmed: false
    ),
    Row(
      name: "a model that is in no catalogue",
      code: .unknown,
      field: "pump.model",
      command: adopt(pump: pump("SynchroMed 9")),
      isNew: true
    ),
    Row(
      name: "a reservoir that the model has not",
      code: .confirm,
      field: "",
      command: adopt(pump: pump(capacity: 30)),
      isNew: true,
      isConfirmed: false
    ),
    Row(
      name: "no reservoir",
      code: .value,
      field: "pump.capacity",
      command: adopt(pump: pump(capacity: 0)),
      isNew: true
    ),
    Row(
      name: "no serial number",
      code: .value,
      field: "pump.serial",
      command: adopt(pump: pump(serial: "")),
      isNew: true
    ),
    Row(
      name: "replaced before implanted",
      code: .value,
      field: "pump.replaceBy",
      command: adopt(pump: pump(replaceBy: "2024-05-06")),
      isNew: true
    ),
    Row(
      name: "the same identity",
      code: .twice,
      field: "identity",
      command: .correctIdentity(IdentityCorrected(identity: Sample.identity, reason: "x"))
    ),
    Row(
      name: "an identity without a reason",
      code: .value,
      field: "reason",
      command: .correctIdentity(IdentityCorrected(identity: identity(), reason: " "))
    ),
    Row(
      name: "an empty phone",
      code: .value,
      field: "contact.phone",
      command: .changeContact(ContactDetails(phone: ""))
    ),
    Row(
      name: "linking twice",
      code: .twice,
      field: "pump",
      command: .linkPump(Sample.linked),
      isLinked: true
    ),
    Row(
      name: "unlinking what is not linked",
      code: .unknown,
      field: "pump",
      command: .unlinkPump(PumpUnlinked(reason: "x"))
    ),
    Row(
      name: "unlinking without a reason",
      code: .value,
      field: "reason",
      command: .unlinkPump(PumpUnlinked(reason: "")),
      isLinked: true
    ),
    Row(
      name: "a catheter of no length",
      code: .value,
      field: "catheter.implantedLength",
      command: catheter(0)
    ),
    Row(
      name: "a catheter of 8 m",
      code: .value,
      field: "catheter.implantedLength",
      command: catheter(8_000_000)
    ),
    Row(
      name: "a catheter of 8 cm",
      code: .confirm,
      field: "",
      command: catheter(80_000),
      isConfirmed: false
    ),
    Row(
      name: "a catheter whose volume is not its length",
      code: .mismatch,
      field: "catheter.volume",
      command: catheter(800_000, volume: 1_760_000)
    ),
    Row(name: "an overfilled reservoir", code: .limit, field: "fill.volume", command: fill(40)),
    Row(name: "a fill of nothing", code: .value, field: "fill.volume", command: fill(0)),
    Row(name: "a fill below nothing", code: .value, field: "fill.volume", command: fill(-3)),
    Row(
      name: "a fill of a tenth",
      code: .confirm,
      field: "",
      command: fill(2),
      isConfirmed: false
    ),
    Row(
      name: "a fill of tomorrow",
      code: .value,
      field: "fill.filledAt",
      command: fill(at: later)
    ),
    Row(
      name: "a fill before 1970",
      code: .value,
      field: "fill.filledAt",
      command: fill(at: Instant(milliseconds: -1))
    ),
    Row(
      name: "a fill by a receipt that nobody has",
      code: .value,
      field: "fill.standing",
      command: fill(standing: .receipt)
    ),
    Row(
      name: "ten times the strength",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(20_000)),
      isConfirmed: false
    ),
    Row(
      name: "a tenth of the strength",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(20)),
      isConfirmed: false
    ),
    Row(
      name: "a drug that nobody knows",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(2_000, "baclofenn")),
      isConfirmed: false
    ),
    Row(
      name: "no strength",
      code: .value,
      field: "fill.fluid.concentration",
      command: fill(18, Sample.fluid(0))
    ),
    Row(
      name: "a drug twice",
      code: .value,
      field: "fill.fluid",
      command: fill(18, Fluid(drugs: Sample.fluid(500).drugs + Sample.fluid(2_000).drugs))
    ),
    Row(
      name: "drug-free fluid",
      code: .confirm,
      field: "",
      command: fill(18, Fluid(drugs: [])),
      isConfirmed: false
    ),
    Row(
      name: "a program by hand of a linked pump",
      code: .value,
      field: "program",
      command: program(Sample.program()),
      isLinked: true
    ),
    Row(
      name: "a program that is no JSON",
      code: .value,
      field: "program",
      command: program(ProgramJSON("{"))
    ),
    Row(
      name: "a program with a rate below the pump's",
      code: .limit,
      field: "program",
      command: program(Sample.program(dose: "30 ug/d"))
    ),
    Row(
      name: "ten times the dose",
      code: .confirm,
      field: "",
      command: program(Sample.program(dose: "3000 ug/d")),
      isConfirmed: false
    ),
    Row(
      name: "a quarter more",
      code: .confirm,
      field: "",
      command: program(Sample.program(dose: "375 ug/d")),
      isConfirmed: false
    ),
    Row(
      name: "a dose of another drug",
      code: .value,
      field: "program.limits.maxDosePer24h",
      command: program(
        ProgramJSON(
          Sample.program().text.replacing(#""baclofen":"4 mg""#, with: #""morphine":"4 mg""#)
        )
      )
    ),
    Row(
      name: "a program without a reason",
      code: .value,
      field: "reason",
      command: program(Sample.program(), reason: "")
    ),
    Row(
      name: "a program of tomorrow",
      code: .value,
      field: "program.programmedAt",
      command: program(Sample.program(), at: later)
    ),
  ]

  static let orders: [Row] = [
    Row(
      name: "an order for a pump that does not speak",
      code: .notKnown,
      field: "order",
      command: .draftOrder(Sample.draft(1))
    ),
    Row(
      name: "an order without a reason",
      code: .value,
      field: "reason",
      command: .draftOrder(draft(1, reason: "")),
      isLinked: true
    ),
    Row(
      name: "an order on another basis",
      code: .outOfDate,
      field: "basis",
      command: .draftOrder(Sample.draft(1, basis: Sample.order(7))),
      isLinked: true
    ),
    Row(
      name: "an order valid for 8 days",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, until: now + 8 * .day)),
      isLinked: true
    ),
    Row(
      name: "an order that has expired",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, until: now)),
      isLinked: true
    ),
    Row(
      name: "a bolus valid for an hour",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, act: .clinicianBolus, until: later)),
      isLinked: true
    ),
    Row(
      name: "a bolus from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .clinicianBolus, way: .remote)),
      isLinked: true
    ),
    Row(
      name: "a suspension from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .suspend, way: .remote)),
      isLinked: true
    ),
    Row(
      name: "a refill from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .refillSame, way: .remote)),
      isLinked: true
    ),
    Row(
      name: "an increase called a program",
      code: .mismatch,
      field: "act",
      command: .draftOrder(Sample.draft(1, program: Sample.program(dose: "310 ug/d"))),
      isLinked: true
    ),
    Row(
      name: "a decrease called an increase",
      code: .mismatch,
      field: "act",
      command: .draftOrder(Sample.draft(1, act: .programIncrease)),
      isLinked: true
    ),
    Row(
      name: "a program order without a program",
      code: .value,
      field: "program",
      command: .draftOrder(Sample.draft(1, program: nil)),
      isLinked: true
    ),
    Row(
      name: "a refill order without a refill",
      code: .outOfOrder,
      field: "act",
      command: .draftOrder(Sample.draft(1, act: .refillSame)),
      isLinked: true
    ),
    Row(
      name: "signing an order that is not there",
      code: .unknown,
      field: "order",
      command: .signOrder(Sample.order(5), Sample.signature),
      isLinked: true
    ),
    Row(
      name: "queueing an order that is not there",
      code: .unknown,
      field: "order",
      command: .queueOrder(Sample.order(5)),
      isLinked: true
    ),
    Row(
      name: "a receipt of an order that is not there",
      code: .unknown,
      field: "order",
      command: .takeReceipt(Sample.answer(5)),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "withdrawing what is not there",
      code: .unknown,
      field: "order",
      command: .withdrawOrder(OrderWithdrawn(order: Sample.order(5), reason: "x")),
      isLinked: true
    ),
    Row(
      name: "a nurse who writes a receipt",
      code: .role,
      field: "",
      command: .takeReceipt(Sample.answer(5)),
      author: Sample.nurse,
      isLinked: true
    ),
    Row(
      name: "a server that drafts",
      code: .role,
      field: "",
      command: .draftOrder(Sample.draft(1)),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a server that signs",
      code: .role,
      field: "",
      command: .signOrder(Sample.order(1), Sample.signature),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a patient who signs",
      code: .role,
      field: "",
      command: .signOrder(Sample.order(1), Sample.signature),
      author: Sample.patient,
      isLinked: true
    ),
  ]

  private static func draft(
    _ number: Int,
    act: OrderAct = .program,
    until: Instant = now + .day,
    reason: String = "less"
  ) -> OrderDraft {
    OrderDraft(
      order: Sample.order(number),
      act: act,
      way: .bedside,
      sequence: 1,
      notAfterAt: until,
      bytes: Sample.bytes,
      program: Sample.program(dose: "290 ug/d"),
      reason: reason
    )
  }

  static let observations: [Row] = [
    Row(name: "pain of 11", code: .value, field: "value", command: score(.pain(11))),
    Row(name: "pain below 0", code: .value, field: "value", command: score(.pain(-1))),
    Row(
      name: "pain of tomorrow",
      code: .value,
      field: "takenAt",
      command: score(.pain(3), at: later)
    ),
    Row(
      name: "spasms of 5",
      code: .value,
      field: "frequency",
      command: score(.spasms(frequency: 5, severity: 1))
    ),
    Row(
      name: "spasms of severity 4",
      code: .value,
      field: "severity",
      command: score(.spasms(frequency: 2, severity: 4))
    ),
    Row(
      name: "spasms without a severity",
      code: .mismatch,
      field: "severity",
      command: score(.spasms(frequency: 2, severity: nil))
    ),
    Row(
      name: "a severity of no spasms",
      code: .mismatch,
      field: "severity",
      command: score(.spasms(frequency: 0, severity: 1))
    ),
    Row(
      name: "a patient who grades spasticity",
      code: .role,
      field: "score",
      command: score(.ashworth(.two, .kneeFlexors)),
      author: Sample.patient
    ),
    Row(
      name: "an auditor who takes scores",
      code: .role,
      field: "",
      command: score(.pain(1)),
      author: Sample.auditor
    ),
    Row(
      name: "400 mg of oxycodone",
      code: .confirm,
      field: "",
      command: .recordOralOpioid(
        .oxycodone,
        DailyDose(mass: Mass(femtograms: 400_000_000_000_000)),
        since: nil
      ),
      isConfirmed: false
    ),
    Row(
      name: "10 kg of morphine",
      code: .value,
      field: "dose",
      command: .recordOralOpioid(.morphine, DailyDose(mass: Mass(femtograms: .max)), since: nil)
    ),
    Row(
      name: "an oral dose below nothing",
      code: .value,
      field: "dose",
      command: .recordOralOpioid(.morphine, DailyDose(mass: Mass(femtograms: -1)), since: nil)
    ),
    Row(
      name: "an oral dose from next year",
      code: .value,
      field: "since",
      command: .recordOralOpioid(.morphine, DailyDose(mass: .zero), since: Sample.day("2027-01-01"))
    ),
    Row(
      name: "a side effect of nothing",
      code: .value,
      field: "what",
      command: .recordSideEffect(SideEffect(what: "", severity: .mild))
    ),
    Row(
      name: "an empty note",
      code: .value,
      field: "text",
      command: .writeNote(Note(text: "\n "))
    ),
    Row(
      name: "a correction of what is no observation",
      code: .unknown,
      field: "event",
      command: .correct(Correction(event: EventID(position: 1), reason: "x"))
    ),
    Row(
      name: "a correction without a reason",
      code: .value,
      field: "reason",
      command: .correct(Correction(event: EventID(position: 1), reason: ""))
    ),
    Row(
      name: "an alarm of a pump that does not speak",
      code: .notKnown,
      field: "alarm",
      command: .raiseAlarm(
        AlarmRaised(alarm: .motorStall, raisedAt: now, pumpMilliseconds: 0)
      ),
      author: Sample.server
    ),
    Row(
      name: "an alarm of tomorrow",
      code: .value,
      field: "raisedAt",
      command: .raiseAlarm(
        AlarmRaised(alarm: .motorStall, raisedAt: later, pumpMilliseconds: 0)
      ),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "clearing what was not raised",
      code: .unknown,
      field: "alarm",
      command: .clearAlarm(
        AlarmCleared(alarm: .motorStall, clearedAt: now, pumpMilliseconds: 0)
      ),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "acknowledging what was not raised",
      code: .unknown,
      field: "alarm",
      command: .acknowledgeAlarm(.motorStall),
      isLinked: true
    ),
    Row(
      name: "acting on what was not raised",
      code: .unknown,
      field: "alarm",
      command: .actOnAlarm(AlarmActed(alarm: .motorStall, action: "x")),
      isLinked: true
    ),
    Row(
      name: "an administrator who acknowledges",
      code: .role,
      field: "",
      command: .acknowledgeAlarm(.motorStall),
      author: Sample.administrator,
      isLinked: true
    ),
    Row(
      name: "a status of a pump that does not speak",
      code: .notKnown,
      field: "status",
      command: .hearStatus(Sample.status(at: now)),
      author: Sample.server
    ),
    Row(
      name: "a status of tomorrow",
      code: .value,
      field: "heardAt",
      command: .hearStatus(Sample.status(at: later)),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a reservoir below nothing",
      code: .value,
      field: "reservoir",
      command: .hearStatus(Sample.status(at: now, reservoir: -1)),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a total of next week",
      code: .value,
      field: "day",
      command: total((now + 7 * .day).day),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a total below nothing",
      code: .value,
      field: "delivered",
      command: total(now.day, delivered: -1),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "5000 doses in a day",
      code: .value,
      field: "granted",
      command: total(now.day, granted: 5_000),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a dose refused without a reason",
      code: .value,
      field: "reason",
      command: .recordDoseRequest(DoseRequest(requestedAt: now, isGranted: false)),
      author: Sample.server,
      isLinked: true
    ),
    Row(
      name: "a step of no refill",
      code: .outOfOrder,
      field: "refill",
      command: .refill(.second)
    ),
    Row(
      name: "completing no refill",
      code: .outOfOrder,
      field: "refill",
      command: .completeRefill(RefillCompleted(nextAt: now + .day))
    ),
    Row(
      name: "abandoning no refill",
      code: .unknown,
      field: "refill",
      command: .abandonRefill(RefillAbandoned(reason: "x"))
    ),
  ]

  @Test
  func `what must not be taken is refused with its code, its field and what to do (SR-041)`()
    throws
  {
    let rows = Self.places + Self.orders + Self.observations
    #expect(rows.count >= 80)
    for row in rows {
      let journey =
        row.isNew ? Journey() : try Journey.adopted(linked: row.isLinked)
      let refusal = journey.refusal(row.command, by: row.author, confirmed: row.isConfirmed)
      #expect(refusal?.code == row.code, "\(row.name): \(String(describing: refusal))")
      #expect(refusal?.field == row.field, "\(row.name)")
      #expect(refusal?.remedy.isEmpty == false, "\(row.name)")
    }
    print("refused commands: \(rows.count)")
  }

  @Test
  func `a question is answered by yes and kept, a limit is not (SR-041, SR-044)`() throws {
    var journey = try Journey.adopted()
    let slip = Self.program(Sample.program(dose: "3000 ug/d"))
    let refusal = try #require(journey.refusal(slip, confirmed: false))
    #expect(refusal.questions.contains { $0.contains("10 times more, as where a point") })
    try journey.give(slip)
    guard case .confirmed(let kept) = journey.events.last else {
      Issue.record("no word of the confirmation")
      return
    }
    #expect(kept.questions == refusal.questions)
    #expect(journey.refusal(Self.fill(40), confirmed: true)?.code == .limit)
  }

  @Test
  func `each command is refused for every role that it does not name (SR-100)`() throws {
    let rows = Self.places + Self.orders + Self.observations
    for row in rows {
      let journey = try Journey.adopted(linked: row.isLinked)
      for author in Sample.everyone where !row.command.roles.contains(author.role) {
        #expect(journey.refusal(row.command, by: author)?.code == .role, "\(row.name)")
      }
      #expect(!row.command.roles.contains(.auditor))
    }
  }
}
