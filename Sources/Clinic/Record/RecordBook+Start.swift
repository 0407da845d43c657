import Foundation
import Ledger
import Therapy

/// A start from the newest snapshot, and what keeps the records current from then on.
extension RecordBook {
  static let snapshotName = "record"
  static let snapshotForm: Int32 = 1
  /// After so many events of patients a new snapshot is worth its writing: whose record one of them is of is
  /// folded whole at a start.
  static let snapshotEvery: Int64 = 500
  /// After so many of any stream: a start passes over them, at some hundred thousand a second.
  static let snapshotAfter: Int64 = 100_000
  /// At most so often, ms of elapsed time: it holds everyone, and takes a second of ten thousand.
  static let snapshotApart: Int64 = 60_000
  /// The follower gathers what others append for so long, ms; what is done here is taken at once.
  static let gathering: Int64 = 200

  struct Snapshot: Codable {
    var entries: [ShelfEntry]
    var journals: [String: JournalMark]
  }

  func start() async throws(WebError) {
    try await readClinic()
    do throws(LedgerError) {
      if let snapshot = try await ledger.snapshot(named: Self.snapshotName),
        snapshot.form == Self.snapshotForm,
        let read = Self.read(snapshot)
      {
        for entry in read.entries { put(entry) }
        for (name, mark) in read.journals {
          if let pump = PumpID(name) { journals[pump] = mark }
        }
        position = snapshot.position
      }
    } catch { throw WebError(error) }
    let from = position
    try await readHistory()
    noteOutdated()
    if position - from >= Self.snapshotEvery { try await saveSnapshot() }
  }

  /// A snapshot that this version cannot read is left alone: the events tell the same.
  private static func read(_ snapshot: LedgerSnapshot) -> Snapshot? {
    do { return try JSONDecoder().decode(Snapshot.self, from: Data(snapshot.bytes)) } catch {
      return nil
    }
  }

  /// Folds what came after the snapshot; whose record began before it is read whole at the end.
  private func readHistory() async throws(WebError) {
    let decoder = JSONDecoder()
    var fresh: [PatientID: PatientFile] = [:]
    var stale: Set<PatientID> = []
    while true {
      let batch: [LedgerEvent]
      do throws(LedgerError) {
        batch = try await ledger.read(after: position, limit: 1_000)
      } catch { throw WebError(error) }
      guard let last = batch.last else { break }
      for event in batch {
        guard let patient = TherapyText.patient(of: event.stream) else {
          takeBeside(event)
          continue
        }
        if event.version == 1 { fresh[patient] = PatientFile(patient) }
        if fresh[patient]?.take(event, decoder) != true { stale.insert(patient) }
      }
      position = last.position
    }
    for file in fresh.values { put(ShelfEntry(file, at: now, clinicRecord)) }
    for patient in stale {
      var file = PatientFile(patient)
      for event in try await events(patient, after: 0) { _ = file.take(event, decoder) }
      put(ShelfEntry(file, at: now, clinicRecord))
    }
  }

  /// Takes an event of a stream that is no patient's.
  func takeBeside(_ event: LedgerEvent) {
    if event.stream == Self.clinicStream { return takeClinic(event) }
    guard let pump = JournalMark.pump(of: event.stream),
      let mark = JournalMark(event.draft, version: event.version)
    else { return }
    if let known = journals[pump], known.version >= event.version { return }
    journals[pump] = mark
  }

  static let clinicStream = "clinic"

  /// Accounts are in this stream too, and are not this record's.
  private func takeClinic(_ event: LedgerEvent) {
    guard ClinicEvent.Kind(rawValue: event.draft.what) != nil,
      Int(event.version) > clinicRecord.position
    else { return }
    let payload = Data(event.draft.payload)
    let read = try? JSONDecoder().decode(ClinicEvent.self, from: payload)
    let unread = UnreadEvent(form: Int(event.draft.form), kind: event.draft.what)
    let before = clinic
    clinicRecord.apply(read ?? .unread(unread), TherapyText.meta(event))
    if clinic != before { settingsChanged() }
  }

  private func readClinic() async throws(WebError) {
    var version: Int64 = 0
    while true {
      do throws(LedgerError) {
        let events = try await ledger.read(
          stream: Self.clinicStream,
          after: version,
          limit: 1_000
        )
        for event in events { takeClinic(event) }
        guard events.count == 1_000, let last = events.last else { return }
        version = last.version
      } catch { throw WebError(error) }
    }
  }

  /// Follows what others append, until its task is cancelled: an import, or a second program.
  public func follow() async throws(WebError) {
    let own = (ledger as? CountedLedger)?.own
    var saved = (position: position, at: clock.elapsed() - Self.snapshotApart)
    var patients: Int64 = 0
    // Listened to before the first read, so that nothing falls between the two.
    var news = ledger.newPositions().makeAsyncIterator()
    do {
      repeat {
        while !Task.isCancelled {
          guard let (last, events) = try await next(after: position, own) else { break }
          try await take(events)
          position = last
          patients += Int64(events.count { TherapyText.patient(of: $0.stream) != nil })
        }
        while await renewOutdated(), !Task.isCancelled {}
        let isDue =
          patients >= Self.snapshotEvery || position - saved.position >= Self.snapshotAfter
        if isDue, clock.elapsed() - saved.at >= Self.snapshotApart {
          (saved, patients) = ((position, clock.elapsed()), 0)
          try await saveSnapshot()
        }
        try await clock.sleep(Self.gathering)
      } while await news.next(isolation: self) != nil
    } catch let error as LedgerError { throw WebError(error) } catch let error as WebError {
      throw error
    } catch is CancellationError {
      return
    } catch {
      throw WebError(500, "noLedger", "The record cannot be followed: \(error).")
    }
  }

  /// What comes after a position: from this server itself, or else from the disk; nothing at the end.
  private func next(
    after position: Int64,
    _ own: OwnAppends?
  ) async throws(LedgerError) -> (last: Int64, events: [LedgerEvent])? {
    if let taken = own?.take(after: position) { return taken }
    // No further than to where it is this server's own again.
    let gap = own?.first(after: position).map { $0 - position - 1 } ?? 1_000
    let events = try await ledger.read(after: position, limit: Int(min(gap, 1_000)))
    return events.last.map { ($0.position, events) }
  }

  /// Keeps the summaries, so that the next start reads them and not the events.
  public func saveSnapshot() async throws(WebError) {
    settle()
    let marks = journals.map { ($0.key.text, $0.value) }
    let content = Snapshot(
      entries: Array(shelf.values),
      journals: Dictionary(uniqueKeysWithValues: marks)
    )
    let last = position
    let snapshot = LedgerSnapshot(
      name: Self.snapshotName,
      position: last,
      form: Self.snapshotForm,
      bytes: try await Self.bytes(of: content)
    )
    do throws(LedgerError) { try await ledger.save(snapshot) } catch { throw WebError(error) }
  }

  /// Beside the actor: nobody waits for the second that it takes.
  @concurrent private static func bytes(of content: Snapshot) async throws(WebError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    do { return Array(try encoder.encode(content)) } catch {
      throw WebError(500, "notWritten", "The snapshot cannot be written: \(error).")
    }
  }
}
