import Formulary
import JSONText
import PumpScenario
import Therapy

/// The calculators: a form for each, and the answer with its working, to print.
struct PlannerPages {
  let context: PageContext

  /// The list of calculators.
  func list() -> String {
    let cards = PlanName.allCases.map { name in
      Piece.card(
        NameWords.capital(name.title),
        Piece.paragraph("\(NameWords.capital(name.abstract)).")
          + Piece.actions([
            Piece.button("Open", to: "/planner/\(name.rawValue)", isPlain: true)
          ])
      )
    }
    return context.page(
      "Planner",
      .planner,
      Piece.heading(
        "Planner",
        "Each is a pure calculation: nothing is recorded and nothing is ordered here."
      ) + Piece.grid(cards + [costs])
    )
  }

  /// It reckons with figures that the clinic keeps, so it has a page of its own.
  private var costs: Markup {
    Piece.card(
      "Cost of a pump, and of care without it",
      Piece.paragraph("Sums by month and the break-even, of the clinic's own figures.")
        + Piece.actions([Piece.button("Open", to: "/costs", isPlain: true)])
    )
  }

  /// One calculator; its fields come with the query, so that a result has an address.
  ///
  /// - Parameters:
  ///   - name: of the calculator.
  ///   - query: the fields; the example where it is empty.
  /// - Returns: the page.
  func one(_ name: PlanName, _ query: FormFields) -> String {
    let form = PlanForm(name: name, query: query)
    let outcome = query.names.isEmpty ? nil : form.outcome
    var state = FormState(form: "plan", typed: form.typed)
    if case .failure(let error) = outcome {
      state.fault = FormFault(
        field: form.field(of: error.path),
        "A field is not what it must be.",
        todo: error.message
      )
    }
    let fields = form.markup(state)
    let sheet = PageLibrary.markup(
      "search",
      [
        "action": "/planner/\(name.rawValue)", "text": "Work it out", "content": fields.html,
        "also": Piece.button("All calculators", to: "/planner", isPlain: true).html,
      ]
    )
    var answer = Piece.card(
      "Answer",
      Piece.paragraph("The fields hold an example. Change them and work it out.")
    )
    switch outcome {
    case .success(let result): answer = PlanAnswer(name: name, result: result).markup
    case .failure(let error):
      answer = Piece.card(
        "Answer",
        Piece.note(.bad, "NOT WORKED OUT", "\(error.description)", isAlert: true)
      )
    case nil: break
    }
    return context.page(
      NameWords.capital(name.title),
      .planner,
      Piece.heading("\(NameWords.capital(name.title))", "\(NameWords.capital(name.abstract)).")
        + Piece.grid([Piece.card("What is known", sheet), answer])
    )
  }
}

/// The answer of a calculator: findings first, then values, working and sources.
struct PlanAnswer {
  let name: PlanName
  let result: PlanResult

  var markup: Markup {
    var text = Markup.none
    for finding in result.refused {
      text += Piece.note(.bad, "DO NOT USE", "\(finding.message) \(soft: finding.source)")
    }
    for finding in result.warnings {
      text += Piece.note(.warn, "CAUTION", "\(finding.message) \(soft: finding.source)")
    }
    return Piece.card(
      "Answer",
      text + main + Piece.title("Working, to check by hand") + Piece.working(result.working)
        + Piece.details("The sheet, to print", Piece.working([result.sheet(name)]))
    )
  }

  /// The values that are one number, largest on the page.
  private var main: Markup {
    var rows: [(String, Markup)] = []
    for member in result.values {
      switch member.value {
      case .quantity(let quantity):
        rows.append((NameWords.capital(NameWords.spaced(member.name)), "\(figure: quantity.text)"))
      case .percent(let number):
        rows.append(
          (
            NameWords.capital(NameWords.spaced(member.name)),
            "\(figure: number.text(exactDecimals: 2, digits: 4) + " %")"
          )
        )
      case .number(let number):
        rows.append((NameWords.capital(NameWords.spaced(member.name)), "\(figure: number.text())"))
      case .text(let words):
        rows.append((NameWords.capital(NameWords.spaced(member.name)), "\(words)"))
      case .none(let why):
        rows.append((NameWords.capital(NameWords.spaced(member.name)), "none: \(why)"))
      case .flag(let flag):
        rows.append((NameWords.capital(NameWords.spaced(member.name)), flag ? "yes" : "no"))
      case .list, .object: continue
      }
    }
    return rows.isEmpty ? .none : Piece.facts(rows)
  }
}
