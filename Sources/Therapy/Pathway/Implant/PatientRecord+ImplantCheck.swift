import Quantities

/// The checklist of an implant.
extension PatientRecord {
  /// The deepest that a pump may lie (Codman Medstream, page 4; Flowonix brief statement).
  static let deepest = Length(micrometres: 25_000)

  /// An implant comes next: after a trial, or where a replacement is planned.
  func holdImplantDue() throws(TherapyRefusal) {
    guard stage == .therapy, pathway.replacement == nil else { return }
    throw TherapyRefusal(
      .outOfOrder,
      "",
      given: "a pump that is in place",
      expected: "a replacement that is planned",
      remedy: "Plan the replacement first."
    )
  }

  func answerImplantCheck(
    _ value: ImplantCheckAnswer,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try holdImplantDue()
    let wanted = value.what.figures
    if let other = value.figures.given.first(where: { !wanted.contains($0) }) {
      throw TherapyRefusal(
        .value,
        "figures.\(other)",
        given: other,
        expected: wanted.isEmpty ? "no figures" : "only \(wanted.joined(separator: ", "))",
        remedy: "Give the figures of this item."
      )
    }
    if let note = value.note { try decision.hold(note, "note") }
    switch value.finding {
    case .bad: try decision.hold(value.note ?? "", "note")
    case .notApplicable:
      guard value.what.mayBeLeftOut else {
        throw TherapyRefusal(
          .value,
          "finding",
          given: value.finding.rawValue,
          expected: "good or bad",
          remedy: "It applies to every implant."
        )
      }
      try decision.hold(value.note ?? "", "note")
    case .good:
      if value.what.needsNote { try decision.hold(value.note ?? "", "note") }
      if let missing = wanted.first(where: { !value.figures.given.contains($0) }) {
        throw TherapyRefusal(
          .value,
          "figures.\(missing)",
          given: "nothing",
          expected: missing,
          remedy: "Fill it in."
        )
      }
      try holdGood(value, &decision)
    }
    return .implantCheckAnswered(value)
  }

  /// A good answer that record or figures contradict is none.
  private func holdGood(
    _ value: ImplantCheckAnswer,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    switch value.what {
    case .consent, .trial, .infection: try holdRecord(value.what)
    case .site: try holdDepth(value.figures.depth, "figures.depth", decision)
    case .pumpSize:
      if let capacity = value.figures.capacity {
        try decision.holdSome(capacity, "figures.capacity")
      }
    case .drug:
      if let fluid = value.figures.fluid { try hold(fluid, "figures.fluid", &decision) }
    case .drugSecond: try holdSecond(value.figures.fluid, decision)
    case .interrogated:
      try decision.hold(value.figures.serial ?? "", "figures.serial", TextLimit.name)
    case .calibration: try holdCalibration(value.figures, decision)
    case .warmed: try holdWarm(value.figures.temperatureTenths ?? 0)
    case .drained: try holdDrained(value.figures, decision)
    case .anticoagulants, .antibiotic, .levelImaging, .oralWeaning, .antidote: break
    }
  }

  private func holdRecord(_ what: ImplantCheck) throws(TherapyRefusal) {
    let missing: String? =
      switch what {
      case .consent where !pathway.evaluation.isConsented(to: .implant):
        "the patient's consent to the implant"
      case .trial
      where pathway.waiver == nil
        && !pathway.trials.contains { $0.conclusion?.outcome == .succeeded }:
        "a trial that succeeded, or its waiver; else that it does not apply"
      case .infection
      where pathway.evaluation.contraindications[.activeInfection]?.holds == true:
        "that the active infection no longer holds"
      default: nil
      }
    guard let missing else { return }
    throw TherapyRefusal(
      .stop,
      "finding",
      given: "good",
      expected: missing,
      remedy: "Record it first, or answer otherwise."
    )
  }

  func holdDepth(
    _ depth: Length?,
    _ field: String,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    guard let depth else { return }
    try decision.holdSome(depth, field)
    guard depth <= Self.deepest else {
      throw TherapyRefusal(
        .limit,
        field,
        given: depth.text,
        expected: "at most \(Self.deepest.text) (Codman Medstream p. 4; Flowonix)",
        remedy: "Choose another site: deeper, the pump cannot be reached."
      )
    }
  }

  private func holdSecond(
    _ fluid: Fluid?,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    guard let first = pathway.checks[.drug], first.answer.finding == .good else {
      throw TherapyRefusal(
        .outOfOrder,
        "what",
        given: ImplantCheck.drugSecond.rawValue,
        expected: ImplantCheck.drug.rawValue,
        remedy: "The first person reads drug and concentration first."
      )
    }
    guard first.by != decision.author.person else {
      throw TherapyRefusal(
        .samePerson,
        "person",
        given: decision.author.person.text,
        expected: "a person who did not read it first",
        remedy: "Call a second person."
      )
    }
    guard let fluid, fluid == first.answer.figures.fluid else {
      throw TherapyRefusal(
        .mismatch,
        "figures.fluid",
        given: fluid?.text ?? "nothing",
        expected: first.answer.figures.fluid?.text ?? "",
        remedy: "Stop: compare prescription, label and syringe."
      )
    }
  }

  private func holdCalibration(
    _ figures: ImplantFigures,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    let (read, label) = (figures.calibration ?? "", figures.calibrationLabel ?? "")
    try decision.hold(read, "figures.calibration", 1...40)
    try decision.hold(label, "figures.calibrationLabel", 1...40)
    guard read.utf8.elementsEqual(label.utf8) else {
      throw TherapyRefusal(
        .mismatch,
        "figures.calibration",
        given: read,
        expected: "\(label), as its label says",
        remedy: "Do not implant it: its rates would be wrong. Take another pump."
      )
    }
  }

  private func holdWarm(_ tenths: Int) throws(TherapyRefusal) {
    guard !(350...400).contains(tenths) else { return }
    throw TherapyRefusal(
      .limit,
      "figures.temperatureTenths",
      given: "\(Self.decimal(hundredths: Int64(tenths.clamped(to: -9_999...9_999)) * 10)) °C",
      expected: "35 to 40 °C (78stepshealth.us, programmable pump)",
      remedy: "Warm the pump before it is drained."
    )
  }

  /// Within 20 %, exactly: five times the difference is no more than what was predicted.
  private func holdDrained(
    _ figures: ImplantFigures,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    guard let predicted = figures.predicted, let drained = figures.drained else { return }
    try decision.holdSome(predicted, "figures.predicted")
    try decision.holdNotNegative(drained, "figures.drained")
    let difference = Int128(drained.nanolitres) - Int128(predicted.nanolitres)
    guard difference.magnitude * 5 <= Int128(predicted.nanolitres).magnitude else {
      throw TherapyRefusal(
        .limit,
        "figures.drained",
        given: drained.text,
        expected: "within 20 % of \(predicted.text) (78stepshealth.us, programmable pump)",
        remedy: "Drain again; if it stays so, take another pump."
      )
    }
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
