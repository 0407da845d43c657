import PatientModel
import Pharmacology
import Quantities
import Testing

@testable import Demonstration

/// The patient model as the body behind a demonstration's pump.
struct DemoBodyTests {
  /// The model itself, given every quarter's dose, in thousandths of what the usual dose keeps up.
  private static func direct(
    _ drug: Pharmacology.Drug,
    tip: Double,
    doses: [Double]
  ) -> [Double] {
    func felt(_ doses: [Double]) -> [Double] {
      var model = ModelCase(
        drug: drug,
        catheter: Catheter(tip: tip, deadVolume: 0),
        flow: [FlowSegment(start: 0, end: Double(doses.count) * 6, flow: 0.01)],
        reservoir: StepTable(
          doses.enumerated().map { StepTable.Step(time: Double($0.offset) * 6, value: $0.element) }
        ),
        end: Double(doses.count) * 6,
        outputEvery: 6,
        places: [],
        windows: [SpinalWindow(from: 18, to: 30)]
      )
      model.cells = 120
      return ModelResult(of: model).windowConcentration[0]
    }
    let usual = felt([Double](repeating: 100, count: 120)).last ?? 0
    return felt(doses).map { $0 / usual * 1_000 }
  }

  @Test(arguments: DemoResponseTests.linked)
  func `the sum over quarters is the model's own run of the same doses`(patient: String) throws {
    let response = try DemoResponseTests.response(patient)
    let (_, patients) = try Demonstration.patients()
    let found = try #require(patients.first { $0.id == patient })
    // Usual for three weeks, then less, none, far more, and none again.
    let percents: [Int64] = [90, 70, 0, 0, 0, 350, 100, 100, 120, 0, 0, 0, 0, 0, 0, 0, 30]
    let before = [Int64](repeating: 100, count: 84)
    let run = Self.direct(
      response.usual.drug.parameters,
      tip: try DemoResponseTests.place(found),
      doses: (before + percents).map(Double.init)
    )
    let quarter = response.usual.dose.mass.femtograms / 4
    let dose = DemoDose(
      Dictionary(
        uniqueKeysWithValues: percents.enumerated().map { (Int64($0), quarter / 100 * $1) }
      ),
      usual: response.usual.dose
    )
    for end in 0...percents.count {
      let effect = Double(dose.effect(after: Int64(end), in: response.body))
      #expect((effect - run[84 + end]).magnitude <= 1, "\(patient), quarter \(end)")
    }
  }

  @Test func `what lies before the look-back is not felt`() {
    for defaults in DrugDefaults.all {
      let doses = [100.0] + [Double](repeating: 0, count: 4 * DemoBody.reach)
      let felt = Self.direct(defaults.drug, tip: 26, doses: doses).dropFirst()
      let rest = felt.dropFirst(DemoBody.reach).reduce(0, +)
      #expect(rest <= 1e-6 * felt.reduce(0, +), "\(defaults.drug.name)")
      let shares = DemoBody(defaults.drug, tip: 26).shares
      #expect(shares.count == DemoBody.reach)
      #expect((shares.reduce(0, +) - 1).magnitude < 1e-12)
    }
  }
}
