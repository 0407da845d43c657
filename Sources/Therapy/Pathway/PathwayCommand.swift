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
  case answerImplantCheck(ImplantCheckAnswer)
  /// The first pump, or one that replaces the pump in place.
  case implant(Implanted)
  case recordPriming(Primed)
  case observeRecovery(RecoveryObservation)
  case giveAftercare(AftercareGiven)
  case planVisit(VisitKind, on: Day, purpose: String)
  case moveVisit(VisitMoved)
  case holdVisit(VisitHeld)
  case missVisit(VisitMissed)
  case recordCall(RemoteCall)
  case planReplacement(ReplacementPlanned)
  case planWeaning(WeaningPlan)
  case explant(Explanted)
  case transfer(to: String, reason: String, unanswered: String? = nil)
  case recordDeath(Died)
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
    case .implant, .planReplacement, .planWeaning, .explant, .transfer, .recordDeath: [.physician]
    case .answerImplantCheck: [.physician, .nurse, .pharmacist]
    case .recordPriming, .observeRecovery, .giveAftercare, .holdVisit, .recordCall:
      [.physician, .nurse]
    case .planVisit, .moveVisit, .missVisit: [.physician, .nurse, .administrator]
    }
  }

  /// The stages at which it is taken.
  var stages: Set<PatientStage> {
    switch self {
    case .enroll: [.new]
    case .decide: [.evaluation]
    case .recordDiagnosis, .takeHistory, .examine, .recordRegimen, .recordTried,
      .screenPsychology, .expectSurvival, .setGoal, .talkExpectations:
      [.evaluation, .trial, .implant]
    // A replacement is an operation too.
    case .answerContraindication, .recordConsent: [.evaluation, .trial, .implant, .therapy]
    case .beginTrial, .giveTrialDose, .observeTrial, .concludeTrial: [.trial]
    case .waiveTrial: [.trial]
    case .answerImplantCheck, .implant: [.implant, .therapy]
    case .recordPriming, .observeRecovery, .giveAftercare, .planVisit, .moveVisit, .holdVisit,
      .missVisit, .recordCall, .planReplacement, .planWeaning, .explant, .transfer:
      [.therapy]
    case .recordDeath: [.evaluation, .trial, .implant, .therapy, .ended]
    }
  }
}
