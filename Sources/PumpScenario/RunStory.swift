public import PumpCore
public import Quantities

/// A run together with what the pump was given: all that its summary and its picture tell.
public struct RunStory: Sendable {
  /// A drug in a fill.
  public struct Drug: Equatable, Sendable {
    public var name: String
    public var concentration: Concentration

    public init(name: String, concentration: Concentration) {
      self.name = name
      self.concentration = concentration
    }
  }

  /// A volume of a mixture that was put into the reservoir.
  public struct Fill: Sendable {
    public var time: PumpTime
    public var volume: Volume
    public var drugs: [Drug]

    public init(time: PumpTime, volume: Volume, drugs: [Drug]) {
      self.time = time
      self.volume = volume
      self.drugs = drugs
    }
  }

  /// A program that took effect.
  public struct Activation: Sendable {
    public var time: PumpTime
    public var program: Program

    public init(time: PumpTime, program: Program) {
      self.time = time
      self.program = program
    }
  }

  public var pump: PumpModel
  /// The implanted length at the start.
  public var catheter: Length
  public var pathEmpty: Bool
  public var localStart: LocalTime
  /// By time; the first is what the run began with.
  public var fills: [Fill]
  /// By time; the first is what the run began with.
  public var activations: [Activation]
  /// When the power was off.
  public var powerLosses: [Range<PumpTime>]
  public var run: PumpRun

  public init(
    pump: PumpModel,
    catheter: Length,
    pathEmpty: Bool,
    localStart: LocalTime,
    fills: [Fill],
    activations: [Activation],
    powerLosses: [Range<PumpTime>],
    run: PumpRun
  ) {
    self.pump = pump
    self.catheter = catheter
    self.pathEmpty = pathEmpty
    self.localStart = localStart
    self.fills = fills
    self.activations = activations
    self.powerLosses = powerLosses
    self.run = run
  }

  /// The instant of the last sample.
  public var end: PumpTime { run.samples.last?.time ?? .commissioning }

  /// Whole strokes that were demanded and not delivered; less than nothing where more were given.
  var lost: Volume {
    guard let last = run.samples.last else { return .zero }
    let stroke = max(1, pump.strokeVolume.nanolitres)
    return Volume(nanolitres: last.demand.nanolitres / stroke * stroke) - last.delivered
  }

  /// The drugs of the fill that was in the reservoir at an instant, after what was due then.
  func drugs(at time: PumpTime) -> [Drug] {
    (fills.last { $0.time <= time } ?? fills.first)?.drugs ?? []
  }

  /// The drugs of the fill that was in the reservoir before an instant.
  func drugs(before time: PumpTime) -> [Drug] {
    (fills.last { $0.time < time } ?? fills.first)?.drugs ?? []
  }
}
