import JSONText
import Ledger
import Synchronization
import Testing

@testable import Clinic

/// A ledger that takes nothing once it is told so.
final class FailingLedger: LedgerStore {
  private let inner = MemoryLedger()
  private let failing = Mutex(false)

  func fail() { failing.withLock { $0 = true } }
  func mend() { failing.withLock { $0 = false } }

  func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended {
    if failing.withLock({ $0 }) { throw .notStored(reason: "the disk is full") }
    return try await inner.append(parts)
  }

  func read(after position: Int64, limit: Int) async throws(LedgerError) -> [LedgerEvent] {
    try await inner.read(after: position, limit: limit)
  }

  func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    try await inner.read(stream: stream, after: version, limit: limit)
  }

  func lastPosition() async throws(LedgerError) -> Int64 { try await inner.lastPosition() }

  func newPositions() -> AsyncStream<Int64> { inner.newPositions() }

  func save(_ snapshot: LedgerSnapshot) async throws(LedgerError) { try await inner.save(snapshot) }

  func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot? {
    try await inner.snapshot(named: name)
  }
}

struct AuditTests {
  private let ledger = FailingLedger()
  private let clinic: TestClinic
  private let web: ClinicWeb

  init() async throws {
    clinic = try await TestClinic(ledger, roles: [.physician, .auditor])
    web = try ClinicWeb(
      [
        Route(
          .get,
          "/api/v1/patients/{patient}/notes",
          "Notes.",
          tag: "Test",
          face: .api,
          access: .roles([.physician]),
          audit: .init("read the notes of the record")
        ) { _ throws(WebError) in WebResponse(json: Array("{\"secret\":1}".utf8)) },
        Route(
          .get,
          "/patients/{patient}",
          "A page.",
          tag: "Test",
          face: .page,
          access: .roles([.physician]),
          audit: .init("read the record")
        ) { _ throws(WebError) in WebResponse(html: "<p>secret") },
        Route(
          .get,
          "/api/v1/listing",
          "For who treats nobody.",
          tag: "Test",
          face: .api,
          access: .roles([.auditor]),
          audit: .init("read the listing", patient: nil)
        ) { _ throws(WebError) in WebResponse(json: Array("{\"secret\":1}".utf8)) },
        Route(
          .get,
          "/listing",
          "A page for who treats nobody.",
          tag: "Test",
          face: .page,
          access: .roles([.auditor]),
          audit: .init("read the listing", patient: nil)
        ) { _ throws(WebError) in WebResponse(html: "<p>secret") },
        Route(
          .post,
          "/api/v1/patients/{patient}/notes",
          "A note.",
          tag: "Test",
          face: .api,
          access: .roles([.physician]),
          needsVersion: true,
          audit: .init("wrote a note to the record"),
          request: .object([SchemaField("text", .text(most: 100))])
        ) { call throws(WebError) in
          let object = try call.object()
          var payload = JSONWriter()
          payload.value(object.optional("text")?.value ?? .null)
          let draft = EventDraft(
            id: call.actKey,
            time: call.therapyNow,
            who: call.visitor.who,
            what: "note.written",
            payload: payload.bytes
          )
          let part = StreamDrafts(
            [draft],
            to: "patient/\(call["patient"])",
            expecting: .exactly(call.version ?? 0)
          )
          let version = try await call.commit([part]).events[0].version
          return WebResponse(201, json: Array("{\"version\":\(version)}".utf8)).version(version)
        },
      ],
      clinic.parts
    )
  }

  private func entries(at time: Int64? = nil) async throws -> [EventDraft] {
    try await ledger.read(
      stream: AuditBook.stream(at: time ?? clinic.time.now),
      after: 0,
      limit: 1_000
    )
    .map(\.draft)
  }

  private func write(
    _ text: String,
    key: String,
    version: String?,
    _ signedIn: (token: String, session: Session),
    web other: ClinicWeb? = nil
  ) async -> WebResponse {
    var headers = clinic.headers(signedIn)
    headers["idempotency-key"] = key
    headers["if-match"] = version
    return await (other ?? web).answer(
      WebRequest(
        .post,
        "/api/v1/patients/p-7/notes",
        headers: headers,
        body: Array("{\"text\":\"\(text)\"}".utf8)
      )
    )
  }

