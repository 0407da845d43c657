/// What happens to a patient before a pump delivers, beside it, and after it (docs/pathway.md).
///
/// Its JSON is that of ``TherapyEvent``, with kinds of its own.
public enum PathwayEvent: Equatable, Sendable {
  /// A patient was sent to the clinic; nothing is implanted.
  case enrolled(Enrolled)
  case diagnosisRecorded(Diagnosis)
  case historyTaken(Note)
  case examined(Note)
  /// Of the medicines that are taken now; opioids are ``TherapyEvent/oralOpioidRecorded(_:)``.
  case regimenRecorded(RegimenDrug)
  case therapyTried(TriedTherapy)
  case psychologyScreened(PsychologicalScreening)
  case contraindicationAnswered(ContraindicationAnswer)
  case survivalExpected(ExpectedSurvival)
  case goalSet(Goal)
  /// What the therapy can and cannot do was talked over.
  case expectationsTalked(ExpectationsTalk)
  case consented(Consent)
  case decided(EvaluationDecision)
  case trialBegun(TrialPlan)
  case trialDosed(TrialDose)
  case trialObserved(TrialObservation)
  case trialConcluded(TrialConclusion)
  /// An implant without a successful trial, and why.
  case trialWaived(TrialWaiver)
  /// A depression score with its ninth item above 0 was looked at, and what was done.
  case alertAnswered(AlertAnswered)
  /// A check for side effects was made.
  case careChecked(CareCheckDone)
  /// Something is wrong, and is looked into from here on.
  case complicationOpened(ComplicationOpened)
  case complicationTested(ComplicationTested)
  case complicationClosed(ComplicationClosed)
  /// A scan of a patient with a pump.
  case mriPlanned(MRIPlanned)
  case mriStepDone(MRIStepDone)
  case mriClosed(MRIClosed)
  case mriCancelled(MRICancelled)
  /// A taper of what is taken by mouth or skin.
  case taperPlanned(TaperPlan)
  case taperStepTaken(TaperStepTaken)
  case taperStopped(TaperStopped)
  case implantCheckAnswered(ImplantCheckAnswer)
  /// The existing kinds of an adopted patient follow it: pump, catheter, fill.
  case implanted(Implanted)
  case primed(Primed)
  case recoveryObserved(RecoveryObservation)
  case aftercareGiven(AftercareGiven)
  case visitPlanned(VisitPlanned)
  case visitMoved(VisitMoved)
  case visitHeld(VisitHeld)
  case visitMissed(VisitMissed)
  /// After an increase from afar.
  case remoteCallMade(RemoteCall)
  case replacementPlanned(ReplacementPlanned)
  case weaningPlanned(WeaningPlan)
  case explanted(Explanted)
  /// With the document that the other clinic got.
  case transferred(Transferred)
  case died(Died)
  /// With the transfer document of another clinic; the events before it are what that told.
  case arrived(Arrived)
  case arrivalChecked(ArrivalChecked)
}

/// The kinds of form 1; the names are stable, and none is one of ``TherapyEventKind``.
public enum PathwayEventKind: String, Codable, Sendable, CaseIterable {
  case enrolled, diagnosisRecorded, historyTaken, examined, regimenRecorded, therapyTried
  case psychologyScreened, contraindicationAnswered, survivalExpected, goalSet
  case expectationsTalked, consented, decided
  case trialBegun, trialDosed, trialObserved, trialConcluded, trialWaived
  case alertAnswered, careChecked
  case complicationOpened, complicationTested, complicationClosed
  case mriPlanned, mriStepDone, mriClosed, mriCancelled
  case taperPlanned, taperStepTaken, taperStopped
  case implantCheckAnswered, implanted, primed, recoveryObserved, aftercareGiven
  case visitPlanned, visitMoved, visitHeld, visitMissed, remoteCallMade
  case replacementPlanned, weaningPlanned, explanted, transferred, died
  case arrived, arrivalChecked
}

extension PathwayEvent {
  public var kind: PathwayEventKind {
    switch self {
    case .enrolled: .enrolled
    case .diagnosisRecorded: .diagnosisRecorded
    case .historyTaken: .historyTaken
    case .examined: .examined
    case .regimenRecorded: .regimenRecorded
    case .therapyTried: .therapyTried
    case .psychologyScreened: .psychologyScreened
    case .contraindicationAnswered: .contraindicationAnswered
    case .survivalExpected: .survivalExpected
    case .goalSet: .goalSet
    case .expectationsTalked: .expectationsTalked
    case .consented: .consented
    case .decided: .decided
    case .trialBegun: .trialBegun
    case .trialDosed: .trialDosed
    case .trialObserved: .trialObserved
    case .trialConcluded: .trialConcluded
    case .trialWaived: .trialWaived
    case .alertAnswered: .alertAnswered
    case .careChecked: .careChecked
    case .complicationOpened: .complicationOpened
    case .complicationTested: .complicationTested
    case .complicationClosed: .complicationClosed
    case .mriPlanned: .mriPlanned
    case .mriStepDone: .mriStepDone
    case .mriClosed: .mriClosed
    case .mriCancelled: .mriCancelled
    case .taperPlanned: .taperPlanned
    case .taperStepTaken: .taperStepTaken
    case .taperStopped: .taperStopped
    case .implantCheckAnswered: .implantCheckAnswered
    case .implanted: .implanted
    case .primed: .primed
    case .recoveryObserved: .recoveryObserved
    case .aftercareGiven: .aftercareGiven
    case .visitPlanned: .visitPlanned
    case .visitMoved: .visitMoved
    case .visitHeld: .visitHeld
    case .visitMissed: .visitMissed
    case .remoteCallMade: .remoteCallMade
    case .replacementPlanned: .replacementPlanned
    case .weaningPlanned: .weaningPlanned
    case .explanted: .explanted
    case .transferred: .transferred
    case .died: .died
    case .arrived: .arrived
    case .arrivalChecked: .arrivalChecked
    }
  }

