import Quantities

/// The end of a therapy: taken out, elsewhere, or by death.
extension PatientRecord {
  func explant(
    _ value: Explanted,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdNothingOpen(value.unanswered, decision)
    try decision.hold(value.instead, "instead")
    if let note = value.note { try decision.hold(note, "note") }
    if value.reason == .other { try decision.hold(value.note ?? "", "note") }
    if let emergency = value.emergency { try decision.hold(emergency, "emergency") }
    try decision.holdPast(value.explantedAt, "explantedAt")
    if let day = pump?.implantedOn, value.explantedAt.day < day {
      throw TherapyRefusal(
        .value,
        "explantedAt",
        given: value.explantedAt.text,
        expected: "not before the implant, \(day.text)",
        remedy: "Look at the date."
      )
    }
    try holdEmptied(value.emptied, &decision)
    try holdWeaned(value, &decision)
    if value.reason == .infection, value.catheter != .removed {
      decision.ask("An infection, and the catheter stays: in one series 59 % lost all of it.")
    }
    if !value.isReturned { decision.ask("The pump does not go back to its maker?") }
    if !value.isCardWithdrawn { decision.ask("The patient keeps the implant card?") }
    return closing("the pump was taken out") + [.pathway(.explanted(value))]
  }

  private func holdEmptied(
    _ volume: Volume?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let volume else {
      decision.ask("The reservoir was not emptied: who looks after what is in it?")
      return
    }
    try decision.holdNotNegative(volume, "emptied")
    if let pump, volume > pump.capacity {
      throw TherapyRefusal(
        .limit,
        "emptied",
        given: volume.text,
        expected: "at most the reservoir, \(pump.capacity.text)",
        remedy: "Look at number and unit."
      )
    }
    guard let forecast = try? forecast(at: decision.now, settings: decision.settings) else {
      decision.ask("What should have been in the reservoir is not known: nothing is compared.")
      return
    }
    let expected = forecast.level(at: decision.now)
    // SR-034: 1 mL of a small reservoir, 2 mL of a large one.
    let band: Int64 =
      (pump?.capacity.nanolitres ?? 0) > 20_000_000 ? 2_000_000 : 1_000_000
    if abs(volume.nanolitres - expected.nanolitres) > band {
      decision.ask("\(volume.text) came out; \(expected.text) was expected.")
    }
  }

  /// Baclofen and clonidine are never stopped at once but for a physician's documented reason.
  private func holdWeaned(
    _ value: Explanted,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let fluid = reservoir?.fluid, !isReservoirUnknown else {
      guard value.emergency != nil else {
        throw TherapyRefusal(
          .stop,
          "emergency",
          given: "nothing",
          expected: "what is in the reservoir, or why it is stopped unknown",
          remedy: "Record the fill, or give the reason."
        )
      }
      return
    }
    for drug in fluid.drugs {
      switch weaned(drug.name, on: value.explantedAt.day) {
      case .done, .needless: break
      case .missing(let words, let isVerified):
        guard isVerified else {
          decision.ask("\(words): UNVERIFIED. Is it stopped all the same?")
          continue
        }
        guard value.emergency != nil else {
          throw TherapyRefusal(
            .stop,
            "emergency",
            given: words,
            expected: "the drug weaned by a plan, or the reason of an emergency",
            remedy: "Plan the weaning and carry it out; in an emergency give the reason."
          )
        }
      }
    }
  }

  func transfer(
    to clinic: String,
    because reason: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(clinic, "to", TextLimit.name)
    try decision.hold(reason, "reason")
    try holdNothingOpen(nil, decision)
    let document = try transferDocument(
      to: clinic,
      because: reason,
      by: decision.author.person,
      at: decision.now,
      settings: decision.settings
    )
    if !document.notKnown.isEmpty {
      decision.ask("Not known: \(document.notKnown.joined(separator: "; ")).")
    }
    for alarm in openAlarms { decision.ask("An alarm is open: \(alarm.alarm.rawValue).") }
    return closing("the patient is looked after elsewhere")
      + [.pathway(.transferred(Transferred(document: document)))]
  }

  func recordDeath(
    _ value: Died,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard pathway.died == nil else {
      throw TherapyRefusal(
        .twice,
        "on",
        given: value.on.text,
        expected: "a patient who lives",
        remedy: "Nothing needs to be recorded."
      )
    }
    try decision.holdPast(value.on, "on")
    if let born = identity?.born, value.on < born {
      throw TherapyRefusal(
        .value,
        "on",
        given: value.on.text,
        expected: "not before \(born.text), the date of birth",
        remedy: "Look at the date."
      )
    }
    if let cause = value.cause { try decision.hold(cause, "cause") }
    let hasPump = stage == .therapy
    guard hasPump == (value.pump != .noPump) else {
      throw TherapyRefusal(
        .mismatch,
        "pump",
        given: value.pump.rawValue,
        expected: hasPump ? "what becomes of the pump" : "none, as no pump is in place",
        remedy: "Look at the record."
      )
    }
    guard hasPump else { return [.pathway(.died(value))] }
    try holdNothingOpen(value.unanswered, decision)
    if value.pump == .leftInPlace {
      decision.ask("The pump stays: is it known that it must not be cremated?")
    }
    return closing("the patient died") + [.pathway(.died(value))]
  }
}
