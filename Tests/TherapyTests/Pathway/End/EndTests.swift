import Formulary
import Quantities
import Testing
import Therapy

/// Replacement, weaning, explant and death.
struct EndTests {
  private static func kinds(_ journey: Journey, after days: Int64) -> [WorkKind] {
    let now = journey.now + days * .day
    return WorkList([journey.record.summary(at: now)], at: now).items.map(\.kind)
  }

  @Test
  func `a replacement is due half a year before the day that the pump said`() throws {
    var journey = Journey()
    let pump = PumpInPlace(
      model: "SynchroMed II",
      isCatalogued: true,
      capacity: Sample.mL(20),
      serial: "1",
      implantedOn: Sample.day("2020-01-01"),
      replaceBy: (journey.now + 200 * .day).day
    )
    try journey.give(
      .adopt(
        Adoption(
          adopted: Adopted(identity: Sample.identity, indication: .nonCancer, pump: pump)
        )
      )
    )
    #expect(!Self.kinds(journey, after: 19).contains(.replacementDue))
    #expect(Self.kinds(journey, after: 20).contains(.replacementDue))
    #expect(Self.kinds(journey, after: 201).contains(.replacementOverdue))
    try journey.give(.pathway(PathwaySample.replacement((journey.now + 30 * .day).day)))
    #expect(!Self.kinds(journey, after: 20).contains(.replacementDue))
    #expect(Self.kinds(journey, after: 30).contains(.replacementDue))
    #expect(Self.kinds(journey, after: 32).contains(.replacementOverdue))
  }

  @Test
  func `the pump's own marks make a replacement due`() throws {
    var journey = try Journey.adopted(linked: true)
    #expect(journey.record.replacementDue == nil)
    let raised = AlarmRaised(
      alarm: .electiveReplacement,
      raisedAt: journey.now,
      pumpMilliseconds: 1
    )
    try journey.give(.raiseAlarm(raised), by: Sample.server)
    #expect(Self.kinds(journey, after: 0).contains(.replacementDue))
    #expect(Self.kinds(journey, after: 90).contains(.replacementOverdue))
    let ended = AlarmRaised(alarm: .endOfService, raisedAt: journey.now, pumpMilliseconds: 2)
    try journey.give(.raiseAlarm(ended), by: Sample.server)
    #expect(Self.kinds(journey, after: 0).contains(.replacementOverdue))
  }

  @Test
  func `a replaced pump leaves its record, and nothing of it holds up the new one`() throws {
    var begun = try PathwaySample.inFlight()
    let raised = AlarmRaised(alarm: .endOfService, raisedAt: begun.now, pumpMilliseconds: 1)
    try begun.give(.raiseAlarm(raised), by: Sample.server)
    var journey = try PathwaySample.replacing(begun)
    let scores = journey.record.scores
    func implant(_ unanswered: String?) -> TherapyCommand {
      .pathway(
        PathwaySample.implant(
          at: journey.now,
          serial: "NEW-1",
          catheter: nil,
          replaces: "end of service",
          unanswered: unanswered
        )
      )
    }
    #expect(journey.refusal(implant(nil))?.code == .inFlight)
    try journey.give(implant("the pump is silent for good"))
    let record = journey.record
    #expect(record.irregular.isEmpty)
    #expect(record.pump?.serial == "NEW-1")
    #expect(record.catheter == Sample.catheter)
    #expect(record.scores == scores)
    #expect(record.pathway.formerPumps.map(\.pump) == [Sample.pump])
    #expect(record.orders.count == 2)
    // What was sent stays without an answer; what was not sent is withdrawn (SR-101).
    if case .sent? = record.order(Sample.order(1))?.state {} else { Issue.record("not sent") }
    #expect(record.order(Sample.order(2))?.state == .withdrawn)
    #expect(record.orderInFlight == nil)
    #expect(!record.isLinked)
    #expect(record.program == nil)
    #expect(record.alarms.allSatisfy { $0.clearedAt != nil })
    #expect(record.implantGaps == [.link, .program, .prime])
    // The new pump counts its orders from the beginning.
    try journey.give(.linkPump(Sample.linked))
    let first = OrderDraft(
      order: Sample.order(9),
      act: .program,
      way: .bedside,
      sequence: 1,
      notAfterAt: journey.now + .day,
      bytes: Sample.bytes,
      program: Sample.program(),
      reason: "first"
    )
    try journey.give(.draftOrder(first))
    try journey.give(.signOrder(Sample.order(9), Sample.signature))
    try journey.give(.queueOrder(Sample.order(9)))
  }

