import Quantities

/// The second half of a refill: what is put in, by whom, and what the pump is told.
extension PatientRecord {
  func label(
    _ label: DrugLabel,
    _ session: RefillSession,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(label.lot, "lot", TextLimit.name)
    // H-59: what the syringe says is what was planned, or nothing goes in.
    guard label.fluid == session.begun.planned else {
      throw differs("fluid", label.fluid.text, session.begun.planned.text)
    }
    guard label.volume == session.begun.plannedVolume else {
      throw differs("volume", label.volume.text, session.begun.plannedVolume.text)
    }
    guard label.expiresOn >= decision.now.day else {
      throw TherapyRefusal(
        .limit,
        "expiresOn",
        given: label.expiresOn.text,
        expected: "today or later, \(decision.now.day.text)",
        remedy: "Do not use it; get another one."
      )
    }
    if label.expiresOn.number > decision.now.day.number + 5 * 365 {
      decision.ask("It expires on \(label.expiresOn.text): is the year right?")
    }
    return [.refillStep(.labelled(label))]
  }

  func repeatLabel(
    _ label: DrugLabel,
    _ session: RefillSession
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let first = session.label else { return [] }
    let pairs = [
      ("fluid", label.fluid.text, first.fluid.text),
      ("volume", label.volume.text, first.volume.text),
      ("lot", label.lot, first.lot),
      ("expiresOn", label.expiresOn.text, first.expiresOn.text),
    ]
    for (field, given, expected) in pairs where !given.utf8.elementsEqual(expected.utf8) {
      throw differs(field, given, expected)
    }
    return [.refillStep(.labelRepeated(label))]
  }

