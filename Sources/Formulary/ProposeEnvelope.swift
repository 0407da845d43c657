import PumpScenario
import Quantities

/// The envelope of remote orders for a drug: the system's defaults, narrower where the drug's own
/// rules are.
enum ProposeEnvelope {
  static func propose(
    _ result: inout PlanResult,
    _ request: ProposeRequest,
    _ policy: DrugPolicy
  ) throws(PlanError) {
    let rules = request.drug.titration.filter {
      !$0.isAdvice && $0.indications.contains(request.indication) && $0.settings.contains(.clinic)
    }
    guard
      let part = request.parts.first(where: { $0.drug.name == request.drug.name })
    else { return }
    let planned = try request.basal.largestDay * part.concentration.exact
    var step = policy.remoteStep
    var between = policy.betweenRemoteIncreases
    for rule in rules {
      let most = try rule.increase.value.most(of: planned) / planned * Rational(100)
      if most < step.value { step = rule.increase.map(most) }
      if let interval = rule.interval, interval.value > between.value { between = interval }
    }
    let week = policy.remoteWeek
    let isNarrowed = step != policy.remoteStep || between != policy.betweenRemoteIncreases
    let reason =
      isNarrowed
      ? "the defaults of remote orders, narrowed to the steps of \(request.drug.name)"
      : "the defaults of remote orders; the steps of \(request.drug.name) are no narrower"
    result.set(
      "envelope",
      .object([
        PlanMember("step", try entry(.percent(step.value), "each step, up or down, %", step)),
        PlanMember(
          "perWeek",
          try entry(.percent(week.value), "in any 7 days, against the program set in person", week)
        ),
        PlanMember(
          "betweenIncreases",
          try .proposal(between.value.exact, in: .hour, reason: "its effect shows", fact: between)
        ),
        PlanMember(
          "delay",
          try .proposal(
            policy.remoteDelay.value.exact,
            in: .hour,
            reason: "the patient can cancel an increase",
            fact: policy.remoteDelay
          )
        ),
        PlanMember(
          "bedsideSession",
          try .proposal(
            policy.bedsideSession.value.exact,
            in: .day,
            reason: "older than that, a visit comes first",
            fact: policy.bedsideSession
          )
        ),
        PlanMember("reason", .text(reason)),
        PlanMember("source", .text(policy.remoteStep.source)),
      ])
    )
    result.work(
      "envelope: ±\(step.value.text(exactDecimals: 2)) % a step, ±\(week.value.text()) % in 7 d, "
        + "\(between.value.text) between increases"
    )
  }

  private static func entry(
    _ value: PlanValue,
    _ reason: String,
    _ fact: DrugFact<Rational>
  ) throws(PlanError) -> PlanValue {
    .object(
      [PlanMember("value", value), PlanMember("reason", .text(reason))] + fact.standing
    )
  }
}

extension PlanValue {
  /// A quantity with the reason for it and the standing of the fact that it rests on.
  static func proposal<Fact>(
    _ exact: Rational,
    in unit: PlanUnit,
    reason: String,
    fact: DrugFact<Fact>
  ) throws(PlanError) -> PlanValue {
    let quantity = try PlanQuantity(rounding: exact, in: unit)
    return .object(
      [
        PlanMember("value", .number(quantity.value)),
        PlanMember("unit", .text(unit.rawValue)),
        PlanMember("text", .text(quantity.text)),
        PlanMember("reason", .text(reason)),
      ] + fact.standing
    )
  }
}

extension PlanResult {
  /// Warns where a proposal rests on a fact that nobody has read in its source.
  mutating func standing<Fact>(of fact: DrugFact<Fact>, _ name: String) {
    guard !fact.isVerified else { return }
    warn(
      .unverifiedConstant,
      "\(name): what it is proposed from is UNVERIFIED; confirm it before use",
      source: fact.source
    )
  }
}
