import Foundation
import Ledger
import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic

/// How long a start takes with many patients, and what it rests on.
@Suite(.timeLimit(.minutes(4)))
struct StartTests {
  /// Streams of many patients, as if their events had come over years.
  private static func ledger(patients: Int, notes: Int) async throws -> MemoryLedger {
    let ward = try await Ward()
    guard await ward.post("/api/v1/patients", try ward.adoption(), key: "adopt-key-1").status == 200
    else { throw NotMade("a patient") }
    let stored = try await ward.ledger.read(
      stream: TherapyText.stream(Ward.patient),
      after: 0,
      limit: 100
    )
    let note = try TherapyText.payload(TherapyEvent.noteWritten(Note(text: "a note")))
    let ledger = MemoryLedger()
    for number in 0..<patients {
      var drafts = stored.map(\.draft)
      for place in drafts.indices { drafts[place].id = "e-\(number)-\(place)" }
      for place in 0..<notes {
        var draft = drafts[0]
        draft.id = "n-\(number)-\(place)"
        draft.what = "noteWritten"
        draft.payload = note
        drafts.append(draft)
      }
      _ = try await ledger.append(drafts, to: "patient/p-\(number)", expecting: .exactly(0))
    }
    return ledger
  }

  private static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let begun = ContinuousClock.now
    try await work()
    return Double((ContinuousClock.now - begun) / .milliseconds(1)) / 1_000
  }

  @Test
  func `a start from a snapshot does not read every event there ever was (SR-113)`() async throws {
    // Larger where somebody wants to measure it.
    let environment = ProcessInfo.processInfo.environment
    let patients = environment["CISTERNA_PATIENTS"].flatMap(Int.init) ?? 300
    let notes = environment["CISTERNA_NOTES"].flatMap(Int.init) ?? 5
    let ledger = try await Self.ledger(patients: patients, notes: notes)
    let (clock, hub) = (WardTime().clock, LiveHub())
    var first: RecordBook?
    let whole = try await Self.seconds { first = try await RecordBook(ledger, clock, hub) }
    try await first?.saveSnapshot()
    // One more event of as many as there can be after a snapshot.
    let late = min(patients, Int(RecordBook.snapshotEvery) - 1)
    for number in 0..<late {
      var draft = try #require(
        try await ledger.read(stream: "patient/p-\(number)", after: 8, limit: 1).first?.draft
      )
      draft.id = "late-\(number)"
      _ = try await ledger.append([draft], to: "patient/p-\(number)", expecting: .any)
    }
    var second: RecordBook?
    let short = try await Self.seconds { second = try await RecordBook(ledger, clock, hub) }
    let summaries = try #require(await second?.summaries())
    #expect(summaries.count == patients)
    let list = await Self.seconds { _ = await second?.today() }
    let again = await Self.seconds { _ = await second?.today() }
    print(
      "start of \(patients) patients: \(whole) s by events, \(short) s by snapshot and \(late) events; "
        + "work list \(list) s, again \(again) s"
    )
    // By events alone it is the same.
    guard patients <= 1_000 else { return }
    let third = MemoryLedger()
    for event in try await ledger.read(after: 0, limit: .max) {
      _ = try await third.append([event.draft], to: event.stream, expecting: .any)
    }
    let byEvents = try await RecordBook(third, clock, hub).summaries()
    #expect(byEvents.map(\.patient) == summaries.map(\.patient))
    let id = try #require(PatientID("p-0"))
    #expect(await second?.summary(id) != nil)
    #expect(try await second?.patient(id).notes.count == notes + 1)
  }
}
