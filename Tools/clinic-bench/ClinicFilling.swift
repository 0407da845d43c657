import Foundation
import Ledger

/// Puts patients with their whole histories into a clinic's ledger, as a clinic of years has them.
enum ClinicFilling {
  private static let histories = 60
  /// A hundred patients share an append, only to be done sooner.
  private static let perAppend = 100

  /// - Parameters:
  ///   - path: of the ledger.
  ///   - patients: so many; their ids are `bench-N`.
  ///   - events: of each.
  /// - Throws: where the rules or the ledger refuse something.
  static func run(_ path: String, patients: Int, events: Int) async throws {
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    let histories = try (0..<min(Self.histories, patients)).map {
      try PatientHistory(seed: $0, count: events, endingAt: now)
    }
    let ledger = try SQLiteLedger(path: path)
    // Round after round, as a clinic writes: streams lie scattered over the file.
    for place in 0..<events {
      for first in stride(from: 0, to: patients, by: perAppend) {
        let parts = try (first..<min(first + perAppend, patients)).map { patient in
          StreamDrafts(
            [try histories[patient % histories.count].draft(place, of: patient)],
            to: "patient/bench-\(patient)",
            expecting: .exactly(Int64(place))
          )
        }
        _ = try await ledger.append(parts)
      }
    }
    try ledger.close()
    print("\(patients) patients with \(events) events each, of \(histories.count) histories")
  }
}
