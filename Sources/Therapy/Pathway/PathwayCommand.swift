/// What a person wants recorded of the pathway; each is decided before it becomes an event.
public enum PathwayCommand: Equatable, Sendable {
  case enroll(Enrolled, ContactDetails?)
  case recordDiagnosis(Diagnosis)
  case takeHistory(Note)
  case examine(Note)
  case recordRegimen(RegimenDrug)
  case recordTried(TriedTherapy)
  case screenPsychology(PsychologicalScreening)
  case answerContraindication(ContraindicationAnswer)
  case expectSurvival(ExpectedSurvival)
  case setGoal(Goal)
  case talkExpectations(ExpectationsTalk)
  case recordConsent(Consent)
  case decide(EvaluationDecision)
  case beginTrial(TrialPlan)
  case giveTrialDose(TrialDose)
  case observeTrial(TrialObservation)
  case concludeTrial(TrialConclusion)
  case waiveTrial(TrialWaiver)
}

extension PathwayCommand {
  /// The roles that may give it.
  var roles: Set<PersonRole> {
    switch self {
    case .enroll: [.physician, .nurse, .administrator]
    case .recordDiagnosis, .decide, .beginTrial, .concludeTrial, .waiveTrial: [.physician]
    case .takeHistory, .examine, .recordTried, .screenPsychology, .answerContraindication,
      .expectSurvival, .setGoal, .talkExpectations, .recordConsent, .giveTrialDose, .observeTrial:
      [.physician, .nurse]
    case .recordRegimen: [.physician, .nurse, .pharmacist]
    }
  }

  /// The stages at which it is taken.
  var stages: Set<PatientStage> {
    switch self {
    case .enroll: [.new]
    case .decide: [.evaluation]
    case .recordDiagnosis, .takeHistory, .examine, .recordRegimen, .recordTried,
      .screenPsychology, .answerContraindication, .expectSurvival, .setGoal, .talkExpectations:
      [.evaluation, .trial, .implant]
    case .recordConsent: [.evaluation, .trial, .implant, .therapy]
    case .beginTrial, .giveTrialDose, .observeTrial, .concludeTrial: [.trial]
    case .waiveTrial: [.trial]
    }
  }
}
