import Formulary
import Therapy

/// A program beside the one in force, as a page shows it: what a day gives first.
struct ComparisonView {
  let compared: ProgramComparison

  private var result: CompareResult { compared.result }

  var markup: Markup { totals + findings + table + dates + assumed }

  /// What the figures rest on that nobody has told of this patient.
  private var assumed: Markup {
    compared.assumed.isEmpty
      ? .none
      : Piece.note(.warn, "NOT KNOWN", Piece.list(compared.assumed.map { "\($0)" }))
  }

  /// What a day gives before and after: the largest thing on the page.
  private var totals: Markup {
    var text = Markup.none
    for drug in result.drugNames {
      guard let row = result.row("total24h", drug: drug) ?? result.row("dose24h", drug: drug)
      else { continue }
      text += Self.total(row, drug)
    }
    return text
  }

  private static func total(_ row: CompareRow, _ drug: String) -> Markup {
    do {
      let (number, unit) = PatientPage.parts(try row.text(row.after))
      return Piece.big(
        number,
        "\(unit) of \(drug) in 24 h, now \(try row.text(row.before)): \(bold: try row.changeText())"
      )
    } catch { return .none }
  }

  private var findings: Markup {
    var text = Markup.none
    for finding in result.refused {
      text += Piece.note(.bad, "REFUSED", Self.words(finding))
    }
    for finding in result.warnings {
      text += Piece.note(.warn, "CAUTION", Self.words(finding))
    }
    return text
  }

  private static func words(_ finding: CompareFinding) -> Markup {
    var text: Markup = "\(finding.message)"
    if let planned = finding.planned, let limit = finding.limit {
      text += " Planned \(figure: planned), limit \(figure: limit)."
    }
    return text + " \(soft: finding.source)"
  }

  private var table: Markup {
    let changed = result.rows.filter { $0.before != $0.after }
    let same = result.rows.filter { $0.before == $0.after }
    return
      (changed.isEmpty
      ? Piece.paragraph("Nothing changes.")
      : Self.table("In force and new, side by side", changed))
      + (same.isEmpty
        ? .none : Piece.details("What stays the same", Self.table("What stays the same", same)))
  }

  private static func table(_ caption: String, _ rows: [CompareRow]) -> Markup {
    var table = PageTable(caption, ["What", "#In force", "#New", "Change"])
    for row in rows {
      do {
        table.add(
          [
            "\(NameWords.capital(row.title))", "\(try row.text(row.before))",
            "\(try row.text(row.after))", "\(figure: try row.changeText())",
          ],
          isChanged: row.before != row.after
        )
      } catch { continue }
    }
    return table.markup
  }

  private var dates: Markup {
    guard !result.refillDates.isEmpty else { return .none }
    var table = PageTable(
      "Refill, counted from the last fill",
      isCaptionHidden: false,
      ["When", "In force", "New"]
    )
    for date in result.refillDates {
      table.add(
        [
          "\(NameWords.capital(date.title))", "\(Self.day(date.before))", "\(Self.day(date.after))",
        ],
        isChanged: date.before != date.after
      )
    }
    return table.markup + Piece.soft("\(tag: "predicted") from the last fill alone.")
  }

  private static func day(_ text: String?) -> String {
    text.flatMap { Day(String($0.prefix(10))) }?.words ?? text ?? "never: nothing flows"
  }
}
