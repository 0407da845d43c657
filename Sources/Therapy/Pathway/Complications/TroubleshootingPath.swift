/// A test of the path, in no order; each is done once at most.
public enum TroubleshootingTest: String, Codable, Sendable, CaseIterable {
  case vitals, emergencySteps, lowered, noxiousCauses, interrogation, residual, mixture
  case xray, rotor, aspiration, contrast, granulomaImaging, reprime
  case pocket, examination
}

extension TroubleshootingTest {
  /// Whether it finds something out; the others are done, and tell nothing.
  var looks: Bool {
    switch self {
    case .emergencySteps, .lowered, .reprime: false
    default: true
    }
  }
}

/// What a test showed.
public enum TestAnswer: String, Codable, Sendable, CaseIterable {
  case stable, unstable
  case done
  case none, found
  case normal, alarm, programError, unavailable
  case asExpected, tooMuch, tooLittle
  case right, wrong
  case intact, fault
  case turns, stuck
  /// At least the volume of the catheter came back.
  case free
  /// It did not: nothing may be injected through it.
  case failed
  case leak, granuloma
  case drug, fluid, pus, blood
  case confirmed, notConfirmed
  /// It was left out, and why.
  case notDone
}

/// When a row of the path is asked.
public enum PathCondition: Equatable, Sendable {
  case always
  /// Where an earlier test had one of these answers.
  case answered(TroubleshootingTest, [TestAnswer])
  case any([PathCondition])
  case all([PathCondition])

  func holds(_ answers: [TroubleshootingTest: TestAnswer]) -> Bool {
    switch self {
    case .always: true
    case .answered(let test, let wanted): answers[test].map(wanted.contains) == true
    case .any(let parts): parts.contains { $0.holds(answers) }
    case .all(let parts): parts.allSatisfy { $0.holds(answers) }
    }
  }
}

/// A row: a test, when it is asked, and the answers with which the path ends.
public struct PathRow: Equatable, Sendable {
  public let test: TroubleshootingTest
  public let when: PathCondition
  public let ends: [TestAnswer: ComplicationFinding]

  init(
    _ test: TroubleshootingTest,
    when: PathCondition = .always,
    ends: [TestAnswer: ComplicationFinding] = [:]
  ) {
    (self.test, self.when, self.ends) = (test, when, ends)
  }
}

/// Where a path stands.
public enum PathStanding: Equatable, Sendable {
  case ask(TroubleshootingTest)
  case ended(ComplicationFinding)
}

/// The way from a sign to a finding, as a table (pathway: section 9, after Saulino 2016).
///
/// The rows are gone through in their order, and each asks once; so every path ends. Contrast has a row
/// that only a free aspiration opens.
public struct TroubleshootingPath: Equatable, Sendable {
  public let rows: [PathRow]
  /// The finding where every row is gone through: the first whose condition holds.
  public let conclusions: [(PathCondition, ComplicationFinding)]

  /// - Parameter answers: so far.
  /// - Returns: the next test, or the finding.
  public func standing(_ answers: [TroubleshootingTest: TestAnswer]) -> PathStanding {
    for row in rows where row.when.holds(answers) {
      guard let answer = answers[row.test] else { return .ask(row.test) }
      if let finding = row.ends[answer] { return .ended(finding) }
    }
    if let (_, finding) = conclusions.first(where: { $0.0.holds(answers) }) {
      return .ended(finding)
    }
    // Without a fault is only what was looked at.
    let isWhole = !answers.contains { test, answer in
      test.looks && (answer == .notDone || answer == .unavailable)
    }
    return .ended(isWhole ? .noFault : .notFound)
  }

  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.rows == rhs.rows && lhs.conclusions.map(\.0) == rhs.conclusions.map(\.0)
      && lhs.conclusions.map(\.1) == rhs.conclusions.map(\.1)
  }

  /// The path of a kind.
  public static func of(_ kind: ComplicationKind) -> Self {
    switch kind {
    case .pumpAlarm, .unexplainedResidual:
      Self(
        rows: first + [noxious] + system,
        conclusions: occlusion + [(tooLittle, .overDelivery)] + open
      )
    case .lostEffect, .withdrawalSigns:
      // What left the reservoir did not arrive: less is not what helps these patients.
      Self(
        rows: first + [noxious] + system,
        conclusions: occlusion + [(tooLittle, .notFound)] + open
      )
    case .granulomaSuspected:
      // Imaging comes first, since the cord may be pressed; contrast has no place before it.
      Self(
        rows: first + [imaging, noxious] + system,
        conclusions: occlusion + [(tooLittle, .notFound)] + open
      )
    case .overdoseSigns:
      Self(
        rows: first + [
          PathRow(.lowered), interrogation, PathRow(.residual),
          PathRow(.mixture, ends: [.wrong: .wrongMixture]), pocket(when: tooLittle),
        ],
        conclusions: [(tooLittle, .overDelivery)]
      )
    case .pocketSwelling:
      Self(rows: first + [PathRow(.residual), pocket(when: .always)], conclusions: [])
    case .infection: examined(.infection)
    case .fluidLeak: examined(.fluidLeak)
    case .bleeding: examined(.bleeding)
    case .erosion: examined(.erosion)
    case .neurologicalDeficit:
      Self(
        rows: first + [imaging, PathRow(.examination, ends: [.confirmed: .neurologicalDeficit])],
        conclusions: []
      )
    }
  }
}

// The rows. Emergency is before everything that takes time.
extension TroubleshootingPath {
  private static let first = [
    PathRow(.vitals), PathRow(.emergencySteps, when: .answered(.vitals, [.unstable])),
  ]
  private static let noxious = PathRow(.noxiousCauses, ends: [.found: .noxiousCause])
  private static let interrogation = PathRow(.interrogation, ends: [.programError: .programError])
  private static let tooLittle = PathCondition.answered(.residual, [.tooLittle])
  private static let isFree = PathCondition.answered(.aspiration, [.free])
  private static let isPumpSuspected = PathCondition.any([
    .answered(.interrogation, [.alarm, .unavailable]), .answered(.residual, [.tooMuch]),
  ])
  private static let imaging = PathRow(.granulomaImaging, ends: [.granuloma: .granuloma])

  private static let system = [
    interrogation, PathRow(.residual), pocket(when: tooLittle),
    PathRow(.xray, ends: [.fault: .catheterFault]),
    PathRow(.rotor, when: isPumpSuspected, ends: [.stuck: .pumpStall]), PathRow(.aspiration),
    PathRow(.contrast, when: isFree, ends: [.leak: .catheterLeak]), imaging,
    // What was drawn out of the catheter is filled again, or nothing arrives for hours.
    PathRow(.reprime, when: isFree),
  ]
  private static let occlusion: [(PathCondition, ComplicationFinding)] = [
    (.answered(.aspiration, [.failed]), .catheterOcclusion)
  ]
  /// After all tests of the system: what is open still, though no row has ended the path.
  private static let open: [(PathCondition, ComplicationFinding)] = [
    // The drug stayed in the reservoir, and nothing says why.
    (.answered(.residual, [.tooMuch]), .notFound)
  ]

  private static func pocket(when condition: PathCondition) -> PathRow {
    PathRow(
      .pocket,
      when: condition,
      ends: [.drug: .pocketFill, .fluid: .fluidLeak, .pus: .infection, .blood: .bleeding]
    )
  }

  private static func examined(_ finding: ComplicationFinding) -> Self {
    Self(rows: first + [PathRow(.examination, ends: [.confirmed: finding])], conclusions: [])
  }
}
