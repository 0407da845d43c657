import Formulary
import Quantities

/// The trial before an implant.
extension PatientRecord {
  func beginTrial(
    _ value: TrialPlan,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard pathway.trial == nil else {
      throw TherapyRefusal(
        .twice,
        "",
        given: "another trial",
        expected: "no trial under way",
        remedy: "Conclude the trial first."
      )
    }
    guard let drug = DrugLibrary.standard.drug(value.drug) else {
      throw TherapyRefusal(
        .unknown,
        "drug",
        given: value.drug,
        expected: DrugLibrary.standard.drugs.map(\.name).joined(separator: ", "),
        remedy: "Choose a drug of the formulary."
      )
    }
    try holdReady(drug, decision)
    try hold(value.rule, &decision)
    ask(value, drug, &decision)
    return .trialBegun(value)
  }

  private func holdReady(_ drug: Drug, _ decision: Decision) throws(TherapyRefusal) {
    guard pathway.evaluation.isConsented(to: .trial) else {
      throw TherapyRefusal(
        .stop,
        "",
        given: "no consent to a trial",
        expected: "the patient's consent",
        remedy: "Record the consent, or conclude without a trial."
      )
    }
    let bars = evaluationBars(with: [drug.name])
    guard bars.isEmpty else {
      throw TherapyRefusal(
        .stop,
        "drug",
        given: "\(drug.name) with \(bars.map(\.rawValue).joined(separator: ", "))",
        expected: "that none of these holds",
        remedy: "Treat it and answer it anew, or choose another drug."
      )
    }
  }

  private func hold(
    _ rule: TrialRule,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    let isSpastic = pathway.evaluation.diagnosis?.condition.indication == .spasticity
    switch rule {
    case .painFallsPercent(let percent):
      try decision.hold(percent, in: 20...90, "rule.painFallsPercent")
      if percent < 50 {
        decision.ask("Success by a fall of \(percent) %: 50 % is usual.")
      }
    case .ashworthFallsTenths(let tenths):
      try decision.hold(tenths, in: 5...30, "rule.ashworthFallsTenths")
      if tenths < 10 { decision.ask("Success by less than one Ashworth grade: one is usual.") }
    }
    let fits: Bool =
      switch rule {
      case .painFallsPercent: !isSpastic
      case .ashworthFallsTenths: isSpastic
      }
    guard fits else {
      throw TherapyRefusal(
        .mismatch,
        "rule",
        given: isSpastic ? "a rule of pain" : "a rule of spasticity",
        expected: isSpastic ? "ashworthFallsTenths" : "painFallsPercent",
        remedy: "Choose the rule of the indication."
      )
    }
  }

  private func ask(_ value: TrialPlan, _ drug: Drug, _ decision: inout Decision) {
    if let indication = pathway.evaluation.diagnosis?.condition.indication,
      !drug.indications.contains(indication)
    {
      decision.ask("\(drug.name) is not known for \(indication.rawValue).")
    }
    if drug.drugClass == .opioid && !value.isInpatient {
      decision.ask("An opioid is tried where staff watch for 24 h: is that so here?")
    }
    if let youngest = drug.youngest, let identity {
      let years = ageYears(of: identity.born, on: decision.now.day)
      if years < youngest.value {
        decision.ask("\(years) years old: the label of \(drug.name) begins at \(youngest.value).")
      }
    }
    if let answered = pathway.evaluation.contraindications[.activeInfection],
      decision.now - answered.at > 7 * .day
    {
      decision.ask("Infection was last asked about on \(answered.at.day.text): is there none now?")
    }
  }

  func giveTrialDose(
    _ value: TrialDose,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let trial = try trialUnderWay()
    try decision.holdSome(value.dose, "dose")
    try decision.holdSome(value.volume, "volume")
    try decision.holdPast(value.givenAt, "givenAt")
    // People enter times to the minute.
    let before = (trial.doses.last?.givenAt ?? trial.begunAt).minute
    guard value.givenAt >= before else {
      throw TherapyRefusal(
        .value,
        "givenAt",
        given: value.givenAt.text,
        expected: "not before \(before.text)",
        remedy: "Look at date and time."
      )
    }
    // A single injection is one; another needs another trial.
    if trial.plan.method == .singleInjection, trial.screening == nil, !trial.doses.isEmpty {
      throw TherapyRefusal(
        .twice,
        "dose",
        given: value.dose.text,
        expected: "no second dose in a trial by a single injection",
        remedy: "Conclude the trial."
      )
    }
    guard let step = trial.nextStep else {
      askRange(value, trial, &decision)
      return .trialDosed(value)
    }
    try hold(value, step, &decision)
    return .trialDosed(value)
  }

