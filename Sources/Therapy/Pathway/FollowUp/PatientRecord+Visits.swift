import Formulary
import Quantities

/// Visits: planned by rules and by hand, moved, held, missed; and calls after a change from afar.
extension PatientRecord {
  /// All visits, those of the rules first; in no other order than that of their planning.
  public var visits: [Visit] {
    guard stage == .therapy else { return [] }
    var rules: [VisitRule] = []
    for (index, implant) in pathway.implants.enumerated() {
      rules += VisitRule.afterImplant(
        index + 1,
        on: implant.implanted.pump.implantedOn ?? implant.at.day,
        for: adopted?.indication ?? .nonCancer
      )
    }
    rules += annualRules
    var visits = rules.map { rule in
      visit(
        rule.id,
        rule.kind,
        rule.purpose,
        rule.from...rule.to,
        rule.source,
        pathway.visits[rule.id] ?? VisitEntry()
      )
    }
    if let next = nextRefillAt {
      visits.append(
        visit("refill", .refill, "refill", next.day...next.day, "as it was set", VisitEntry())
      )
    }
    visits += pathway.visits.values.compactMap { entry in
      entry.planned.map { visit($0.visit, $0.kind, $0.purpose, $0.on...$0.on, "by hand", entry) }
    }
    .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
    return visits
  }

  /// Those that were closed, and the one that is next.
  private var annualRules: [VisitRule] {
    var rules: [VisitRule] = []
    var day = pathway.since.day
    while true {
      let rule = VisitRule.annual(rules.count + 1, after: day, reservoir?.fluid)
      rules.append(rule)
      guard let entry = pathway.visits[rule.id], entry.isClosed else { return rules }
      day = entry.held?.on ?? rule.to
    }
  }

  private func visit(
    _ id: String,
    _ kind: VisitKind,
    _ purpose: String,
    _ days: ClosedRange<Day>,
    _ source: String,
    _ entry: VisitEntry
  ) -> Visit {
    var standing = Visit.Standing.planned
    if let held = entry.held {
      standing = .held(held)
    } else if let last = entry.missed.last, last.next == nil {
      standing = .missed(last)
    }
    return Visit(
      id: id,
      kind: kind,
      purpose: purpose,
      from: entry.movedTo ?? days.lowerBound,
      to: entry.movedTo ?? days.upperBound,
      standing: standing,
      source: source,
      isVerified: !source.contains("UNVERIFIED"),
      missedCount: entry.missed.count
    )
  }

  func planVisit(
    _ kind: VisitKind,
    on day: Day,
    _ purpose: String,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard kind != .refill, kind != .annualReview else {
      throw TherapyRefusal(
        .value,
        "kind",
        given: kind.rawValue,
        expected: "another kind",
        remedy: "A refill sets the date of the next one; the yearly review is planned by itself."
      )
    }
    try decision.hold(purpose, "purpose")
    try holdComing(day, "on", decision)
    let count = pathway.visits.values.count { $0.planned != nil }
    return .visitPlanned(
      VisitPlanned(visit: "visit-\(count + 1)", kind: kind, on: day, purpose: purpose)
    )
  }

  func moveVisit(
    _ value: VisitMoved,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let visit = try openVisit(value.visit)
    try decision.hold(value.reason, "reason")
    try holdComing(value.to, "to", decision)
    if !visit.isVerified, value.to > visit.to {
      decision.ask("Moved to \(value.to.text): it is due up to \(visit.to.text) (UNVERIFIED).")
    }
    return .visitMoved(value)
  }

  func holdVisit(
    _ value: VisitHeld,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let visit = try openVisit(value.visit)
    try decision.hold(value.done, "done")
    try decision.holdPast(value.on, "on")
    guard value.on >= pathway.since.day else {
      throw TherapyRefusal(
        .value,
        "on",
        given: value.on.text,
        expected: "not before \(pathway.since.day.text), when the therapy began here",
        remedy: "Look at the date."
      )
    }
    if value.on < visit.from {
      decision.ask("Held on \(value.on.text): it is due from \(visit.from.text) on.")
    }
    return .visitHeld(value)
  }

