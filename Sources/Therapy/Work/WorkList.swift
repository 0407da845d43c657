import PumpCore
import Quantities

/// What is to be done for a patient, the most urgent first.
public enum WorkKind: Int, Codable, Sendable, CaseIterable, Comparable {
  /// By the forecast the reservoir is empty now.
  case reservoirEmpty
  /// An alarm of high priority is open.
  case alarmHigh
  /// Signs of a complication that may be dangerous, and nobody has looked or acted.
  case complicationUrgent
  /// A depression score whose ninth item is above 0, that nobody has answered.
  case selfHarmAlert
  /// A pump was in a scanner and was not read since, or is without its drug.
  case mriOverdue
  /// No word from a linked pump for 72 h (SR-058).
  case silentCall
  /// The pump delivers nothing, and nobody ordered that.
  case pumpStopped
  /// An order was sent and no receipt came: nobody knows whether it took effect.
  case orderUnknown
  /// The pump takes the session and will not answer an order: somebody has to ask at the bedside.
  case orderTurnedAway
  case refillOverdue
  case alarmMedium
  /// A residual outside of its band, or two in the same direction.
  case discrepancy
  /// No word from a linked pump for 24 h (SR-058).
  case silentTask
  /// A complication that is being looked into.
  case complicationOpen
  /// A scan with a pump, before it or after it.
  case mriOpen
  /// A patient is watched after a dose of a trial.
  case trialWatch
  /// Seen after an implant, and for a physician.
  case recoveryConcern
  /// A patient is watched after a first prime or program.
  case recoveryWatch
  /// The pump may have stopped by itself.
  case replacementOverdue
  /// The next step of a plan of weaning has its day.
  case weaningStepDue
  /// A day after an increase from afar.
  case remoteCallDue
  /// What a pump that was implanted still lacks.
  case commissioningDue
  /// What another clinic told and nobody here has looked at.
  case arrivalUnchecked
  /// Its validity ended and it was never sent.
  case orderExpired
  case orderUnsigned
  case orderQueued
  /// The pump waits with an increase; the patient can cancel it.
  case orderPending
  /// The pump delivers nothing, as somebody ordered.
  case pumpPaused
  case refillUnderWay
  case scoreWorse
  case refillDue
  /// A step of a taper.
  case taperDue
  /// A check for side effects.
  case checkDue
  /// The next dose of a trial can be given, or its conclusion taken.
  case trialNext
  case visitOverdue
  case visitDue
  case replacementDue
  /// What a patient is told after an implant.
  case aftercareDue
  case trialDue
  case implantDue
  case decisionDue
  /// Something is missing, so that there is no forecast.
  case notKnown
  /// Events that this version cannot read, or that contradict each other.
  case incomplete

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// One thing to do for one patient.
public struct WorkItem: Codable, Equatable, Sendable {
  public let kind: WorkKind
  public let patient: PatientID
  public let name: String
  /// When it is due, or since when it is so; items of one kind are in this order.
  public let at: Instant
  /// What it is about, as in `reservoirEmpty` or `lowReservoir`.
  public let about: String

  /// By kind, then time, then patient and what it is about, so that no two lists differ.
  static func precedes(_ lhs: Self, _ rhs: Self) -> Bool {
    (lhs.kind, lhs.at, lhs.patient.text, lhs.about)
      < (rhs.kind, rhs.at, rhs.patient.text, rhs.about)
  }
}

/// What a clinic has to do now.
public struct WorkList: Equatable, Sendable {
  public private(set) var items: [WorkItem]

  /// The list from summaries alone.
  ///
  /// - Parameters:
  ///   - summaries: of all patients in care, in any order.
  ///   - now: therapy time.
  ///   - settings: how long silence and notice are.
  public init(
    _ summaries: some Sequence<PatientSummary>,
    at now: Instant,
    settings: ClinicSettings = .standard
  ) {
    var items: [WorkItem] = []
    for summary in summaries { items += summary.work(at: now, settings) }
    self.items = items.sorted(by: WorkItem.precedes)
  }

  /// Puts what is to be done for a patient in the place of what was, without sorting the others again.
  ///
  /// - Parameters:
  ///   - old: items of this list; one that is not in it is passed over.
  ///   - new: of the same patient, in any order.
  public mutating func replace(_ old: [WorkItem], by new: [WorkItem]) {
    for item in old {
      let place = place(of: item)
      if place < items.count, items[place] == item { items.remove(at: place) }
    }
    for item in new { items.insert(item, at: place(of: item)) }
  }

