import Quantities
import Therapy

/// What a patient of the demonstration tells, as a pure function of rule, doses, papers and seed.
struct DemoResponse: Equatable, Sendable {
  let usual: DemoRule.Usual
  /// The last score of each scale from the papers.
  let baseline: [Score]
  /// Of the scatter: the same seed, the same reports.
  let seed: UInt64
  let examineEvery: Int
  /// What becomes of the doses at the tip.
  let body: DemoBody

  /// Reports of a day: scores are told with the first of them, signs as soon as they come.
  static let reportsPerDay = 4

  /// What is told with one report.
  struct Report: Equatable, Sendable {
    var scores: [Score] = []
    var sideEffects: [DemoRule.Sign] = []
  }

  /// The report of a quarter of a day.
  ///
  /// - Parameters:
  ///   - number: from 1, ``reportsPerDay`` a day.
  ///   - end: how many quarters had passed by then.
  ///   - dose: what reached the patient.
  /// - Returns: scores, and what is felt anew.
  func report(_ number: Int, after end: Int64, of dose: DemoDose) -> Report {
    let drug = usual.drug
    let effect = dose.effect(after: end, in: body)
    let before = dose.effect(after: end - 1, in: body)
    let day = (number - 1) / Self.reportsPerDay + 1
    let isFirstOfDay = (number - 1) % Self.reportsPerDay == 0
    var report = Report()
    for score in isFirstOfDay ? baseline : [] {
      guard let curve = drug.curves.first(where: { $0.scale == score.series.scale }) else {
        continue
      }
      if score.series.scale == .modifiedAshworth, day % examineEvery != 0 { continue }
      let change = curve.tenths(at: effect) + scatter(day, curve)
      report.scores.append(score.changed(byTenths: change))
    }
    // Told once, and again only when it is worse than the quarter before.
    let little = { (effect: Int) in drug.tooLittle.last { effect < $0.percent * 10 } }
    let much = { (effect: Int) in drug.tooMuch.last { effect > $0.percent * 10 } }
    for (now, then) in [(little(effect), little(before)), (much(effect), much(before))] {
      guard let now, now.severity.rank > then?.severity.rank ?? -1 else { continue }
      report.sideEffects.append(now)
    }
    return report
  }

  /// Tenths by which this day's score is off, from the seed alone.
  private func scatter(_ day: Int, _ curve: DemoRule.Curve) -> Int {
    guard curve.scatterTenths > 0 else { return 0 }
    let place = ScoreScale.allCases.firstIndex(of: curve.scale) ?? 0
    // SplitMix64: neighbouring days and scales share nothing.
    var state = seed &+ UInt64(day * 8 + place) &* 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    state ^= state >> 31
    return Int(state % UInt64(2 * curve.scatterTenths + 1)) - curve.scatterTenths
  }
}

extension SideEffectSeverity {
  /// The mildest is 0.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Score {
  /// Worse by so many tenths, better where it is below nothing; within the scale.
  fileprivate func changed(byTenths change: Int) -> Score {
    func moved(_ value: Int, _ most: Int) -> Int {
      let tenths = value * 10 + change
      return min(max((tenths + (tenths >= 0 ? 5 : -5)) / 10, 0), most)
    }
    switch self {
    case .pain(let value): return .pain(moved(value, 10))
    case .ashworth(let grade, let muscle):
      let grades = AshworthGrade.allCases
      let place = grades.firstIndex(of: grade) ?? 0
      return .ashworth(grades[moved(place, grades.count - 1)], muscle)
    case .spasms(let frequency, _):
      let moved = moved(frequency, 4)
      return .spasms(frequency: moved, severity: moved == 0 ? nil : min(moved, 3))
    // The rule speaks of no other scale.
    case .depression, .healthIndex, .goal, .hospitalVisits, .rated: return self
    }
  }
}
