public import Quantities

/// What a guided refill waits for.
public enum RefillStage: String, Codable, Sendable, CaseIterable {
  case identity, expected, aspirate, aspirateAgain, account, label, labelAgain, bridge, checks
  case secondPerson, order, program, receipt, readBack, nextDate
}

/// A guided refill: which step it is at follows from those that were taken, and from nothing else.
public struct RefillSession: Equatable, Sendable, Codable {
  /// The event with which it began.
  public let id: EventID
  public let begun: RefillBegun
  public let begunAt: Instant
  /// Who does it: who began it.
  public let by: PersonID
  /// Whether the pump is told by an order; else it is set on the maker's programmer.
  public let isLinked: Bool
  /// Whether the fluid differs from what is in the reservoir, or that is not known.
  public let changesMixture: Bool
  /// What had been in the reservoir right after the fill before; nothing where it is not known.
  public let filledBefore: Volume?
  public internal(set) var identified: RefillIdentified?
  public internal(set) var expected: RefillExpected?
  public internal(set) var aspirations: [RefillAspirated] = []
  public internal(set) var judgements: [RefillJudged] = []
  public internal(set) var accounted: RefillAccounted?
  public internal(set) var label: DrugLabel?
  /// Who entered the label.
  public internal(set) var labelledBy: PersonID?
  public internal(set) var repeated: DrugLabel?
  public internal(set) var bridge: BridgeDecision?
  public internal(set) var checked: RefillChecked?
  public internal(set) var seconded: RefillSeconded?
  public internal(set) var waived: RefillWaived?
  /// Nothing again where the order was refused, withdrawn or lapsed.
  public internal(set) var ordered: RefillOrdered?
  public internal(set) var programmed: RefillProgrammed?
  /// Whether the pump's receipt says that the order is applied.
  public internal(set) var isApplied = false
  public internal(set) var readBack: RefillReadBack?

  init(
    _ begun: RefillBegun,
    _ meta: EventMeta,
    isLinked: Bool,
    changesMixture: Bool,
    filledBefore: Volume?
  ) {
    id = meta.id
    self.begun = begun
    begunAt = meta.at
    by = meta.by
    self.isLinked = isLinked
    self.changesMixture = changesMixture
    self.filledBefore = filledBefore
  }

  /// The step that comes next; each has exactly one.
  public var next: RefillStage {
    if identified == nil { return .identity }
    if expected == nil { return .expected }
    guard let verdict = judgements.last else { return .aspirate }
    // The first action is always to aspirate again (contract: plan.md, residual).
    if verdict.finding == .recheck || verdict.finding == .investigate {
      if aspirations.count < 2 { return .aspirateAgain }
      if accounted == nil { return .account }
    }
    if label == nil { return .label }
    if repeated == nil { return .labelAgain }
    if changesMixture && bridge == nil { return .bridge }
    if checked == nil { return .checks }
    if seconded == nil && waived == nil { return .secondPerson }
    if isLinked {
      if ordered == nil { return .order }
      if !isApplied { return .receipt }
    } else if programmed == nil {
      return .program
    }
    return readBack == nil ? .readBack : .nextDate
  }

  mutating func take(_ step: RefillStep, by person: PersonID) {
    switch step {
    case .identified(let value): identified = value
    case .expected(let value): expected = value
    case .aspirated(let value): aspirations.append(value)
    case .judged(let value): judgements.append(value)
    case .accounted(let value): accounted = value
    case .labelled(let value): (label, labelledBy) = (value, person)
    case .labelRepeated(let value): repeated = value
    case .bridged(let value): bridge = value
    case .checked(let value): checked = value
    case .seconded(let value): seconded = value
    case .waived(let value): waived = value
    case .ordered(let value): (ordered, isApplied) = (value, false)
    case .programmed(let value): programmed = value
    case .readBack(let value): readBack = value
    }
  }
}

/// A refill that ended.
public struct PastRefill: Equatable, Sendable, Codable {
  public let id: EventID
  public let endedAt: Instant
  public let isCompleted: Bool
  /// What had been in the reservoir right after the fill before; nothing where it was not known.
  public let filledBefore: Volume?
  public let expected: Volume?
  public let aspirated: Volume?
  public let finding: ResidualFinding?
  public let hasSymptoms: Bool
}
