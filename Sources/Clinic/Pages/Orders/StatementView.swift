import OrderText

/// What the bytes of an order say, in the words in which the signer says them too.
struct StatementView {
  let statement: OrderStatement

  /// All of it: what it is, what is to be said against it, what changes, and every field.
  var markup: Markup {
    Piece.paragraph("\(bold: statement.headline)") + lead + findings + totals
      + Piece.details("Every field of the bytes", fields)
      + Piece.list(statement.remote.map { "\($0)" })
  }

  /// The fields alone, of an order whose time is past.
  var fields: Markup {
    statement.sections.map { section in
      Piece.title(section.title)
        + Piece.facts(
          section.rows.map { row in
            (row.title, "\(row.value)\(row.note.map { " \(soft: $0)" } ?? .none)")
          }
        )
    }.joined()
  }

  private var lead: Markup {
    guard let lead = statement.lead, let words = lead.words else { return .none }
    let (number, unit) = PatientPage.parts(lead.after)
    return Piece.big(number, "\(unit), \(lead.title): \(words)")
  }

  private var findings: Markup {
    statement.findings.map { finding in
      let tone: Tone =
        switch finding.weight {
        case .refused, .danger: .bad
        case .caution: .warn
        case .note: .plain
        }
      return Piece.note(
        tone,
        finding.weight.words,
        "\(NameWords.capital(finding.text)). \(finding.source.map { "\(soft: $0)" } ?? .none)"
      )
    }.joined()
  }

  private var totals: Markup {
    guard !statement.totals.isEmpty else { return .none }
    var table = PageTable("What it changes", ["What", "#In force", "#Ordered", "Change"])
    for total in statement.totals {
      table.add(
        [
          "\(total.title)", "\(total.before)", "\(total.after)",
          total.isChanged ? "\(figure: total.change)" : "none",
        ],
        isChanged: total.isChanged
      )
    }
    return table.markup
  }
}