  /// By the screening protocol: a verified fact refuses, another one asks.
  private func hold(
    _ value: TrialDose,
    _ step: ScreeningStep,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    switch step {
    case .over(let fact):
      throw TherapyRefusal(
        .limit,
        "dose",
        given: value.dose.text,
        expected: "no further dose: \(fact.value) (\(fact.source))",
        remedy: "Conclude the trial."
      )
    case .dose(let allowed, let volume, let notBefore, let wait):
      guard allowed.contains(where: { $0.value == value.dose }) else {
        let expected = allowed.map { "\($0.value.text) (\($0.source))" }.joined(separator: " or ")
        if allowed.contains(where: { !$0.isVerified }) {
          decision.ask("\(value.dose.text): the protocol says \(expected).")
          return
        }
        throw TherapyRefusal(
          .limit,
          "dose",
          given: value.dose.text,
          expected: expected,
          remedy: "Give the dose of the protocol, or conclude the trial."
        )
      }
      if let notBefore, let wait, value.givenAt < notBefore {
        guard wait.isVerified else {
          decision.ask("Given before \(notBefore.text): \(wait.value.text) between doses.")
          return
        }
        throw TherapyRefusal(
          .limit,
          "givenAt",
          given: value.givenAt.text,
          expected:
            "not before \(notBefore.text): \(wait.value.text) between doses (\(wait.source))",
          remedy: "Wait."
        )
      }
      if let volume, value.dose == allowed[0].value, value.volume != volume {
        decision.ask(
          "\(value.dose.text) in \(value.volume.text): the protocol says \(volume.text)."
        )
      }
    }
  }

  /// A dose outside of what trials are done with looks like a slip.
  private func askRange(_ value: TrialDose, _ trial: TrialState, _ decision: inout Decision) {
    let facts = DrugLibrary.standard.drug(trial.plan.drug)?.doses.trial ?? []
    guard !facts.isEmpty, !facts.contains(where: { $0.value.contains(value.dose) }) else { return }
    let ranges = facts.map {
      "\($0.value.lowerBound.text) to \($0.value.upperBound.text) (\($0.source))"
    }
    decision.ask("\(value.dose.text): trials are done with \(ranges.joined(separator: " or ")).")
  }

  func observeTrial(
    _ value: TrialObservation,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let trial = try trialUnderWay()
    try decision.holdPast(value.takenAt, "takenAt")
    guard let first = trial.doses.first, value.takenAt >= first.givenAt else {
      throw TherapyRefusal(
        .outOfOrder,
        "takenAt",
        given: value.takenAt.text,
        expected: "a time after the first dose",
        remedy: "Record the dose first."
      )
    }
    if let breaths = value.breathsPerMinute {
      try decision.hold(breaths, in: 0...80, "breathsPerMinute")
    }
    if let oxygen = value.oxygenSaturation {
      try decision.hold(oxygen, in: 30...100, "oxygenSaturation")
    }
    if let sedation = value.sedation { try decision.hold(sedation, in: 0...3, "sedation") }
    if let note = value.note { try decision.hold(note, "note") }
    guard
      value.breathsPerMinute != nil || value.oxygenSaturation != nil || value.sedation != nil
        || value.note != nil
    else {
      throw TherapyRefusal(
        .value,
        "",
        given: "nothing",
        expected: "breaths, oxygen, sedation or a note",
        remedy: "Enter what was seen."
      )
    }
    return .trialObserved(value)
  }

  func concludeTrial(
    _ value: TrialConclusion,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let trial = try trialUnderWay()
    try decision.hold(value.reasons, "reasons")
    if let lasted = value.effectLasted {
      try decision.holdNotNegative(lasted, "effectLasted")
      guard lasted <= 72 * .hour else {
        throw TherapyRefusal(
          .value,
          "effectLasted",
          given: lasted.text,
          expected: "at most 72 h",
          remedy: "Look at number and unit."
        )
      }
    }
    let response = response(to: trial)
    switch value.outcome {
    case .brokenOff: break
    case .failed:
      if let response, response.isMet {
        decision.ask("The rule is met (\(response.text(trial.plan.rule))): did the trial fail?")
      }
    case .succeeded:
      guard let response, response.isMet else {
        throw TherapyRefusal(
          .stop,
          "outcome",
          given: response?.text(trial.plan.rule) ?? "no score before and after a dose",
          expected: trial.plan.rule.text,
          remedy: "Record the scores; or conclude without success, and let a physician decide."
        )
      }
      if let severe = sideEffects.last(where: {
        $0.struckOut == nil && $0.value.severity == .severe && $0.at >= trial.begunAt
      }) {
        decision.ask("\(severe.value.what) was severe: was the dose tolerated all the same?")
      }
    }
    return .trialConcluded(value)
  }

  func waiveTrial(
    _ value: TrialWaiver,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.reason, "reason")
    guard pathway.trial == nil else {
      throw TherapyRefusal(
        .outOfOrder,
        "",
        given: "a trial that is under way",
        expected: "its conclusion",
        remedy: "Conclude the trial first."
      )
    }
    return .trialWaived(value)
  }

  private func trialUnderWay() throws(TherapyRefusal) -> TrialState {
    guard let trial = pathway.trial else {
      throw TherapyRefusal(
        .outOfOrder,
        "",
        given: "no trial under way",
        expected: "a trial with its plan",
        remedy: "Begin the trial first."
      )
    }
    return trial
  }
}

extension TrialRule {
  /// As in `pain falls by at least 50 %`.
  public var text: String {
    switch self {
    case .painFallsPercent(let percent): "pain falls by at least \(percent) %"
    case .ashworthFallsTenths(let tenths):
      "the mean modified Ashworth score falls by at least \(tenths / 10).\(tenths % 10)"
    }
  }
}
