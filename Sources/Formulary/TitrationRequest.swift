import JSONText
import PumpScenario
import Quantities

/// What a schedule is asked: from a dose, or a screening result, to a target.
struct TitrationRequest {
  let drug: Drug
  let indication: DrugIndication
  let setting: TitrationSetting
  /// The dose to begin with; nothing where the screening found no candidate.
  let current: DailyDose?
  let target: DailyDose
  /// When the present dose began or will begin.
  let start: PlanDate
  /// A longer wait between steps than the rules ask for.
  let every: TimeSpan?
  /// A smaller or larger step than the rules' largest, %.
  let stepPercent: Rational?
  let concentration: Concentration?
  let pump: PlanPump?
  let oral: (drug: String?, dose: DailyDose)?
  /// What every step tells `titrate` about the patient.
  private let patient: [JSONMember]
  /// What the screening calculator had to say.
  let screening: PlanResult?

  init(_ request: PlanRequest) throws(PlanError) {
    let object = try request.object([
      "drug", "indication", "origin", "age", "current", "screening", "target", "start",
      "setting", "every", "stepPercent", "concentration", "pump", "oral",
    ])
    let drugField = try object.required("drug", "the name of a drug")
    drug = try drugField.drug(in: .standard)
    let words = drug.indications.map { ($0.rawValue, $0) }
    indication = try object.required("indication", "an indication").word(words)
    setting = try DrugFactReader.word(
      try object.required("setting", "\"clinic\", \"refill\" or \"remote\"")
    )
    target = try object.quantity("target", in: ScenarioRange.mass)
    start = try object.required("start", PlanDate.expectation).date()
    every = try object.optionalQuantity("every", in: ScenarioRange.someTime)
    if let field = object.optional("stepPercent") {
      let percent = try field.decimal()
      guard percent > .zero, percent <= Rational(100) else {
        throw field.fault(
          given: field.cursor.value.kindName,
          expected: "a percentage over 0 and up to 100"
        )
      }
      stepPercent = percent
    } else {
      stepPercent = nil
    }
    concentration = try object.optionalQuantity(
      "concentration",
      in: ScenarioRange.someConcentration
    )
    pump = try Self.pump(object, hasConcentration: concentration != nil)
    oral = try Self.oral(object)
    let names = ["drug", "indication", "origin", "age", "setting"]
    patient = object.all.filter { names.contains($0.name) }
      .map { JSONMember(name: $0.name, value: $0.field.cursor.value) }
    (current, screening) = try Self.begin(object, drugField.cursor.value)
    // Whatever `titrate` would say of the patient is said before the first step.
    let dose = current ?? DailyDose(storedUnits: 1)
    _ = try TitrateRequest(step(from: dose, since: start, to: dose, at: start))
  }

  private static func pump(
    _ object: ScenarioObject,
    hasConcentration: Bool
  ) throws(PlanError) -> PlanPump? {
    guard let field = object.optional("pump") else { return nil }
    guard hasConcentration else {
      throw field.fault(given: "a pump", expected: "a \"concentration\" with it, to know the rates")
    }
    return try PlanPump(field)
  }

  private static func oral(
    _ object: ScenarioObject
  ) throws(PlanError) -> (drug: String?, dose: DailyDose)? {
    guard let field = object.optional("oral") else { return nil }
    let oral = try field.object(["drug", "dose"])
    let name = try oral.optional("drug").map { field throws(PlanError) in try field.drugName() }
    return (name, try oral.quantity("dose", in: ScenarioRange.someMass))
  }

  /// The first dose: as given, or what the screening calculator starts with.
  private static func begin(
    _ object: ScenarioObject,
    _ drug: JSONValue
  ) throws(PlanError) -> (DailyDose?, PlanResult?) {
    guard let field = object.optional("screening") else {
      return (try object.quantity("current", in: ScenarioRange.someMass), nil)
    }
    if let current = object.optional("current") {
      throw current.fault(given: "both \"current\" and \"screening\"", expected: "one of them")
    }
    let given = try field.object(["step", "effect", "effectHours"])
    let members = given.all.map { JSONMember(name: $0.name, value: $0.field.cursor.value) }
    let request = PlanRequest(root: .object([JSONMember(name: "drug", value: drug)] + members))
    let result: PlanResult
    do {
      result = try ScreenPlan.plan(request)
    } catch {
      // Its paths begin at the screening.
      let isDrug = error.path.hasPrefix("$.drug")
      let path = isDrug ? error.path : field.path + error.path.dropFirst()
      throw PlanError(path: path, message: error.message)
    }
    guard case .quantity(let start)? = result["start"] else { return (nil, result) }
    return (DailyDose(storedUnits: start.storedUnits), result)
  }

  /// The request that `titrate` gets for one step.
  func step(
    from dose: DailyDose,
    since: PlanDate,
    to next: DailyDose,
    at date: PlanDate
  ) -> PlanRequest {
    PlanRequest(
      root: .object(
        patient + [
          JSONMember(name: "current", value: .string(dose.text)),
          JSONMember(name: "proposed", value: .string(next.text)),
          JSONMember(name: "lastChange", value: .string(since.text)),
          JSONMember(name: "now", value: .string(date.text)),
        ]
      )
    )
  }
}
