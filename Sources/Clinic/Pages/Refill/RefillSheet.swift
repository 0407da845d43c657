import Quantities
import Therapy

/// The sheet of a refill, for paper: what was done, what the pump gives now, and when to come back.
struct RefillSheet {
  let record: PatientRecord
  let forecast: ReservoirForecast?
  let context: PageContext

  func html() -> String {
    let head = PatientHead(record: record, context: context)
    return context.page(
      "Refill sheet of \(head.name)",
      .patients,
      Piece.heading("Refill sheet", "\(head.name), printed \(context.now.words)")
        + Piece.card(nil, who + Piece.facts(rows))
        + Piece.card("For the patient", advice)
        + Piece.paragraph("Done by ______________  Second person ______________  Date ____________")
        + Piece.actions([Piece.button("Back", to: head.path("/refill"), isPlain: true)])
        + Piece.soft("Print it from the browser: the page has a style for paper.")
    )
  }

  private var who: Markup {
    guard let identity = record.identity else { return .none }
    return Piece.paragraph(
      "\(bold: "\(identity.givenName) \(identity.familyName)"), born \(identity.born.words), "
        + "record \(identity.recordNumber), pump \(record.pump?.serial ?? "not known")"
    )
  }

  private var rows: [(String, Markup)] {
    if let session = record.refill { return RefillSummary(session: session, context: context).rows }
    var rows: [(String, Markup)] = []
    if let past = record.pastRefills.last {
      rows.append(("Ended", "\(past.endedAt.words)\(past.isCompleted ? "" : ", broken off")"))
      if let value = past.expected { rows.append(("Expected", "\(figure: value.ml)")) }
      if let value = past.aspirated { rows.append(("Drawn out", "\(figure: value.ml)")) }
    }
    if let fill = record.reservoir {
      rows.append(("In the reservoir", "\(AmountWords.fluid(fill.fluid)), \(fill.volume.ml)"))
      rows.append(("Lot", "\(fill.lots.isEmpty ? "not known" : fill.lots.joined(separator: ", "))"))
    }
    for dose in record.programFigures?.doses ?? [] {
      rows.append(
        (
          "\(NameWords.capital(dose.drug)) in 24 h",
          "\(figure: dose.mean.text), at most \(figure: dose.most.text)"
        )
      )
    }
    rows.append(
      ("Next refill", record.nextRefillAt.map { "\($0.dayWords)" } ?? "no date is set yet")
    )
    if let due = forecast?.due {
      rows.append(
        (
          "At the latest",
          "\(due.at.dayWords), \(due.because.words) \(due.isVerified ? "" : "(unverified)")"
        )
      )
    }
    return rows
  }

  private var advice: Markup {
    Piece.list([
      "Come back on the date above, also where you feel well: an empty pump is dangerous.",
      "Too little drug: more pain or spasms, itching, sweating, fever. Too much: sleepy, "
        + "weak, slow breathing. Call at once; at night the emergency number.",
      "A pump that sounds: call the clinic the same day. Swelling or pain at the pocket: call "
        + "at once.",
    ])
  }
}
