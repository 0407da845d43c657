import Quantities
import Therapy

/// The later steps of a refill: bridge, second person, order and receipt.
extension RefillPage {
  func bridge(_ session: RefillSession, _ form: PageForm) -> Markup {
    var form = form
    form.buttons = [
      PageForm.Button(
        text: "With a bridge, as the calculator gives it",
        name: "way",
        value: "bridge"
      ),
      PageForm.Button(text: "Without a bridge", name: "way", value: "omit", isPlain: true),
    ]
    var own = state.of(form.name)
    own.form = form.name
    if own.typed.isEmpty, let program = record.program {
      own.typed = ProgramEntry(program.program).typed
    }
    form.content =
      Piece.details(
        "The program that follows",
        isOpen: true,
        ProgramForm(fluid: session.begun.planned, state: own).markup
      )
      + Field(
        "reason",
        "Why without a bridge",
        hint: "Needed only where it is left out. What that does is worked out and recorded.",
        isRequired: false
      ).markup(own)
    form.hidden = [("shown", record.program?.program.text ?? "")]
    let before = record.reservoir.map { AmountWords.fluid($0.fluid) } ?? "an unknown mixture"
    return Piece.note(
      .warn,
      "CHANGED MIXTURE",
      "The fluid path still holds \(before). Without a bridge the pump gives it at the new "
        + "rate until the path holds \(AmountWords.fluid(session.begun.planned)): too much "
        + "where the new one is weaker, too little where it is stronger."
    ) + form.markup(context, own)
  }

  func second(_ session: RefillSession, _ form: PageForm) -> Markup {
    var form = form
    form.buttons = [
      PageForm.Button(
        text: "I am the second person: label and program are right",
        name: "way",
        value: "second"
      )
    ]
    var note = Piece.paragraph(
      "Begun by \(context.name(of: session.by)). The second person signs in on another screen "
        + "and opens this page, or sits down here and signs in."
    )
    if let reason = context.settings.singlePersonRefill {
      form.buttons.append(
        PageForm.Button(
          text: "Alone, by the clinic's waiver",
          name: "way",
          value: "waive",
          isPlain: true
        )
      )
      note += Piece.note(.warn, "WAIVER", "The clinic lets one person refill alone: \(reason)")
    }
    return note + form.markup(context, state)
  }

  func order(_ session: RefillSession, _ form: PageForm) -> Markup {
    let drafts = record.orders.filter {
      $0.draft.fillVolume != nil && ($0.state == .drafted || $0.state == .signed)
    }
    var form = form
    if let draft = drafts.last {
      form.hidden = [("order", draft.draft.order.text)]
      return Piece.paragraph(
        "Drafted: \(link: draft.draft.act.words, to: head.path("/orders/\(draft.draft.order.text)")), \(AgeWords.ago(draft.draftedAt, context.now))."
      ) + form.markup(context, state)
    }
    var draft = PageForm(
      "draft",
      to: head.path("/orders"),
      "Draft the order",
      version: head.version
    )
    draft.hidden = [("refill", "yes")]
    if session.changesMixture {
      var own = state.of("draft")
      own.form = "draft"
      if own.typed.isEmpty, let program = record.program {
        own.typed = ProgramEntry(program.program).typed
        own.typed["bridge.rate"] = session.bridge?.rate?.text
        own.typed["bridge.volume"] = session.bridge?.volume?.text
      }
      draft.content = Piece.details(
        "The program that follows",
        isOpen: true,
        ProgramForm(fluid: session.begun.planned, state: own).markup
      )
      draft.hidden.append(("shown", own.typed["text"] ?? ""))
    }
    return draft.markup(
      context,
      state,
      [
        Field("reason", "Why", value: "Refill"),
        Field("validFor", "Valid for", .quantity(["h"]), value: "24 h"),
      ]
    )
  }

  func waiting(_ session: RefillSession) -> Markup {
    guard let id = session.ordered?.order, let order = record.order(id) else { return .none }
    let standing = order.standing(at: context.now, wait: context.settings.receiptWait)
    return Piece.note(
      standing.tone == .plain ? .warn : standing.tone,
      standing.words.uppercased(),
      "\(standing.meaning) \(link: "The order: sign it, follow it", to: head.path("/orders/\(id.text)"))"
    )
  }

  func programmed(_ session: RefillSession, _ form: PageForm) -> Markup {
    var form = form
    var own = state.of(form.name)
    own.form = form.name
    if own.typed.isEmpty, let program = record.program {
      own.typed = ProgramEntry(program.program).typed
    }
    form.content =
      Field("programmedAt", "Programmed at", .moment, value: context.now.fieldText).markup(own)
      + ProgramForm(fluid: session.begun.planned, state: own).markup
    form.hidden = [("shown", record.program?.program.text ?? "")]
    return form.markup(context, own)
  }
}
