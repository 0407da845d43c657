import Quantities
import Therapy

/// What people recorded, the newest first; what was struck out stays, with the reason.
struct ObservationList {
  let record: PatientRecord
  let context: PageContext

  private struct Line {
    let at: Instant
    let by: PersonID
    let event: EventID
    let what: Markup
    let struckOut: String?
  }

  var markup: Markup {
    let all = lines.sorted { ($0.at, $0.event) > ($1.at, $1.event) }
    guard !all.isEmpty else { return Piece.paragraph("Nothing was recorded yet.") }
    let older = all.dropFirst(8)
    return table(Array(all.prefix(8)))
      + (older.isEmpty
        ? .none
        : Piece.details("\(older.count) earlier entries", table(Array(older), "Earlier entries")))
  }

  private func table(
    _ lines: [Line],
    _ caption: String = "Scores, doses by mouth, side effects and notes"
  ) -> Markup {
    var table = PageTable(caption, ["What", "When", "By"])
    for line in lines {
      let what: Markup =
        line.struckOut.map {
          .made("<s>\(line.what.html)</s> ") + "\(tag: "struck out") \(soft: $0)"
        } ?? line.what
      table.add([what, "\(figure: line.at.dayWords)", "\(context.name(of: line.by))"])
    }
    return table.markup
  }

  private var lines: [Line] {
    let scores = record.scores.map { entry in
      Line(
        at: entry.value.takenAt,
        by: entry.by,
        event: entry.event,
        what: "\(entry.value.score.words)",
        struckOut: entry.struckOut
      )
    }
    let oral = record.oralOpioids.map { entry in
      Line(
        at: entry.value.since?.start ?? entry.at,
        by: entry.by,
        event: entry.event,
        what: Self.oral(entry.value),
        struckOut: entry.struckOut
      )
    }
    let effects = record.sideEffects.map { entry in
      Line(
        at: entry.value.since?.start ?? entry.at,
        by: entry.by,
        event: entry.event,
        what: "Side effect: \(entry.value.what), \(entry.value.severity.rawValue)",
        struckOut: entry.struckOut
      )
    }
    let notes = record.notes.map { entry in
      Line(
        at: entry.at,
        by: entry.by,
        event: entry.event,
        what: "\(entry.value.text)",
        struckOut: entry.struckOut
      )
    }
    return scores + oral + effects + notes
  }

  private static func oral(_ value: OralOpioid) -> Markup {
    let main: Markup =
      "By mouth: \(NameWords.spaced(value.drug.rawValue)) \(value.dose.text), as morphine "
      + "\(value.equivalent.text)"
    return value.isVerified ? main : main + " \(tag: "unverified", .warn) \(soft: value.source)"
  }
}
