import Quantities

/// By when a pump is replaced, and on whose word.
public struct ReplacementDue: Equatable, Sendable {
  /// From then on it is on the work list.
  public let from: Instant
  /// After it the pump may have stopped.
  public let by: Instant
  public let source: String
}

extension PatientRecord {
  /// Half a year before the end (medtronic.com, drug pump replacement): for other makers this
  /// project's own choice.
  private static let notice = TimeSpan(milliseconds: -180 * 86_400_000)
  /// From the replacement mark to the end (the same page): for other makers this project's own choice.
  private static let afterMark = 90 * TimeSpan.day

  /// When the pump in place has to be replaced; nothing where nothing says so.
  public var replacementDue: ReplacementDue? {
    guard stage == .therapy else { return nil }
    if let plan = pathway.replacement {
      return ReplacementDue(from: plan.on.start, by: plan.on.start + .day, source: "as planned")
    }
    if let ended = openAlarm(.endOfService) {
      return ReplacementDue(from: ended, by: ended, source: "the pump says: end of service")
    }
    if let mark = openAlarm(.electiveReplacement) {
      return ReplacementDue(
        from: mark,
        by: mark + Self.afterMark,
        source: "the pump's replacement mark"
      )
    }
    guard let day = pump?.replaceBy else { return nil }
    return ReplacementDue(
      from: day.start + Self.notice,
      by: day.start,
      source: "as the pump said it"
    )
  }

  private func openAlarm(_ alarm: PumpAlarm) -> Instant? {
    alarms.last { $0.alarm == alarm && $0.clearedAt == nil }?.raisedAt
  }

  func planReplacement(
    _ value: ReplacementPlanned,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    if let note = value.note { try decision.hold(note, "note") }
    if value.because == .other { try decision.hold(value.note ?? "", "note") }
    let today = decision.now.day
    guard (today.number - 1...today.number + 730).contains(value.on.number) else {
      throw TherapyRefusal(
        .value,
        "on",
        given: value.on.text,
        expected: "a day from today, \(today.text), within two years",
        remedy: "Look at the date."
      )
    }
    guard value != pathway.replacement else {
      throw TherapyRefusal(
        .twice,
        "on",
        given: value.on.text,
        expected: "another plan",
        remedy: "Nothing needs to be recorded."
      )
    }
    if let day = pump?.replaceBy, value.on > day {
      decision.ask("Planned for \(value.on.text): the pump said \(day.text); it may have stopped.")
    }
    return .replacementPlanned(value)
  }

  /// Nothing is under way that would be cut off: a refill, or an order that may still take effect.
  ///
  /// A receipt may never come from a pump that failed. Then a physician says why it is left so, and
  /// the order stays without an answer (SR-101).
  func holdNothingOpen(
    _ unanswered: String?,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    let open = currentOrders.first { $0.isInFlight || $0.state == .pending }
    if let unanswered { try decision.hold(unanswered, "unanswered") }
    if let open {
      guard unanswered == nil else { return try holdNoRefill() }
      throw TherapyRefusal(
        .inFlight,
        "unanswered",
        given: "order \(open.draft.order.text)",
        expected: "no order without a receipt",
        remedy: "Ask the pump for its receipt first; or say why it will never come."
      )
    }
    guard unanswered == nil else {
      throw TherapyRefusal(
        .value,
        "unanswered",
        given: "a reason",
        expected: "nothing, as every order has its receipt",
        remedy: "Leave it out."
      )
    }
    try holdNoRefill()
  }

  /// What ends with a pump: its refill, its orders that never left, its link.
  func closing(_ because: String) -> [TherapyEvent] {
    var events: [TherapyEvent] = []
    for life in currentOrders where life.state == .drafted || life.state == .signed {
      events.append(.orderWithdrawn(OrderWithdrawn(order: life.draft.order, reason: because)))
    }
    if refill != nil { events.append(.refillAbandoned(RefillAbandoned(reason: because))) }
    if isLinked { events.append(.pumpUnlinked(PumpUnlinked(reason: because))) }
    return events
  }
}
