public import Quantities

/// A taper, as far as it has come.
public struct TaperState: Equatable, Identifiable, Sendable {
  public let id: EventID
  public let plan: TaperPlan
  public internal(set) var taken: [TaperStepTaken] = []
  public internal(set) var stopped: TaperStopped?

  /// The next step, from 1; nothing after the last one, or after a stop.
  public var next: (number: Int, step: TaperStep)? {
    guard stopped == nil, taken.count < plan.steps.count else { return nil }
    return (taken.count + 1, plan.steps[taken.count])
  }

  public var isUnderWay: Bool { next != nil }

  /// What is taken now.
  public var dose: DailyDose { stopped?.dose ?? taken.last?.dose ?? plan.from }

  /// How it goes against the plan on a day.
  ///
  /// - Parameter day: today.
  /// - Returns: steps taken, steps that should have been, and what the plan says is taken now.
  public func progress(on day: Day) -> TaperProgress {
    let due = plan.steps.count { $0.on <= day }
    return TaperProgress(
      taken: taken.count,
      due: due,
      all: plan.steps.count,
      planned: due > 0 ? plan.steps[due - 1].dose : plan.from,
      actual: dose
    )
  }
}

/// Plan against what is taken.
public struct TaperProgress: Equatable, Sendable {
  public let taken: Int
  public let due: Int
  public let all: Int
  public let planned: DailyDose
  public let actual: DailyDose

  /// Steps that were due and were not taken.
  public var behind: Int { max(0, due - taken) }
}

/// What is usual in a taper; it asks, and never refuses.
enum TaperRule {
  /// Percent of the dose before a step.
  static let largestStep = 25
  static let source = "10 to 25 % a step is usual: recalled, unverified"
  /// Between steps.
  static let shortestGap: Int64 = 3
}

extension PatientRecord {
  func planTaper(
    _ value: TaperPlan,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.medicine.name, "medicine", TextLimit.name)
    try decision.holdSome(value.from, "from")
    try holdWeight(value.from, "from")
    try decision.hold(value.steps.count, in: 1...60, "steps")
    if let other = pathway.tapers.first(where: {
      $0.isUnderWay && $0.plan.medicine == value.medicine
    }) {
      throw TherapyRefusal(
        .twice,
        "medicine",
        given: value.medicine.name,
        expected: "no taper of it under way: event \(other.id.position)",
        remedy: "Stop that one first."
      )
    }
    var (dose, day) = (value.from, decision.now.day)
    for (index, step) in value.steps.enumerated() {
      let field = "steps[\(index)]"
      try decision.holdNotNegative(step.dose, "\(field).dose")
      guard step.dose < dose else {
        throw TherapyRefusal(
          .value,
          "\(field).dose",
          given: step.dose.text,
          expected: "less than \(dose.text)",
          remedy: "A taper goes down at each step."
        )
      }
      guard index == 0 ? step.on >= day : step.on > day else {
        throw TherapyRefusal(
          .value,
          "\(field).on",
          given: step.on.text,
          expected: index == 0 ? "today or later" : "later than \(day.text)",
          remedy: "Look at the date."
        )
      }
      ask(step, after: dose, index == 0 ? nil : day, &decision)
      (dose, day) = (step.dose, step.on)
    }
    return .taperPlanned(value)
  }

  /// Large or quick steps may bring a withdrawal about.
  private func ask(
    _ step: TaperStep,
    after dose: DailyDose,
    _ day: Day?,
    _ decision: inout Decision
  ) {
    let fall = Int128(dose.mass.femtograms) - Int128(step.dose.mass.femtograms)
    if fall * 100 > Int128(dose.mass.femtograms) * Int128(TaperRule.largestStep) {
      let percent = fall * 100 / Int128(dose.mass.femtograms)
      decision.ask("From \(dose.text) to \(step.dose.text) is \(percent) %: \(TaperRule.source).")
    }
    if let day, step.on.number - day.number < TaperRule.shortestGap {
      decision.ask(
        "The step of \(step.on.text) comes \(step.on.number - day.number) d after another."
      )
    }
  }

  /// A day's dose by mouth of over 100 g is a slip of the unit.
  private func holdWeight(_ dose: DailyDose, _ field: String) throws(TherapyRefusal) {
    guard dose.mass.femtograms <= 100_000_000_000_000_000 else {
      throw TherapyRefusal(
        .value,
        field,
        given: dose.text,
        expected: "at most 100 g/d",
        remedy: "Look at number and unit."
      )
    }
  }

  func takeTaperStep(
    _ value: TaperStepTaken,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let state = try taper(value.plan)
    try decision.holdPast(value.on, "on")
    try decision.holdNotNegative(value.dose, "dose")
    guard let next = state.next, value.step == next.number else {
      throw TherapyRefusal(
        value.step <= state.taken.count ? .twice : .outOfOrder,
        "step",
        given: "\(value.step)",
        expected: state.next.map { "\($0.number)" } ?? "no further step",
        remedy: "Take the steps in their order."
      )
    }
    // While someone shows signs of withdrawal nothing is taken away.
    if let sign = pathway.complications.first(where: {
      $0.isOpen && $0.opened.kind == .withdrawalSigns
    }) {
      throw TherapyRefusal(
        .stop,
        "plan",
        given: "a step down with signs of withdrawal",
        expected: "that event \(sign.id.position) is closed, or the taper stopped",
        remedy: "Stop the taper, and look after the withdrawal."
      )
    }
    guard value.dose < state.dose else {
      throw TherapyRefusal(
        .value,
        "dose",
        given: value.dose.text,
        expected: "less than \(state.dose.text)",
        remedy: "Stop the taper where the dose goes up or stays."
      )
    }
    if value.dose != next.step.dose {
      decision.ask("\(value.dose.text): the plan says \(next.step.dose.text).")
    }
    if value.on < next.step.on {
      decision.ask("On \(value.on.text): the plan says \(next.step.on.text).")
    }
    var events: [TherapyEvent] = [.pathway(.taperStepTaken(value))]
    // What is taken now belongs to the course as well.
    if case .opioid(let drug) = state.plan.medicine {
      events += try recordOralOpioid(drug, value.dose, value.on, &decision)
    }
    return events
  }

  func stopTaper(
    _ value: TaperStopped,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let state = try taper(value.plan)
    guard state.isUnderWay else {
      throw TherapyRefusal(
        .twice,
        "plan",
        given: "event \(value.plan.position)",
        expected: "a taper that is under way",
        remedy: "It is over."
      )
    }
    try decision.hold(value.what, "what")
    try decision.holdNotNegative(value.dose, "dose")
    try holdWeight(value.dose, "dose")
    if value.dose > state.plan.from {
      decision.ask("\(value.dose.text) is more than before the taper, \(state.plan.from.text).")
    }
    var events: [TherapyEvent] = [.pathway(.taperStopped(value))]
    if case .opioid(let drug) = state.plan.medicine, value.dose != state.dose {
      events += try recordOralOpioid(drug, value.dose, decision.now.day, &decision)
    }
    return events
  }

  private func taper(_ id: EventID) throws(TherapyRefusal) -> TaperState {
    guard let state = pathway.tapers.first(where: { $0.id == id }) else {
      throw TherapyRefusal(
        .unknown,
        "plan",
        given: "event \(id.position)",
        expected: "a taper of this patient",
        remedy: "Plan it first."
      )
    }
    return state
  }
}
