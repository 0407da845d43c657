public import Quantities

/// What a refill is to put in.
public struct RefillBegun: Codable, Equatable, Sendable {
  public let planned: Fluid
  /// All that is to be in the reservoir afterwards.
  public let plannedVolume: Volume
  /// Of too much or too little drug, since the last visit.
  public let hasSymptoms: Bool

  public init(planned: Fluid, plannedVolume: Volume, hasSymptoms: Bool) {
    self.planned = planned
    self.plannedVolume = plannedVolume
    self.hasSymptoms = hasSymptoms
  }
}

/// That patient and pump are the right ones (SR-122).
public struct RefillIdentified: Codable, Equatable, Sendable {
  /// Which ones were asked and agreed.
  public let identifiers: [PatientIdentifier]
  /// As read from the pump, or from its card.
  public let pumpSerial: String

  public init(identifiers: [PatientIdentifier], pumpSerial: String) {
    self.identifiers = identifiers
    self.pumpSerial = pumpSerial
  }
}

/// What should be in the reservoir before aspirating.
public struct RefillExpected: Codable, Equatable, Sendable {
  /// Nothing where nobody knows.
  public let volume: Volume?
  public let source: ExpectedSource

  public init(volume: Volume?, source: ExpectedSource) {
    self.volume = volume
    self.source = source
  }
}

/// What was drawn out.
public struct RefillAspirated: Codable, Equatable, Sendable {
  /// In all, those before it included.
  public let volume: Volume

  public init(volume: Volume) {
    self.volume = volume
  }
}

/// What the residual calculator makes of it.
public struct RefillJudged: Codable, Equatable, Sendable {
  public let finding: ResidualFinding
  /// Aspirated less expected; below nothing where less was found.
  public let difference: Volume
  /// Of the volume that was to be delivered, in percent.
  public let errorText: String
  public let likelyCauses: [String]

  public init(
    finding: ResidualFinding,
    difference: Volume,
    errorText: String,
    likelyCauses: [String]
  ) {
    self.finding = finding
    self.difference = difference
    self.errorText = errorText
    self.likelyCauses = likelyCauses
  }
}

/// Why a person goes on in spite of a residual outside of its band (SR-034).
public struct RefillAccounted: Codable, Equatable, Sendable {
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}

/// What a syringe or its paper says.
public struct DrugLabel: Codable, Equatable, Sendable {
  public let fluid: Fluid
  /// All that is to be in the reservoir afterwards.
  public let volume: Volume
  public let lot: String
  /// The last day on which it may be used.
  public let expiresOn: Day
  public let entry: EntryWay

  public init(fluid: Fluid, volume: Volume, lot: String, expiresOn: Day, entry: EntryWay) {
    self.fluid = fluid
    self.volume = volume
    self.lot = lot
    self.expiresOn = expiresOn
    self.entry = entry
  }
}

/// What happens to the old drug in the fluid path (SR-036).
public struct BridgeDecision: Codable, Equatable, Sendable {
  public let isOmitted: Bool
  /// Of the bridge; nothing where it is not known.
  public let volume: Volume?
  /// Of the bridge.
  public let rate: FlowRate?
  /// Of the bridge.
  public let duration: TimeSpan?
  /// What the patient gets without a bridge, or why that is not known.
  public let consequence: String
  /// Why it is left out.
  public let reason: String?

  public init(
    isOmitted: Bool,
    volume: Volume? = nil,
    rate: FlowRate? = nil,
    duration: TimeSpan? = nil,
    consequence: String,
    reason: String? = nil
  ) {
    self.isOmitted = isOmitted
    self.volume = volume
    self.rate = rate
    self.duration = duration
    self.consequence = consequence
    self.reason = reason
  }
}

/// One answer of a checklist.
public struct CheckAnswer: Codable, Equatable, Sendable {
  public let item: RefillCheck
  public let isGood: Bool

  public init(item: RefillCheck, isGood: Bool) {
    self.item = item
    self.isGood = isGood
  }
}

/// The answers of the checklist, all of them.
public struct RefillChecked: Codable, Equatable, Sendable {
  public let answers: [CheckAnswer]

  public init(answers: [CheckAnswer]) {
    self.answers = answers
  }
}

/// A second person has looked at label and program.
public struct RefillSeconded: Codable, Equatable, Sendable {
  public let person: PersonID

  public init(person: PersonID) {
    self.person = person
  }
}

/// The clinic's settings let one person refill alone.
public struct RefillWaived: Codable, Equatable, Sendable {
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}

/// Which order tells the pump of the fill.
public struct RefillOrdered: Codable, Equatable, Sendable {
  public let order: OrderID

  public init(order: OrderID) {
    self.order = order
  }
}

/// What was set on the maker's programmer.
public struct RefillProgrammed: Codable, Equatable, Sendable {
  public let program: ProgramJSON
  public let programmedAt: Instant

  public init(program: ProgramJSON, programmedAt: Instant) {
    self.program = program
    self.programmedAt = programmedAt
  }
}

/// What pump or programmer show afterwards.
public struct RefillReadBack: Codable, Equatable, Sendable {
  public let volume: Volume
  public let fluid: Fluid

  public init(volume: Volume, fluid: Fluid) {
    self.volume = volume
    self.fluid = fluid
  }
}

/// When the next refill is.
public struct RefillCompleted: Codable, Equatable, Sendable {
  public let nextAt: Instant
  /// Where it is later than the forecast's earliest date.
  public let reason: String?

  public init(nextAt: Instant, reason: String? = nil) {
    self.nextAt = nextAt
    self.reason = reason
  }
}

/// Why a refill was broken off.
public struct RefillAbandoned: Codable, Equatable, Sendable {
  public let reason: String
  /// What is in the reservoir now; nothing where nobody knows.
  public let reservoir: Volume?

  public init(reason: String, reservoir: Volume? = nil) {
    self.reason = reason
    self.reservoir = reservoir
  }
}
