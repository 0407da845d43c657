/// One case of the model: a person, a drug, what is given, and what is to be shown.
///
/// Places in cm from S2, times in h, volumes in mL, concentrations in ug/mL.
public struct ModelCase: Sendable {
  /// A dose by mouth.
  public struct OralDose: Equatable, Sendable {
    public let time: Double
    /// ug.
    public let dose: Double

    public init(time: Double, dose: Double) {
      self.time = time
      self.dose = dose
    }
  }

  /// Drug that is in the canal at the start: a bell of a mass about a place, ug and cm.
  public struct InitialFluid: Equatable, Sendable {
    public let mass: Double
    public let mean: Double
    public let spread: Double

    public init(mass: Double, mean: Double, spread: Double) {
      self.mass = mass
      self.mean = mean
      self.spread = spread
    }
  }

  public var geometry: SpinalGeometry
  public var drug: Drug
  public var catheter: Catheter
  /// Of the pump, without gaps from 0 to ``end``.
  public var flow: [FlowSegment]
  /// The concentration in the reservoir by time.
  public var reservoir: StepTable
  public var oral: [OralDose] = []
  public var dispersionScale = StepTable(constant: 1)
  /// h.
  public var end: Double
  /// Outputs stand at its multiples up to ``end``, h.
  public var outputEvery: Double
  /// Where fluid, tissue and effect are shown.
  public var places: [Double]
  /// Where the effect is averaged.
  public var windows: [SpinalWindow]
  public var initialFluid: InitialFluid?
  /// Of the canal.
  public var cells = 480

  public init(
    geometry: SpinalGeometry = SpinalGeometry(),
    drug: Drug,
    catheter: Catheter,
    flow: [FlowSegment],
    reservoir: StepTable,
    end: Double,
    outputEvery: Double,
    places: [Double],
    windows: [SpinalWindow]
  ) {
    self.geometry = geometry
    self.drug = drug
    self.catheter = catheter
    self.flow = flow
    self.reservoir = reservoir
    self.end = end
    self.outputEvery = outputEvery
    self.places = places
    self.windows = windows
  }

  /// The times of output.
  public var outputTimes: [Double] {
    let count = Int((end / outputEvery * (1 + 1e-12)).rounded(.down))
    return (0...max(0, count)).map { min(end, Double($0) * outputEvery) }
  }
}
