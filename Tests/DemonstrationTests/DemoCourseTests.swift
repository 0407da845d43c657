import Foundation
import Testing
import Therapy

@testable import Demonstration

/// The demonstration's people beyond those who come with a pump.
struct DemoCourseTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  private static func author(_ by: DemoCourse.By) throws -> Author {
    switch by {
    case .physician: Author(person: try #require(PersonID("ada")), role: .physician)
    case .nurse: Author(person: try #require(PersonID("noor")), role: .nurse)
    case .pharmacist: Author(person: try #require(PersonID("pia")), role: .pharmacist)
    }
  }

  /// What the founding records, by the clinic's own rules.
  private static func records() throws -> [String: PatientRecord] {
    let (start, patients) = try Demonstration.patients()
    var records: [String: PatientRecord] = [:]
    func take(
      _ id: String,
      _ command: TherapyCommand,
      _ by: DemoCourse.By,
      _ at: Instant
    ) throws {
      var record = try records[id] ?? PatientRecord(id: #require(PatientID(id)))
      let author = try author(by)
      let events = try record.decide(
        command,
        by: author,
        at: at,
        settings: .standard,
        confirmed: true
      )
      for event in events {
        let place = EventID(position: record.position + 1)
        record.apply(event, EventMeta(id: place, at: at, by: author.person))
      }
      records[id] = record
    }
    for patient in patients {
      try take(
        patient.id,
        .adopt(try DemoHistory(patient, start).adoption()),
        .physician,
        start
      )
    }
    for course in try DemoCourse.all(start) {
      #expect(course.acts.map(\.at) == course.acts.map(\.at).sorted(), "\(course.id)")
      for act in course.acts { try take(course.id, act.command, act.by, act.at) }
    }
    return records
  }

  @Test
  func `every stage of the pathway has someone, and the rules take all of it`() throws {
    let records = try Self.records()
    #expect(records.count == 18)
    func stage(_ id: String) -> PatientStage? { records[id]?.stage }
    #expect(stage("petit-louise") == .evaluation)
    #expect(stage("varga-istvan") == .evaluation)
    #expect(records["varga-istvan"]?.pathway.trials.last?.conclusion?.outcome == .failed)
    #expect(stage("haddou-yasmin") == .trial && records["haddou-yasmin"]?.pathway.trial != nil)
    #expect(stage("cole-arthur") == .implant)
    #expect(stage("rossi-giulia") == .therapy)
    #expect(records["rossi-giulia"]?.pathway.implants.count == 1)
    #expect(stage("almeida-rui") == .ended && records["almeida-rui"]?.pathway.explanted != nil)
    #expect(records["oneill-sean"]?.pathway.complications.contains(where: \.isOpen) == true)
    #expect(records["tran-minh"]?.weaningStepsDue.count == 1)
    #expect(records.values.allSatisfy { $0.irregular.isEmpty && $0.unread.isEmpty })
  }

  @Test
  func `who has no published case is said to be invented`() throws {
    let known = Set(try Demonstration.patients().patients.map(\.id))
    for course in try DemoCourse.all(Self.start) where !known.contains(course.id) {
      let notes = course.acts.compactMap { act -> String? in
        if case .writeNote(let note) = act.command { note.text } else { nil }
      }
      #expect(notes.first?.hasPrefix("Invented patient with an invented course.") == true)
    }
  }
}
