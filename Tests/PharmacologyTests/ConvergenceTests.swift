import Pharmacology
import Testing

/// The numbers of the method: order in space, exactness in time, mass, signs.
struct ConvergenceTests {
  static func sample(cells: Int) -> ModelCase {
    let boluses = [0.0, 7.3, 14.1].map {
      PumpSchedule.Bolus(time: $0, volume: 0.1, duration: 0.2)
    }
    let schedule = PumpSchedule(base: StepTable(constant: 0.004), boluses: boluses)
    var input = ModelCase(
      drug: DrugDefaults.all[3].drug,
      catheter: Catheter(tip: 26, tipSpread: 1, deadVolume: 0.1, initialConcentration: 0),
      flow: schedule.flow(until: 24),
      reservoir: StepTable(constant: 500),
      end: 24,
      outputEvery: 1,
      places: [7.5, 26, 45],
      windows: [SpinalWindow(from: 18, to: 30)]
    )
    input.oral = [ModelCase.OralDose(time: 3, dose: 5_000)]
    input.cells = cells
    return input
  }

  @Test func `the error falls by four when cells are halved`() {
    let runs = [240, 480, 960].map { ModelResult(of: Self.sample(cells: $0)) }
    for place in 0..<3 {
      func change(_ coarse: Int, _ fine: Int) -> Double {
        zip(runs[coarse].fluid[place], runs[fine].fluid[place])
          .map { ($0 - $1).magnitude }.max() ?? 0
      }
      let ratio = change(0, 1) / change(1, 2)
      #expect(ratio > 3.5 && ratio < 4.5, "place \(place): \(ratio)")
    }
  }

  @Test func `a step of any length is the same as many short ones, to 1e-11`() {
    var long = Simulation(Self.sample(cells: 120))
    var short = Simulation(Self.sample(cells: 120))
    long.advance(to: 24)
    for step in 1...480 { short.advance(to: Double(step) / 20) }
    #expect(short.steps > 20 * long.steps)
    let greatest = long.state.fluid.max() ?? 0
    for (one, other) in zip(long.state.fluid, short.state.fluid) {
      #expect((one - other).magnitude <= 1e-11 * greatest)
    }
    for (one, other) in zip(long.state.effect, short.state.effect) {
      #expect((one - other).magnitude <= 1e-11 * greatest)
    }
    let balance = (long.massBalance, short.massBalance)
    #expect((balance.0.eliminated - balance.1.eliminated).magnitude <= 1e-10 * balance.0.given)
    for (one, other) in zip(long.fluidIntegrals, short.fluidIntegrals) {
      #expect((one - other).magnitude <= 1e-10 * one.magnitude)
    }
  }

  @Test(arguments: [120, 480, 1_920])
  func `mass is conserved to 1e-9 and nothing falls below −1e-9 of the greatest`(cells: Int) {
    let result = ModelResult(of: Self.sample(cells: cells))
    #expect(result.massBalance.relativeError <= 1e-9)
    #expect(result.extremes.lowest >= -1e-9 * result.extremes.greatest)
    #expect(result.extremes.greatest > 0)
  }

  @Test func `fast flow through wide cells is limited, so that no value falls below 0`() {
    var input = Self.sample(cells: 120)
    input.geometry.lumbarDispersion = 0.01
    input.geometry.cervicalDispersion = 0.01
    let boluses = [PumpSchedule.Bolus(time: 0, volume: 5, duration: 0.1)]
    input.flow = PumpSchedule(base: StepTable(constant: 0.5), boluses: boluses).flow(until: 24)
    let result = ModelResult(of: input)
    #expect(result.massBalance.relativeError <= 1e-9)
    #expect(result.extremes.lowest >= -1e-9 * result.extremes.greatest)
  }

  @Test(arguments: [10.0, -10.0])
  func `no exchange between two members falls below 0, however fast the flow`(flow: Double) {
    var system = TransportSystem(count: 2)
    system.connect(0, flow: flow, conductance: 1, volumes: (1, 1))
    #expect(system.upper[0] >= 0)
    #expect(system.lower[1] >= 0)
    // What one loses the other gains.
    #expect(system.diagonal[0] + system.lower[1] == 0)
    #expect(system.diagonal[1] + system.upper[0] == 0)
  }

  @Test func `factored steps are used again`() {
    let result = ModelResult(of: Self.sample(cells: 120))
    #expect(result.steps > result.factorizations)
    #expect(result.factorizations < 20)
  }

  @Test func `a cell's volume is the exact integral of the table`() {
    for count in [120, 130, 480] {
      let grid = SpinalGrid(
        geometry: SpinalGeometry(),
        catheter: Catheter(tip: 26, deadVolume: 0),
        count: count
      )
      #expect((grid.fluid.reduce(0, +) - 97.3).magnitude < 1e-10)
      #expect((grid.tissue.reduce(0, +) - 26.5).magnitude < 0.1)
    }
  }
}
