import PumpScenario
import Quantities

/// `titrate`: whether a change of dose keeps to the rules of the drug (contract: plan.md).
enum TitratePlan {
  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let request = try TitrateRequest(request)
    let policy = DrugLibrary.standard.policy
    let bounds = try TitrateBounds(request, policy)
    var result = PlanResult()
    let percent = try percent(request.proposed.exact, of: request)
    result.set("percent", .percent(percent))
    result.work(
      "change = (\(request.proposedText) − \(request.current.text)) ÷ \(request.current.text) "
        + "= \(percent.percentText)"
    )
    try allowed(&result, request, bounds)
    try interval(&result, request, bounds)
    steps(&result, request, bounds, percent: percent)
    try advice(&result, request, bounds)
    maximum(&result, request)
    others(&result, request, policy, percent: percent)
    return result
  }

  /// The change from the present dose, %.
  private static func percent(
    _ dose: Rational,
    of request: TitrateRequest
  ) throws(PlanError) -> Rational {
    try (dose - request.current.exact) / request.current.exact * Rational(100)
  }

  // MARK: What is allowed

  private static func allowed(
    _ result: inout PlanResult,
    _ request: TitrateRequest,
    _ bounds: TitrateBounds
  ) throws(PlanError) {
    let unit = request.drug.unit.perDay
    let upper = upper(request, bounds)
    let lower = bounds.decreases.first
    let (most, least) = (upper?.dose ?? request.current.exact, lower?.dose ?? .zero)
    var members = [
      PlanMember("min", .percent(try percent(least, of: request))),
      PlanMember("max", .percent(try percent(most, of: request))),
      PlanMember("minDose", try .rounded(least, in: unit)),
      PlanMember("maxDose", try .rounded(most, in: unit)),
    ]
    if let upper { members += describe(upper) }
    let none = "no rule for a step down is known; withdrawal: \(request.drug.withdrawal.risk)"
    members.append(PlanMember("decrease", lower.map { .object(describe($0)) } ?? .none(none)))
    result.set("allowed", .object(members))
    result.work(
      "allowed: \(try least.text(in: unit)) (\(lower?.rule ?? none)) to "
        + "\(try most.text(in: unit)) (\(upper?.rule ?? "no rule"))"
    )
  }

  /// The lowest bound from above; a verified maximum of the drug where that is lower.
  private static func upper(
    _ request: TitrateRequest,
    _ bounds: TitrateBounds
  ) -> TitrateBounds.Bound? {
    guard let first = bounds.increases.first, let most = request.drug.doses.maximum,
      most.isVerified, request.current <= most.value, most.value.exact < first.dose
    else { return bounds.increases.first }
    return TitrateBounds.Bound(
      dose: most.value.exact,
      rule: "maximum of \(most.value.text)",
      source: most.source,
      isVerified: true,
      isRemote: false
    )
  }

  private static func describe(_ bound: TitrateBounds.Bound) -> [PlanMember] {
    [
      PlanMember("rule", .text(bound.rule)),
      PlanMember("source", .text(bound.source)),
      PlanMember("verified", .flag(bound.isVerified)),
    ]
  }

  // MARK: Steps

  private static func steps(
    _ result: inout PlanResult,
    _ request: TitrateRequest,
    _ bounds: TitrateBounds,
    percent: Rational
  ) {
    let proposed = request.proposed.exact
    let passed =
      bounds.increases.filter { proposed > $0.dose }
      + bounds.decreases.filter { proposed < $0.dose }
    let what = "\(request.current.text) to \(request.proposedText), \(percent.percentText)"
    for bound in passed {
      let message = "\(request.drug.name) \(what), is more than the rule: \(bound.rule)"
      if bound.isRemote {
        result.refuse(.remoteNotAllowed, message, source: bound.source)
      } else if bound.isVerified {
        result.refuse(.stepTooLarge, message, source: bound.source)
      } else {
        result.warn(.unverifiedLimit, "\(message), which is UNVERIFIED", source: bound.source)
      }
    }
  }

  private static func interval(
    _ result: inout PlanResult,
    _ request: TitrateRequest,
    _ bounds: TitrateBounds
  ) throws(PlanError) {
    let elapsed = TimeSpan(milliseconds: request.elapsed)
    try result.set("elapsed", elapsed.exact, in: .hour)
    if let longest = bounds.intervals.first {
      try result.set("interval", longest.value.exact, in: .hour)
      result.work("\(elapsed.text) since the last change; an increase waits \(longest.value.text)")
    }
    guard request.proposed > request.current else { return }
    for interval in bounds.intervals where elapsed < interval.value {
      let message =
        "\(elapsed.text) since the last change, and an increase waits \(interval.value.text)"
      if interval.isVerified {
        result.refuse(.tooSoon, message, source: interval.source)
      } else {
        result.warn(.unverifiedLimit, "\(message), which is UNVERIFIED", source: interval.source)
      }
    }
  }

  private static func advice(
    _ result: inout PlanResult,
    _ request: TitrateRequest,
    _ bounds: TitrateBounds
  ) throws(PlanError) {
    guard request.proposed > request.current else { return }
    for rule in bounds.advice {
      let most = try request.current.exact + rule.increase.value.most(of: request.current.exact)
      let isTooLarge = request.proposed.exact > most
      let isTooSoon = rule.interval.map { request.elapsed < $0.value.milliseconds } ?? false
      guard isTooLarge || isTooSoon else { continue }
      let every = rule.interval.map { " every \($0.value.text)" } ?? ""
      result.warn(
        .fasterThanAdvised,
        "careful practice increases \(request.drug.name) by at most "
          + "\(rule.increase.value.text)\(every)",
        source: rule.increase.source
      )
    }
  }

  // MARK: Doses

  /// A dose over the maximum is refused, unless it comes down from a higher one.
  private static func maximum(_ result: inout PlanResult, _ request: TitrateRequest) {
    let what = "\(request.drug.name) \(request.proposed.text)"
    result.careAbove(request.proposed.exact, of: request.drug.name, what: what)
    guard let most = request.drug.doses.maximum, request.proposed > most.value else { return }
    guard request.proposed >= request.current else {
      return result.warn(
        .aboveMaximum,
        "\(what) is still over the maximum of \(most.value.text)",
        source: most.source
      )
    }
    result.hold(request.proposed.exact, to: most.limit, what: what, code: .aboveMaximum)
  }

  private static func others(
    _ result: inout PlanResult,
    _ request: TitrateRequest,
    _ policy: DrugPolicy,
    percent: Rational
  ) {
    let drug = request.drug
    if percent.magnitude > policy.secondConfirmation.value {
      result.warn(
        .secondConfirmation,
        "a change of \(percent.percentText) is over \(policy.secondConfirmation.value.text()) %: "
          + "confirm it twice",
        source: policy.secondConfirmation.source
      )
    }
    if request.proposed.mass == .zero, drug.withdrawal.risk > .none {
      result.warn(
        .withdrawalRisk,
        "stopping \(drug.name): \(drug.withdrawal.signs.value)",
        source: drug.withdrawal.signs.source
      )
    }
    if let youngest = drug.youngest, request.age < Rational(youngest.value) {
      result.warn(
        .outsideLabel,
        "\(drug.name) is labelled from \(youngest.value) years of age on",
        source: youngest.source
      )
    }
  }
}
