import Foundation
import Pharmacology
import Testing

/// The closed forms of the golden file, met by the same code that runs a case.
struct AnalyticTests {
  /// A canal of one cross-section and one dispersion, without tissue.
  static func tube(length: Double, area: Double, dispersion: Double) -> SpinalGeometry {
    var geometry = SpinalGeometry()
    geometry.length = length
    geometry.spinalVolume = area * length
    geometry.area = PiecewiseLinear(x: [0, length], y: [1, 1])
    geometry.tissueArea = PiecewiseLinear(x: [0, length], y: [1, 1])
    geometry.lumbarDispersion = dispersion
    geometry.cervicalDispersion = dispersion
    geometry.exchangePerimeter = 0
    geometry.production = 0
    geometry.spinalAbsorption = 0
    geometry.mixing = 0
    return geometry
  }

  static func drug(loss: Double = 0) -> Drug {
    var drug = Drug(name: "tracer")
    drug.fluidLoss = loss
    return drug
  }

  static func close(_ own: [Double], _ golden: [Double], ofGreatest tolerance: Double) -> Bool {
    let greatest = golden.map(\.magnitude).max() ?? 0
    return own.count == golden.count
      && zip(own, golden).allSatisfy { ($0 - $1).magnitude <= tolerance * greatest }
  }

  struct Golden: Decodable {
    struct Item: Decodable {
      struct Parameters: Decodable {
        let M: Double?
        let A: Double?
        let D: Double?
        let k: Double?
        let u: Double?
        let x0: Double?
        let s0: Double?
        let L: Double?
        let R: Double?
        let xt: Double?
        let s: Double?
      }

      let id: String
      let params: Parameters
      let x: [Double]?
    }

    let analytic: [Item]
  }

  @Test(arguments: [
    (name: "PA1", mass: 100.0, area: 1.5, spread: 30.0, loss: 0.0, drift: 0.0, mean: 60.0, sd: 1.0),
    (
      name: "PA2", mass: 250.0, area: 2.0, spread: 20.0, loss: 0.15, drift: 3.0, mean: 50.0, sd: 1.5
    ),
  ])
  func `a bell of drug spreads, drifts and decays as it should`(
    item: (
      name: String, mass: Double, area: Double, spread: Double, loss: Double, drift: Double,
      mean: Double, sd: Double
    )
  ) {
    let isFirst = item.name == "PA1"
    let length = isFirst ? 120.0 : 150.0
    let times = isFirst ? [0.5, 1, 4] : [0.5, 2, 5]
    let places = isFirst ? [40.0, 50, 55, 60, 65, 75] : [45.0, 50, 55, 60, 70]
    let geometry = Self.tube(length: length, area: item.area, dispersion: item.spread)
    // A pump at the very end of the tube makes the drift; it brings no drug.
    let catheter = Catheter(tip: 0, tipSpread: 0.01, deadVolume: 0)
    var input = ModelCase(
      geometry: geometry,
      drug: Self.drug(loss: item.loss),
      catheter: catheter,
      flow: [FlowSegment(start: 0, end: 5, flow: item.drift * item.area)],
      reservoir: StepTable(constant: 0),
      end: 5,
      outputEvery: 0.5,
      places: places,
      windows: []
    )
    input.initialFluid = ModelCase.InitialFluid(mass: item.mass, mean: item.mean, spread: item.sd)
    input.cells = 600
    let result = ModelResult(of: input)
    for time in times {
      guard let index = result.times.firstIndex(of: time) else {
        Issue.record("\(time) h is an output")
        continue
      }
      let variance = item.sd * item.sd + 2 * item.spread * time
      let golden = places.map { place in
        let away = place - item.mean - item.drift * time
        return item.mass / item.area / (2 * Double.pi * variance).squareRoot()
          * Foundation.exp(-away * away / 2 / variance - item.loss * time)
      }
      #expect(Self.close(result.fluid.map { $0[index] }, golden, ofGreatest: 1e-3), "\(time) h")
    }
  }

  @Test func `the closed form of the bells is the golden file's`() {
    let variance = 1.0 + 2 * 30 * 0.5
    let peak = 100 / 1.5 / (2 * Double.pi * variance).squareRoot()
    #expect((peak - 4.77680991752).magnitude < 1e-10)
  }

  @Test func `a steady infusion falls off by its length constant (PA3)`() {
    let geometry = {
      var geometry = Self.tube(length: 60, area: 1.6, dispersion: 30)
      // Nothing passes the upper end: behind it stands next to nothing.
      geometry.cisternaVolume = 1e-7
      return geometry
    }()
    let flow = 1e-7
    var input = ModelCase(
      geometry: geometry,
      drug: Self.drug(loss: 0.3),
      catheter: Catheter(tip: 26, tipSpread: 0.5, deadVolume: 0),
      flow: [FlowSegment(start: 0, end: 240, flow: flow)],
      reservoir: StepTable(constant: 16.6667 / flow),
      end: 240,
      outputEvery: 240,
      places: [0, 10, 20, 32, 40, 60],
      windows: []
    )
    input.cells = 480
    let result = ModelResult(of: input)
    let golden = [
      0.258506639262, 0.398896589017, 0.972552564349, 0.96280749343, 0.438917897228,
      0.116665355358,
    ]
    for (own, value) in zip(result.fluid.map { $0[1] }, golden) {
      #expect((own - value).magnitude <= 1e-3 * value, "\(own) for \(value)")
    }
  }

