/// Taking in a patient of another clinic: all that it told stays told until somebody has looked.
extension PatientRecord {
  mutating func foldArrival(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .arrived(let value):
      guard pathway.arrival == nil else { return "arrived twice" }
      pathway.arrival = ArrivalState(id: meta.id, at: meta.at, arrived: value)
    case .arrivalChecked(let value):
      guard pathway.arrival != nil else { return "checked what nobody told" }
      pathway.arrival?.checked[value.part] = value
    default: break
    }
    return nil
  }

  func recordArrival(
    _ value: Arrived,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard pathway.arrival == nil else {
      throw TherapyRefusal(
        .twice,
        "from",
        given: value.from,
        expected: "a record that nobody took in before",
        remedy: "Nothing needs to be recorded."
      )
    }
    try decision.hold(value.from, "from", TextLimit.name)
    try decision.holdPast(value.writtenAt, "document.writtenAt")
    guard !value.parts.isEmpty, Set(value.parts).count == value.parts.count else {
      throw TherapyRefusal(
        .value,
        "parts",
        given: "\(value.parts.count)",
        expected: "each part that was told, once",
        remedy: "Take them from the document."
      )
    }
    return .arrived(value)
  }

  func checkArrival(
    _ value: ArrivalChecked,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let arrival = pathway.arrival, arrival.arrived.parts.contains(value.part) else {
      throw TherapyRefusal(
        .unknown,
        "part",
        given: value.part.rawValue,
        expected: "a part that another clinic told",
        remedy: "Nothing needs to be checked."
      )
    }
    guard arrival.checked[value.part]?.agrees != true else {
      throw TherapyRefusal(
        .twice,
        "part",
        given: value.part.rawValue,
        expected: "a part that was not found to be right",
        remedy: "Nothing needs to be recorded."
      )
    }
    try decision.hold(value.note, "note")
    return .arrivalChecked(value)
  }
}
