/// The spinal canal and what its fluid does (docs/model.md, section "What it computes").
///
/// Lengths in cm, volumes in mL, flows in mL/h, dispersion in cm²/h. Place 0 is the caudal end of the
/// dural sac (S2), ``length`` is the foramen magnum. The defaults are an adult; where each comes from
/// stands in docs/model.md.
public struct SpinalGeometry: Equatable, Sendable {
  /// From S2 to the foramen magnum, cm.
  public var length = 60.0
  /// All fluid of the canal, mL: ``area`` is scaled so that its integral is this (Sass 2017).
  public var spinalVolume = 97.3
  /// The shape of the fluid's cross-section, cm² before scaling.
  public var area = PiecewiseLinear(
    x: [0, 4, 10, 18, 22, 30, 40, 48, 54, 60],
    y: [0.8, 1.8, 2.2, 2.3, 1.9, 1.3, 1.2, 1.4, 1.7, 2.2]
  )
  /// The cross-section of cord and roots, cm²; not scaled.
  public var tissueArea = PiecewiseLinear(
    x: [0, 10, 17, 19, 24, 30, 42, 50, 58, 60],
    y: [0.05, 0.2, 0.35, 0.45, 0.65, 0.42, 0.42, 0.75, 0.65, 0.65]
  )
  /// The surface of cord and roots for each cm of canal, cm.
  public var exchangePerimeter = 5.74
  /// At place 0, cm²/h; uncertain by more than ten times.
  public var lumbarDispersion = 30.0
  /// At the foramen magnum, cm²/h; uncertain by more than ten times.
  public var cervicalDispersion = 600.0
  public var dispersionExponent = 2.5
  /// Fluid made in the ventricles, mL/h.
  public var production = 21.0
  /// Fluid absorbed evenly along the canal, mL/h; less than what is produced.
  public var spinalAbsorption = 2.0
  public var cisternaVolume = 30.0
  public var cranialVolume = 150.0
  /// Fluid exchanged between cisterna and cranial space, mL/h.
  public var mixing = 30.0

  /// The default adult.
  public init() {}

  /// Dispersion at a place before it is scaled by time, cm²/h.
  public func dispersion(at place: Double) -> Double {
    lumbarDispersion + (cervicalDispersion - lumbarDispersion)
      * Elementary.power(place / length, dispersionExponent)
  }
}

/// A vertebral level and its place in the default canal.
public struct SpinalLevel: Equatable, Sendable {
  public let name: String
  /// From S2, cm.
  public let place: Double

  /// From S2 upwards, in a canal of 60 cm.
  public static let all: [SpinalLevel] = [
    SpinalLevel(name: "S2", place: 0), SpinalLevel(name: "L5/S1", place: 4),
    SpinalLevel(name: "L4/5", place: 7.5), SpinalLevel(name: "L3/4", place: 11),
    SpinalLevel(name: "L2/3", place: 14.5), SpinalLevel(name: "L1/2", place: 18),
    SpinalLevel(name: "T12", place: 21), SpinalLevel(name: "T10", place: 26),
    SpinalLevel(name: "T8", place: 30.5), SpinalLevel(name: "T6", place: 35),
    SpinalLevel(name: "T4", place: 39.5), SpinalLevel(name: "T2", place: 43.5),
    SpinalLevel(name: "C7", place: 47), SpinalLevel(name: "C5", place: 50.5),
    SpinalLevel(name: "C3", place: 54), SpinalLevel(name: "C1", place: 58.5),
    SpinalLevel(name: "FM", place: 60),
  ]
}
