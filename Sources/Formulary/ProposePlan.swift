import PumpScenario
import Quantities

/// `propose`: what a prescriber may start from for limits, safe rate, restart gap, low mark and
/// envelope, each with its reason and source (contract: plan.md).
enum ProposePlan {
  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let request = try ProposeRequest(request)
    let library = DrugLibrary.standard
    var result = PlanResult()
    result.work("basal: \(request.basal.text)")
    try limits(&result, request, library.policy)
    try safeRate(&result, request)
    try restartGap(&result, request)
    try lowReservoir(&result, request, library.policy)
    try ProposeEnvelope.propose(&result, request, library.policy)
    try hold(&result, request)
    ProposeWarnings.warn(&result, request, library.mixtures)
    return result
  }

  // MARK: Limits

  private static func limits(
    _ result: inout PlanResult,
    _ request: ProposeRequest,
    _ policy: DrugPolicy
  ) throws(PlanError) {
    let headroom = policy.limitHeadroom
    let factor = try Rational.one + headroom.value / Rational(100)
    let rate = try request.peak * factor
    let volume = try request.basal.largestDay * factor
    var doses: [PlanMember] = []
    for part in request.parts {
      let dose = try dose(&result, part, request, factor: factor)
      doses.append(PlanMember(part.drug.name, try .rounded(dose, in: part.drug.unit.mass)))
    }
    let share = "\(headroom.value.text()) %"
    result.set(
      "limits",
      .object([
        PlanMember("maxRate", try .rounded(rate, in: .millilitrePerDay)),
        PlanMember("maxVolumePer24h", try .rounded(volume, in: .millilitre)),
        PlanMember("maxDosePer24h", .object(doses)),
        PlanMember(
          "reason",
          .text(
            "the plan and \(share): room for the envelope between two visits, and little for a "
              + "wrong concentration; a patient dose, a prime or a bridge needs more"
          )
        ),
        PlanMember("source", .text(headroom.source)),
        PlanMember("verified", .flag(headroom.isVerified)),
      ])
    )
    result.standing(of: headroom, "limits")
    result.work(
      "maxRate = \(try request.peak.text(in: .millilitrePerDay)) + \(share) = "
        + "\(try rate.text(in: .millilitrePerDay)); maxVolumePer24h = "
        + "\(try request.basal.largestDay.text(in: .millilitre)) + \(share) = "
        + "\(try volume.text(in: .millilitre))"
    )
  }

  /// The dose limit of one drug: with headroom, but not over the maximum where the plan is not.
  private static func dose(
    _ result: inout PlanResult,
    _ part: ProposeRequest.Part,
    _ request: ProposeRequest,
    factor: Rational
  ) throws(PlanError) -> Rational {
    let planned = try request.basal.largestDay * part.concentration.exact
    let roomy = try planned * factor
    let unit = part.drug.unit.mass
    let line =
      "\(part.drug.name): \(try request.basal.largestDay.text(in: .millilitre)) × "
      + "\(part.concentration.text) = \(try planned.text(in: unit)) in 24 h, with headroom "
      + "\(try roomy.text(in: unit))"
    guard let most = part.drug.doses.maximum, planned <= most.value.exact,
      roomy > most.value.exact
    else {
      result.work(line)
      return roomy
    }
    result.work("\(line), capped at the maximum of \(most.value.text)")
    if !most.isVerified {
      result.warn(
        .unverifiedLimit,
        "the limit of \(part.drug.name) is capped at \(most.value.text), which is UNVERIFIED",
        source: most.source
      )
    }
    return most.value.exact
  }

  /// The same limits as on every other path (SR-041).
  private static func hold(
    _ result: inout PlanResult,
    _ request: ProposeRequest
  ) throws(PlanError) {
    for part in request.parts {
      let planned = try request.basal.largestDay * part.concentration.exact
      try result.holdDrug(
        part.drug.name,
        concentration: part.concentration.exact,
        dose: planned
      )
    }
    try result.questionRate(request.basal.average, "mean basal")
  }

  // MARK: Safe rate, gap, low mark

  /// Where a loss is the greater danger for one drug of the mixture, its share is kept.
  private static func safeRate(
    _ result: inout PlanResult,
    _ request: ProposeRequest
  ) throws(PlanError) {
    let kept = request.parts.filter { $0.drug.safeRate.rateClass == .continue }
    let deciding = (kept.isEmpty ? request.parts : kept).max {
      $0.drug.safeRate.share.value < $1.drug.safeRate.share.value
    }
    guard let drug = deciding?.drug else { return }
    let rule = drug.safeRate
    let rate = try request.basal.average * rule.share.value / Rational(100)
    result.set(
      "safeRate",
      try .proposal(
        rate,
        in: .millilitrePerDay,
        reason: "\(drug.name): \(rule.reason)"
          + (rate > .zero ? "; where the pump cannot run that slowly, its minimum rate or 0" : ""),
        fact: rule.share
      )
    )
    result.standing(of: rule.share, "safeRate")
    result.work(
      "safeRate = \(rule.share.value.text()) % of "
        + "\(try request.basal.average.text(in: .millilitrePerDay)) = "
        + "\(try rate.text(in: .millilitrePerDay)) (\(drug.name))"
    )
    let stopped = request.parts.filter { $0.drug.safeRate.rateClass == .stop }
    guard !kept.isEmpty, let other = stopped.first else { return }
    result.warn(
      .safeRateConflict,
      "\(drug.name) should go on and \(other.drug.name) should stop, and they share one rate: "
        + "judge which loss or excess is worse",
      source: rule.share.source
    )
  }

  private static func restartGap(
    _ result: inout PlanResult,
    _ request: ProposeRequest
  ) throws(PlanError) {
    let shortest = request.parts.map(\.drug).min { $0.restartGap.value < $1.restartGap.value }
    guard let drug = shortest else { return }
    let gap = drug.restartGap
    result.set(
      "restartGap",
      try .proposal(
        gap.value.exact,
        in: .hour,
        reason: "\(drug.name): \(gap.note ?? "the shortest of the mixture")",
        fact: gap
      )
    )
    result.standing(of: gap, "restartGap")
  }

  /// The highest mark of the drugs, or some days of basal where that is more.
  private static func lowReservoir(
    _ result: inout PlanResult,
    _ request: ProposeRequest,
    _ policy: DrugPolicy
  ) throws(PlanError) {
    let highest = request.parts.map(\.drug).max { $0.lowReservoir.value < $1.lowReservoir.value }
    guard let drug = highest else { return }
    let mark = drug.lowReservoir
    let days = policy.daysLeft
    let supply =
      try request.basal.average
      * Rational(days.value.milliseconds, over: TimeSpan.day.milliseconds)
    let ceiling = max(mark.value, policy.lowReservoirRange.value.upperBound)
    let isSupply = supply > mark.value.exact
    let proposed = isSupply ? min(supply, ceiling.exact) : mark.value.exact
    let supplyText = "\(days.value.text) of basal = \(try supply.text(in: .millilitre))"
    result.work(
      "lowReservoir = the larger of \(mark.value.text) (\(drug.name)) and \(supplyText), at most "
        + "\(ceiling.text): \(try proposed.text(in: .millilitre))"
    )
    result.set(
      "lowReservoir",
      isSupply
        ? try .proposal(proposed, in: .millilitre, reason: supplyText, fact: days)
        : try .proposal(
          proposed,
          in: .millilitre,
          reason: "\(drug.name): \(mark.note ?? "its mark")",
          fact: mark
        )
    )
    if isSupply {
      result.standing(of: days, "lowReservoir")
    } else {
      result.standing(of: mark, "lowReservoir")
    }
  }
}

extension DrugUnit {
  var mass: PlanUnit { self == .ug ? .microgram : .milligram }
}
