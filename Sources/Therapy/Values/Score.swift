/// A score of a scale, as its authors name it (pathway: Outcome scales).
///
/// Lower is better in all of them.
public enum Score: Codable, Equatable, Sendable {
  /// Pain, 0 to 10 (NRS).
  case pain(Int)
  /// Modified Ashworth of one muscle group.
  case ashworth(AshworthGrade, MuscleGroup)
  /// Penn spasm frequency 0 to 4; severity 1 to 3 where there are spasms.
  case spasms(frequency: Int, severity: Int?)

  private enum Key: String, CodingKey {
    case scale, value, muscle, frequency, severity
  }

  /// What a page and a trend are drawn for: one scale, and one muscle group.
  public var series: ScoreSeries {
    switch self {
    case .pain: .pain
    case .ashworth(_, let muscle): .ashworth(muscle)
    case .spasms: .spasms
    }
  }

  /// In tenths of the scale's unit, so that 1+ is 15: a convention, recalled and unverified.
  public var tenths: Int {
    switch self {
    case .pain(let value): value * 10
    case .ashworth(let grade, _): grade.tenths
    case .spasms(let frequency, _): frequency * 10
    }
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    switch try box.decode(ScoreScale.self, forKey: .scale) {
    case .nrs: self = .pain(try box.decode(Int.self, forKey: .value))
    case .modifiedAshworth:
      self = .ashworth(
        try box.decode(AshworthGrade.self, forKey: .value),
        try box.decode(MuscleGroup.self, forKey: .muscle)
      )
    case .penn:
      self = .spasms(
        frequency: try box.decode(Int.self, forKey: .frequency),
        severity: try box.decodeIfPresent(Int.self, forKey: .severity)
      )
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    switch self {
    case .pain(let value):
      try box.encode(ScoreScale.nrs, forKey: .scale)
      try box.encode(value, forKey: .value)
    case .ashworth(let grade, let muscle):
      try box.encode(ScoreScale.modifiedAshworth, forKey: .scale)
      try box.encode(grade, forKey: .value)
      try box.encode(muscle, forKey: .muscle)
    case .spasms(let frequency, let severity):
      try box.encode(ScoreScale.penn, forKey: .scale)
      try box.encode(frequency, forKey: .frequency)
      try box.encodeIfPresent(severity, forKey: .severity)
    }
  }
}

public enum ScoreScale: String, Codable, Sendable, CaseIterable {
  case nrs, modifiedAshworth, penn
}

/// Scores that can be compared with each other.
public enum ScoreSeries: Hashable, Sendable {
  case pain, spasms
  case ashworth(MuscleGroup)
}

/// A grade of the modified Ashworth scale.
public enum AshworthGrade: String, Codable, Sendable, CaseIterable {
  case zero = "0"
  case one = "1"
  case onePlus = "1+"
  case two = "2"
  case three = "3"
  case four = "4"

  /// Ten times the grade; 1+ counts as 1.5, by convention (recalled, unverified).
  public var tenths: Int {
    switch self {
    case .zero: 0
    case .one: 10
    case .onePlus: 15
    case .two: 20
    case .three: 30
    case .four: 40
    }
  }
}

public enum MuscleGroup: String, Codable, Sendable, CaseIterable {
  case shoulderAdductors, elbowFlexors, elbowExtensors, wristFlexors, fingerFlexors
  case hipFlexors, hipAdductors, kneeFlexors, kneeExtensors, ankleFlexors, ankleExtensors
}
