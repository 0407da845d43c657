import Foundation
import Ledger
import OrderText
import PumpLink
import Quantities
import Synchronization
import Testing
import Therapy

@testable import Clinic

/// A ledger whose reads of patients' streams wait for a test.
private final class HookedLedger: LedgerStore {
  typealias Hook = @Sendable () async throws(LedgerError) -> Void
  private let inner: any LedgerStore
  private let hook = Mutex<Hook?>(nil)

  init(_ inner: any LedgerStore) { self.inner = inner }

  /// Before the next read of a patient's stream, once.
  func once(_ work: @escaping Hook) { hook.withLock { $0 = work } }

  func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended {
    try await inner.append(parts)
  }

  func read(after position: Int64, limit: Int) async throws(LedgerError) -> [LedgerEvent] {
    try await inner.read(after: position, limit: limit)
  }

  func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    if stream.hasPrefix("patient/") {
      let work = hook.withLock { hook in
        defer { hook = nil }
        return hook
      }
      if let work { try await work() }
    }
    return try await inner.read(stream: stream, after: version, limit: limit)
  }

  func lastPosition() async throws(LedgerError) -> Int64 { try await inner.lastPosition() }
  func newPositions() -> AsyncStream<Int64> { inner.newPositions() }
  func save(_ snapshot: LedgerSnapshot) async throws(LedgerError) { try await inner.save(snapshot) }

  func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot? {
    try await inner.snapshot(named: name)
  }
}

/// Summaries and links while events come in any order, and while a disk fails.
@Suite(.timeLimit(.minutes(2)))
struct RecordShelfTests {
  /// A book that has read a snapshot of so many patients, and no record yet.
  private static func book(_ count: Int) async throws -> (book: RecordBook, ledger: HookedLedger) {
    let ledger = HookedLedger(MemoryLedger())
    let ward = try await Ward(ledger)
    for number in 0..<count {
      let adopted = await ward.post(
        "/api/v1/patients",
        try ward.adoption().replacing("Muster", with: "Muster \(number)"),
        key: "adopt-key-\(number)"
      )
      guard adopted.status == 200 else { throw NotMade("a patient: \(adopted.text)") }
    }
    // The follower may not have passed what was taken at once.
    let first = try await RecordBook(ledger, ward.clock, ward.hub)
    try await first.saveSnapshot()
    return (try await RecordBook(ledger, ward.clock, LiveHub()), ledger)
  }

  private static func confirm(
    _ fact: String,
    _ ledger: any LedgerStore
  ) async throws(LedgerError) -> [LedgerEvent] {
    let event = ClinicEvent.factConfirmed(FactConfirmed(fact: fact, source: "the maker's label"))
    let draft = EventDraft(
      id: "confirmed-\(fact)",
      time: WardTime.begin,
      who: "account-1",
      what: ClinicEvent.Kind.factConfirmed.rawValue,
      payload: (try? TherapyText.payload(event)) ?? []
    )
    return try await ledger.append([draft], to: "clinic", expecting: .any).events
  }

  @Test
  func `settings that change while summaries are made anew reach all of them (H-70)`() async throws
  {
    let (book, ledger) = try await Self.book(45)
    try await book.take(try await Self.confirm("stability.baclofen", ledger))
    #expect(await book.outdated.count == 45)
    ledger.once { () async throws(LedgerError) in
      let events = try await Self.confirm("stability.morphine", ledger)
      try? await book.take(events)
    }
    while await book.renewOutdated() {}
    let position = await book.clinicRecord.position
    #expect(await book.shelf.values.allSatisfy { $0.settings == position })
  }

  @Test
  func `a disk that fails on the way leaves no summary behind its record (H-68, H-70)`()
    async throws
  {
    let (book, ledger) = try await Self.book(2)
    let (one, other) = (
      ClinicCare.patientID(of: "adopt-key-0"), ClinicCare.patientID(of: "adopt-key-1")
    )
    // The one is in memory, the other must be read.
    let version = Int64(try await book.patient(one).position)
    let note = try TherapyText.payload(TherapyEvent.noteWritten(Note(text: "a note")))
    let parts = [one, other].map { patient in
      let draft = EventDraft(
        id: "note-\(patient)",
        time: WardTime.begin,
        who: "account-1",
        what: TherapyEventKind.noteWritten.rawValue,
        payload: note
      )
      return StreamDrafts([draft], to: TherapyText.stream(patient), expecting: .any)
    }
    let appended = try await ledger.append(parts)
    ledger.once { () throws(LedgerError) in throw .file(reason: "the disk is gone") }
    await #expect(throws: WebError.self) { try await book.take(appended.events) }
    #expect(try await book.summaryText(one).version == version + 1)
    // And the follower, which comes by the same again, finds the other.
    try await book.take(appended.events)
    #expect(try await book.patient(other).notes.count == 1)
  }

  @Test
  func `a pump that went to another patient stays theirs, whoever's events come first (H-70)`()
    async throws
  {
    let (book, _) = try await Self.book(2)
    let (one, other) = (
      ClinicCare.patientID(of: "adopt-key-0"), ClinicCare.patientID(of: "adopt-key-1")
    )
    let pump = try #require(PumpID(String(repeating: "a", count: 32)))
    let key = try #require(KeyText(String(repeating: "ab", count: 32)))
    await book.noteLink(of: one, PumpLinked(pump: pump, receiptKey: key))
    await book.noteLink(of: other, PumpLinked(pump: pump, receiptKey: key))
    await book.noteLink(of: one, nil)
    #expect(await book.patient(of: pump) == other)
    await book.noteLink(of: other, nil)
    #expect(await book.patient(of: pump) == nil)
  }

  @Test
  func `what a pump said is not told of the one that took its place (H-70, SR-058)`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let records = ward.care.records
    #expect(await records.live(Ward.patient) != nil)
    let next = try #require(PumpID(String(repeating: "b", count: 32)))
    let key = try #require(KeyText(String(repeating: "cd", count: 32)))
    await records.noteLink(of: Ward.patient, PumpLinked(pump: next, receiptKey: key))
    #expect(await records.live(Ward.patient) == nil)
    await pump.stop()
  }
}
