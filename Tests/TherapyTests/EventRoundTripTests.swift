import Foundation
import Quantities
import Testing
import Therapy

/// Events as the ledger keeps them.
struct EventRoundTripTests {
  /// At least one event of each kind, from journeys through every part of the record.
  static func all() throws -> [TherapyEvent] {
    var events: [TherapyEvent] = []
    for isLinked in [false, true] {
      for planned in [Sample.fluid(2_000), Sample.fluid(500)] {
        var journey = try #require(
          try Journey.refill(
            upTo: .nextDate,
            linked: isLinked,
            aspirated: 5_000_000,
            planned: planned
          )
        )
        try journey.give(.completeRefill(RefillCompleted(nextAt: journey.now + .day)))
        if isLinked { try talk(&journey) }
        events += journey.events
      }
    }
    var broken = try #require(try Journey.refill(upTo: .label))
    try broken.give(.abandonRefill(RefillAbandoned(reason: "sick", reservoir: Sample.mL(16))))
    events += broken.events
    return events + (try PathwaySample.everything())
  }

  private static func ask(_ journey: inout Journey) throws {
    let now = journey.now
    for number in 20...21 {
      let draft = Sample.request(number, .acknowledge, alarm: .reservoirLow, at: now)
      try journey.give(.draftRequest(draft), by: Sample.nurse)
      try journey.give(.signRequest(draft.request, Sample.signature), by: Sample.nurse)
      try journey.give(.markRequestSent(draft.request), by: Sample.server)
      if number == 20 {
        let answer = RequestAnswer(
          request: draft.request,
          isApplied: true,
          pumpMilliseconds: 5,
          receipt: Sample.bytes
        )
        try journey.give(.takeRequestReceipt(answer), by: Sample.server)
      }
    }
    journey.now = now + 3 * .minute
    try journey.give(.lapseRequest(Sample.request(21).request), by: Sample.server)
    let halted = PumpHalted(reason: .stalled, haltedAt: now, pumpMilliseconds: 7)
    try journey.give(.haltPump(halted), by: Sample.server)
    let resumed = PumpResumed(resumedAt: now, pumpMilliseconds: 8)
    try journey.give(.resumePump(resumed), by: Sample.server)
  }

  private static func talk(_ journey: inout Journey) throws {
    let now = journey.now
    try journey.give(.draftOrder(Sample.draft(10, act: .safeRate, basis: Sample.order(9))))
    try journey.give(
      .withdrawOrder(OrderWithdrawn(order: Sample.order(10), reason: "not needed"))
    )
    try journey.give(.draftOrder(Sample.draft(12, act: .safeRate, basis: Sample.order(9))))
    try journey.give(.signOrder(Sample.order(12), Sample.signature))
    try journey.give(.queueOrder(Sample.order(12)))
    try journey.give(.markSent(Sample.order(12)), by: Sample.server)
    let away = OrderTurnedAway(order: Sample.order(12), reason: "revoked")
    try journey.give(.turnAwayOrder(away), by: Sample.server)
    let refused = Sample.answer(12, .refused, inForce: 9)
    try journey.give(.takeReceipt(refused), by: Sample.server)
    try journey.give(.draftOrder(Sample.draft(13, act: .suspend, basis: Sample.order(9))))
    let raised = AlarmRaised(alarm: .reservoirLow, raisedAt: now, pumpMilliseconds: 5)
    try journey.give(.raiseAlarm(raised), by: Sample.server)
    try ask(&journey)
    try journey.give(.acknowledgeAlarm(.reservoirLow))
    try journey.give(.actOnAlarm(AlarmActed(alarm: .reservoirLow, action: "called")))
    let cleared = AlarmCleared(alarm: .reservoirLow, clearedAt: now, pumpMilliseconds: 6)
    try journey.give(.clearAlarm(cleared), by: Sample.server)
    try journey.give(.hearStatus(Sample.status(at: now)), by: Sample.server)
    let total = DailyTotal(
      day: now.day,
      delivered: Sample.mL(1),
      ordered: Sample.mL(1),
      patientDoses: Volume(nanolitres: 5_000),
      granted: 1,
      refused: 2
    )
    try journey.give(.recordDailyTotal(total), by: Sample.server)
    let request = DoseRequest(requestedAt: now, isGranted: false, reason: "lockout")
    try journey.give(.recordDoseRequest(request), by: Sample.server)
    for score in [
      Score.pain(7), .ashworth(.onePlus, .kneeFlexors), .spasms(frequency: 0, severity: nil),
      .spasms(frequency: 2, severity: 3),
    ] { try journey.give(.recordScore(ScoreRecorded(score: score, takenAt: now))) }
    let dose = DailyDose(mass: Mass(femtograms: 40_000_000_000_000))
    try journey.give(.recordOralOpioid(.oxycodone, dose, since: Sample.day("2025-01-01")))
    try journey.give(.recordSideEffect(SideEffect(what: "itch", severity: .mild, since: nil)))
    let diary = DiaryEntry(
      day: now.day,
      pain: 3,
      spasms: 0,
      sleep: 4,
      troubles: [.itching, .drowsy],
      words: "ñ"
    )
    try journey.give(.writeDiary(diary), by: Sample.caregiver)
    try journey.give(.writeNote(Note(text: "ä, \"quoted\" and 日本語")))
    let note = try #require(journey.record.notes.last?.event)
    try journey.give(.correct(Correction(event: note, reason: "another patient's")))
    let other = Identity(
      givenName: "Anne",
      familyName: "Muster",
      born: Sample.identity.born,
      recordNumber: "4711",
      language: "de"
    )
    try journey.give(.correctIdentity(IdentityCorrected(identity: other, reason: "a letter")))
    let card = PumpInPlace(
      model: "SynchroMed II",
      isCatalogued: true,
      capacity: Sample.mL(40),
      serial: "another digit"
    )
    try journey.give(.correctPump(PumpCorrected(pump: card, reason: "read from the card")))
    journey.now = journey.now + 3 * .day
    try journey.give(.lapseOrder(Sample.order(13)), by: Sample.server)
    try journey.give(.unlinkPump(PumpUnlinked(reason: "moved away")))
  }

  @Test
  func `each kind of event reads back from its JSON as it was (SR-088)`() throws {
    let events = try Self.all()
    let kinds = Set(events.compactMap(\.kind))
    #expect(kinds == Set(TherapyEventKind.allCases))
    let ofPathway = events.compactMap { event in
      if case .pathway(let value) = event { value.kind } else { nil }
    }
    #expect(Set(ofPathway) == Set(PathwayEventKind.allCases))
    #expect(Set(events.map(\.kindName)).count == kinds.count + Set(ofPathway).count)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for event in events {
      let bytes = try encoder.encode(event)
      #expect(try JSONDecoder().decode(TherapyEvent.self, from: bytes) == event)
      #expect(try encoder.encode(event) == bytes)
    }
  }

  @Test
  func `the JSON of an event is for people to read`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let fill = TherapyEvent.fillRecorded(
      FillRecorded(
        volume: Sample.mL(18),
        fluid: Sample.fluid(2_000),
        filledAt: Sample.start,
        lots: ["L-1"],
        standing: .recalled
      )
    )
    let text = String(decoding: try encoder.encode(fill), as: UTF8.self)
    let expected =
      #"{"body":{"filledAt":1767600000000,"fluid":{"drugs":[{"concentration":"2 mg/mL","#
      + #""name":"baclofen"}]},"lots":["L-1"],"standing":"recalled","volume":"18 mL"},"#
      + #""form":1,"kind":"fillRecorded"}"#
    #expect(text == expected)
  }

  @Test
  func `an event of a later form is kept as unread, and the record says so`() throws {
    var journey = try Journey.adopted()
    for text in [
      #"{"form":2,"kind":"noteWritten","body":{}}"#, #"{"form":1,"kind":"teleported","body":1}"#,
    ] {
      let event = try JSONDecoder().decode(TherapyEvent.self, from: Data(text.utf8))
      #expect(event.kind == nil)
      journey.apply([event], by: Sample.server)
      #expect(throws: EncodingError.self) { _ = try JSONEncoder().encode(event) }
    }
    #expect(journey.record.unread.count == 2)
    let fill = try #require(Sample.adoption().fill)
    #expect(journey.refusal(.recordFill(fill))?.code == .unread)
    #expect(journey.refusal(.writeNote(Note(text: "seen"))) == nil)
  }

  @Test(arguments: [
    #"{"form":1,"kind":"noteWritten","body":{}}"#,
    #"{"form":1,"kind":"fillRecorded","body":{"volume":18}}"#,
    #"{"form":1,"kind":"refillStep","body":{"step":"aspirated","value":{"volume":"3"}}}"#,
    #"{"form":1,"kind":"orderQueued","body":{"order":"12"}}"#,
  ])
  func `an event of form 1 with a wrong body is refused, never guessed at`(text: String) {
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(TherapyEvent.self, from: Data(text.utf8))
    }
  }
}
