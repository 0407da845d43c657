/// A score of a scale, as its authors name it (pathway: Outcome scales).
///
/// Only the result is kept, never the text of an instrument's items. What a scale's numbers mean, and
/// which direction is better, is ``ScoreScale/facts``.
public enum Score: Codable, Equatable, Sendable {
  /// Pain, 0 to 10 (NRS).
  case pain(Int)
  /// Modified Ashworth of one muscle group.
  case ashworth(AshworthGrade, MuscleGroup)
  /// Penn spasm frequency 0 to 4; severity 1 to 3 where there are spasms.
  case spasms(frequency: Int, severity: Int?)
  /// PHQ-9, 0 to 27, with its ninth item, 0 to 3: one above 0 is looked at by itself.
  case depression(total: Int, item9: Int)
  /// The EQ-5D-5L index in thousandths, by the value set of a country.
  case healthIndex(thousandths: Int, valueSet: String)
  /// How far a goal is reached, −2 to +2 with 0 as expected; goals are counted from 1.
  case goal(Int, number: Int)
  /// Visits to a hospital that were not planned, in so many days before.
  case hospitalVisits(Int, days: Int)
  /// A scale of one number, in its steps: whole ones, or tenths where ``ScaleFacts/step`` is 100.
  case rated(RatedScale, Int)

  private enum Key: String, CodingKey {
    case scale, value, muscle, frequency, severity, item9, thousandths, valueSet, goal, days, tenths
  }

  /// What a page and a trend are drawn for: scores that can be compared with each other.
  public var series: ScoreSeries {
    switch self {
    case .pain: .pain
    case .ashworth(_, let muscle): .ashworth(muscle)
    case .spasms: .spasms
    case .depression: .depression
    case .healthIndex(_, let valueSet): .healthIndex(valueSet)
    case .goal(_, let number): .goal(number)
    case .hospitalVisits(_, let days): .hospitalVisits(days)
    case .rated(let scale, _): .rated(scale)
    }
  }

  public var scale: ScoreScale { series.scale }

  /// In the steps of its scale; 1+ of Ashworth is 15 tenths: a convention, recalled and unverified.
  var steps: Int {
    switch self {
    case .pain(let value), .goal(let value, _), .hospitalVisits(let value, _),
      .rated(_, let value):
      value
    case .ashworth(let grade, _): grade.tenths
    case .spasms(let frequency, _): frequency
    case .depression(let total, _): total
    case .healthIndex(let thousandths, _): thousandths
    }
  }

  /// In thousandths of the scale's unit; one far outside of every scale is cut, so that nothing traps.
  public var thousandths: Int { min(max(steps, -1_000_000), 1_000_000) * scale.facts.step }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    let scale = try box.decode(ScoreScale.self, forKey: .scale)
    func value(_ key: Key = .value) throws -> Int { try box.decode(Int.self, forKey: key) }
    switch scale {
    case .nrs: self = .pain(try value())
    case .modifiedAshworth:
      self = .ashworth(
        try box.decode(AshworthGrade.self, forKey: .value),
        try box.decode(MuscleGroup.self, forKey: .muscle)
      )
    case .penn:
      self = .spasms(
        frequency: try value(.frequency),
        severity: try box.decodeIfPresent(Int.self, forKey: .severity)
      )
    case .phq9: self = .depression(total: try value(), item9: try value(.item9))
    case .eq5dIndex:
      self = .healthIndex(
        thousandths: try value(.thousandths),
        valueSet: try box.decode(String.self, forKey: .valueSet)
      )
    case .goal: self = .goal(try value(), number: try value(.goal))
    case .hospitalVisits: self = .hospitalVisits(try value(), days: try value(.days))
    case .oswestry, .gad7, .painCatastrophizing, .eq5dVAS, .promisPainInterference,
      .promisPhysicalFunction, .sleep, .mobility, .dailyLiving, .goalT, .patientSatisfaction,
      .caregiverSatisfaction:
      guard let rated = RatedScale(rawValue: scale.rawValue) else {
        throw DecodingError.dataCorruptedError(
          forKey: .scale,
          in: box,
          debugDescription: "\(scale.rawValue) is no scale of one number"
        )
      }
      self = .rated(rated, try value(scale.facts.step == 100 ? .tenths : .value))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(scale, forKey: .scale)
    switch self {
    case .pain(let value): try box.encode(value, forKey: .value)
    case .ashworth(let grade, let muscle):
      try box.encode(grade, forKey: .value)
      try box.encode(muscle, forKey: .muscle)
    case .spasms(let frequency, let severity):
      try box.encode(frequency, forKey: .frequency)
      try box.encodeIfPresent(severity, forKey: .severity)
    case .depression(let total, let item9):
      try box.encode(total, forKey: .value)
      try box.encode(item9, forKey: .item9)
    case .healthIndex(let thousandths, let valueSet):
      try box.encode(thousandths, forKey: .thousandths)
      try box.encode(valueSet, forKey: .valueSet)
    case .goal(let value, let number):
      try box.encode(value, forKey: .value)
      try box.encode(number, forKey: .goal)
    case .hospitalVisits(let value, let days):
      try box.encode(value, forKey: .value)
      try box.encode(days, forKey: .days)
    case .rated(_, let steps):
      try box.encode(steps, forKey: scale.facts.step == 100 ? .tenths : .value)
    }
  }
}

