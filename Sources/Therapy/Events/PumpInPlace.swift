public import Formulary
public import Quantities

/// What a clinic has to know to take over a patient.
public struct Adopted: Codable, Equatable, Sendable {
  public let identity: Identity
  public let indication: DrugIndication
  /// Of a spasticity; not known where it is missing.
  public let origin: SpasticityOrigin?
  public let pump: PumpInPlace

  public init(
    identity: Identity,
    indication: DrugIndication,
    origin: SpasticityOrigin? = nil,
    pump: PumpInPlace
  ) {
    self.identity = identity
    self.indication = indication
    self.origin = origin
    self.pump = pump
  }
}

/// The pump in a patient.
public struct PumpInPlace: Codable, Equatable, Sendable {
  /// The name in the pump catalogue, or what the paper says where it is another.
  public let model: String
  /// Whether `model` is of the catalogue, so that its constants hold.
  public let isCatalogued: Bool
  /// Of the reservoir.
  public let capacity: Volume
  public let serial: String
  /// Not known where it is missing.
  public let implantedOn: Day?
  /// As the programmer or the pump said it; not known where it is missing.
  public let replaceBy: Day?

  public init(
    model: String,
    isCatalogued: Bool,
    capacity: Volume,
    serial: String,
    implantedOn: Day? = nil,
    replaceBy: Day? = nil
  ) {
    self.model = model
    self.isCatalogued = isCatalogued
    self.capacity = capacity
    self.serial = serial
    self.implantedOn = implantedOn
    self.replaceBy = replaceBy
  }
}

/// The pump in place as it is right, and why what was recorded of it was wrong.
///
/// It is the same pump: another one is an implantation.
public struct PumpCorrected: Codable, Equatable, Sendable {
  public let pump: PumpInPlace
  public let reason: String

  public init(pump: PumpInPlace, reason: String) {
    self.pump = pump
    self.reason = reason
  }
}

/// A pump that speaks with the clinic.
public struct PumpLinked: Codable, Equatable, Sendable {
  public let pump: PumpID
  /// That signs its receipts.
  public let receiptKey: KeyText
  /// X25519: of its sessions; without it the clinic cannot call the pump, only read its receipts.
  public let sessionKey: KeyText?
  /// Where its relay is.
  public let contact: String?

  public init(
    pump: PumpID,
    receiptKey: KeyText,
    sessionKey: KeyText? = nil,
    contact: String? = nil
  ) {
    self.pump = pump
    self.receiptKey = receiptKey
    self.sessionKey = sessionKey
    self.contact = contact
  }
}

/// Why the clinic no longer speaks with the pump.
public struct PumpUnlinked: Codable, Equatable, Sendable {
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}

/// What is known of a catheter; what is missing is not known.
public struct CatheterInPlace: Codable, Equatable, Sendable {
  /// Between pump and tip.
  public let implantedLength: Length?
  /// What was cut off.
  public let trimmedLength: Length?
  public let volumePerLength: LinearVolume?
  /// Of the catheter alone, without the tubing of the pump, as a paper tells it.
  public let volume: Volume?
  /// The level of the tip, as in `T10`.
  public let tip: String?

  public init(
    implantedLength: Length? = nil,
    trimmedLength: Length? = nil,
    volumePerLength: LinearVolume? = nil,
    volume: Volume? = nil,
    tip: String? = nil
  ) {
    self.implantedLength = implantedLength
    self.trimmedLength = trimmedLength
    self.volumePerLength = volumePerLength
    self.volume = volume
    self.tip = tip
  }
}

/// A program that was set on the maker's programmer.
public struct ProgramRecorded: Codable, Equatable, Sendable {
  public let program: ProgramJSON
  public let programmedAt: Instant
  public let reason: String

  public init(program: ProgramJSON, programmedAt: Instant, reason: String) {
    self.program = program
    self.programmedAt = programmedAt
    self.reason = reason
  }
}

/// A program that the pump's receipt says is in force.
public struct ProgramApplied: Codable, Equatable, Sendable {
  public let order: OrderID
  public let program: ProgramJSON
  /// The pump's clock when it took effect.
  public let pumpMilliseconds: Int64

  public init(order: OrderID, program: ProgramJSON, pumpMilliseconds: Int64) {
    self.order = order
    self.program = program
    self.pumpMilliseconds = pumpMilliseconds
  }
}

/// What is in the reservoir.
public struct FillRecorded: Codable, Equatable, Sendable {
  /// All of it, right after the fill.
  public let volume: Volume
  public let fluid: Fluid
  public let filledAt: Instant
  /// Of what was put in; empty where they are not known.
  public let lots: [String]
  public let standing: Standing
  /// Since when the oldest drug in it is in it, where that is before ``filledAt``: its stability
  /// counts from then on (H-61).
  public let freshAt: Instant?

  public init(
    volume: Volume,
    fluid: Fluid,
    filledAt: Instant,
    lots: [String],
    standing: Standing,
    freshAt: Instant? = nil
  ) {
    self.volume = volume
    self.fluid = fluid
    self.filledAt = filledAt
    self.lots = lots
    self.standing = standing
    self.freshAt = freshAt
  }
}
