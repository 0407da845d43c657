import JSONText
import PumpScenario
import Quantities

/// Reads the rules of a drug: titration and screening.
enum DrugRuleReader {
  static func titration(_ field: ScenarioField) throws(PlanError) -> TitrationRule {
    let object = try field.object([
      "indications", "origin", "below", "settings", "standing", "increase", "decrease", "interval",
    ])
    let indications = try object.required("indications", "an array of indications")
    let settings: [TitrationSetting] =
      object.optional("settings") == nil
      ? [.clinic, .refill] : try DrugFactReader.words(object.optional("settings"))
    if settings.contains(.remote), let field = object.optional("settings") {
      throw field.fault(
        given: "\"remote\"",
        expected: "\"clinic\" or \"refill\"; a remote change has those of the clinic"
      )
    }
    return TitrationRule(
      indications: try DrugFactReader.words(indications),
      origin: try object.optional("origin").map(DrugFactReader.word),
      below: try object.optional("below").map(DrugFactReader.count),
      settings: settings,
      isAdvice: try object.optional("standing").map { field throws(PlanError) in
        try field.word([("limit", false), ("advice", true)])
      } ?? false,
      increase: try step(try object.required("increase", "the largest step up")),
      decrease: try object.optional("decrease").map(step),
      interval: try object.optional("interval").map { field throws(PlanError) in
        try DrugFactReader.value(field, DrugFactReader.quantity)
      }
    )
  }

  /// A step in percent or as a dose; both ends are of one kind.
  private static func step(_ field: ScenarioField) throws(PlanError) -> DrugFact<TitrationStep> {
    let object = try field.anyObject()
    let end = object.optional("value") ?? object.optional("to")
    if case .string(let text)? = end?.cursor.value, text.hasSuffix("%") {
      let fact = try DrugFactReader.range(field, DrugFactReader.percent)
      guard fact.value.upperBound > .zero else {
        throw field.fault(given: "a step of nothing", expected: "more than \"0 %\"")
      }
      return fact.map(.percent(fact.value))
    }
    let fact: DrugFact<ClosedRange<DailyDose>> = try DrugFactReader.range(
      field,
      DrugFactReader.quantity
    )
    return fact.map(.dose(fact.value))
  }

  static func screening(_ field: ScenarioField) throws(PlanError) -> ScreeningProtocol {
    let object = try field.object([
      "steps", "injection", "observe", "smallest", "positive", "nonResponder", "startFactor",
      "prolonged", "startFactorProlonged",
    ])
    func factor(_ name: String) throws(PlanError) -> DrugFact<Rational> {
      let fact = try DrugFactReader.value(
        try object.required(name, "a factor"),
        DrugFactReader.count
      )
      return fact.map(Rational(fact.value))
    }
    func quantity<Quantity: QuantityText & Equatable>(
      _ name: String
    ) throws(PlanError) -> DrugFact<Quantity> {
      try DrugFactReader.value(try object.required(name, "a fact"), DrugFactReader.quantity)
    }
    func words(_ name: String) throws(PlanError) -> DrugFact<String> {
      try DrugFactReader.value(try object.required(name, "a fact"), DrugFactReader.words)
    }
    let stepsField = try object.required("steps", "an array of steps")
    var steps: [ScreeningProtocol.Step] = []
    for field in try stepsField.array() {
      steps.append(try self.step(field, after: steps.last))
    }
    guard !steps.isEmpty else {
      throw stepsField.fault(given: "no step", expected: "at least one")
    }
    return ScreeningProtocol(
      steps: steps,
      injection: try quantity("injection"),
      observe: try DrugFactReader.range(
        try object.required("observe", "a fact"),
        DrugFactReader.quantity
      ),
      smallest: try quantity("smallest"),
      positive: try words("positive"),
      nonResponder: try words("nonResponder"),
      startFactor: try factor("startFactor"),
      prolonged: try quantity("prolonged"),
      startFactorProlonged: try factor("startFactorProlonged")
    )
  }

  private static func step(
    _ field: ScenarioField,
    after last: ScreeningProtocol.Step?
  ) throws(PlanError) -> ScreeningProtocol.Step {
    let object = try field.object(["dose", "volume", "wait"])
    let doseField = try object.required("dose", "a fact")
    let step = ScreeningProtocol.Step(
      dose: try DrugFactReader.value(doseField, DrugFactReader.quantity),
      volume: try DrugFactReader.value(
        try object.required("volume", "a fact"),
        DrugFactReader.quantity
      ),
      wait: try object.optional("wait").map { field throws(PlanError) in
        try DrugFactReader.value(field, DrugFactReader.quantity)
      }
    )
    if let last {
      guard last.dose.value < step.dose.value else {
        throw doseField.fault(
          given: step.dose.value.text,
          expected: "more than the step before, \(last.dose.value.text)"
        )
      }
      _ = try object.required("wait", "how long after the step before")
    }
    return step
  }
}
