import OrderText
import Quantities
import Therapy

/// One order: what it changes, where it is, and how it is signed.
struct OrderPage {
  let record: PatientRecord
  let order: OrderLife
  /// The order with the signatures that it has, as the signer takes it: base64url without padding.
  let bytes: String
  /// The pump's newest receipt, likewise; nothing where none is at hand.
  let receipt: String?
  /// What the bytes say; nothing where they cannot be read.
  var statement: OrderStatement?
  /// Where this person's signer is; nothing where they have not said.
  let signer: String?
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }
  private var standing: OrderStanding {
    order.standing(at: context.now, wait: context.settings.receiptWait)
  }

  private var path: String { head.path("/orders/\(order.draft.order.text)") }

  func html() -> String {
    let topic = "patient/\(record.id.text)"
    return context.page(
      "Order for \(head.name)",
      .patients,
      topics: [topic],
      head.markup(.orders)
        + Piece.live(
          "order",
          topic: topic,
          Piece.grid([
            Piece.card(order.draft.act.words, life), Piece.card("What it holds", content),
          ])
        ) + withdrawal + cancellation
    )
  }

  private var life: Markup {
    Piece.steps(
      "Life of the order",
      ["Drafted", "Signed", "Queued", "Sent", "Answered"],
      here: Self.place(standing)
    )
      + Piece.paragraph("\(tag: standing.words, standing.tone) \(standing.meaning)")
      + answer + away + signing + signatures
  }

  private static func place(_ standing: OrderStanding) -> Int {
    switch standing {
    case .drafted, .withdrawn, .lapsed: 1
    case .signed: 2
    case .queued: 3
    case .sent, .unknown: 4
    case .pending, .applied, .refused, .superseded, .cancelled: 5
    }
  }

  private var answer: Markup {
    guard let answer = order.answer, let at = order.answeredAt else { return .none }
    var text: Markup = "The pump's signed receipt came \(AgeWords.ago(at, context.now))."
    if let reason = answer.reason { text += " \(bold: reason)" }
    if standing == .pending, let begins = MyChange.begins(order) {
      text += " It takes effect at \(bold: begins.words), unless it is cancelled before."
    }
    let tone: Tone = answer.outcome == .applied ? .good : answer.outcome == .pending ? .warn : .bad
    return Piece.note(tone, standing.words.uppercased(), text)
  }

  /// What the pump said instead of an answer; not signed, so no word on the order.
  private var away: Markup {
    guard let reason = order.turnedAway else { return .none }
    return Piece.note(
      .bad,
      "NOT ANSWERED",
      "The pump took the session and would not answer this order: \(bold: reason). It is brought again, "
        + "later each time. Ask at the bedside what is in force; only a receipt ends this."
    )
  }

  /// The link to the person's own signer: nothing that this server shows is signed here.
  private var signing: Markup {
    guard let missing = order.missingSignature, !order.isEnded else { return .none }
    let who: Markup =
      switch missing {
      case .first: "It needs a signature."
      case .prescriber: "It needs a second signature, of another prescriber."
      case .person: "It needs a second signature, of another prescriber, nurse or pharmacist."
      }
    guard let signer else {
      return Piece.note(
        .warn,
        "TO SIGN",
        who
          + " Your signer's address is not known: "
          + "\(link: "tell it in the settings", to: "/settings")."
      )
    }
    return Piece.note(
      .warn,
      "TO SIGN",
      who + " Your signer reads the bytes itself and shows what they say beside what is in force."
    ) + Piece.actions([Piece.button("Open in my signer", to: link(signer))])
      + (receipt == nil
        ? Piece.soft(
          "No receipt of the pump is at hand, so your signer cannot show what changes."
        )
        : .none)
  }

  private func link(_ signer: String) -> String {
    "\(signer)?order=\(bytes)\(receipt.map { "&receipt=\($0)" } ?? "")"
  }

  /// A name; of whoever the clinic does not know by name, the beginning of the key.
  private func who(_ person: PersonID) -> String {
    let name = context.name(of: person)
    return name == person.text && name.count > 24 ? "\(name.prefix(15))…" : name
  }

  private var signatures: Markup {
    guard !order.signatures.isEmpty else { return .none }
    var table = PageTable("Signatures", isCaptionHidden: false, ["Who", "As"])
    for signature in order.signatures {
      table.add(["\(who(signature.signer))", "\(signature.role.rawValue)"])
    }
    return table.markup
  }

  private var content: Markup {
    let draft = order.draft
    var rows: [(String, Markup)] = [
      ("Why", "\(draft.reason)"), ("Way", "\(draft.way.rawValue)"),
      ("Drafted", "\(order.draftedAt.words), \(context.name(of: order.draftedBy))"),
      ("Valid until", "\(draft.notAfterAt.words)"), ("Sequence", "\("\(draft.sequence)")"),
      ("Hash", .made("<code>\(draft.order.text)</code>")),
    ]
    if let fluid = draft.fluid { rows.append(("Mixture", "\(AmountWords.fluid(fluid))")) }
    if let volume = draft.fillVolume { rows.append(("Filled to", "\(figure: volume.ml)")) }
    var text = Piece.facts(rows)
    if let program = draft.program, let pump = record.pump,
      let fluid = draft.fluid ?? record.reservoir?.fluid,
      let after = ProgramDay(program, fluid, pump)
    {
      text +=
        Piece.figure(
          after.picture(before: record.program.flatMap { ProgramDay($0.program, fluid, pump) }),
          "Solid: this order. Dashed: in force now."
        ) + Piece.details("All its figures", Piece.facts(after.rows))
    }
    return said + text
  }

  /// The bytes in words, as the signer says them; against what is in force as long as that may change.
  private var said: Markup {
    guard let statement else { return .none }
    let view = StatementView(statement: statement)
    guard !order.isEnded, receipt != nil else {
      return Piece.paragraph("\(bold: statement.headline)")
        + Piece.details("Every field of the bytes", view.fields)
    }
    return view.markup
  }

  /// A pending increase is cancelled by a request that a person signs; the pump's receipt says so.
  private var cancellation: Markup {
    guard context.visitor.isClinical, standing == .pending else { return .none }
    return Piece.card(
      "Cancel it at the pump",
      PageForm("cancel", to: "\(path)/cancel", "Draft the cancellation")
        .markup(
          context,
          state,
          [Field("way", "How", .choice(PageDesk.ways)), Field("reason", "Why")]
        )
    )
  }

  private var withdrawal: Markup {
    guard context.visitor.isClinical, standing == .drafted || standing == .signed else {
      return .none
    }
    return Piece.card(
      "Take it back",
      PageForm("withdraw", to: "\(path)/withdraw", "Withdraw the order", version: head.version)
        .markup(context, state, [Field("reason", "Why")])
    )
  }
}
