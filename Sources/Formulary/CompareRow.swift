public import PumpScenario
package import Quantities

/// One figure of both programs, side by side.
public struct CompareRow: Equatable, Sendable {
  /// As a member of the JSON, such as `total24h`.
  public let name: String
  /// Where it is of one drug.
  public let drug: String?
  /// For people, as in `baclofen in 24 h`.
  public let title: String
  /// Nothing for a count.
  public let unit: PlanUnit?
  /// In stored units; nothing where the program has no such figure.
  public let before: Rational?
  public let after: Rational?

  package init(
    name: String,
    drug: String?,
    title: String,
    unit: PlanUnit?,
    before: Rational?,
    after: Rational?
  ) {
    self.name = name
    self.drug = drug
    self.title = title
    self.unit = unit
    self.before = before
    self.after = after
  }

  /// How much more or less, as in 14.5 for 14.5 %; nothing where there was none before.
  ///
  /// - Returns: the exact change.
  /// - Throws: where it does not fit.
  public func percent() throws(PlanError) -> Rational? {
    guard let times = try times() else { return nil }
    return try (times - .one) * Rational(100)
  }

  /// After ÷ before; nothing where one of them is missing or there was none before.
  ///
  /// - Returns: the exact ratio.
  /// - Throws: where it does not fit.
  public func times() throws(PlanError) -> Rational? {
    guard let before, let after, before > .zero else { return nil }
    return try after / before
  }

  /// A value as it is printed, as in `0.15 mL`; a dash where there is none.
  ///
  /// - Parameter value: in stored units.
  /// - Returns: with its unit.
  /// - Throws: where it does not fit.
  public func text(_ value: Rational?) throws(PlanError) -> String {
    guard let value else { return "–" }
    guard let unit else { return value.text() }
    return try PlanQuantity(rounding: value, in: unit).text
  }

  /// The change as people say it, as in `+2300 %, 24 times as much`; empty where there is none.
  ///
  /// - Returns: the words.
  /// - Throws: where it does not fit.
  public func changeText() throws(PlanError) -> String {
    if before == after { return "the same" }
    guard let before else { return "new" }
    guard after != nil else { return "no longer" }
    guard before > .zero, let percent = try percent() else { return "from none" }
    if after == .zero { return "−100 %, none any more" }
    let sign = percent > .zero ? "+" : "−"
    let words = try timesText().map { ", \($0)" } ?? ""
    return "\(sign)\(Self.short(percent.magnitude)) %\(words)"
  }

  /// A big ratio in words: `24 times as much`, `24 times less`; nothing for one below 2.
  ///
  /// - Returns: the words.
  /// - Throws: where it does not fit.
  public func timesText() throws(PlanError) -> String? {
    guard let times = try times(), times > .zero else { return nil }
    let isMore = times >= .one
    let factor = isMore ? times : try .one / times
    guard factor >= Rational(2) else { return nil }
    let noun = unit == .day ? "long" : unit == nil ? "many" : "much"
    return isMore
      ? "\(Self.short(factor)) times as \(noun)" : "less by a factor of \(Self.short(factor))"
  }

  /// At most one decimal, `≈ ` left out: for words beside exact figures.
  static func short(_ value: Rational) -> String {
    let text = value.text(exactDecimals: 1, digits: value < Rational(100) ? 3 : 4)
    return text.hasPrefix("≈ ") ? String(text.dropFirst(2)) : text
  }
}

/// The dates of a refill; nothing where nothing flows.
public struct CompareDates: Equatable, Sendable {
  /// As the row that it belongs to.
  public let name: String
  public let title: String
  public let before: String?
  public let after: String?
}

extension PlanUnit {
  /// The unit of mass in which clinics speak of a drug; for others the mixture decides.
  package static func conventional(for drug: String, at concentration: Concentration?) -> PlanUnit {
    if let known = DrugLibrary.standard.drug(drug) {
      return known.unit == .mg ? .milligram : .microgram
    }
    return (concentration?.nanogramsPerMillilitre ?? 0) >= 4_000_000 ? .milligram : .microgram
  }
}
