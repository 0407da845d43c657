extension PatientRecord {
  /// Towards the end of a therapy, and the end.
  mutating func foldEnd(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    if case .died(let value) = event {
      (pathway.died, stage) = (value, .ended)
      return nil
    }
    guard stage == .therapy else { return "\(event.kind.rawValue) at stage \(stage.rawValue)" }
    switch event {
    case .replacementPlanned(let value): pathway.replacement = value
    case .weaningPlanned(let value): pathway.weanings[value.drug] = value
    case .explanted(let value):
      endPump(value.reason.rawValue, meta)
      (pathway.explanted, stage) = (value, .ended)
    case .transferred(let value): (pathway.transferred, stage) = (value, .ended)
    default: break
    }
    return nil
  }
}
