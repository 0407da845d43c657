import Foundation
import Quantities
import Testing
import Therapy

/// A patient of another clinic: what it told is told, until somebody here has looked.
struct ArrivalTests {
  /// A record with a complication, a scan and a taper under way.
  private static func busy() throws -> Journey {
    var journey = try Journey.adopted()
    func last() -> EventID { EventID(position: journey.record.position) }
    try journey.give(
      .pathway(.openComplication(PathwaySample.opened(.lostEffect, at: journey.now)))
    )
    let complication = last()
    let vitals = PathwaySample.tested(.vitals, .stable, of: complication, at: journey.now)
    try journey.give(.pathway(.testComplication(vitals)))
    try journey.give(.pathway(.planMRI(PathwaySample.scan(at: journey.now + 2 * .day))))
    try journey.give(.pathway(.planTaper(PathwaySample.taper(at: journey.now))))
    let step = TaperStepTaken(
      plan: last(),
      step: 1,
      dose: PathwaySample.milligrams(45),
      on: journey.now.day
    )
    try journey.give(.pathway(.takeTaperStep(step)))
    try journey.give(.recordScore(ScoreRecorded(score: .pain(6), takenAt: journey.now)))
    return journey
  }

  private static func document() throws -> TransferDocument {
    let journey = try busy()
    let document = try journey.record.transferDocument(
      to: "Clinic at the lake",
      because: "moves",
      by: Sample.physician.person,
      at: journey.now
    )
    return try JSONDecoder().decode(
      TransferDocument.self,
      from: try JSONEncoder().encode(document)
    )
  }

  static func arrived() throws -> Journey {
    let document = try document()
    var journey = Journey()
    journey.now = document.writtenAt + .day
    for command in document.arrival(from: "Clinic at the harbor") { try journey.give(command) }
    return journey
  }

  @Test
  func `what was under way is told: complications, scans and tapers`() throws {
    let underWay = try #require(try Self.document().underWay)
    #expect(underWay.complications.map(\.kind) == [.lostEffect])
    #expect(underWay.complications[0].tests.map(\.test) == [.vitals])
    #expect(underWay.scans.map(\.next) == [.conditions])
    #expect(underWay.tapers.map(\.taken) == [PathwaySample.milligrams(45)])
    #expect(underWay.tapers[0].steps.count == 3)
  }

  @Test
  func `a document that was written before these were told is read as before`() throws {
    var text = String(decoding: try JSONEncoder().encode(try Self.document()), as: UTF8.self)
    let from = try #require(text.range(of: ",\"underWay\":") ?? text.range(of: "\"underWay\":"))
    // The member with its value, to the brace that closes it.
    var (depth, end) = (0, from.upperBound)
    repeat {
      if text[end] == "{" { depth += 1 }
      if text[end] == "}" { depth -= 1 }
      end = text.index(after: end)
    } while depth > 0
    if text[from.lowerBound] != ",", text[end] == "," { end = text.index(after: end) }
    text.removeSubrange(from.lowerBound..<end)
    let old = try JSONDecoder().decode(TransferDocument.self, from: Data(text.utf8))
    #expect(old.underWay == nil)
    var journey = Journey()
    journey.now = old.writtenAt + .day
    for command in old.arrival(from: "x") { try journey.give(command) }
    #expect(journey.record.pathway.arrival?.arrived.parts.contains(.underWay) == false)
  }

  @Test
  func `all of it is told and unverified; the complication is open, from its first test on`() throws
  {
    let journey = try Self.arrived()
    let record = journey.record
    let arrival = try #require(record.pathway.arrival)
    #expect(
      arrival.open == [
        .identity, .pump, .catheter, .reservoir, .program, .medicines, .scores, .underWay,
        .history,
      ] || arrival.open == arrival.arrived.parts
    )
    #expect(Set(arrival.open).isSuperset(of: [.identity, .pump, .reservoir, .program, .scores]))
    #expect(arrival.isTold(try #require(record.scores.first?.event), .scores))
    let open = record.pathway.complications.filter(\.isOpen)
    #expect(open.map(\.opened.kind) == [.lostEffect])
    #expect(open.first?.opened.signs.contains("vitals stable") == true)
    #expect(open.first?.standing == .ask(.vitals))
    #expect(record.pathway.scans.isEmpty && record.pathway.tapers.isEmpty)
    let told = arrival.arrived.underWay.joined(separator: "\n")
    #expect(told.contains("MRI planned") && told.contains("taper of oxycodone, now 45 mg/d"))
    let tasks = WorkList([record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    #expect(
      tasks.contains(.arrivalUnchecked) && tasks.contains(.complicationUrgent)
        || tasks.contains(.complicationOpen)
    )
  }

  @Test
  func `each part is checked once it is right, and then is told no more`() throws {
    var journey = try Self.arrived()
    let parts = try #require(journey.record.pathway.arrival?.open)
    let event = try #require(journey.record.scores.first?.event)
    for part in parts {
      let wrong = ArrivalChecked(part: part, agrees: false, note: "another one")
      try journey.give(.pathway(.checkArrival(wrong)), by: Sample.nurse)
      let right = ArrivalChecked(part: part, agrees: true, note: "read from the pump")
      try journey.give(.pathway(.checkArrival(right)), by: Sample.nurse)
    }
    let arrival = try #require(journey.record.pathway.arrival)
    #expect(arrival.open.isEmpty && !arrival.isTold(event, .scores))
    let items = WorkList([journey.record.summary(at: journey.now)], at: journey.now).items
    #expect(!items.map(\.kind).contains(.arrivalUnchecked))
    let again = ArrivalChecked(part: parts[0], agrees: true, note: "x")
    #expect(journey.refusal(.pathway(.checkArrival(again)))?.code == .twice)
  }

  @Test
  func `what must not be taken of an arrival is refused (SR-041)`() throws {
    let journey = try Self.arrived()
    let home = try Journey.adopted()
    func arrived(_ from: String = "x", _ parts: [ArrivalPart] = [.pump], after: TimeSpan = .zero)
      -> TherapyCommand
    {
      .pathway(
        .recordArrival(Arrived(from: from, writtenAt: home.now + after, parts: parts))
      )
    }
    func check(_ part: ArrivalPart, _ note: String = "x") -> TherapyCommand {
      .pathway(.checkArrival(ArrivalChecked(part: part, agrees: true, note: note)))
    }
    let rows: [(String, Journey, TherapyCommand, TherapyRefusal.Code, String)] = [
      ("a second arrival", journey, arrived(), .twice, "from"),
      ("from nowhere", home, arrived(" "), .value, "from"),
      ("of no part", home, arrived("x", []), .value, "parts"),
      ("a part twice", home, arrived("x", [.pump, .pump]), .value, "parts"),
      ("of tomorrow", home, arrived(after: .day), .value, "document.writtenAt"),
      ("before a pump", Journey(), arrived(), .stage, ""),
      ("a check of nobody's word", home, check(.pump), .unknown, "part"),
      ("a check by nothing", journey, check(.pump, " "), .value, "note"),
    ]
    for (name, from, command, code, field) in rows {
      let refusal = from.refusal(command)
      #expect(refusal?.code == code, "\(name): \(String(describing: refusal))")
      #expect(refusal?.field == field, "\(name)")
    }
    for author in Sample.everyone where ![.physician, .nurse].contains(author.role) {
      #expect(journey.refusal(check(.pump), by: author)?.code == .role)
    }
  }
}
