/// A number of a drug, by the name that it has in files.
///
/// The order is that of the table of defaults.
public enum DrugParameter: Int, CaseIterable, Sendable {
  case ke, hT, kp, kt, kcp, ktp, clCran, vc, vp, cl, qp, ka, f, ke0, ec50, gamma, emax

  /// The name in files.
  public var name: String {
    switch self {
    case .ke: "ke"
    case .hT: "hT"
    case .kp: "Kp"
    case .kt: "kt"
    case .kcp: "Kcp"
    case .ktp: "Ktp"
    case .clCran: "CLcran"
    case .vc: "Vc"
    case .vp: "Vp"
    case .cl: "CL"
    case .qp: "Qp"
    case .ka: "ka"
    case .f: "F"
    case .ke0: "ke0"
    case .ec50: "EC50"
    case .gamma: "gamma"
    case .emax: "Emax"
    }
  }

  /// The unit, empty for a ratio.
  public var unit: String {
    switch self {
    case .ke, .kt, .ka, .ke0: "1/h"
    case .hT: "cm/h"
    case .clCran, .cl, .qp: "mL/h"
    case .vc, .vp: "mL"
    case .ec50: "ug/mL"
    case .kp, .kcp, .ktp, .f, .gamma, .emax: ""
    }
  }
}

extension Drug {
  /// A parameter by its name.
  public subscript(_ parameter: DrugParameter) -> Double {
    get {
      switch parameter {
      case .ke: fluidLoss
      case .hT: permeability
      case .kp: tissuePartition
      case .kt: tissueLoss
      case .kcp: fluidToPlasma
      case .ktp: tissueToPlasma
      case .clCran: cranialClearance
      case .vc: centralVolume
      case .vp: peripheralVolume
      case .cl: clearance
      case .qp: distribution
      case .ka: absorption
      case .f: bioavailability
      case .ke0: effectRate
      case .ec50: halfEffect
      case .gamma: steepness
      case .emax: greatestEffect
      }
    }
    set {
      switch parameter {
      case .ke: fluidLoss = newValue
      case .hT: permeability = newValue
      case .kp: tissuePartition = newValue
      case .kt: tissueLoss = newValue
      case .kcp: fluidToPlasma = newValue
      case .ktp: tissueToPlasma = newValue
      case .clCran: cranialClearance = newValue
      case .vc: centralVolume = newValue
      case .vp: peripheralVolume = newValue
      case .cl: clearance = newValue
      case .qp: distribution = newValue
      case .ka: absorption = newValue
      case .f: bioavailability = newValue
      case .ke0: effectRate = newValue
      case .ec50: halfEffect = newValue
      case .gamma: steepness = newValue
      case .emax: greatestEffect = newValue
      }
    }
  }
}
