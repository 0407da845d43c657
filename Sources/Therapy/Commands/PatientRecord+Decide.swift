extension PatientRecord {
  /// Accepts a command as events, or refuses it with a reason; the record itself does not change.
  ///
  /// Pure: the same record, command, author, instant and settings give the same answer.
  ///
  /// - Parameters:
  ///   - command: what is wanted.
  ///   - author: who wants it, in which role.
  ///   - now: therapy time.
  ///   - settings: of the clinic.
  ///   - confirmed: whether the author has answered the questions of a refusal
  ///     ``TherapyRefusal/Code/confirm`` with yes. It never passes a limit.
  /// - Returns: the events to append, in order; none where nothing is worth recording.
  /// - Throws: the first reason against it; with questions, all of them.
  public func decide(
    _ command: TherapyCommand,
    by author: Author,
    at now: Instant,
    settings: ClinicSettings = .standard,
    confirmed: Bool = false
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try permit(command, author)
    try holdStage(command)
    var decision = Decision(author, at: now, settings: settings)
    let events = try events(of: command, &decision)
    return try decision.events(events, confirmed: confirmed)
  }

  private func permit(_ command: TherapyCommand, _ author: Author) throws(TherapyRefusal) {
    guard command.roles.contains(author.role) else {
      let roles = command.roles.map(\.rawValue).sorted().joined(separator: " or ")
      throw TherapyRefusal(
        .role,
        "",
        given: author.role.rawValue,
        expected: roles,
        remedy: "Ask a person with this role."
      )
    }
  }

  private func holdStage(_ command: TherapyCommand) throws(TherapyRefusal) {
    guard unread.isEmpty || command.isObservation else {
      throw TherapyRefusal(
        .unread,
        "",
        given: "\(unread.count) events of a later form",
        expected: "a record that can be read whole",
        remedy: "Use the version of the program that wrote them."
      )
    }
    let wanted = command.stages
    guard wanted.contains(stage) else {
      let names = PatientStage.allCases.filter(wanted.contains).map(\.rawValue)
      throw TherapyRefusal(
        .stage,
        "",
        given: stage.rawValue,
        expected: names.joined(separator: " or "),
        remedy: wanted == [.new]
          ? "The patient is in care already."
          : stage == .new ? "Adopt or enroll the patient first." : "Look at the patient's stage."
      )
    }
  }

  private func events(
    of command: TherapyCommand,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    switch command {
    case .adopt(let value): try adopt(value, &decision)
    case .correctIdentity(let value): try correctIdentity(value, &decision)
    case .changeContact(let value): try changeContact(value, decision)
    case .linkPump(let value): try linkPump(value, decision)
    case .unlinkPump(let value): try unlinkPump(value, decision)
    case .correctPump(let value): try correctPump(value, &decision)
    case .recordCatheter(let value): try recordCatheter(value, &decision)
    case .recordProgram(let value): try recordProgram(value, &decision)
    case .recordFill(let value): try recordFill(value, &decision)
    case .draftOrder(let value): try draftOrder(value, &decision)
    case .signOrder(let id, let signature): try signOrder(id, signature, decision)
    case .queueOrder(let id): try queueOrder(id, decision)
    case .markSent(let id): try markSent(id, decision)
    case .takeReceipt(let value): try takeReceipt(value, decision)
    case .withdrawOrder(let value): try withdrawOrder(value, decision)
    case .lapseOrder(let id): try lapseOrder(id, decision)
    case .turnAwayOrder(let value): try turnAwayOrder(value)
    case .draftRequest(let value): try draftRequest(value, decision)
    case .signRequest(let id, let signature): try signRequest(id, signature, decision)
    case .markRequestSent(let id): try markRequestSent(id, decision)
    case .takeRequestReceipt(let value): try takeRequestReceipt(value)
    case .lapseRequest(let id): try lapseRequest(id, decision)
    case .haltPump(let value): try haltPump(value, decision)
    case .resumePump(let value): try resumePump(value, decision)
    case .beginRefill(let value): try beginRefill(value, &decision)
    case .refill(let step): try refillStep(step, &decision)
    case .completeRefill(let value): try completeRefill(value, &decision)
    case .abandonRefill(let value): try abandonRefill(value, decision)
    case .raiseAlarm(let value): try raiseAlarm(value, decision)
    case .clearAlarm(let value): try clearAlarm(value, decision)
    case .acknowledgeAlarm(let alarm): try acknowledge(alarm)
    case .actOnAlarm(let value): try act(on: value, decision)
    case .hearStatus(let value): try hearStatus(value, decision)
    case .recordDailyTotal(let value): try recordDailyTotal(value, decision)
    case .recordScore(let value): try recordScore(value, decision)
    case .recordOralOpioid(let drug, let dose, let since):
      try recordOralOpioid(drug, dose, since, &decision)
    case .recordSideEffect(let value): try recordSideEffect(value, decision)
    case .writeNote(let value): try writeNote(value, decision)
    case .writeDiary(let value): try writeDiary(value, decision)
    case .correct(let value): try correct(value, decision)
    case .recordDoseRequest(let value): try recordDoseRequest(value, decision)
    case .pathway(let command): try events(of: command, &decision)
    }
  }
}
