import Quantities

/// The tests of a complication, one after another.
extension PatientRecord {
  func testComplication(
    _ value: ComplicationTested,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    let state = try complication(value.complication)
    try holdTurn(value, state)
    let facts = value.test.facts
    guard facts.answers.contains(value.answer) else {
      throw TherapyRefusal(
        .value,
        "answer",
        given: value.answer.rawValue,
        expected: facts.answers.map(\.rawValue).joined(separator: ", "),
        remedy: "Choose an answer of this test."
      )
    }
    try decision.holdPast(value.doneAt, "doneAt")
    let before = state.tests.last?.doneAt ?? state.opened.since
    guard value.doneAt >= before else {
      throw TherapyRefusal(
        .value,
        "doneAt",
        given: value.doneAt.text,
        expected: "not before \(before.text)",
        remedy: "Look at date and time."
      )
    }
    if value.answer != facts.answers[0] || value.note != nil {
      try decision.hold(value.note ?? "", "note")
    }
    try holdFigures(value, &decision)
    return .complicationTested(value)
  }

  /// The next test of the path and no other; contrast through a catheter that was not free is refused by
  /// itself, with the reason.
  private func holdTurn(
    _ value: ComplicationTested,
    _ state: ComplicationState
  ) throws(TherapyRefusal) {
    if value.test == .contrast, let aspiration = state.answers[.aspiration], aspiration != .free {
      throw TherapyRefusal(
        .stop,
        "test",
        given: "contrast after an aspiration that was \(aspiration.rawValue)",
        expected: "that at least the volume of the catheter could be drawn",
        remedy: "Never inject: what is in the catheter would go in as a bolus."
      )
    }
    guard state.answers[value.test] == nil else {
      throw TherapyRefusal(
        .twice,
        "test",
        given: value.test.rawValue,
        expected: "a test that was not done",
        remedy: "Open the complication anew to begin again."
      )
    }
    guard state.standing == .ask(value.test) else {
      let expected =
        switch state.standing {
        case .ask(let test): test.rawValue
        case .ended(let finding): "none: the finding is \(finding.rawValue)"
        }
      throw TherapyRefusal(
        .outOfOrder,
        "test",
        given: value.test.rawValue,
        expected: expected,
        remedy: "Take the tests in their order, or close with what was found."
      )
    }
  }

  private func holdFigures(
    _ value: ComplicationTested,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    try holdFields(value)
    switch value.test {
    case .vitals: try hold(value, value.vitals, &decision)
    case .residual where value.answer != .notDone: try holdResidual(value, &decision)
    case .aspiration where value.answer != .notDone: try holdAspiration(value, &decision)
    case .contrast where value.answer != .notDone:
      let volume = try some(value.volume, "volume", decision)
      if !(1_000_000...2_000_000).contains(volume.nanolitres) {
        decision.ask("\(volume.text) of contrast: 1 to 2 mL is usual (repub.eur.nl/pub/126152).")
      }
    case .rotor where value.answer != .notDone:
      guard let degrees = value.degrees else { throw lacking("degrees", "0 to 360 degrees") }
      try decision.hold(degrees, in: 0...360, "degrees")
      let isTurning = degrees > 0
      guard isTurning == (value.answer == .turns) else {
        throw TherapyRefusal(
          .mismatch,
          "degrees",
          given: "\(value.answer.rawValue) by \(degrees) degrees",
          expected: isTurning ? "turns" : "stuck",
          remedy: "Compare the two images again."
        )
      }
      if isTurning && degrees < 60 {
        decision.ask("\(degrees) degrees: 60 after a bolus is told (neurosurgerycases.com).")
      }
    case .pocket: if let volume = value.volume { try decision.holdNotNegative(volume, "volume") }
    case .reprime:
      let volume = try some(value.volume, "volume", decision)
      if let catheter = catheterVolume, volume < catheter {
        decision.ask("\(volume.text) primed: the catheter holds \(catheter.text).")
      }
    default: break
    }
  }

