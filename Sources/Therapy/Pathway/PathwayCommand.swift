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
  case answerAlert(AlertAnswered)
  case recordCheck(CareCheckDone)
  case openComplication(ComplicationOpened)
  case testComplication(ComplicationTested)
  case closeComplication(ComplicationClosed)
  case planMRI(MRIPlanned)
  case takeMRIStep(MRIStepDone)
  case closeMRI(MRIClosed)
  case cancelMRI(MRICancelled)
  case planTaper(TaperPlan)
  case takeTaperStep(TaperStepTaken)
  case stopTaper(TaperStopped)
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
  /// That all before it was told by another clinic.
  case recordArrival(Arrived)
  case checkArrival(ArrivalChecked)
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
    case .closeComplication, .planTaper: [.physician]
    case .answerAlert, .recordCheck, .openComplication, .testComplication, .planMRI, .takeMRIStep,
      .closeMRI, .cancelMRI, .takeTaperStep, .stopTaper:
      [.physician, .nurse]
    case .implant, .planReplacement, .planWeaning, .explant, .transfer, .recordDeath: [.physician]
    case .answerImplantCheck: [.physician, .nurse, .pharmacist]
    case .recordPriming, .observeRecovery, .giveAftercare, .holdVisit, .recordCall:
      [.physician, .nurse]
    case .planVisit, .moveVisit, .missVisit: [.physician, .nurse, .administrator]
    case .recordArrival, .checkArrival: [.physician, .nurse]
    }
  }

  /// The stages at which it is taken.
  var stages: Set<PatientStage> {
    switch self {
    case .enroll: [.new]
    case .decide: [.evaluation]
    case .recordDiagnosis, .takeHistory, .examine, .recordRegimen, .recordTried,
      .screenPsychology, .expectSurvival, .talkExpectations:
      [.evaluation, .trial, .implant]
    // A replacement is an operation too, and goals go on.
    case .answerContraindication, .recordConsent, .setGoal:
      [.evaluation, .trial, .implant, .therapy]
    case .beginTrial, .giveTrialDose, .observeTrial, .concludeTrial: [.trial]
    case .waiveTrial: [.trial]
    // Signs are looked after wherever a drug may be at work, and to their end.
    case .answerAlert: [.evaluation, .trial, .implant, .therapy, .ended]
    case .openComplication: [.trial, .implant, .therapy]
    case .testComplication, .closeComplication: [.trial, .implant, .therapy, .ended]
    case .recordCheck, .planMRI: [.therapy]
    case .takeMRIStep, .closeMRI, .cancelMRI: [.therapy, .ended]
    case .planTaper: [.implant, .therapy]
    case .takeTaperStep, .stopTaper: [.implant, .therapy, .ended]
    case .answerImplantCheck, .implant: [.implant, .therapy]
    case .recordPriming, .observeRecovery, .giveAftercare, .planVisit, .moveVisit, .holdVisit,
      .missVisit, .recordCall, .planReplacement, .planWeaning, .explant, .transfer, .recordArrival,
      .checkArrival:
      [.therapy]
    case .recordDeath: [.evaluation, .trial, .implant, .therapy, .ended]
    }
  }

  /// Whether it is taken where the record has events that this version cannot read: what is wrong with
  /// a patient, and what is done about it, may always be written down.
  var isObservation: Bool {
    switch self {
    case .answerAlert, .recordCheck, .openComplication, .testComplication, .closeComplication: true
    default: false
    }
  }
}
