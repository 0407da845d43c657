/// Which way of a scale is better for the patient.
public enum BetterDirection: String, Codable, Sendable, CaseIterable {
  case lower, higher
}

/// A change that patients notice, and who says so.
public struct MeaningfulChange: Equatable, Sendable {
  /// Of the scale's unit.
  public let thousandths: Int
  /// Or so many percent of the first value.
  public let percent: Int?
  /// Whether someone has read it in its source.
  public let isVerified: Bool
}

/// A part of a scale that has a name, from a step on.
public struct ScaleBand: Equatable, Sendable {
  public let from: Int
  public let name: String
}

/// Who may record a scale.
public enum ScaleTeller: String, Codable, Sendable, CaseIterable {
  /// The patient tells it; staff may write it down for them.
  case patient
  /// An examiner judges or reckons it.
  case examiner
}

/// What is known of a scale: one row of the table of the pathway (section 8).
public struct ScaleFacts: Equatable, Sendable {
  public let title: String
  /// As in `of 10` or `%`.
  public let unit: String
  /// In steps.
  public let range: ClosedRange<Int>
  /// A step in thousandths of the unit.
  public let step: Int
  public let better: BetterDirection
  public let teller: ScaleTeller
  /// Nothing where no source tells one.
  public let change: MeaningfulChange?
  /// A change for the worse that is put on the work list, in thousandths; where no change has a source,
  /// this project's own threshold, UNVERIFIED.
  public let alertChange: Int
  /// Whether nothing of it is 0, so that a percentage of the first value means something.
  public let isShare: Bool
  public let bands: [ScaleBand]
  /// Of range, cut-offs and change, with what was recalled.
  public let source: String

  /// The name of the part in which a value lies, in steps; nothing where the scale has none.
  public func band(of steps: Int) -> String? { bands.last { $0.from <= steps }?.name }

  fileprivate init(
    _ title: String,
    _ unit: String,
    _ range: ClosedRange<Int>,
    _ better: BetterDirection,
    by teller: ScaleTeller = .patient,
    step: Int = 1_000,
    change: MeaningfulChange? = nil,
    alert: Int,
    isShare: Bool = false,
    bands: [(Int, String)] = [],
    source: String
  ) {
    (self.title, self.unit, self.range, self.step) = (title, unit, range, step)
    (self.better, self.teller, self.change) = (better, teller, change)
    (self.alertChange, self.isShare, self.source) = (alert, isShare, source)
    self.bands = bands.map { ScaleBand(from: $0.0, name: $0.1) }
  }
}

extension ScoreScale {
  /// The row of the table.
  public var facts: ScaleFacts {
    switch self {
    case .nrs: .nrs
    case .modifiedAshworth: .modifiedAshworth
    case .penn: .penn
    case .oswestry: .oswestry
    case .phq9: .phq9
    case .gad7: .gad7
    case .painCatastrophizing: .painCatastrophizing
    case .eq5dIndex: .eq5dIndex
    case .eq5dVAS: .eq5dVAS
    case .promisPainInterference: .promisPainInterference
    case .promisPhysicalFunction: .promisPhysicalFunction
    case .sleep: .sleep
    case .mobility: .mobility
    case .dailyLiving: .dailyLiving
    case .goal: .goal
    case .goalT: .goalT
    case .hospitalVisits: .hospitalVisits
    case .patientSatisfaction: .patientSatisfaction
    case .caregiverSatisfaction: .caregiverSatisfaction
    }
  }
}