  @Test
  func `a late receipt of a pump that was replaced says nothing of the new one (SR-101, H-70)`()
    throws
  {
    var journey = try PathwaySample.replacing(try PathwaySample.inFlight())
    try journey.give(
      .pathway(
        PathwaySample.implant(
          at: journey.now,
          serial: "NEW-1",
          catheter: nil,
          replaces: "end of service",
          unanswered: "the pump is silent for good"
        )
      )
    )
    let before = journey.record
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.state == .applied)
    #expect(journey.record.orderInForce == before.orderInForce)
    #expect(journey.record.program == nil && journey.record.reservoir == before.reservoir)
  }

  @Test
  func `baclofen and clonidine need a plan that was carried out, ziconotide none (H-75)`() throws {
    for (drug, micrograms, isFree) in [
      ("baclofen", 2_000, false), ("clonidine", 1_000, false), ("ziconotide", 25, true),
      ("bupivacaine", 20_000, true),
    ] as [(String, Int64, Bool)] {
      var journey = try Journey.adopted()
      let fill = FillRecorded(
        volume: Sample.mL(16),
        fluid: Sample.fluid(micrograms, drug),
        filledAt: journey.now,
        lots: [],
        standing: .byHand
      )
      try journey.give(.recordFill(fill))
      let refusal = journey.refusal(.pathway(PathwaySample.explant(at: journey.now)))
      #expect((refusal == nil) == isFree, "\(drug): \(String(describing: refusal))")
      if !isFree { #expect(refusal?.code == .stop) }
      let emergency = PathwaySample.explant(at: journey.now, emergency: "sepsis")
      #expect(journey.refusal(.pathway(emergency)) == nil)
    }
  }

  @Test
  func `an opioid without a plan is asked about, since its rule is unverified`() throws {
    var journey = try Journey.adopted()
    let fill = FillRecorded(
      volume: Sample.mL(16),
      fluid: Sample.fluid(10_000, "morphine"),
      filledAt: journey.now,
      lots: [],
      standing: .byHand
    )
    try journey.give(.recordFill(fill))
    let command = TherapyCommand.pathway(PathwaySample.explant(at: journey.now))
    let refusal = journey.refusal(command, confirmed: false)
    #expect(refusal?.questions.contains { $0.contains("morphine: no plan of weaning") } == true)
    #expect(journey.refusal(command) == nil)
  }

  @Test
  func `a plan on paper is no weaning: what the pump gives counts (H-75)`() throws {
    var journey = try Journey.adopted()
    let plan = PathwaySample.weaning(
      [(0, "250 ug/d"), (2, "200 ug/d"), (4, "160 ug/d"), (6, "130 ug/d"), (8, "110 ug/d")],
      at: journey.now
    )
    try journey.give(.pathway(plan))
    func explant() -> TherapyRefusal? {
      journey.refusal(.pathway(PathwaySample.explant(at: journey.now)))
    }
    #expect(explant()?.given.contains("the last step is on") == true)
    #expect(Self.kinds(journey, after: 0).contains(.weaningStepDue))
    try journey.give(PathwaySample.program("250 ug/d", at: journey.now))
    #expect(!Self.kinds(journey, after: 1).contains(.weaningStepDue))
    #expect(Self.kinds(journey, after: 2).contains(.weaningStepDue))
    journey.now = journey.now + 8 * .day
    #expect(explant()?.given.contains("still 250 ug/d") == true)
    try journey.give(PathwaySample.program("110 ug/d", at: journey.now))
    #expect(explant() == nil)
    #expect(journey.record.weaningStepsDue.isEmpty)
  }

  @Test
  func `the steps that are proposed go down by the rules of the drug, and can be planned`() throws {
    let journey = try Journey.adopted()
    let result = try journey.record.weaningProposal(of: "baclofen", from: journey.now.day)
    guard case .list(let list)? = result["steps"] else {
      Issue.record("no steps: \(result)")
      return
    }
    #expect(list.count > 5)
    #expect(result["reached"] == .flag(true))
    #expect(throws: TherapyRefusal.self) {
      _ = try journey.record.weaningProposal(of: "morphine", from: journey.now.day)
    }
  }

  @Test
  func `after an explant nothing is asked of anyone, and the record is kept`() throws {
    var journey = try PathwaySample.increased()
    try journey.give(
      .visitTomorrow(journey.now)
    )
    let raised = AlarmRaised(alarm: .reservoirLow, raisedAt: journey.now, pumpMilliseconds: 1)
    try journey.give(.raiseAlarm(raised), by: Sample.server)
    try journey.give(
      .pathway(PathwaySample.explant(at: journey.now, .infection, emergency: "sepsis"))
    )
    let record = journey.record
    #expect(record.stage == .ended)
    #expect(!record.isLinked)
    #expect(record.irregular.isEmpty)
    #expect(record.pathway.formerPumps.count == 1)
    #expect(Self.kinds(journey, after: 500).isEmpty)
    #expect(journey.refusal(.draftOrder(Sample.draft(7)))?.code == .stage)
    #expect(journey.refusal(.writeNote(Note(text: "wound is clean"))) == nil)
  }

  @Test
  func `a death is recorded with what becomes of the pump, also when a receipt never comes`()
    throws
  {
    var journey = try PathwaySample.inFlight()
    let died = Died(on: journey.now.day, pump: .leftInPlace, unanswered: "found dead")
    let asked = journey.refusal(.pathway(.recordDeath(died)), confirmed: false)
    #expect(asked?.questions.first?.contains("cremated") == true)
    try journey.give(.pathway(.recordDeath(died)))
    #expect(journey.record.stage == .ended)
    #expect(journey.record.pathway.died == died)
    #expect(Self.kinds(journey, after: 30).isEmpty)
    var waiting = try PathwaySample.evaluated()
    try waiting.give(
      .pathway(.recordDeath(Died(on: waiting.now.day, cause: "cancer", pump: .noPump)))
    )
    #expect(waiting.record.stage == .ended)
  }
}

extension TherapyCommand {
  /// A visit that is overdue soon.
  fileprivate static func visitTomorrow(_ now: Instant) -> Self {
    .pathway(.planVisit(.clinic, on: (now + .day).day, purpose: "gait"))
  }
}
