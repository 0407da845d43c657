import Formulary
import Quantities
import Testing
import Therapy

/// What the tests are made of: one patient, one pump, and people.
enum Sample {
  static let start = Instant(milliseconds: 1_767_600_000_000)  // 2026-01-05T08:00:00Z
  static let physician = Author(person: id("dr.huber"), role: .physician)
  static let second = Author(person: id("dr.weber"), role: .physician)
  static let nurse = Author(person: id("nurse.keller"), role: .nurse)
  static let otherNurse = Author(person: id("nurse.frei"), role: .nurse)
  static let pharmacist = Author(person: id("ph.roth"), role: .pharmacist)
  static let administrator = Author(person: id("admin"), role: .administrator)
  static let auditor = Author(person: id("audit"), role: .auditor)
  static let patient = Author(person: id("patient-1"), role: .patient)
  static let caregiver = Author(person: id("caregiver-1"), role: .caregiver)
  static let server = Author(person: id("server"), role: .server)
  static let everyone = [
    physician, nurse, pharmacist, administrator, auditor, patient, caregiver, server,
  ]

  static func id(_ text: String) -> PersonID {
    guard let id = PersonID(text) else { preconditionFailure(text) }
    return id
  }

  static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure(text) }
    return day
  }

  static func order(_ number: Int) -> OrderID {
    let digits = String(number, radix: 16)
    let text = String(repeating: "0", count: 64 - digits.count) + digits
    guard let id = OrderID(text) else { preconditionFailure(text) }
    return id
  }

  static func base64(_ text: String) -> Base64Text {
    guard let value = Base64Text(text) else { preconditionFailure(text) }
    return value
  }

  static var patientID: PatientID {
    guard let id = PatientID("p-1") else { preconditionFailure("p-1") }
    return id
  }

  static var linked: PumpLinked {
    guard let pump = PumpID(String(repeating: "a", count: 32)),
      let key = KeyText(String(repeating: "b", count: 64))
    else { preconditionFailure("hex") }
    return PumpLinked(pump: pump, receiptKey: key)
  }

  static let signature = base64(String(repeating: "A", count: 86) + "==")
  static let bytes = base64("QUJD")

  static func mL(_ count: Int64) -> Volume { Volume(nanolitres: count * 1_000_000) }

  static func fluid(_ microgramsPerMillilitre: Int64, _ drug: String = "baclofen") -> Fluid {
    Fluid(drugs: [
      Fluid.Drug(
        name: drug,
        concentration: Concentration(nanogramsPerMillilitre: microgramsPerMillilitre * 1_000)
      )
    ])
  }

  static let identity = Identity(
    givenName: "Anna",
    familyName: "Muster",
    born: day("1970-03-04"),
    recordNumber: "4711",
    sex: .female,
    language: "de-CH"
  )

  static let pump = PumpInPlace(
    model: "SynchroMed II",
    isCatalogued: true,
    capacity: mL(20),
    serial: "NGP123456H",
    implantedOn: day("2024-05-06")
  )

  static let catheter = CatheterInPlace(
    implantedLength: Length(micrometres: 800_000),
    volumePerLength: LinearVolume(picolitresPerCentimetre: 2_200_000),
    tip: "T10"
  )

  /// 300 ug/d at 2000 ug/mL: 0.15 mL/d, and up to four doses of 10 ug a day.
  static func program(
    dose: String = "300 ug/d",
    patientDose: Bool = false,
    bridge: Bool = false
  ) -> ProgramJSON {
    let doses =
      patientDose
      ? #","patientDose":{"volume":"10 ug","over":"10 min","lockout":"4 h","maxPer24h":4}"# : ""
    let path = bridge ? #","bridge":{"rate":"0.15 mL/d","volume":"0.316 mL"}"# : ""
    return ProgramJSON(
      #"{"basal":{"mode":"constant","rate":"\#(dose)"},"limits":{"maxRate":"5 mL/d","#
        + #""maxVolumePer24h":"2 mL","maxDosePer24h":{"baclofen":"4 mg"}},"#
        + #""safeRate":"0.05 mL/d","restartGap":"48 h","lowReservoir":"2 mL"\#(doses)\#(path)}"#
    )
  }

  static func adoption(fill: Bool = true, program: Bool = true) -> Adoption {
    Adoption(
      adopted: Adopted(
        identity: identity,
        indication: .spasticity,
        origin: .spinal,
        pump: pump
      ),
      contact: ContactDetails(phone: "+41 44 000 00 00"),
      catheter: catheter,
      fill: fill
        ? FillRecorded(
          volume: mL(18),
          fluid: fluid(2_000),
          filledAt: Instant(milliseconds: start.milliseconds - 864_000_000),
          lots: ["L-1"],
          standing: .recalled
        ) : nil,
      program: program
        ? ProgramRecorded(
          program: Sample.program(),
          programmedAt: Instant(milliseconds: start.milliseconds - 864_000_000),
          reason: "as the programmer says"
        ) : nil
    )
  }

  static func draft(
    _ number: Int,
    act: OrderAct = .program,
    way: OrderWay = .bedside,
    basis: OrderID? = nil,
    at now: Instant = start,
    program: ProgramJSON? = Sample.program(dose: "290 ug/d"),
    fluid: Fluid? = nil,
    fillVolume: Volume? = nil
  ) -> OrderDraft {
    OrderDraft(
      order: order(number),
      act: act,
      way: way,
      sequence: Int64(number),
      basis: basis,
      notAfterAt: now + 2 * .day,
      bytes: bytes,
      program: program,
      fluid: fluid,
      fillVolume: fillVolume,
      reason: "less"
    )
  }

  static func request(
    _ number: Int,
    _ act: RequestAct = .cancelBolus,
    order: OrderID? = nil,
    alarm: PumpAlarm? = nil,
    at now: Instant = start
  ) -> RequestDraft {
    guard let id = RequestID(Sample.order(number).text) else { preconditionFailure("an id") }
    return RequestDraft(
      request: id,
      act: act,
      order: order,
      alarm: alarm,
      way: .remote,
      notAfterAt: now + 2 * .minute,
      bytes: bytes,
      reason: "a test"
    )
  }

  static func answer(
    _ number: Int,
    _ outcome: OrderOutcome = .applied,
    inForce: Int? = nil
  ) -> OrderAnswer {
    OrderAnswer(
      order: order(number),
      outcome: outcome,
      reason: outcome == .refused ? "stale" : nil,
      pumpMilliseconds: 1_000,
      inForce: inForce.map(order) ?? (outcome == .applied ? order(number) : nil),
      pendingUntilMilliseconds: outcome == .pending ? 3_601_000 : nil,
      receipt: bytes
    )
  }

  static func label(lot: String = "B-77", expires: String = "2026-12-31") -> DrugLabel {
    DrugLabel(
      fluid: fluid(2_000),
      volume: mL(20),
      lot: lot,
      expiresOn: day(expires),
      entry: .typed
    )
  }

  static let goodChecks = RefillCheck.allCases.map { CheckAnswer(item: $0, isGood: true) }

  static func status(
    at now: Instant,
    reservoir: Int64 = 12_000_000,
    alarms: [PumpAlarm] = []
  ) -> StatusHeard {
    StatusHeard(
      heardAt: now,
      pumpMilliseconds: now.milliseconds - start.milliseconds + 1_000_000,
      state: .running,
      reservoir: Volume(nanolitres: reservoir),
      rate: FlowRate(nanolitresPerDay: 150_000),
      delivered: mL(5),
      demand: mL(5),
      alarms: alarms
    )
  }
}

