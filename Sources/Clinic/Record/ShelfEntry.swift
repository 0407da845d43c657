import Therapy

/// What is kept of every patient in memory, and in the snapshot.
struct ShelfEntry: Codable, Sendable {
  /// Of the patient's stream, up to which it is.
  let version: Int64
  let summary: PatientSummary
  /// Of a pump that speaks.
  let link: PumpLinked?
  /// Up to which event of the clinic's own stream its settings were; nothing in older snapshots.
  let settings: Int?

  init(_ file: PatientFile, at now: Instant, _ clinic: ClinicRecord) {
    version = file.version
    settings = clinic.position
    summary = file.record.summary(at: now, settings: clinic.currentSettings)
    link = file.record.speakingPump
  }

  /// Whether an order is queued, or was sent and not answered; or a request waits, whose two minutes run.
  var isInFlight: Bool {
    summary.hasOpenRequest
      || summary.orders.contains { order in
        switch order.state {
        case .queued, .sent: true
        default: false
        }
      }
  }
}
