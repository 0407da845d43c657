import Foundation
import GRDB
import PumpTesting
import Testing

@testable import Ledger

/// A small ledger damaged in every way, one at a time: the proof must find each (H-71).
struct DamageTests {
  let scratch: Scratch
  let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.file("ledger.sqlite")
  }

  /// A ledger of some events in one file, without a write-ahead log beside it.
  private func fill(_ events: Int) async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: events)
    try ledger.close()
  }

  private func damage(anchors: [LedgerAnchor] = []) throws -> LedgerDamage? {
    do {
      _ = try LedgerFile(path: path).verify(anchors: anchors)
      return nil
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      return damage
    }
  }

  /// What an insider would do: the triggers away, the rows changed, the triggers back.
  private func tamper(_ body: (Database) throws -> Void) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      let triggers = try String.fetchAll(
        db,
        sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'"
      )
      try db.execute(
        sql: "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed"
      )
      try body(db)
      for sql in triggers { try db.execute(sql: sql) }
    }
    try queue.close()
  }

  @Test
  func `every byte of every column of every row, changed, is found in its row (H-71)`()
    async throws
  {
    try await fill(14)
    let columns = [
      "stream", "version", "id", "time", "who", "behalf", "what", "form", "why", "payload",
      "previous", "hash", "position",
    ]
    var generator = Seeded(seed: 20_261_121)
    var cases = 0
    var missed: [String] = []
    try tamper { db in
      for position in 1...14 {
        for column in columns {
          let value = try DatabaseValue.fetchOne(
            db,
            sql: "SELECT \(column) FROM event WHERE position = ?",
            arguments: [position]
          )
          for changed in Self.changes(of: value ?? .null, &generator) {
            cases += 1
            if try !Self.isFound(changed, column, Int64(position), db) {
              missed.append("\(column) of \(position): \(changed)")
            }
          }
        }
      }
    }
    print("bytes of rows changed: \(cases), \(missed.count) missed; 3/n = \(3 / Double(cases))")
    #expect(missed == [])
    #expect(cases >= 10_000)
    #expect(try damage() == nil)
  }

  /// The value with each of its bytes changed four times; absent and empty are told apart too.
  private static func changes(
    of value: DatabaseValue,
    _ generator: inout Seeded
  ) -> [DatabaseValue] {
    switch value.storage {
    case .null: return ["".databaseValue]
    case .int64(let number):
      return (0..<64).map { (number ^ (1 << Int64($0))).databaseValue }
    case .double: return []
    case .string(let text):
      return [DatabaseValue.null]
        + bytewise(Array(text.utf8), &generator).map { Data($0).databaseValue }
    case .blob(let data):
      return bytewise(Array(data), &generator).map { Data($0).databaseValue }
    }
  }

  private static func bytewise(_ bytes: [UInt8], _ generator: inout Seeded) -> [[UInt8]] {
    bytes.indices.flatMap { index in
      (0..<4).map { _ in
        var changed = bytes
        changed[index] ^= UInt8(generator.pick(1...255))
        return changed
      }
    }
  }

  /// Changes one value, proves, and takes the change back.
  private static func isFound(
    _ value: DatabaseValue,
    _ column: String,
    _ position: Int64,
    _ db: Database
  ) throws -> Bool {
    var found = false
    // A text is put in by its bytes, whether or not they are UTF-8.
    let isText = ["stream", "id", "who", "behalf", "what", "why"].contains(column)
    let new = isText && !value.isNull ? "CAST(? AS TEXT)" : "?"
    try db.inTransaction {
      do {
        try db.execute(
          sql: "UPDATE event SET \(column) = \(new) WHERE position = ?",
          arguments: [value, position]
        )
      } catch is DatabaseError {
        // The database itself refuses: a constraint, or a type.
        found = true
        return .rollback
      }
      do {
        var check = ChainCheck()
        try LedgerFile.walk(db, &check, { _, _ in }) { _ in }
      } catch let damage as LedgerDamage {
        // A position that was moved leaves a gap where it was, or comes before the others.
        found = column == "position" ? damage.position <= position : damage.position == position
      }
      return .rollback
    }
    return found
  }

  @Test
  func `a row deleted, swapped, repeated or put in is found (H-71)`() async throws {
    try await fill(12)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var cases = 0
    func check(_ name: String, _ position: Int64, _ body: (Database) throws -> Void) throws {
      cases += 1
      try tamper(body)
      let found = try damage()
      #expect(found?.position == position, "\(name): \(String(describing: found))")
      try whole.write(to: URL(fileURLWithPath: path))
    }
    for position: Int64 in 1...11 {
      try check("deleted \(position)", position) {
        try $0.execute(sql: "DELETE FROM event WHERE position = ?", arguments: [position])
      }
      for other in (position + 1)...12 {
        try check("swapped \(position), \(other)", position) { db in
          for (from, to) in [(position, -1), (other, position), (-1, other)] {
            try db.execute(
              sql: "UPDATE event SET position = ? WHERE position = ?",
              arguments: [to, from]
            )
          }
        }
      }
    }
    for column in ["why", "payload", "hash", "previous", "time"] {
      try check("exchanged \(column)", 4) { db in
        try db.execute(
          sql: """
            UPDATE event SET \(column) = (SELECT \(column) FROM event WHERE position = 7) \
            WHERE position = 4
            """
        )
      }
    }
    // Behind a NUL a reader of text would not look.
    for column in ["stream", "id", "who", "behalf", "what", "why"] {
      try check("hidden in \(column)", 7) { db in
        try db.execute(
          sql: """
            UPDATE event SET \(column) = CAST(CAST(\(column) AS BLOB) || X'0041' AS TEXT) \
            WHERE position = 7
            """
        )
      }
    }
    try check("put in", 13) { db in
      try db.execute(
        sql: """
          INSERT INTO event SELECT 13, stream, 5, 'new', time, who, behalf, what, form, why, \
          payload, previous, hash FROM event WHERE position = 12
          """
      )
    }
    print(
      "rows deleted, swapped, exchanged, added to, put in: \(cases), 0 missed; 3/n = \(3 / Double(cases))"
    )
  }

  @Test
  func `what is cut off or computed anew is found by the anchor, and only by it (H-71)`()
    async throws
  {
    try await fill(12)
    let anchor = try LedgerFile(path: path).anchor(on: "2026-11-20", after: [])
    try tamper { try $0.execute(sql: "DELETE FROM event WHERE position > 10") }
    #expect(try damage() == nil, "the chain alone cannot tell")
    let cut = LedgerDamage(.cutOff(day: "2026-11-20"), position: 11)
    #expect(try damage(anchors: [anchor]) == cut)

    // The whole history with another payload and all hashes right.
    try FileManager.default.removeItem(atPath: path)
    let forged = try SQLiteLedger(path: path)
    for number in 0..<12 {
      let draft = LedgerSample.draft("event-\(number)", "\(number == 5 ? 99 : number)")
      _ = try await forged.append([draft], to: "patient-\(number % 3)", expecting: .any)
    }
    try forged.close()
    #expect(try damage() == nil, "the chain alone cannot tell")
    let differs = LedgerDamage(.anchorDiffers(day: "2026-11-20"), position: 12)
    #expect(try damage(anchors: [anchor]) == differs)
  }

  @Test
  func `a byte changed anywhere in the file is found, or changes no event (H-71)`() async throws {
    try await fill(8)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    let events = try rows()
    var generator = Seeded(seed: 7)
    var found = 0, harmless = 0
    var silent: [Int] = []
    let stride = 3
    for offset in Swift.stride(from: generator.pick(0...stride - 1), to: whole.count, by: stride) {
      if whole[offset] == 0, !generator.once(in: 20) { continue }
      var bad = whole
      bad[offset] ^= UInt8(generator.pick(1...255))
      try bad.write(to: URL(fileURLWithPath: path))
      do {
        _ = try LedgerFile(path: path).verify()
        if try rows() == events { harmless += 1 } else { silent.append(offset) }
      } catch {
        found += 1
      }
      for end in ["-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(atPath: path + end)
      }
    }
    let cases = found + harmless + silent.count
    print(
      """
      bytes of the file changed: \(cases) of \(whole.count), \(found) found, \(harmless) changed \
      no event, \(silent.count) silent; 3/n = \(3 / Double(cases))
      """
    )
    #expect(silent == [])
    #expect(found > 500)
  }

  /// Every event as it reads, proved or not.
  private func rows() throws -> [LedgerEvent] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT \(EventTable.columns) FROM event ORDER BY position")
        .map { try EventTable.event($0) }
    }
  }

  @Test
  func `a byte changed, a line removed or the end cut off an export is found (H-71)`()
    async throws
  {
    try await fill(5)
    var text: [UInt8] = []
    _ = try LedgerFile(path: path).export { text += $0 }
    let copy = scratch.file("export.jsonl")
    var generator = Seeded(seed: 11)
    var cases = 0, missed = 0
    func verify(_ bytes: [UInt8]) throws {
      cases += 1
      try Data(bytes).write(to: URL(fileURLWithPath: copy))
      if (try? LedgerFile(path: copy).verify()) != nil { missed += 1 }
    }
    for index in text.indices {
      var bad = text
      bad[index] ^= UInt8(generator.pick(1...255))
      try verify(bad)
      if index % 3 == 0 { try verify(Array(text[..<index])) }
    }
    let lines = text.split(separator: UInt8(ascii: "\n"))
    for index in lines.indices {
      var fewer = lines
      fewer.remove(at: index)
      try verify(Array(fewer.joined(separator: [UInt8(ascii: "\n")])) + [10])
    }
    print(
      "export changed, cut or short of a line: \(cases), \(missed) missed; 3/n = \(3 / Double(cases))"
    )
    #expect(missed == 0)
    let short = scratch.file("short.jsonl")
    try Data(text.dropLast(40)).write(to: URL(fileURLWithPath: short))
    let new = scratch.file("new.sqlite")
    #expect(throws: LedgerError.self) { _ = try LedgerFile(path: short).restore(to: new) }
    #expect(!FileManager.default.fileExists(atPath: new), "nothing is restored of a part")
  }

  @Test
  func `an altered event is not served to a reader (H-71)`() async throws {
    try await fill(6)
    try tamper { try $0.execute(sql: "UPDATE event SET who = 'other' WHERE position = 4") }
    let ledger = try SQLiteLedger(path: path)
    let altered = LedgerDamage(.altered, position: 4, stream: "patient-0")
    await #expect(throws: LedgerError.damaged(altered)) {
      _ = try await ledger.read(after: 0, limit: 10)
    }
    #expect(try await ledger.read(after: 0, limit: 3).count == 3)
  }
}
