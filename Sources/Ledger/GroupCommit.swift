import GRDB
import Synchronization

/// Lets appends that wait at the same time share one transaction, so one write to the disk.
///
/// While one transaction is being written the next appends gather. An append is answered after the
/// commit that holds it has returned, so after SQLite has had it synced (SR-113).
final class GroupCommit: Sendable {
  typealias Outcome = Result<Appended, LedgerError>

  private struct Pending: Sendable {
    let parts: [StreamDrafts]
    let answer: CheckedContinuation<Outcome, Never>
  }

  private struct Queue {
    var waiting: [Pending] = []
    var isRunning = false
    /// Why no more is written until all that is stored was proved to be on the disk.
    var closed: String?
  }

  private let writer: DatabasePool
  private let batchMax: Int
  private let signal: HeadSignal
  private let queue = Mutex(Queue())

  init(_ writer: DatabasePool, batchMax: Int, signal: HeadSignal) {
    self.writer = writer
    self.batchMax = batchMax
    self.signal = signal
  }

  func append(_ parts: [StreamDrafts]) async -> Outcome {
    await withCheckedContinuation { answer in
      let isFirst = queue.withLock { queue in
        queue.waiting.append(Pending(parts: parts, answer: answer))
        defer { queue.isRunning = true }
        return !queue.isRunning
      }
      if isFirst { schedule() }
    }
  }

  /// One batch at a time, so that other users of the writer get their turn in between.
  private func schedule() {
    writer.asyncWriteWithoutTransaction { db in
      let (batch, closed) = self.queue.withLock { queue in
        let batch = Array(queue.waiting.prefix(self.batchMax))
        queue.waiting.removeFirst(batch.count)
        return (batch, queue.closed)
      }
      if let closed, !self.reopen(db) {
        for pending in batch {
          pending.answer.resume(returning: .failure(.notStored(reason: closed)))
        }
      } else {
        self.commit(batch, db)
      }
      let isMore = self.queue.withLock { queue in
        queue.isRunning = !queue.waiting.isEmpty
        return queue.isRunning
      }
      if isMore { self.schedule() }
    }
  }

  /// After a failed write or sync: goes on once all that is stored was proved to be on the disk.
  ///
  /// It is written to the database file anew and synced there, and the write-ahead log is emptied. So no
  /// sync claims what one before it lost.
  private func reopen(_ db: Database) -> Bool {
    do {
      let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      // The first column says whether somebody was in the way.
      guard let row else { return false }
      let isBusy: Int = row[0]
      guard isBusy == 0 else { return false }
      queue.withLock { $0.closed = nil }
      return true
    } catch {
      return false
    }
  }

  private func commit(_ batch: [Pending], _ db: Database) {
    var outcomes: [Outcome] = []
    do {
      try db.inTransaction(.immediate) {
        for pending in batch { outcomes.append(try outcome(of: pending.parts, db)) }
        return .commit
      }
    } catch {
      return recover(batch, from: error, db)
    }
    var newest: Int64 = 0
    for case .success(let appended) in outcomes where !appended.wasThere {
      newest = max(newest, appended.events.last?.position ?? 0)
    }
    for (pending, outcome) in zip(batch, outcomes) { pending.answer.resume(returning: outcome) }
    if newest > 0 { signal.announce(newest) }
  }

  /// What one append comes to inside the transaction; a refusal leaves the others alone.
  private func outcome(of parts: [StreamDrafts], _ db: Database) throws -> Outcome {
    let appended: Appended
    do {
      appended = try Admission.decide(
        parts,
        lastPosition: try EventTable.lastPosition(db),
        head: { stream in try EventTable.head(of: stream, db) },
        stored: { id in try Self.event(withID: id, db) }
      )
    } catch let error as LedgerError {
      return .failure(error)
    } catch let damage as LedgerDamage {
      return .failure(.damaged(damage))
    }
    if !appended.wasThere {
      for event in appended.events { try EventTable.insert(event, db) }
    }
    return .success(appended)
  }

  private static func event(withID id: String, _ db: Database) throws -> LedgerEvent? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(EventTable.columns) FROM event WHERE id = ?"
    )
    return try Row.fetchOne(statement, arguments: [id]).map { try EventTable.provedEvent($0) }
  }

  /// After a rollback: one bad append must not fail its neighbors, so each gets its own transaction.
  ///
  /// After a failed write or sync what is on the disk is not known, and a second sync may claim what
  /// the first lost: nothing more is written until ``reopen(_:)`` succeeded.
  private func recover(_ batch: [Pending], from error: any Error, _ db: Database) {
    let failure = SQLiteLedger.meaning(of: error)
    if case .outcomeUnknown(let reason) = failure {
      queue.withLock { $0.closed = "the ledger stopped writing: \(reason)" }
    } else if batch.count > 1 {
      for pending in batch {
        let closed = queue.withLock { $0.closed }
        if let closed {
          pending.answer.resume(returning: .failure(.notStored(reason: closed)))
        } else {
          commit([pending], db)
        }
      }
      return
    }
    for pending in batch { pending.answer.resume(returning: .failure(failure)) }
  }
}