/// The names of the scales in the ledger; they are stable.
public enum ScoreScale: String, Codable, Sendable, CaseIterable {
  case nrs, modifiedAshworth, penn
  case oswestry, phq9, gad7, painCatastrophizing, eq5dIndex, eq5dVAS
  case promisPainInterference, promisPhysicalFunction
  case sleep, mobility, dailyLiving, goal, goalT, hospitalVisits
  case patientSatisfaction, caregiverSatisfaction
}

/// The scales that give one number and nothing else; each is a ``ScoreScale`` of the same name.
public enum RatedScale: String, Codable, Sendable, CaseIterable {
  case oswestry, gad7, painCatastrophizing, eq5dVAS
  case promisPainInterference, promisPhysicalFunction
  case sleep, mobility, dailyLiving, goalT, patientSatisfaction, caregiverSatisfaction

  public var scale: ScoreScale {
    switch self {
    case .oswestry: .oswestry
    case .gad7: .gad7
    case .painCatastrophizing: .painCatastrophizing
    case .eq5dVAS: .eq5dVAS
    case .promisPainInterference: .promisPainInterference
    case .promisPhysicalFunction: .promisPhysicalFunction
    case .sleep: .sleep
    case .mobility: .mobility
    case .dailyLiving: .dailyLiving
    case .goalT: .goalT
    case .patientSatisfaction: .patientSatisfaction
    case .caregiverSatisfaction: .caregiverSatisfaction
    }
  }
}

/// Scores that can be compared with each other: of one scale, and of one muscle group, one value set, one
/// goal or one length of time.
public enum ScoreSeries: Hashable, Sendable {
  case pain, spasms, depression
  case ashworth(MuscleGroup)
  case healthIndex(String)
  case goal(Int)
  case hospitalVisits(Int)
  case rated(RatedScale)

  public var scale: ScoreScale {
    switch self {
    case .pain: .nrs
    case .spasms: .penn
    case .depression: .phq9
    case .ashworth: .modifiedAshworth
    case .healthIndex: .eq5dIndex
    case .goal: .goal
    case .hospitalVisits: .hospitalVisits
    case .rated(let rated): rated.scale
    }
  }

  /// As in `ashworth.kneeFlexors`.
  public var name: String {
    switch self {
    case .pain: "pain"
    case .spasms: "spasms"
    case .depression: "phq9"
    case .ashworth(let muscle): "ashworth.\(muscle.rawValue)"
    case .healthIndex(let valueSet): "eq5dIndex.\(valueSet)"
    case .goal(let number): "goal.\(number)"
    case .hospitalVisits(let days): "hospitalVisits.\(days)d"
    case .rated(let rated): rated.rawValue
    }
  }
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
