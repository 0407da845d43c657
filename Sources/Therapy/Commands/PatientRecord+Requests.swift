import Quantities

/// A request's life: it is decided here, what it does by the pump.
extension PatientRecord {
  /// The longest validity (contract: authority.md, Ceilings).
  private static let longestValidity = 2 * TimeSpan.minute

  func draftRequest(
    _ draft: RequestDraft,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("request")
    try decision.hold(draft.reason, "reason")
    guard request(draft.request) == nil else { throw twice(draft.request) }
    switch (draft.act, draft.order, draft.alarm) {
    case (.cancelBolus, nil, nil): break
    case (.cancelPending, .some(let order), nil):
      let life = try known(order)
      guard life.state == .pending else {
        throw TherapyRefusal(
          .orderState,
          "order",
          given: life.standing(at: decision.now, wait: decision.settings.receiptWait).rawValue,
          expected: "an order that the pump waits with",
          remedy: "Only a pending increase is cancelled; anything else needs another order."
        )
      }
    case (.acknowledge, nil, .some(let alarm)):
      guard alarms.contains(where: { $0.alarm == alarm }) else {
        throw TherapyRefusal(
          .unknown,
          "alarm",
          given: alarm.rawValue,
          expected: "an alarm of this patient",
          remedy: "Look at the alarms of this patient."
        )
      }
    default:
      throw TherapyRefusal(
        .value,
        "act",
        given: draft.act.rawValue,
        expected: "cancelPending with an order, acknowledge with an alarm, cancelBolus with "
          + "neither",
        remedy: "Name what it is about."
      )
    }
    guard draft.notAfterAt > decision.now,
      draft.notAfterAt - decision.now <= Self.longestValidity
    else {
      throw TherapyRefusal(
        .limit,
        "notAfterAt",
        given: draft.notAfterAt.text,
        expected: "within 2 min",
        remedy: "Draft it again."
      )
    }
    if let other = requests.first(where: { $0.isOpen && Self.asksTheSame($0.draft, draft) }),
      other.draft.notAfterAt >= decision.now
    {
      throw TherapyRefusal(
        .inFlight,
        "request",
        given: other.draft.request.text,
        expected: "no such request under way",
        remedy: "Sign the one that is there; it ends by itself within two minutes."
      )
    }
    return [.requestDrafted(draft)]
  }

  private static func asksTheSame(_ one: RequestDraft, _ other: RequestDraft) -> Bool {
    one.act == other.act && one.order == other.order && one.alarm == other.alarm
  }

  func signRequest(
    _ id: RequestID,
    _ signature: Base64Text,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    guard life.state == .drafted else {
      throw state(life, "a request that nobody has signed", "It needs no signature.")
    }
    guard decision.now <= life.draft.notAfterAt else {
      throw state(life, "valid until \(life.draft.notAfterAt.text)", "Draft it again.")
    }
    guard life.takesSignature(of: decision.author.role) else {
      throw TherapyRefusal(
        .role,
        "signer",
        given: decision.author.role.rawValue,
        expected: "a nurse or a prescriber",
        remedy: "Ask a person who may sign this (contract: authority.md)."
      )
    }
    return [
      .requestSigned(
        RequestSignature(
          request: id,
          signer: decision.author.person,
          role: decision.author.role,
          signature: signature
        )
      )
    ]
  }

  /// The bytes leave; the same bytes again leave no second event, since they take effect once.
  func markRequestSent(
    _ id: RequestID,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    switch life.state {
    case .sent: return []
    case .signed:
      guard decision.now <= life.draft.notAfterAt else {
        throw state(life, "valid until \(life.draft.notAfterAt.text)", "Draft it again.")
      }
      return [.requestSent(RequestSent(request: id))]
    case .drafted, .applied, .refused, .lapsed, .unknown:
      throw state(life, "a signed request", "A request that has ended is never sent again.")
    }
  }

  /// A receipt is the pump's own word, whatever the clinic thought of the request (SR-101).
  func takeRequestReceipt(_ value: RequestAnswer) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(value.request)
    guard life.answer != value else { return [] }
    guard life.answer == nil else { throw twice(value.request) }
    guard value.isApplied || value.reason != nil else {
      throw TherapyRefusal(
        .value,
        "reason",
        given: "nothing",
        expected: "why the pump refused",
        remedy: "Read the receipt again."
      )
    }
    return [.requestAnswered(value)]
  }

  /// Its two minutes are over: what was sent is unknown then, and never called refused.
  func lapseRequest(
    _ id: RequestID,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let life = try known(id)
    guard life.isOpen, decision.now > life.draft.notAfterAt else {
      throw state(life, "an open request whose validity is over", "Nothing needs to be recorded.")
    }
    return [.requestLapsed(RequestLapsed(request: id))]
  }

  private func known(_ id: RequestID) throws(TherapyRefusal) -> RequestLife {
    guard let life = request(id) else {
      throw TherapyRefusal(
        .unknown,
        "request",
        given: id.text,
        expected: "a request of this patient",
        remedy: "Look at patient and request."
      )
    }
    return life
  }

  private func twice(_ id: RequestID) -> TherapyRefusal {
    TherapyRefusal(
      .twice,
      "request",
      given: id.text,
      expected: "what is not in the record",
      remedy: "Nothing needs to be recorded."
    )
  }

  private func state(
    _ life: RequestLife,
    _ expected: String,
    _ remedy: String
  ) -> TherapyRefusal {
    TherapyRefusal(
      .orderState,
      "request",
      given: life.word,
      expected: expected,
      remedy: remedy
    )
  }
}
