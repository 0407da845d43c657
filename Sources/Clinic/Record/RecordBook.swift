import Foundation
public import Ledger
import Therapy

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
  let decoder = JSONDecoder()
  /// Told whether any order is on its way, when that changes: a demonstration's time must not run then.
  private let holdTime: @Sendable (Bool) -> Void

  var shelf: [PatientID: ShelfEntry] = [:]
  var pumps: [PumpID: PatientID] = [:]
  /// The pump of each patient whose pump speaks.
  var linked: [PatientID: PumpID] = [:]
  var journals: [PumpID: JournalMark] = [:]
  /// People, keys, settings and confirmed facts; its stream is short and is read at every start.
  var clinicRecord = ClinicRecord()
  /// The event of that stream since which the settings are as they are.
  var settingsSince = 0
  /// Up to which event of the ledger summaries and marks are current.
  var position: Int64 = 0
  var files: [PatientID: PatientFile] = [:]
  private var used: [PatientID: Int64] = [:]
  private var uses: Int64 = 0
  private var turns: [PatientID: Turns] = [:]
  var list = WorkShelf()
  var names = SummaryShelf()
  /// Summaries as the API gives them, of those that were asked for since they changed.
  let texts = SummaryTexts()
  /// Counts what changes summaries or work.
  public internal(set) var revision = 0
  /// Those whose record is ahead of their summary; see ``settle()``.
  var ahead: Set<PatientID> = []
  /// Those whose summary was made by settings that the clinic has changed since.
  var outdated: [PatientID] = []
  private var inFlight: Set<PatientID> = []
  var heard: [PatientID: LiveStatus] = [:]

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
      let own: StreamDrafts
      let events: [TherapyEvent]
      switch try await decided(act) {
      case .done(let performed): return performed
      case .toCommit(let drafts, let decided): (own, events) = (drafts, decided)
      }
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

  private enum Decided {
    case done(Performed)
    case toCommit(StreamDrafts, [TherapyEvent])
  }

  /// What an act comes to on the record as it is.
  ///
  /// The record is let go before anything is taken into it: held twice it would be copied.
  private func decided(_ act: RecordAct) async throws(WebError) -> Decided {
    let file = try await file(act.patient, isNew: act.isFirst)
    if let done = try await repeated(act, file) { return .done(done) }
    if let version = act.version, version != file.version {
      try await holdUnchanged(act.patient, since: version, file.version)
    }
    let (drafts, events) = try decide(act, on: file.record)
    guard !drafts.isEmpty || !act.beside.isEmpty else {
      return .done(Performed(record: file.record, events: [], wasThere: false))
    }
    let stream = TherapyText.stream(act.patient)
    return .toCommit(StreamDrafts(drafts, to: stream, expecting: .exactly(file.version)), events)
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
    for (place, step) in act.steps.enumerated() {
      let isLast = place == act.steps.count - 1
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
        // What comes after the last step's events is decided by nobody.
        if isLast { continue }
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
    for event in events {
      if let patient = TherapyText.patient(of: event.stream) {
        // Comes by the way of the follower too, after whoever appended it has taken it.
        if let known = version(of: patient), known >= event.version { continue }
        if files[patient]?.take(event, decoder) != true {
          guard files[patient] == nil, event.version == 1 else {
            try await catchUp(patient)
            continue
          }
          var file = PatientFile(patient)
          _ = file.take(event, decoder)
          keep(file)
        }
        // At once: a read that fails, or a file that leaves memory, would lose it.
        noteChange(of: patient)
      } else {
        takeBeside(event)
      }
    }
  }

  /// How far a patient's record is known here; nothing where there is none.
  private func version(of patient: PatientID) -> Int64? {
    files[patient]?.version ?? shelf[patient]?.version
  }

  /// Reads what is missing at the end of a patient's record.
  private func catchUp(_ patient: PatientID) async throws(WebError) {
    var file = files[patient] ?? PatientFile(patient)
    for event in try await events(patient, after: file.version) { _ = file.take(event, decoder) }
    // Another read may have been quicker, while this one waited for the disk.
    let isAhead = (version(of: patient) ?? 0) < file.version
    if (files[patient]?.version ?? 0) < file.version { keep(file) }
    if isAhead { noteChange(of: patient) }
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
    settle()
    // An eighth at once, so that it is not sorted for each.
    for (patient, _) in used.sorted(by: { $0.value < $1.value }).prefix(Self.filesMax / 8) {
      files[patient] = nil
      used[patient] = nil
    }
  }

  /// Notes who has an order or a request on its way, and holds the time while there is any.
  func noteFlight(of patient: PatientID, _ isInFlight: Bool) {
    let wasHeld = !inFlight.isEmpty
    if isInFlight { inFlight.insert(patient) } else { inFlight.remove(patient) }
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
