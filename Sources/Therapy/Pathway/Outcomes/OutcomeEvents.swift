public import Quantities

/// What was done about a depression score whose ninth item is above 0.
public struct AlertAnswered: Codable, Equatable, Sendable {
  /// The score.
  public let score: EventID
  public let action: String

  public init(score: EventID, action: String) {
    self.score = score
    self.action = action
  }
}

/// That a due check was made, and what it found.
public struct CareCheckDone: Codable, Equatable, Sendable {
  public let check: CareCheck
  public let doneAt: Instant
  public let findings: String
  /// Whether something has to be done about it.
  public let isConcerning: Bool
  /// U/L; of the creatine kinase, and of nothing else.
  public let creatineKinase: Int?

  public init(
    check: CareCheck,
    doneAt: Instant,
    findings: String,
    isConcerning: Bool,
    creatineKinase: Int? = nil
  ) {
    self.check = check
    self.doneAt = doneAt
    self.findings = findings
    self.isConcerning = isConcerning
    self.creatineKinase = creatineKinase
  }
}

/// A medicine that is tapered while the pump takes over.
public enum TaperedMedicine: Hashable, Sendable {
  /// An opioid; its factor to morphine is known.
  case opioid(OralDrug)
  /// Another one, as on its package; there is no factor.
  case other(String)

  public var name: String {
    switch self {
    case .opioid(let drug): drug.rawValue
    case .other(let name): name
    }
  }
}

extension TaperedMedicine: Codable {
  private enum Key: String, CodingKey {
    case opioid, other
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    if let drug = try box.decodeIfPresent(OralDrug.self, forKey: .opioid) {
      self = .opioid(drug)
    } else {
      self = .other(try box.decode(String.self, forKey: .other))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    switch self {
    case .opioid(let drug): try box.encode(drug, forKey: .opioid)
    case .other(let name): try box.encode(name, forKey: .other)
    }
  }
}

/// A step of a taper: from a day on, so much a day.
public struct TaperStep: Codable, Equatable, Sendable {
  public let on: Day
  public let dose: DailyDose

  public init(on: Day, dose: DailyDose) {
    self.on = on
    self.dose = dose
  }
}

/// A taper by mouth or skin, planned from its first step to its last.
public struct TaperPlan: Codable, Equatable, Sendable {
  public let medicine: TaperedMedicine
  /// What is taken now.
  public let from: DailyDose
  public let steps: [TaperStep]

  public init(medicine: TaperedMedicine, from: DailyDose, steps: [TaperStep]) {
    self.medicine = medicine
    self.from = from
    self.steps = steps
  }
}

/// That the next step of a taper was taken.
public struct TaperStepTaken: Codable, Equatable, Sendable {
  /// Where the plan stands in the stream.
  public let plan: EventID
  /// From 1.
  public let step: Int
  public let dose: DailyDose
  public let on: Day

  public init(plan: EventID, step: Int, dose: DailyDose, on: Day) {
    self.plan = plan
    self.step = step
    self.dose = dose
    self.on = on
  }
}

public enum TaperStopReason: String, Codable, Sendable, CaseIterable {
  case withdrawalSigns, symptomsReturned, patientWish, other
}

/// That a taper goes no further; another one needs another plan.
public struct TaperStopped: Codable, Equatable, Sendable {
  public let plan: EventID
  public let reason: TaperStopReason
  public let what: String
  /// What is taken from now on.
  public let dose: DailyDose

  public init(plan: EventID, reason: TaperStopReason, what: String, dose: DailyDose) {
    self.plan = plan
    self.reason = reason
    self.what = what
    self.dose = dose
  }
}
