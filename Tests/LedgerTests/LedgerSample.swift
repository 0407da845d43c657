import Foundation
import Ledger
import Testing

/// What the tests of the ledger write, and where.
enum LedgerSample {
  static func draft(
    _ id: String,
    _ payload: String = "{\"value\":1}",
    time: Int64 = 1_700_000_000_000,
    why: String? = nil
  ) -> EventDraft {
    EventDraft(
      id: id,
      time: time,
      who: "dr.sample",
      what: "noted",
      why: why,
      payload: Array(payload.utf8)
    )
  }

  /// A few streams whose events take turns, with every optional field there and not there.
  static func fill(_ store: some LedgerStore, events: Int, streams: Int = 3) async throws {
    for number in 0..<events {
      var draft = draft("event-\(number)", "{\"number\":\(number),\"text\":\"é \\\"quoted\\\"\"}")
      draft.time += Int64(number)
      if number % 2 == 0 { draft.onBehalfOf = "Müller, K." }
      if number % 3 == 0 { draft.why = "line one\nline \"two\" \\ \(number)" }
      _ = try await store.append(
        [draft],
        to: "patient-\(number % streams)",
        expecting: .exactly(Int64(number / streams))
      )
    }
  }

  static func all(_ store: some LedgerStore) async throws -> [LedgerEvent] {
    try await store.read(after: 0, limit: .max)
  }
}

/// A folder that is removed with its last user.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  func file(_ name: String) -> String { path + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The stores that the common tests are held to.
enum StoreKind: CaseIterable, Sendable, CustomTestStringConvertible {
  case memory
  case sqlite

  var testDescription: String {
    switch self {
    case .memory: "in memory"
    case .sqlite: "SQLite"
    }
  }

  func open(_ scratch: Scratch) throws -> any LedgerStore {
    switch self {
    case .memory: MemoryLedger()
    case .sqlite: try SQLiteLedger(path: scratch.file("ledger.sqlite"))
    }
  }
}
