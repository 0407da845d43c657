import Synchronization
import Therapy

/// A patient's summary as JSON, and the version of the record that it is of.
struct SummaryText: Sendable {
  let json: [UInt8]
  let version: Int64
}

/// Summaries as the API gives them, read without waiting for whoever works with the records.
///
/// A record that grows is forgotten here before whoever made it grow is answered.
final class SummaryTexts: Sendable {
  private let texts = Mutex<[PatientID: SummaryText]>([:])

  subscript(patient: PatientID) -> SummaryText? { texts.withLock { $0[patient] } }

  func keep(_ text: SummaryText, of patient: PatientID) { texts.withLock { $0[patient] = text } }
  func forget(_ patient: PatientID) { texts.withLock { $0[patient] = nil } }
  func forgetAll() { texts.withLock { $0 = [:] } }
}
