import Quantities
import Testing
import Therapy

/// Visits and calls.
struct VisitTests {
  private static func kinds(_ journey: Journey, after days: Int64) -> [WorkKind] {
    let now = journey.now + days * .day
    return WorkList([journey.record.summary(at: now)], at: now).items.map(\.kind)
      .filter { $0 == .visitDue || $0 == .visitOverdue }
  }

  @Test(
    arguments: [
      (6, []), (7, [.visitDue]), (10, [.visitDue]), (11, [.visitOverdue]),
    ] as [(Int64, [WorkKind])]
  )
  func `the wound is due after 7 to 10 days`(days: Int64, expected: [WorkKind]) throws {
    let journey = try PathwaySample.implanted()
    #expect(Self.kinds(journey, after: days) == expected)
  }

  @Test
  func `a patient who was adopted has the yearly review alone, one after the other`() throws {
    var journey = try Journey.adopted()
    #expect(journey.record.visits.map(\.id) == ["annualReview-1"])
    #expect(Self.kinds(journey, after: 334) == [])
    #expect(Self.kinds(journey, after: 335) == [.visitDue])
    #expect(Self.kinds(journey, after: 366) == [.visitOverdue])
    journey.now = journey.now + 400 * .day
    let held = VisitHeld(visit: "annualReview-1", on: journey.now.day, done: "dose, legs, goals")
    try journey.give(.pathway(.holdVisit(held)), by: Sample.nurse)
    let open = journey.record.visits.filter { $0.standing == .planned }
    #expect(open.map(\.id) == ["annualReview-2"])
    #expect(open.first?.to == (journey.now + 365 * .day).day)
    #expect(journey.refusal(.pathway(.holdVisit(held)))?.code == .twice)
  }

  @Test
  func `what the yearly review looks at depends on the drug`() throws {
    func purpose(_ drug: String, _ micrograms: Int64) throws -> String {
      var journey = try Journey.adopted()
      let fill = FillRecorded(
        volume: Sample.mL(18),
        fluid: Sample.fluid(micrograms, drug),
        filledAt: journey.now,
        lots: [],
        standing: .byHand
      )
      try journey.give(.recordFill(fill))
      return journey.record.visits.first?.purpose ?? ""
    }
    #expect(try purpose("morphine", 10_000).contains("hormones"))
    #expect(try purpose("ziconotide", 25).contains("creatine kinase"))
    #expect(!(try purpose("baclofen", 2_000).contains(";")))
  }

  @Test
  func `a visit is moved, missed and held, and missed again is told`() throws {
    var journey = try PathwaySample.implanted()
    let day = (journey.now + 12 * .day).day
    try journey.give(
      .pathway(.moveVisit(VisitMoved(visit: "woundCheck-1", to: day, reason: "snow"))),
      by: Sample.administrator
    )
    #expect(Self.kinds(journey, after: 11) == [])
    #expect(Self.kinds(journey, after: 12) == [.visitDue])
    #expect(Self.kinds(journey, after: 13) == [.visitOverdue])
    journey.now = journey.now + 13 * .day
    let next = (journey.now + .day).day
    let missed = VisitMissed(visit: "woundCheck-1", reason: "no transport", next: next)
    try journey.give(.pathway(.missVisit(missed)))
    let visit = try #require(journey.record.visits.first)
    #expect(visit.standing == .planned)
    #expect(visit.missedCount == 1)
    #expect(visit.from == next)
    journey.now = journey.now + .day
    let held = VisitHeld(visit: "woundCheck-1", on: journey.now.day, done: "clean")
    try journey.give(.pathway(.holdVisit(held)))
    #expect(journey.record.visits.first?.standing == .held(held))
  }

  @Test
  func `a day after an increase from afar a call is due until someone was reached`() throws {
    var journey = try PathwaySample.increased()
    func isDue(_ hours: Int64) -> Bool {
      let now = journey.now + TimeSpan(milliseconds: hours * 3_600_000)
      return WorkList([journey.record.summary(at: now)], at: now).items
        .contains { $0.kind == .remoteCallDue }
    }
    #expect(!isDue(23))
    #expect(isDue(24))
    #expect(isDue(24 * 60))
    journey.now = journey.now + 24 * .hour
    func call(_ isReached: Bool) -> TherapyCommand {
      .pathway(
        .recordCall(
          RemoteCall(
            order: Sample.order(1),
            calledAt: journey.now,
            isReached: isReached,
            note: "rang"
          )
        )
      )
    }
    try journey.give(call(false), by: Sample.nurse)
    #expect(isDue(0))
    try journey.give(call(true), by: Sample.nurse)
    #expect(!isDue(0))
    #expect(journey.refusal(call(true))?.code == .twice)
  }

  @Test
  func `nothing but an increase from afar that took effect asks for a call`() throws {
    for (act, way, outcome) in [
      (OrderAct.programIncrease, OrderWay.bedside, OrderOutcome.applied),
      (.program, .remote, .applied), (.programIncrease, .remote, .refused),
      (.programIncrease, .remote, .pending),
    ] {
      var journey = try Journey.adopted(linked: true)
      let dose = act == .program ? "290 ug/d" : "320 ug/d"
      try journey.give(
        .draftOrder(Sample.draft(1, act: act, way: way, program: Sample.program(dose: dose)))
      )
      try journey.give(.signOrder(Sample.order(1), Sample.signature))
      if journey.record.order(Sample.order(1))?.state == .drafted {
        try journey.give(.signOrder(Sample.order(1), Sample.signature), by: Sample.second)
      }
      try journey.give(.queueOrder(Sample.order(1)))
      try journey.give(.markSent(Sample.order(1)), by: Sample.server)
      try journey.give(.takeReceipt(Sample.answer(1, outcome)), by: Sample.server)
      #expect(journey.record.remoteCallsDue.isEmpty, "\(act) \(way) \(outcome)")
      guard outcome == .pending else { continue }
      // The wait is over: the call counts from then on.
      journey.now = journey.now + 2 * .hour
      try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
      #expect(journey.record.remoteCallsDue.map(\.at) == [journey.now + .day])
    }
  }
}
