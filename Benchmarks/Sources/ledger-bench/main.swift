import Foundation
import GRDB
import Ledger

// Durable appends beside bare inserts with the same durability, reads, and start-up, in one run.

let folder = FileManager.default.temporaryDirectory
  .appendingPathComponent("ledger-bench-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let isQuick = CommandLine.arguments.contains("--quick")
let seconds = isQuick ? 0.5 : 2.0
let manyEvents = isQuick ? 20_000 : 1_000_000

func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

func elapsed(since start: ContinuousClock.Instant) -> Double {
  let time = (ContinuousClock.now - start).components
  return Double(time.seconds) + Double(time.attoseconds) / 1e18
}

func draft(_ id: String) -> EventDraft {
  EventDraft(
    id: id,
    time: 1_700_000_000_000,
    who: "dr.bench",
    what: "observed",
    payload: Array("{\"filling\":\"\(String(repeating: "x", count: 200))\"}".utf8)
  )
}

/// One row, one transaction, synced: what SQLite alone does with the same columns' bytes.
func bareInserts() throws -> Double {
  let pool = try DatabasePool(path: file("bare.sqlite"))
  return try pool.writeWithoutTransaction { db in
    try db.execute(
      sql: """
        PRAGMA synchronous = FULL;
        CREATE TABLE event (position INTEGER PRIMARY KEY, stream TEXT, id TEXT, payload BLOB)
        """
    )
    let insert = try db.makeStatement(sql: "INSERT INTO event VALUES (?, ?, ?, ?)")
    // As many bytes as the envelope and the two hashes of an event.
    let payload = Data(draft("").payload) + Data(repeating: 7, count: 96)
    let start = ContinuousClock.now
    var count = 0
    while elapsed(since: start) < seconds {
      count += 1
      try db.inTransaction(.immediate) {
        try insert.execute(arguments: [count, "stream-1", "id-\(count)", payload])
        return .commit
      }
    }
    return Double(count) / elapsed(since: start)
  }
}

/// Durable appends a second of some writers, each to a stream of its own, each waiting for its answer.
func appends(writers: Int, batchMax: Int) async throws -> Double {
  let ledger = try SQLiteLedger(path: file("w\(writers)-\(batchMax).sqlite"), batchMax: batchMax)
  let start = ContinuousClock.now
  let count = try await withThrowingTaskGroup(of: Int.self) { group in
    for writer in 0..<writers {
      group.addTask {
        var number = 0
        while elapsed(since: start) < seconds {
          _ = try await ledger.append(
            [draft("w\(writer)-\(number)")],
            to: "w\(writer)",
            expecting: .exactly(Int64(number))
          )
          number += 1
        }
        return number
      }
    }
    return try await group.reduce(0, +)
  }
  return Double(count) / elapsed(since: start)
}

let bare = try bareInserts()
print("durable writes a second, \(seconds) s each, about 300 bytes a row:")
print("  bare SQLite insert, one transaction each  \(Int(bare))")
for writers in [1, 8, 32, 64, 128] {
  let single = try await appends(writers: writers, batchMax: 1)
  let group = try await appends(writers: writers, batchMax: SQLiteLedger.batchMax)
  print(
    "  ledger, \(writers) writers: \(Int(group)) (\(Int(group / bare * 100)) % of bare); "
      + "without group commit \(Int(single)), ratio \((group / single * 100).rounded() / 100)"
  )
}

let path = file("many.sqlite")
let streams = manyEvents / 100
let ledger = try SQLiteLedger(path: path)
var start = ContinuousClock.now
for round in 0..<(manyEvents / streams / 50) {
  for stream in 0..<streams {
    let drafts = (0..<50).map { draft("s\(stream)-\(round * 50 + $0)") }
    _ = try await ledger.append(
      drafts,
      to: "s\(stream)",
      expecting: .exactly(Int64(round * 50))
    )
  }
}
print(
  "\(manyEvents) events in \(streams) streams, 50 an append: \(elapsed(since: start)) s to write"
)

/// Folds the ledger from a position to its end, as a server does when it starts.
func fold(_ ledger: SQLiteLedger, from position: Int64) async throws -> Int {
  var last = position
  var count = 0
  while let newest = try await {
    let events = try await ledger.read(after: last, limit: 1_000)
    count += events.count
    return events.last
  }() { last = newest.position }
  return count
}

start = ContinuousClock.now
let all = try await fold(ledger, from: 0)
let whole = elapsed(since: start)
print("read from the start: \(all) events in \(whole) s, \(Int(Double(all) / whole)) a second")
start = ContinuousClock.now
let picks = 2_000
for number in 0..<picks {
  _ = try await ledger.read(stream: "s\(number * 7_919 % streams)", after: 0, limit: 100)
}
print("read one stream of 100 events: \(Int(Double(picks) / elapsed(since: start))) a second")
let snapshot = LedgerSnapshot(
  name: "fold",
  position: Int64(manyEvents - 1_000),
  form: 1,
  bytes: [UInt8](repeating: 1, count: 10 << 20)
)
try await ledger.save(snapshot)
try ledger.close()
start = ContinuousClock.now
let again = try SQLiteLedger(path: path)
let held = try await again.snapshot(named: "fold")?.position ?? 0
let rest = try await fold(again, from: held)
print("start-up from a snapshot of 10 MiB and \(rest) events after it: \(elapsed(since: start)) s")
try again.close()
start = ContinuousClock.now
let proof = try LedgerFile(path: path).verify()
print("verify: \(proof.events) events in \(elapsed(since: start)) s")
