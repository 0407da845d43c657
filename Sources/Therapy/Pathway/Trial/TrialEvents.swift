public import Quantities

/// How a drug is tried; none has been shown to be better (pathway: Trial).
public enum TrialMethod: String, Codable, Sendable, CaseIterable {
  case singleInjection, repeatedInjections, epiduralInfusion, intrathecalInfusion
}

/// The rule of success, fixed before the first dose.
public enum TrialRule: Codable, Equatable, Sendable {
  /// Pain falls by so many percent of what it was.
  case painFallsPercent(Int)
  /// The mean of the muscles' modified Ashworth scores falls by so many tenths.
  case ashworthFallsTenths(Int)

  private enum Key: String, CodingKey {
    case painFallsPercent, ashworthFallsTenths
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    if let percent = try box.decodeIfPresent(Int.self, forKey: .painFallsPercent) {
      self = .painFallsPercent(percent)
    } else {
      self = .ashworthFallsTenths(try box.decode(Int.self, forKey: .ashworthFallsTenths))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    switch self {
    case .painFallsPercent(let percent): try box.encode(percent, forKey: .painFallsPercent)
    case .ashworthFallsTenths(let tenths): try box.encode(tenths, forKey: .ashworthFallsTenths)
    }
  }
}

public struct TrialPlan: Codable, Equatable, Sendable {
  public let method: TrialMethod
  /// As the formulary names it.
  public let drug: String
  public let rule: TrialRule
  public let isInpatient: Bool

  public init(method: TrialMethod, drug: String, rule: TrialRule, isInpatient: Bool) {
    self.method = method
    self.drug = drug
    self.rule = rule
    self.isInpatient = isInpatient
  }
}

/// One injection, or a day of an infusion.
public struct TrialDose: Codable, Equatable, Sendable {
  public let dose: Mass
  public let volume: Volume
  public let givenAt: Instant

  public init(dose: Mass, volume: Volume, givenAt: Instant) {
    self.dose = dose
    self.volume = volume
    self.givenAt = givenAt
  }
}

/// What was seen after a dose; at least one of them.
///
/// Scores and side effects have events of their own.
public struct TrialObservation: Codable, Equatable, Sendable {
  public let takenAt: Instant
  /// Breaths a minute.
  public let breathsPerMinute: Int?
  /// In percent.
  public let oxygenSaturation: Int?
  /// 0 awake to 3 hard to rouse.
  public let sedation: Int?
  public let note: String?

  public init(
    takenAt: Instant,
    breathsPerMinute: Int? = nil,
    oxygenSaturation: Int? = nil,
    sedation: Int? = nil,
    note: String? = nil
  ) {
    self.takenAt = takenAt
    self.breathsPerMinute = breathsPerMinute
    self.oxygenSaturation = oxygenSaturation
    self.sedation = sedation
    self.note = note
  }
}

public enum TrialOutcome: String, Codable, Sendable, CaseIterable {
  case succeeded, failed
  /// Not to be judged: side effects, withdrawal, an infection.
  case brokenOff
}

public struct TrialConclusion: Codable, Equatable, Sendable {
  public let outcome: TrialOutcome
  public let reasons: String
  /// How long the effect of the dose that worked lasted, as observed.
  public let effectLasted: TimeSpan?

  public init(outcome: TrialOutcome, reasons: String, effectLasted: TimeSpan? = nil) {
    self.outcome = outcome
    self.reasons = reasons
    self.effectLasted = effectLasted
  }
}

/// Why a pump is implanted without a successful trial, by a physician.
public struct TrialWaiver: Codable, Equatable, Sendable {
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}
