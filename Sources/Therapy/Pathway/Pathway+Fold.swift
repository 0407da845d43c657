extension PatientRecord {
  /// Applies an event of the pathway; the reason where it contradicts what is there.
  mutating func foldPathway(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    let before = stage
    defer { if stage != before { pathway.since = meta.at } }
    switch event {
    case .enrolled(let value):
      guard stage == .new else { return "enrolled at stage \(stage.rawValue)" }
      (pathway.enrolled, identity, stage) = (value, value.identity, .evaluation)
    case .decided(let value):
      guard stage == .evaluation else { return "decided at stage \(stage.rawValue)" }
      pathway.evaluation.decision = value
      switch value.outcome {
      case .proceed: stage = .trial
      case .decline: stage = .ended
      case .wait: break
      }
    case .trialBegun, .trialDosed, .trialObserved, .trialConcluded, .trialWaived:
      return foldTrial(event, meta)
    case .implantCheckAnswered, .implanted, .primed, .recoveryObserved, .aftercareGiven:
      return foldImplant(event, meta)
    case .visitPlanned, .visitMoved, .visitHeld, .visitMissed, .remoteCallMade:
      return foldVisit(event)
    case .replacementPlanned, .weaningPlanned, .explanted, .transferred, .died:
      return foldEnd(event, meta)
    case .diagnosisRecorded, .historyTaken, .examined, .regimenRecorded, .therapyTried,
      .psychologyScreened, .contraindicationAnswered, .survivalExpected, .goalSet,
      .expectationsTalked, .consented:
      pathway.evaluation.take(event, meta)
    case .alertAnswered, .careChecked: foldOutcome(event, meta)
    case .complicationOpened, .complicationTested, .complicationClosed:
      return foldComplication(event, meta)
    case .mriPlanned, .mriStepDone, .mriClosed, .mriCancelled: return foldScan(event, meta)
    case .taperPlanned, .taperStepTaken, .taperStopped: return foldTaper(event, meta)
    case .arrived, .arrivalChecked: return foldArrival(event, meta)
    }
    return nil
  }

  private mutating func foldTrial(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    guard stage == .trial else { return "\(event.kind.rawValue) at stage \(stage.rawValue)" }
    if case .trialBegun(let plan) = event {
      guard pathway.trial == nil else { return "a trial is under way" }
      pathway.trials.append(TrialState(plan: plan, begunAt: meta.at))
      return nil
    }
    if case .trialWaived(let value) = event {
      (pathway.waiver, stage) = (value, .implant)
      return nil
    }
    guard pathway.trial != nil else { return "no trial is under way" }
    let last = pathway.trials.count - 1
    switch event {
    case .trialDosed(let value): pathway.trials[last].doses.append(value)
    case .trialObserved(let value): pathway.trials[last].observations.append(value)
    case .trialConcluded(let value):
      (pathway.trials[last].conclusion, pathway.trials[last].concludedAt) = (value, meta.at)
      if value.outcome == .succeeded {
        stage = .implant
      } else {
        // What to do now is decided again.
        (pathway.evaluation.decision, stage) = (nil, .evaluation)
      }
    default: break
    }
    return nil
  }
}

extension EvaluationState {
  /// Takes an entry; of those that are one each, the last stands.
  fileprivate mutating func take(_ event: PathwayEvent, _ meta: EventMeta) {
    switch event {
    case .diagnosisRecorded(let value): diagnosis = value
    case .historyTaken(let value): history.append(value)
    case .examined(let value): examinations.append(value)
    case .regimenRecorded(let value): regimen.append(value)
    case .therapyTried(let value): tried.append(value)
    case .psychologyScreened(let value): psychology = value
    case .contraindicationAnswered(let value):
      contraindications[value.what] = AnsweredContraindication(
        holds: value.holds,
        note: value.note,
        at: meta.at
      )
    case .survivalExpected(let value): survival = value.survival
    case .goalSet(let value): goals.append(value)
    case .expectationsTalked(let value): talk = value
    case .consented(let value): consents[value.scope] = value
    default: break
    }
  }
}
