public import Quantities

/// What is looked at before a pump is implanted, and at the table.
///
/// The list is recalled (pathway: Pre-op checklist); depth, warmth, calibration and drained volume have
/// been read (Codman Medstream p. 4; 78stepshealth.us, programmable pump).
public enum ImplantCheck: String, Codable, Sendable, CaseIterable {
  /// Identity, goals, and the consent to the implant.
  case consent
  /// A successful trial, or why there is none.
  case trial
  case anticoagulants, infection, antibiotic
  /// Side and site are marked, and the pump will lie no deeper than 2.5 cm.
  case site
  case pumpSize, levelImaging
  /// Drug and concentration, as the first person reads them.
  case drug
  /// The same by a second person.
  case drugSecond
  /// What becomes of opioids or antispastics by mouth.
  case oralWeaning
  /// The antidote, and what a patient who does not breathe needs.
  case antidote
  /// In its package.
  case interrogated
  case calibration, warmed, drained

  /// Whether there are patients for whom it does not apply.
  public var mayBeLeftOut: Bool {
    switch self {
    case .consent, .infection, .site, .pumpSize, .drug, .drugSecond: false
    case .trial, .anticoagulants, .antibiotic, .levelImaging, .oralWeaning, .antidote,
      .interrogated, .calibration, .warmed, .drained:
      true
    }
  }

  /// Whether a good answer says what was done or planned.
  public var needsNote: Bool {
    switch self {
    case .anticoagulants, .antibiotic, .oralWeaning: true
    default: false
    }
  }

  /// What a good answer has to give, by the fields of ``ImplantFigures``.
  public var figures: [String] {
    switch self {
    case .site: ["side", "pocketSite", "depth"]
    case .pumpSize: ["capacity"]
    case .drug, .drugSecond: ["fluid"]
    case .interrogated: ["serial"]
    case .calibration: ["calibration", "calibrationLabel"]
    case .warmed: ["temperatureTenths"]
    case .drained: ["predicted", "drained"]
    case .consent, .trial, .anticoagulants, .infection, .antibiotic, .levelImaging, .oralWeaning,
      .antidote:
      []
    }
  }

  /// In the words of a checklist.
  public var text: String {
    switch self {
    case .consent: "identity, goals and consent to the implant"
    case .trial: "result of the trial, or why there was none"
    case .anticoagulants: "anticoagulants: what is stopped when, and begun again"
    case .infection: "no infection; screened and decolonised"
    case .antibiotic: "antibiotic: which, how much, when"
    case .site: "side and site are marked; depth at most 2.5 cm"
    case .pumpSize: "size of the pump"
    case .levelImaging: "imaging of the level"
    case .drug: "drug and concentration, first person"
    case .drugSecond: "drug and concentration, second person"
    case .oralWeaning: "plan for the drugs by mouth"
    case .antidote: "antidote and airway at hand"
    case .interrogated: "pump interrogated in its package"
    case .calibration: "calibration is that of the label"
    case .warmed: "pump warmed to 35 to 40 °C"
    case .drained: "drained volume within 20 % of the predicted one"
    }
  }
}

public enum CheckFinding: String, Codable, Sendable, CaseIterable {
  case good, notApplicable
  /// It stops the implant until it is answered anew.
  case bad
}

public enum BodySide: String, Codable, Sendable, CaseIterable {
  case left, right
}

/// Where a pump lies.
public enum PocketSite: String, Codable, Sendable, CaseIterable {
  case abdomen, abdomenUnderFascia, flank, buttock, infraclavicular
}

/// Figures of an answer; only those of its item.
public struct ImplantFigures: Codable, Equatable, Sendable {
  public let side: BodySide?
  public let pocketSite: PocketSite?
  /// Of the pump under the skin.
  public let depth: Length?
  public let capacity: Volume?
  public let fluid: Fluid?
  /// As the pump says it.
  public let serial: String?
  /// As the pump says it, and as its label does.
  public let calibration: String?
  public let calibrationLabel: String?
  /// Tenths of °C.
  public let temperatureTenths: Int?
  /// What should come out of the pump as it was delivered.
  public let predicted: Volume?
  public let drained: Volume?

  public init(
    side: BodySide? = nil,
    pocketSite: PocketSite? = nil,
    depth: Length? = nil,
    capacity: Volume? = nil,
    fluid: Fluid? = nil,
    serial: String? = nil,
    calibration: String? = nil,
    calibrationLabel: String? = nil,
    temperatureTenths: Int? = nil,
    predicted: Volume? = nil,
    drained: Volume? = nil
  ) {
    self.side = side
    self.pocketSite = pocketSite
    self.depth = depth
    self.capacity = capacity
    self.fluid = fluid
    self.serial = serial
    self.calibration = calibration
    self.calibrationLabel = calibrationLabel
    self.temperatureTenths = temperatureTenths
    self.predicted = predicted
    self.drained = drained
  }

  /// The names of those that are given.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("side", side != nil), ("pocketSite", pocketSite != nil), ("depth", depth != nil),
      ("capacity", capacity != nil), ("fluid", fluid != nil), ("serial", serial != nil),
      ("calibration", calibration != nil), ("calibrationLabel", calibrationLabel != nil),
      ("temperatureTenths", temperatureTenths != nil), ("predicted", predicted != nil),
      ("drained", drained != nil),
    ]
    return all.filter(\.1).map(\.0)
  }
}

/// One answer; the last of an item stands.
public struct ImplantCheckAnswer: Codable, Equatable, Sendable {
  public let what: ImplantCheck
  public let finding: CheckFinding
  /// Why it is bad or does not apply, or what was done.
  public let note: String?
  public let figures: ImplantFigures

  public init(
    what: ImplantCheck,
    finding: CheckFinding,
    note: String? = nil,
    figures: ImplantFigures = ImplantFigures()
  ) {
    self.what = what
    self.finding = finding
    self.note = note
    self.figures = figures
  }
}

/// An answer, when it was given and by whom.
public struct AnsweredImplantCheck: Equatable, Sendable {
  public let answer: ImplantCheckAnswer
  public let at: Instant
  public let by: PersonID
}