  /// Figures stand where they belong, so that none is read for another.
  private func holdFields(_ value: ComplicationTested) throws(TherapyRefusal) {
    let isDone = value.answer != .notDone
    let given: [(Bool, String, Bool)] = [
      (value.vitals != nil, "vitals", value.test == .vitals),
      (
        value.volume != nil, "volume",
        isDone && [.residual, .aspiration, .contrast, .reprime, .pocket].contains(value.test)
      ), (value.expected != nil, "expected", isDone && value.test == .residual),
      (value.degrees != nil, "degrees", isDone && value.test == .rotor),
    ]
    for (isGiven, field, belongs) in given where isGiven && !belongs {
      throw TherapyRefusal(
        .value,
        field,
        given: "a figure",
        expected: "none with \(value.test.rawValue), \(value.answer.rawValue)",
        remedy: "Leave it out."
      )
    }
  }

  /// Low figures that are called stable look like a slip; the thresholds are this project's own, UNVERIFIED.
  private func hold(
    _ value: ComplicationTested,
    _ vitals: VitalSigns?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let vitals, vitals != VitalSigns() else { throw lacking("vitals", "at least one figure") }
    let figures: [(Int?, ClosedRange<Int>, ClosedRange<Int>, String)] = [
      (vitals.breathsPerMinute, 0...80, 9...30, "breathsPerMinute"),
      (vitals.oxygenSaturation, 30...100, 90...100, "oxygenSaturation"),
      (vitals.systolic, 30...300, 90...180, "systolic"),
      (vitals.pulse, 0...300, 45...130, "pulse"),
      (vitals.temperatureTenths, 250...440, 350...389, "temperatureTenths"),
      (vitals.comaScale, 3...15, 14...15, "comaScale"),
    ]
    for (figure, range, usual, field) in figures {
      guard let figure else { continue }
      try decision.hold(figure, in: range, "vitals.\(field)")
      if value.answer == .stable, !usual.contains(figure) {
        decision.ask("\(field) \(figure) called stable: is there no emergency?")
      }
    }
  }

  private func holdResidual(
    _ value: ComplicationTested,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let volume = value.volume else { throw lacking("volume", "what was drawn out") }
    guard let expected = value.expected else { throw lacking("expected", "what should be there") }
    try decision.holdNotNegative(volume, "volume")
    try decision.holdNotNegative(expected, "expected")
    let fits =
      switch value.answer {
      case .tooMuch: volume > expected
      case .tooLittle: volume < expected
      default: true
      }
    guard fits else {
      throw TherapyRefusal(
        .mismatch,
        "answer",
        given: "\(value.answer.rawValue) with \(volume.text)",
        expected: "an answer that fits \(expected.text)",
        remedy: "Look at both volumes."
      )
    }
    // 1 mL in a reservoir of 20 mL, 2 mL in a larger one (H-21).
    let room: Int64 = (pump?.capacity.nanolitres ?? 0) > 20_000_000 ? 2_000_000 : 1_000_000
    let difference = Int128(volume.nanolitres) - Int128(expected.nanolitres)
    if value.answer == .asExpected, difference.magnitude > Int128(room).magnitude {
      decision.ask("\(volume.text) against \(expected.text): is that as expected (H-21)?")
    }
  }

  private func holdAspiration(
    _ value: ComplicationTested,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard value.answer == .free else {
      if let volume = value.volume { try decision.holdNotNegative(volume, "volume") }
      return
    }
    let volume = try some(value.volume, "volume", decision)
    guard let catheter = catheterVolume else {
      if volume.nanolitres < 2_000_000 {
        decision.ask("\(volume.text) drawn, the catheter's volume is not known: 2 to 3 mL is told.")
      }
      return
    }
    guard volume >= catheter else {
      throw TherapyRefusal(
        .limit,
        "volume",
        given: volume.text,
        expected: "at least the volume of the catheter, \(catheter.text)",
        remedy: "Draw on; where nothing more comes, the answer is failed."
      )
    }
  }

  /// Of the catheter in place, between pump and tip; nothing where it is not known.
  var catheterVolume: Volume? {
    if let volume = catheter?.volume { return volume }
    guard let length = catheter?.implantedLength, let linear = catheter?.volumePerLength else {
      return nil
    }
    return linear.volume(of: length)
  }

  private func some(
    _ volume: Volume?,
    _ field: String,
    _ decision: Decision
  ) throws(TherapyRefusal) -> Volume {
    guard let volume else { throw lacking(field, "a volume in mL") }
    try decision.holdSome(volume, field)
    return volume
  }

  private func lacking(_ field: String, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .value,
      field,
      given: "nothing",
      expected: expected,
      remedy: "Enter what was measured."
    )
  }
}
