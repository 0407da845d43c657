import Formulary
import Quantities

/// The implant itself, the first one or a replacement, and priming.
extension PatientRecord {
  /// Items of the checklist without an answer.
  public var openImplantChecks: [ImplantCheck] {
    ImplantCheck.allCases.filter { pathway.checks[$0] == nil }
  }

  /// Items with a bad answer.
  public var badImplantChecks: [ImplantCheck] {
    ImplantCheck.allCases.filter { pathway.checks[$0]?.answer.finding == .bad }
  }

  func implant(
    _ value: Implanted,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdImplantDue()
    let isReplacement = stage == .therapy
    if isReplacement {
      try decision.hold(value.replaces ?? "", "replaces")
      try holdNothingOpen(value.unanswered, decision)
    } else if value.replaces != nil || value.unanswered != nil {
      throw TherapyRefusal(
        .value,
        "replaces",
        given: "a pump before",
        expected: "none, as nothing is in place",
        remedy: "Leave it out."
      )
    }
    try holdChecks(&decision)
    try holdDrugs(value.fill.fluid)
    try holdEntered(value, &decision)
    try hold(value.catheter, isReplacement, &decision)
    try hold(value.fill, implantedOn: value.pump.implantedOn, decision)
    try hold(value.prime, decision)
    guard let identity, let indication = implantIndication else { return [] }
    let adopted = Adopted(
      identity: identity,
      indication: indication.indication,
      origin: indication.origin,
      pump: value.pump
    )
    // The record becomes that of any patient with a pump, by the same limits and questions.
    var cleared = self
    cleared.refill = nil
    let taken = try cleared.adopt(
      Adoption(
        adopted: adopted,
        catheter: value.catheter?.inPlace,
        fill: FillRecorded(
          volume: value.fill.volume,
          fluid: value.fill.fluid,
          filledAt: value.fill.filledAt,
          lots: [value.fill.lot],
          standing: .byHand
        )
      ),
      &decision
    )
    askPrime(value, &decision)
    let before = isReplacement ? closing("the pump was replaced") : []
    return before + [.pathway(.implanted(value))] + taken
  }

  /// What the therapy is for: by the diagnosis, or as it was adopted.
  private var implantIndication: (indication: DrugIndication, origin: SpasticityOrigin?)? {
    if let adopted { return (adopted.indication, adopted.origin) }
    return pathway.evaluation.diagnosis.map { ($0.condition.indication, $0.condition.origin) }
  }

  /// All items are answered, none is bad, and nothing absolute stands against it.
  private func holdChecks(_ decision: inout Decision) throws(TherapyRefusal) {
    if let bad = badImplantChecks.first {
      throw TherapyRefusal(
        .stop,
        "checks.\(bad.rawValue)",
        given: pathway.checks[bad]?.answer.note ?? "bad",
        expected: "good",
        remedy: "Put it right and answer the item anew, or do not implant."
      )
    }
    let open = openImplantChecks
    guard open.isEmpty else {
      throw TherapyRefusal(
        .outOfOrder,
        "checks",
        given: "\(open.count) open",
        expected: "first " + open.map(\.text).joined(separator: "; "),
        remedy: "Answer each item of the checklist."
      )
    }
    // An answer was true on its day; consent and infection are looked at again.
    if let bar = evaluationBars.first {
      throw TherapyRefusal(
        .stop,
        "checks.infection",
        given: evaluationBars.map(\.rawValue).joined(separator: ", "),
        expected: "that \(bar.rawValue) no longer holds",
        remedy: "Treat it, and answer it anew."
      )
    }
    guard pathway.evaluation.isConsented(to: .implant) else {
      throw TherapyRefusal(
        .stop,
        "checks.consent",
        given: "no consent to the implant",
        expected: "the patient's consent",
        remedy: "Record the consent, or do not implant."
      )
    }
    if let infection = pathway.checks[.infection], decision.now - infection.at > 7 * .day {
      decision.ask("Infection was looked for on \(infection.at.day.text): is there none now?")
    }
  }

  /// What the evaluation found stands against the drug itself, whatever the trial was made with.
  private func holdDrugs(_ fluid: Fluid) throws(TherapyRefusal) {
    guard let bar = evaluationBars(with: fluid.drugs.map(\.name)).first else { return }
    throw TherapyRefusal(
      .stop,
      "fill.fluid",
      given: "\(fluid.text) with \(bar.rawValue)",
      expected: "a drug against which nothing stands",
      remedy: "Choose another drug, or answer \(bar.rawValue) anew where it no longer holds."
    )
  }

  /// What was implanted is what was looked at.
  private func holdEntered(
    _ value: Implanted,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    try decision.hold(value.surgeon, "surgeon", TextLimit.name)
    guard let day = value.pump.implantedOn else {
      throw TherapyRefusal(
        .value,
        "pump.implantedOn",
        given: "nothing",
        expected: "the day of the implant",
        remedy: "Fill it in."
      )
    }
    try decision.holdPast(day, "pump.implantedOn")
    // The stage began before it; a time zone may take a day.
    guard stage == .therapy || day.number >= pathway.since.day.number - 1 else {
      throw TherapyRefusal(
        .value,
        "pump.implantedOn",
        given: day.text,
        expected: "not before \(pathway.since.day.text), when an implant was decided on",
        remedy: "Look at the date; a pump that was in place before is adopted."
      )
    }
    if let before = pump?.implantedOn, day < before {
      throw TherapyRefusal(
        .value,
        "pump.implantedOn",
        given: day.text,
        expected: "not before \(before.text), the day of the pump that it replaces",
        remedy: "Look at the date."
      )
    }
    if value.pump.replaceBy == nil {
      decision.ask("The day by which the pump is to be replaced is missing: does none say it?")
    }
    try holdDepth(value.pocket.depth, "pocket.depth", decision)
    if let serial = pathway.checks[.interrogated]?.answer.figures.serial,
      !serial.utf8.elementsEqual(value.pump.serial.utf8)
    {
      throw differs("pump.serial", value.pump.serial, "\(serial), which was interrogated")
    }
    if let size = pathway.checks[.pumpSize]?.answer.figures.capacity, size != value.pump.capacity {
      throw differs("pump.capacity", value.pump.capacity.text, "\(size.text), as was planned")
    }
    if let fluid = pathway.checks[.drug]?.answer.figures.fluid, fluid != value.fill.fluid {
      throw differs("fill.fluid", value.fill.fluid.text, "\(fluid.text), as two people read it")
    }
    if let marked = pathway.checks[.site]?.answer.figures,
      marked.side != value.pocket.side || marked.pocketSite != value.pocket.site
    {
      decision.ask("The pump does not lie where it was marked: is that so?")
    }
  }

