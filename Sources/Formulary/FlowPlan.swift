import PumpScenario
import Quantities

/// `flow`: the rate that gives the doses, and what it gives once rounded (contract: plan.md).
enum FlowPlan {
  private struct Drug {
    let name: String
    let dose: DailyDose
    let concentration: Concentration
    /// The dose in force, where it was told.
    let previous: DailyDose?
    /// nL/d, exact.
    let rate: Rational
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object(["drugs", "pump"])
    let drugs = try drugs(try object.required("drugs", "an array of drugs"))
    let pump = try PlanPump(try object.required("pump", PlanPump.expectation))
    var result = PlanResult()
    // Where the doses do not go together, the lowest rate: with it no drug is over its dose.
    guard let exact = drugs.map(\.rate).min() else { return result }
    let rate = FlowRate(nanolitresPerDay: try exact.stored())
    try result.set("rate", rate.exact, in: .millilitrePerDay)
    var values: [PlanValue] = []
    for drug in drugs { values.append(.object(try members(drug, at: rate, &result))) }
    result.set("drugs", .list(values))
    try hold(drugs, to: pump, &result)
    return result
  }

  private static func drugs(_ field: ScenarioField) throws(PlanError) -> [Drug] {
    var drugs: [Drug] = []
    for field in try field.drugArray() {
      let object = try field.object(["drug", "dose", "concentration", "previous"])
      let name = try object.newDrug(besides: drugs.map(\.name))
      let dose: DailyDose = try object.quantity("dose", in: ScenarioRange.someMass)
      let concentration: Concentration = try object.quantity(
        "concentration",
        in: ScenarioRange.someConcentration
      )
      drugs.append(
        Drug(
          name: name,
          dose: dose,
          concentration: concentration,
          previous: try object.optionalQuantity("previous", in: ScenarioRange.someMass),
          rate: try FlowFigures.exact(dose, concentration)
        )
      )
    }
    return drugs
  }

  /// What a drug gets at the rate that is set, with its lines of working.
  private static func members(
    _ drug: Drug,
    at rate: FlowRate,
    _ result: inout PlanResult
  ) throws(PlanError) -> [PlanMember] {
    let scale = MassScale(fitting: drug.dose)
    let figures = try FlowFigures(
      dose: drug.dose,
      concentration: drug.concentration,
      exact: drug.rate,
      rate: rate
    )
    let (delivered, deviation) = (figures.delivered, figures.deviation)
    let own = try drug.rate.text(in: .millilitrePerDay)
    let concentration = scale.text(drug.concentration)
    result.work(
      "\(drug.name): rate = dose ÷ concentration = \(scale.text(drug.dose)) ÷ \(concentration) "
        + "= \(own)\(drug.rate.isWhole ? "" : ", rounded to the nL/d")"
    )
    result.work(
      "\(drug.name): delivered = \(rate.text) × \(concentration) = \(try scale.dose(delivered)), "
        + "\(deviation.percentText) off"
    )
    var members = [
      PlanMember("drug", .text(drug.name)),
      PlanMember("ownRate", try .rounded(drug.rate, in: .millilitrePerDay)),
      PlanMember("delivered", try .rounded(delivered, in: .microgramPerDay)),
      PlanMember("deviation", .percent(deviation)),
    ]
    if let previous = drug.previous {
      members += try result.change(of: drug.name, from: previous, to: drug.dose)
    }
    return members
  }

  private static func hold(
    _ drugs: [Drug],
    to pump: PlanPump,
    _ result: inout PlanResult
  ) throws(PlanError) {
    if Set(drugs.map(\.rate)).count > 1 {
      var own: [String] = []
      for drug in drugs { own.append("\(drug.name) \(try drug.rate.text(in: .millilitrePerDay))") }
      result.refuse(
        .incompatibleDoses,
        "no one rate gives these doses; each alone needs: \(own.joined(separator: ", "))",
        source: Finding.fromRequest
      )
    }
    for drug in drugs {
      let rate = Rational(try drug.rate.stored())
      result.holdRate(rate, what: "\(drug.name): \(try rate.text(in: .millilitrePerDay))", to: pump)
      try result.holdDrug(
        drug.name,
        concentration: drug.concentration.exact,
        dose: drug.dose.exact
      )
      try result.questionRate(drug.rate, drug.name)
    }
  }
}

extension ScenarioField {
  /// The elements of an array of drugs, of which there is at least one.
  func drugArray() throws(PlanError) -> [ScenarioField] {
    let fields = try array()
    guard !fields.isEmpty else { throw fault(given: "no drug", expected: "at least one drug") }
    return fields
  }
}

extension ScenarioObject {
  /// The name of a drug that the request has not named before.
  func newDrug(besides names: [String]) throws(PlanError) -> String {
    let field = try required("drug", "the name of a drug")
    let name = try field.drugName()
    guard !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
      throw field.fault(given: "\(PlanError.quoted(name)) again", expected: "each drug once")
    }
    return name
  }
}

extension PlanResult {
  /// Holds a drug to the formulary's limits (SR-040, SR-041).
  ///
  /// - Parameters:
  ///   - name: of the drug; one that the formulary does not know has no limits.
  ///   - concentration: ng/mL, exact.
  ///   - dose: fg in 24 h, exact.
  /// - Throws: where a value cannot be printed.
  mutating func holdDrug(
    _ name: String,
    concentration: Rational,
    dose: Rational
  ) throws(PlanError) {
    let isWeak = concentration < Rational(PlanUnit.milligramPerMillilitre.storedUnits)
    let ofFluid = PlanUnit.microgramPerMillilitre
    hold(
      concentration,
      to: DrugLimits.maximumConcentration(of: name),
      what: "\(name): \(try concentration.text(in: isWeak ? ofFluid : .milligramPerMillilitre))",
      code: .concentrationLimit
    )
    let isSmall = dose < Rational(PlanUnit.milligramPerDay.storedUnits)
    let daily = try dose.text(in: isSmall ? .microgramPerDay : .milligramPerDay)
    hold(
      dose,
      to: DrugLimits.maximumDailyDose(of: name),
      what: "\(name): \(daily)",
      code: .doseLimit
    )
    careAbove(dose, of: name, what: "\(name): \(daily)")
    try questionDrug(name, concentration: concentration, dose: dose)
  }
}

extension PlanResult {
  /// Puts a dose beside the one before it, with the percentage (SR-044).
  ///
  /// - Parameters:
  ///   - name: of the drug.
  ///   - before: the dose in force.
  ///   - after: the dose planned.
  /// - Returns: the members of the drug that tell it.
  /// - Throws: where a value cannot be printed.
  mutating func change(
    of name: String,
    from before: DailyDose,
    to after: DailyDose
  ) throws(PlanError) -> [PlanMember] {
    let known = DrugLibrary.standard.drug(name)?.unit.perDay
    let isLarge = MassScale(fitting: max(before, after)) == .milligrams
    let unit = known ?? (isLarge ? .milligramPerDay : .microgramPerDay)
    try questionChange(name, from: before.exact, to: after.exact, in: unit)
    let percent = try (after.exact - before.exact) / before.exact * Rational(100)
    work(
      "\(name): \(try after.exact.text(in: unit)) in 24 h beside "
        + "\(try before.exact.text(in: unit)) before, \(percent.percentText)"
    )
    return [
      PlanMember("previous", .quantity(PlanQuantity(before.mass.femtograms, in: .microgramPerDay))),
      PlanMember("change", .percent(percent)),
    ]
  }
}
