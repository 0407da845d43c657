import Foundation
public import Ledger
public import Therapy

/// The records of all patients, kept current from the ledger.
///
/// Of every patient the summary is in memory; the records that are worked with are beside it, and any
/// other is folded from its stream when it is asked for (some ms). So a start reads a snapshot of the
/// summaries and what came after it, and memory does not grow with every event there ever was.
public actor RecordBook {
  /// So many folded records are kept.
  static let filesMax = 1_000
  /// So often an act without a version is decided anew where somebody else was quicker.
  static let triesMax = 5

  let ledger: any LedgerStore
  let clock: ClinicClock
  let hub: LiveHub
  private let decoder = JSONDecoder()
  /// Told whether any order is on its way, when that changes: a demonstration's time must not run then.
  private let holdTime: @Sendable (Bool) -> Void

  var shelf: [PatientID: ShelfEntry] = [:]
  var pumps: [PumpID: PatientID] = [:]
  var journals: [PumpID: JournalMark] = [:]
  /// People, keys, settings and confirmed facts; its stream is short and is read at every start.
  var clinicRecord = ClinicRecord()
  /// Up to which event of the ledger summaries and marks are current.
  var position: Int64 = 0
  private var files: [PatientID: PatientFile] = [:]
  private var used: [PatientID: Int64] = [:]
  private var uses: Int64 = 0
  private var turns: [PatientID: Turns] = [:]
  var list = WorkShelf()
  private var names = SummaryShelf()
  /// Summaries as the API gives them, of those that were asked for since they changed.
  private var texts: [PatientID: [UInt8]] = [:]
  private var inFlight: Set<PatientID> = []
  private var heard: [PatientID: LiveStatus] = [:]

  /// - Parameters:
  ///   - ledger: of the clinic.
  ///   - clock: therapy time for what is decided.
  ///   - hub: told of every change.
  ///   - holdTime: told when the first order is on its way, and when the last one was answered.
  /// - Throws: where the ledger cannot be read: a record that may be incomplete is not shown.
  public init(
    _ ledger: any LedgerStore,
    _ clock: ClinicClock,
    _ hub: LiveHub,
    holdTime: @escaping @Sendable (Bool) -> Void = { _ in }
  ) async throws(WebError) {
    self.ledger = ledger
    self.clock = clock
    self.hub = hub
    self.holdTime = holdTime
    try await start()
  }

  var clinic: ClinicSettings { clinicRecord.currentSettings }

  // MARK: Doing

  /// Decides on the record as it is, records it with the audit's entry in one append, and tells whoever
  /// listens.
  ///
  /// - Parameters:
  ///   - act: what is wanted.
  ///   - commit: appends all parts or none; ``RouteCall/commit(_:)`` for what a person does.
  /// - Returns: the record as it is then; the first outcome where the same was done before.
  /// - Throws: the refusal, or the conflict with what changed since.
  public func perform(
    _ act: RecordAct,
    commit: @Sendable ([StreamDrafts]) async throws(WebError) -> Appended
  ) async throws(WebError) -> Performed {
    // One after the other: acts of this server never refuse each other for their haste.
    await enter(act.patient)
    defer { turns[act.patient]?.pass() }
    for left in (0..<Self.triesMax).reversed() {
      let file = try await file(act.patient, isNew: act.isFirst)
      if let done = try await repeated(act, file) { return done }
      if let version = act.version, version != file.version {
        try await holdUnchanged(act.patient, since: version, file.version)
      }
      let (drafts, events) = try decide(act, on: file.record)
      guard !drafts.isEmpty || !act.beside.isEmpty else {
        return Performed(record: file.record, events: [], wasThere: false)
      }
      let own = StreamDrafts(
        drafts,
        to: TherapyText.stream(act.patient),
        expecting: .exactly(file.version)
      )
      do throws(WebError) {
        let appended = try await commit([own] + act.beside)
        try await take(appended.events)
        let now = try await self.file(act.patient, isNew: false)
        return Performed(record: now.record, events: events, wasThere: appended.wasThere)
      } catch  where error.code == "conflict" && left > 0 {
        try await catchUp(act.patient)
      }
    }
    throw .busy
  }

  private func enter(_ patient: PatientID) async {
    if turns[patient, default: Turns()].takeIfFree() { return }
    await withCheckedContinuation { turns[patient]?.wait($0) }
  }

  /// What the clinic's server records of what pumps say; the events themselves are its audit.
  public func record(_ act: RecordAct) async throws(WebError) -> Performed {
    try await perform(act) { [ledger] parts throws(WebError) in
      do throws(LedgerError) { return try await ledger.append(parts) } catch {
        throw WebError(error)
      }
    }
  }

  private func decide(
    _ act: RecordAct,
    on record: PatientRecord,
    at now: Instant? = nil
  ) throws(WebError) -> ([EventDraft], [TherapyEvent]) {
    let now = now ?? Instant(milliseconds: clock.therapy())
    var record = record
    var drafts: [EventDraft] = []
    var events: [TherapyEvent] = []
    for step in act.steps {
      let decided: [TherapyEvent]
      do throws(TherapyRefusal) {
        decided = try record.decide(
          step.command,
          by: step.author,
          at: now,
          settings: clinic,
          confirmed: act.isConfirmed
        )
      } catch {
        if act.skipsRefused { continue }
        throw WebError(error)
      }
      for event in decided {
        let draft = EventDraft(
          id: drafts.isEmpty ? act.key : "\(act.key)/\(drafts.count)",
          time: now.milliseconds,
          who: step.author.person.text,
          what: event.kindName,
          form: Int32(TherapyEvent.form),
          payload: try TherapyText.payload(event)
        )
        drafts.append(draft)
        events.append(event)
        record.apply(
          event,
          EventMeta(id: EventID(position: record.position + 1), at: now, by: step.author.person)
        )
      }
    }
    return (drafts, events)
  }

  /// The outcome of an act that was done before under its key; nothing where the key is fresh (SR-113).
  private func repeated(_ act: RecordAct, _ file: PatientFile) async throws(WebError) -> Performed?
  {
    guard let version = file.versions[act.key] else { return nil }
    // Decided again on what was there then, it must come to what was recorded then.
    var before = PatientFile(act.patient)
    let stored = try await events(act.patient, after: 0)
    for event in stored where event.version < version { _ = before.take(event, decoder) }
    let then = stored.first { $0.version == version }?.draft.time ?? 0
    let (drafts, events) = try decide(act, on: before.record, at: Instant(milliseconds: then))
    let found = stored.filter { $0.version >= version }.prefix(drafts.count)
    guard found.count == drafts.count, zip(found, drafts).allSatisfy({ $0.draft == $1 }) else {
      throw WebError(.idTaken(id: act.key))
    }
    return Performed(record: file.record, events: events, wasThere: true)
  }

  /// Holds an act to the version that somebody saw (H-76).
  ///
  /// A pump that is heard tells something each hour, whoever sits before a form; what it only counts does not
  /// make the form old. An alarm, an answer and whatever a person did do.
  ///
  /// - Throws: the conflict, with what changed.
  private func holdUnchanged(
    _ patient: PatientID,
    since version: Int64,
    _ actual: Int64
  ) async throws(WebError) {
    let since = try await events(patient, after: max(0, version))
    let changes = since.filter { !Self.counts.contains($0.draft.what) }
    guard version > actual || !changes.isEmpty else { return }
    let stream = TherapyText.stream(patient)
    var error = WebError(.conflict(stream: stream, expected: version, actual: actual))
    error.status = 412
    let words = changes.prefix(5).map { "\($0.draft.what) by \($0.draft.who)" }
    if !words.isEmpty { error.message += " Since then: \(words.joined(separator: "; "))." }
    throw error
  }

  /// Events by which a pump counts, and nobody decides.
  private static let counts: Set<String> = [
    TherapyEventKind.statusHeard.rawValue, TherapyEventKind.dailyTotal.rawValue,
    TherapyEventKind.doseRequested.rawValue,
  ]

  // MARK: Keeping current

  /// Takes what was appended, by whomever.
  func take(_ events: [LedgerEvent]) async throws(WebError) {
    var changed: [PatientID] = []
    for event in events {
      if let patient = TherapyText.patient(of: event.stream) {
        // Comes by the way of the follower too, after whoever appended it has taken it.
        if let entry = shelf[patient], entry.version >= event.version { continue }
        if !changed.contains(patient) { changed.append(patient) }
        guard files[patient]?.take(event, decoder) != true else { continue }
        if files[patient] == nil, event.version == 1 {
          var file = PatientFile(patient)
          _ = file.take(event, decoder)
          keep(file)
        } else {
          try await catchUp(patient)
        }
      } else {
        takeBeside(event)
      }
    }
    for patient in changed { summarize(patient) }
  }

  /// Reads what is missing at the end of a patient's record.
  private func catchUp(_ patient: PatientID) async throws(WebError) {
    var file = files[patient] ?? PatientFile(patient)
    for event in try await events(patient, after: file.version) { _ = file.take(event, decoder) }
    // Another read may have been quicker, while this one waited for the disk.
    if (files[patient]?.version ?? 0) < file.version { keep(file) }
    summarize(patient)
  }

  func events(
    _ patient: PatientID,
    after version: Int64
  ) async throws(WebError) -> [LedgerEvent] {
    var events: [LedgerEvent] = []
    while true {
      do throws(LedgerError) {
        let batch = try await ledger.read(
          stream: TherapyText.stream(patient),
          after: events.last?.version ?? version,
          limit: 1_000
        )
        events += batch
        if batch.count < 1_000 { return events }
      } catch { throw WebError(error) }
    }
  }

  /// A patient's record as it is now, from memory where it is there.
  func file(_ patient: PatientID, isNew: Bool) async throws(WebError) -> PatientFile {
    if files[patient] == nil { try await catchUp(patient) }
    guard let file = files[patient] else {
      if isNew { return PatientFile(patient) }
      throw .noSuch("patient", given: patient.text)
    }
    uses += 1
    used[patient] = uses
    return file
  }

  func keep(_ file: PatientFile) {
    files[file.record.id] = file
    uses += 1
    used[file.record.id] = uses
    guard files.count > Self.filesMax else { return }
    // An eighth at once, so that it is not sorted for each.
    for (patient, _) in used.sorted(by: { $0.value < $1.value }).prefix(Self.filesMax / 8) {
      files[patient] = nil
      used[patient] = nil
    }
  }

  func forgetFiles() { (files, used) = ([:], [:]) }

  private func summarize(_ patient: PatientID) {
    guard let file = files[patient], file.version > 0,
      shelf[patient].map({ $0.version < file.version }) ?? true
    else { return }
    put(ShelfEntry(file, at: now, clinicRecord))
    hub.publish(TherapyText.stream(patient), "\(file.version)")
    hub.publish("work", patient.text)
  }

  func put(_ entry: ShelfEntry) {
    let patient = entry.summary.patient
    if let old = shelf[patient]?.link, old.pump != entry.link?.pump { pumps[old.pump] = nil }
    if let link = entry.link { pumps[link.pump] = patient }
    shelf[patient] = entry
    names.put(entry.summary)
    texts[patient] = nil
    list.changed(entry.summary, at: now, clinic)
    let wasHeld = !inFlight.isEmpty
    if entry.isInFlight { inFlight.insert(patient) } else { inFlight.remove(patient) }
    if wasHeld == inFlight.isEmpty { holdTime(!inFlight.isEmpty) }
  }

  func hear(_ live: LiveStatus, _ patient: PatientID) {
    heard[patient] = live
    hub.publish("pump/\(patient.text)", "\(live.pumpMilliseconds)")
  }
}

