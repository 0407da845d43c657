public import Quantities

/// Where a patient is on the pathway.
public enum PatientStage: String, Codable, Sendable, CaseIterable {
  /// Nothing is recorded yet.
  case new
  /// What comes before a pump is in place.
  case evaluation, trial, implant
  /// A pump is in place and the clinic looks after it.
  case therapy
  /// No pump, or not this clinic's.
  case ended
}

/// How the clinic knows what a pump does.
public enum PumpLinkState: Codable, Equatable, Sendable {
  /// It speaks, and signs its receipts.
  case linked(PumpLinked)
  /// What was set on the maker's programmer was written down.
  case byHand
}

/// What is in the reservoir, since when and on whose word.
public struct ReservoirContent: Codable, Equatable, Sendable {
  public let volume: Volume
  public let fluid: Fluid
  public let filledAt: Instant
  public let lots: [String]
  public let standing: Standing
  /// Since when the oldest drug in it is in it, where that is before ``filledAt``.
  public var freshAt: Instant?

  /// From when on its stability counts (H-61).
  public var stableFrom: Instant { freshAt ?? filledAt }
}

/// A program in force, and on whose word.
public struct ProgramInForce: Codable, Equatable, Sendable {
  public let program: ProgramJSON
  /// When it was taken down, or the receipt came.
  public let since: Instant
  public let standing: Standing
  /// The order that put it in force; nothing where it was recorded by hand.
  public let order: OrderID?
}

/// An alarm that a pump raised.
public struct AlarmEntry: Codable, Equatable, Sendable {
  public let alarm: PumpAlarm
  public let raisedAt: Instant
  public internal(set) var clearedAt: Instant?
  public internal(set) var acknowledgedBy: PersonID?
  public internal(set) var actions: [String] = []

  /// Whether the condition holds, or nobody has acknowledged it.
  public var isOpen: Bool { clearedAt == nil || acknowledgedBy == nil }
}

/// Something a person observed; it may be struck out by a correction.
public struct Observed<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  public let event: EventID
  public let at: Instant
  public let by: PersonID
  public let value: Value
  /// Why it was wrong; nothing while it stands.
  public internal(set) var struckOut: String?
}

/// An event that the fold could not make sense of.
public struct IrregularEvent: Codable, Equatable, Sendable {
  public let event: EventID
  public let reason: String
}

/// A patient's state: a fold of their events, with no clock and no disk (docs/clinic.md, Therapy).
public struct PatientRecord: Sendable {
  public let id: PatientID
  /// The event last applied; 0 before the first.
  public internal(set) var position = 0
  public internal(set) var stage = PatientStage.new
  public internal(set) var identity: Identity?
  public internal(set) var contact: ContactDetails?
  /// What came before the pump, and what goes on beside it.
  public internal(set) var pathway = Pathway()
  public internal(set) var adopted: Adopted?
  public internal(set) var link = PumpLinkState.byHand
  /// When the pump was linked; from then on it is expected to be heard.
  public internal(set) var linkedAt: Instant?
  public internal(set) var catheter: CatheterInPlace?
  public internal(set) var reservoir: ReservoirContent?
  /// Whether a refill was broken off with nobody knowing what is in the reservoir.
  public internal(set) var isReservoirUnknown = false
  public internal(set) var program: ProgramInForce?
  /// The order that the pump said is in force.
  public internal(set) var orderInForce: OrderID?
  /// In the order in which they were drafted.
  public internal(set) var orders: [OrderLife] = []
  /// In the order in which they were drafted.
  public internal(set) var requests: [RequestLife] = []
  public internal(set) var refill: RefillSession?
  public internal(set) var pastRefills: [PastRefill] = []
  /// As the last refill, or its plan, set it.
  public internal(set) var nextRefillAt: Instant?
  public internal(set) var alarms: [AlarmEntry] = []
  /// Why the pump delivers nothing, as its journal tells; empty where it delivers.
  public internal(set) var halts: [PumpHalted] = []
  public internal(set) var lastHeard: StatusHeard?
  public internal(set) var deliveries: [DailyTotal] = []
  public internal(set) var doseRequests: [DoseRequest] = []
  public internal(set) var scores: [Observed<ScoreRecorded>] = []
  public internal(set) var oralOpioids: [Observed<OralOpioid>] = []
  public internal(set) var sideEffects: [Observed<SideEffect>] = []
  public internal(set) var notes: [Observed<Note>] = []
  /// In the order in which it was written; of a day the last one counts.
  public internal(set) var diary: [Observed<DiaryEntry>] = []
  public internal(set) var corrections: [Correction] = []
  /// Where not empty, the record is incomplete, and nothing but observations is taken.
  public internal(set) var unread: [EventID] = []
  public internal(set) var irregular: [IrregularEvent] = []

  public init(id: PatientID) {
    self.id = id
  }

  public var pump: PumpInPlace? { adopted?.pump }

  public var isLinked: Bool {
    switch link {
    case .linked: true
    case .byHand: false
    }
  }

  /// An order by its hash.
  public func order(_ id: OrderID) -> OrderLife? { orders.first { $0.draft.order == id } }

  /// A request by its hash.
  public func request(_ id: RequestID) -> RequestLife? {
    requests.first { $0.draft.request == id }
  }

  /// The order that was queued or sent and has no receipt: at most one.
  public var orderInFlight: OrderLife? { currentOrders.first { $0.isInFlight } }

  /// Alarms that hold or that nobody has acknowledged.
  public var openAlarms: [AlarmEntry] { alarms.filter(\.isOpen) }
}
