import JSONText
public import PumpCore
public import PumpScenario
public import Quantities

/// One of two programs side by side: a pump, what it is filled with, and its program.
public struct CompareSide: Sendable {
  public let model: PumpModel
  /// From the reservoir to the catheter tip.
  public let fluidPath: Volume
  public let fill: FillText
  /// The numbers under which the pump knows the drugs of the fill.
  public let drugs: DrugList
  /// Whether the fluid path holds drug-free fluid, so that a prime is allowed.
  public let pathEmpty: Bool
  public let program: Program
  /// Why the pump would not take the program; nothing where it would.
  public let refusal: ProgramRefusal?
  let figures: CompareFigures

  /// Reads `pump`, `fill` and `program` as they stand in a scenario (contract: pump.md).
  ///
  /// A whole scenario is taken too. Of its other fields only `pathEmpty` counts, as a prime depends
  /// on it; what is in the others is not looked at. Any other name is refused.
  ///
  /// - Parameter bytes: UTF-8 JSON.
  /// - Throws: the first fault, with its path.
  public init(bytes: [UInt8]) throws(PlanError) {
    let scenario = try Scenario(bytes: try Self.scenario(bytes))
    let mixture = scenario.fill.mixture(drugs: scenario.drugs)
    let resolved = try scenario.program.resolve(mixture: mixture, drugs: scenario.drugs)
    guard
      let path = scenario.model.fluidPath(catheter: scenario.catheterLength),
      let pump = Controller(
        model: scenario.model,
        catheter: scenario.catheterLength,
        local: scenario.localStart,
        fill: scenario.fill.volume,
        mixture: mixture,
        pathEmpty: scenario.pathEmpty
      )
    else {
      let most = scenario.model.capacity.text
      throw PlanError(
        path: "$.fill.volume",
        given: scenario.fill.volume.text,
        expected: "at most \(most)"
      )
    }
    model = scenario.model
    fluidPath = path
    fill = scenario.fill
    drugs = scenario.drugs
    pathEmpty = scenario.pathEmpty
    program = resolved.program
    refusal = Self.refusal(of: resolved.program, by: pump)
    figures = try CompareFigures(of: resolved.program, scenario.model, fill: scenario.fill.volume)
  }

  /// What the real pump says to the program (SR-013).
  private static func refusal(of program: Program, by pump: Controller) -> ProgramRefusal? {
    do throws(ProgramRefusal) {
      try pump.check(program)
      return nil
    } catch {
      return error
    }
  }

  /// The file as a scenario in which nothing happens, so that one reader reads both.
  private static func scenario(_ bytes: [UInt8]) throws(PlanError) -> [UInt8] {
    let object = try PlanRequest(bytes: bytes).object([
      "pump", "fill", "program", "pathEmpty", "clock", "events", "until", "sampleEvery",
    ])
    let counts = ["pump", "fill", "program", "pathEmpty"]
    var members = object.all.filter { counts.contains($0.name) }
      .map { JSONMember(name: $0.name, value: $0.field.cursor.value) }
    let start = JSONMember(name: "localStart", value: .string("2000-01-01T00:00:00"))
    members += [
      JSONMember(name: "clock", value: .object([start])),
      JSONMember(name: "until", value: .string("1 d")),
      JSONMember(name: "sampleEvery", value: .string("1 d")),
    ]
    var writer = JSONWriter()
    writer.value(.object(members))
    return writer.bytes
  }

  /// The drugs of the fill, in its order.
  var drugNames: [String] { fill.drugs.map(\.name) }

  /// How much of a drug is in the fill; nothing where it is not in it.
  func concentration(of drug: String) -> Concentration? {
    fill.drugs.first { $0.name.utf8.elementsEqual(drug.utf8) }?.concentration
  }

  /// What a volume holds of a drug, fg; none where the drug is not in the fill.
  func mass(of drug: String, in volume: Rational) throws(PlanError) -> Rational {
    guard let concentration = concentration(of: drug) else { return .zero }
    return try volume * concentration.exact
  }

  /// The fill in words, as in `baclofen 2 mg/mL`.
  var mixtureText: String {
    let words = fill.drugs.map { "\($0.name) \($0.concentration.text)" }
    return words.isEmpty ? "drug-free fluid" : words.joined(separator: " + ")
  }

  /// The drugs and concentrations, whatever their order.
  func hasMixture(of other: CompareSide) -> Bool {
    fill.drugs.count == other.fill.drugs.count
      && fill.drugs.allSatisfy { other.concentration(of: $0.name) == $0.concentration }
  }
}