extension RecordAct {
  /// Whether it makes a record where there is none.
  var isFirst: Bool {
    switch steps.first?.command {
    case .adopt, .pathway(.enroll): true
    default: false
    }
  }
}

extension RecordBook: RecordReader {
  public var now: Instant { Instant(milliseconds: clock.therapy()) }

  /// Security time.
  var wall: Int64 { clock.security() }

  public func patient(_ id: PatientID) async throws(WebError) -> PatientRecord {
    try await file(id, isNew: false).record
  }

  public func summaries() -> [PatientSummary] {
    names.all()
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
    shelf.values.compactMap { entry in entry.link.map { (entry.summary.patient, $0) } }
  }

  func patient(of pump: PumpID) -> PatientID? { pumps[pump] }

  func journal(of pump: PumpID) -> JournalMark { journals[pump] ?? JournalMark() }

  public func summary(_ id: PatientID) -> PatientSummary? { shelf[id]?.summary }

  /// A patient's summary as JSON, and the version that it is of; from memory, without a look at the record.
  ///
  /// Where the clinic has decided something else since, it is made anew of the record.
  ///
  /// - Throws: `notFound` where there is no such patient.
  func summaryText(_ id: PatientID) async throws(WebError) -> (json: [UInt8], version: Int64) {
    if shelf[id]?.settings != clinicRecord.position {
      put(ShelfEntry(try await file(id, isNew: false), at: now, clinicRecord))
    }
    guard let entry = shelf[id] else { throw .noSuch("patient", given: id.text) }
    if let text = texts[id] { return (text, entry.version) }
    let text = try TherapyText.payload(entry.summary)
    texts[id] = text
    return (text, entry.version)
  }

  public func today() -> WorkList {
    list.list(shelf.values.lazy.map(\.summary), at: now, wall: clock.elapsed(), clinic)
  }

  public func settings() -> ClinicSettings { clinic }

  /// The clinic's own figures of what care costs; nothing where it has given none.
  public func costs() -> CostQuestion? { clinicRecord.costs }

  public func live(_ id: PatientID) -> LiveStatus? { heard[id] }

  public func forecast(
    _ id: PatientID
  ) async throws(WebError) -> Result<ReservoirForecast, TherapyRefusal> {
    let record = try await patient(id)
    do throws(TherapyRefusal) {
      return .success(try record.forecast(at: now, settings: clinic))
    } catch { return .failure(error) }
  }
}
