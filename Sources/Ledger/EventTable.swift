import Foundation
import GRDB

/// The tables of a ledger in SQLite, and the way between a row and an event.
enum EventTable {
  /// "CSTL", so that `file` and this program tell a ledger from another database.
  static let applicationID: Int32 = 0x4353_544C
  static let schemaVersion: Int32 = 1

  private static let schema = """
    CREATE TABLE event (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      version INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      time INTEGER NOT NULL,
      who TEXT NOT NULL,
      behalf TEXT,
      what TEXT NOT NULL,
      form INTEGER NOT NULL,
      why TEXT,
      payload BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL,
      UNIQUE (stream, version)
    ) STRICT;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
    CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(schemaVersion);
    """

  /// Texts come as the bytes that are in the file: reading them as text would stop at a NUL and mend
  /// what is no UTF-8, so that a hash could not see the difference.
  static let columns = """
    position, CAST(stream AS BLOB), version, CAST(id AS BLOB), time, CAST(who AS BLOB), \
    CAST(behalf AS BLOB), CAST(what AS BLOB), form, CAST(why AS BLOB), payload, previous, hash
    """

  /// Makes the tables in an empty database; checks that they are this program's in any other.
  static func prepare(_ db: Database) throws {
    let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    if objects == 0 {
      try db.inTransaction(.immediate) {
        try db.execute(sql: schema)
        return .commit
      }
    }
    try check(db)
  }

  /// - Throws: `LedgerError.notALedger`.
  static func check(_ db: Database) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    guard application == applicationID else {
      throw LedgerError.notALedger(reason: "the database belongs to another program")
    }
    let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version == schemaVersion else {
      throw LedgerError.notALedger(reason: "its version \(version) is not known here")
    }
  }

  static func insertStatement(_ db: Database) throws -> Statement {
    try db.cachedStatement(
      sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
  }

  static func insert(_ event: LedgerEvent, with statement: Statement) throws {
    let draft = event.draft
    try statement.execute(arguments: [
      event.position, event.stream, event.version, draft.id, draft.time, draft.who,
      draft.onBehalfOf, draft.what, draft.form, draft.why, Data(draft.payload),
      Data(event.previous.bytes), Data(event.hash.bytes),
    ])
  }

  /// The event of a row of `columns`, whether or not its hash is right.
  ///
  /// - Throws: `LedgerDamage` where the row is no event at all.
  static func event(_ row: Row) throws -> LedgerEvent {
    var reader = RowReader(row)
    let position = try reader.integer()
    reader.position = position
    let stream = try reader.text()
    let version = try reader.integer()
    let draft = EventDraft(
      id: try reader.text(),
      time: try reader.integer(),
      who: try reader.text(),
      onBehalfOf: try reader.optionalText(),
      what: try reader.text(),
      form: try reader.int32(),
      why: try reader.optionalText(),
      payload: try reader.bytes()
    )
    return LedgerEvent(
      position: position,
      stream: stream,
      version: version,
      draft: draft,
      previous: try reader.hash(),
      hash: try reader.hash()
    )
  }

  /// The event of a row, with its hash proved.
  static func provedEvent(_ row: Row) throws -> LedgerEvent {
    let event: LedgerEvent
    do {
      event = try Self.event(row)
    } catch let damage as LedgerDamage {
      throw LedgerError.damaged(damage)
    }
    guard event.hashOfContent == event.hash else {
      throw LedgerError.damaged(
        LedgerDamage(.altered, position: event.position, stream: event.stream)
      )
    }
    return event
  }

  static func lastPosition(_ db: Database) throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT max(position) FROM event")
    return try Int64.fetchOne(statement) ?? 0
  }

  static func head(of stream: String, _ db: Database) throws -> StreamHead {
    let statement = try db.cachedStatement(
      sql: "SELECT version, hash FROM event WHERE stream = ? ORDER BY version DESC LIMIT 1"
    )
    guard let row = try Row.fetchOne(statement, arguments: [stream]) else { return .none }
    var reader = RowReader(row)
    return StreamHead(version: try reader.integer(), hash: try reader.hash())
  }

  /// The hash of the event at a position: zero at 0, nothing where there is none.
  static func hash(at position: Int64, _ db: Database) throws -> LedgerHash? {
    if position == 0 { return .zero }
    let bytes = try Data.fetchOne(
      db,
      sql: "SELECT hash FROM event WHERE position = ?",
      arguments: [position]
    )
    return bytes.flatMap { LedgerHash(bytes: $0) }
  }
}

/// Takes the columns of a row one by one and insists on their types.
private struct RowReader {
  let row: Row
  var position: Int64 = 0
  private var column = -1

  init(_ row: Row) {
    self.row = row
  }

  private mutating func next() -> DatabaseValue {
    column += 1
    return row[column]
  }

  private func bad(_ wanted: String) -> LedgerDamage {
    LedgerDamage(.unreadable("column \(column + 1) is not \(wanted)"), position: position)
  }

  mutating func integer() throws -> Int64 {
    guard case .int64(let value) = next().storage else { throw bad("a whole number") }
    return value
  }

  mutating func int32() throws -> Int32 {
    guard let value = Int32(exactly: try integer()) else { throw bad("a number of 32 bits") }
    return value
  }

  mutating func bytes() throws -> [UInt8] {
    guard case .blob(let value) = next().storage else { throw bad("bytes") }
    return Array(value)
  }

  mutating func optionalText() throws -> String? {
    switch next().storage {
    case .null: return nil
    case .blob(let value):
      guard let text = String(validating: value, as: UTF8.self) else { throw bad("UTF-8") }
      return text
    default: throw bad("text")
    }
  }

  mutating func text() throws -> String {
    guard let text = try optionalText() else { throw bad("text") }
    return text
  }

  mutating func hash() throws -> LedgerHash {
    guard let hash = LedgerHash(bytes: try bytes()) else { throw bad("a hash") }
    return hash
  }
}
