import Formulary
import PumpCatalog
import Quantities

/// Taking over, and what is in place: pump, catheter, fluid, program by hand.
extension PatientRecord {
  func adopt(
    _ value: Adoption,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try hold(value.adopted.identity, "identity", &decision)
    try hold(value.adopted.pump, &decision)
    if value.adopted.indication == .spasticity && value.adopted.origin == nil {
      decision.ask("The origin of the spasticity is not known: there will be no titration advice.")
    }
    // The parts are decided as if the patient had been taken over already.
    var adopting = self
    adopting.adopted = value.adopted
    adopting.stage = .therapy
    var events: [TherapyEvent] = [.adopted(value.adopted)]
    if let contact = value.contact { events += try adopting.changeContact(contact, decision) }
    if let catheter = value.catheter { events += try adopting.recordCatheter(catheter, &decision) }
    if let fill = value.fill {
      events += try adopting.recordFill(fill, &decision)
      adopting.reservoir = ReservoirContent(
        volume: fill.volume,
        fluid: fill.fluid,
        filledAt: fill.filledAt,
        lots: fill.lots,
        standing: fill.standing,
        freshAt: fill.freshAt
      )
    }
    if let program = value.program { events += try adopting.recordProgram(program, &decision) }
    return events
  }

  func hold(
    _ identity: Identity,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    try decision.hold(identity.givenName, "\(field).givenName", TextLimit.name)
    try decision.hold(identity.familyName, "\(field).familyName", TextLimit.name)
    try decision.hold(identity.recordNumber, "\(field).recordNumber", TextLimit.name)
    try decision.hold(identity.language, "\(field).language", 2...35)
    try decision.holdPast(identity.born, "\(field).born")
    let years = (decision.now.day.number - identity.born.number) / 365
    guard years <= 130 else {
      throw TherapyRefusal(
        .value,
        "\(field).born",
        given: identity.born.text,
        expected: "a day in the last 130 years",
        remedy: "Look at the year."
      )
    }
    if years > 105 {
      decision.ask("Born \(identity.born.text): is the patient \(years) years old?")
    }
  }

  private func hold(_ pump: PumpInPlace, _ decision: inout Decision) throws(TherapyRefusal) {
    try decision.hold(pump.model, "pump.model", TextLimit.name)
    try decision.hold(pump.serial, "pump.serial", TextLimit.name)
    try decision.holdSome(pump.capacity, "pump.capacity")
    try decision.holdPast(pump.implantedOn, "pump.implantedOn")
    if let implanted = pump.implantedOn, let replace = pump.replaceBy, replace <= implanted {
      throw TherapyRefusal(
        .value,
        "pump.replaceBy",
        given: replace.text,
        expected: "a day after the implantation, \(implanted.text)",
        remedy: "Look at both dates."
      )
    }
    guard pump.isCatalogued else {
      decision.ask("\(pump.model) is not in the catalogue: its rates are checked against nothing.")
      return
    }
    guard let model = PumpConstants.model(named: pump.model) else {
      throw TherapyRefusal(
        .unknown,
        "pump.model",
        given: pump.model,
        expected: "the name of a model of the catalogue",
        remedy: "Choose it from the catalogue, or record it as another pump."
      )
    }
    if let capacity = model.constant("capacity"), let unit = capacity.value.unit {
      let sizes = capacity.value.numbers.map { "\($0) \(unit)" }
      if !sizes.contains(pump.capacity.text) {
        decision.ask(
          "\(pump.capacity.text) is no reservoir of \(model.title): \(sizes.joined(separator: ", "))."
        )
      }
    }
  }

  func correctIdentity(
    _ value: IdentityCorrected,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.hold(value.reason, "reason")
    try hold(value.identity, "identity", &decision)
    guard value.identity != identity else {
      throw TherapyRefusal(
        .twice,
        "identity",
        given: "the identity as it is",
        expected: "another one",
        remedy: "Nothing needs to be corrected."
      )
    }
    return [.identityCorrected(value)]
  }

  func changeContact(
    _ value: ContactDetails,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let fields = [
      (value.phone, "phone"), (value.email, "email"), (value.address, "address"),
      (value.companion, "companion"),
    ]
    for (text, field) in fields {
      if let text { try decision.hold(text, "contact.\(field)") }
    }
    return [.contactChanged(value)]
  }

  func linkPump(
    _ value: PumpLinked,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard case .byHand = link else {
      throw TherapyRefusal(
        .twice,
        "pump",
        given: value.pump.text,
        expected: "a patient without a linked pump",
        remedy: "Unlink the pump first."
      )
    }
    try holdNoRefill()
    if let contact = value.contact { try decision.hold(contact, "contact") }
    return [.pumpLinked(value)]
  }

