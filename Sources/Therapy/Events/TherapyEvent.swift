/// What happened to a patient, in the words of the ledger (form 1).
///
/// An event is never changed; it is put right by a later one. Its JSON is
/// `{"form": 1, "kind": "scoreRecorded", "body": {…}}`, with quantities as texts that have their unit
/// and instants as ms since 1970 UTC in keys that end in `At` (docs/clinic.md, Streams).
public enum TherapyEvent: Equatable, Sendable {
  /// The clinic took over a patient whose pump is in place.
  case adopted(Adopted)
  /// The name, the date of birth or a number was wrong.
  case identityCorrected(IdentityCorrected)
  /// How the patient is reached.
  case contactChanged(ContactDetails)
  /// The pump's number and key were taken down at the bedside.
  case pumpLinked(PumpLinked)
  /// The clinic no longer speaks with the pump.
  case pumpUnlinked(PumpUnlinked)
  /// What was recorded of the pump in place was wrong.
  case pumpCorrected(PumpCorrected)
  /// What is known of the catheter.
  case catheterRecorded(CatheterInPlace)
  /// What was programmed on the maker's programmer, by hand.
  case programRecorded(ProgramRecorded)
  /// What the pump's receipt says is in force.
  case programApplied(ProgramApplied)
  /// What is in the reservoir since when.
  case fillRecorded(FillRecorded)
  /// An order was drafted; nothing has been signed.
  case orderDrafted(OrderDraft)
  /// A person signed it in their own signer.
  case orderSigned(OrderSignature)
  /// It waits for a session with the pump.
  case orderQueued(OrderQueued)
  /// Its bytes left for the pump; until a receipt comes its outcome is unknown.
  case orderSent(OrderSent)
  /// The pump answered it, with a receipt that it signed.
  case orderAnswered(OrderAnswer)
  /// A person took it back before it was queued.
  case orderWithdrawn(OrderWithdrawn)
  /// Its validity ended before it was sent.
  case orderLapsed(OrderLapsed)
  /// A guided refill began.
  case refillBegun(RefillBegun)
  /// One step of it was taken.
  case refillStep(RefillStep)
  /// It ended with the date of the next one.
  case refillCompleted(RefillCompleted)
  /// It was broken off.
  case refillAbandoned(RefillAbandoned)
  /// The pump raised an alarm.
  case alarmRaised(AlarmRaised)
  /// The pump cleared it.
  case alarmCleared(AlarmCleared)
  /// A person has seen it.
  case alarmAcknowledged(AlarmAcknowledged)
  /// A person did something about it.
  case alarmActed(AlarmActed)
  /// What the pump says of itself: at changes of state, and at most hourly.
  case statusHeard(StatusHeard)
  /// What the pump says it delivered in a day of its clock.
  case dailyTotal(DailyTotal)
  /// A score was taken.
  case scoreRecorded(ScoreRecorded)
  /// What opioid the patient takes by mouth or skin.
  case oralOpioidRecorded(OralOpioid)
  /// A side effect was seen.
  case sideEffectRecorded(SideEffect)
  /// The patient, or whoever cares for them, wrote in the diary.
  case diaryWritten(DiaryEntry)
  /// A note in a person's words.
  case noteWritten(Note)
  /// An earlier event was wrong, and why.
  case corrected(Correction)
  /// The patient asked the pump for a dose.
  case doseRequested(DoseRequest)
  /// What a person was asked about the events before it, and confirmed.
  case confirmed(Confirmation)
  /// A request was drafted; nobody has signed it.
  case requestDrafted(RequestDraft)
  /// A person signed it in their own signer; it waits for a session with the pump.
  case requestSigned(RequestSignature)
  /// Its bytes left for the pump.
  case requestSent(RequestSent)
  /// The pump answered it, with a receipt that it signed.
  case requestAnswered(RequestAnswer)
  /// Its two minutes ended without an answer.
  case requestLapsed(RequestLapsed)
  /// The pump would not answer an order: no receipt came, so what became of it is not known.
  case orderTurnedAway(OrderTurnedAway)
  /// The pump stopped delivering.
  case pumpHalted(PumpHalted)
  /// The pump delivers again.
  case pumpResumed(PumpResumed)
  /// What comes before a pump is in place, beside it and after it.
  case pathway(PathwayEvent)
  /// Of a kind or form that this version cannot read: it is shown, and the record goes no further.
  case unread(UnreadEvent)
}

/// The kinds of form 1; the names are stable.
public enum TherapyEventKind: String, Codable, Sendable, CaseIterable {
  case adopted, identityCorrected, contactChanged, pumpLinked, pumpUnlinked, pumpCorrected
  case catheterRecorded, programRecorded, programApplied, fillRecorded, orderDrafted
  case orderSigned, orderQueued, orderSent, orderAnswered, orderWithdrawn, orderLapsed
  case refillBegun, refillStep, refillCompleted, refillAbandoned, alarmRaised, alarmCleared
  case alarmAcknowledged, alarmActed, statusHeard, dailyTotal, scoreRecorded
  case oralOpioidRecorded, sideEffectRecorded, noteWritten, corrected, doseRequested
  case confirmed, requestDrafted, requestSigned, requestSent, requestAnswered, requestLapsed
  case orderTurnedAway, pumpHalted, pumpResumed, diaryWritten
}

extension TherapyEvent {
  /// Which kind it is; nothing for one that was not read, or of the pathway.
  public var kind: TherapyEventKind? {
    switch self {
    case .adopted: .adopted
    case .identityCorrected: .identityCorrected
    case .contactChanged: .contactChanged
    case .pumpLinked: .pumpLinked
    case .pumpUnlinked: .pumpUnlinked
    case .pumpCorrected: .pumpCorrected
    case .catheterRecorded: .catheterRecorded
    case .programRecorded: .programRecorded
    case .programApplied: .programApplied
    case .fillRecorded: .fillRecorded
    case .orderDrafted: .orderDrafted
    case .orderSigned: .orderSigned
    case .orderQueued: .orderQueued
    case .orderSent: .orderSent
    case .orderAnswered: .orderAnswered
    case .orderWithdrawn: .orderWithdrawn
    case .orderLapsed: .orderLapsed
    case .refillBegun: .refillBegun
    case .refillStep: .refillStep
    case .refillCompleted: .refillCompleted
    case .refillAbandoned: .refillAbandoned
    case .alarmRaised: .alarmRaised
    case .alarmCleared: .alarmCleared
    case .alarmAcknowledged: .alarmAcknowledged
    case .alarmActed: .alarmActed
    case .statusHeard: .statusHeard
    case .dailyTotal: .dailyTotal
    case .scoreRecorded: .scoreRecorded
    case .oralOpioidRecorded: .oralOpioidRecorded
    case .sideEffectRecorded: .sideEffectRecorded
    case .diaryWritten: .diaryWritten
    case .noteWritten: .noteWritten
    case .corrected: .corrected
    case .doseRequested: .doseRequested
    case .confirmed: .confirmed
    case .requestDrafted: .requestDrafted
    case .requestSigned: .requestSigned
    case .requestSent: .requestSent
    case .requestAnswered: .requestAnswered
    case .requestLapsed: .requestLapsed
    case .orderTurnedAway: .orderTurnedAway
    case .pumpHalted: .pumpHalted
    case .pumpResumed: .pumpResumed
    case .pathway, .unread: nil
    }
  }

  /// The name of its kind in the ledger.
  public var kindName: String {
    switch self {
    case .pathway(let event): event.kind.rawValue
    case .unread(let event): event.kind
    default: kind?.rawValue ?? ""
    }
  }
}
