import Foundation
import GRDB
import Ledger

// Durable appends beside bare inserts with the same durability, in one run; then a ledger of
// 10,000 patients with 300 events each: reads, proof, and a start in a process of its own.
//
//   ledger-bench [--quick] [writes | history | start FILE]

if let at = CommandLine.arguments.firstIndex(of: "start") {
  try await measureStart(CommandLine.arguments[at + 1])
  exit(0)
}

let folder = FileManager.default.temporaryDirectory
  .appendingPathComponent("ledger-bench-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let isQuick = CommandLine.arguments.contains("--quick")
let seconds = isQuick ? 0.5 : 2.0
let patients = isQuick ? 200 : 10_000
let eventsEach = 300
/// What a fold of one patient comes to in a snapshot: a guess on the large side.
let stateBytesEach = 8 << 10

func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

/// The most memory that this process has had, in MiB (Linux).
func memoryMost() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  return (Int(line.filter(\.isNumber)) ?? 0) >> 10
}

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
  let pool = try DatabasePool(path: file("bare-\(UUID().uuidString).sqlite"))
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

/// Bare SQLite again beside each, for what else the machine does is not the ledger's.
///
/// A commit that waits for the disk gives its core away each time: on a busy machine any way of one
/// transaction each falls to a tenth and less.
func measureWrites() async throws {
  print("durable writes a second, \(seconds) s each, about 300 bytes a row:")
  for writers in [1, 8, 32, 64, 128] {
    let bare = try bareInserts()
    let single = try await appends(writers: writers, batchMax: 1)
    let group = try await appends(writers: writers, batchMax: SQLiteLedger.batchMax)
    print(
      "  \(writers) writers: group commit \(Int(group)), one transaction each \(Int(single)),",
      "ratio \((group / single * 10).rounded() / 10); bare SQLite \(Int(bare))"
    )
  }
}

/// As a clinic writes: each round has an event of every patient, so streams lie scattered.
///
/// A hundred patients share an append, only to be done sooner.
func writeHistory(_ ledger: SQLiteLedger) async throws {
  for number in 0..<eventsEach {
    for first in stride(from: 0, to: patients, by: 100) {
      let parts = (first..<min(first + 100, patients)).map { patient in
        StreamDrafts(
          [draft("p\(patient)-\(number)")],
          to: "p\(patient)",
          expecting: .exactly(Int64(number))
        )
      }
      _ = try await ledger.append(parts)
    }
  }
}

func measureHistory() async throws {
  let path = file("many.sqlite")
  let ledger = try SQLiteLedger(path: path)
  var start = ContinuousClock.now
  try await writeHistory(ledger)
  let all = patients * eventsEach
  print("\(all) events of \(patients) patients, 100 an append: \(elapsed(since: start)) s to write")
  let picks = 2_000
  start = ContinuousClock.now
  for number in 0..<picks {
    _ = try await ledger.read(stream: "p\(number * 7_919 % patients)", after: 0, limit: 1_000)
  }
  print("a patient's 300 events read: \(Int(Double(picks) / elapsed(since: start))) a second")
  let snapshot = LedgerSnapshot(
    name: "fold",
    position: Int64(all) - 10_000,
    form: 1,
    bytes: [UInt8](repeating: 1, count: patients * stateBytesEach)
  )
  start = ContinuousClock.now
  try await ledger.save(snapshot)
  print("a snapshot of \(snapshot.bytes.count >> 20) MiB saved: \(elapsed(since: start)) s")
  try ledger.close()
  start = ContinuousClock.now
  let proof = try LedgerFile(path: path).verify()
  print("verify: \(proof.events) events in \(elapsed(since: start)) s")
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  process.arguments = ["start", path]
  try process.run()
  process.waitUntilExit()
}

/// Reads on to the end, as a fold does; how many events there were.
func readOn(_ ledger: SQLiteLedger, from position: Int64) async throws -> Int {
  var count = 0
  for try await events in ledger.history(after: position) { count += events.count }
  return count
}

func measureStart(_ path: String) async throws {
  var start = ContinuousClock.now
  let ledger = try SQLiteLedger(path: path)
  let held = try await ledger.snapshot(named: "fold")
  let rest = try await readOn(ledger, from: held?.position ?? 0)
  print(
    "start from a snapshot of \((held?.bytes.count ?? 0) >> 20) MiB and \(rest) events after it:",
    "\(elapsed(since: start)) s, at most \(memoryMost()) MiB"
  )
  start = ContinuousClock.now
  let all = try await readOn(ledger, from: 0)
  let time = elapsed(since: start)
  print(
    "all \(all) events read: \(time) s, \(Int(Double(all) / time)) a second,",
    "at most \(memoryMost()) MiB"
  )
}

if !CommandLine.arguments.contains("history") { try await measureWrites() }
if !CommandLine.arguments.contains("writes") { try await measureHistory() }
