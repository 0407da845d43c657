import Quantities
import Testing
import Therapy

/// Wrong entries within a refill.
struct RefillEntryTests {
  private func refusal(
    _ stage: RefillStage,
    _ command: RefillCommand,
    by author: Author = Sample.nurse,
    linked: Bool = false,
    planned: Fluid = Sample.fluid(2_000)
  ) throws -> TherapyRefusal? {
    let journey = try #require(
      try Journey.refill(upTo: stage, linked: linked, planned: planned)
    )
    return journey.refusal(.refill(command), by: author)
  }

  private func label(
    _ fluid: Fluid = Sample.fluid(2_000),
    volume: Int64 = 20,
    lot: String = "B-77",
    expires: String = "2026-12-31"
  ) -> DrugLabel {
    DrugLabel(
      fluid: fluid,
      volume: Sample.mL(volume),
      lot: lot,
      expiresOn: Sample.day(expires),
      entry: .scanned
    )
  }

  @Test
  func `another patient or another pump stops it (SR-122, H-54)`() throws {
    func identify(
      _ name: String?,
      _ born: String?,
      _ number: String?,
      _ serial: String = Sample.pump.serial
    ) -> RefillCommand {
      .identify(
        name: name,
        born: born.map(Sample.day),
        recordNumber: number,
        pumpSerial: serial
      )
    }
    let good = ("Muster", "1970-03-04", "4711")
    #expect(try refusal(.identity, identify(good.0, good.1, nil)) == nil)
    #expect(try refusal(.identity, identify(good.0, nil, nil))?.code == .value)
    #expect(try refusal(.identity, identify("Master", good.1, good.2))?.field == "name")
    #expect(try refusal(.identity, identify(good.0, "1970-04-03", good.2))?.field == "born")
    #expect(try refusal(.identity, identify(good.0, good.1, "4712"))?.field == "recordNumber")
    let other = try refusal(.identity, identify(good.0, good.1, nil, "NGP123457H"))
    #expect(other?.field == "pumpSerial")
    #expect(other?.code == .mismatch)
  }

  @Test
  func `a syringe that is not what was planned goes nowhere (SR-032, H-59, H-22)`() throws {
    #expect(try refusal(.label, .label(label())) == nil)
    #expect(try refusal(.label, .label(label(Sample.fluid(500))))?.field == "fluid")
    #expect(try refusal(.label, .label(label(volume: 18)))?.field == "volume")
    #expect(try refusal(.label, .label(label(lot: " ")))?.field == "lot")
    let expired = try refusal(.label, .label(label(expires: "2026-01-04")))
    #expect(expired?.code == .limit)
    #expect(try refusal(.label, .label(label(expires: "2026-01-05"))) == nil)
  }

  @Test
  func `the second entry of the label agrees in all of it, or is refused (SR-032)`() throws {
    #expect(try refusal(.labelAgain, .repeatLabel(label())) == nil)
    let wrong = [
      ("fluid", label(Sample.fluid(500))), ("volume", label(volume: 18)),
      ("lot", label(lot: "B-71")), ("expiresOn", label(expires: "2027-12-31")),
    ]
    for (field, second) in wrong {
      let refusal = try refusal(.labelAgain, .repeatLabel(second))
      #expect(refusal?.code == .mismatch)
      #expect(refusal?.field == field)
    }
  }

  @Test(arguments: RefillCheck.allCases)
  func `one bad answer stops the refill, and says what to do (H-20, H-23)`(
    bad: RefillCheck
  ) throws {
    let answers = RefillCheck.allCases.map { CheckAnswer(item: $0, isGood: $0 != bad) }
    let stopped = try refusal(.checks, .check(answers))
    #expect(stopped?.code == .stop)
    #expect(stopped?.field == "answers.\(bad.rawValue)")
    let missing = Sample.goodChecks.filter { $0.item != bad }
    #expect(try refusal(.checks, .check(missing))?.code == .value)
    let doubled = missing + [missing[0]]
    #expect(try refusal(.checks, .check(doubled))?.code == .value)
  }

  @Test
  func `the second person is another one (SR-032)`() throws {
    #expect(try refusal(.secondPerson, .second)?.code == .samePerson)
    #expect(try refusal(.secondPerson, .second, by: Sample.pharmacist) == nil)
    #expect(try refusal(.secondPerson, .second, by: Sample.patient)?.code == .role)
  }

  @Test
  func `an order that says something else than the label is refused (SR-032, SR-036)`() throws {
    var journey = try #require(try Journey.refill(upTo: .order, linked: true))
    func draft(_ fluid: Fluid, _ volume: Int64, _ act: OrderAct) -> TherapyCommand {
      .draftOrder(
        Sample.draft(9, act: act, program: nil, fluid: fluid, fillVolume: Sample.mL(volume))
      )
    }
    let right = Sample.fluid(2_000)
    #expect(journey.refusal(draft(right, 18, .refillSame))?.field == "fillVolume")
    #expect(journey.refusal(draft(Sample.fluid(500), 20, .refillSame))?.field == "fluid")
    #expect(journey.refusal(draft(right, 20, .refillChanged))?.field == "act")
    #expect(journey.refusal(.draftOrder(Sample.draft(9)))?.code == .outOfOrder)
    try journey.give(draft(right, 20, .refillSame))
    // Signed, but not the one of the refill yet.
    try journey.give(.signOrder(Sample.order(9), Sample.signature))
    #expect(journey.refusal(.queueOrder(Sample.order(9)))?.code == .outOfOrder)
    let planned = Sample.fluid(500)
    let changed = try #require(
      try Journey.refill(upTo: .order, linked: true, planned: planned)
    )
    let bare = Sample.draft(
      9,
      act: .refillChanged,
      program: Sample.program(),
      fluid: planned,
      fillVolume: Sample.mL(20)
    )
    #expect(changed.refusal(.draftOrder(bare))?.field == "program.bridge")
  }

  @Test
  func `what is read back is what was filled, or the refill does not end (SR-101)`() throws {
    func read(_ volume: Int64, _ fluid: Fluid = Sample.fluid(2_000)) -> RefillCommand {
      .readBack(RefillReadBack(volume: Volume(nanolitres: volume), fluid: fluid))
    }
    #expect(try refusal(.readBack, read(19_900_000)) == nil)
    #expect(try refusal(.readBack, read(19_899_999))?.field == "volume")
    #expect(try refusal(.readBack, read(20_000_001))?.field == "volume")
    #expect(try refusal(.readBack, read(20_000_000, Sample.fluid(500)))?.field == "fluid")
  }

  @Test
  func `a date after the forecast's needs a reason, and is asked about (SR-038, SR-031)`() throws {
    let journey = try #require(try Journey.refill(upTo: .nextDate))
    let due = try #require(try journey.record.forecast(at: journey.now).due)
    let late = RefillCompleted(nextAt: due.at + .day)
    #expect(journey.refusal(.completeRefill(late))?.field == "reason")
    let reasoned = RefillCompleted(nextAt: due.at + .day, reason: "holidays")
    #expect(journey.refusal(.completeRefill(reasoned), confirmed: false)?.code == .confirm)
    #expect(journey.refusal(.completeRefill(reasoned)) == nil)
    #expect(journey.refusal(.completeRefill(RefillCompleted(nextAt: journey.now)))?.code == .value)
  }

  @Test
  func `a program by hand waits until the refill is over`() throws {
    let journey = try #require(try Journey.refill(upTo: .label))
    let fill = try #require(Sample.adoption().fill)
    let program = try #require(Sample.adoption().program)
    #expect(journey.refusal(.recordFill(fill))?.code == .outOfOrder)
    #expect(journey.refusal(.recordProgram(program))?.code == .outOfOrder)
    #expect(journey.refusal(.linkPump(Sample.linked))?.code == .outOfOrder)
    let again = RefillBegun(
      planned: Sample.fluid(2_000),
      plannedVolume: Sample.mL(20),
      hasSymptoms: false
    )
    #expect(journey.refusal(.beginRefill(again))?.code == .twice)
  }
}
