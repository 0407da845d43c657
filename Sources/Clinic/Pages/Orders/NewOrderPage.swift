import OrderText
import Therapy

/// An order other than a program or a refill: chosen, filled in, looked at, drafted.
struct NewOrderPage {
  let record: PatientRecord
  /// Which one; nothing on the page where it is chosen.
  let order: OrderForm?
  /// What the bytes would say, once somebody asked for it.
  let statement: OrderStatement?
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }

  func html() -> String {
    context.page(
      order.map { "\($0.title): \(head.name)" } ?? "New order for \(head.name)",
      .patients,
      topics: ["patient/\(record.id.text)"],
      head.markup(.orders) + content
    )
  }

  private var content: Markup {
    guard record.isLinked else {
      return Piece.note(
        .warn,
        "BY HAND",
        "This pump does not speak with the clinic, so it takes no orders. What is set on the maker's "
          + "programmer is \(link: "recorded as a program", to: head.path("/program"))."
      )
    }
    guard let order else { return choice }
    return Piece.grid([
      Piece.card(order.title, Piece.paragraph("\(order.meaning)") + editor(order)),
      Piece.card("What it says", outcome(order)),
    ])
  }

  private var choice: Markup {
    let cards = OrderForm.allCases.map { order in
      Piece.card(
        order.title,
        Piece.paragraph("\(order.meaning)")
          + Piece.actions([
            Piece.button(
              "Write it",
              to: head.path("/new-order/\(order.rawValue)"),
              isPlain: true,
              about: order.title
            )
          ])
      )
    }
    return Piece.paragraph(
      "A program is changed on \(link: "its own page", to: head.path("/program")), a fill by the "
        + "\(link: "guided refill", to: head.path("/refill"))."
    ) + Piece.grid(cards)
  }

  private func editor(_ order: OrderForm) -> Markup {
    var form = PageForm("look", to: head.path("/new-order/\(order.rawValue)"), "See what it does")
    form.isLook = true
    // What was drafted or looked at stays in the fields of either form.
    var own = state
    if own.form != "look" { own.fault = nil }
    own.form = "look"
    if own.typed.isEmpty { own.typed = order.typed(record) }
    return form.markup(
      context,
      own,
      order.fields(record, context.settings) + [
        Field("reason", "Why"),
        Field(
          "way",
          "Way",
          .choice(
            [("bedside", "At the bedside")]
              + (order.isRemotePossible ? [("remote", "From a distance")] : [])
          ),
          value: "bedside",
          hint: order.isRemotePossible ? nil : "No pump takes this order from a distance."
        ),
        Field("validFor", "Valid for", .quantity(["h", "min"]), value: order.validity),
      ]
    )
  }

  private func outcome(_ order: OrderForm) -> Markup {
    guard let statement else {
      return Piece.paragraph("Nothing is drafted yet. First see what the order would say and do.")
    }
    let view = StatementView(statement: statement).markup
    guard !statement.findings.contains(where: { $0.weight == .refused }) else {
      return view
        + Piece.note(.bad, "NOT POSSIBLE", "The pump would refuse it. Correct it and look again.")
    }
    if let flying = record.orderInFlight {
      return view
        + Piece.note(
          .warn,
          "IN THE WAY",
          "\(flying.draft.act.words) is on its way to the pump. "
            + "\(link: "Wait for its receipt", to: head.path("/orders/\(flying.draft.order.text)"))."
        )
    }
    var form = PageForm("draft", to: head.path("/orders"), "Draft the order", version: head.version)
    form.hidden =
      [("do", order.rawValue)]
      + state.typed.filter { !["do", "confirmed"].contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    return view
      + Piece.paragraph("The order is drafted here and signed on your own signer.")
      + form.markup(context, state)
  }
}