  func unlinkPump(
    _ value: PumpUnlinked,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard case .linked = link else {
      throw TherapyRefusal(
        .unknown,
        "pump",
        given: "no linked pump",
        expected: "a linked pump",
        remedy: "Nothing needs to be unlinked."
      )
    }
    try holdNoRefill()
    try decision.hold(value.reason, "reason")
    if let order = orderInFlight {
      throw TherapyRefusal(
        .inFlight,
        "pump",
        given: "order \(order.draft.order.text)",
        expected: "no order without a receipt",
        remedy: "Ask the pump for its receipt first."
      )
    }
    return [.pumpUnlinked(value)]
  }

  func correctPump(
    _ value: PumpCorrected,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdNoRefill()
    try decision.hold(value.reason, "reason")
    try hold(value.pump, &decision)
    guard value.pump != pump else {
      throw TherapyRefusal(
        .twice,
        "pump",
        given: "the pump as it is recorded",
        expected: "something that is different",
        remedy: "Nothing needs to be corrected."
      )
    }
    if let reservoir, reservoir.volume > value.pump.capacity {
      throw TherapyRefusal(
        .mismatch,
        "pump.capacity",
        given: value.pump.capacity.text,
        expected: "at least \(reservoir.volume.text), which was filled",
        remedy: "One of the two is wrong: look at the pump's card, or record the fill again."
      )
    }
    return [.pumpCorrected(value)]
  }

  func holdNoRefill() throws(TherapyRefusal) {
    guard let refill else { return }
    throw TherapyRefusal(
      .outOfOrder,
      "refill",
      given: "a refill that is under way",
      expected: refill.next.rawValue,
      remedy: "Complete the refill, or abandon it."
    )
  }

  func recordCatheter(
    _ value: CatheterInPlace,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    for (length, field) in [
      (value.implantedLength, "implantedLength"), (value.trimmedLength, "trimmedLength"),
    ] {
      guard let length else { continue }
      // Nothing may have been cut off.
      if field == "trimmedLength" {
        try decision.holdNotNegative(length, "catheter.\(field)")
      } else {
        try decision.holdSome(length, "catheter.\(field)")
      }
      // No catheter that is told of is longer than 140 cm (catalogue); 2 m is a slip of the unit.
      guard length.micrometres <= 2_000_000 else {
        throw TherapyRefusal(
          .value,
          "catheter.\(field)",
          given: length.text,
          expected: "at most 200 cm",
          remedy: "Look at number and unit."
        )
      }
    }
    if let length = value.implantedLength, !(200_000...1_400_000).contains(length.micrometres) {
      decision.ask("A catheter of \(length.text): is that the implanted length?")
    }
    if let linear = value.volumePerLength {
      try decision.holdSome(linear, "catheter.volumePerLength")
    }
    if let volume = value.volume {
      try decision.holdSome(volume, "catheter.volume")
      if volume.nanolitres > 500_000 {
        decision.ask("A catheter that holds \(volume.text): is the unit right?")
      }
      if let length = value.implantedLength, let linear = value.volumePerLength,
        let worked = linear.volume(of: length),
        abs(worked.nanolitres - volume.nanolitres) > volume.nanolitres / 10
      {
        throw TherapyRefusal(
          .mismatch,
          "catheter.volume",
          given: volume.text,
          expected: "\(worked.text), by length and volume per length",
          remedy: "One of the three is wrong."
        )
      }
    }
    if let tip = value.tip { try decision.hold(tip, "catheter.tip", TextLimit.name) }
    return [.catheterRecorded(value)]
  }

  func recordFill(
    _ value: FillRecorded,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdNoRefill()
    try decision.holdPast(value.filledAt, "fill.filledAt")
    guard value.standing != .receipt else {
      throw TherapyRefusal(
        .value,
        "fill.standing",
        given: "receipt",
        expected: "byHand or recalled",
        remedy: "A pump's own word comes with its receipt."
      )
    }
    if let fresh = value.freshAt {
      try decision.holdPast(fresh, "fill.freshAt")
      guard fresh <= value.filledAt else {
        throw TherapyRefusal(
          .value,
          "fill.freshAt",
          given: fresh.text,
          expected: "not after the fill, \(value.filledAt.text)",
          remedy: "Look at both times."
        )
      }
    }
    for lot in value.lots { try decision.hold(lot, "fill.lots", TextLimit.name) }
    try hold(value.fluid, "fill.fluid", &decision)
    try hold(fill: value.volume, "fill.volume", &decision)
    return [.fillRecorded(value)]
  }
}