  @Test
  func `a read of a record is in the audit before it is shown (SR-088)`() async throws {
    let signedIn = await clinic.session(.physician)
    let request = WebRequest(
      .get,
      "/api/v1/patients/p-7/notes",
      headers: clinic.headers(signedIn)
    )
    #expect(await web.answer(request).status == 200)
    let entry = try #require(try await entries().last)
    #expect(entry.what == "audit.read" && entry.who == signedIn.session.account)
    let payload = String(decoding: entry.payload, as: UTF8.self)
    #expect(payload.contains("\"patient\":\"p-7\""))
    #expect(payload.contains("read the notes of the record"))
  }

  @Test
  func
    `while the disk takes nothing those who treat go on reading, and all is written after (SR-088, H-68)`()
    async throws
  {
    let (ada, uma) = (await clinic.session(.physician), await clinic.session(.auditor))
    func read(_ path: String, _ who: (token: String, session: Session)) async -> WebResponse {
      await web.answer(WebRequest(.get, path, headers: clinic.headers(who)))
    }
    ledger.fail()
    for _ in 0..<3 {
      let shown = await read("/api/v1/patients/p-7/notes", ada)
      #expect(shown.status == 200 && shown.text.contains("secret"))
      #expect(shown.headers.contains { $0.name == "cisterna-audit" })
    }
    let unread = await read("/api/v1/listing", uma)
    #expect(unread.status == 503 && unread.code == "notStored")
    #expect(!unread.text.contains("secret"))
    #expect(await read("/api/v1/patients/p-7/notes", uma).status == 403)
    #expect(web.audit.gap?.waiting == 5)
    clinic.time.pass(60_000)
    ledger.mend()
    #expect(await read("/api/v1/patients/p-7/notes", ada).status == 200)
    #expect(web.audit.gap == nil)
    let told = try await entries().filter { $0.what != "audit.wrote" }.suffix(7)
    #expect(
      told.map(\.what) == [
        "audit.read", "audit.read", "audit.read", "audit.refused", "audit.refused", "audit.gap",
        "audit.read",
      ]
    )
    let gap = String(decoding: told[told.endIndex - 2].payload, as: UTF8.self)
    #expect(gap.contains("\"written\":5"), "\(gap)")
    #expect(told.map(\.time) == told.map(\.time).sorted())
    // Whoever waits for the disk looks once more, and ends.
    clinic.time.pass(60_000)
  }

  @Test
  func `no more wait for the disk than there is room for, and then none is shown (SR-088)`()
    async throws
  {
    ledger.fail()
    let entry = AuditEntry(kind: .read, who: "ada", text: "read", route: "r", path: "/")
    for _ in 0..<AuditAside.most {
      try await web.audit.record(entry, at: clinic.time.now, mayWait: true)
    }
    await #expect(throws: WebError.self) {
      try await web.audit.record(entry, at: clinic.time.now, mayWait: true)
    }
    ledger.mend()
    #expect(await web.audit.catchUp(at: clinic.time.now))
    let reads = try await ledger.read(after: 0, limit: .max).count { $0.draft.what == "audit.read" }
    #expect(reads == AuditAside.most)
  }

  @Test
  func `a page that renews itself is one entry in ten minutes, which says so (SR-088)`()
    async throws
  {
    let ada = await clinic.session(.physician)
    var headers = clinic.headers(ada)
    func look() async -> Int {
      await web.answer(WebRequest(.get, "/patients/p-7", headers: headers)).status
    }
    #expect(await look() == 200)
    headers["x-renewal"] = "1"
    for _ in 0..<20 {
      #expect(await look() == 200)
      clinic.time.pass(25_000)
    }
    let first = try await entries().filter { $0.what == "audit.read" }
    #expect(first.count == 2)
    let told = String(decoding: try #require(first.last).payload, as: UTF8.self)
    #expect(told.contains("renewed live"))
    clinic.time.pass(5 * 60_000)
    #expect(await look() == 200)
    #expect(try await entries().filter { $0.what == "audit.read" }.count == 3)
    // A page that a person loads is told each time, and another person's renewal is their own.
    headers["x-renewal"] = nil
    #expect(await look() == 200)
    #expect(try await entries().filter { $0.what == "audit.read" }.count == 4)
  }

  @Test
  func
    `a renewal whose entry was not kept is not shown, nor any later one without an entry (SR-088)`()
    async throws
  {
    let auditor = await clinic.session(.auditor)
    var headers = clinic.headers(auditor)
    headers["x-renewal"] = "1"
    func look() async -> Int {
      await web.answer(WebRequest(.get, "/listing", headers: headers)).status
    }
    ledger.fail()
    #expect(await look() == 503)
    #expect(await look() == 503)
    ledger.mend()
    #expect(await look() == 200)
    #expect(try await entries().filter { $0.what == "audit.read" }.count == 1)
    #expect(await look() == 200)
    #expect(try await entries().filter { $0.what == "audit.read" }.count == 1)
  }

  @Test
  func `refusals are in the audit with their reason; a crowd of strangers is counted (H-71)`()
    async throws
  {
    let auditor = await clinic.session(.auditor)
    let path = "/api/v1/patients/p-7/notes"
    #expect(
      await web.answer(WebRequest(.get, path, headers: clinic.headers(auditor))).status == 403
    )
    let entry = try #require(try await entries().last)
    #expect(entry.what == "audit.refused" && entry.who == auditor.session.account)
    #expect(String(decoding: entry.payload, as: UTF8.self).contains("\"code\":\"notYours\""))
    for _ in 0..<500 {
      _ = await web.answer(WebRequest(.get, path, headers: clinic.headers(nil)))
    }
    let strangers = try await entries().filter { $0.who == "nobody" }
    #expect(strangers.count == RefusalBudget.perMinute)
  }

  @Test
  func `a write and its entry are recorded together or not at all (SR-113)`() async throws {
    let signedIn = await clinic.session(.physician)
    #expect(await write("a", key: "key-00000001", version: "\"0\"", signedIn).status == 201)
    let events = try await ledger.read(after: 0, limit: 1_000).suffix(2)
    #expect(events.map(\.draft.what) == ["note.written", "audit.wrote"])
    ledger.fail()
    let refused = await write("b", key: "key-00000002", version: "1", signedIn)
    #expect(refused.status == 503 && refused.code == "notStored")
    #expect(try await ledger.read(stream: "patient/p-7", after: 0, limit: 9).count == 1)
  }

  @Test
  func `a write on an older version is refused with what changed since (H-76)`() async throws {
    let signedIn = await clinic.session(.physician)
    _ = await write("a", key: "key-00000001", version: "0", signedIn)
    let late = await write("b", key: "key-00000002", version: "0", signedIn)
    #expect(late.status == 412 && late.code == "conflict")
    #expect(late.text.contains("note.written by \(signedIn.session.account)"))
    #expect(late.text.contains("\"expected\":\"version 1\""))
    #expect(await write("b", key: "key-00000002", version: "1", signedIn).status == 201)
  }

  @Test
  func `a write says which version it was decided on`() async throws {
    let signedIn = await clinic.session(.physician)
    #expect(await write("a", key: "key-00000001", version: nil, signedIn).status == 428)
    for bad in ["x", "-1", "", "W/\"1\"", "1.0"] {
      #expect(await write("a", key: "key-00000001", version: bad, signedIn).status == 422)
    }
  }

  @Test
  func `the same write after a restart is answered the same, over midnight too (SR-113)`()
    async throws
  {
    let signedIn = await clinic.session(.physician)
    let first = await write("a", key: "key-00000001", version: "0", signedIn)
    let before = try await ledger.lastPosition()
    clinic.time.pass(AuditBook.day)
    let again = try ClinicWeb(web.table.routes, clinic.parts)
    let later = await clinic.session(.physician)
    let second = await write("a", key: "key-00000001", version: "0", later, web: again)
    #expect(second.status == 201 && second.bytes == first.bytes)
    #expect(try await ledger.lastPosition() == before)
    let other = await write("b", key: "key-00000001", version: "0", later, web: again)
    #expect(other.status == 409 && other.code == "keyTaken")
  }

  @Test(
    arguments: [
      (0, "1970-01-01"), (951_782_400_000, "2000-02-29"), (1_709_251_199_999, "2024-02-29"),
      (1_709_251_200_000, "2024-03-01"), (1_795_262_400_000, "2026-11-21"),
      (4_102_444_799_999, "2099-12-31"), (4_107_542_400_000, "2100-03-01"),
    ] as [(Int64, String)]
  )
  func `a day's stream has the day's date`(milliseconds: Int64, date: String) {
    #expect(AuditBook.stream(at: milliseconds) == "audit/\(date)")
  }
}