/// A record that is led by commands, as a server leads it.
struct Journey {
  var record = PatientRecord(id: Sample.patientID)
  var now = Sample.start
  var settings = ClinicSettings.standard
  private(set) var events: [TherapyEvent] = []

  /// Gives a command and applies what comes of it, with every question answered by yes.
  mutating func give(_ command: TherapyCommand, by author: Author = Sample.physician) throws {
    let accepted = try record.decide(
      command,
      by: author,
      at: now,
      settings: settings,
      confirmed: true
    )
    apply(accepted, by: author)
  }

  mutating func apply(_ accepted: [TherapyEvent], by author: Author) {
    for event in accepted {
      let id = EventID(position: record.position + 1)
      record.apply(event, EventMeta(id: id, at: now, by: author.person))
      events.append(event)
    }
  }

  /// The refusal of a command; nothing where it is accepted.
  func refusal(
    _ command: TherapyCommand,
    by author: Author = Sample.physician,
    confirmed: Bool = true
  ) -> TherapyRefusal? {
    do {
      _ = try record.decide(
        command,
        by: author,
        at: now,
        settings: settings,
        confirmed: confirmed
      )
      return nil
    } catch {
      return error
    }
  }

  static func adopted(linked: Bool = false) throws -> Journey {
    var journey = Journey()
    try journey.give(.adopt(Sample.adoption()))
    if linked { try journey.give(.linkPump(Sample.linked)) }
    return journey
  }

