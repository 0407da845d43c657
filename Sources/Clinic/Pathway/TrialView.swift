import Formulary
import Quantities
import Therapy

/// The trials: plan, doses, what was seen, and what the rule says of it.
struct TrialView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    guard !record.pathway.trials.isEmpty || record.pathway.waiver != nil else {
      return Piece.card(
        "Trial",
        Piece.paragraph(
          record.stage == .trial
            ? "No trial was begun." : "A trial follows once it was decided to proceed."
        )
      )
    }
    var text = Markup.none
    if let waiver = record.pathway.waiver {
      text += Piece.note(.warn, "WITHOUT A TRIAL", "\(waiver.reason)")
    }
    for trial in record.pathway.trials.reversed() { text += card(trial) }
    return text
  }

  private func card(_ trial: TrialState) -> Markup {
    let plan = trial.plan
    var rows: [(String, Markup)] = [
      ("Drug", "\(plan.drug), \(NameWords.spaced(plan.method.rawValue))"),
      ("Success is that", "\(plan.rule.text)"),
      ("Where", plan.isInpatient ? "as an inpatient" : "as an outpatient"),
    ]
    if let response = record.response(to: trial) {
      rows.append(
        (
          "Best response",
          "\(response.text(plan.rule)), after \(response.dose.dose.text) "
            + (response.isMet ? "\(tag: "rule met", .good)" : "\(tag: "rule not met", .warn)")
        )
      )
    }
    if let conclusion = trial.conclusion {
      rows.append(
        (
          "Concluded",
          "\(bold: NameWords.spaced(conclusion.outcome.rawValue)): \(conclusion.reasons)"
            + (conclusion.effectLasted.map { " Effect for \($0.text)." } ?? "")
        )
      )
    }
    return Piece.card(
      "Trial of \(plan.drug), begun \(trial.begunAt.words)",
      (trial.conclusion == nil ? clock(trial) : .none) + Piece.facts(rows) + table(trial) + start
    )
  }

  /// What the protocol asks for now.
  private func clock(_ trial: TrialState) -> Markup {
    var text = Markup.none
    if let until = trial.watchedUntil, until > context.now {
      text += Piece.note(
        .warn,
        "WATCHED",
        "Until \(until.words), \(AgeWords.span(until - context.now)) from now: breathing, "
          + "sedation and tone."
      )
    }
    switch trial.nextStep {
    case .dose(let doses, _, let notBefore, let wait):
      let names = doses.map(\.value.text).joined(separator: " or ")
      var line: Markup = "\(bold: names)"
      if let notBefore {
        line +=
          notBefore > context.now
          ? ", not before \(notBefore.words), in \(AgeWords.span(notBefore - context.now))"
          : ", from now on"
      }
      line += " \(soft: doses[0].source)"
      if !doses[0].isVerified || wait?.isVerified == false {
        line += " \(tag: "unverified", .warn)"
      }
      text += Piece.facts([("Next dose by the protocol", line)])
    case .over(let fact):
      text += Piece.note(.plain, "LAST DOSE GIVEN", "\(fact.value) \(soft: fact.source)")
    case nil: break
    }
    return text
  }

  private func table(_ trial: TrialState) -> Markup {
    guard !trial.doses.isEmpty else { return .none }
    var rows: [(Instant, String, Markup)] = trial.doses.map {
      ($0.givenAt, "Dose", "\(bold: $0.dose.text) in \($0.volume.text)")
    }
    rows += trial.observations.map { seen in
      var parts: [String] = []
      if let breaths = seen.breathsPerMinute { parts.append("\(breaths)/min") }
      if let oxygen = seen.oxygenSaturation { parts.append("\(oxygen) % O₂") }
      if let sedation = seen.sedation { parts.append("sedation \(sedation) of 3") }
      if let note = seen.note { parts.append(note) }
      return (seen.takenAt, "Seen", "\(parts.joined(separator: ", "))")
    }
    rows += record.scores.filter {
      $0.struckOut == nil && $0.value.takenAt >= trial.begunAt
    }
    .map { ($0.value.takenAt, "Score", "\($0.value.score.words)") }
    var table = PageTable(
      "Trial of \(trial.plan.drug) from \(trial.begunAt.words) on, in order",
      ["At", "What", "Figures"]
    )
    for row in rows.sorted(by: { $0.0 < $1.0 }) {
      table.add(["\(row.0.words)", "\(row.1)", row.2])
    }
    return table.markup
  }

  private var start: Markup {
    guard let plan = record.startAfterTrial else { return .none }
    return Piece.title("From trial to implant") + Piece.working(plan.working)
      + plan.warnings.map { Piece.note(.warn, "LOOK AGAIN", "\($0.message)") }.joined()
  }
}
