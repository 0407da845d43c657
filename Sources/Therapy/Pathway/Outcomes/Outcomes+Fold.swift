/// What is applied of outcomes, complications, scans and tapers.
extension PatientRecord {
  mutating func foldOutcome(_ event: PathwayEvent, _ meta: EventMeta) {
    switch event {
    case .alertAnswered(let value): pathway.answeredAlerts[value.score] = value
    case .careChecked(let value):
      pathway.careChecks.append(
        Observed(event: meta.id, at: meta.at, by: meta.by, value: value, struckOut: nil)
      )
    default: break
    }
  }

  mutating func foldComplication(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .complicationOpened(let value):
      pathway.complications.append(
        ComplicationState(id: meta.id, openedAt: meta.at, opened: value)
      )
      return nil
    case .complicationTested(let value):
      return change(\.complications, value.complication) { $0.tests.append(value) }
    case .complicationClosed(let value):
      return change(\.complications, value.complication) { $0.closed = value }
    default: return nil
    }
  }

  mutating func foldScan(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .mriPlanned(let value):
      pathway.scans.append(MRIState(id: meta.id, plan: value))
      return nil
    case .mriStepDone(let value):
      // From here on no forecast is made, until a fill is on record.
      if value.step == .emptyReservoir { isReservoirUnknown = true }
      return change(\.scans, value.scan) { $0.done.append(value) }
    case .mriClosed(let value): return change(\.scans, value.scan) { $0.isClosed = true }
    case .mriCancelled(let value): return change(\.scans, value.scan) { $0.cancelled = value }
    default: return nil
    }
  }

  mutating func foldTaper(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .taperPlanned(let value):
      pathway.tapers.append(TaperState(id: meta.id, plan: value))
      return nil
    case .taperStepTaken(let value):
      return change(\.tapers, value.plan) { $0.taken.append(value) }
    case .taperStopped(let value): return change(\.tapers, value.plan) { $0.stopped = value }
    default: return nil
    }
  }

  private mutating func change<State: Identifiable<EventID>>(
    _ states: WritableKeyPath<Pathway, [State]>,
    _ id: EventID,
    _ change: (inout State) -> Void
  ) -> String? {
    guard let index = pathway[keyPath: states].firstIndex(where: { $0.id == id }) else {
      return "nothing was begun by event \(id.position)"
    }
    change(&pathway[keyPath: states][index])
    return nil
  }

  /// Which drugs are in the reservoir, and since when, after any event that may have changed it.
  mutating func noteDrugs() {
    guard let reservoir else { return }
    let names = Set(reservoir.fluid.drugs.map(\.name))
    guard names != Set(pathway.drugsSince.keys) else { return }
    var since = pathway.drugsSince.filter { names.contains($0.key) }
    for name in names where since[name] == nil { since[name] = reservoir.filledAt }
    pathway.drugsSince = since
  }
}
