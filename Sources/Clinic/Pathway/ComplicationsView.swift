import Quantities
import Therapy

/// Complications: the next test of each that is open, the emergency steps, and what came of the others.
struct ComplicationsView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    let all = record.pathway.complications
    guard !all.isEmpty else {
      return Piece.card("Complications", Piece.paragraph("None is recorded."))
    }
    return all.filter(\.isOpen).reversed().map(open).joined()
      + all.filter { !$0.isOpen }.reversed().map(closed).joined()
  }

  private func title(_ state: ComplicationState) -> String {
    NameWords.capital(NameWords.spaced(state.opened.kind.rawValue))
  }

  private func open(_ state: ComplicationState) -> Markup {
    var text = Markup.none
    if state.isUrgent {
      text += Piece.note(.bad, "URGENT", "Look at the patient first: the vital signs.")
    }
    text += Piece.facts([
      ("Number", "\(state.id.position)"), ("Signs", "\(state.opened.signs)"),
      ("Since", "\(state.opened.since.words)"),
    ])
    switch state.standing {
    case .ask(let test):
      let facts = test.facts
      text += Piece.note(
        .warn,
        "NEXT",
        "\(bold: test.words): \(facts.ask) It can show: "
          + "\(facts.answers.map { NameWords.spaced($0.rawValue) }.joined(separator: ", ")). "
          + "\(soft: facts.source)"
          + (facts.isVerified ? "" : " \(tag: "unverified", .warn)")
      )
      if test == .emergencySteps || state.isUrgent {
        for danger in state.opened.kind.dangers { text += emergency(danger) }
      }
    case .ended(let finding):
      text += Piece.note(
        .good,
        "FOUND",
        "\(NameWords.capital(NameWords.spaced(finding.rawValue))). \(finding.action)"
      )
    }
    return Piece.card(title(state), text + tests(state))
  }

  private func emergency(_ danger: EmergencyDanger) -> Markup {
    Therapy.EmergencyCard.cards(for: record.reservoir?.fluid, danger).map { card in
      Piece.title(card.title) + Piece.soft("\(card.signs)")
        + Piece.list(
          card.steps.map { step in
            var line: Markup = "\(step.text)"
            if let figure = step.figure { line += " \(bold: figure)" }
            if !step.isVerified { line += " \(tag: "unverified", .warn)" }
            return line + " \(soft: step.source)"
          }
        )
    }
    .joined()
  }

  private func closed(_ state: ComplicationState) -> Markup {
    var rows: [(String, Markup)] = [("Signs", "\(state.opened.signs)")]
    if let end = state.closed {
      rows.append(("It was", "\(NameWords.spaced(end.finding.rawValue))"))
      rows.append(("Done", "\(end.done)"))
      if let despite = end.despite { rows.append(("Why so", "\(despite)")) }
    }
    return Piece.card(
      "\(title(state)), \(state.opened.since.dayWords), number \(state.id.position)",
      Piece.facts(rows) + Piece.details("The tests", tests(state))
    )
  }

  private func tests(_ state: ComplicationState) -> Markup {
    guard !state.tests.isEmpty else { return .none }
    var table = PageTable(
      "Tests of complication \(state.id.position)",
      ["Test", "It showed", "Figures", "At"]
    )
    for item in state.tests {
      var parts: [String] = []
      if let volume = item.volume { parts.append(volume.text) }
      if let expected = item.expected { parts.append("expected \(expected.text)") }
      if let degrees = item.degrees { parts.append("\(degrees)°") }
      if let vitals = item.vitals {
        if let value = vitals.breathsPerMinute { parts.append("\(value) breaths/min") }
        if let value = vitals.oxygenSaturation { parts.append("\(value) % O₂") }
        if let value = vitals.systolic { parts.append("\(value) mmHg") }
        if let value = vitals.pulse { parts.append("pulse \(value)/min") }
        if let value = vitals.temperatureTenths { parts.append("\(value / 10).\(value % 10) °C") }
        if let value = vitals.comaScale { parts.append("GCS \(value)") }
      }
      if let note = item.note { parts.append(note) }
      table.add([
        "\(NameWords.capital(item.test.words))",
        "\(NameWords.spaced(item.answer.rawValue))",
        "\(parts.isEmpty ? "–" : parts.joined(separator: "; "))", "\(item.doneAt.words)",
      ])
    }
    return table.markup
  }
}

/// Scans of a patient with a pump: the checklist by the pump, and where it stands.
struct ScansView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    guard !record.pathway.scans.isEmpty else {
      return Piece.card("MRI", Piece.paragraph("No scan is planned or recorded."))
    }
    return record.pathway.scans.reversed().map(card).joined()
  }

  private func card(_ scan: MRIState) -> Markup {
    var text = Markup.none
    if let cancelled = scan.cancelled {
      text += Piece.note(.warn, "CALLED OFF", "\(cancelled.reason)")
    }
    text += Piece.facts([
      ("Number", "\(scan.id.position)"), ("At", "\(scan.plan.at.words)"),
      ("Of what", "\(scan.plan.reason)"),
      ("Field", "\(scan.plan.fieldMillitesla) mT"),
      ("State", scan.isOpen ? "\(tag: "open", .warn)" : "over"),
    ])
    var table = PageTable(
      "Steps of scan \(scan.id.position)",
      ["Step", "State", "What is done"]
    )
    for step in scan.plan.family.steps {
      let done = scan.done.first { $0.step == step.step }
      var state: Markup = step.step == scan.next ? "\(tag: "next", .warn)" : "–"
      if let done {
        state =
          done.isGood ? "\(tag: "done", .good)" : "\(tag: "not well", .bad)"
        if let volume = done.volume { state += " \(volume.text)" }
        if let note = done.note { state += " \(note)" }
        state += " \(soft: done.doneAt.words)"
      }
      table.add([
        "\(NameWords.capital(NameWords.spaced(step.step.rawValue)))", state,
        "\(step.text) " + (step.isVerified ? "" : "\(tag: "unverified", .warn)")
          + " \(soft: step.source)",
      ])
    }
    return Piece.card("MRI of \(scan.plan.at.words)", text + table.markup)
  }
}
