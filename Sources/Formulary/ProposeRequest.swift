import JSONText
import PumpScenario
import Quantities

/// What `propose` is asked (contract: plan.md).
struct ProposeRequest {
  /// A drug of the mixture.
  struct Part {
    let drug: Drug
    let concentration: Concentration
  }

  /// The drug whose envelope is asked for; one of the mixture.
  let drug: Drug
  let parts: [Part]
  let indication: DrugIndication
  let basal: BasalFlow
  /// The highest rate that the basal runs at, its boluses included; nL/d, exact.
  let peak: Rational

  init(_ request: PlanRequest) throws(PlanError) {
    let object = try request.object(["drug", "mixture", "basal", "indication"])
    let drugField = try object.required("drug", "the name of a drug")
    let drug = try drugField.drug(in: .standard)
    let mixtureField = try object.required(
      "mixture",
      "an array of drugs with their concentrations"
    )
    let fill = try Self.fill(mixtureField)
    parts = try Self.parts(mixtureField)
    guard parts.contains(where: { $0.drug.name == drug.name }) else {
      throw drugField.fault(given: "\"\(drug.name)\"", expected: "a drug of the mixture")
    }
    self.drug = drug
    indication = try object.required("indication", "an indication")
      .word(drug.indications.map { ($0.rawValue, $0) })
    basal = try BasalFlow(object, fill: fill, pump: nil)
    guard basal.average > .zero else {
      throw try object.required("basal", BasalFlow.expectation)
        .fault(given: "a basal that gives nothing", expected: "a basal that gives drug")
    }
    peak = try Self.peak(object, basal, fill)
  }

  /// The mixture as a fill, so that doses become rates by the same rules as in a refill.
  private static func fill(_ field: ScenarioField) throws(PlanError) -> PlanFill {
    _ = try field.drugArray()
    let root = JSONValue.object([
      JSONMember(name: "volume", value: .string("1 mL")),
      JSONMember(name: "drugs", value: field.cursor.value),
    ])
    do {
      return try PlanFill(ScenarioField(cursor: JSONCursor(root: root)))
    } catch {
      // Its path begins with `$.drugs`.
      throw PlanError(path: field.path + error.path.dropFirst(7), message: error.message)
    }
  }

  private static func parts(_ field: ScenarioField) throws(PlanError) -> [Part] {
    var parts: [Part] = []
    for field in try field.array() {
      let object = try field.object(["drug", "concentration"])
      parts.append(
        Part(
          drug: try object.required("drug", "the name of a drug").drug(in: .standard),
          concentration: try object.quantity("concentration", in: ScenarioRange.someConcentration)
        )
      )
    }
    return parts
  }

  private static func peak(
    _ object: ScenarioObject,
    _ basal: BasalFlow,
    _ fill: PlanFill
  ) throws(PlanError) -> Rational {
    let background = basal.rates.max() ?? .zero
    let field = try object.required("basal", BasalFlow.expectation)
    guard case .object = field.cursor.value,
      case .periodic(let dose, let over, _, _) = try ProgramReader.basal(field)
    else { return background }
    let day = Rational(TimeSpan.day.milliseconds, over: over.milliseconds)
    return try background + fill.volume(dose) * day
  }
}
