import PumpScenario
import Quantities

/// `convert`: a systemic opioid dose as a range of intrathecal ones, and where to start in it
/// (contract: plan.md).
enum ConvertPlan {
  private struct Question {
    let from: ConvertRatios.Form
    let dose: DailyDose
    let to: Drug
    let way: [ConvertRatios.Conversion]
    let population: DrugPopulation
    let setting: DrugIndication
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let library = DrugLibrary.standard
    let question = try question(request, library)
    var result = PlanResult()
    var range = question.dose.exact...question.dose.exact
    for conversion in question.way {
      let factors = try conversion.factors()
      let (low, high) = (
        try range.lowerBound * factors.lowerBound, try range.upperBound * factors.upperBound
      )
      work(&result, conversion, "\(try text(low)) to \(try text(high))")
      range = low...high
    }
    let cross = question.from.drug == question.to.name ? nil : library.conversions.crossTolerance
    if let cross {
      let (low, high) = (
        try range.lowerBound * cross.value.lowerBound / Rational(100),
        try range.upperBound * cross.value.upperBound / Rational(100)
      )
      let share = TitrationStep.percent(cross.value).text
      result.work(
        "another opioid: \(share) of it = \(try text(low)) to \(try text(high))"
      )
      range = low...high
    }
    try result.set("low", range.lowerBound, in: .milligramPerDay)
    try result.set("high", range.upperBound, in: .milligramPerDay)
    let ceiling = question.to.doses.startingCeiling(question.population, question.setting)
    let start = min(range.lowerBound, ceiling?.value.exact ?? range.lowerBound)
    try result.set("start", start, in: .milligramPerDay)
    result.set("startingCeiling", try Self.ceiling(ceiling))
    let other = try ceiling.map { fact throws(PlanError) in try text(fact.value.exact) }
    result.work(
      "start: the lower of \(try text(range.lowerBound)) and the starting ceiling "
        + "(\(other ?? "none is known")): \(try text(start))"
    )
    result.set("ratios", .list(question.way.flatMap(ratios)))
    if let cross {
      result.set(
        "crossTolerance",
        .object(
          [
            PlanMember("low", .percent(cross.value.lowerBound)),
            PlanMember("high", .percent(cross.value.upperBound)),
          ] + cross.standing
        )
      )
    }
    warn(&result, question, library, cross: cross)
    warn(&result, question, ceiling, low: range.lowerBound)
    result.hold(
      range.upperBound,
      to: question.to.doses.maximum?.limit,
      what: "the upper end, \(try text(range.upperBound)) of \(question.to.name),",
      code: .aboveMaximum
    )
    return result
  }

  // MARK: The request

  private static func question(
    _ request: PlanRequest,
    _ library: DrugLibrary
  ) throws(PlanError) -> Question {
    let object = try request.object(["from", "to", "population", "setting"])
    let from = try object.required("from", "a drug, its route and its dose")
      .object(["drug", "route", "dose"])
    let fromField = try from.required("drug", "the name of a drug")
    let name = try fromField.drugName()
    let route = try from.required("route", "\"oral\" or \"iv\"").word([
      ("oral", ConvertRatios.Route.oral), ("iv", .iv),
    ])
    let dose: DailyDose = try from.quantity("dose", in: ScenarioRange.someMass)
    let to = try object.required("to", "a drug").object(["drug"])
    let toField = try to.required("drug", "the name of a drug")
    let drug = try toField.drug(in: library)
    let form = ConvertRatios.Form(drug: name, route: route)
    let target = ConvertRatios.Form(drug: drug.name, route: .intrathecal)
    let known = library.conversions.sources(of: drug.name)
    guard !known.isEmpty else {
      throw toField.fault(
        given: "\"\(drug.name)\"",
        expected: "a drug with a known ratio to a systemic dose"
          + (drug.screening == nil ? "" : "; its dose comes from its screening")
      )
    }
    guard let way = library.conversions.way(from: form, to: target) else {
      throw fromField.fault(
        given: PlanError.quoted(form.text),
        expected: "one with a known ratio to \(target.text): "
          + known.map(\.text).joined(separator: ", ")
      )
    }
    return Question(
      from: form,
      dose: dose,
      to: drug,
      way: way,
      population: try DrugFactReader.word(
        try object.required("population", "\"naive\" or \"tolerant\"")
      ),
      setting: try object.required("setting", "\"cancer\" or \"nonCancer\"").word([
        ("cancer", DrugIndication.cancer), ("nonCancer", .nonCancer),
      ])
    )
  }

  // MARK: The result

  private static func text(_ exact: Rational) throws(PlanError) -> String {
    try exact.text(in: .milligramPerDay)
  }

  private static func work(
    _ result: inout PlanResult,
    _ conversion: ConvertRatios.Conversion,
    _ dose: String
  ) {
    let ratios = conversion.used.map(\.value.text).joined(separator: " or ")
    result.work("\(conversion.from.text) to \(conversion.to.text), \(ratios): \(dose)")
  }

  /// The ratios of a conversion, those too that are not used.
  private static func ratios(_ conversion: ConvertRatios.Conversion) -> [PlanValue] {
    conversion.ratios.map { entry in
      var members = [
        PlanMember("from", .text(conversion.from.text)),
        PlanMember("to", .text(conversion.to.text)),
        PlanMember("ratio", .text(entry.ratio.value.text)),
        PlanMember("used", .flag(entry.isUsed)),
      ]
      members += entry.ratio.standing
      if let note = entry.ratio.note { members.append(PlanMember("note", .text(note))) }
      return .object(members)
    }
  }

  private static func ceiling(_ fact: DrugFact<DailyDose>?) throws(PlanError) -> PlanValue {
    guard let fact else { return .none("the formulary has none") }
    let dose = try PlanValue.rounded(fact.value.exact, in: .milligramPerDay)
    return .object([PlanMember("dose", dose)] + fact.standing)
  }

  private static func warn(
    _ result: inout PlanResult,
    _ question: Question,
    _ library: DrugLibrary,
    cross: DrugFact<ClosedRange<Rational>>?
  ) {
    let uncertainty = library.conversions.uncertainty
    result.warn(.ratioUncertain, uncertainty.value, source: uncertainty.source)
    for conversion in question.way {
      for ratio in conversion.used where !ratio.isVerified {
        result.warn(
          .unverifiedConstant,
          "ratio \(ratio.value.text) from \(conversion.from.text) to \(conversion.to.text) "
            + "is UNVERIFIED",
          source: ratio.source
        )
      }
    }
    if let cross, !cross.isVerified {
      let share = TitrationStep.percent(cross.value).text
      result.warn(
        .unverifiedConstant,
        "crossTolerance: \(share) is UNVERIFIED",
        source: cross.source
      )
    }
  }

  /// What is to be known of the starting ceiling.
  private static func warn(
    _ result: inout PlanResult,
    _ question: Question,
    _ ceiling: DrugFact<DailyDose>?,
    low: Rational
  ) {
    guard let ceiling else {
      return result.warn(
        .noStartingCeiling,
        "\(question.to.name): no starting ceiling is known; the start is the lower end itself",
        source: "the formulary"
      )
    }
    guard !ceiling.isVerified, ceiling.value.exact < low else { return }
    result.warn(
      .unverifiedLimit,
      "the starting ceiling of \(question.to.name), \(ceiling.value.text), is UNVERIFIED",
      source: ceiling.source
    )
  }
}
