import Ledger
import Quantities
import Testing
import Therapy

@testable import Clinic

/// What two people, one finger and an old page do to a record.
@Suite(.timeLimit(.minutes(2)))
struct RecordActTests {
  private static func note(_ text: String) -> String { #"{"text":"\#(text)"}"# }

  private func ward() async throws -> Ward {
    let ward = try await Ward()
    let adopted = await ward.post("/api/v1/patients", try ward.adoption(), key: "adopt-key-1")
    guard adopted.status == 200 else { throw NotMade(adopted.text) }
    return ward
  }

  @Test
  func `of two who changed the same version one is told what changed, and nothing is lost (H-76)`()
    async throws
  {
    let ward = try await ward()
    let version = try await ward.record().position
    let body = #"{"implantedLength":"80 cm","volumePerLength":"0.0022 mL/cm","confirmed":true}"#
    let path = ward.path("/catheter")
    let contact = ward.path("/contact")
    async let one = ward.post(path, body, as: .physician, version: version)
    async let two = ward.post(contact, #"{"phone":"1"}"#, as: .nurse, version: version)
    let answers = await [one, two]
    #expect(answers.filter { $0.status == 200 }.count == 1, "\(answers.map(\.text))")
    let refused = try #require(answers.first { $0.status != 200 })
    #expect(refused.status == 412 && refused.code == "conflict")
    #expect(refused.text.contains("Since then: "))
    #expect(refused.text.contains("Recorded by ") || refused.text.contains(" by account-"))
    #expect(try await ward.record().position == version + 1)
  }

  @Test
  func `an old form is refused with what was recorded since (H-70, H-76)`() async throws {
    let ward = try await ward()
    let version = try await ward.record().position
    #expect(await ward.post(ward.path("/notes"), Self.note("first")).status == 200)
    let stale = await ward.post(ward.path("/contact"), #"{"phone":"1"}"#, version: version)
    #expect(stale.status == 412)
    #expect(stale.text.contains("noteWritten by account-"))
    #expect(try await ward.record().contact?.phone == nil)
    let without = await ward.post(ward.path("/contact"), #"{"phone":"1"}"#)
    #expect(without.status == 428)
  }

  @Test
  func `a double click records once, and so does the same key after a restart (SR-113, H-69)`()
    async throws
  {
    let ward = try await Ward()
    let adoption = try ward.adoption()
    #expect(await ward.post("/api/v1/patients", adoption, key: "adopt-key-1").status == 200)
    let path = ward.path("/notes")
    async let one = ward.post(path, Self.note("once"), key: "note-key-1")
    async let two = ward.post(path, Self.note("once"), key: "note-key-1")
    let answers = await [one, two]
    #expect(answers.allSatisfy { $0.status == 200 })
    #expect(try await ward.record().notes.count == 1)
    let again = try await Ward(ward.ledger, time: ward.time)
    let repeated = await again.post(path, Self.note("once"), key: "note-key-1")
    #expect(
      repeated.status == 200 && repeated.text.contains(#""wasThere":true"#),
      "\(repeated.text)"
    )
    let other = await again.post(path, Self.note("another"), key: "note-key-1")
    #expect(other.status == 409 && other.code == "keyTaken")
    #expect(try await again.record().notes.count == 1)
    // What could not be decided a second time is known for what it was.
    let adopted = await again.post("/api/v1/patients", adoption, key: "adopt-key-1")
    #expect(adopted.status == 200 && adopted.text.contains(#""wasThere":true"#), "\(adopted.text)")
    let changed = adoption.replacing("Muster", with: "Master")
    let other2 = await again.post("/api/v1/patients", changed, key: "adopt-key-1")
    #expect(other2.code == "keyTaken", "another body under the key: \(other2.text)")
  }

  @Test
  func `many at once without a version are all recorded, each once (SR-113)`() async throws {
    let ward = try await ward()
    let author = Author(person: try #require(PersonID("dr.huber")), role: .physician)
    let done = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<60 {
        let note = TherapyCommand.writeNote(Note(text: "note \(number)"))
        let act = RecordAct(Ward.patient, key: "many-\(number)", [RecordAct.Step(note, by: author)])
        group.addTask { (try? await ward.care.records.record(act)) != nil }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(try await ward.record().notes.count == done)
    #expect(done == 60)
  }

  @Test
  func `a refused command changes nothing and is in the audit with its reason (H-71)`()
    async throws
  {
    let ward = try await ward()
    let version = try await ward.record().position
    let fill = """
      {"volume":"25 mL","fluid":{"drugs":[{"name":"baclofen","concentration":"2 mg/mL"}]},\
      "filledAt":\(ward.clock.therapy()),"lots":[],"standing":"byHand","confirmed":true}
      """
    let refused = await ward.post(ward.path("/fill"), fill, version: version)
    #expect(refused.status == 422 && refused.code == "limit", "\(refused.text)")
    #expect(try await ward.record().position == version)
    let events = try await ward.ledger.read(
      stream: AuditBook.stream(at: ward.clock.security()),
      after: 0,
      limit: 1_000
    )
    let entry = events.last { $0.draft.what == "audit.refused" }
    let text = String(decoding: entry?.draft.payload ?? [], as: UTF8.self)
    #expect(text.contains(#""code":"limit""#) && text.contains(Ward.patient.text), "\(text)")
  }

  @Test
  func `what changed is on the work list at once, within the same minute (H-70)`() async throws {
    let ward = try await ward()
    #expect(await !ward.care.records.today().items.map(\.kind).contains(.scoreWorse))
    for value in [2, 8] {
      let body = """
        {"score":{"scale":"nrs","value":\(value)},"takenAt":\(ward.clock.therapy())}
        """
      #expect(await ward.post(ward.path("/scores"), body).status == 200)
    }
    #expect(await ward.care.records.today().items.map(\.kind).contains(.scoreWorse))
  }

  @Test
  func `what a person records and its entry in the audit are one append (H-71)`() async throws {
    let ward = try await ward()
    let answer = await ward.post(ward.path("/notes"), Self.note("one"), key: "note-key-9")
    #expect(answer.status == 200)
    let events = try await ward.ledger.read(after: 0, limit: 1_000)
    let place = try #require(events.firstIndex { $0.draft.id == "note-key-9" })
    #expect(events[place + 1].draft.id == "note-key-9/audit")
    #expect(events[place + 1].draft.who == events[place].draft.who)
    // The same append again is known, so that no crash can have left half of it.
    #expect(events.count { $0.draft.id.hasPrefix("note-key-9") } == 2)
  }

  @Test
  func `an entry that is not usual is asked about, and recorded with the answer`() async throws {
    let ward = try await ward()
    let version = try await ward.record().position
    func fill(_ confirmed: Bool) -> String {
      """
      {"volume":"5 mL","fluid":{"drugs":[{"name":"baclofen","concentration":"2 mg/mL"}]},\
      "filledAt":\(ward.clock.therapy() - 1),"lots":[],"standing":"byHand","confirmed":\(confirmed)}
      """
    }
    let asked = await ward.post(ward.path("/fill"), fill(false), version: version)
    #expect(asked.code == "confirm" && asked.text.contains("less than half"), "\(asked.text)")
    let done = await ward.post(ward.path("/fill"), fill(true), version: version)
    #expect(done.status == 200 && done.text.contains("confirmed"), "\(done.text)")
  }

  @Test
  func `a start from a snapshot and what came after it gives the same as all events`() async throws
  {
    let ward = try await ward()
    #expect(await ward.post(ward.path("/notes"), Self.note("before")).status == 200)
    let first = try await Ward(ward.ledger, time: ward.time)
    try await first.care.records.saveSnapshot()
    #expect(await first.post(ward.path("/notes"), Self.note("after")).status == 200)
    let identity = """
      {"identity":{"givenName":"Anna","familyName":"Beispiel","born":"1970-03-04",\
      "recordNumber":"4711","language":"de-CH"},"reason":"married","confirmed":true}
      """
    let version = try await first.record().position
    let renamed = await first.post(ward.path("/identity"), identity, version: version)
    #expect(renamed.status == 200, "\(renamed.text)")
    let second = try await Ward(ward.ledger, time: ward.time)
    let summaries = await second.care.records.summaries()
    let known = await first.care.records.summaries()
    #expect(summaries == known && summaries.map(\.name) == ["Beispiel, Anna"])
    #expect(try await second.record().notes.map(\.value.text) == ["before", "after"])
    let work = await first.care.records.today().items
    #expect(await second.care.records.today().items.map(\.kind) == work.map(\.kind))
  }

  @Test
  func `what another program appends is seen by who follows`() async throws {
    let ward = try await ward()
    let other = try await Ward(ward.ledger, time: ward.time)
    let work = Task { await other.care.work() }
    defer { work.cancel() }
    #expect(await ward.post(ward.path("/notes"), Self.note("by another")).status == 200)
    for _ in 0..<200 {
      if try await other.record().notes.count == 1 { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(try await other.record().notes.count == 1)
    // Where the server ends, the next start has less to read.
    work.cancel()
    await work.value
    #expect(try await ward.ledger.snapshot(named: RecordBook.snapshotName) != nil)
  }
}
