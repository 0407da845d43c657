import Dispatch
import Foundation
import GRDB
import Testing

@testable import Ledger

/// The file of a ledger: durability, proof, anchors, copies.
struct FileTests {
  let scratch: Scratch
  let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.file("ledger.sqlite")
  }

  @discardableResult
  private func fill(_ events: Int) async throws -> [LedgerEvent] {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: events)
    let all = try await LedgerSample.all(ledger)
    try ledger.close()
    return all
  }

  @Test
  func `the connection that writes syncs at each commit, in the write-ahead log (SR-113)`()
    async throws
  {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 3)
    let (level, journal) = try await ledger.pool.writeWithoutTransaction { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA synchronous"),
        try String.fetchOne(db, sql: "PRAGMA journal_mode")
      )
    }
    #expect(level == 2)
    #expect(journal == "wal")
  }

  @Test
  func `the database itself refuses to change or remove an event (H-71)`() async throws {
    try await fill(3)
    let queue = try DatabaseQueue(path: path)
    for sql in [
      "UPDATE event SET who = 'x'", "DELETE FROM event", "DELETE FROM event WHERE position = 3",
    ] {
      await #expect(throws: DatabaseError.self) {
        try await queue.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test
  func `the canonical bytes are those of the page, and their hash is known (H-71)`() {
    let draft = EventDraft(
      id: "e",
      time: -2,
      who: "w",
      what: "t",
      form: 3,
      why: "",
      payload: Array("{}".utf8)
    )
    let bytes = draft.canonicalBytes(position: 258, stream: "p", version: 1, previous: .zero)
    var stated = Array("CSTLEDG1".utf8)
    stated += [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    stated += [UInt8](repeating: 0, count: 32)
    stated += [255, 255, 255, 255, 255, 255, 255, 254, 0, 0, 0, 3]
    stated += [0, 0, 0, 1, 0x70, 0, 0, 0, 1, 0x65, 0, 0, 0, 1, 0x77, 255, 255, 255, 255]
    stated += [0, 0, 0, 1, 0x74, 0, 0, 0, 0, 0, 0, 0, 2, 0x7B, 0x7D]
    #expect(bytes == stated)
    // FIPS 180-4's own example.
    let known = LedgerHash(of: Array("abc".utf8)).description
    #expect(known == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test
  func `a whole ledger is proved, as a database and as an export (H-71)`() async throws {
    let events = try await fill(50)
    let proof = try LedgerFile(path: path).verify()
    #expect(proof == LedgerFile.Proof(events: 50, streams: 3, anchors: 0))
    let text = try export(path)
    let lines = text.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 52)
    for (line, event) in zip(lines.dropFirst(), events) {
      #expect(EventLine.event(Array(line)) == event)
      let value = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect(value?["why"] as? String == event.draft.why)
    }
    let copy = scratch.file("export.jsonl")
    try Data(text).write(to: URL(fileURLWithPath: copy))
    #expect(try LedgerFile(path: copy).verify() == proof)
  }

  private func export(_ path: String) throws -> [UInt8] {
    var text: [UInt8] = []
    _ = try LedgerFile(path: path).export { text += $0 }
    return text
  }

  @Test
  func `an export restored gives the same ledger, which goes on (H-71)`() async throws {
    let events = try await fill(40)
    let text = try export(path)
    let lines = scratch.file("export.jsonl")
    try Data(text).write(to: URL(fileURLWithPath: lines))
    let restored = scratch.file("restored.sqlite")
    #expect(try LedgerFile(path: lines).restore(to: restored).events == 40)
    #expect(try export(restored) == text)
    let ledger = try SQLiteLedger(path: restored)
    #expect(try await LedgerSample.all(ledger) == events)
    _ = try await ledger.append([LedgerSample.draft("on")], to: "p", expecting: .exactly(0))
    #expect(throws: LedgerError.self) { _ = try LedgerFile(path: lines).restore(to: restored) }
  }

  @Test
  func `a backup taken while others write is a whole ledger of one moment (H-71)`() async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 200)
    let writing = Task {
      var number = 0
      while !Task.isCancelled {
        let draft = LedgerSample.draft("more-\(number)")
        _ = try await ledger.append([draft], to: "busy", expecting: .exactly(Int64(number)))
        number += 1
      }
    }
    for number in 0..<5 {
      let copy = scratch.file("backup-\(number).sqlite")
      let before = try await ledger.lastPosition()
      let proof = try LedgerFile(path: path).backup(to: copy)
      #expect(proof.events >= before)
      let restored = scratch.file("restored-\(number).sqlite")
      #expect(try LedgerFile(path: copy).restore(to: restored) == proof)
      // The same head: of the copy, of what is restored of it, and of the ledger when it was taken.
      let head = try LedgerFile(path: copy).anchor(on: "2026-11-21", after: [])
      #expect(try LedgerFile(path: restored).anchor(on: "2026-11-21", after: []) == head)
      #expect(try LedgerFile(path: path).verify(anchors: [head]).events >= proof.events)
    }
    writing.cancel()
    _ = await writing.result
    #expect(throws: LedgerError.self) {
      _ = try LedgerFile(path: path).backup(to: scratch.file("backup-0.sqlite"))
    }
  }

  @Test
  func `an anchor fits its ledger and every longer one, and no other (H-71)`() async throws {
    try await fill(30)
    let file = AnchorFile(path: scratch.file("anchors.txt"))
    #expect(try file.read() == [])
    let first = try LedgerFile(path: path).anchor(on: "2026-11-20", after: [])
    try file.append(first)
    let ledger = try SQLiteLedger(path: path)
    _ = try await ledger.append([LedgerSample.draft("x")], to: "new", expecting: .exactly(0))
    try ledger.close()
    let second = try LedgerFile(path: path).anchor(on: "2026-11-21", after: try file.read())
    try file.append(second)
    #expect(try file.read() == [first, second])
    #expect(LedgerAnchor(line: "\(second)") == second)
    #expect(try LedgerFile(path: path).verify(anchors: try file.read()).anchors == 2)
    #expect(second.position == 31 && second.streams == 4)
    let other = LedgerAnchor(day: "2026-11-20", position: 30, streams: 3, root: second.root)
    let differs = LedgerDamage(.anchorDiffers(day: "2026-11-20"), position: 30)
    #expect(throws: LedgerError.damaged(differs)) {
      _ = try LedgerFile(path: path).verify(anchors: [other])
    }
  }

  @Test(arguments: [0, 5, 20, 40, 60, -2])
  func `a line of the anchor file that was changed is not taken for an anchor`(at: Int) async throws
  {
    try await fill(3)
    let anchor = try LedgerFile(path: path).anchor(on: "2026-11-20", after: [])
    var line = Array("\(anchor)".utf8)
    let index = at < 0 ? line.count + at : at
    line[index] = UInt8(ascii: "~")
    #expect(LedgerAnchor(line: String(decoding: line, as: UTF8.self)) == nil)
    let file = AnchorFile(path: scratch.file("anchors.txt"))
    try Data(line + [10]).write(to: URL(fileURLWithPath: file.path))
    #expect(throws: LedgerError.self) { _ = try file.read() }
  }

  @Test
  func `a snapshot of another history is not returned`() async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 5)
    try await ledger.save(LedgerSnapshot(name: "s", position: 5, form: 1, bytes: [1, 2, 3]))
    let other = scratch.file("other.sqlite")
    let others = try SQLiteLedger(path: other)
    for number in 0..<5 {
      let draft = LedgerSample.draft("other-\(number)")
      _ = try await others.append([draft], to: "p", expecting: .any)
    }
    try FileManager.default.copyItem(atPath: path + "-snapshot-s", toPath: other + "-snapshot-s")
    #expect(try await ledger.snapshot(named: "s") != nil)
    #expect(try await others.snapshot(named: "s") == nil)
  }

  @Test
  func `a snapshot with a byte changed or cut off is not returned`() async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 5)
    try await ledger.save(LedgerSnapshot(name: "s", position: 5, form: 1, bytes: [1, 2, 3]))
    let file = URL(fileURLWithPath: path + "-snapshot-s")
    let whole = try Data(contentsOf: file)
    for index in whole.indices {
      var bad = whole
      bad[index] ^= 1 << UInt8(index % 8)
      try bad.write(to: file)
      #expect(try await ledger.snapshot(named: "s") == nil, "byte \(index)")
      try whole[..<index].write(to: file)
      #expect(try await ledger.snapshot(named: "s") == nil, "cut at \(index)")
    }
    try whole.write(to: file)
    #expect(try await ledger.snapshot(named: "s")?.bytes == [1, 2, 3])
  }

  @Test
  func `saving a snapshot and reading do not wait for the connection that appends`() async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 5)
    let isDone = DispatchSemaphore(value: 0)
    let (holding, announced) = AsyncStream.makeStream(of: Void.self)
    let held = Task {
      try await ledger.pool.writeWithoutTransaction { _ in
        announced.yield()
        return isDone.wait(timeout: .now() + 60)
      }
    }
    for await _ in holding { break }
    let bytes = [UInt8](repeating: 7, count: 3 << 20)
    try await ledger.save(LedgerSnapshot(name: "large", position: 5, form: 1, bytes: bytes))
    #expect(try await ledger.snapshot(named: "large")?.bytes == bytes)
    #expect(try await LedgerSample.all(ledger).count == 5)
    isDone.signal()
    #expect(try await held.value == .success, "it was held until then")
  }

  @Test
  func `another program's database and other files are told from a ledger`() async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
    try queue.close()
    #expect(throws: LedgerError.self) { _ = try SQLiteLedger(path: path) }
    let error = #expect(throws: LedgerError.self) { _ = try LedgerFile(path: path).verify() }
    guard case .notALedger = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: LedgerError.self) { _ = try LedgerFile(path: "/nowhere/at/all").verify() }
    let text = scratch.file("text")
    try Data(repeating: 65, count: 9_000).write(to: URL(fileURLWithPath: text))
    let other = #expect(throws: LedgerError.self) { _ = try LedgerFile(path: text).verify() }
    guard case .notALedger = other else {
      Issue.record("\(String(describing: other))")
      return
    }
  }
}
