import Ledger
public import Therapy

/// What pages and the API read.
extension RecordBook: RecordReader {
  public var now: Instant { Instant(milliseconds: clock.therapy()) }

  /// Security time.
  var wall: Int64 { clock.security() }

  public func patient(_ id: PatientID) async throws(WebError) -> PatientRecord {
    try await file(id, isNew: false).record
  }

  public func summaries() -> [PatientSummary] {
    settle()
    return names.all()
  }

  /// What an act under this key recorded of the patient; nothing where there is none.
  func done(
    under key: String,
    of patient: PatientID
  ) async throws(WebError) -> [TherapyEvent] {
    guard let version = try await file(patient, isNew: false).versions[key] else { return [] }
    return try await events(patient, after: version - 1)
      .filter { $0.draft.id == key || $0.draft.id.hasPrefix("\(key)/") }
      .map { TherapyText.event($0, decoder) }
  }

  /// The pumps that speak, with whose they are.
  public var links: [(patient: PatientID, link: PumpLinked)] {
    settle()
    return shelf.values.compactMap { entry in entry.link.map { (entry.summary.patient, $0) } }
  }

  func patient(of pump: PumpID) -> PatientID? { pumps[pump] }

  func journal(of pump: PumpID) -> JournalMark { journals[pump] ?? JournalMark() }

  public func summary(_ id: PatientID) -> PatientSummary? {
    settle(id)
    return shelf[id]?.summary
  }

  /// A patient's summary as JSON, and the version that it is of; from memory, without a look at the record.
  ///
  /// Where the clinic has decided something else since, it is made anew of the record.
  ///
  /// - Throws: `notFound` where there is no such patient.
  nonisolated func summaryText(_ id: PatientID) async throws(WebError) -> SummaryText {
    if let known = texts[id] { return known }
    return try await newSummaryText(id)
  }

  private func newSummaryText(_ id: PatientID) async throws(WebError) -> SummaryText {
    settle(id)
    if let entry = shelf[id], isOutdated(entry) {
      put(ShelfEntry(try await file(id, isNew: false), at: now, clinicRecord))
    }
    guard let entry = shelf[id] else { throw .noSuch("patient", given: id.text) }
    let text = SummaryText(
      json: try TherapyText.payload(entry.summary),
      version: entry.version
    )
    texts.keep(text, of: id)
    return text
  }

  public func today() -> WorkList {
    settle()
    return list.list(shelf.values.lazy.map(\.summary), at: now, wall: clock.elapsed(), clinic)
  }

  public func settings() -> ClinicSettings { clinic }

  /// The clinic's own figures of what care costs; nothing where it has given none.
  public func costs() -> CostQuestion? { clinicRecord.costs }

  public func live(_ id: PatientID) -> LiveStatus? {
    // What a pump said that was exchanged since says nothing of the one in its place.
    guard let live = heard[id], live.pump == linked[id] else { return nil }
    return live
  }

  public func forecast(
    _ id: PatientID
  ) async throws(WebError) -> Result<ReservoirForecast, TherapyRefusal> {
    let record = try await patient(id)
    do throws(TherapyRefusal) {
      return .success(try record.forecast(at: now, settings: clinic))
    } catch { return .failure(error) }
  }
}
