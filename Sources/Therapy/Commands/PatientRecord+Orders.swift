import PumpLink
import PumpScenario
import Quantities

/// An order's life (docs/clinic.md): what happens to it is decided here, what it does by the pump.
extension PatientRecord {
  /// The longest validity (contract: authority.md, Ceilings), and that of a clinician bolus.
  private static let longestValidity = 7 * TimeSpan.day
  private static let bolusValidity = 10 * TimeSpan.minute

  func draftOrder(
    _ draft: OrderDraft,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("order")
    guard order(draft.order) == nil else {
      throw TherapyRefusal(
        .twice,
        "order",
        given: draft.order.text,
        expected: "an order that is not in the record",
        remedy: "Go on with the order that is there."
      )
    }
    try decision.hold(draft.reason, "reason")
    try holdWay(draft)
    try holdCurrent(draft, "basis")
    if let last = currentOrders.map(\.draft.sequence).max(), draft.sequence <= last {
      throw TherapyRefusal(
        .outOfDate,
        "sequence",
        given: "\(draft.sequence)",
        expected: "more than \(last)",
        remedy: "Draft it again."
      )
    }
    try holdValidity(draft, decision.now)
    try holdContent(draft, &decision)
    if draft.way == .remote, !openAlarms.isEmpty {
      decision.ask("An alarm is open: the pump will refuse a remote order.")
    }
    return [.orderDrafted(draft)]
  }

  func holdLinked(_ field: String) throws(TherapyRefusal) {
    guard !isLinked else { return }
    throw TherapyRefusal(
      .notKnown,
      field,
      given: "a patient followed by hand",
      expected: "a linked pump",
      remedy: "Link the pump at the bedside, or record what was programmed."
    )
  }

  /// The authority table has someone who may do this by this way (contract: authority.md).
  private func holdWay(_ draft: OrderDraft) throws(TherapyRefusal) {
    let isPossible = Role.allCases.contains { role in
      if case .allowed = authority(draft.act.act, role, draft.way.way, peer: .clinicServer) {
        return true
      }
      return false
    }
    guard !isPossible else { return }
    throw TherapyRefusal(
      .limit,
      "way",
      given: "\(draft.act.rawValue) \(draft.way.rawValue)",
      expected: "bedside",
      remedy: "The patient has to come: no pump takes this from afar."
    )
  }

  /// It rests on the order that the pump says is in force.
  private func holdCurrent(_ draft: OrderDraft, _ field: String) throws(TherapyRefusal) {
    guard draft.basis == orderInForce else {
      throw TherapyRefusal(
        .outOfDate,
        field,
        given: draft.basis?.text ?? "no order",
        expected: orderInForce?.text ?? "no order",
        remedy: "Another order took effect meanwhile: draft it again and look at it anew."
      )
    }
  }

  private func holdValidity(_ draft: OrderDraft, _ now: Instant) throws(TherapyRefusal) {
    let longest = draft.act == .clinicianBolus ? Self.bolusValidity : Self.longestValidity
    guard draft.notAfterAt > now, draft.notAfterAt - now <= longest else {
      throw TherapyRefusal(
        .limit,
        "notAfterAt",
        given: draft.notAfterAt.isReckonable ? draft.notAfterAt.text : "no date",
        expected: "after now, and within \(longest.text)",
        remedy: "Choose a shorter validity."
      )
    }
  }

  private func holdContent(
    _ draft: OrderDraft,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard !draft.act.isRefill else { return try holdRefill(draft) }
    if let refill {
      throw TherapyRefusal(
        .outOfOrder,
        "act",
        given: draft.act.rawValue,
        expected: refill.next.rawValue,
        remedy: "Complete the refill, or abandon it."
      )
    }
    guard draft.act == .program || draft.act == .programIncrease else { return }
    guard let program = draft.program else { throw empty("program", "a program") }
    guard let fluid = reservoir?.fluid, !isReservoirUnknown else {
      throw TherapyRefusal(
        .notKnown,
        "program",
        given: "no fill",
        expected: "what is in the reservoir",
        remedy: "Record the fill first."
      )
    }
    try hold(program, with: fluid, "program", &decision)
    try holdIncrease(draft, program, fluid)
  }

  /// More in 24 h than what is in force is an increase, whatever it is called.
  private func holdIncrease(
    _ draft: OrderDraft,
    _ program: ProgramJSON,
    _ fluid: Fluid
  ) throws(TherapyRefusal) {
    guard let pump, let before = programFigures,
      let after = figures(of: program, with: fluid, in: pump)
    else { return }
    let raises =
      after.largestDay.nanolitres + after.patientDoses.nanolitres
      > before.largestDay.nanolitres + before.patientDoses.nanolitres
    guard raises == (draft.act == .programIncrease) else {
      throw TherapyRefusal(
        .mismatch,
        "act",
        given: draft.act.rawValue,
        expected: raises ? OrderAct.programIncrease.rawValue : OrderAct.program.rawValue,
        remedy: "Draft it again."
      )
    }
  }

  /// A refill order belongs to a guided refill, at its step, and says what the label says.
  private func holdRefill(_ draft: OrderDraft) throws(TherapyRefusal) {
    guard let refill, refill.next == .order, let label = refill.label else {
      throw TherapyRefusal(
        .outOfOrder,
        "act",
        given: draft.act.rawValue,
        expected: refill?.next.rawValue ?? "a refill that was begun",
        remedy: "Take the steps of the refill first."
      )
    }
    try holdFill(draft, label, refill)
  }

  func holdFill(
    _ draft: OrderDraft,
    _ label: DrugLabel,
    _ refill: RefillSession
  ) throws(TherapyRefusal) {
    let act: OrderAct = refill.changesMixture ? .refillChanged : .refillSame
    let pairs = [
      ("act", draft.act.rawValue, act.rawValue),
      ("fluid", draft.fluid?.text ?? "nothing", label.fluid.text),
      ("fillVolume", draft.fillVolume?.text ?? "nothing", label.volume.text),
    ]
    for (field, given, expected) in pairs where given != expected {
      throw TherapyRefusal(
        .mismatch,
        field,
        given: given,
        expected: expected,
        remedy: "The order has to say what was put in."
      )
    }
    guard refill.changesMixture else { return }
    guard let program = draft.program else { throw empty("program", "a program") }
    guard refill.bridge?.isOmitted != false || hasBridge(program) else {
      throw TherapyRefusal(
        .mismatch,
        "program.bridge",
        given: "no bridge",
        expected: "the bridge that was decided on",
        remedy: "Draft the order with its bridge (SR-036)."
      )
    }
  }

  func hasBridge(_ program: ProgramJSON) -> Bool {
    do { return try program.parsed().bridge != nil } catch { return false }
  }

  private func empty(_ field: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(.value, field, given: "nothing", expected: expected, remedy: "Fill it in.")
  }
}
