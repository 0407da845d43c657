/// One run of the model: a value that is moved from event to event.
///
/// Between events everything is linear with constant coefficients, so each stretch is one step of the
/// rational exponential, however long. Factored steps are kept and used again.
public struct Simulation: Sendable {
  /// The case that runs.
  public let input: ModelCase
  public let grid: SpinalGrid
  /// What leaves the tip, without gaps.
  public let tip: [TipSegment]
  public private(set) var state: ModelState
  /// h.
  public private(set) var time = 0.0
  /// How many steps were made, and how many of them had to be factored first.
  public private(set) var steps = 0
  public private(set) var factorizations = 0

  private var propagator: Propagator
  private var cache: FactorizationCache
  private var segment = 0
  private var oralNext = 0
  private let oral: [ModelCase.OralDose]
  private let initialMass: Double
  private var infused = 0.0
  private var oralGiven = 0.0
  /// Readings of the fluid whose integrals over time are kept.
  private var readings: [LinearReading]
  private var integrals: [Double]
  /// The lowest value of any state, and the greatest.
  public private(set) var extremes = (lowest: 0.0, greatest: 0.0)

  public init(_ input: ModelCase) {
    self.input = input
    grid = SpinalGrid(geometry: input.geometry, catheter: input.catheter, count: input.cells)
    tip = input.catheter.exit(of: input.flow, from: input.reservoir)
    let members = grid.count + 2
    state = ModelState(count: members)
    propagator = Propagator(count: members)
    cache = FactorizationCache(capacity: FactorizationCache.capacity(members: members))
    oral = input.oral.sorted { $0.time < $1.time }
    readings = input.places.map { [grid] in grid.sampling(at: $0) }
    readings.append(LinearReading(first: grid.count, weights: [1]))
    readings.append(LinearReading(first: grid.count + 1, weights: [1]))
    integrals = readings.map { _ in 0 }
    initialMass = input.initialFluid?.mass ?? 0
    if let bell = input.initialFluid { place(bell) }
  }

  /// Puts a bell of drug into the fluid, its mass in the canal whole.
  private mutating func place(_ bell: ModelCase.InitialFluid) {
    func below(_ place: Double) -> Double {
      Elementary.normalCDF((place - bell.mean) / bell.spread)
    }
    let whole = below(input.geometry.length) - below(0)
    for cell in 0..<grid.count {
      let start = Double(cell) * grid.spacing
      let share = (below(start + grid.spacing) - below(start)) / whole
      state.fluid[cell] = bell.mass * share / grid.fluid[cell]
    }
  }

  /// Goes on to an instant; oral doses of that very instant are not taken yet.
  public mutating func advance(to target: Double) {
    while time < target {
      takeOralDoses()
      while segment < tip.count, tip[segment].end <= time { segment += 1 }
      var next = target
      if segment < tip.count { next = min(next, tip[segment].end) }
      if oralNext < oral.count { next = min(next, oral[oralNext].time) }
      for step in input.dispersionScale.steps where step.time > time {
        next = min(next, step.time)
        break
      }
      // Where fluid moves faster than it mixes, the rates leave the negative real axis, on which the
      // exponential holds: such stretches are cut.
      let parts = (next - time) / longestStep
      guard parts > 1 else {
        step(to: next)
        continue
      }
      // Whoever reads a case refuses one of so many parts before it is run.
      let count = min(parts.rounded(.up), 1e9)
      let start = time
      for part in 1...Int(count) {
        step(to: part == Int(count) ? next : start + (next - start) * Double(part) / count)
      }
    }
  }

  private var longestStep: Double {
    grid.longestStep(
      flow: segment < tip.count && tip[segment].start <= time ? tip[segment].flow : 0,
      absorption: input.geometry.spinalAbsorption,
      scale: input.dispersionScale.value(at: time)
    )
  }

  private mutating func takeOralDoses() {
    while oralNext < oral.count, oral[oralNext].time <= time {
      state.gut += oral[oralNext].dose
      oralGiven += oral[oralNext].dose
      oralNext += 1
    }
  }

  private mutating func step(to next: Double) {
    let flowing = segment < tip.count && tip[segment].start <= time ? tip[segment] : nil
    let flow = flowing?.flow ?? 0
    let scale = input.dispersionScale.value(at: time)
    let length = next - time
    // Times of 1,000 h have a grain of 1e-13 h: steps that differ by it are one.
    let grain = 4 * max(1, input.end).ulp
    let factors = cache.find(flow: flow, scale: scale, length: length, grain: grain) {
      [grid, input] in
      TransportSystem(
        grid: grid,
        geometry: input.geometry,
        drug: input.drug,
        flow: flow,
        scale: scale
      )
    }
    propagator.step(&state, factors, source: source(of: flowing))
    if let flowing { infused += flowing.flow * flowing.concentration * length }
    for index in readings.indices {
      integrals[index] += propagator.integral(of: readings[index], length: length)
    }
    steps += 1
    factorizations = cache.made
    time = next
    // A dose in the fluid is at its steepest just after an event: that is when to look.
    for value in state.fluid {
      extremes.lowest = min(extremes.lowest, value)
      extremes.greatest = max(extremes.greatest, value)
    }
  }

  /// What a segment puts into each cell that its source reaches.
  private func source(of segment: TipSegment?) -> Propagator.Source? {
    guard let segment, segment.flow * segment.concentration > 0 else { return nil }
    // A source narrower than a cell still reaches both cells at its face.
    let reach = max(9 * input.catheter.tipSpread, grid.spacing)
    let tip = input.catheter.tip
    let first = max(0, Int(((tip - reach) / grid.spacing).rounded(.down)))
    let end = min(grid.count, Int(((tip + reach) / grid.spacing).rounded(.up)))
    let rate = segment.flow * segment.concentration
    var rates: [Double] = []
    for cell in first..<end { rates.append(rate * grid.source(cell) / grid.fluid[cell]) }
    return Propagator.Source(first: first, rates: rates)
  }

  // MARK: What it shows

  /// Of the fluid at the places, then of cisterna and cranial space: the integrals so far, h ug/mL.
  public var fluidIntegrals: [Double] { integrals }

  public var cisterna: Double { state.fluid[grid.count] }

  public var cranial: Double { state.fluid[grid.count + 1] }

  /// Where all drug is now.
  public var massBalance: MassBalance {
    var balance = MassBalance()
    let drug = input.drug
    for cell in 0..<grid.count {
      balance.fluid += grid.fluid[cell] * state.fluid[cell]
      balance.tissue += grid.tissue[cell] * state.tissue[cell]
    }
    balance.cranial =
      input.geometry.cisternaVolume * cisterna + input.geometry.cranialVolume * cranial
    balance.blood =
      drug.centralVolume * state.blood + drug.peripheralVolume * state.peripheral
    balance.gut = state.gut
    balance.eliminated = drug.clearance * state.bloodIntegral
    balance.presystemic = (1 - drug.bioavailability) * drug.absorption * state.gutIntegral
    balance.infused = infused
    balance.oral = oralGiven
    balance.initial = initialMass
    return balance
  }
}