  /// A refill up to a stage, which is then next; nothing where this refill has no such stage.
  static func refill(
    upTo stage: RefillStage,
    linked: Bool = false,
    aspirated: Int64 = 16_500_000,
    planned: Fluid = Sample.fluid(2_000)
  ) throws -> Journey? {
    var journey = try adopted(linked: linked)
    try journey.give(
      .beginRefill(
        RefillBegun(planned: planned, plannedVolume: Sample.mL(20), hasSymptoms: false)
      ),
      by: Sample.nurse
    )
    var steps = 0
    while let next = journey.record.refill?.next, next != stage {
      steps += 1
      guard steps < 20, next != .nextDate else { return nil }
      try journey.takeStep(next, aspirated: aspirated, planned: planned)
    }
    return journey
  }

  /// A command that takes the next step rightly.
  mutating func takeStep(_ stage: RefillStage, aspirated: Int64, planned: Fluid) throws {
    let label = DrugLabel(
      fluid: planned,
      volume: Sample.mL(20),
      lot: "B-77",
      expiresOn: Sample.day("2026-12-31"),
      entry: .typed
    )
    let isChanged = record.refill?.changesMixture == true
    let program = Sample.program(bridge: isChanged)
    switch stage {
    case .identity:
      try give(
        .refill(
          .identify(
            name: "Anna Muster",
            born: Sample.identity.born,
            recordNumber: nil,
            pumpSerial: Sample.pump.serial
          )
        ),
        by: Sample.nurse
      )
    case .expected: try give(.refill(.expect(nil)), by: Sample.nurse)
    case .aspirate, .aspirateAgain:
      try give(.refill(.aspirate(Volume(nanolitres: aspirated))), by: Sample.nurse)
    case .account:
      try give(.refill(.account(RefillAccounted(reason: "X-ray is booked"))), by: Sample.nurse)
    case .label: try give(.refill(.label(label)), by: Sample.nurse)
    case .labelAgain: try give(.refill(.repeatLabel(label)), by: Sample.nurse)
    case .bridge: try give(.refill(.bridge(program)))
    case .checks: try give(.refill(.check(Sample.goodChecks)), by: Sample.nurse)
    case .secondPerson: try give(.refill(.second), by: Sample.otherNurse)
    case .order:
      let draft = Sample.draft(
        9,
        act: isChanged ? .refillChanged : .refillSame,
        program: isChanged ? program : nil,
        fluid: planned,
        fillVolume: Sample.mL(20)
      )
      try give(.draftOrder(draft), by: Sample.nurse)
      try give(.refill(.order(Sample.order(9))), by: Sample.nurse)
    case .receipt:
      try give(.signOrder(Sample.order(9), Sample.signature))
      if isChanged { try give(.signOrder(Sample.order(9), Sample.signature), by: Sample.nurse) }
      try give(.queueOrder(Sample.order(9)))
      try give(.markSent(Sample.order(9)), by: Sample.server)
      try give(.takeReceipt(Sample.answer(9)), by: Sample.server)
    case .program:
      try give(
        .refill(.program(RefillProgrammed(program: program, programmedAt: now))),
        by: Sample.nurse
      )
    case .readBack:
      try give(
        .refill(.readBack(RefillReadBack(volume: Sample.mL(20), fluid: planned))),
        by: Sample.nurse
      )
    case .nextDate: break
    }
  }
}
