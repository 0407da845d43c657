/// What a run shows: series by time, at places and in the body, and their sums.
public struct ModelResult: Sendable {
  /// The greatest value of a series over the times of output, and its first time, h.
  public struct Peak: Equatable, Sendable {
    public let value: Double
    public let time: Double

    init(of series: [Double], at times: [Double]) {
      var best = 0
      for index in series.indices where series[index] > series[best] { best = index }
      value = series[best]
      time = times[best]
    }
  }

  /// h.
  public private(set) var times: [Double] = []
  /// By place, then by time; ug/mL.
  public private(set) var fluid: [[Double]]
  public private(set) var tissue: [[Double]]
  public private(set) var effect: [[Double]]
  /// By time; ug/mL.
  public private(set) var cisterna: [Double] = []
  public private(set) var cranial: [Double] = []
  public private(set) var plasma: [Double] = []
  /// By window, then by time: the mean at the effect site, ug/mL, and the effect, 0 to 1.
  public private(set) var windowConcentration: [[Double]]
  public private(set) var windowEffect: [[Double]]
  /// By place: the exact integral over all time, h ug/mL.
  public private(set) var fluidIntegral: [Double] = []
  public private(set) var cisternaIntegral = 0.0
  public private(set) var cranialIntegral = 0.0
  public private(set) var plasmaIntegral = 0.0
  public private(set) var tip: [TipSegment] = []
  public private(set) var massBalance = MassBalance()
  /// The lowest value of the fluid after any step, and the greatest.
  public private(set) var extremes = (lowest: 0.0, greatest: 0.0)
  /// How much work it was.
  public private(set) var steps = 0
  public private(set) var factorizations = 0

  /// Runs a case.
  ///
  /// - Parameters:
  ///   - input: the case; checked before.
  ///   - observe: sees the run at each time of output.
  public init(of input: ModelCase, observe: (borrowing Simulation) -> Void = { _ in }) {
    fluid = input.places.map { _ in [] }
    tissue = fluid
    effect = fluid
    windowConcentration = input.windows.map { _ in [] }
    windowEffect = windowConcentration
    var run = Simulation(input)
    let places = input.places.map { run.grid.sampling(at: $0) }
    let windows = input.windows.map { run.grid.mean(over: $0) }
    for time in input.outputTimes {
      run.advance(to: time)
      take(run, places: places, windows: windows)
      observe(run)
    }
    run.advance(to: input.end)
    finish(run)
  }

  private mutating func take(
    _ run: borrowing Simulation,
    places: [LinearReading],
    windows: [LinearReading]
  ) {
    times.append(run.time)
    for (index, place) in places.enumerated() {
      fluid[index].append(place.value(of: run.state.fluid))
      tissue[index].append(place.value(of: run.state.tissue))
      effect[index].append(place.value(of: run.state.effect))
    }
    cisterna.append(run.cisterna)
    cranial.append(run.cranial)
    plasma.append(run.state.blood)
    for (index, window) in windows.enumerated() {
      let concentration = window.value(of: run.state.effect)
      windowConcentration[index].append(concentration)
      windowEffect[index].append(run.input.drug.effect(at: concentration))
    }
  }

  private mutating func finish(_ run: borrowing Simulation) {
    let integrals = run.fluidIntegrals
    fluidIntegral = Array(integrals.dropLast(2))
    cisternaIntegral = integrals[integrals.count - 2]
    cranialIntegral = integrals[integrals.count - 1]
    plasmaIntegral = run.state.bloodIntegral
    tip = run.tip
    massBalance = run.massBalance
    extremes = run.extremes
    steps = run.steps
    factorizations = run.factorizations
  }

  public func peak(of series: [Double]) -> Peak { Peak(of: series, at: times) }
}