  /// Where an item is, or would be.
  private func place(of item: WorkItem) -> Int {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if WorkItem.precedes(items[middle], item) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension PatientSummary {
  /// What is to be done for this patient, in no order.
  func work(at now: Instant, _ settings: ClinicSettings) -> [WorkItem] {
    func item(_ kind: WorkKind, _ at: Instant, _ about: String) -> WorkItem {
      WorkItem(kind: kind, patient: patient, name: name, at: at, about: about)
    }
    // Nobody is called about a pump that is gone, or another clinic's; a patient in danger is one still.
    guard stage != .ended else {
      return tasks.filter(\.kind.outlivesTherapy).compactMap { task in
        task.work(at: now).map { item($0, task.at, task.about) }
      } + (isIncomplete ? [item(.incomplete, now, "record")] : [])
    }
    var items = openAlarms.map { alarm in
      item(alarm.alarm.priority == .high ? .alarmHigh : .alarmMedium, now, alarm.rawValue)
    }
    if let expectedEmptyAt, expectedEmptyAt <= now {
      items.append(item(.reservoirEmpty, expectedEmptyAt, "forecast"))
    }
    if let halt = standingHalt {
      items.append(
        item(
          halt.reason.isOrdered ? .pumpPaused : .pumpStopped,
          halt.haltedAt,
          halt.reason.rawValue
        )
      )
    }
    if let kind = silence(at: now, settings) {
      items.append(item(kind.kind, kind.since, "silence"))
    }
    items += orders.map { order in
      item(order.kind(at: now, settings), order.notAfterAt, order.order.text)
    }
    items += refillWork(at: now, settings, item)
    if let discrepancy { items.append(item(.discrepancy, now, discrepancy.rawValue)) }
    items += worse.map { item(.scoreWorse, now, $0) }
    if isRefillUnderWay { items.append(item(.refillUnderWay, now, "refill")) }
    items += tasks.compactMap { task in
      task.work(at: now).map { item($0, task.at, task.about) }
    }
    if let missing { items.append(item(.notKnown, now, missing)) }
    if isIncomplete { items.append(item(.incomplete, now, "record")) }
    return items
  }

  /// The weightiest reason for which nothing is delivered, unless the pump was heard to deliver since.
  private var standingHalt: PumpHalted? {
    let standing = halts.filter { halt in
      isHalted || (heardAt.map { halt.haltedAt > $0 } ?? true)
    }
    return standing.first { !$0.reason.isOrdered } ?? standing.first
  }

  /// How long a linked pump has said nothing, where that is too long.
  private func silence(
    at now: Instant,
    _ settings: ClinicSettings
  ) -> (kind: WorkKind, since: Instant)? {
    guard isLinked, let since = heardAt ?? linkedAt else { return nil }
    if now - since > settings.silenceCall { return (.silentCall, since) }
    return now - since > settings.silenceTask ? (.silentTask, since) : nil
  }

  /// Overdue from the expected date on, and due from some days before the earliest one.
  private func refillWork(
    at now: Instant,
    _ settings: ClinicSettings,
    _ item: (WorkKind, Instant, String) -> WorkItem
  ) -> [WorkItem] {
    if let nextRefillAt, nextRefillAt <= now, !isRefillUnderWay {
      return [item(.refillOverdue, nextRefillAt, "appointment")]
    }
    guard let due else { return [] }
    let overdue = due.because == .lowReservoir ? expectedLowAt ?? due.at : due.at
    if overdue <= now { return [item(.refillOverdue, overdue, due.because.rawValue)] }
    let notice = due.at + TimeSpan(milliseconds: -settings.refillNotice.milliseconds)
    return notice <= now ? [item(.refillDue, due.at, due.because.rawValue)] : []
  }
}

extension PatientSummary.Order {
  func kind(at now: Instant, _ settings: ClinicSettings) -> WorkKind {
    switch state {
    case .sent where isTurnedAway: .orderTurnedAway
    case .sent(let at): now - at > settings.receiptWait ? .orderUnknown : .orderQueued
    case .pending: .orderPending
    case .drafted, .signed: now > notAfterAt ? .orderExpired : .orderUnsigned
    case .queued: now > notAfterAt ? .orderExpired : .orderQueued
    // A summary holds only orders that wait.
    case .applied, .refused, .superseded, .cancelled, .withdrawn, .lapsed: .orderQueued
    }
  }
}

extension PathwayTask {
  /// Where it stands in the work list now; nothing where it does not yet, or no more.
  func work(at now: Instant) -> WorkKind? {
    switch kind {
    case .trialWatch: now < at ? .trialWatch : nil
    case .trialNext: now >= at ? .trialNext : nil
    case .decisionDue: .decisionDue
    case .trialDue: .trialDue
    case .implantDue: .implantDue
    case .selfHarmAlert: .selfHarmAlert
    case .complicationUrgent: .complicationUrgent
    case .complicationOpen: .complicationOpen
    case .mri: now >= at ? .mriOverdue : .mriOpen
    case .checkDue: now >= at ? .checkDue : nil
    case .taperDue: now >= at ? .taperDue : nil
    case .recoveryWatch: now < at ? .recoveryWatch : nil
    case .recoveryConcern: .recoveryConcern
    case .commissioningDue: .commissioningDue
    case .aftercareDue: .aftercareDue
    case .visit: standing(at: now, .visitDue, .visitOverdue)
    case .remoteCallDue: now >= at ? .remoteCallDue : nil
    case .replacement: standing(at: now, .replacementDue, .replacementOverdue)
    case .weaningStepDue: now >= at ? .weaningStepDue : nil
    case .arrivalUnchecked: .arrivalUnchecked
    }
  }

  private func standing(at now: Instant, _ due: WorkKind, _ overdue: WorkKind) -> WorkKind? {
    if let until, now >= until { return overdue }
    return now >= at ? due : nil
  }
}
