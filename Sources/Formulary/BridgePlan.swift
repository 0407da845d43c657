import PumpScenario
import Quantities

/// `bridge`: how the old drug in the fluid path is given at its dose after a change (SR-036; contract:
/// plan.md).
enum BridgePlan {
  private struct Side {
    let concentration: Concentration
    let dose: DailyDose
    /// Its name, where it was told: only then the formulary's limits can be held.
    let drug: String?
    /// nL/d, exact.
    let rate: Rational

    init(_ field: ScenarioField) throws(PlanError) {
      let object = try field.object(["concentration", "dose", "drug"])
      concentration = try object.quantity("concentration", in: ScenarioRange.someConcentration)
      dose = try object.quantity("dose", in: ScenarioRange.someMass)
      drug = try object.optional("drug").map { field throws(PlanError) in try field.drugName() }
      rate = try dose.exact / concentration.exact
    }

    func text() throws(PlanError) -> String {
      let scale = MassScale(fitting: dose)
      return "\(scale.text(dose)) ÷ \(scale.text(concentration)) = "
        + (try rate.text(in: .millilitrePerDay))
    }
  }

  private static let sideExpectation = "an object with \"concentration\" and \"dose\""

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object([
      "old", "new", "tubing", "catheter", "pump", "residual", "fillVolume",
    ])
    let old = try Side(try object.required("old", sideExpectation))
    let new = try Side(try object.required("new", sideExpectation))
    let path = try PlanPath(object)
    let pump = try PlanPump(try object.required("pump", PlanPump.expectation))
    let volume = try path.volume()
    let duration = try volume / old.rate * TimeSpan.day.exact
    var result = PlanResult()
    try result.set("volume", volume, in: .millilitre)
    try result.set("rate", old.rate, in: .millilitrePerDay)
    try result.set("duration", duration, in: .hour)
    try result.set("newRate", new.rate, in: .millilitrePerDay)
    result.work("fluid path = \(path.text) = \(try volume.text(in: .millilitre))")
    result.work("bridge rate = old dose ÷ old concentration = \(try old.text())")
    result.work(
      "duration = \(try volume.text(in: .millilitre)) ÷ "
        + "\(try old.rate.text(in: .millilitrePerDay)) = \(try duration.text(in: .hour))"
    )
    result.work("then the new rate = new dose ÷ new concentration = \(try new.text())")
    try withoutBridge(old: old, new: new, volume: volume, &result)
    try mix(object, old: old, new: new, pump: pump, &result)
    try hold(rate: old.rate, "bridge", to: pump, &result)
    try hold(rate: new.rate, "new program", to: pump, &result)
    for (side, word) in [(old, "old"), (new, "new")] {
      guard let drug = side.drug else { continue }
      try result.holdDrug(drug, concentration: side.concentration.exact, dose: side.dose.exact)
      result.work("\(word): \(drug)")
    }
    try result.questionRate(old.rate, "bridge")
    try result.questionRate(new.rate, "new program")
    if old.drug == new.drug {
      let unit: PlanUnit =
        MassScale(fitting: max(old.dose, new.dose)) == .milligrams
        ? .milligramPerDay : .microgramPerDay
      try result.questionChange("dose", from: old.dose.exact, to: new.dose.exact, in: unit)
    }
    return result
  }

  /// What the new rate would give while it pushes the old drug out.
  private static func withoutBridge(
    old: Side,
    new: Side,
    volume: Rational,
    _ result: inout PlanResult
  ) throws(PlanError) {
    let dose = try new.rate * old.concentration.exact
    let percent = try dose / new.dose.exact * Rational(100)
    let duration = try volume / new.rate * TimeSpan.day.exact
    result.set(
      "withoutBridge",
      .object([
        PlanMember("dose", try .rounded(dose, in: .microgramPerDay)),
        PlanMember("percentOfPrescribed", .percent(percent)),
        PlanMember("duration", try .rounded(duration, in: .hour)),
      ])
    )
    let scale = MassScale(fitting: new.dose)
    let doseText = try scale.dose(dose)
    let hours = try duration.text(in: .hour)
    result.work(
      "without a bridge: \(try new.rate.text(in: .millilitrePerDay)) × "
        + "\(scale.text(old.concentration)) = \(doseText), \(percent.percentText) of "
        + "\(scale.text(new.dose)), for \(hours)"
    )
    guard percent > Rational(120) || percent < Rational(80) else { return }
    result.warn(
      .doseWithoutBridge,
      "without a bridge the patient gets \(doseText), \(percent.percentText) of the prescribed "
        + "dose, for \(hours)",
      source: "contract: plan.md, bridge (under 80 % or over 120 %)"
    )
  }

  /// What the new fill becomes with what is left of the old one.
  private static func mix(
    _ object: ScenarioObject,
    old: Side,
    new: Side,
    pump: PlanPump,
    _ result: inout PlanResult
  ) throws(PlanError) {
    let residual: Volume? = try object.optionalQuantity("residual", in: ScenarioRange.volume)
    var fill: Volume?
    if let field = object.optional("fillVolume") {
      let volume: Volume = try field.quantity(in: ScenarioRange.someVolume)
      try result.holdFill(volume, to: pump, field)
      fill = volume
    }
    guard let residual else { return }
    guard let fill else {
      throw PlanError(
        path: "$.fillVolume",
        given: "nothing",
        expected: "\(QuantityKind.volume.expectation), as a residual is given"
      )
    }
    let drug = try residual.exact * old.concentration.exact + fill.exact * new.concentration.exact
    let mixed = try drug / (residual.exact + fill.exact)
    try result.set("mixedConcentration", mixed, in: .milligramPerMillilitre)
    let scale = MassScale(fitting: Mass(femtograms: try drug.stored()))
    let share = try (mixed - new.concentration.exact) / new.concentration.exact * Rational(100)
    result.work(
      "mixed = (\(residual.text) × \(scale.text(old.concentration)) + \(fill.text) × "
        + "\(scale.text(new.concentration))) ÷ (\(residual.text) + \(fill.text)) = "
        + "\(try mixed.text(in: .milligramPerMillilitre)), \(share.percentText) off the new one"
    )
  }

  private static func hold(
    rate exact: Rational,
    _ what: String,
    to pump: PlanPump,
    _ result: inout PlanResult
  ) throws(PlanError) {
    let rate = Rational(try exact.stored())
    result.holdRate(rate, what: "\(what): \(try rate.text(in: .millilitrePerDay))", to: pump)
  }
}
