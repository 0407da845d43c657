/// What became of a score since its first value.
public struct ScoreResponse: Equatable, Sendable {
  public let series: ScoreSeries
  /// In tenths of the scale's unit.
  public let firstTenths: Int
  public let lastTenths: Int
  /// Whether it fell by what patients call meaningful; nothing where no source tells it.
  public let isMeaningful: Bool?
  /// At least 30 %, and at least 50 %, less than at first; nothing where the first was none.
  public let is30Percent: Bool?
  public let is50Percent: Bool?
  public let source: String
}

extension ScoreSeries {
  /// What a change has to be to count, in tenths; nothing where no source tells it.
  public var meaningfulTenths: Int? {
    switch self {
    case .pain: 20
    // One grade; no source is in the pathway's table, so none is claimed.
    case .ashworth, .spasms: nil
    }
  }

  /// Where the cut-offs come from.
  public var source: String {
    switch self {
    case .pain: "30 % or 2 points: PMC7053735; 50 %: recalled, unverified"
    case .ashworth: "no cut-off with a source; SISTERS 2018: legs -0.99 against -0.43"
    case .spasms: "no cut-off exists"
    }
  }

  /// As in `ashworth.kneeFlexors`.
  public var name: String {
    switch self {
    case .pain: "pain"
    case .spasms: "spasms"
    case .ashworth(let muscle): "ashworth.\(muscle.rawValue)"
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
      guard values.count > 1, let first = values.first?.score.tenths,
        let last = values.last?.score.tenths
      else { return nil }
      let fall = first - last
      let thirty: Bool? = first == 0 ? nil : fall * 10 >= first * 3
      return ScoreResponse(
        series: series,
        firstTenths: first,
        lastTenths: last,
        isMeaningful: series.meaningfulTenths.map { fall >= $0 || thirty == true },
        is30Percent: thirty,
        is50Percent: first == 0 ? nil : fall * 2 >= first,
        source: series.source
      )
    }
  }

  /// Series whose last value is worse than the one before: by two points of pain, by one grade else.
  var worseScores: [String] {
    standingScores.filter { series, values in
      guard values.count > 1 else { return false }
      let rise = values[values.count - 1].score.tenths - values[values.count - 2].score.tenths
      return rise >= series.meaningfulTenths ?? 10
    }
    .map(\.key.name).sorted()
  }
}
