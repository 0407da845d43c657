public import Quantities

/// The constants of one model of pump and the catheter that is implanted with it.
public struct PumpModel: Equatable, Sendable {
  /// What one stroke of the actuator moves.
  public let strokeVolume: Volume
  /// What the reservoir holds at most.
  public let capacity: Volume
  /// The lowest rate, other than none, that the model can hold.
  public let minimumRate: FlowRate
  /// The highest rate that the model can hold; also the ceiling of every bolus.
  public let maximumRate: FlowRate
  /// The tubing inside the pump, from the reservoir to the catheter connector.
  public let tubing: Volume
  /// What the catheter holds along its length.
  public let catheterVolume: LinearVolume

  public init(
    strokeVolume: Volume,
    capacity: Volume,
    minimumRate: FlowRate,
    maximumRate: FlowRate,
    tubing: Volume,
    catheterVolume: LinearVolume
  ) {
    self.strokeVolume = strokeVolume
    self.capacity = capacity
    self.minimumRate = minimumRate
    self.maximumRate = maximumRate
    self.tubing = tubing
    self.catheterVolume = catheterVolume
  }

  /// The fluid path with a catheter of an implanted length: tubing + catheter, half to even.
  ///
  /// - Returns: nothing where it overflows.
  public func fluidPath(catheter length: Length) -> Volume? {
    guard let catheter = catheterVolume.volume(of: length) else { return nil }
    let (sum, overflow) = tubing.nanolitres.addingReportingOverflow(catheter.nanolitres)
    return overflow ? nil : Volume(nanolitres: sum)
  }
}