  /// Reads the body of a kind.
  init(
    _ kind: PathwayEventKind,
    _ body: PathwayBody
  ) throws {
    switch kind {
    case .enrolled: self = .enrolled(try body.read())
    case .diagnosisRecorded: self = .diagnosisRecorded(try body.read())
    case .historyTaken: self = .historyTaken(try body.read())
    case .examined: self = .examined(try body.read())
    case .regimenRecorded: self = .regimenRecorded(try body.read())
    case .therapyTried: self = .therapyTried(try body.read())
    case .psychologyScreened: self = .psychologyScreened(try body.read())
    case .contraindicationAnswered: self = .contraindicationAnswered(try body.read())
    case .survivalExpected: self = .survivalExpected(try body.read())
    case .goalSet: self = .goalSet(try body.read())
    case .expectationsTalked: self = .expectationsTalked(try body.read())
    case .consented: self = .consented(try body.read())
    case .decided: self = .decided(try body.read())
    case .trialBegun: self = .trialBegun(try body.read())
    case .trialDosed: self = .trialDosed(try body.read())
    case .trialObserved: self = .trialObserved(try body.read())
    case .trialConcluded: self = .trialConcluded(try body.read())
    case .trialWaived: self = .trialWaived(try body.read())
    case .alertAnswered: self = .alertAnswered(try body.read())
    case .careChecked: self = .careChecked(try body.read())
    case .complicationOpened: self = .complicationOpened(try body.read())
    case .complicationTested: self = .complicationTested(try body.read())
    case .complicationClosed: self = .complicationClosed(try body.read())
    case .mriPlanned: self = .mriPlanned(try body.read())
    case .mriStepDone: self = .mriStepDone(try body.read())
    case .mriClosed: self = .mriClosed(try body.read())
    case .mriCancelled: self = .mriCancelled(try body.read())
    case .taperPlanned: self = .taperPlanned(try body.read())
    case .taperStepTaken: self = .taperStepTaken(try body.read())
    case .taperStopped: self = .taperStopped(try body.read())
    case .implantCheckAnswered: self = .implantCheckAnswered(try body.read())
    case .implanted: self = .implanted(try body.read())
    case .primed: self = .primed(try body.read())
    case .recoveryObserved: self = .recoveryObserved(try body.read())
    case .aftercareGiven: self = .aftercareGiven(try body.read())
    case .visitPlanned: self = .visitPlanned(try body.read())
    case .visitMoved: self = .visitMoved(try body.read())
    case .visitHeld: self = .visitHeld(try body.read())
    case .visitMissed: self = .visitMissed(try body.read())
    case .remoteCallMade: self = .remoteCallMade(try body.read())
    case .replacementPlanned: self = .replacementPlanned(try body.read())
    case .weaningPlanned: self = .weaningPlanned(try body.read())
    case .explanted: self = .explanted(try body.read())
    case .transferred: self = .transferred(try body.read())
    case .died: self = .died(try body.read())
    case .arrived: self = .arrived(try body.read())
    case .arrivalChecked: self = .arrivalChecked(try body.read())
    }
  }

  /// What stands under `body`.
  var body: any Encodable {
    switch self {
    case .enrolled(let value): value
    case .diagnosisRecorded(let value): value
    case .historyTaken(let value): value
    case .examined(let value): value
    case .regimenRecorded(let value): value
    case .therapyTried(let value): value
    case .psychologyScreened(let value): value
    case .contraindicationAnswered(let value): value
    case .survivalExpected(let value): value
    case .goalSet(let value): value
    case .expectationsTalked(let value): value
    case .consented(let value): value
    case .decided(let value): value
    case .trialBegun(let value): value
    case .trialDosed(let value): value
    case .trialObserved(let value): value
    case .trialConcluded(let value): value
    case .trialWaived(let value): value
    case .alertAnswered(let value): value
    case .careChecked(let value): value
    case .complicationOpened(let value): value
    case .complicationTested(let value): value
    case .complicationClosed(let value): value
    case .mriPlanned(let value): value
    case .mriStepDone(let value): value
    case .mriClosed(let value): value
    case .mriCancelled(let value): value
    case .taperPlanned(let value): value
    case .taperStepTaken(let value): value
    case .taperStopped(let value): value
    case .implantCheckAnswered(let value): value
    case .implanted(let value): value
    case .primed(let value): value
    case .recoveryObserved(let value): value
    case .aftercareGiven(let value): value
    case .visitPlanned(let value): value
    case .visitMoved(let value): value
    case .visitHeld(let value): value
    case .visitMissed(let value): value
    case .remoteCallMade(let value): value
    case .replacementPlanned(let value): value
    case .weaningPlanned(let value): value
    case .explanted(let value): value
    case .transferred(let value): value
    case .died(let value): value
    case .arrived(let value): value
    case .arrivalChecked(let value): value
    }
  }
}

/// A body that is still to be read.
struct PathwayBody {
  let decoder: any Decoder

  func read<Value: Decodable>() throws -> Value { try Value(from: decoder) }
}
