import Foundation
import GRDB

/// How far a long work is: done and all, in the same unit; called a few times for each percent.
public typealias LedgerProgress = (_ done: Int64, _ all: Int64) -> Void

/// What can be done with the file of a ledger while no server, or another one, has it open.
///
/// Nothing here changes the ledger that it reads.
public struct LedgerFile {
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// What a ledger that was proved whole comes to.
  public struct Proof: Hashable, Sendable {
    public let events: Int64
    public let streams: Int64
    /// How many anchors were compared.
    public let anchors: Int
  }

  /// Proves every chain, the positions, and that the anchors fit: of a database or of an export.
  ///
  /// - Throws: `LedgerError.damaged` with the first bad event; `.notALedger`, `.file`.
  public func verify(
    anchors: [LedgerAnchor] = [],
    progress: LedgerProgress = { _, _ in }
  ) throws(LedgerError) -> Proof {
    var check = ChainCheck(anchors: anchors)
    if try isDatabase() {
      try read { db in
        try Self.walk(db, &check, progress) { _ in }
        // Last: a bad event says more than a bad page.
        try Self.checkFile(db)
      }
    } else {
      try readExport(&check, progress) { _ in }
    }
    return Proof(
      events: check.position,
      streams: Int64(check.streamCount),
      anchors: anchors.count
    )
  }

  /// The anchor of the ledger as it is, having proved it and the anchors that there are.
  ///
  /// The day is given as `2026-11-21`. Throws as `verify` does.
  public func anchor(
    on day: String,
    after anchors: [LedgerAnchor],
    progress: LedgerProgress = { _, _ in }
  ) throws(LedgerError) -> LedgerAnchor {
    var check = ChainCheck(anchors: anchors)
    try read { db in try Self.walk(db, &check, progress) { _ in } }
    return check.anchor(on: day)
  }

  /// Writes the whole ledger as JSON lines, proving it on the way.
  ///
  /// The sink takes the bytes, some lines at a time. Throws as `verify` does; then the last line is
  /// missing from what was written.
  public func export(
    progress: LedgerProgress = { _, _ in },
    to sink: ([UInt8]) throws -> Void
  ) throws(LedgerError) -> Proof {
    var check = ChainCheck()
    try read { db in
      var lines = ExportFrame.first + [UInt8(ascii: "\n")]
      try Self.walk(db, &check, progress) { event in
        lines += EventLine.bytes(of: event)
        lines.append(UInt8(ascii: "\n"))
        if lines.count > 1 << 18 {
          try sink(lines)
          lines.removeAll(keepingCapacity: true)
        }
      }
      lines += ExportFrame.last(check) + [UInt8(ascii: "\n")]
      try sink(lines)
    }
    return Proof(events: check.position, streams: Int64(check.streamCount), anchors: 0)
  }

  // MARK: Reading

  /// Whether the file is a database rather than an export.
  func isDatabase() throws(LedgerError) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .file(reason: "cannot read \(path)")
    }
    defer { try? handle.close() }
    let start = (try? handle.read(upToCount: 16)) ?? Data()
    return !start.starts(with: ExportFrame.first.prefix(16))
  }

  /// Reads in one transaction: a server that goes on writing changes nothing of what is seen.
  func read(_ body: (Database) throws -> Void) throws(LedgerError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .file(reason: "cannot read \(path): no such file")
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { db in
        try EventTable.check(db)
        try body(db)
      }
      try queue.close()
    } catch let error as LedgerError {
      throw error
    } catch let damage as LedgerDamage {
      throw .damaged(damage)
    } catch let error as DatabaseError {
      throw Self.meaning(of: error, path)
    } catch {
      throw .file(reason: "\(error)")
    }
  }

  private static func meaning(of error: DatabaseError, _ path: String) -> LedgerError {
    let words = SQLiteLedger.words(of: error)
    switch error.resultCode {
    case .SQLITE_NOTADB: return .notALedger(reason: "\(path) is no database and no export")
    case .SQLITE_CORRUPT, .SQLITE_IOERR, .SQLITE_ERROR:
      return .damaged(LedgerDamage(.fileDamaged(words), position: 0))
    default: return .file(reason: "cannot read \(path): \(words)")
    }
  }

  /// SQLite's own check of pages and indices: an index that lies would hide events from readers.
  private static func checkFile(_ db: Database) throws {
    let words = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
    guard words == ["ok"] else {
      throw LedgerDamage(.fileDamaged(words.joined(separator: "; ")), position: 0)
    }
    let kinds = try String.fetchAll(db, sql: "SELECT type || ' ' || name FROM sqlite_schema")
    for wanted in ["trigger event_is_never_changed", "trigger event_is_never_removed"]
    where !kinds.contains(wanted) {
      throw LedgerDamage(.fileDamaged("the \(wanted) is not there"), position: 0)
    }
  }

  /// Goes through all events in order, each proved before it is handed on.
  static func walk(
    _ db: Database,
    _ check: inout ChainCheck,
    _ progress: LedgerProgress,
    _ body: (LedgerEvent) throws -> Void
  ) throws {
    let all = try EventTable.lastPosition(db)
    let sql = "SELECT \(EventTable.columns) FROM event ORDER BY position"
    let rows = try Row.fetchCursor(db, sql: sql)
    while let row = try rows.next() {
      let event = try EventTable.event(row)
      try check.take(event)
      try body(event)
      if check.position & 1_023 == 0 { progress(check.position, all) }
    }
    try check.end()
  }

  /// Goes through an export, each event proved before it is handed on.
  func readExport(
    _ check: inout ChainCheck,
    _ progress: LedgerProgress,
    _ body: (LedgerEvent) throws -> Void
  ) throws(LedgerError) {
    do {
      var lines = try LineReader(path: path)
      guard try lines.next() == ExportFrame.first else {
        throw LedgerError.notALedger(reason: "\(path) does not start as an export")
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let all = (attributes[.size] as? NSNumber)?.int64Value ?? 0
      var done = Int64(ExportFrame.first.count + 1)
      var line = try lines.next()
      while let bytes = line {
        done += Int64(bytes.count + 1)
        line = try lines.next()
        if line == nil, bytes == ExportFrame.last(check), !lines.hasRest { return try check.end() }
        guard let event = EventLine.event(bytes) else {
          throw LedgerDamage(
            .unreadable("the line is not an event's"),
            position: check.position + 1
          )
        }
        try check.take(event)
        try body(event)
        if check.position & 1_023 == 0 { progress(done, all) }
      }
      throw LedgerDamage(
        .unreadable("the export ends without its last line"),
        position: check.position + 1
      )
    } catch let damage as LedgerDamage {
      throw .damaged(damage)
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .file(reason: "\(path): \(error)")
    }
  }
}
