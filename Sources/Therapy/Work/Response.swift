/// What a score says against its first value.
public enum ScoreVerdict: String, Codable, Sendable, CaseIterable {
  case better, unchanged, worse
  /// No source tells what change counts.
  case notKnown
}

/// What became of a score since its first value.
public struct ScoreResponse: Equatable, Sendable {
  public let series: ScoreSeries
  /// In thousandths of the scale's unit.
  public let first: Int
  public let last: Int
  /// By what patients call meaningful, in the direction of the scale.
  public let verdict: ScoreVerdict
  /// At least 30 %, and at least 50 %, less than at first; nothing where the first was none, or where
  /// the scale has no zero that a share could be of.
  public let is30Percent: Bool?
  public let is50Percent: Bool?
  public let source: String
  /// Whether someone has read in its source what change counts; nothing where none is told.
  public let isVerified: Bool?

  init(series: ScoreSeries, first: Int, last: Int) {
    let facts = series.scale.facts
    (self.series, self.first, self.last) = (series, first, last)
    let gain = facts.gain(from: first, to: last)
    /// Of the first value, where there is one to have a share of.
    func isShare(_ percent: Int) -> Bool? {
      facts.isShare && first > 0 ? gain * 100 >= first * percent : nil
    }
    is30Percent = isShare(30)
    is50Percent = isShare(50)
    (source, isVerified) = (facts.source, facts.change?.isVerified)
    guard let change = facts.change else {
      verdict = .notKnown
      return
    }
    if gain >= change.thousandths || change.percent.flatMap(isShare) == true {
      verdict = .better
    } else {
      verdict = gain <= -change.thousandths ? .worse : .unchanged
    }
  }
}

extension ScaleFacts {
  /// How much better the second value is, in thousandths; below nothing where it is worse.
  func gain(from first: Int, to last: Int) -> Int {
    switch better {
    case .lower: first - last
    case .higher: last - first
    }
  }
}

extension PatientRecord {
  /// The scores that stand, by series, in the order in which they were taken.
  public var standingScores: [ScoreSeries: [ScoreRecorded]] {
    let standing = scores.filter { $0.struckOut == nil }.map(\.value)
    return Dictionary(grouping: standing) { $0.score.series }
      .mapValues { $0.sorted { $0.takenAt < $1.takenAt } }
  }

  /// What became of each series of which there are two values, by name.
  public var responses: [ScoreResponse] {
    standingScores.sorted { $0.key.name < $1.key.name }.compactMap { series, values in
      guard values.count > 1, let first = values.first, let last = values.last else { return nil }
      return ScoreResponse(
        series: series,
        first: first.score.thousandths,
        last: last.score.thousandths
      )
    }
  }

  /// Series whose last value is worse than the one before by what the table says.
  var worseScores: [String] {
    standingScores.filter { series, values in
      guard values.count > 1 else { return false }
      let facts = series.scale.facts
      let gain = facts.gain(
        from: values[values.count - 2].score.thousandths,
        to: values[values.count - 1].score.thousandths
      )
      return gain <= -facts.alertChange
    }
    .map(\.key.name).sorted()
  }
}
