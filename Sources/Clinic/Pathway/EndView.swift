import Quantities
import Therapy

/// The end of a pump or of the therapy: replacement, weaning, explant, transfer, death.
struct EndView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    let cards = [ended, replacement, weaning, former].filter { !$0.isEmpty }
    return cards.isEmpty
      ? Piece.card("End", Piece.paragraph("Nothing of this is planned or recorded."))
      : cards.joined()
  }

  private var replacement: Markup {
    guard let due = record.replacementDue else { return .none }
    return Piece.card(
      "Replacement of the pump",
      Piece.facts([
        ("From", "\(due.from.dayWords)"), ("By", "\(due.by.dayWords)"),
        ("On whose word", "\(due.source)"),
      ])
    )
  }

  private var weaning: Markup {
    let plans = record.pathway.weanings.values.sorted { $0.drug < $1.drug }
    guard !plans.isEmpty else { return .none }
    let due = record.weaningStepsDue
    return Piece.card(
      "Weaning",
      plans.map { plan in
        var table = PageTable("Steps of \(plan.drug)", ["From", "#Dose", "State"])
        let next = due.first { $0.drug == plan.drug }?.step
        for step in plan.steps {
          table.add([
            "\(step.on.words)", "\(step.dose.text)",
            step == next
              ? "\(tag: "next", .warn)"
              : next.map { step.on < $0.on } ?? true ? "reached" : "later",
          ])
        }
        return Piece.title(plan.drug) + table.markup + Piece.soft("Instead: \(plan.instead)")
      }
      .joined()
    )
  }

  private var former: Markup {
    guard !record.pathway.formerPumps.isEmpty else { return .none }
    var table = PageTable("Pumps that were taken out", ["Pump", "Until", "Because"])
    for item in record.pathway.formerPumps {
      table.add([
        "\(item.pump.model), serial \(item.pump.serial)", "\(item.endedAt.dayWords)",
        "\(item.because)",
      ])
    }
    return Piece.card("Pumps before", table.markup)
  }

  private var ended: Markup {
    var text = Markup.none
    if let died = record.pathway.died {
      text += Piece.facts([
        ("Died", "\(died.on.words)"), ("Cause", "\(died.cause ?? "not known")"),
        ("Pump", "\(NameWords.spaced(died.pump.rawValue))"),
      ])
    }
    if let explanted = record.pathway.explanted {
      var rows: [(String, Markup)] = [
        ("Taken out", "\(explanted.explantedAt.words)"),
        ("Reason", "\(explanted.reason.words)"),
        ("Drawn out", "\(explanted.emptied?.text ?? "not emptied")"),
        ("Catheter", "\(explanted.catheter.rawValue)"), ("Instead", "\(explanted.instead)"),
        ("Returned to the maker", explanted.isReturned ? "yes" : "no"),
        ("Card withdrawn", explanted.isCardWithdrawn ? "yes" : "no"),
      ]
      if let emergency = explanted.emergency { rows.append(("Not weaned", "\(emergency)")) }
      text += Piece.facts(rows)
    }
    if let document = record.pathway.transferred?.document {
      text += Piece.facts([
        ("Transferred to", "\(document.to)"), ("Why", "\(document.reason)"),
        ("Written", "\(document.writtenAt.words)"),
        (
          "Not known",
          "\(document.notKnown.isEmpty ? "nothing is missing" : document.notKnown.joined(separator: "; "))"
        ),
      ])
      text += Piece.actions([
        Piece.button("The document", to: "/patients/\(record.id.text)/pathway/transfer.json")
      ])
    }
    if record.stage == .ended, let decision = record.pathway.evaluation.decision,
      decision.outcome == .decline
    {
      text += Piece.facts([
        ("Decided", "no pump"), ("Reasons", "\(decision.reasons)"),
        ("Instead", "\(decision.plan ?? "–")"),
      ])
    }
    return text.isEmpty ? .none : Piece.card("Ended", text)
  }
}
