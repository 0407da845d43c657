import Therapy

/// Today's work, kept so that neither a page nor an event looks at every patient.
///
/// Who has anything to do at all is looked at anew each minute of therapy time, at most each second of
/// the wall's; a patient whose record changed, at once, and alone: a pump that says what it said before
/// leaves the list as it is.
struct WorkShelf {
  /// Of therapy time.
  private static let minute: Int64 = 60_000
  /// Of elapsed time.
  private static let leastApart: Int64 = 1_000

  /// Those who have something to do.
  private var busy: [PatientID: PatientSummary] = [:]
  private var sweptAt: (therapy: Int64, wall: Int64)?
  /// The list as of an instant; changes are looked at as of then, so that only what changed is exchanged.
  private var known: (list: WorkList, at: Instant)?

  /// A summary changed.
  mutating func changed(_ summary: PatientSummary, at now: Instant, _ settings: ClinicSettings) {
    let at = known?.at ?? now
    let new = Self.work(summary, at, settings)
    if known != nil {
      let old = busy[summary.patient].map { Self.work($0, at, settings) } ?? []
      if old != new { known?.list.replace(old, by: new) }
    }
    busy[summary.patient] = new.isEmpty ? nil : summary
  }

  /// The clinic's settings changed: everyone is looked at anew.
  mutating func forget() { (known, sweptAt) = (nil, nil) }

  /// What is to be done now.
  mutating func list(
    _ all: some Sequence<PatientSummary>,
    at now: Instant,
    wall: Int64,
    _ settings: ClinicSettings
  ) -> WorkList {
    let minute = now.milliseconds / Self.minute
    if let known, known.at.milliseconds / Self.minute == minute { return known.list }
    known = nil
    if isDue(minute, wall) {
      sweptAt = (minute, wall)
      for summary in all { changed(summary, at: now, settings) }
    }
    let list = WorkList(busy.values, at: now, settings: settings)
    known = (list, now)
    return list
  }

  private static func work(
    _ summary: PatientSummary,
    _ now: Instant,
    _ settings: ClinicSettings
  ) -> [WorkItem] { WorkList(CollectionOfOne(summary), at: now, settings: settings).items }

  private func isDue(_ minute: Int64, _ wall: Int64) -> Bool {
    guard let sweptAt else { return true }
    return sweptAt.therapy != minute && abs(wall - sweptAt.wall) >= Self.leastApart
  }
}
