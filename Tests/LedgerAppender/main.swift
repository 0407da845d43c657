import Foundation
import Ledger
import Synchronization

// Appends until it is killed, and says what was acknowledged: the victim of the crash tests.
//
//   ledger-appender DATABASE ROUND NEXT...
//
// A writer for each NEXT, the number of its first event; each writes to a stream of its own, and in
// the same append to one that all share. After each acknowledgment it prints
// "writer number position version" as one line, in one write. Where an append is refused it prints
// why, tries once more, reads the whole ledger, prints how many events it read, and ends with
// status 3.

let arguments = CommandLine.arguments
let round = arguments[2]
/// The others stop then too, should the ledger let them go on.
let isRefused = Mutex(false)
let ledger = try SQLiteLedger(path: arguments[1])

/// The same draft for the same number, whoever sends it: so it can be sent again after a crash.
func draft(_ kind: String, writer: Int, number: Int) -> EventDraft {
  let filling = String(repeating: "x", count: 200)
  return EventDraft(
    id: "\(kind)\(writer)-\(number)",
    time: Int64(number),
    who: "writer \(writer)",
    what: "counted",
    payload: Array("{\"number\":\(number),\"filling\":\"\(filling)\"}".utf8)
  )
}

func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

await withTaskGroup(of: Void.self) { group in
  for (writer, first) in arguments.dropFirst(3).enumerated() {
    guard let first = Int(first) else { continue }
    group.addTask {
      var number = first
      while !isRefused.withLock({ $0 }) {
        do {
          let appended = try await ledger.append([
            StreamDrafts(
              [draft("w", writer: writer, number: number)],
              to: "stream-\(writer)",
              expecting: .exactly(Int64(number - 1))
            ),
            StreamDrafts(
              [draft("audit", writer: writer, number: number)],
              to: "audit",
              expecting: .any
            ),
          ])
          guard let event = appended.events.first else { return }
          say("\(writer) \(number) \(event.position) \(event.version)")
        } catch {
          isRefused.withLock { $0 = true }
          say("refused: \(error)")
          return
        }
        number += 1
      }
    }
  }
}

do {
  let again = EventDraft(id: "again-\(round)", time: 0, who: "w", what: "again", payload: [0x31])
  _ = try await ledger.append([again], to: "again", expecting: .any)
  say("again: stored")
} catch {
  say("again: refused: \(error)")
}
do {
  say("read: \(try await ledger.read(after: 0, limit: .max).count)")
} catch {
  say("not read: \(error)")
}
exit(3)
