import Foundation
import GRDB
import Synchronization
import Testing

@testable import Ledger

/// Appends that share a commit, and commits that fail.
struct GroupCommitTests {
  let scratch: Scratch
  let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.file("ledger.sqlite")
  }

  @Test
  func `a refused append fails alone among those that share its commit (SR-113)`() async throws {
    let ledger = try SQLiteLedger(path: path)
    _ = try await ledger.append([LedgerSample.draft("taken")], to: "t", expecting: .exactly(0))
    let (stored, refused) = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let isBad = number % 5 == 0
          let draft = LedgerSample.draft(isBad ? "taken" : "n-\(number)")
          let stream = "p-\(number)"
          let appended = try? await ledger.append([draft], to: stream, expecting: .exactly(0))
          return appended != nil
        }
      }
      return await group.reduce(into: (0, 0)) { if $1 { $0.0 += 1 } else { $0.1 += 1 } }
    }
    #expect(stored == 160)
    #expect(refused == 40)
    #expect(try await ledger.lastPosition() == 161)
    #expect(try LedgerFile(path: path).verify().events == 161)
  }

  @Test
  func `many who write at once share transactions, and who writes alone waits for nobody (SR-113)`()
    async throws
  {
    let ledger = try SQLiteLedger(path: path)
    let count = CommitCount()
    ledger.pool.add(transactionObserver: count)
    for number in 0..<50 {
      _ = try await ledger.append([LedgerSample.draft("alone-\(number)")], to: "a", expecting: .any)
    }
    #expect(count.commits == 50)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<64 {
        group.addTask {
          for number in 0..<50 {
            let draft = LedgerSample.draft("n-\(writer)-\(number)")
            // Half of them in one stream, as entries of the audit are: several of one batch.
            let stream = number % 2 == 0 ? "audit" : "p-\(writer)"
            _ = try await ledger.append([draft], to: stream, expecting: .any)
          }
        }
      }
      try await group.waitForAll()
    }
    let shared = count.commits - 50
    print("64 writers, 3,200 appends: \(shared) transactions")
    #expect(shared <= 3_200 / 8)
    #expect(try LedgerFile(path: path).verify().events == 3_250)
  }

  @Test
  func `the same drafts sent by many at once are stored once (SR-113)`() async throws {
    let ledger = try SQLiteLedger(path: path)
    let drafts = (0..<3).map { LedgerSample.draft("same-\($0)") }
    let answers = try await withThrowingTaskGroup(of: Appended.self) { group in
      for _ in 0..<50 {
        group.addTask { try await ledger.append(drafts, to: "p", expecting: .exactly(0)) }
      }
      return try await group.reduce(into: [Appended]()) { $0.append($1) }
    }
    #expect(answers.count { !$0.wasThere } == 1)
    #expect(Set(answers.map(\.events)).count == 1)
    #expect(try await ledger.lastPosition() == 3)
  }

  @Test
  func `a full disk is told, loses nothing, and reads go on (SR-113)`() async throws {
    let ledger = try SQLiteLedger(path: path)
    try await LedgerSample.fill(ledger, events: 20)
    // SQLite answers as it does where the disk has no more room.
    let pages = try await ledger.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      return try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 4)") ?? 0
    }
    var stored = 0, refused = 0
    let long = "\"" + String(repeating: "x", count: 3_000) + "\""
    for number in 0..<40 {
      do {
        let draft = LedgerSample.draft("n-\(number)", long)
        _ = try await ledger.append([draft], to: "full", expecting: .exactly(Int64(stored)))
        stored += 1
      } catch {
        guard case .notStored = error else { throw error }
        refused += 1
      }
    }
    #expect(refused > 0)
    #expect(try await ledger.lastPosition() == Int64(20 + stored))
    #expect(try LedgerFile(path: path).verify().events == Int64(20 + stored))
    try await ledger.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 10_000)")
    }
    _ = try await ledger.append([LedgerSample.draft("room")], to: "p", expecting: .exactly(0))
  }

  @Test
  func `after a failed write nothing more is written until the ledger is opened anew`() {
    let failed = DatabaseError(resultCode: .SQLITE_IOERR_FSYNC, message: "disk I/O error")
    #expect(
      SQLiteLedger.meaning(of: failed) == LedgerError.outcomeUnknown(reason: "disk I/O error")
    )
    let full = DatabaseError(resultCode: .SQLITE_FULL, message: "full")
    #expect(SQLiteLedger.meaning(of: full) == LedgerError.notStored(reason: "full"))
  }

  @Test(arguments: [1, 8, 64])
  func `appends of many writers are all stored; how many a second is printed`(
    writers: Int
  ) async throws {
    let ledger = try SQLiteLedger(path: path)
    let each = 640 / writers
    let time = try await ContinuousClock().measure {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<writers {
          group.addTask {
            for number in 0..<each {
              let draft = LedgerSample.draft("w\(writer)-\(number)")
              let version = ExpectedVersion.exactly(Int64(number))
              _ = try await ledger.append([draft], to: "w\(writer)", expecting: version)
            }
          }
        }
        try await group.waitForAll()
      }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print(
      "group commit: \(writers) writers, \(Int(640 / seconds)) durable appends a second",
      "beside the other tests"
    )
    #expect(try LedgerFile(path: path).verify().events == 640)
  }
}

/// Counts transactions that changed something.
private final class CommitCount: TransactionObserver, Sendable {
  private let count = Mutex(0)
  var commits: Int { count.withLock { $0 } }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
  func databaseDidRollback(_ db: Database) {}
}
