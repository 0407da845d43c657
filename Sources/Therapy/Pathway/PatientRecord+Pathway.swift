extension PatientRecord {
  /// Decides a command of the pathway; role and stage have been looked at.
  func events(
    of command: PathwayCommand,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    switch command {
    case .enroll(let value, let contact): try enroll(value, contact, &decision)
    case .recordDiagnosis(let value): [.pathway(try diagnose(value, &decision))]
    case .takeHistory(let value):
      [.pathway(.historyTaken(try held(value, decision)))]
    case .examine(let value): [.pathway(.examined(try held(value, decision)))]
    case .recordRegimen(let value): [.pathway(try recordRegimen(value, decision))]
    case .recordTried(let value): [.pathway(try recordTried(value, decision))]
    case .screenPsychology(let value): [.pathway(try screenPsychology(value, decision))]
    case .answerContraindication(let value): [.pathway(try answer(value, decision))]
    case .expectSurvival(let value): [.pathway(.survivalExpected(value))]
    case .setGoal(let value): [.pathway(try setGoal(value, decision))]
    case .talkExpectations(let value): [.pathway(try talk(value, decision))]
    case .recordConsent(let value): [.pathway(try recordConsent(value, decision))]
    case .decide(let value): [.pathway(try decideEvaluation(value, &decision))]
    case .beginTrial(let value): [.pathway(try beginTrial(value, &decision))]
    case .giveTrialDose(let value): [.pathway(try giveTrialDose(value, &decision))]
    case .observeTrial(let value): [.pathway(try observeTrial(value, decision))]
    case .concludeTrial(let value): [.pathway(try concludeTrial(value, &decision))]
    case .waiveTrial(let value): [.pathway(try waiveTrial(value, decision))]
    case .answerAlert(let value): [.pathway(try answerAlert(value, decision))]
    case .recordCheck(let value): [.pathway(try recordCheck(value, &decision))]
    case .openComplication(let value): [.pathway(try openComplication(value, decision))]
    case .testComplication(let value): [.pathway(try testComplication(value, &decision))]
    case .closeComplication(let value): [.pathway(try closeComplication(value, decision))]
    case .planMRI(let value): [.pathway(try planMRI(value, &decision))]
    case .takeMRIStep(let value): [.pathway(try takeMRIStep(value, &decision))]
    case .closeMRI(let value): [.pathway(try closeMRI(value))]
    case .cancelMRI(let value): [.pathway(try cancelMRI(value, decision))]
    case .planTaper(let value): [.pathway(try planTaper(value, &decision))]
    case .takeTaperStep(let value): try takeTaperStep(value, &decision)
    case .stopTaper(let value): try stopTaper(value, &decision)
    case .answerImplantCheck(let value): [.pathway(try answerImplantCheck(value, &decision))]
    case .implant(let value): try implant(value, &decision)
    case .recordPriming(let value): [.pathway(try recordPriming(value, &decision))]
    case .observeRecovery(let value): [.pathway(try observeRecovery(value, decision))]
    case .giveAftercare(let value): [.pathway(try giveAftercare(value, decision))]
    case .planVisit(let kind, let day, let purpose):
      [.pathway(try planVisit(kind, on: day, purpose, decision))]
    case .moveVisit(let value): [.pathway(try moveVisit(value, &decision))]
    case .holdVisit(let value): [.pathway(try holdVisit(value, &decision))]
    case .missVisit(let value): [.pathway(try missVisit(value, decision))]
    case .recordCall(let value): [.pathway(try recordCall(value, &decision))]
    case .planReplacement(let value): [.pathway(try planReplacement(value, &decision))]
    case .planWeaning(let value): [.pathway(try planWeaning(value, &decision))]
    case .explant(let value): try explant(value, &decision)
    case .transfer(let clinic, let reason, let unanswered):
      try transfer(to: clinic, because: reason, unanswered, &decision)
    case .recordDeath(let value): try recordDeath(value, &decision)
    case .recordArrival(let value): [.pathway(try recordArrival(value, decision))]
    case .checkArrival(let value): [.pathway(try checkArrival(value, decision))]
    }
  }
}