  private func differs(_ field: String, _ given: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .mismatch,
      field,
      given: given,
      expected: expected,
      remedy: "Look at pump and label; answer the checklist anew where it was wrong."
    )
  }

  private func hold(
    _ catheter: ImplantedCatheter?,
    _ isReplacement: Bool,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let catheter else {
      guard isReplacement, self.catheter != nil else {
        throw TherapyRefusal(
          .value,
          "catheter",
          given: "nothing",
          expected: "the catheter with its lengths and tip",
          remedy: "Fill it in."
        )
      }
      return
    }
    if let model = catheter.model { try decision.hold(model, "catheter.model", TextLimit.name) }
    guard catheter.volumePerLength != nil || catheter.volume != nil else {
      throw TherapyRefusal(
        .value,
        "catheter.volumePerLength",
        given: "nothing",
        expected: "a volume per length, or the volume of the catheter",
        remedy: "Take it from the package: prime and bridge rest on it (H-15)."
      )
    }
    if let imaging = catheter.imaging { try decision.hold(imaging, "catheter.imaging") }
    if catheter.imaging == nil {
      decision.ask("Tip at \(catheter.tip.rawValue): has no imaging confirmed the level?")
    }
    if let indication = implantIndication?.indication,
      let question = TipAdvice(for: indication).question(about: catheter.tip)
    {
      decision.ask(question)
    }
  }

  private func hold(
    _ fill: FirstFill,
    implantedOn: Day?,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    try decision.hold(fill.lot, "fill.lot", TextLimit.name)
    guard fill.expiresOn >= fill.filledAt.day else {
      throw TherapyRefusal(
        .limit,
        "fill.expiresOn",
        given: fill.expiresOn.text,
        expected: "the day of the fill or later, \(fill.filledAt.day.text)",
        remedy: "A drug past its date is not used; look at the date."
      )
    }
    if let implantedOn, abs(fill.filledAt.day.number - implantedOn.number) > 1 {
      throw TherapyRefusal(
        .mismatch,
        "fill.filledAt",
        given: fill.filledAt.text,
        expected: "the day of the implant, \(implantedOn.text)",
        remedy: "One of the two dates is wrong."
      )
    }
  }

  private func hold(_ prime: PrimePlan, _ decision: Decision) throws(TherapyRefusal) {
    guard let volume = prime.volume else {
      return try decision.hold(prime.reason ?? "", "prime.reason")
    }
    try decision.holdSome(volume, "prime.volume")
    if let reason = prime.reason { try decision.hold(reason, "prime.reason") }
  }

  /// A prime is at most 1.1 times the fluid path (contract: authority.md, Ceilings).
  private func askPrime(_ value: Implanted, _ decision: inout Decision) {
    guard let volume = value.prime.volume else { return }
    let catheter = value.catheter?.inPlace ?? self.catheter
    switch FluidPathVolume(PumpConstants(of: value.pump), catheter) {
    case .known(let path, _):
      let apart = Int128(volume.nanolitres) - Int128(path.nanolitres)
      if apart.magnitude * 10 > Int128(path.nanolitres).magnitude {
        decision.ask("A prime of \(volume.text): the fluid path holds \(path.text).")
      }
    case .between(let least, let most, _):
      if volume < least || volume > most {
        decision.ask(
          "A prime of \(volume.text): the path holds \(least.text) to \(most.text)."
        )
      }
    case .unknown(let missing):
      decision.ask("A prime of \(volume.text): \(missing) is not known.")
    }
  }

  func recordPriming(
    _ value: Primed,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    guard let implant = pathway.implants.last else { throw noImplant("endedAt") }
    guard implant.primed == nil else {
      throw TherapyRefusal(
        .twice,
        "volume",
        given: value.volume.text,
        expected: "a pump that has not been primed",
        remedy: "A second prime gives the catheter's content to the patient (SR-035)."
      )
    }
    try decision.holdSome(value.volume, "volume")
    try decision.holdPast(value.endedAt, "endedAt")
    guard value.endedAt >= implant.implanted.fill.filledAt else {
      throw TherapyRefusal(
        .value,
        "endedAt",
        given: value.endedAt.text,
        expected: "after the fill, \(implant.implanted.fill.filledAt.text)",
        remedy: "Look at date and time."
      )
    }
    if value.volume != implant.implanted.prime.volume {
      let planned = implant.implanted.prime.volume?.text ?? "no prime"
      decision.ask("Primed \(value.volume.text): \(planned) was planned.")
    }
    return .primed(value)
  }

  func noImplant(_ field: String) -> TherapyRefusal {
    TherapyRefusal(
      .unknown,
      field,
      given: "a pump that came with the patient",
      expected: "an implant in this record",
      remedy: "Write a note instead."
    )
  }
}