  @Test func `a front enters a stream as Ogata and Banks have it (PA4)`() {
    // A chain of its own: 1,200 cells of a tube of 120 cm, the inlet held at 10.
    let cells = 1_200
    let spacing = 120.0 / Double(cells)
    var system = TransportSystem(count: cells)
    for cell in 0..<(cells - 1) {
      system.connect(
        cell,
        flow: 6,
        conductance: 4 / spacing,
        volumes: (spacing, spacing)
      )
    }
    // The inlet: half a cell of dispersion from the held value, and the stream with it.
    let inlet = 2 * 4 / spacing
    system.diagonal[0] -= inlet / spacing
    system.diagonal[cells - 1] -= 6 / spacing
    let source = Propagator.Source(first: 0, rates: [10 * (inlet + 6) / spacing])
    let golden: [(Double, [Double])] = [
      (1, [9.68327805814, 5.89500575591, 0.234023284579, 0.000167700175273, 0]),
      (2, [9.99902058956, 9.96750142129, 9.19675187608, 5.53335071605, 0.0915962452487]),
      (3, [9.99999954366, 9.99997989673, 9.99873924932, 9.97036535028, 8.35237025807]),
    ]
    var state = ModelState(count: cells)
    var propagator = Propagator(count: cells)
    let grid = SpinalGrid(
      geometry: Self.tube(length: 120, area: 1, dispersion: 4),
      catheter: Catheter(tip: 0, deadVolume: 0),
      count: cells
    )
    for (length, values) in golden {
      propagator.advance(&state, in: system, by: length, source: source)
      let own = [2.0, 6, 12, 18, 30].map { grid.sampling(at: $0).value(of: state.fluid) }
      #expect(Self.close(own, values, ofGreatest: 2e-3), "\(own)")
    }
  }

  @Test func `three compartments are their matrix exponential (PA5)`() {
    var system = TransportSystem(count: 1)
    let (volume, tissue, exchange) = (97.3, 25.8, 34.4)
    system.diagonal[0] = -(0.1 + exchange / volume)
    system.fromTissue[0] = exchange / volume
    system.toTissue[0] = exchange / tissue
    system.tissueDiagonal[0] = -(exchange / tissue + 0.2)
    system.toBlood[0] = 0.1 * volume / 276_000
    system.tissueToBlood[0] = 0.2 * tissue / 276_000
    system.bloodDiagonal = -95_000 / 276_000
    let start = ModelState.single(fluid: 500 / volume)
    let golden: [(Double, [Double])] = [
      (0.25, [4.64994305539, 1.34685333397, 4.44917069725e-05]),
      (1, [3.83910299035, 2.87230018595, 0.000160615642599]),
      (4, [2.57310289917, 2.42470233402, 0.000352953654974]),
      (12, [0.984931495276, 0.929187050092, 0.00021618584218]),
      (24, [0.233330374227, 0.220124509548, 5.47867212015e-05]),
    ]
    for (time, values) in golden {
      var state = start
      var propagator = Propagator(count: 1)
      propagator.advance(&state, in: system, by: time)
      for (own, value) in zip([state.fluid[0], state.tissue[0], state.blood], values) {
        #expect((own - value).magnitude <= 1e-6 * value, "\(time) h: \(own) for \(value)")
      }
    }
  }

  @Test func `an oral dose comes and goes as one compartment has it (PA6)`() throws {
    var drug = Drug(name: "oral")
    drug.bioavailability = 0.74
    drug.absorption = 2
    drug.centralVolume = 43_700
    drug.clearance = 8_000
    var input = ModelCase(
      geometry: Self.tube(length: 60, area: 1, dispersion: 30),
      drug: drug,
      catheter: Catheter(tip: 26, deadVolume: 0),
      flow: [],
      reservoir: StepTable(constant: 0),
      end: 300,
      outputEvery: 0.5,
      places: [],
      windows: []
    )
    input.oral = [ModelCase.OralDose(time: 0, dose: 20_000)]
    input.cells = 120
    let result = ModelResult(of: input)
    let golden = [
      0.5: 0.203043919915, 1: 0.259979562621, 2: 0.251672741657, 4: 0.17912213499,
      8: 0.0861853226972, 24: 0.00460636293631,
    ]
    for (time, value) in golden {
      let index = try #require(result.times.firstIndex(of: time))
      #expect((result.plasma[index] - value).magnitude <= 1e-6 * value, "\(time) h")
    }
    #expect((result.plasmaIntegral - 1.85).magnitude <= 1e-6 * 1.85)
  }
}
