extension PatientRecord {
  /// Visits and calls.
  mutating func foldVisit(_ event: PathwayEvent) -> String? {
    switch event {
    case .visitPlanned(let value):
      pathway.visits[value.visit, default: VisitEntry()].planned = value
    case .visitMoved(let value):
      pathway.visits[value.visit, default: VisitEntry()].movedTo = value.to
    case .visitHeld(let value): pathway.visits[value.visit, default: VisitEntry()].held = value
    case .visitMissed(let value):
      pathway.visits[value.visit, default: VisitEntry()].missed.append(value)
      if let next = value.next { pathway.visits[value.visit]?.movedTo = next }
    case .remoteCallMade(let value): pathway.calls.append(value)
    default: break
    }
    return nil
  }
}
