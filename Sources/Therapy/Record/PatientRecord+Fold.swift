/// What the fold made of an event.
public enum FoldOutcome: Equatable, Sendable {
  case applied
  /// Of a kind or form that this version cannot read; the record is incomplete.
  case unread
  /// It contradicts what came before it; nothing but its place is kept.
  case irregular(String)
}

extension PatientRecord {
  /// The state after one more event; every event has an outcome, and none traps.
  ///
  /// - Parameters:
  ///   - event: the next of the patient's stream.
  ///   - meta: what the ledger says of it.
  /// - Returns: what was made of it, which the record keeps too.
  @discardableResult
  public mutating func apply(_ event: TherapyEvent, _ meta: EventMeta) -> FoldOutcome {
    position = max(position, meta.id.position)
    if case .unread = event {
      unread.append(meta.id)
      return .unread
    }
    defer { noteDrugs() }
    guard let reason = fold(event, meta) else { return .applied }
    irregular.append(IrregularEvent(event: meta.id, reason: reason))
    return .irregular(reason)
  }

  /// Applies an event that was read; the reason where it contradicts what is there.
  private mutating func fold(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .adopted, .identityCorrected, .contactChanged, .pumpLinked, .pumpUnlinked,
      .pumpCorrected, .catheterRecorded, .programRecorded, .programApplied, .fillRecorded:
      foldPlace(event, meta)
    case .orderDrafted, .orderSigned, .orderQueued, .orderSent, .orderAnswered, .orderWithdrawn,
      .orderLapsed, .orderTurnedAway:
      foldOrder(event, meta)
    case .requestDrafted, .requestSigned, .requestSent, .requestAnswered, .requestLapsed:
      foldRequest(event, meta)
    case .refillBegun, .refillStep, .refillCompleted, .refillAbandoned:
      foldRefill(event, meta)
    case .alarmRaised, .alarmCleared, .alarmAcknowledged, .alarmActed, .statusHeard, .dailyTotal,
      .doseRequested, .pumpHalted, .pumpResumed:
      foldPump(event, meta)
    case .scoreRecorded, .oralOpioidRecorded, .sideEffectRecorded, .noteWritten, .corrected,
      .confirmed, .diaryWritten:
      foldObservation(event, meta)
    case .pathway(let event): foldPathway(event, meta)
    case .unread: nil
    }
  }

  private mutating func foldPlace(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .adopted(let value):
      guard stage == .new || stage == .implant || (stage == .therapy && pathway.awaitsAdoption)
      else { return "adopted at stage \(stage.rawValue)" }
      if stage != .therapy { pathway.since = meta.at }
      pathway.awaitsAdoption = false
      (adopted, identity, stage) = (value, value.identity, .therapy)
    case .identityCorrected(let value): identity = value.identity
    case .contactChanged(let value): contact = value
    case .pumpLinked(let value): (link, linkedAt, lastHeard) = (.linked(value), meta.at, nil)
    case .pumpUnlinked: (link, linkedAt, orderInForce) = (.byHand, nil, nil)
    case .pumpCorrected(let value):
      guard let before = adopted else { return "a pump corrected before there was one" }
      adopted = Adopted(
        identity: before.identity,
        indication: before.indication,
        origin: before.origin,
        pump: value.pump
      )
    case .catheterRecorded(let value): catheter = value
    case .programRecorded(let value):
      program = ProgramInForce(
        program: value.program,
        since: value.programmedAt,
        standing: .byHand,
        order: nil
      )
      noteStart(value.programmedAt)
    case .programApplied(let value):
      program = ProgramInForce(
        program: value.program,
        since: meta.at,
        standing: .receipt,
        order: value.order
      )
      noteStart(meta.at)
    case .fillRecorded(let value):
      reservoir = ReservoirContent(
        volume: value.volume,
        fluid: value.fluid,
        filledAt: value.filledAt,
        lots: value.lots,
        standing: value.standing,
        freshAt: value.freshAt
      )
      isReservoirUnknown = false
    default: break
    }
    return nil
  }

  private mutating func foldOrder(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .orderDrafted(let draft):
      guard order(draft.order) == nil else { return "drafted twice" }
      orders.append(OrderLife(draft: draft, draftedAt: meta.at, draftedBy: meta.by))
      return nil
    case .orderSigned(let value):
      return change(value.order) { life in
        life.signatures.append(value)
        if life.missingSignature == nil { life.state = .signed }
      }
    case .orderQueued(let value): return change(value.order) { $0.state = .queued }
    case .orderSent(let value): return change(value.order) { $0.state = .sent(at: meta.at) }
    case .orderWithdrawn(let value):
      if refill?.ordered?.order == value.order { refill?.ordered = nil }
      return change(value.order) { life in
        (life.state, life.withdrawnBecause) = (.withdrawn, value.reason)
      }
    case .orderLapsed(let value):
      if refill?.ordered?.order == value.order { refill?.ordered = nil }
      return change(value.order) { $0.state = .lapsed }
    case .orderTurnedAway(let value):
      return change(value.order) { $0.turnedAway = value.reason }
    case .orderAnswered(let value):
      if !pathway.formerOrders.contains(value.order) {
        orderInForce = value.inForce ?? orderInForce
      }
      if refill?.ordered?.order == value.order {
        switch value.outcome {
        case .applied: refill?.isApplied = true
        case .refused, .superseded, .cancelled: refill?.ordered = nil
        case .pending: break
        }
      }
      return change(value.order) { life in
        life.state = value.outcome.state
        (life.answer, life.answeredAt, life.turnedAway) = (value, meta.at, nil)
      }
    default: return nil
    }
  }

  private mutating func change(_ id: OrderID, _ change: (inout OrderLife) -> Void) -> String? {
    guard let index = orders.firstIndex(where: { $0.draft.order == id }) else {
      return "no order \(id.text)"
    }
    change(&orders[index])
    return nil
  }

  private mutating func foldRequest(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .requestDrafted(let draft):
      guard request(draft.request) == nil else { return "drafted twice" }
      requests.append(RequestLife(draft: draft, draftedAt: meta.at, draftedBy: meta.by))
      return nil
    case .requestSigned(let value):
      return change(value.request) { ($0.signature, $0.state) = (value, .signed) }
    case .requestSent(let value):
      return change(value.request) { $0.state = .sent(at: meta.at) }
    case .requestAnswered(let value):
      return change(value.request) { life in
        life.state = value.isApplied ? .applied : .refused
        (life.answer, life.answeredAt) = (value, meta.at)
      }
    case .requestLapsed(let value):
      return change(value.request) { life in
        if case .sent = life.state { life.state = .unknown } else { life.state = .lapsed }
      }
    default: return nil
    }
  }

  private mutating func change(
    _ id: RequestID,
    _ change: (inout RequestLife) -> Void
  ) -> String? {
    guard let index = requests.firstIndex(where: { $0.draft.request == id }) else {
      return "no request \(id.text)"
    }
    change(&requests[index])
    return nil
  }

  private mutating func foldRefill(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .refillBegun(let value):
      guard refill == nil else { return "a refill is under way" }
      refill = RefillSession(
        value,
        meta,
        isLinked: isLinked,
        changesMixture: reservoir?.fluid != value.planned,
        filledBefore: reservoir?.volume
      )
      return nil
    case .refillStep(let step):
      guard refill != nil else { return "no refill is under way" }
      refill?.take(step, by: meta.by)
    case .refillCompleted(let value):
      guard let session = refill else { return "no refill is under way" }
      pastRefills.append(past(session, meta, isCompleted: true))
      (refill, nextRefillAt) = (nil, value.nextAt)
    case .refillAbandoned(let value):
      guard let session = refill else { return "no refill is under way" }
      pastRefills.append(past(session, meta, isCompleted: false))
      refill = nil
      // Before anything was drawn out, nothing has changed.
      let isTouched = !session.aspirations.isEmpty || session.label != nil
      if isTouched && value.reservoir == nil { isReservoirUnknown = true }
    default: break
    }
    return nil
  }

  private func past(
    _ session: RefillSession,
    _ meta: EventMeta,
    isCompleted: Bool
  ) -> PastRefill {
    PastRefill(
      id: session.id,
      endedAt: meta.at,
      isCompleted: isCompleted,
      filledBefore: session.filledBefore,
      expected: session.expected?.volume,
      aspirated: session.aspirations.last?.volume,
      finding: session.judgements.last?.finding,
      hasSymptoms: session.begun.hasSymptoms
    )
  }

  private mutating func foldPump(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .alarmRaised(let value):
      alarms.append(AlarmEntry(alarm: value.alarm, raisedAt: value.raisedAt))
    case .alarmCleared(let value):
      return changeAlarm(value.alarm, { $0.clearedAt == nil }) { $0.clearedAt = value.clearedAt }
    case .alarmAcknowledged(let value):
      // All of its kind: one that came and went unseen before is seen with it.
      let seen = alarms.indices.filter {
        alarms[$0].alarm == value.alarm && alarms[$0].acknowledgedBy == nil
      }
      for index in seen { alarms[index].acknowledgedBy = meta.by }
      return seen.isEmpty ? "no alarm \(value.alarm.rawValue) for it" : nil
    case .alarmActed(let value):
      return changeAlarm(value.alarm, { _ in true }) { $0.actions.append(value.action) }
    case .statusHeard(let value):
      lastHeard = value
      orderInForce = value.inForce ?? orderInForce
    case .dailyTotal(let value): deliveries.append(value)
    case .pumpHalted(let value): halts.append(value)
    case .pumpResumed: halts = []
    case .doseRequested(let value): doseRequests.append(value)
    default: break
    }
    return nil
  }

  /// Changes the latest alarm of a kind for which a condition holds.
  private mutating func changeAlarm(
    _ alarm: PumpAlarm,
    _ holds: (AlarmEntry) -> Bool,
    _ change: (inout AlarmEntry) -> Void
  ) -> String? {
    guard let index = alarms.lastIndex(where: { $0.alarm == alarm && holds($0) }) else {
      return "no alarm \(alarm.rawValue) for it"
    }
    change(&alarms[index])
    return nil
  }

  private mutating func foldObservation(_ event: TherapyEvent, _ meta: EventMeta) -> String? {
    func observed<Value>(_ value: Value) -> Observed<Value> {
      Observed(event: meta.id, at: meta.at, by: meta.by, value: value, struckOut: nil)
    }
    switch event {
    case .scoreRecorded(let value): scores.append(observed(value))
    case .oralOpioidRecorded(let value): oralOpioids.append(observed(value))
    case .sideEffectRecorded(let value): sideEffects.append(observed(value))
    case .noteWritten(let value): notes.append(observed(value))
    case .diaryWritten(let value): diary.append(observed(value))
    case .corrected(let value):
      corrections.append(value)
      strikeOut(value)
    default: break
    }
    return nil
  }

  private mutating func strikeOut(_ correction: Correction) {
    if let index = scores.firstIndex(where: { $0.event == correction.event }) {
      scores[index].struckOut = correction.reason
    }
    if let index = oralOpioids.firstIndex(where: { $0.event == correction.event }) {
      oralOpioids[index].struckOut = correction.reason
    }
    if let index = sideEffects.firstIndex(where: { $0.event == correction.event }) {
      sideEffects[index].struckOut = correction.reason
    }
    if let index = diary.firstIndex(where: { $0.event == correction.event }) {
      diary[index].struckOut = correction.reason
    }
    if let index = notes.firstIndex(where: { $0.event == correction.event }) {
      notes[index].struckOut = correction.reason
    }
  }
}

extension OrderOutcome {
  var state: OrderState {
    switch self {
    case .applied: .applied
    case .pending: .pending
    case .refused: .refused
    case .superseded: .superseded
    case .cancelled: .cancelled
    }
  }
}
