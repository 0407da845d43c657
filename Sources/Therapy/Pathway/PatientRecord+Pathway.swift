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
    }
  }
}
