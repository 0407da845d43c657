public import PumpScenario
public import Quantities

/// The arithmetic of `flow` for one drug, without its texts.
public struct FlowFigures: Equatable, Sendable {
  /// Dose ÷ concentration, nL/d, exact.
  public let exact: Rational
  /// What a pump is set to: rounded half to even.
  public let rate: FlowRate
  /// fg/d, exact, at the rate that is set.
  public let delivered: Rational
  /// Of what is delivered from the dose, %.
  public let deviation: Rational

  /// The rate of a drug by itself.
  ///
  /// - Parameters:
  ///   - dose: more than none.
  ///   - concentration: more than none.
  /// - Throws: where it does not fit.
  public init(dose: DailyDose, concentration: Concentration) throws(PlanError) {
    let exact = try Self.exact(dose, concentration)
    let rate = FlowRate(nanolitresPerDay: try exact.stored())
    try self.init(dose: dose, concentration: concentration, exact: exact, rate: rate)
  }

  /// The same at a rate that other drugs of the mixture decide.
  init(
    dose: DailyDose,
    concentration: Concentration,
    exact: Rational,
    rate: FlowRate
  ) throws(PlanError) {
    self.exact = exact
    self.rate = rate
    delivered = try rate.exact * concentration.exact
    deviation = try (delivered - dose.exact) / dose.exact * Rational(100)
  }

  static func exact(
    _ dose: DailyDose,
    _ concentration: Concentration
  ) throws(PlanError) -> Rational {
    try dose.exact / concentration.exact
  }
}

/// The arithmetic of `refill`, without its dates and texts: times in ms, exact.
public struct RefillFigures: Equatable, Sendable {
  /// To the low mark by the basal alone; nothing where nothing flows.
  public let expected: Rational?
  /// To the low mark with every allowed patient dose.
  public let earliest: Rational?
  /// To an empty reservoir.
  public let empty: Rational?
  /// nL/d with every allowed patient dose, exact.
  public let most: Rational

  /// How long a fill lasts.
  ///
  /// - Parameters:
  ///   - fill: what is put in.
  ///   - reserve: the low mark, at most the fill.
  ///   - basal: nL/d on average, exact.
  ///   - patientDoses: nL a day of patient doses at the most, exact.
  /// - Throws: where it does not fit.
  public init(
    fill: Volume,
    reserve: Volume,
    basal: Rational,
    patientDoses: Rational
  ) throws(PlanError) {
    most = try basal + patientDoses
    let room = try fill.exact - reserve.exact
    expected = try RefillInterval.lasting(room, at: basal)
    earliest = try RefillInterval.lasting(room, at: most)
    empty = try RefillInterval.lasting(fill.exact, at: basal)
  }
}
