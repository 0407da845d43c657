#if !hasFeature(Embedded)
/// A mass of drug in 24 h, held as a whole number of femtograms per day.
///
/// The controller knows flow rates only; a daily dose becomes one when a program is activated.
public struct DailyDose: Equatable, Hashable, Comparable, Sendable {
  /// What is given in 24 h.
  public let mass: Mass

  public init(mass: Mass) {
    self.mass = mass
  }

  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.mass < rhs.mass
  }

  /// What a flow rate gives of a drug in 24 h, exactly.
  ///
  /// - Returns: nothing where the product overflows.
  public static func given(by rate: FlowRate, at concentration: Concentration) -> DailyDose? {
    let (femtograms, overflow) = rate.nanolitresPerDay.multipliedReportingOverflow(
      by: concentration.nanogramsPerMillilitre
    )
    return overflow ? nil : DailyDose(mass: Mass(femtograms: femtograms))
  }
}
#endif
