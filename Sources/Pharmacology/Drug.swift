/// What a drug does in the model.
///
/// Rates in 1/h, clearances and flows in mL/h, volumes in mL, concentrations in ug/mL. Every number of
/// the built-in set carries its standing in ``DrugDefaults``.
public struct Drug: Equatable, Sendable {
  public var name: String
  /// Loss from spinal fluid to blood, `ke`.
  public var fluidLoss = 0.0
  /// Permeability of the surface of cord and roots, cm/h, `hT`.
  public var permeability = 0.0
  /// Tissue to fluid at rest, `Kp`.
  public var tissuePartition = 1.0
  /// Loss from tissue to blood, `kt`.
  public var tissueLoss = 0.0
  /// Fluid to plasma at rest, `Kcp`.
  public var fluidToPlasma = 0.0
  /// Tissue to plasma at rest, `Ktp`.
  public var tissueToPlasma = 0.0
  /// From the cranial space to blood, `CLcran`.
  public var cranialClearance = 0.0
  /// Blood, `Vc`.
  public var centralVolume = 1.0
  /// The rest of the body, `Vp`.
  public var peripheralVolume = 1.0
  /// Elimination from blood, `CL`.
  public var clearance = 0.0
  /// Between blood and the rest of the body, `Qp`.
  public var distribution = 0.0
  /// From gut to blood, `ka`.
  public var absorption = 1.0
  /// The share of an oral dose that reaches blood, `F`.
  public var bioavailability = 0.0
  /// From tissue to the effect site, `ke0`.
  public var effectRate = 1.0
  /// Of the effect site, at half of the greatest effect, `EC50`.
  public var halfEffect = 1.0
  /// Steepness of the effect, `gamma`.
  public var steepness = 1.0
  /// The greatest effect, 0 to 1, `Emax`.
  public var greatestEffect = 0.0

  /// A drug that goes nowhere, to be filled in.
  public init(name: String) {
    self.name = name
  }

  /// The effect at a concentration of the effect site, 0 to ``greatestEffect``.
  public func effect(at concentration: Double) -> Double {
    guard concentration > 0 else { return 0 }
    // As 1 / (1 + (EC50/C)^gamma), which neither over- nor underflows into a wrong value.
    let ratio = Elementary.power(halfEffect / concentration, steepness)
    return greatestEffect / (1 + ratio)
  }
}
