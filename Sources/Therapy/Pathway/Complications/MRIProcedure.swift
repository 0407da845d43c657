public import Quantities

/// How a pump works, as far as a scan is concerned.
public enum MRIPumpFamily: String, Codable, Sendable, CaseIterable {
  /// A rotor that the field holds: SynchroMed.
  case rotor
  /// Valves that the field may open: Prometra.
  case valves
  /// No motor and no program: Codman 3000, Archimedes, IsoMed, Siromedes.
  case constantFlow
  /// Any other: only what the maker says holds.
  case other

  /// The family of a model as the catalogue names it.
  public init(model: String) {
    let name = model.lowercased()
    if name.contains("synchromed") {
      self = .rotor
    } else if name.contains("prometra") {
      self = .valves
    } else if ["3000", "archimedes", "isomed", "siromedes", "intera"].contains(where: name.contains)
    {
      self = .constantFlow
    } else {
      self = .other
    }
  }
}

/// A step of a scan of a patient with a pump; the names are stable.
public enum MRIStep: String, Codable, Sendable, CaseIterable {
  case conditions, interrogateBefore, coverDrug, keepRunning, emptyReservoir, programZero
  case volumeBefore, scan, interrogateAfter, interrogateAgain, flowValve, refilled, volumeAfter
  case symptoms
}

/// A row of the checklist.
public struct MRIStepFacts: Equatable, Sendable {
  public let step: MRIStep
  public let text: String
  public let source: String
  /// Whether someone has read it in its source.
  public let isVerified: Bool

  fileprivate init(_ step: MRIStep, _ text: String, _ source: String, isVerified: Bool = true) {
    (self.step, self.text, self.source, self.isVerified) = (step, text, source, isVerified)
  }
}

/// What a scanner may do to a pump.
public struct MRILimit: Equatable, Sendable {
  /// mT; empty where no field is told.
  public let fields: [Int]
  /// G/cm; nothing where none is told.
  public let gradient: Int?
  public let source: String
  /// A verified one refuses; another one asks.
  public let isVerified: Bool
}

/// The checklist of a family, in order (pathway: section 10; H-77, H-78).
extension MRIPumpFamily {
  public var limit: MRILimit {
    switch self {
    case .rotor:
      MRILimit(
        fields: [1_500, 3_000],
        gradient: nil,
        source:
          "1.5 T by the correction of 2008, 1.5 and 3 T by later pages: a conflict, unverified",
        isVerified: false
      )
    case .valves:
      MRILimit(
        fields: [1_500],
        gradient: 2_000,
        source: "manualshive.com, Flowonix 13827, page 8",
        isVerified: true
      )
    case .constantFlow, .other:
      MRILimit(fields: [], gradient: nil, source: "none is told", isVerified: false)
    }
  }

  public var steps: [MRIStepFacts] {
    switch self {
    case .rotor: Self.rotorSteps
    case .valves: Self.valveSteps
    case .constantFlow: Self.constantSteps
    case .other: Self.otherSteps
    }
  }

  private static let correction = "Medtronic MRI guidelines, correction of August 2008"
  private static let prometra = "manualshive.com, Flowonix 13827, page 8; studyres.com/doc/1878739"
  private static let conditions = MRIStepFacts(
    .conditions,
    "Look up the maker's conditions for this very model: field, SAR, gradient; the wound has healed.",
    "studyres.com/doc/1878739; FDA 2017: follow the conditions of the model"
  )
  private static let symptoms = MRIStepFacts(
    .symptoms,
    "Ask and look for signs of overdose and of withdrawal.",
    "FDA 2017 (spinics.net/lists/fda/msg12871)"
  )
  private static let volumeBefore = MRIStepFacts(
    .volumeBefore,
    "Note the volume that should be in the reservoir.",
    "recalled, unverified",
    isVerified: false
  )
  private static let volumeAfter = MRIStepFacts(
    .volumeAfter,
    "There is nothing to interrogate: check the volume in the reservoir.",
    "recalled, unverified",
    isVerified: false
  )

