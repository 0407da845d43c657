import Formulary

/// What a decision to proceed still lacks.
public enum EvaluationGap: Equatable, Sendable {
  case diagnosis, history, examination, regimen, triedTherapy, psychology, survival, goal, talk
  case trialConsent
  case answer(Contraindication)
  /// A score before anything is done, by the name of its scale.
  case baseline(ScoreScale)

  /// In the words of a work list.
  public var text: String {
    switch self {
    case .diagnosis: "the indication"
    case .history: "the history"
    case .examination: "the examination"
    case .regimen: "the present medicines, or that there are none"
    case .triedTherapy: "a therapy that was tried and was not enough"
    case .psychology: "the psychological screening"
    case .survival: "the expected survival"
    case .goal: "a goal of the patient"
    case .talk: "the talk about expectations"
    case .trialConsent: "the consent to a trial"
    case .answer(let what): "an answer: \(what.rawValue)"
    case .baseline(let scale): "a first score: \(scale.rawValue)"
    }
  }
}

extension PatientRecord {
  /// What is missing before it can be decided to proceed (pathway: Evaluation).
  ///
  /// Psychological screening is asked for where pain is not of cancer, and survival where it is.
  public var evaluationGaps: [EvaluationGap] {
    let state = pathway.evaluation
    var gaps: [EvaluationGap] = []
    let indication = state.diagnosis?.condition.indication
    if state.diagnosis == nil { gaps.append(.diagnosis) }
    if state.history.isEmpty { gaps.append(.history) }
    if state.examinations.isEmpty { gaps.append(.examination) }
    if state.regimen.isEmpty && oralOpioids.allSatisfy({ $0.struckOut != nil }) {
      gaps.append(.regimen)
    }
    if state.tried.isEmpty { gaps.append(.triedTherapy) }
    if indication == .nonCancer && state.psychology == nil { gaps.append(.psychology) }
    if indication == .cancer && state.survival == nil { gaps.append(.survival) }
    gaps += Contraindication.allCases.filter { state.contraindications[$0] == nil }.map {
      .answer($0)
    }
    if state.goals.isEmpty { gaps.append(.goal) }
    if state.talk == nil { gaps.append(.talk) }
    if !state.isConsented(to: .trial) { gaps.append(.trialConsent) }
    if let indication {
      let wanted: [ScoreScale] =
        indication == .spasticity ? [.modifiedAshworth, .penn] : [.nrs]
      gaps += wanted.filter { !hasScore(of: $0) }.map { .baseline($0) }
    }
    return gaps
  }

  private func hasScore(of scale: ScoreScale) -> Bool {
    scores.contains { $0.struckOut == nil && $0.value.score.scale == scale }
  }

  /// What stands against proceeding and a physician may answer with a reason, in words.
  public var evaluationObjections: [String] {
    let state = pathway.evaluation
    var found = Contraindication.allCases.filter {
      !$0.isAbsolute && state.contraindications[$0]?.holds == true
    }
    .map(\.rawValue)
    switch state.psychology?.finding {
    case .treatFirst: found.append("psychological screening: treat first")
    case .unsuitable: found.append("psychological screening: unsuitable")
    case .suitable, nil: break
    }
    if state.survival == .underThreeMonths {
      found.append("expected survival under 3 months: an external system is usual")
    }
    return found
  }

  /// What nobody may pass while it holds.
  public var evaluationBars: [Contraindication] {
    Contraindication.allCases.filter {
      $0.isAbsolute && pathway.evaluation.contraindications[$0]?.holds == true
    }
  }

  /// What nobody may pass with these drugs: the label of ziconotide excludes a psychosis in the past
  /// (ziconotide: contraindications).
  func evaluationBars(with drugs: [String]) -> [Contraindication] {
    let isExcluded =
      drugs.contains("ziconotide")
      && pathway.evaluation.contraindications[.psychosis]?.holds == true
    return evaluationBars + (isExcluded ? [.psychosis] : [])
  }
}
