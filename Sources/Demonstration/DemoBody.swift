import Pharmacology

/// The body behind the tip of a demonstration's pump: the patient model, from the doses of quarters of a
/// day to the effect site (`docs/model.md`).
///
/// The model is linear, so what the doses of several quarters bring to the effect site adds up: one run
/// tells how the dose of one quarter is felt at the end of it and of each quarter after it, and every
/// report is a sum over that. The run is made once, when the demonstration opens.
struct DemoBody: Equatable, Sendable {
  /// So many quarters are looked back at, 14 d; of what lies before, less than a millionth is felt.
  static let reach = 56
  /// Where the effect is averaged, cm from S2: the model's own standard, T8 to L1/2.
  static let window = SpinalWindow(from: 18, to: 30)

  /// Of the concentration that the same dose in every quarter keeps up: what the last quarter brought,
  /// the one before it, and so on; 1 in all.
  let shares: [Double]

  /// - Parameters:
  ///   - drug: its numbers in the model.
  ///   - tip: of the catheter, cm from S2 in the default adult's canal.
  init(_ drug: Pharmacology.Drug, tip: Double) {
    let hours = 6.0
    let end = Double(Self.reach) * hours
    // The doses are those at the tip, so no catheter lies before it; the flow is a usual one of a pump
    // and stays the same, the drug in it ends with the quarter.
    var model = ModelCase(
      drug: drug,
      catheter: Catheter(tip: tip, deadVolume: 0),
      flow: [FlowSegment(start: 0, end: end, flow: 0.01)],
      reservoir: StepTable([
        StepTable.Step(time: 0, value: 1_000), StepTable.Step(time: hours, value: 0),
      ]),
      end: end,
      outputEvery: hours,
      places: [],
      windows: [Self.window]
    )
    model.cells = 120
    let felt = ModelResult(of: model).windowConcentration[0].dropFirst()
    let whole = felt.reduce(0, +)
    shares = felt.map { $0 / whole }
  }
}
