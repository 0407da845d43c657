import Dispatch
import GRDB
import Synchronization

/// Lets appends that wait at the same time share one transaction, so one write to the disk.
///
/// While one transaction is being written the next appends gather; where the one before was shared, until
/// there are as many again, or for ``apart`` at most, so that many who write at once cost few transactions.
/// Whoever writes alone waits at most once for that long. An append is answered after the commit that holds it has returned, so
/// after SQLite has had it synced (SR-113).
final class GroupCommit: Sendable {
  typealias Outcome = Result<Appended, LedgerError>

  /// Between the beginnings of transactions that are shared.
  private static let apart = Duration.milliseconds(2)

  private struct Pending: Sendable {
    let parts: [StreamDrafts]
    let answer: CheckedContinuation<Outcome, Never>
  }

  private struct Queue {
    var waiting: [Pending] = []
    var isRunning = false
    /// How many shared the transaction before, and when it was begun.
    var last = (count: 0, at: ContinuousClock.now)
    /// Which wait for more is under way.
    var gathering: Int?
    var gatherings = 0
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
      let (isFirst, isEnough) = queue.withLock { queue in
        queue.waiting.append(Pending(parts: parts, answer: answer))
        let isFirst = !queue.isRunning
        queue.isRunning = true
        let isEnough = queue.gathering != nil && queue.waiting.count >= queue.last.count
        if isEnough { queue.gathering = nil }
        return (isFirst, isEnough)
      }
      if isFirst { schedule() } else if isEnough { write() }
    }
  }

  /// One batch at a time, so that other users of the writer get their turn in between.
  private func schedule() {
    let gathering = queue.withLock { queue -> (number: Int, wait: Duration)? in
      let wait = Self.apart - queue.last.at.duration(to: .now)
      let isEnough = queue.waiting.count >= queue.last.count
      guard queue.last.count > 1, !isEnough, wait > .zero else { return nil }
      queue.gatherings += 1
      queue.gathering = queue.gatherings
      return (queue.gatherings, wait)
    }
    guard let gathering else { return write() }
    let end = DispatchTime.now() + .microseconds(Int(gathering.wait / .microseconds(1)))
    DispatchQueue.global().asyncAfter(deadline: end) {
      let isOwn = self.queue.withLock { queue in
        defer { if queue.gathering == gathering.number { queue.gathering = nil } }
        return queue.gathering == gathering.number
      }
      if isOwn { self.write() }
    }
  }

  private func write() {
    writer.asyncWriteWithoutTransaction { db in
      let (batch, closed) = self.queue.withLock { queue in
        let batch = Array(queue.waiting.prefix(self.batchMax))
        queue.waiting.removeFirst(batch.count)
        queue.last = (batch.count, .now)
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
        var appends = try AppendBatch(db)
        for pending in batch { outcomes.append(try appends.take(pending.parts)) }
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
