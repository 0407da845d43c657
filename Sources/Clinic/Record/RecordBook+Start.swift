import Foundation
import Ledger
import Therapy

/// A start from the newest snapshot, and what keeps the records current from then on.
extension RecordBook {
  static let snapshotName = "record"
  static let snapshotForm: Int32 = 1
  /// After so many events a new snapshot is worth its writing: whose record one of them is of is folded whole
  /// at a start.
  static let snapshotEvery: Int64 = 500

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
    clinicRecord.apply(read ?? .unread(unread), TherapyText.meta(event))
    list.forget()
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
    let from = position
    var lastSaved = position
    do {
      for try await batch in Self.following(ledger, from) {
        try await take(batch)
        position = max(position, batch.last?.position ?? 0)
        if position - lastSaved >= Self.snapshotEvery {
          lastSaved = position
          try await saveSnapshot()
        }
      }
    } catch let error as LedgerError { throw WebError(error) } catch let error as WebError {
      throw error
    } catch {
      throw WebError(500, "noLedger", "The record cannot be followed: \(error).")
    }
  }

  private static func following(
    _ ledger: some LedgerStore,
    _ position: Int64
  ) -> AsyncThrowingStream<[LedgerEvent], any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          for try await batch in ledger.follow(after: position) { continuation.yield(batch) }
          continuation.finish()
        } catch { continuation.finish(throwing: error) }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Keeps the summaries, so that the next start reads them and not the events.
  public func saveSnapshot() async throws(WebError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let marks = journals.map { ($0.key.text, $0.value) }
    let content = Snapshot(
      entries: Array(shelf.values),
      journals: Dictionary(uniqueKeysWithValues: marks)
    )
    let bytes: [UInt8]
    do { bytes = Array(try encoder.encode(content)) } catch {
      throw WebError(500, "notWritten", "The snapshot cannot be written: \(error).")
    }
    let snapshot = LedgerSnapshot(
      name: Self.snapshotName,
      position: position,
      form: Self.snapshotForm,
      bytes: bytes
    )
    do throws(LedgerError) { try await ledger.save(snapshot) } catch { throw WebError(error) }
  }
}
