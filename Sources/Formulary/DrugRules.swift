public import Quantities

/// How far and how often a dose may be changed.
public struct TitrationRule: Equatable, Sendable {
  public let indications: [DrugIndication]
  /// Any where there is none.
  public let origin: SpasticityOrigin?
  /// For patients under this age in years; any age where there is none.
  public let below: Int?
  public let settings: [TitrationSetting]
  /// Advice only warns; the others are limits, as far as they are verified.
  public let isAdvice: Bool
  public let increase: DrugFact<TitrationStep>
  public let decrease: DrugFact<TitrationStep>?
  /// From one change to the next increase.
  public let interval: DrugFact<TimeSpan>?

  /// Whether it is for a patient, and a way of changing the dose.
  ///
  /// A remote change falls under the rules of the clinic, and under the envelope besides.
  func fits(
    _ indication: DrugIndication,
    _ origin: SpasticityOrigin?,
    age: Rational,
    _ setting: TitrationSetting
  ) -> Bool {
    indications.contains(indication) && (self.origin == nil || self.origin == origin)
      && (below.map { age < Rational($0) } ?? true)
      && settings.contains(setting == .remote ? .clinic : setting)
  }
}

/// One step of a dose, up or down.
public enum TitrationStep: Equatable, Sendable {
  /// Of the present dose, %.
  case percent(ClosedRange<Rational>)
  case dose(ClosedRange<DailyDose>)

  /// The largest change of a dose in fg/d, exactly; as it is given and as it is returned.
  func most(of current: Rational) throws(PlanError) -> Rational {
    switch self {
    case .percent(let range): try current * range.upperBound / Rational(100)
    case .dose(let range): range.upperBound.exact
    }
  }

  /// As in `10 to 30 %` or `2.4 ug/d`.
  public var text: String {
    switch self {
    case .percent(let range):
      range.lowerBound == range.upperBound
        ? "\(range.upperBound.text()) %"
        : "\(range.lowerBound.text()) to \(range.upperBound.text()) %"
    case .dose(let range):
      range.lowerBound == range.upperBound
        ? range.upperBound.text : "\(range.lowerBound.text) to \(range.upperBound.text)"
    }
  }
}

/// How a drug is tried before a pump is implanted.
public struct ScreeningProtocol: Equatable, Sendable {
  public struct Step: Equatable, Sendable {
    public let dose: DrugFact<Mass>
    public let volume: DrugFact<Volume>
    /// Since the step before; none at the first one.
    public let wait: DrugFact<TimeSpan>?
  }

  public let steps: [Step]
  /// At least so long an injection takes.
  public let injection: DrugFact<TimeSpan>
  public let observe: DrugFact<ClosedRange<TimeSpan>>
  /// A first dose for very small patients.
  public let smallest: DrugFact<Mass>
  public let positive: DrugFact<String>
  public let nonResponder: DrugFact<String>
  /// Starting daily dose over the screening dose that worked.
  public let startFactor: DrugFact<Rational>
  /// What an effect must outlast to count as prolonged.
  public let prolonged: DrugFact<TimeSpan>
  /// The factor after a prolonged effect.
  public let startFactorProlonged: DrugFact<Rational>
}
