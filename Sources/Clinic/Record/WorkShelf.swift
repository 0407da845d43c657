import Therapy

/// Today's work, kept so that neither a page nor an event looks at every patient.
///
/// Who has anything to do at all is looked at anew each minute of therapy time, at most each second of
/// the wall's; a patient whose record changed, at once.
struct WorkShelf {
  /// Of therapy time.
  private static let minute: Int64 = 60_000
  /// Of elapsed time.
  private static let leastApart: Int64 = 1_000

  /// Those who have something to do.
  private var busy: [PatientID: PatientSummary] = [:]
  private var sweptAt: (therapy: Int64, wall: Int64)?
  private var known: (list: WorkList, minute: Int64)?

  /// A summary changed.
  mutating func changed(_ summary: PatientSummary, at now: Instant, _ settings: ClinicSettings) {
    let hasWork = !WorkList(CollectionOfOne(summary), at: now, settings: settings).items.isEmpty
    busy[summary.patient] = hasWork ? summary : nil
    known = nil
  }

  /// What is to be done now.
  mutating func list(
    _ all: some Sequence<PatientSummary>,
    at now: Instant,
    wall: Int64,
    _ settings: ClinicSettings
  ) -> WorkList {
    let minute = now.milliseconds / Self.minute
    if let known, known.minute == minute { return known.list }
    if isDue(minute, wall) {
      sweptAt = (minute, wall)
      for summary in all { changed(summary, at: now, settings) }
    }
    let list = WorkList(busy.values, at: now, settings: settings)
    known = (list, minute)
    return list
  }

  private func isDue(_ minute: Int64, _ wall: Int64) -> Bool {
    guard let sweptAt else { return true }
    return sweptAt.therapy != minute && abs(wall - sweptAt.wall) >= Self.leastApart
  }
}