  private func differs(_ field: String, _ given: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .mismatch,
      field,
      given: given,
      expected: expected,
      remedy: "Stop: compare order, syringe and paper. Nothing goes in until they agree."
    )
  }

  /// Each item once, and each good: a bad one stops the refill (H-20, H-23).
  func check(_ answers: [CheckAnswer]) throws(TherapyRefusal) -> [TherapyEvent] {
    let items = RefillCheck.allCases
    guard answers.count == items.count, Set(answers.map(\.item)).count == items.count else {
      throw TherapyRefusal(
        .value,
        "answers",
        given: "\(answers.count) answers",
        expected: "each of " + items.map(\.rawValue).joined(separator: ", "),
        remedy: "Answer each item once."
      )
    }
    if let bad = answers.first(where: { !$0.isGood }) {
      throw TherapyRefusal(
        .stop,
        "answers.\(bad.item.rawValue)",
        given: "no",
        expected: "yes",
        remedy: "Stop. Where fluid may be in the pocket: airway first, draw out pocket and "
          + "reservoir and count what comes, have the antidote at hand, keep the patient in."
      )
    }
    return [.refillStep(.checked(RefillChecked(answers: answers)))]
  }

  func second(
    _ session: RefillSession,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let person = decision.author.person
    guard person != session.by, person != session.labelledBy else {
      throw TherapyRefusal(
        .samePerson,
        "person",
        given: person.text,
        expected: "a person who neither began the refill nor entered the label",
        remedy: "Call a second person."
      )
    }
    return [.refillStep(.seconded(RefillSeconded(person: person)))]
  }

  func waive(
    _ session: RefillSession,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let waiver = decision.settings.singlePersonRefill, !session.changesMixture else {
      throw TherapyRefusal(
        .limit,
        "person",
        given: "one person",
        expected: session.changesMixture
          ? "a second person, as the fluid changes"
          : "a second person, as the clinic has recorded no waiver",
        remedy: "Call a second person."
      )
    }
    return [.refillStep(.waived(RefillWaived(reason: waiver)))]
  }

  func orderFill(
    _ id: OrderID,
    _ session: RefillSession
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    guard !life.isEnded, !life.isInFlight, let label = session.label else {
      throw TherapyRefusal(
        .orderState,
        "order",
        given: "an order that was queued or has ended",
        expected: "an order that was drafted or signed",
        remedy: "Draft another one."
      )
    }
    try holdFill(life.draft, label, session)
    return [.refillStep(.ordered(RefillOrdered(order: id)))]
  }

  func program(
    _ value: RefillProgrammed,
    _ session: RefillSession,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdPast(value.programmedAt, "programmedAt")
    try hold(value.program, with: session.begun.planned, "program", &decision)
    if session.changesMixture, session.bridge?.isOmitted == false, !hasBridge(value.program) {
      throw TherapyRefusal(
        .mismatch,
        "program.bridge",
        given: "no bridge",
        expected: "the bridge that was decided on",
        remedy: "Set the bridge on the programmer (SR-036)."
      )
    }
    return [.refillStep(.programmed(value))]
  }

  /// How much may have been delivered between fill and reading: this project's own choice.
  private static let readBackSlack: Int64 = 100_000

  func readBack(
    _ value: RefillReadBack,
    _ session: RefillSession
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let label = session.label else { return [] }
    guard value.fluid == label.fluid else {
      throw differs("fluid", value.fluid.text, label.fluid.text)
    }
    let given = value.volume.nanolitres
    let full = label.volume.nanolitres
    guard given <= full, given >= full - Self.readBackSlack else {
      throw differs("volume", value.volume.text, label.volume.text)
    }
    var events: [TherapyEvent] = [.refillStep(.readBack(value))]
    if let programmed = session.programmed {
      events += [
        .fillRecorded(
          FillRecorded(
            volume: label.volume,
            fluid: label.fluid,
            filledAt: programmed.programmedAt,
            lots: [label.lot],
            standing: .byHand
          )
        ),
        .programRecorded(
          ProgramRecorded(
            program: programmed.program,
            programmedAt: programmed.programmedAt,
            reason: "refill"
          )
        ),
      ]
    }
    return events
  }

  func completeRefill(
    _ value: RefillCompleted,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let refill, refill.next == .nextDate else {
      throw TherapyRefusal(
        .outOfOrder,
        "refill",
        given: RefillStage.nextDate.rawValue,
        expected: refill?.next.rawValue ?? "a refill that was begun",
        remedy: refill?.next.instruction ?? "Begin the refill."
      )
    }
    guard value.nextAt.isReckonable, value.nextAt > decision.now else {
      throw TherapyRefusal(
        .value,
        "nextAt",
        given: value.nextAt.isReckonable ? value.nextAt.text : "no date",
        expected: "after now",
        remedy: "Look at the date."
      )
    }
    if let reason = value.reason { try decision.hold(reason, "reason") }
    let due = try forecast(at: decision.now, settings: decision.settings).due
    if let due, value.nextAt > due.at {
      guard value.reason != nil else {
        throw TherapyRefusal(
          .value,
          "reason",
          given: "nothing",
          expected: "why the date is later than \(due.at.text) (\(due.because.rawValue))",
          remedy: "Choose an earlier date, or say why."
        )
      }
      decision.ask("The date is later than \(due.at.text), by \(due.because.rawValue).")
    }
    return [.refillCompleted(value)]
  }

  func abandonRefill(
    _ value: RefillAbandoned,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard let refill else {
      throw TherapyRefusal(
        .unknown,
        "refill",
        given: "no refill",
        expected: "a refill that was begun",
        remedy: "Nothing needs to be done."
      )
    }
    try decision.hold(value.reason, "reason")
    if let order = orderInFlight {
      throw TherapyRefusal(
        .inFlight,
        "refill",
        given: "order \(order.draft.order.text)",
        expected: "no order without a receipt",
        remedy: "Ask the pump for its receipt first."
      )
    }
    guard let volume = value.reservoir else { return [.refillAbandoned(value)] }
    try decision.holdNotNegative(volume, "reservoir")
    guard refill.label == nil, let fluid = reservoir?.fluid, let pump, volume <= pump.capacity
    else {
      throw TherapyRefusal(
        .notKnown,
        "reservoir",
        given: volume.text,
        expected: "no volume, as it is not sure what is in the reservoir",
        remedy: "Abandon it without a volume, and record the fill when it is known."
      )
    }
    return [
      .refillAbandoned(value),
      .fillRecorded(
        FillRecorded(
          volume: volume,
          fluid: fluid,
          filledAt: decision.now,
          lots: reservoir?.lots ?? [],
          standing: .byHand,
          freshAt: reservoir?.stableFrom
        )
      ),
    ]
  }
}
