/// A part of what another clinic told, which somebody here has to look at.
public enum ArrivalPart: String, Codable, Sendable, CaseIterable {
  case identity, pump, catheter, reservoir, program, medicines, scores
  /// Complications, scans and tapers that were under way there.
  case underWay
  case history

  /// In the words of a page.
  public var text: String {
    switch self {
    case .identity: "identity and contact"
    case .pump: "pump"
    case .catheter: "catheter"
    case .reservoir: "what is in the reservoir"
    case .program: "program"
    case .medicines: "opioids by mouth and side effects"
    case .scores: "scores"
    case .underWay: "what was under way"
    case .history: "history"
    }
  }
}

/// That a patient came with the transfer document of another clinic.
public struct Arrived: Codable, Equatable, Sendable {
  /// The clinic that wrote it, as the person who took it in knows it.
  public let from: String
  public let writtenAt: Instant
  /// What the document tells; unverified until somebody has looked.
  public let parts: [ArrivalPart]
  /// What that clinic did not know itself.
  public let notKnown: [String]
  /// Complications, scans and tapers, in its words.
  public let underWay: [String]

  public init(
    from: String,
    writtenAt: Instant,
    parts: [ArrivalPart],
    notKnown: [String] = [],
    underWay: [String] = []
  ) {
    self.from = from
    self.writtenAt = writtenAt
    self.parts = parts
    self.notKnown = notKnown
    self.underWay = underWay
  }
}

/// That somebody looked at a part, by what was seen here.
public struct ArrivalChecked: Codable, Equatable, Sendable {
  public let part: ArrivalPart
  /// Whether it is as it was told; where not, it is corrected by entries of its own.
  public let agrees: Bool
  /// By what it was checked, or what is otherwise.
  public let note: String

  public init(part: ArrivalPart, agrees: Bool, note: String) {
    self.part = part
    self.agrees = agrees
    self.note = note
  }
}

/// An arrival, as far as it was checked.
public struct ArrivalState: Equatable, Sendable {
  /// What the record has before it was told by the other clinic.
  public let id: EventID
  public let at: Instant
  public let arrived: Arrived
  public internal(set) var checked: [ArrivalPart: ArrivalChecked] = [:]

  /// Parts that nobody has looked at, in their order.
  public var open: [ArrivalPart] {
    arrived.parts.filter { checked[$0] == nil }
  }

  /// Whether an entry was told by the other clinic and its part was not checked.
  ///
  /// - Parameters:
  ///   - event: of the entry.
  ///   - part: what it is of.
  /// - Returns: whether it is to be shown as told.
  public func isTold(_ event: EventID, _ part: ArrivalPart) -> Bool {
    event.position < id.position && open.contains(part)
  }
}