  private static let rotorSteps = [
    conditions,
    MRIStepFacts(.interrogateBefore, "Read the pump and note its settings.", correction),
    MRIStepFacts(
      .coverDrug,
      "Plan a drug by another way where a pause cannot be borne.",
      correction
    ),
    MRIStepFacts(
      .keepRunning,
      "Leave it running: a stopped mode would hide a stall.",
      correction
    ), MRIStepFacts(.scan, "Scan: the rotor stands still.", correction),
    MRIStepFacts(
      .interrogateAfter,
      "Read the pump: is the recovery in its log? Reading also ends a telemetry mode.",
      "\(correction); TGA: caution after MRI"
    ),
    MRIStepFacts(
      .interrogateAgain,
      "Where it is not, read again: a recovery may take 2 to 24 h.",
      correction
    ), symptoms,
  ]
  private static let valveSteps = [
    conditions, MRIStepFacts(.interrogateBefore, "Read the pump and note its settings.", prometra),
    MRIStepFacts(.coverDrug, "Give the drug by another way: the pump gives none.", prometra),
    MRIStepFacts(
      .emptyReservoir,
      "Empty the reservoir: the field may open the valves and let all of it out.",
      prometra
    ), MRIStepFacts(.programZero, "Program 0 mg a day.", prometra),
    MRIStepFacts(.scan, "Scan: the valves may open.", prometra),
    MRIStepFacts(.interrogateAfter, "Read the pump: is it well?", prometra),
    MRIStepFacts(
      .flowValve,
      "Prometra II: check the valve that closes on high flow.",
      "PL-21604-02 (dokumen.tips)"
    ), MRIStepFacts(.refilled, "Fill it again, and program the dose again.", prometra), symptoms,
  ]
  private static let constantSteps = [
    conditions, volumeBefore,
    MRIStepFacts(.scan, "Scan: there is no motor.", "recalled, unverified", isVerified: false),
    volumeAfter, symptoms,
  ]
  private static let otherSteps = [
    conditions,
    MRIStepFacts(
      .interrogateBefore,
      "Read the pump, where it can be read, and note its settings.",
      "this project's own; no source",
      isVerified: false
    ),
    MRIStepFacts(
      .coverDrug,
      "Plan a drug by another way.",
      "this project's own; no source",
      isVerified: false
    ), volumeBefore,
    MRIStepFacts(.scan, "Scan as the maker allows.", "the maker", isVerified: false),
    MRIStepFacts(
      .interrogateAfter,
      "Read the pump: does it deliver?",
      "this project's own; no source",
      isVerified: false
    ), volumeAfter, symptoms,
  ]
}

/// A scan that is planned.
public struct MRIPlanned: Codable, Equatable, Sendable {
  public let at: Instant
  /// Of what, and why.
  public let reason: String
  public let family: MRIPumpFamily
  /// Of the scanner; 1.5 T is 1500.
  public let fieldMillitesla: Int

  public init(at: Instant, reason: String, family: MRIPumpFamily, fieldMillitesla: Int) {
    self.at = at
    self.reason = reason
    self.family = family
    self.fieldMillitesla = fieldMillitesla
  }
}

/// What the scanner did.
public struct MRIExposure: Codable, Equatable, Sendable {
  /// mT; 1.5 T is 1500.
  public let fieldMillitesla: Int
  /// Of the whole body, in mW/kg.
  public let sarMilliwattsPerKilogram: Int
  /// The steepest, in G/cm.
  public let gaussPerCentimetre: Int?

  public init(fieldMillitesla: Int, sarMilliwattsPerKilogram: Int, gaussPerCentimetre: Int? = nil) {
    self.fieldMillitesla = fieldMillitesla
    self.sarMilliwattsPerKilogram = sarMilliwattsPerKilogram
    self.gaussPerCentimetre = gaussPerCentimetre
  }
}

/// That a step was taken.
public struct MRIStepDone: Codable, Equatable, Sendable {
  /// Where the scan was planned in the stream.
  public let scan: EventID
  public let step: MRIStep
  public let doneAt: Instant
  /// Whether all is well; of a reading after the scan, whether the pump has recovered.
  public let isGood: Bool
  public let exposure: MRIExposure?
  /// In, or drawn out of, the reservoir.
  public let volume: Volume?
  public let note: String?

  public init(
    scan: EventID,
    step: MRIStep,
    doneAt: Instant,
    isGood: Bool = true,
    exposure: MRIExposure? = nil,
    volume: Volume? = nil,
    note: String? = nil
  ) {
    self.scan = scan
    self.step = step
    self.doneAt = doneAt
    self.isGood = isGood
    self.exposure = exposure
    self.volume = volume
    self.note = note
  }
}

/// That all of it is done.
public struct MRIClosed: Codable, Equatable, Sendable {
  public let scan: EventID

  public init(scan: EventID) {
    self.scan = scan
  }
}

/// That there is no scan; what was done to the pump is undone first.
public struct MRICancelled: Codable, Equatable, Sendable {
  public let scan: EventID
  public let reason: String

  public init(scan: EventID, reason: String) {
    self.scan = scan
    self.reason = reason
  }
}
