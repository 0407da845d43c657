public import Quantities

/// Figures of this system that hold for every drug: the envelope of remote orders, and margins.
public struct DrugPolicy: Equatable, Sendable {
  /// Change of the planned 24 h dose in one remote order, %.
  public let remoteStep: DrugFact<Rational>
  /// In any 7 days, %.
  public let remoteWeek: DrugFact<Rational>
  public let betweenRemoteIncreases: DrugFact<TimeSpan>
  /// In which the patient can cancel an increase.
  public let remoteDelay: DrugFact<TimeSpan>
  /// How old the last session at the bedside may be.
  public let bedsideSession: DrugFact<TimeSpan>
  /// Room of the proposed limits above the plan, %.
  public let limitHeadroom: DrugFact<Rational>
  /// How long before empty the reservoir counts as low.
  public let daysLeft: DrugFact<TimeSpan>
  /// Where a low mark may lie.
  public let lowReservoirRange: DrugFact<ClosedRange<Volume>>
  /// A change by more asks twice (SR-044), %.
  public let secondConfirmation: DrugFact<Rational>
  /// Outside of it a rate is asked about.
  public let usualRate: DrugFact<ClosedRange<FlowRate>>
  /// Of the daily basal, %; outside of it a patient dose is asked about.
  public let usualPatientDose: DrugFact<ClosedRange<Rational>>
  /// Outside of it a lockout is asked about.
  public let usualLockout: DrugFact<ClosedRange<TimeSpan>>
  /// From a change by so much on, or back by as much, an entry is called a likely slip, %.
  public let doseManyTimes: DrugFact<Rational>
}
