import Quantities

/// The guided refill: one step after the other, each refused where it is not its turn.
extension PatientRecord {
  func beginRefill(
    _ value: RefillBegun,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard refill == nil else {
      throw TherapyRefusal(
        .twice,
        "refill",
        given: "a second refill",
        expected: refill?.next.rawValue ?? "",
        remedy: "Go on with the refill that was begun, or abandon it."
      )
    }
    if let order = orderInFlight {
      throw TherapyRefusal(
        .inFlight,
        "refill",
        given: "order \(order.draft.order.text)",
        expected: "no order without a receipt",
        remedy: "Ask the pump for its receipt first."
      )
    }
    try hold(value.planned, "planned", &decision)
    try hold(fill: value.plannedVolume, "plannedVolume", &decision)
    if let before = reservoir?.fluid, before != value.planned {
      decision.ask("The fluid changes from \(before.text) to \(value.planned.text).")
    }
    return [.refillBegun(value)]
  }

  func refillStep(
    _ command: RefillCommand,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let session = refill else {
      throw TherapyRefusal(
        .outOfOrder,
        "refill",
        given: "a step",
        expected: "a refill that was begun",
        remedy: "Begin the refill."
      )
    }
    guard command.stages.contains(session.next) else {
      throw TherapyRefusal(
        .outOfOrder,
        "refill",
        given: command.stages.map(\.rawValue).joined(separator: " or "),
        expected: session.next.rawValue,
        remedy: session.next.instruction
      )
    }
    switch command {
    case .identify(let name, let born, let number, let serial):
      return try identify(name, born, number, serial)
    case .expect(let volume): return try expect(volume, &decision)
    case .aspirate(let volume): return try aspirate(volume, session, &decision)
    case .account(let value):
      try decision.hold(value.reason, "reason")
      return [.refillStep(.accounted(value))]
    case .label(let label): return try self.label(label, session, &decision)
    case .repeatLabel(let label): return try repeatLabel(label, session)
    case .bridge(let program):
      return try bridge(before: program, session, omitted: nil, &decision)
    case .omitBridge(let program, let reason):
      try decision.hold(reason, "reason")
      return try bridge(before: program, session, omitted: reason, &decision)
    case .check(let answers): return try check(answers)
    case .second: return try second(session, decision)
    case .waive: return try waive(session, decision)
    case .order(let id): return try orderFill(id, session)
    case .program(let value): return try program(value, session, &decision)
    case .readBack(let value): return try readBack(value, session)
    }
  }

  /// Two identifiers of the patient, and the serial number of the pump (SR-122; H-54).
  private func identify(
    _ name: String?,
    _ born: Day?,
    _ number: String?,
    _ serial: String
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let identity, let pump else { return [] }
    var agreed: [PatientIdentifier] = []
    if let name {
      let names = ["\(identity.givenName) \(identity.familyName)", identity.familyName]
      guard names.contains(where: { $0.lowercased() == name.lowercased() }) else {
        throw mismatch("name", name, "the name of this patient")
      }
      agreed.append(.name)
    }
    if let born {
      guard born == identity.born else {
        throw mismatch("born", born.text, "the date of birth of this patient")
      }
      agreed.append(.born)
    }
    if let number {
      guard number == identity.recordNumber else {
        throw mismatch("recordNumber", number, "the number of this patient")
      }
      agreed.append(.recordNumber)
    }
    guard agreed.count >= 2 else {
      throw TherapyRefusal(
        .value,
        "identifiers",
        given: "\(agreed.count)",
        expected: "two of name, date of birth and record number",
        remedy: "Ask the patient for a second one."
      )
    }
    guard serial == pump.serial else {
      throw mismatch("pumpSerial", serial, "the serial number of this patient's pump")
    }
    return [.refillStep(.identified(RefillIdentified(identifiers: agreed, pumpSerial: serial)))]
  }

  private func mismatch(_ field: String, _ given: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .mismatch,
      field,
      given: given,
      expected: expected,
      remedy: "Stop: this may be another patient, another pump or another syringe."
    )
  }

  private func expect(
    _ volume: Volume?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let expected: RefillExpected
    if let volume {
      try decision.holdNotNegative(volume, "volume")
      if let pump, volume > pump.capacity {
        throw TherapyRefusal(
          .limit,
          "volume",
          given: volume.text,
          expected: "at most the reservoir, \(pump.capacity.text)",
          remedy: "Look at number and unit."
        )
      }
      expected = RefillExpected(volume: volume, source: isLinked ? .pump : .programmer)
    } else {
      do {
        let level = try forecast(at: decision.now, settings: decision.settings)
          .level(at: decision.now)
        expected = RefillExpected(volume: level, source: .forecast)
      } catch {
        decision.ask(
          "It is not known what should be in the reservoir (\(error.expected)): what is aspirated "
            + "cannot be judged."
        )
        expected = RefillExpected(volume: nil, source: .unknown)
      }
    }
    return [.refillStep(.expected(expected))]
  }

  private func aspirate(
    _ volume: Volume,
    _ session: RefillSession,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdNotNegative(volume, "volume")
    if let last = session.aspirations.last, volume < last.volume {
      throw TherapyRefusal(
        .value,
        "volume",
        given: volume.text,
        expected: "at least \(last.volume.text), which was drawn out before",
        remedy: "Enter all that was drawn out, with what came before."
      )
    }
    if let pump, volume > pump.capacity {
      decision.ask("\(volume.text) is more than the reservoir holds, \(pump.capacity.text).")
    }
    let judged = residual(of: volume, session)
    return [
      .refillStep(.aspirated(RefillAspirated(volume: volume))), .refillStep(.judged(judged)),
    ]
  }
}

extension RefillCommand {
  /// When it is this command's turn.
  public var stages: [RefillStage] {
    switch self {
    case .identify: [.identity]
    case .expect: [.expected]
    case .aspirate: [.aspirate, .aspirateAgain]
    case .account: [.account]
    case .label: [.label]
    case .repeatLabel: [.labelAgain]
    case .bridge, .omitBridge: [.bridge]
    case .check: [.checks]
    case .second, .waive: [.secondPerson]
    case .order: [.order]
    case .program: [.program]
    case .readBack: [.readBack]
    }
  }
}

extension RefillStage {
  /// What a person does next.
  public var instruction: String {
    switch self {
    case .identity: "Ask for two identifiers, and read the serial number of the pump."
    case .expected: "Take down what should be in the reservoir."
    case .aspirate: "Draw out all that is in the reservoir."
    case .aspirateAgain: "Draw out again: the volume is outside of its band."
    case .account: "Say why it goes on in spite of the residual."
    case .label: "Enter or scan the label of what is to be put in."
    case .labelAgain: "Enter or scan the label a second time."
    case .bridge: "Decide on the bridge: the fluid path still holds the old drug."
    case .checks: "Answer each item of the checklist."
    case .secondPerson: "A second person looks at label and program."
    case .order: "Draft the order, and choose it here."
    case .program: "Set the programmer, and write down what was set."
    case .receipt: "Sign the order and bring it to the pump; its receipt ends this step."
    case .readBack: "Read back what the pump shows."
    case .nextDate: "Set the date of the next refill."
    }
  }
}
