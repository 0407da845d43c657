public import Quantities

/// What was implanted; with it the patient is in therapy, as one who was adopted.
public struct Implanted: Codable, Equatable, Sendable {
  /// With the day on which it was implanted.
  public let pump: PumpInPlace
  /// Nothing only where a pump was replaced and its catheter stays.
  public let catheter: ImplantedCatheter?
  public let pocket: PumpPocket
  public let surgeon: String
  public let fill: FirstFill
  public let prime: PrimePlan
  /// Why the pump before was taken out; asked for where there was one.
  public let replaces: String?
  /// Why an order of the pump before is left without its receipt.
  public let unanswered: String?

  public init(
    pump: PumpInPlace,
    catheter: ImplantedCatheter?,
    pocket: PumpPocket,
    surgeon: String,
    fill: FirstFill,
    prime: PrimePlan,
    replaces: String? = nil,
    unanswered: String? = nil
  ) {
    self.pump = pump
    self.catheter = catheter
    self.pocket = pocket
    self.surgeon = surgeon
    self.fill = fill
    self.prime = prime
    self.replaces = replaces
    self.unanswered = unanswered
  }
}

/// A catheter at the end of the operation: both lengths are known, since its volume rests on them.
public struct ImplantedCatheter: Codable, Equatable, Sendable {
  public let model: String?
  /// Between pump and tip.
  public let implantedLength: Length
  /// What was cut off; none is none, not unknown.
  public let trimmedLength: Length
  /// One of the two is given.
  public let volumePerLength: LinearVolume?
  public let volume: Volume?
  public let tip: SpinalLevel
  /// By which imaging the level was seen.
  public let imaging: String?

  public init(
    model: String? = nil,
    implantedLength: Length,
    trimmedLength: Length,
    volumePerLength: LinearVolume? = nil,
    volume: Volume? = nil,
    tip: SpinalLevel,
    imaging: String? = nil
  ) {
    self.model = model
    self.implantedLength = implantedLength
    self.trimmedLength = trimmedLength
    self.volumePerLength = volumePerLength
    self.volume = volume
    self.tip = tip
    self.imaging = imaging
  }

  /// As the record of any patient has it.
  var inPlace: CatheterInPlace {
    CatheterInPlace(
      implantedLength: implantedLength,
      trimmedLength: trimmedLength,
      volumePerLength: volumePerLength,
      volume: volume,
      tip: tip.rawValue
    )
  }
}

public struct PumpPocket: Codable, Equatable, Sendable {
  public let side: BodySide
  public let site: PocketSite
  /// Under the skin.
  public let depth: Length

  public init(side: BodySide, site: PocketSite, depth: Length) {
    self.side = side
    self.site = site
    self.depth = depth
  }
}

/// What went into the reservoir at the table.
public struct FirstFill: Codable, Equatable, Sendable {
  public let fluid: Fluid
  public let volume: Volume
  public let lot: String
  /// The last day on which it may be used.
  public let expiresOn: Day
  public let filledAt: Instant

  public init(fluid: Fluid, volume: Volume, lot: String, expiresOn: Day, filledAt: Instant) {
    self.fluid = fluid
    self.volume = volume
    self.lot = lot
    self.expiresOn = expiresOn
    self.filledAt = filledAt
  }
}

/// How much is to be primed, or why nothing is.
public struct PrimePlan: Codable, Equatable, Sendable {
  public let volume: Volume?
  public let reason: String?

  public init(volume: Volume? = nil, reason: String? = nil) {
    self.volume = volume
    self.reason = reason
  }
}

/// That the fluid path was primed, on the programmer or by an order (SR-035).
public struct Primed: Codable, Equatable, Sendable {
  public let volume: Volume
  public let endedAt: Instant

  public init(volume: Volume, endedAt: Instant) {
    self.volume = volume
    self.endedAt = endedAt
  }
}

/// An implant, and what came of it since.
public struct ImplantState: Equatable, Sendable {
  public let implanted: Implanted
  public let at: Instant
  public let by: PersonID
  /// The checklist as it was.
  public let checks: [ImplantCheck: AnsweredImplantCheck]
  public internal(set) var primed: Primed?
  /// When its first program took effect, as far as the record says.
  public internal(set) var startedAt: Instant?
  public internal(set) var observations: [RecoveryObservation] = []
  public internal(set) var aftercare: Set<AftercareItem> = []
}

/// A pump that was taken out.
public struct FormerPump: Codable, Equatable, Sendable {
  public let pump: PumpInPlace
  public let catheter: CatheterInPlace?
  public let endedAt: Instant
  public let because: String
}
