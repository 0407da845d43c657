import Quantities

/// A complication, as far as it has come.
public struct ComplicationState: Equatable, Identifiable, Sendable {
  public let id: EventID
  public let openedAt: Instant
  public let opened: ComplicationOpened
  public internal(set) var tests: [ComplicationTested] = []
  public internal(set) var closed: ComplicationClosed?

  public var isOpen: Bool { closed == nil }

  public var answers: [TroubleshootingTest: TestAnswer] {
    Dictionary(tests.map { ($0.test, $0.answer) }, uniquingKeysWith: { first, _ in first })
  }

  /// The next test, or the finding.
  public var standing: PathStanding { TroubleshootingPath.of(opened.kind).standing(answers) }

  /// Whether someone may be dying, or nobody has looked yet where that may be.
  public var isUrgent: Bool {
    switch answers[.vitals] {
    case .unstable: answers[.emergencySteps] == nil
    case nil: opened.kind.isUrgent
    default: false
    }
  }
}

extension PatientRecord {
  func openComplication(
    _ value: ComplicationOpened,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.signs, "signs")
    try decision.holdPast(value.since, "since")
    if let open = pathway.complications.first(where: {
      $0.isOpen && $0.opened.kind == value.kind
    }) {
      throw TherapyRefusal(
        .twice,
        "kind",
        given: value.kind.rawValue,
        expected: "none that is open: event \(open.id.position)",
        remedy: "Go on with that one."
      )
    }
    return .complicationOpened(value)
  }

  func closeComplication(
    _ value: ComplicationClosed,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let state = try complication(value.complication)
    try decision.hold(value.done, "done")
    if let despite = value.despite { try decision.hold(despite, "despite") }
    // Nobody whom the clinic looks after is left in an emergency, for whatever reason.
    let isLeft = state.answers[.vitals] == .unstable && state.answers[.emergencySteps] == nil
    guard !isLeft || stage == .ended else {
      throw TherapyRefusal(
        .stop,
        "finding",
        given: "unstable, without the emergency steps",
        expected: TroubleshootingTest.emergencySteps.rawValue,
        remedy: "Do the emergency steps of the drug and record them."
      )
    }
    switch state.standing {
    case .ended(let finding) where finding == value.finding: break
    case .ended(let finding):
      guard value.despite != nil else {
        throw TherapyRefusal(
          .mismatch,
          "finding",
          given: value.finding.rawValue,
          expected: finding.rawValue,
          remedy: "Take the finding of the tests, or give the reason for another one."
        )
      }
    case .ask(let test):
      guard value.despite != nil else {
        throw TherapyRefusal(
          .outOfOrder,
          "finding",
          given: value.finding.rawValue,
          expected: "first \(test.rawValue)",
          remedy: "Go on with the tests, or give the reason to end here."
        )
      }
    }
    return .complicationClosed(value)
  }

  /// One that is open.
  func complication(_ id: EventID) throws(TherapyRefusal) -> ComplicationState {
    guard let state = pathway.complications.first(where: { $0.id == id }) else {
      throw TherapyRefusal(
        .unknown,
        "complication",
        given: "event \(id.position)",
        expected: "a complication of this patient",
        remedy: "Open it first."
      )
    }
    guard state.isOpen else {
      throw TherapyRefusal(
        .twice,
        "complication",
        given: "event \(id.position)",
        expected: "a complication that is open",
        remedy: "Open it anew where the signs go on."
      )
    }
    return state
  }
}
