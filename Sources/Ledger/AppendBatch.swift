import GRDB

/// The appends of one transaction, each decided on what the ones before it stored.
///
/// Nobody else writes while it lasts, so ends of streams that were looked up stay as they are.
struct AppendBatch {
  private let db: Database
  private let insert: Statement
  private let placeOfID: Statement
  private var lastPosition: Int64
  private var heads: [String: StreamHead] = [:]

  /// Only inside of an immediate transaction.
  init(_ db: Database) throws {
    self.db = db
    insert = try EventTable.insertStatement(db)
    placeOfID = try db.cachedStatement(sql: "SELECT position FROM event WHERE id = ?")
    lastPosition = try EventTable.lastPosition(db)
  }

  /// Stores one append; a refusal stores nothing of it and leaves the others alone.
  ///
  /// - Throws: where the database does; then nothing of the whole batch is stored.
  mutating func take(_ parts: [StreamDrafts]) throws -> GroupCommit.Outcome {
    let appended: Appended
    do {
      appended = try Admission.decide(
        parts,
        lastPosition: lastPosition,
        head: { stream in try head(of: stream) },
        stored: { id in try event(withID: id) }
      )
    } catch let error as LedgerError {
      return .failure(error)
    } catch let damage as LedgerDamage {
      return .failure(.damaged(damage))
    }
    guard !appended.wasThere else { return .success(appended) }
    for event in appended.events {
      try EventTable.insert(event, with: insert)
      heads[event.stream] = StreamHead(version: event.version, hash: event.hash)
      lastPosition = event.position
    }
    return .success(appended)
  }

  private func head(of stream: String) throws -> StreamHead {
    if let known = heads[stream] { return known }
    return try EventTable.head(of: stream, db)
  }

  private func event(withID id: String) throws -> LedgerEvent? {
    // Nearly always there is none; then the index alone is looked at.
    guard let position = try Int64.fetchOne(placeOfID, arguments: [id]) else { return nil }
    let row = try Row.fetchOne(
      db,
      sql: "SELECT \(EventTable.columns) FROM event WHERE position = ?",
      arguments: [position]
    )
    return try row.map { try EventTable.provedEvent($0) }
  }
}
