import Quantities

/// What the scores say of a trial, by its own rule.
public struct TrialResponse: Equatable, Sendable {
  /// In tenths of the scale's unit; the mean of the muscles, times their number, for Ashworth.
  public let beforeTenths: Int
  public let bestTenths: Int
  /// Muscles that were looked at before and after; 1 for pain.
  public let count: Int
  /// The dose after which it was best.
  public let dose: TrialDose
  public let isMet: Bool

  /// As in `pain 8 to 3: −62 %` or `mean Ashworth 3.0 to 1.5 in 4 muscles`.
  public func text(_ rule: TrialRule) -> String {
    switch rule {
    case .painFallsPercent:
      let percent = beforeTenths == 0 ? 0 : (beforeTenths - bestTenths) * 100 / beforeTenths
      return "pain \(Self.decimal(beforeTenths, 1)) to \(Self.decimal(bestTenths, 1)): "
        + (percent > 0 ? "−\(percent) %" : percent < 0 ? "+\(-percent) %" : "0 %")
    case .ashworthFallsTenths:
      return "mean Ashworth \(Self.decimal(beforeTenths, count)) to "
        + "\(Self.decimal(bestTenths, count)) in \(count) muscle group\(count == 1 ? "" : "s")"
    }
  }

  /// Tenths over a count, to one decimal, rounded half up.
  private static func decimal(_ tenths: Int, _ count: Int) -> String {
    let rounded = (tenths * 2 + count) / (2 * count)
    return "\(rounded / 10).\(rounded % 10)"
  }
}

extension PatientRecord {
  /// The best response of a trial so far; nothing where there is no score before the first dose, or
  /// none after a dose.
  ///
  /// A score counts for the dose before it, until the next dose or the end of the trial. For Ashworth the muscles that were
  /// looked at before the first dose and after this one are averaged, each at its best.
  ///
  /// - Parameter trial: of this record.
  /// - Returns: the response to the dose that did most.
  public func response(to trial: TrialState) -> TrialResponse? {
    guard let first = trial.doses.first else { return nil }
    let standing = scores.filter { $0.struckOut == nil }.map(\.value)
      .sorted { $0.takenAt < $1.takenAt }
    let before = Dictionary(
      standing.filter { $0.takenAt < first.givenAt }.map {
        ($0.score.series, $0.score.thousandths / 100)
      },
      uniquingKeysWith: { _, later in later }
    )
    var best: TrialResponse?
    for (index, dose) in trial.doses.enumerated() {
      let end = trial.concludedAt.map { $0 + TimeSpan(milliseconds: 1) } ?? .latest
      let next = index + 1 < trial.doses.count ? trial.doses[index + 1].givenAt : end
      let after = standing.filter { $0.takenAt >= dose.givenAt && $0.takenAt < next }
      guard let found = Self.response(trial.plan.rule, before, after, dose) else { continue }
      if let other = best, other.isBetter(than: found) { continue }
      best = found
    }
    return best
  }

  private static func response(
    _ rule: TrialRule,
    _ before: [ScoreSeries: Int],
    _ after: [ScoreRecorded],
    _ dose: TrialDose
  ) -> TrialResponse? {
    let lowest = Dictionary(
      after.map { ($0.score.series, $0.score.thousandths / 100) },
      uniquingKeysWith: min
    )
    let shared = lowest.filter { entry in
      switch (rule, entry.key) {
      case (.painFallsPercent, .pain), (.ashworthFallsTenths, .ashworth):
        before[entry.key] != nil
      default: false
      }
    }
    guard !shared.isEmpty else { return nil }
    let was = shared.keys.reduce(0) { $0 + (before[$1] ?? 0) }
    let now = shared.values.reduce(0, +)
    let isMet =
      switch rule {
      case .painFallsPercent(let percent): was > 0 && (was - now) * 100 >= was * percent
      case .ashworthFallsTenths(let tenths): was - now >= tenths * shared.count
      }
    return TrialResponse(
      beforeTenths: was,
      bestTenths: now,
      count: shared.count,
      dose: dose,
      isMet: isMet
    )
  }
}

extension TrialResponse {
  /// By the mean fall.
  func isBetter(than other: Self) -> Bool {
    (beforeTenths - bestTenths) * other.count > (other.beforeTenths - other.bestTenths) * count
  }
}
