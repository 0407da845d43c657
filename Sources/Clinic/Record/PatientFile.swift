import Foundation
import Ledger
import Therapy

/// A patient's record as it was folded from the whole stream, and which keys are in it.
struct PatientFile: Sendable {
  private(set) var record: PatientRecord
  /// The version of each event, by its id.
  private(set) var versions: [String: Int64] = [:]

  init(_ id: PatientID) { record = PatientRecord(id: id) }

  /// How many events of the stream are in it.
  var version: Int64 { Int64(record.position) }

  /// Takes an event, if it is the next; one that is in it already is passed over.
  ///
  /// - Returns: false where events between are missing.
  mutating func take(_ event: LedgerEvent, _ decoder: JSONDecoder) -> Bool {
    guard event.version > version else { return true }
    guard event.version == version + 1 else { return false }
    record.apply(TherapyText.event(event, decoder), TherapyText.meta(event))
    versions[event.draft.id] = event.version
    return true
  }
}
