import Foundation
import Quantities
import Testing
import Therapy

/// What another clinic gets, and that it suffices.
struct TransferTests {
  private static func document(_ journey: Journey) throws -> TransferDocument {
    try journey.record.transferDocument(
      to: "Clinic at the lake",
      because: "moves",
      by: Sample.physician.person,
      at: journey.now
    )
  }

  /// A record with something of everything.
  private static func full() throws -> Journey {
    var journey = try PathwaySample.started()
    journey.now = journey.now + 10 * .day
    try journey.give(.recordScore(ScoreRecorded(score: .pain(7), takenAt: journey.now)))
    try journey.give(.recordScore(ScoreRecorded(score: .pain(3), takenAt: journey.now)))
    let wrong = try #require(journey.record.scores.last?.event)
    try journey.give(.correct(Correction(event: wrong, reason: "another patient's")))
    try journey.give(.recordOralOpioid(.oxycodone, PathwaySample.dose("20 mg/d"), since: nil))
    try journey.give(.recordSideEffect(SideEffect(what: "itch", severity: .mild)))
    try journey.give(.writeNote(Note(text: "lives alone, ä \"quoted\"\nand a second line")))
    let held = VisitHeld(visit: "woundCheck-1", on: journey.now.day, done: "sutures out")
    try journey.give(.pathway(.holdVisit(held)))
    return journey
  }