// The table. A cut-off without a source is not claimed: its change is `nil`.
extension ScaleFacts {
  fileprivate static let nrs = ScaleFacts(
    "Pain (NRS)",
    "of 10",
    0...10,
    .lower,
    change: MeaningfulChange(thousandths: 2_000, percent: 30, isVerified: true),
    alert: 2_000,
    isShare: true,
    source: "30 % or 2 points: PMC7053735; 50 %: recalled, unverified"
  )
  fileprivate static let modifiedAshworth = ScaleFacts(
    "Modified Ashworth",
    "of 4",
    0...40,
    .lower,
    by: .examiner,
    step: 100,
    alert: 1_000,
    isShare: true,
    source: "no cut-off with a source; SISTERS 2018: legs -0.99 against -0.43"
  )
  fileprivate static let penn = ScaleFacts(
    "Spasms (Penn)",
    "of 4",
    0...4,
    .lower,
    by: .examiner,
    alert: 1_000,
    isShare: true,
    source: "no cut-off exists"
  )
  fileprivate static let oswestry = ScaleFacts(
    "Oswestry disability index",
    "%",
    0...100,
    .lower,
    change: MeaningfulChange(thousandths: 10_000, percent: 18, isVerified: true),
    alert: 10_000,
    isShare: true,
    bands: [(0, "minimal"), (21, "moderate"), (41, "severe"), (61, "crippled"), (81, "bed-bound")],
    source: "10 points or 18 %: PMC3454560; parts: asir-journal 1750-1164-7-12, table 1"
  )
  fileprivate static let phq9 = ScaleFacts(
    "Depression (PHQ-9)",
    "of 27",
    0...27,
    .lower,
    alert: 5_000,
    isShare: true,
    bands: [
      (0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe"),
    ],
    source: "parts and the alert of item 9: recalled, unverified; no change with a source"
  )
  fileprivate static let gad7 = ScaleFacts(
    "Anxiety (GAD-7)",
    "of 21",
    0...21,
    .lower,
    alert: 5_000,
    isShare: true,
    bands: [(0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")],
    source: "parts: recalled, unverified; no change with a source"
  )
  fileprivate static let painCatastrophizing = ScaleFacts(
    "Pain catastrophizing (PCS)",
    "of 52",
    0...52,
    .lower,
    alert: 10_000,
    isShare: true,
    bands: [(0, "under 30"), (30, "30 and more")],
    source: "30: recalled, unverified; no change with a source"
  )
  /// The highest is 1 in each value set; the lowest differs, and none lies below −1.1 (recalled).
  fileprivate static let eq5dIndex = ScaleFacts(
    "Health (EQ-5D-5L index)",
    "",
    -1_100...1_000,
    .higher,
    by: .examiner,
    step: 1,
    change: MeaningfulChange(thousandths: 80, percent: nil, isVerified: true),
    alert: 80,
    source: "0.08: PMC7053735; it needs the value set of a country"
  )
  fileprivate static let eq5dVAS = ScaleFacts(
    "Health today (EQ-5D VAS)",
    "of 100",
    0...100,
    .higher,
    alert: 10_000,
    source: "no change with a source"
  )
  fileprivate static let promisPainInterference = ScaleFacts(
    "Pain interference (PROMIS T)",
    "T",
    100...900,
    .lower,
    step: 100,
    change: MeaningfulChange(thousandths: 5_000, percent: nil, isVerified: false),
    alert: 3_000,
    source: "mean 50, SD 10, change 3 to 5: recalled, unverified"
  )
  fileprivate static let promisPhysicalFunction = ScaleFacts(
    "Physical function (PROMIS T)",
    "T",
    100...900,
    .higher,
    step: 100,
    change: MeaningfulChange(thousandths: 5_000, percent: nil, isVerified: false),
    alert: 3_000,
    source: "mean 50, SD 10, change 3 to 5: recalled, unverified"
  )
  fileprivate static let sleep = own("Sleep", alert: 2_000)
  fileprivate static let mobility = own("Mobility", alert: 2_000)
  fileprivate static let dailyLiving = own("Independence in daily living", alert: 2_000)
  fileprivate static let patientSatisfaction = own("Satisfaction of the patient", alert: 3_000)
  fileprivate static let caregiverSatisfaction = own(
    "Satisfaction of the caregiver",
    by: .examiner,
    alert: 3_000
  )
  fileprivate static let goal = ScaleFacts(
    "Goal",
    "of −2 to +2",
    -2...2,
    .higher,
    by: .examiner,
    alert: 1_000,
    source: "goal attainment, 0 as expected: recalled, unverified"
  )
  fileprivate static let goalT = ScaleFacts(
    "Goals together (GAS T)",
    "T",
    0...100,
    .higher,
    by: .examiner,
    alert: 10_000,
    source: "50 as expected: recalled, unverified; no change with a source"
  )
  fileprivate static let hospitalVisits = ScaleFacts(
    "Unplanned hospital visits",
    "visits",
    0...366,
    .lower,
    alert: 1_000,
    isShare: true,
    source: "a count; no change with a source"
  )

  /// A plain rating, 0 the worst and 10 the best.
  ///
  /// It is nobody's instrument, so that it may be used
  /// freely: totals such as that of the FIM belong to their owners.
  private static func own(
    _ title: String,
    by teller: ScaleTeller = .patient,
    alert: Int
  ) -> ScaleFacts {
    ScaleFacts(
      title,
      "of 10",
      0...10,
      .higher,
      by: teller,
      alert: alert,
      source: "this project's own rating, 0 worst to 10 best; no cut-off"
    )
  }
}
