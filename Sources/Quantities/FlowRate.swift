/// A rate of flow, held as a whole number of nanolitres per day.
public struct FlowRate: Equatable, Hashable, Comparable, Sendable {
  public let nanolitresPerDay: Int64

  @inlinable
  public init(nanolitresPerDay: Int64) {
    self.nanolitresPerDay = nanolitresPerDay
  }

  public static let zero = FlowRate(nanolitresPerDay: 0)

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.nanolitresPerDay < rhs.nanolitresPerDay
  }

  @inlinable
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(nanolitresPerDay: lhs.nanolitresPerDay + rhs.nanolitresPerDay)
  }

  /// The rate that gives a daily dose at a concentration, rounded half to even to the nL/d.
  ///
  /// - Parameters:
  ///   - dailyDose: the mass to be given in 24 h.
  ///   - concentration: of the drug in the reservoir.
  /// - Returns: nothing where the concentration is not positive or the rate overflows.
  public static func giving(dailyDose: Mass, at concentration: Concentration) -> FlowRate? {
    concentration.volume(holding: dailyDose).map { FlowRate(nanolitresPerDay: $0.nanolitres) }
  }
}
