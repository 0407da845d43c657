import PumpScenario
import Quantities

/// `residual`: what was aspirated at a refill against what was expected (contract: plan.md; H-21).
enum ResidualPlan {
  private struct Figures {
    let filled: Volume
    let expected: Volume
    let aspirated: Volume
    let capacity: Volume
    let hasSymptoms: Bool
    /// Errors of the refills before, oldest first, %.
    let previous: [Rational]

    /// Of the volume that was to be delivered.
    let ratio: Rational
    /// 100 × (ratio − 1), %.
    let error: Rational
    /// Aspirated − expected, nL.
    let difference: Rational
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let figures = try figures(request)
    var result = PlanResult()
    result.set("ratio", .number(figures.ratio))
    result.set("error", .percent(figures.error))
    try result.set("difference", figures.difference, in: .millilitre)
    let isMore = figures.difference > .zero
    let direction =
      figures.difference == .zero ? "none" : isMore ? "moreThanExpected" : "lessThanExpected"
    result.set("direction", .text(direction))
    result.work(
      "ratio = (filled − aspirated) ÷ (filled − expected) = "
        + "(\(figures.filled.text) − \(figures.aspirated.text)) ÷ "
        + "(\(figures.filled.text) − \(figures.expected.text)) = \(figures.ratio.text())"
    )
    result.work("error = 100 × (ratio − 1) = \(figures.error.percentText)")
    result.work(
      "difference = aspirated − expected = \(figures.aspirated.text) − \(figures.expected.text) = "
        + (try figures.difference.text(in: .millilitre))
    )
    judge(figures, &result)
    result.set("firstAction", .text("aspirate again"))
    let causes = figures.difference == .zero ? [] : isMore ? causesOfMore : causesOfLess
    result.set("likelyCauses", .list(causes.map { .text($0) }))
    return result
  }

  private static func figures(_ request: PlanRequest) throws(PlanError) -> Figures {
    let object = try request.object([
      "filled", "expected", "aspirated", "capacity", "symptoms", "previous",
    ])
    let capacity: Volume = try object.quantity("capacity", in: ScenarioRange.someVolume)
    let filledField = try object.required("filled", QuantityKind.volume.expectation)
    let filled: Volume = try filledField.quantity(in: ScenarioRange.someVolume)
    guard filled <= capacity else {
      throw filledField.fault(
        given: filled.text,
        expected: "at most the capacity of the reservoir, \(capacity.text)"
      )
    }
    let expectedField = try object.required("expected", QuantityKind.volume.expectation)
    let expected: Volume = try expectedField.quantity(in: ScenarioRange.volume)
    guard expected < filled else {
      throw expectedField.fault(
        given: expected.text,
        expected: "less than was filled, \(filled.text)"
      )
    }
    let aspirated: Volume = try object.quantity("aspirated", in: ScenarioRange.volume)
    var previous: [Rational] = []
    if let field = object.optional("previous") {
      for field in try field.array() { previous.append(try field.decimal()) }
    }
    let ratio = Rational(
      filled.nanolitres - aspirated.nanolitres,
      over: filled.nanolitres - expected.nanolitres
    )
    return Figures(
      filled: filled,
      expected: expected,
      aspirated: aspirated,
      capacity: capacity,
      hasSymptoms: try object.optional("symptoms")?.bool() ?? false,
      previous: previous,
      ratio: ratio,
      error: try (ratio - .one) * Rational(100),
      difference: Rational(aspirated.nanolitres - expected.nanolitres)
    )
  }

  private static func judge(_ figures: Figures, _ result: inout PlanResult) {
    let error = figures.error.magnitude
    let difference = figures.difference.magnitude
    // A reservoir of 20 mL or less has the narrower bound.
    let most = Rational(figures.capacity.nanolitres <= 20_000_000 ? 1_000_000 : 2_000_000)
    let isOver15 = error > Rational(15)
    let last = figures.previous.last ?? .zero
    let isRepeated =
      last.magnitude > Rational(15) && (last > .zero) == (figures.error > .zero)
    var reasons: [String] = []
    if error > Rational(25) && difference >= Rational(1_000_000) {
      reasons.append("the error is over 25 % and the difference at least 1 mL")
    }
    if difference > most {
      reasons.append("the difference is over \(most == Rational(1_000_000) ? 1 : 2) mL")
    }
    if isOver15 && figures.hasSymptoms { reasons.append("the error is over 15 % with symptoms") }
    if isOver15 && isRepeated {
      reasons.append("the error is over 15 % for the second time in the same direction")
    }
    let finding: String
    if !reasons.isEmpty {
      finding = "investigate"
      let why = reasons.joined(separator: "; ")
      result.warn(.investigate, "investigate: \(why)", source: policy)
    } else if isOver15 {
      finding = "recheck"
      result.warn(.recheck, "the error is over 15 %", source: policy)
    } else {
      finding = "withinSpecification"
    }
    result.set("finding", .text(finding))
  }

  private static let policy = "contract: plan.md, residual (policy bands, recalled; not a label)"

  private static let causesOfLess = [
    "incomplete aspiration", "leak", "pocket fill", "over-delivery",
  ]
  private static let causesOfMore = [
    "motor stall", "occlusion", "under-delivery", "the fill before was recorded too small",
  ]
}
