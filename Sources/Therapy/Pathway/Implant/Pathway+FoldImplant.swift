extension PatientRecord {
  /// The implant and what is seen after it.
  mutating func foldImplant(_ event: PathwayEvent, _ meta: EventMeta) -> String? {
    switch event {
    case .implantCheckAnswered(let value):
      guard stage == .implant || stage == .therapy else {
        return "\(event.kind.rawValue) at stage \(stage.rawValue)"
      }
      pathway.checks[value.what] = AnsweredImplantCheck(answer: value, at: meta.at, by: meta.by)
      // What the second person read is of what the first one read.
      if value.what == .drug { pathway.checks[.drugSecond] = nil }
      return nil
    case .implanted(let value): return foldImplanted(value, meta)
    default: break
    }
    guard !pathway.implants.isEmpty else { return "\(event.kind.rawValue) without an implant" }
    let last = pathway.implants.count - 1
    switch event {
    case .primed(let value): pathway.implants[last].primed = value
    case .recoveryObserved(let value): pathway.implants[last].observations.append(value)
    case .aftercareGiven(let value): pathway.implants[last].aftercare.formUnion(value.items)
    default: break
    }
    return nil
  }

  private mutating func foldImplanted(_ value: Implanted, _ meta: EventMeta) -> String? {
    guard stage == .implant || stage == .therapy else {
      return "implanted at stage \(stage.rawValue)"
    }
    if stage == .therapy { endPump(value.replaces ?? "", meta) }
    pathway.implants.append(
      ImplantState(implanted: value, at: meta.at, by: meta.by, checks: pathway.checks)
    )
    (pathway.checks, pathway.replacement, pathway.weanings) = ([:], nil, [:])
    pathway.awaitsAdoption = true
    return nil
  }

  /// The pump in place has gone: what it held, ran and told of has gone with it; the record stays.
  mutating func endPump(_ because: String, _ meta: EventMeta) {
    if let pump {
      pathway.formerPumps.append(
        FormerPump(pump: pump, catheter: catheter, endedAt: meta.at, because: because)
      )
    }
    pathway.formerOrders.formUnion(orders.map(\.draft.order))
    (program, reservoir, orderInForce, nextRefillAt) = (nil, nil, nil, nil)
    (isReservoirUnknown, lastHeard) = (false, nil)
    for index in alarms.indices where alarms[index].clearedAt == nil {
      alarms[index].clearedAt = meta.at
    }
  }

  /// The first program of a pump that was implanted.
  mutating func noteStart(_ at: Instant) {
    guard let last = pathway.implants.indices.last else { return }
    pathway.implants[last].startedAt = pathway.implants[last].startedAt ?? at
  }
}
