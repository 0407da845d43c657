import PumpScenario
import Quantities
import Therapy

/// A program is changed here: typed or dragged, always beside the one in force.
struct ProgramPage {
  let record: PatientRecord
  /// What was typed, once somebody asked to compare.
  let proposed: ProgramJSON?
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }

  func html() -> String {
    context.page(
      "Program of \(head.name)",
      .patients,
      topics: ["patient/\(record.id.text)"],
      head.markup(.program) + content
    )
  }

  private var content: Markup {
    guard let pump = record.pump, let fluid = record.reservoir?.fluid else {
      return Piece.note(
        .warn,
        "NOT KNOWN",
        "A program rests on what is in the reservoir, which is not recorded. Record a fill, "
          + "or begin a refill."
      )
    }
    let predicted = PredictionCard(record: record, fluid: fluid).markup
    if let proposed {
      return comparison(proposed, pump, fluid) + Piece.grid([predicted, editor(fluid)])
    }
    return Piece.grid([Piece.column([inForce(pump, fluid), predicted]), editor(fluid)])
  }

  private func inForce(_ pump: PumpInPlace, _ fluid: Fluid) -> Markup {
    guard let program = record.program, let day = ProgramDay(program.program, fluid, pump) else {
      return Piece.card("In force", Piece.paragraph("What is in force is not recorded."))
    }
    return Piece.card(
      "In force",
      Piece.figure(
        day.picture(),
        "Since \(program.since.words): \(program.standing.words). \(AmountWords.fluid(fluid))."
      ) + Piece.facts(day.rows)
    )
  }

  private func editor(_ fluid: Fluid) -> Markup {
    var form = PageForm("program", to: head.path("/program"), "Compare with what is in force")
    form.isLook = true
    var own = state.of("program")
    own.form = "program"
    if own.typed.isEmpty, let program = record.program {
      own.typed = ProgramEntry(program.program).typed
    }
    form.content = ProgramForm(fluid: fluid, state: own).markup
    form.hidden = [("shown", record.program?.program.text ?? "")]
    return Piece.card(
      "New program",
      Piece.paragraph(
        "Nothing is changed by comparing. The pump changes only by an order that you sign."
      )
        + form.markup(context, own)
    )
  }

  // MARK: Beside each other

  private func comparison(_ proposed: ProgramJSON, _ pump: PumpInPlace, _ fluid: Fluid) -> Markup {
    let compared: ProgramComparison?
    do throws(ProgramComparison.Fault) {
      compared = try ProgramComparison(record, proposed)
    } catch {
      if case .unreadable(let error) = error {
        return Piece.note(.bad, "NOT READ", "\(error.description)", isAlert: true)
      }
      compared = nil
    }
    var picture = Markup.none
    if let after = ProgramDay(proposed, fluid, pump) {
      let before = record.program.flatMap { ProgramDay($0.program, fluid, pump) }
      picture = Piece.figure(
        after.picture(before: before),
        "Solid: new. Dashed: in force now. \(AmountWords.fluid(fluid))."
      )
    }
    guard let compared else {
      return Piece.card(
        "New program",
        picture
          + Piece.note(.warn, "NOTHING TO COMPARE", "What is in force is not recorded.")
          + next(proposed, isRefused: false)
      )
    }
    return Piece.grid([
      Piece.card(
        "New, beside what is in force",
        picture + ComparisonView(compared: compared).markup
      ),
      Piece.card("Go on", next(proposed, isRefused: compared.isRefused)),
    ])
  }

  private func next(_ proposed: ProgramJSON, isRefused: Bool) -> Markup {
    guard !isRefused else {
      return Piece.note(
        .bad,
        "NOT POSSIBLE",
        "The pump would refuse this program. Correct it below and compare again."
      )
    }
    return record.isLinked ? draft(proposed) : byHand(proposed)
  }

  private func draft(_ proposed: ProgramJSON) -> Markup {
    if let order = record.orderInFlight {
      return Piece.note(
        .warn,
        "IN THE WAY",
        "\(order.draft.act.words) is on its way to the pump. "
          + "\(link: "Wait for its receipt", to: head.path("/orders/\(order.draft.order.text)"))."
      )
    }
    var form = PageForm("draft", to: head.path("/orders"), "Draft the order", version: head.version)
    form.hidden = [("program", proposed.text)]
    return Piece.paragraph("The order is drafted here and signed on your own signer.")
      + form.markup(
        context,
        state,
        [
          Field("reason", "Why"),
          Field(
            "way",
            "Way",
            .choice([
              ("bedside", "At the bedside"), ("remote", "From a distance, inside the envelope"),
            ]),
            value: "bedside"
          ),
          Field("validFor", "Valid for", .quantity(["h"]), value: "24 h"),
        ]
      )
  }

  private func byHand(_ proposed: ProgramJSON) -> Markup {
    var form = PageForm(
      "recorded",
      to: head.path("/program/recorded"),
      "Record what was programmed",
      version: head.version
    )
    form.hidden = [("program", proposed.text)]
    return Piece.paragraph(
      "This pump does not speak with the clinic. Program it on the maker's programmer, then "
        + "record what that shows."
    )
      + form.markup(
        context,
        state,
        [
          Field("programmedAt", "Programmed at", .moment, value: context.now.fieldText),
          Field("reason", "Why"),
        ]
      )
  }
}
