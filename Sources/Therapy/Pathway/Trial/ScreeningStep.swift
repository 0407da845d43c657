public import Formulary
public import Quantities

/// What the screening protocol of a drug says comes next (formulary: screening).
public enum ScreeningStep: Equatable, Sendable {
  /// One of these doses; each with its fact, and not before an instant.
  case dose([DrugFact<Mass>], volume: Volume?, notBefore: Instant?, wait: DrugFact<TimeSpan>?)
  /// The highest dose was given.
  case over(DrugFact<String>)

  /// What may be given next.
  ///
  /// - Parameters:
  ///   - screening: of the drug.
  ///   - doses: given so far, in order.
  init(_ screening: ScreeningProtocol, after doses: [TrialDose]) {
    let steps = screening.steps
    guard let last = doses.last else {
      self = .dose(
        [steps[0].dose, screening.smallest],
        volume: steps[0].volume.value,
        notBefore: nil,
        wait: nil
      )
      return
    }
    let index = steps.firstIndex { $0.dose.value == last.dose }.map { $0 + 1 } ?? 0
    guard index < steps.count else {
      self = .over(screening.nonResponder)
      return
    }
    // After the smallest dose the wait is that of any later step.
    let wait = steps[index].wait ?? steps.compactMap(\.wait).first
    self = .dose(
      [steps[index].dose],
      volume: steps[index].volume.value,
      notBefore: wait.map { last.givenAt + $0.value },
      wait: wait
    )
  }
}

extension TrialState {
  /// The protocol by which it goes; nothing where the formulary has none for drug and method.
  public var screening: ScreeningProtocol? {
    switch plan.method {
    case .singleInjection, .repeatedInjections:
      DrugLibrary.standard.drug(plan.drug)?.screening
    case .epiduralInfusion, .intrathecalInfusion: nil
    }
  }

  /// What may be given next; nothing where there is no protocol.
  public var nextStep: ScreeningStep? {
    screening.map { ScreeningStep($0, after: doses) }
  }

  /// Until when the patient is watched after the last dose; nothing where nothing says so.
  ///
  /// Opioids: 24 h with staff at hand (label of Mitigo, seen).
  public var watchedUntil: Instant? {
    guard let last = doses.last else { return nil }
    if let screening { return last.givenAt + screening.observe.value.upperBound }
    guard DrugLibrary.standard.drug(plan.drug)?.drugClass == .opioid else { return nil }
    return last.givenAt + 24 * .hour
  }
}
