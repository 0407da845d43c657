/// Who may do what in the record; what a pump takes is decided by the pump (contract: authority.md).
extension TherapyCommand {
  /// The roles that may give this command.
  public var roles: Set<PersonRole> {
    switch self {
    case .adopt, .correctIdentity, .linkPump, .unlinkPump, .correctPump, .recordCatheter,
      .recordProgram, .recordFill, .draftOrder, .queueOrder, .withdrawOrder, .beginRefill,
      .completeRefill,
      .abandonRefill, .acknowledgeAlarm, .draftRequest, .signRequest:
      [.physician, .nurse]
    case .changeContact: [.physician, .nurse, .administrator]
    // Which of them the authority table says, for each order.
    case .signOrder: [.physician, .nurse, .pharmacist]
    case .markSent, .takeReceipt, .lapseOrder, .raiseAlarm, .clearAlarm, .hearStatus,
      .recordDailyTotal, .recordDoseRequest, .turnAwayOrder, .markRequestSent,
      .takeRequestReceipt, .lapseRequest, .haltPump, .resumePump:
      [.server]
    case .refill(let step):
      switch step {
      case .second, .repeatLabel: [.physician, .nurse, .pharmacist]
      case .identify, .expect, .aspirate, .account, .label, .check, .waive, .order, .program,
        .readBack:
        [.physician, .nurse]
      case .bridge, .omitBridge: [.physician]
      }
    case .actOnAlarm, .recordOralOpioid, .writeNote, .correct: [.physician, .nurse, .pharmacist]
    case .recordScore, .recordSideEffect: [.physician, .nurse, .patient]
    case .pathway(let command): command.roles
    case .writeDiary: [.patient, .caregiver]
    }
  }

  /// Whether it is taken where the record has events that this version cannot read: what is seen and
  /// heard may always be written down.
  var isObservation: Bool {
    switch self {
    case .changeContact, .raiseAlarm, .clearAlarm, .acknowledgeAlarm, .actOnAlarm, .hearStatus,
      .recordDailyTotal, .recordScore, .recordOralOpioid, .recordSideEffect, .writeNote,
      .recordDoseRequest, .takeReceipt, .turnAwayOrder, .takeRequestReceipt, .lapseRequest,
      .haltPump, .resumePump, .writeDiary:
      true
    case .adopt, .correctIdentity, .linkPump, .unlinkPump, .correctPump, .recordCatheter,
      .recordProgram, .recordFill, .draftOrder, .signOrder, .queueOrder, .markSent, .withdrawOrder,
      .lapseOrder,
      .beginRefill, .refill, .completeRefill, .abandonRefill, .correct, .draftRequest,
      .signRequest, .markRequestSent:
      false
    case .pathway(let command): command.isObservation
    }
  }

  /// The stages at which it is taken (docs/pathway.md).
  var stages: Set<PatientStage> {
    switch self {
    case .adopt: [.new]
    case .pathway(let command): command.stages
    case .recordScore, .recordOralOpioid, .recordSideEffect, .writeDiary:
      [.evaluation, .trial, .implant, .therapy]
    case .correctIdentity, .changeContact, .writeNote, .correct:
      [.evaluation, .trial, .implant, .therapy, .ended]
    case .linkPump, .unlinkPump, .recordCatheter, .recordProgram, .recordFill, .draftOrder,
      .signOrder, .queueOrder, .markSent, .takeReceipt, .withdrawOrder, .lapseOrder, .beginRefill,
      .refill, .completeRefill, .abandonRefill, .raiseAlarm, .clearAlarm, .acknowledgeAlarm,
      .actOnAlarm, .hearStatus, .recordDailyTotal, .recordDoseRequest, .correctPump, .draftRequest,
      .signRequest, .markRequestSent, .takeRequestReceipt, .lapseRequest, .haltPump, .resumePump,
      .turnAwayOrder:
      [.therapy]
    }
  }
}
