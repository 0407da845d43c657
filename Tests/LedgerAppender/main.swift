import Foundation
import Ledger

// Appends until it is killed, and says what was acknowledged: the victim of the crash tests.
//
//   ledger-appender DATABASE ROUND NEXT...
//
// A writer for each NEXT, the number of its first event; each writes to a stream of its own. After
// each acknowledgment it prints "writer number position version" as one line, in one write.

let arguments = CommandLine.arguments
let round = arguments[2]
let ledger = try SQLiteLedger(path: arguments[1])

/// The same draft for the same number, whoever sends it: so it can be sent again after a crash.
func draft(writer: Int, number: Int) -> EventDraft {
  let filling = String(repeating: "x", count: 200)
  return EventDraft(
    id: "w\(writer)-\(number)",
    time: Int64(number),
    who: "writer \(writer)",
    what: "counted",
    payload: Array("{\"number\":\(number),\"filling\":\"\(filling)\"}".utf8)
  )
}

await withTaskGroup(of: Void.self) { group in
  for (writer, first) in arguments.dropFirst(3).enumerated() {
    guard let first = Int(first) else { continue }
    group.addTask {
      var number = first
      while true {
        do {
          let appended = try await ledger.append(
            [draft(writer: writer, number: number)],
            to: "stream-\(writer)",
            expecting: .exactly(Int64(number - 1))
          )
          guard let event = appended.events.first else { return }
          let line = "\(writer) \(number) \(event.position) \(event.version)\n"
          FileHandle.standardOutput.write(Data(line.utf8))
        } catch {
          FileHandle.standardError.write(Data("round \(round): \(error)\n".utf8))
          exit(1)
        }
        number += 1
      }
    }
  }
}
