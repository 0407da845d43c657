import Formulary
import PumpScenario
import Quantities

/// Taking a drug away before its pump goes (H-75; formulary: withdrawal).
extension PatientRecord {
  /// Whether a drug that is in the reservoir may end.
  enum Weaned: Equatable {
    case done
    /// May be stopped at once, by the formulary.
    case needless
    /// No plan, or not carried out; in words.
    case missing(String, isVerified: Bool)
  }

  func planWeaning(
    _ value: WeaningPlan,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let fluid = reservoir?.fluid, fluid.concentration(of: value.drug) != nil else {
      throw TherapyRefusal(
        .unknown,
        "drug",
        given: String(value.drug.prefix(60)),
        expected: reservoir?.fluid.text ?? "a fill that is known",
        remedy: "Choose a drug of the reservoir."
      )
    }
    try decision.hold(value.instead, "instead")
    guard (1...60).contains(value.steps.count) else {
      throw TherapyRefusal(
        .value,
        "steps",
        given: "\(value.steps.count)",
        expected: "1 to 60 steps",
        remedy: "Give each step with its day and dose."
      )
    }
    try hold(value.steps, dose(of: value.drug), decision)
    ask(value, &decision)
    return .weaningPlanned(value)
  }

  /// By the basal of the program in force; nothing where that is not known.
  func dose(of drug: String) -> DailyDose? {
    programFigures?.doses.first { $0.drug == drug }?.mean
  }

  private func hold(
    _ steps: [WeaningStep],
    _ current: DailyDose?,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    var day = Day(number: decision.now.day.number - 2)
    var dose = current ?? DailyDose(mass: Mass(femtograms: 1_000_000_000_000_000))
    for (index, step) in steps.enumerated() {
      try decision.holdNotNegative(step.dose, "steps.\(index).dose")
      guard step.on > day, step.on.number <= decision.now.day.number + 730 else {
        throw TherapyRefusal(
          .value,
          "steps.\(index).on",
          given: step.on.text,
          expected: "after \(day.text), within two years",
          remedy: "Each step is on a later day than the one before."
        )
      }
      guard step.dose.mass < dose.mass else {
        throw TherapyRefusal(
          .value,
          "steps.\(index).dose",
          given: step.dose.text,
          expected: "less than \(dose.text)",
          remedy: "Each step is less than the one before."
        )
      }
      (day, dose) = (step.on, step.dose)
    }
  }

  /// Steps that the rules of the drug would not take; they speak of titration, so they ask.
  private func ask(_ value: WeaningPlan, _ decision: inout Decision) {
    guard let current = dose(of: value.drug) else {
      decision.ask("The dose in force is not known: is the first step less?")
      return
    }
    if let last = value.steps.last?.dose, last.mass.femtograms > current.mass.femtograms / 5 {
      decision.ask(
        "After the last step \(last.text) of \(current.text) is left to be stopped at once."
      )
    }
    let rules = DrugLibrary.standard.drug(value.drug)?.titration ?? []
    let fitting = rules.filter { rule in
      adopted.map { rule.indications.contains($0.indication) } ?? true
        && (rule.origin == nil || rule.origin == adopted?.origin)
    }
    guard let most = fitting.compactMap(\.decrease).first,
      case .percent(let range) = most.value
    else { return }
    var before = current.mass.femtograms
    for step in value.steps {
      let fall = Rational(before - step.dose.mass.femtograms, over: before)
      if let percent = try? fall * Rational(100), percent > range.upperBound {
        decision.ask(
          "\(step.on.text): to \(step.dose.text) is more than \(most.value.text) at once"
            + (most.isVerified ? "." : " (UNVERIFIED).")
        )
        return
      }
      before = max(1, step.dose.mass.femtograms)
    }
  }

  /// The next step whose dose is not yet in force, for the work list.
  public var weaningStepsDue: [(drug: String, step: WeaningStep)] {
    pathway.weanings.values.sorted { $0.drug < $1.drug }.compactMap { plan in
      let dose = dose(of: plan.drug)
      let next = plan.steps.first { step in dose.map { $0.mass > step.dose.mass } ?? true }
      return next.map { (plan.drug, $0) }
    }
  }

  /// Whether a drug has been taken away as planned.
  func weaned(_ name: String, on day: Day) -> Weaned {
    let known = DrugLibrary.standard.drug(name)
    if let known, known.withdrawal.risk == .none, known.withdrawal.signs.isVerified {
      return .needless
    }
    let isVerified = known.map { $0.withdrawal.risk == .high && $0.withdrawal.signs.isVerified }
    let signs = known?.withdrawal.signs.value ?? "what its loss does is not known"
    func missing(_ what: String) -> Weaned {
      .missing("\(name): \(what) (\(signs))", isVerified: isVerified ?? false)
    }
    guard let plan = pathway.weanings[name], let last = plan.steps.last else {
      return missing("no plan of weaning")
    }
    guard last.on <= day else { return missing("the last step is on \(last.on.text)") }
    // A plan on paper is no weaning: what counts is what the pump gives.
    guard let dose = dose(of: name) else { return missing("the dose in force is not known") }
    guard dose.mass <= last.dose.mass else {
      return missing("still \(dose.text), the last step is \(last.dose.text)")
    }
    return .done
  }
}
