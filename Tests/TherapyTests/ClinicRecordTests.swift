import Foundation
import Quantities
import Testing
import Therapy

/// The clinic's own stream: people, keys, settings, confirmed facts.
struct ClinicRecordTests {
  private struct Office {
    var record = ClinicRecord()
    var events: [ClinicEvent] = []

    mutating func give(_ command: ClinicCommand, by author: Author = Sample.administrator) throws {
      for event in try record.decide(command, by: author, at: Sample.start) {
        let id = EventID(position: record.position + 1)
        record.apply(event, EventMeta(id: id, at: Sample.start, by: author.person))
        events.append(event)
      }
    }

    func code(
      _ command: ClinicCommand,
      by author: Author = Sample.administrator
    ) -> TherapyRefusal.Code? {
      do {
        _ = try record.decide(command, by: author, at: Sample.start)
        return nil
      } catch {
        return error.code
      }
    }

    static func open() throws -> Office {
      var office = Office()
      for author in [Sample.administrator, Sample.physician, Sample.nurse] {
        try office.give(
          .addPerson(
            ClinicPerson(person: author.person, name: author.person.text, roles: [author.role])
          )
        )
      }
      return office
    }
  }

  private static func key(_ digit: Character, _ author: Author) -> ClinicCommand {
    guard let key = KeyText(String(repeating: digit, count: 64)) else {
      preconditionFailure("hex")
    }
    return .registerKey(
      PersonKey(
        person: author.person,
        key: key,
        certificate: Sample.bytes,
        role: author.role
      )
    )
  }

  @Test
  func `only an administrator of the clinic changes it, and the first one adds themselves`() throws
  {
    let nurse = ClinicPerson(person: Sample.nurse.person, name: "N", roles: [.nurse])
    #expect(Office().code(.addPerson(nurse)) == .unknown)
    let office = try Office.open()
    #expect(office.code(.addPerson(nurse)) == .twice)
    #expect(office.code(.changeSettings(.standard), by: Sample.physician) == .role)
    let stranger = Author(person: Sample.id("stranger"), role: .administrator)
    #expect(office.code(.changeSettings(.standard), by: stranger) == .unknown)
  }

  @Test
  func `the last administrator stays`() throws {
    var office = try Office.open()
    let leave = PersonLeft(person: Sample.administrator.person, reason: "retires")
    #expect(office.code(.leave(leave)) == .limit)
    let change = PersonRoleChange(person: Sample.administrator.person, roles: [.auditor])
    #expect(office.code(.changeRoles(change)) == .limit)
    try office.give(
      .changeRoles(
        PersonRoleChange(person: Sample.nurse.person, roles: [.nurse, .administrator])
      )
    )
    try office.give(.leave(leave))
    #expect(office.record.member(Sample.administrator.person) == nil)
  }

  @Test
  func `a key is one person's, in a role of theirs that signs (SR-100)`() throws {
    var office = try Office.open()
    try office.give(Self.key("a", Sample.physician))
    #expect(office.code(Self.key("a", Sample.nurse)) == .twice)
    #expect(office.code(Self.key("b", Sample.administrator)) == .role)
    let asPhysician = Author(person: Sample.nurse.person, role: .physician)
    #expect(office.code(Self.key("b", asPhysician)) == .role)
    #expect(office.code(Self.key("b", Sample.patient)) == .unknown)
    let key = try #require(KeyText(String(repeating: "a", count: 64)))
    try office.give(.withdrawKey(KeyWithdrawn(key: key, reason: "lost")))
    #expect(office.code(.withdrawKey(KeyWithdrawn(key: key, reason: "lost"))) == .unknown)
  }

  @Test
  func `settings narrow the contract and never widen it`() throws {
    let office = try Office.open()
    func envelope(_ step: Int, _ week: Int, delay: Int64) -> ClinicCommand {
      .changeSettings(
        ClinicSettings(
          envelope: EnvelopeDefaults(
            stepPercent: step,
            weekPercent: week,
            betweenIncreases: 12 * .hour,
            delay: delay * .minute,
            bedsideAge: 180 * .day
          )
        )
      )
    }
    #expect(office.code(envelope(20, 30, delay: 15)) == nil)
    #expect(office.code(envelope(21, 30, delay: 15)) == .value)
    #expect(office.code(envelope(20, 31, delay: 15)) == .value)
    #expect(office.code(envelope(20, 30, delay: 14)) == .limit)
    #expect(office.code(.changeSettings(ClinicSettings(silenceTask: 25 * .hour))) == .limit)
    #expect(office.code(.changeSettings(ClinicSettings(silenceCall: 73 * .hour))) == .limit)
    #expect(office.code(.changeSettings(ClinicSettings(singlePersonRefill: " "))) == .value)
    #expect(office.code(.changeSettings(ClinicSettings(confirmedFacts: ["x"]))) == .value)
  }

  @Test
  func `a fact that was confirmed with its source is verified from then on (SR-038)`() throws {
    var office = try Office.open()
    let fact = FactConfirmed(fact: "stability.morphine", source: "the label, read today")
    #expect(office.code(.confirmFact(fact)) == .role)
    try office.give(.confirmFact(fact), by: Sample.physician)
    #expect(office.record.currentSettings.confirmedFacts == ["stability.morphine"])
  }

  @Test
  func `each event of the clinic reads back from its JSON as it was (SR-088)`() throws {
    var office = try Office.open()
    try office.give(Self.key("a", Sample.physician))
    let key = try #require(KeyText(String(repeating: "a", count: 64)))
    try office.give(.withdrawKey(KeyWithdrawn(key: key, reason: "lost")))
    try office.give(.changeSettings(ClinicSettings(singlePersonRefill: "at night")))
    try office.give(.confirmFact(FactConfirmed(fact: "f", source: "s")), by: Sample.physician)
    try office.give(
      .changeRoles(PersonRoleChange(person: Sample.nurse.person, roles: [.auditor]))
    )
    try office.give(.leave(PersonLeft(person: Sample.nurse.person, reason: "moved")))
    let item = CostItem(name: "a month", cents: 12_300)
    let costs = CostQuestion(
      currency: "CHF",
      pumpOnce: [item],
      pumpMonthly: [item],
      conventionalMonthly: [item],
      months: 24
    )
    try office.give(.setCosts(costs))
    #expect(office.record.costs == costs)
    #expect(Set(office.events.compactMap(\.kind)) == Set(ClinicEvent.Kind.allCases))
    for event in office.events {
      let bytes = try JSONEncoder().encode(event)
      #expect(try JSONDecoder().decode(ClinicEvent.self, from: bytes) == event)
    }
    let later = Data(#"{"form":3,"kind":"personAdded","body":{}}"#.utf8)
    let event = try JSONDecoder().decode(ClinicEvent.self, from: later)
    office.record.apply(
      event,
      EventMeta(id: EventID(position: 99), at: Sample.start, by: Sample.server.person)
    )
    #expect(office.code(.changeSettings(.standard)) == .unread)
  }
}
