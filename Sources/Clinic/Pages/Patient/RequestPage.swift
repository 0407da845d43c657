import Therapy

/// One request to a pump: what it asks, where it is, and how it is signed.
struct RequestPage {
  let record: PatientRecord
  let request: RequestLife
  /// As the signer takes it: base64url without padding.
  let bytes: String
  /// Where this person's signer is; nothing where they have not said.
  let signer: String?
  let context: PageContext

  func html() -> String {
    let head = PatientHead(record: record, context: context)
    let topic = "patient/\(record.id.text)"
    return context.page(
      "Request for \(head.name)",
      .patients,
      topics: [topic],
      head.markup(.orders)
        + Piece.live("request", topic: topic, Piece.card(request.draft.act.words, life))
    )
  }

  private var life: Markup {
    let draft = request.draft
    var rows: [(String, Markup)] = [
      ("Why", "\(draft.reason)"), ("Way", "\(draft.way.rawValue)"),
      ("Drafted", "\(request.draftedAt.words), \(context.name(of: request.draftedBy))"),
      ("Valid until", "\(draft.notAfterAt.words)"),
      ("Hash", .made("<code>\(draft.request.text)</code>")),
    ]
    if let order = draft.order {
      let path = "/patients/\(record.id.text)/orders/\(order.text)"
      rows.append(("Order", "\(link: order.text, to: path)"))
    }
    if let alarm = draft.alarm { rows.append(("Alarm", "\(alarm.words)")) }
    if let signed = request.signature {
      rows.append(("Signed by", "\(context.name(of: signed.signer)), \(signed.role.rawValue)"))
    }
    return Piece.paragraph("\(tag: request.tag, request.tone) \(request.meaning)") + answer
      + signing + Piece.facts(rows)
  }

  private var answer: Markup {
    guard let answer = request.answer, let at = request.answeredAt else { return .none }
    var text: Markup = "The pump's signed receipt came \(AgeWords.ago(at, context.now))."
    if let reason = answer.reason { text += " \(bold: reason)" }
    return Piece.note(answer.isApplied ? .good : .bad, request.tag.uppercased(), text)
  }

  private var signing: Markup {
    guard request.state == .drafted, context.now <= request.draft.notAfterAt else { return .none }
    guard let signer else {
      return Piece.note(
        .warn,
        "TO SIGN",
        "Your signer's address is not known: \(link: "tell it in the settings", to: "/settings")."
      )
    }
    return Piece.note(
      .warn,
      "TO SIGN",
      "A nurse's or a prescriber's signature, within two minutes. Your signer reads the bytes itself."
    ) + Piece.actions([Piece.button("Open in my signer", to: "\(signer)?order=\(bytes)")])
  }
}

extension RequestAct {
  var words: String {
    switch self {
    case .cancelBolus: "Cancel the bolus that runs"
    case .cancelPending: "Cancel the pending order"
    case .acknowledge: "Acknowledge an alarm at the pump"
    }
  }
}

extension RequestLife {
  var tag: String { NameWords.capital(word) }

  var meaning: String {
    switch state {
    case .drafted: "It needs a signature, made on a person's own signer."
    case .signed: "It waits for a session with the pump, for two minutes at most."
    case .sent: "Its bytes left for the pump; the receipt has not come yet."
    case .applied:
      draft.act == .acknowledge
        ? "The pump's signed receipt says that it took it. From afar it silences nothing that still holds."
        : "The pump's signed receipt says that it did it."
    case .refused: "The pump's signed receipt says that it did not do it."
    case .lapsed: "Its two minutes ended before it was sent: it did nothing. Ask anew."
    case .unknown:
      "It was sent and no receipt came. What the pump says of the order or alarm tells what came of it."
    }
  }

  var tone: Tone {
    switch state {
    case .unknown, .refused: .bad
    case .drafted: .warn
    case .applied: .good
    case .signed, .sent, .lapsed: .plain
    }
  }
}
