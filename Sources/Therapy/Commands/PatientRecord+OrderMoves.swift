import PumpLink
import Quantities

/// What happens to an order that was drafted.
extension PatientRecord {
  func signOrder(
    _ id: OrderID,
    _ signature: Base64Text,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    guard life.state == .drafted else { throw state(life, "drafted", "It needs no signature.") }
    try holdUsable(life, decision.now)
    guard !life.signatures.contains(where: { $0.signer == decision.author.person }) else {
      throw TherapyRefusal(
        .samePerson,
        "signer",
        given: decision.author.person.text,
        expected: "another person",
        remedy: "A second person has to sign."
      )
    }
    guard life.takesSignature(of: decision.author.role) else {
      throw TherapyRefusal(
        .role,
        "signer",
        given: decision.author.role.rawValue,
        expected: life.missingSignature == .person ? "a second person" : "a prescriber",
        remedy: "Ask a person who may sign this (contract: authority.md)."
      )
    }
    // 64 bytes: Ed25519.
    guard signature.text.utf8.count == 88, signature.text.hasSuffix("==") else {
      throw TherapyRefusal(
        .value,
        "signature",
        given: "\(signature.text.utf8.count) characters",
        expected: "64 bytes as base64",
        remedy: "Take it from the signer again."
      )
    }
    return [
      .orderSigned(
        OrderSignature(
          order: id,
          signer: decision.author.person,
          role: decision.author.role,
          signature: signature
        )
      )
    ]
  }

  func queueOrder(
    _ id: OrderID,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    guard life.state == .signed else {
      throw state(life, "signed", "Only an order with its signatures is queued, and once.")
    }
    try holdUsable(life, decision.now)
    if let other = orderInFlight {
      throw TherapyRefusal(
        .inFlight,
        "order",
        given: "order \(other.draft.order.text)",
        expected: "no order without a receipt",
        remedy: "Ask the pump for its receipt first: one order at a time."
      )
    }
    if life.draft.act.isRefill, refill?.ordered?.order != id {
      throw TherapyRefusal(
        .outOfOrder,
        "order",
        given: life.draft.act.rawValue,
        expected: refill?.next.rawValue ?? "a refill that was begun",
        remedy: "Take the steps of the refill first."
      )
    }
    return [.orderQueued(OrderQueued(order: id))]
  }

  /// The bytes leave; the same bytes again leave no second event, since they take effect once.
  func markSent(
    _ id: OrderID,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    switch life.state {
    case .sent: return []
    case .queued:
      try holdUsable(life, decision.now)
      return [.orderSent(OrderSent(order: id))]
    case .drafted, .signed, .applied, .refused, .superseded, .cancelled, .pending, .withdrawn,
      .lapsed:
      throw state(life, "queued", "An order that has ended is never sent again.")
    }
  }

  /// That a pump would not answer says nothing of the order: it stays unknown; the same again is not told twice.
  func turnAwayOrder(_ value: OrderTurnedAway) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(value.order)
    guard case .sent = life.state else {
      throw state(life, "an order that was sent", "Nothing needs to be recorded.")
    }
    return life.turnedAway == value.reason ? [] : [.orderTurnedAway(value)]
  }

  /// A receipt is the pump's own word: it counts whatever the clinic thought of the order.
  func takeReceipt(
    _ value: OrderAnswer,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(value.order)
    guard life.answer != value else { return [] }
    switch life.state {
    case .applied, .refused, .superseded, .cancelled:
      throw state(
        life,
        "an order whose receipt is still to come",
        "Keep both receipts and call us."
      )
    case .pending where value.outcome == .pending:
      throw state(life, "what became of the pending order", "Nothing needs to be recorded.")
    case .drafted, .signed, .queued, .sent, .pending, .withdrawn, .lapsed: break
    }
    if value.outcome == .refused, value.reason == nil {
      throw missing("reason", "why the pump refused")
    }
    if value.outcome == .pending, value.pendingUntilMilliseconds == nil {
      throw missing("pendingUntilMilliseconds", "until when it waits")
    }
    // What a pump did that was taken out since says nothing of the one in its place.
    guard value.outcome == .applied, !pathway.formerOrders.contains(value.order) else {
      return [.orderAnswered(value)]
    }
    return [.orderAnswered(value)] + effects(of: life.draft, value, decision.now)
  }

  /// What an applied order means for the record.
  private func effects(
    of draft: OrderDraft,
    _ value: OrderAnswer,
    _ now: Instant
  ) -> [TherapyEvent] {
    var events: [TherapyEvent] = []
    if draft.act.isRefill, let fluid = draft.fluid, let volume = draft.fillVolume {
      events.append(
        .fillRecorded(
          FillRecorded(
            volume: volume,
            fluid: fluid,
            filledAt: now,
            lots: refill?.label.map { [$0.lot] } ?? [],
            standing: .receipt
          )
        )
      )
    }
    if let program = draft.program {
      events.append(
        .programApplied(
          ProgramApplied(
            order: draft.order,
            program: program,
            pumpMilliseconds: value.pumpMilliseconds
          )
        )
      )
    }
    return events
  }

  func withdrawOrder(
    _ value: OrderWithdrawn,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(value.order)
    try decision.hold(value.reason, "reason")
    guard life.state == .drafted || life.state == .signed else {
      throw state(life, "an order that was not queued", "What the pump may have is not taken back.")
    }
    return [.orderWithdrawn(value)]
  }

  /// Only what was never sent lapses: no time ends what is unknown (SR-101).
  func lapseOrder(
    _ id: OrderID,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    switch life.state {
    case .drafted, .signed, .queued: break
    case .sent:
      throw state(life, "an order that was not sent", "Ask the pump: only its receipt ends this.")
    case .applied, .refused, .superseded, .cancelled, .pending, .withdrawn, .lapsed:
      throw state(life, "an order that was not sent", "Nothing needs to be recorded.")
    }
    guard decision.now > life.draft.notAfterAt else {
      throw TherapyRefusal(
        .orderState,
        "order",
        given: "valid until \(life.draft.notAfterAt.text)",
        expected: "an order that is no longer valid",
        remedy: "Withdraw it, where it is not wanted."
      )
    }
    return [.orderLapsed(OrderLapsed(order: id))]
  }

  func known(_ id: OrderID) throws(TherapyRefusal) -> OrderLife {
    guard let life = order(id) else {
      throw TherapyRefusal(
        .unknown,
        "order",
        given: id.text,
        expected: "an order of this patient",
        remedy: "Look at patient and order."
      )
    }
    return life
  }

  /// Still valid, and resting on what is in force.
  private func holdUsable(_ life: OrderLife, _ now: Instant) throws(TherapyRefusal) {
    guard now <= life.draft.notAfterAt else {
      throw state(life, "valid until \(life.draft.notAfterAt.text)", "Draft it again.")
    }
    guard life.draft.basis == orderInForce else {
      throw TherapyRefusal(
        .outOfDate,
        "order",
        given: life.draft.basis?.text ?? "no order",
        expected: orderInForce?.text ?? "no order",
        remedy: "Another order took effect meanwhile: withdraw this one and draft it again."
      )
    }
  }

  private func state(
    _ life: OrderLife,
    _ expected: String,
    _ remedy: String
  ) -> TherapyRefusal {
    let standing = life.standing(at: Instant(milliseconds: 0), wait: .zero)
    return TherapyRefusal(
      .orderState,
      "order",
      given: standing.rawValue,
      expected: expected,
      remedy: remedy
    )
  }

  private func missing(_ field: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .value,
      field,
      given: "nothing",
      expected: expected,
      remedy: "Read the receipt again."
    )
  }
}
