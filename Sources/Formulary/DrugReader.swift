import PumpScenario
import Quantities

/// Reads and checks the file of a drug: no field is unknown, each number has its unit and source.
enum DrugReader {
  /// - Parameters:
  ///   - root: the file.
  ///   - file: its name, which is that of the drug.
  /// - Returns: the drug.
  /// - Throws: the first fault, with its path.
  static func drug(_ root: ScenarioField, file: String) throws(PlanError) -> Drug {
    let object = try root.object([
      "drug", "class", "kind", "indications", "unit", "labelled", "youngest", "contraindications",
      "concentrations", "doses", "titration", "screening", "stability", "withdrawal", "overdose",
      "granuloma", "safeRate", "restartGap", "lowReservoir",
    ])
    let nameField = try object.required("drug", "the name of the drug")
    let name = try nameField.drugName()
    guard name == file else {
      throw nameField.fault(given: PlanError.quoted(name), expected: "\"\(file)\", as the file")
    }
    let indicationsField = try object.required("indications", "an array of indications")
    let indications: [DrugIndication] = try DrugFactReader.words(indicationsField)
    let concentrations = try object.required("concentrations", "concentrations")
      .object(["available", "ceiling"])
    let ceilingField = concentrations.optional("ceiling")
    let youngestField = object.optional("youngest")
    let drug = Drug(
      name: name,
      drugClass: try DrugFactReader.word(try object.required("class", "a class of drugs")),
      kind: try DrugFactReader.words(try object.required("kind", "how it works")),
      indications: indications,
      unit: try DrugFactReader.word(try object.required("unit", "\"ug\" or \"mg\"")),
      isLabelled: try DrugFactReader.value(try object.required("labelled", "a fact")) {
        field throws(PlanError) in try field.bool()
      },
      youngest: try youngestField.map { field throws(PlanError) in
        try DrugFactReader.value(field, DrugFactReader.count)
      },
      contraindications: try texts(object, "contraindications"),
      available: try list(concentrations, "available", available),
      concentrationCeiling: try ceilingField.map { field throws(PlanError) in
        try DrugFactReader.value(field, DrugFactReader.quantity)
      },
      doses: try doses(try object.required("doses", "doses")),
      titration: try list(object, "titration", DrugRuleReader.titration),
      screening: try object.optional("screening").map(DrugRuleReader.screening),
      stability: try list(object, "stability", stability),
      withdrawal: try danger(try object.required("withdrawal", "a risk and its signs")),
      overdose: try danger(try object.required("overdose", "a risk and its signs")),
      granuloma: try texts(object, "granuloma"),
      safeRate: try safeRate(try object.required("safeRate", "a rule for the safe rate")),
      restartGap: try DrugFactReader.value(
        try object.required("restartGap", "a fact"),
        DrugFactReader.quantity
      ),
      lowReservoir: try DrugFactReader.value(
        try object.required("lowReservoir", "a fact"),
        DrugFactReader.quantity
      )
    )
    try DrugCheck.drug(drug, root)
    return drug
  }

  // MARK: Parts

  /// The elements of an array that may be missing.
  static func list<Value>(
    _ object: ScenarioObject,
    _ name: String,
    _ read: (ScenarioField) throws(PlanError) -> Value
  ) throws(PlanError) -> [Value] {
    guard let field = object.optional(name) else { return [] }
    var values: [Value] = []
    for element in try field.array() { values.append(try read(element)) }
    return values
  }

  private static func texts(
    _ object: ScenarioObject,
    _ name: String
  ) throws(PlanError) -> [DrugFact<String>] {
    try list(object, name) { field throws(PlanError) in
      try DrugFactReader.value(field, DrugFactReader.words)
    }
  }

  private static func available(
    _ field: ScenarioField
  ) throws(PlanError) -> AvailableConcentrations {
    let fact: DrugFact<[Concentration]> = try DrugFactReader.values(
      field,
      also: ["purpose"],
      DrugFactReader.quantity
    )
    let purpose = try field.anyObject().required("purpose", "\"reservoir\" or \"screening\"")
    return AvailableConcentrations(
      purpose: try DrugFactReader.word(purpose),
      concentrations: fact
    )
  }

  private static func doses(_ field: ScenarioField) throws(PlanError) -> DrugDoses {
    let object = try field.object(["trial", "patientDose", "start", "usual", "caution", "maximum"])
    func one(_ name: String) throws(PlanError) -> DrugFact<DailyDose>? {
      try object.optional(name).map { field throws(PlanError) in
        try DrugFactReader.value(field, DrugFactReader.quantity)
      }
    }
    func single(_ field: ScenarioField) throws(PlanError) -> DrugFact<ClosedRange<Mass>> {
      try DrugFactReader.range(field, DrugFactReader.quantity)
    }
    return DrugDoses(
      trial: try list(object, "trial", single),
      patientDose: try list(object, "patientDose", single),
      start: try list(object, "start", start),
      usual: try list(object, "usual", usual),
      caution: try one("caution"),
      maximum: try one("maximum")
    )
  }

  private static func start(_ field: ScenarioField) throws(PlanError) -> StartingDose {
    let dose: DrugFact<ClosedRange<DailyDose>> = try DrugFactReader.range(
      field,
      also: ["populations", "settings"],
      DrugFactReader.quantity
    )
    let object = try field.anyObject()
    return StartingDose(
      populations: try DrugFactReader.words(object.optional("populations")),
      settings: try DrugFactReader.words(object.optional("settings")),
      dose: dose
    )
  }

  private static func usual(_ field: ScenarioField) throws(PlanError) -> UsualDose {
    let dose: DrugFact<ClosedRange<DailyDose>> = try DrugFactReader.range(
      field,
      also: ["origin", "below"],
      DrugFactReader.quantity
    )
    let object = try field.anyObject()
    return UsualDose(
      origin: try object.optional("origin").map(DrugFactReader.word),
      below: try object.optional("below").map(DrugFactReader.count),
      dose: dose
    )
  }

  private static func stability(_ field: ScenarioField) throws(PlanError) -> DrugStability {
    let limit: DrugFact<TimeSpan> = try DrugFactReader.value(
      field,
      also: ["condition"],
      DrugFactReader.quantity
    )
    let condition = try field.anyObject().required("condition", "a condition such as \"any\"")
    return DrugStability(condition: try DrugFactReader.word(condition), limit: limit)
  }

  private static func danger(_ field: ScenarioField) throws(PlanError) -> DrugDanger {
    let signs = try DrugFactReader.value(field, also: ["risk"], DrugFactReader.words)
    let risk = try field.anyObject().required("risk", "a risk such as \"high\"")
    return DrugDanger(risk: try DrugFactReader.word(risk), signs: signs)
  }

  private static func safeRate(_ field: ScenarioField) throws(PlanError) -> SafeRateRule {
    let share = try DrugFactReader.value(
      field,
      also: ["class", "reason"],
      DrugFactReader.percent
    )
    let object = try field.anyObject()
    return SafeRateRule(
      rateClass: try DrugFactReader.word(
        try object.required("class", "\"continue\" or \"stop\"")
      ),
      share: share,
      reason: try DrugFactReader.words(try object.required("reason", "a reason"))
    )
  }
}
