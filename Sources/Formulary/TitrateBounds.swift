import Quantities

/// How far a dose may be changed in one step, by all rules that fit.
struct TitrateBounds {
  /// A daily dose that one rule does not pass.
  struct Bound {
    /// fg/d, exact.
    let dose: Rational
    /// In words, as in `increase 10 to 30 %`.
    let rule: String
    let source: String
    let isVerified: Bool
    /// Whether it is the envelope of remote orders that sets it.
    let isRemote: Bool
  }

  /// From above, the lowest first.
  let increases: [Bound]
  /// From below, the highest first; none where no rule is known.
  let decreases: [Bound]
  /// The time that an increase must wait for, the longest first.
  let intervals: [DrugFact<TimeSpan>]
  /// What careful practice advises besides.
  let advice: [TitrationRule]

  init(_ request: TitrateRequest, _ policy: DrugPolicy) throws(PlanError) {
    let current = request.current.exact
    var increases: [Bound] = []
    var decreases: [Bound] = []
    var intervals: [DrugFact<TimeSpan>] = []
    var advice: [TitrationRule] = []
    for rule in request.drug.titration
    where rule.fits(request.indication, request.origin, age: request.age, request.setting) {
      guard !rule.isAdvice else {
        advice.append(rule)
        continue
      }
      let up = rule.increase
      increases.append(
        Bound(
          dose: try current + up.value.most(of: current),
          rule: "increase \(up.value.text)",
          source: up.source,
          isVerified: up.isVerified,
          isRemote: false
        )
      )
      if let down = rule.decrease {
        decreases.append(
          Bound(
            dose: max(.zero, try current - down.value.most(of: current)),
            rule: "decrease \(down.value.text)",
            source: down.source,
            isVerified: down.isVerified,
            isRemote: false
          )
        )
      }
      if let interval = rule.interval { intervals.append(interval) }
    }
    if request.setting == .remote {
      let step = policy.remoteStep
      let size = try current * step.value / Rational(100)
      for (dose, sign) in [(try current + size, "+"), (try current - size, "−")] {
        let bound = Bound(
          dose: dose,
          rule: "envelope of remote orders, \(sign)\(step.value.text()) %",
          source: step.source,
          isVerified: step.isVerified,
          isRemote: true
        )
        if sign == "+" { increases.append(bound) } else { decreases.append(bound) }
      }
      intervals.append(policy.betweenRemoteIncreases)
    }
    self.increases = increases.sorted { $0.dose < $1.dose }
    self.decreases = decreases.sorted { $0.dose > $1.dose }
    self.intervals = intervals.sorted { $0.value > $1.value }
    self.advice = advice
  }
}