  @Test
  func `the document of one record is adopted into another with the same pump, fluid and program`()
    throws
  {
    let journey = try Self.full()
    let bytes = try JSONEncoder().encode(try Self.document(journey))
    let document = try JSONDecoder().decode(TransferDocument.self, from: bytes)
    #expect(document == (try Self.document(journey)))
    var other = Journey()
    other.now = journey.now + .hour
    for command in document.arrival { try other.give(command) }
    let (old, new) = (journey.record, other.record)
    #expect(new.irregular.isEmpty)
    #expect(new.identity == old.identity)
    #expect(new.adopted == old.adopted)
    #expect(new.catheter == old.catheter)
    #expect(new.program?.program == old.program?.program)
    #expect(new.programFigures == old.programFigures)
    #expect(new.reservoir?.fluid == old.reservoir?.fluid)
    #expect(new.reservoir?.lots == old.reservoir?.lots)
    let level = try old.forecast(at: journey.now).level(at: journey.now)
    #expect(new.reservoir?.volume == level)
    #expect(level < Sample.mL(18))
    // A transfer makes no drug younger (H-61).
    #expect(new.reservoir?.stableFrom == old.reservoir?.stableFrom)
    let stale = journey.now + 170 * .day
    #expect(
      try new.forecast(at: stale).basis.dates.map(\.at)
        == old.forecast(at: stale).basis.dates.map(\.at)
    )
    #expect(
      new.scores.map(\.value) == old.scores.filter { $0.struckOut == nil }.map(\.value)
    )
    #expect(new.oralOpioids.map(\.value) == old.oralOpioids.map(\.value))
    #expect(new.sideEffects.map(\.value) == old.sideEffects.map(\.value))
    let told = new.notes.map(\.value.text).joined(separator: "\n")
    for line in document.history { #expect(told.contains(line.text), "\(line.text)") }
    for word in [
      "diagnosis: multipleSclerosis", "trial of baclofen", "implant by Dr. Graf", "tip T10",
      "sutures out", "lives alone", "goal: sit for an hour", "tried: oral baclofen",
      "primed 316 uL",
    ] { #expect(told.contains(word), "\(word)") }
  }

  @Test
  func `goals and their scores arrive, and a document without goals is taken without the scores`()
    throws
  {
    var journey = try PathwaySample.started()
    try journey.give(
      .recordScore(ScoreRecorded(score: .goal(1, number: 1), takenAt: journey.now))
    )
    let document = try Self.document(journey)
    var other = Journey()
    other.now = journey.now + .hour
    for command in document.arrival { try other.give(command) }
    #expect(other.record.pathway.evaluation.goals == journey.record.pathway.evaluation.goals)
    #expect(other.record.scores.last?.value.score == .goal(1, number: 1))
    var object = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(document)) as? [String: Any]
    )
    object["goals"] = nil
    let old = try JSONDecoder().decode(
      TransferDocument.self,
      from: JSONSerialization.data(withJSONObject: object)
    )
    var third = Journey()
    third.now = journey.now + .hour
    for command in old.arrival { try third.give(command) }
    #expect(third.record.scores.count == journey.record.scores.count - 1)
  }

  @Test
  func `a record of many long notes is handed over all the same, the newest of them whole`() throws
  {
    var journey = try Journey.adopted()
    for number in 1...70 {
      let text = "\(number) " + String(repeating: "\"n\"\n", count: 3_900)
      journey.now = journey.now + .minute
      try journey.give(.writeNote(Note(text: text)))
    }
    let document = try Self.document(journey)
    #expect(try JSONEncoder().encode(document).count < 1 << 20)
    #expect(document.history.last?.what.hasPrefix("note: 70 ") == true)
    let left = try #require(document.notKnown.last { $0.contains("older lines") })
    let all = journey.record.notes.count
    #expect(
      left.hasPrefix("\(all - document.history.count(where: { $0.what.hasPrefix("note:") }))")
    )
  }

  @Test
  func `a linked pump's own count is what is handed over`() throws {
    var journey = try Journey.adopted(linked: true)
    try journey.give(
      .hearStatus(Sample.status(at: journey.now, reservoir: 12_345_678)),
      by: Sample.server
    )
    try journey.give(.pathway(.transfer(to: "Clinic at the lake", reason: "moves")))
    let document = try #require(journey.record.pathway.transferred?.document)
    #expect(document.reservoir?.expected == Volume(nanolitres: 12_345_678))
    #expect(document.pumpID == Sample.linked.pump)
    #expect(journey.record.stage == .ended)
    #expect(!journey.record.isLinked)
    var other = Journey()
    for command in document.arrival { try other.give(command) }
    #expect(other.record.reservoir?.volume == Volume(nanolitres: 12_345_678))
  }

  @Test
  func `what is not known is told, and is not known there either`() throws {
    var journey = Journey()
    try journey.give(.adopt(Sample.adoption(fill: false, program: false)))
    let document = try Self.document(journey)
    #expect(
      document.notKnown == [
        "by when the pump is replaced", "what is in the reservoir", "the program in force",
      ]
    )
    var other = Journey()
    for command in document.arrival { try other.give(command) }
    #expect(other.record.reservoir == nil)
    #expect(other.record.program == nil)
    #expect(other.record.notes.last?.value.text.contains("Not known: the program") == true)
  }

  @Test
  func `an order that will never be answered is told to the other clinic as not known (SR-101)`()
    throws
  {
    var journey = try PathwaySample.inFlight()
    let transfer = PathwayCommand.transfer(to: "x", reason: "x", unanswered: "the relay is lost")
    try journey.give(.pathway(transfer))
    let document = try #require(journey.record.pathway.transferred?.document)
    #expect(
      document.notKnown.contains("whether the order \(Sample.order(1).text) took effect")
    )
    if case .sent? = journey.record.order(Sample.order(1))?.state {} else { Issue.record("ended") }
  }

  @Test
  func `a long history is cut into notes that are taken, and loses nothing`() throws {
    var journey = try Journey.adopted()
    let texts = (1...9).map { number in
      String(repeating: "\(number)ä日 ", count: number == 5 ? 2_500 : 700)
    }
    for text in texts { try journey.give(.writeNote(Note(text: text))) }
    let document = try Self.document(journey)
    #expect(document.notes.count > 2)
    var other = Journey()
    for command in document.arrival { try other.give(command) }
    let told = other.record.notes.map(\.value.text).joined()
    for number in 1...9 {
      let mark = Character("\(number)")
      let given = texts.joined().count { $0 == mark }
      #expect(told.count { $0 == mark } >= given)
    }
  }

  @Test
  func `the same record gives the same bytes`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let journey = try Self.full()
    let first = try encoder.encode(try Self.document(journey))
    #expect(try encoder.encode(try Self.document(journey)) == first)
  }

  @Test
  func `a drug that was put back by a broken refill is as old as it was (H-61)`() throws {
    var journey = try #require(try Journey.refill(upTo: .label))
    let since = try #require(journey.record.reservoir?.stableFrom)
    let abandoned = RefillAbandoned(reason: "sick", reservoir: Sample.mL(16))
    try journey.give(.abandonRefill(abandoned))
    #expect(journey.record.reservoir?.filledAt == journey.now)
    #expect(journey.record.reservoir?.stableFrom == since)
  }
}