  func missVisit(
    _ value: VisitMissed,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let visit = try openVisit(value.visit)
    try decision.hold(value.reason, "reason")
    guard visit.from <= decision.now.day else {
      throw TherapyRefusal(
        .outOfOrder,
        "visit",
        given: "missed",
        expected: "a visit that is due; this one is from \(visit.from.text) on",
        remedy: "Move it instead."
      )
    }
    if let next = value.next { try holdComing(next, "next", decision) }
    return .visitMissed(value)
  }

  private func openVisit(_ id: String) throws(TherapyRefusal) -> Visit {
    guard let visit = visits.first(where: { $0.id == id }) else {
      throw TherapyRefusal(
        .unknown,
        "visit",
        given: String(id.prefix(60)),
        expected: "a visit of this patient",
        remedy: "Look at the visits of this patient."
      )
    }
    guard visit.kind != .refill else {
      throw TherapyRefusal(
        .value,
        "visit",
        given: id,
        expected: "another visit",
        remedy: "Begin the refill: it sets its own dates."
      )
    }
    guard visit.standing == .planned else {
      throw TherapyRefusal(
        .twice,
        "visit",
        given: id,
        expected: "a visit that is open",
        remedy: "Plan another one."
      )
    }
    return visit
  }

  /// Not before yesterday in UTC, which may be today elsewhere, and within two years.
  private func holdComing(
    _ day: Day,
    _ field: String,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    let today = decision.now.day
    guard (today.number - 1...today.number + 730).contains(day.number) else {
      throw TherapyRefusal(
        .value,
        field,
        given: day.text,
        expected: "a day from today, \(today.text), within two years",
        remedy: "Look at the date."
      )
    }
  }

  /// Increases from afar that took effect and that nobody has asked the patient about.
  public var remoteCallsDue: [(order: OrderID, at: Instant)] {
    let reached = Set(pathway.calls.filter(\.isReached).map(\.order))
    return currentOrders.compactMap { life in
      guard life.draft.way == .remote, life.draft.act == .programIncrease,
        life.state == .applied, let at = life.answeredAt, !reached.contains(life.draft.order)
      else { return nil }
      return (life.draft.order, at + .day)
    }
  }

  func recordCall(
    _ value: RemoteCall,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let life = order(value.order) else {
      throw TherapyRefusal(
        .unknown,
        "order",
        given: value.order.text,
        expected: "an order of this patient",
        remedy: "Look at the orders of this patient."
      )
    }
    guard life.draft.way == .remote, life.draft.act == .programIncrease, life.state == .applied,
      let applied = life.answeredAt
    else {
      throw TherapyRefusal(
        .orderState,
        "order",
        given: "\(life.draft.act.rawValue) \(life.draft.way.rawValue)",
        expected: "an increase from afar that took effect",
        remedy: "Write a note about the call instead."
      )
    }
    guard remoteCallsDue.contains(where: { $0.order == value.order }) else {
      throw TherapyRefusal(
        .twice,
        "order",
        given: value.order.text,
        expected: "an increase that nobody has called about",
        remedy: "Nothing needs to be recorded."
      )
    }
    try decision.hold(value.note, "note")
    try decision.holdPast(value.calledAt, "calledAt")
    guard value.calledAt >= applied else {
      throw TherapyRefusal(
        .value,
        "calledAt",
        given: value.calledAt.text,
        expected: "after the increase took effect, \(applied.text)",
        remedy: "Look at date and time."
      )
    }
    if value.isReached, value.calledAt - applied < 20 * .hour {
      decision.ask("Called \((value.calledAt - applied).text) after it: 24 h show what it does.")
    }
    return .remoteCallMade(value)
  }
}
