import Therapy

/// What is kept of every patient in memory, and in the snapshot.
struct ShelfEntry: Codable, Sendable {
  /// Of the patient's stream, up to which it is.
  let version: Int64
  let summary: PatientSummary
  /// Of a pump that speaks.
  let link: PumpLinked?

  init(_ file: PatientFile, at now: Instant, _ settings: ClinicSettings) {
    version = file.version
    summary = file.record.summary(at: now, settings: settings)
    link = if case .linked(let link) = file.record.link { link } else { nil }
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
