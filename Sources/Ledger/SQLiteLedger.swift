import Foundation
import GRDB

/// A ledger in one SQLite file: write-ahead log, `synchronous=FULL`, group commit.
public final class SQLiteLedger: LedgerStore {
  /// How many appends share a transaction at most.
  public static let batchMax = 256

  let path: String
  let pool: DatabasePool
  private let commits: GroupCommit
  private let signal = HeadSignal()

  /// Opens a ledger; an empty or absent file becomes one.
  ///
  /// With a `batchMax` of 1 every append has a transaction of its own; that is for comparison.
  ///
  /// - Throws: `LedgerError.notALedger` or `.file`.
  public init(
    path: String,
    batchMax: Int = SQLiteLedger.batchMax
  ) throws(LedgerError) {
    self.path = path
    do {
      var configuration = Configuration()
      // The command line may be reading or copying; a moment's wait is no failure.
      configuration.busyMode = .timeout(5)
      pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { db in
        // The pool sets NORMAL when it opens, under which a power cut loses acknowledged commits.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try EventTable.prepare(db)
      }
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .file(reason: "cannot open \(path): \(Self.words(of: error))")
    }
    commits = GroupCommit(pool, batchMax: max(1, batchMax), signal: signal)
  }

  /// Ends all reads and writes and folds the write-ahead log into the file.
  public func close() throws(LedgerError) {
    do {
      try pool.close()
    } catch {
      throw Self.meaning(of: error)
    }
  }

  public func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended {
    try Admission.check(parts)
    return try await commits.append(parts).get()
  }

  public func read(
    after position: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    let sql = """
      SELECT \(EventTable.columns) FROM event WHERE position > ? ORDER BY position LIMIT ?
      """
    return try await reading { db in
      let statement = try db.cachedStatement(sql: sql)
      return try Self.events(statement, [position, max(0, limit)])
    }
  }

  public func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    let sql = """
      SELECT \(EventTable.columns) FROM event WHERE stream = ? AND version > ? \
      ORDER BY version LIMIT ?
      """
    return try await reading { db in
      let statement = try db.cachedStatement(sql: sql)
      return try Self.events(statement, [stream, version, max(0, limit)])
    }
  }

  private static func events(
    _ statement: Statement,
    _ arguments: StatementArguments
  ) throws -> [LedgerEvent] {
    var events: [LedgerEvent] = []
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() { events.append(try EventTable.provedEvent(row)) }
    return events
  }

  public func lastPosition() async throws(LedgerError) -> Int64 {
    try await reading { try EventTable.lastPosition($0) }
  }

  public func newPositions() -> AsyncStream<Int64> { signal.listen() }

  public func save(_ snapshot: LedgerSnapshot) async throws(LedgerError) {
    try snapshot.checkName()
    let position = snapshot.position
    guard let head = try await reading({ try EventTable.hash(at: position, $0) }) else {
      throw .notStored(reason: "the snapshot is of a position that is not there")
    }
    try await SnapshotFile(beside: path, name: snapshot.name).write(snapshot, after: head)
  }

  public func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot? {
    guard LedgerSnapshot.isName(name),
      let (snapshot, seal) = await SnapshotFile(beside: path, name: name).read()
    else { return nil }
    let position = snapshot.position
    guard let head = try await reading({ try EventTable.hash(at: position, $0) }),
      snapshot.seal(after: head) == seal
    else { return nil }
    return snapshot
  }

  private func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    do {
      return try await pool.read(body)
    } catch let error as LedgerError {
      throw error
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      throw .damaged(LedgerDamage(.fileDamaged(Self.words(of: error)), position: 0))
    } catch {
      throw .file(reason: "cannot read the ledger: \(Self.words(of: error))")
    }
  }

  /// An error of a write in the ledger's terms.
  static func meaning(of error: any Error) -> LedgerError {
    switch error {
    case let error as LedgerError: return error
    case let damage as LedgerDamage: return .damaged(damage)
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_IOERR, .SQLITE_CORRUPT: return .outcomeUnknown(reason: words(of: error))
      default: return .notStored(reason: words(of: error))
      }
    default: return .notStored(reason: "\(error)")
    }
  }

  static func words(of error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
  }
}
