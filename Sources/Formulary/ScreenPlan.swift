import JSONText
import PumpScenario
import Quantities

/// `screen`: after a screening dose, the next one or the decision (contract: plan.md).
enum ScreenPlan {
  private enum Effect {
    case none, partial, full
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object(["drug", "step", "effect", "effectHours"])
    let drugField = try object.required("drug", "a drug that is screened, \"baclofen\"")
    let drug = try drugField.drug(in: .standard)
    guard let screening = drug.screening else {
      throw drugField.fault(given: "\"\(drug.name)\"", expected: "a drug that is screened")
    }
    let count = screening.steps.count
    let step = try object.required("step", "a whole number from 1 to \(count)")
      .integer(in: 1...count)
    let effect = try object.required("effect", "an effect").word([
      ("none", Effect.none), ("partial", .partial), ("full", .full),
    ])
    let hours = try Self.hours(object, effect)
    var result = PlanResult()
    let given = screening.steps[step - 1]
    result.work("screening dose \(step) of \(count): \(given.dose.value.text)")
    contradiction(&result, effect, hours: hours, screening)
    switch effect {
    case .full:
      try candidate(&result, drug, screening, given, hours: hours)
    case .none, .partial:
      if step < count {
        try next(&result, screening, screening.steps[step], number: step + 1)
      } else {
        notCandidate(&result, screening, isPartial: effect == .partial)
      }
    }
    return result
  }

  /// How long the effect lasted, h; may be missing where there was none.
  private static func hours(
    _ object: ScenarioObject,
    _ effect: Effect
  ) throws(PlanError) -> Rational {
    let expected = "a number of hours from 0 to 72"
    if effect == .none, object.optional("effectHours") == nil { return .zero }
    let field = try object.required("effectHours", expected)
    let hours = try field.decimal()
    guard hours >= .zero, hours <= Rational(72) else {
      throw field.fault(given: field.cursor.value.kindName, expected: expected)
    }
    return hours
  }

  private static func contradiction(
    _ result: inout PlanResult,
    _ effect: Effect,
    hours: Rational,
    _ screening: ScreeningProtocol
  ) {
    guard (effect == .none) != (hours == .zero) else { return }
    result.warn(
      .unclearResponse,
      effect == .none
        ? "no effect, and yet it lasted \(hours.text()) h" : "an effect that lasted 0 h",
      source: Finding.fromRequest
    )
  }

  private static func next(
    _ result: inout PlanResult,
    _ screening: ScreeningProtocol,
    _ step: ScreeningProtocol.Step,
    number: Int
  ) throws(PlanError) {
    result.set("next", .number(Rational(number)))
    try result.set("dose", step.dose.value.exact, in: .microgram)
    try result.set("volume", step.volume.value.exact, in: .millilitre)
    let observe = screening.observe.value
    try result.set("observe", observe.upperBound.exact, in: .hour)
    try result.set("observeAtLeast", observe.lowerBound.exact, in: .hour)
    let wait = step.wait?.value ?? .zero
    try result.set("earliest", wait.exact, in: .hour)
    result.set("earliestAfter", .text("the screening dose before"))
    result.set("source", .text(step.dose.source))
    result.work(
      "the response is less than wanted: \(step.dose.value.text) in \(step.volume.value.text), "
        + "\(wait.text) after the dose before, over at least \(screening.injection.value.text)"
    )
    result.work(
      "observed for \(observe.lowerBound.text) to \(observe.upperBound.text), with the means to "
        + "support breathing at hand"
    )
  }

  private static func candidate(
    _ result: inout PlanResult,
    _ drug: Drug,
    _ screening: ScreeningProtocol,
    _ step: ScreeningProtocol.Step,
    hours: Rational
  ) throws(PlanError) {
    let threshold = Rational(screening.prolonged.value.milliseconds, over: 3_600_000)
    let isProlonged = hours > threshold
    let factor = isProlonged ? screening.startFactorProlonged : screening.startFactor
    let start = try step.dose.value.exact * factor.value
    result.set("candidate", .flag(true))
    try result.set("start", start, in: .microgramPerDay)
    result.set("factor", .number(factor.value))
    result.set("source", .text(factor.source))
    result.work(
      "the effect lasted \(hours.text()) h, \(isProlonged ? "longer" : "not longer") than "
        + "\(screening.prolonged.value.text): \(factor.value.text()) × the screening dose a day"
    )
    result.work(
      "start = \(factor.value.text()) × \(step.dose.value.text) = "
        + "\(try start.text(in: .microgramPerDay)); no increase in the first 24 h"
    )
    result.careAbove(start, of: drug.name, what: drug.name)
  }

  private static func notCandidate(
    _ result: inout PlanResult,
    _ screening: ScreeningProtocol,
    isPartial: Bool
  ) {
    result.set("candidate", .flag(false))
    result.set("start", .none("the highest screening dose was not enough"))
    result.set("source", .text(screening.nonResponder.source))
    result.work(screening.nonResponder.value)
    guard isPartial else { return }
    result.warn(
      .unclearResponse,
      "a partial response to the highest dose: whether it is \(screening.positive.value) is for "
        + "the clinician to judge",
      source: screening.positive.source
    )
  }
}
