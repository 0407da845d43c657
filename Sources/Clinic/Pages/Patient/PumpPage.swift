import Quantities
import Therapy

/// What a pump says of itself, with how old each word is, its receipts and what it was asked for.
struct PumpPage {
  let record: PatientRecord
  /// What the pump last said since the server runs; the record has a sparser series.
  let live: StatusHeard?
  /// What its journal said, the newest first.
  var journal: [JournalEntry] = []
  let context: PageContext

  private var head: PatientHead { PatientHead(record: record, context: context) }
  private var now: Instant { context.now }

  func html() -> String {
    let topic = "patient/\(record.id.text)"
    return context.page(
      "Pump of \(head.name)",
      .patients,
      topics: [topic, "pump/\(record.id.text)"],
      head.markup(.pump)
        + Piece.live(
          "pump",
          topic: topic,
          Piece.grid([status, Piece.card("Pump and catheter", InPlaceView(record: record).markup)])
            + Piece.grid([receipts, requests]) + said
        )
    )
  }

  private var status: Markup {
    guard record.isLinked else {
      return Piece.card(
        "What it says",
        Piece.note(
          .warn,
          "BY HAND",
          "This pump does not speak with the clinic: what is known was written down by people."
        )
      )
    }
    guard let heard = live ?? record.lastHeard else {
      return Piece.card("What it says", Piece.note(.warn, "SILENT", "It was never heard."))
    }
    func said(_ value: String) -> Markup { AgeWords.said(value, at: heard.heardAt, now) }
    var rows: [(String, Markup)] = [
      ("State", said(heard.state.words)), ("Reservoir", said(heard.reservoir.ml)),
      ("Rate", said(heard.rate.mlPerDay)), ("Delivered so far", said(heard.delivered.ml)),
      ("Asked for so far", said(heard.demand.ml)),
      (
        "Alarms",
        said(heard.alarms.isEmpty ? "none" : heard.alarms.map(\.words).joined(separator: ", "))
      ), ("Order in force", order(heard.inForce)),
    ]
    if let pending = heard.pending { rows.append(("Order pending", order(pending))) }
    let last = heard.heardAt
    let silence = now - last
    let note: Markup =
      silence > context.settings.silenceTask
      ? Piece.note(.bad, "SILENT", "Nothing was heard for \(AgeWords.span(silence)).")
      : Piece.soft("Last heard \(AgeWords.ago(last, now)). Each value says its own age.")
    return Piece.card("What it says", note + Piece.facts(rows))
  }

  private func order(_ id: OrderID?) -> Markup {
    guard let id else { return "none" }
    guard record.order(id) != nil else {
      return .made("<code>\(id.text.prefix(16))…</code>") + " \(tag: "not in this record", .warn)"
    }
    return .made(
      "<a href=\"\(HTML.escaped(head.path("/orders/\(id.text)")))\"><code>\(id.text.prefix(16))…</code></a>"
    )
  }

  /// As many entries as are shown before somebody asks for more.
  private static let shown = 20

  /// The journal as it was read out of the pump; it tells itself how far it goes back.
  private var said: Markup {
    guard record.isLinked else { return .none }
    guard !journal.isEmpty else {
      return Piece.card("Journal", Piece.paragraph("No entry of the pump's journal was read yet."))
    }
    let rest = journal.dropFirst(Self.shown)
    return Piece.card(
      "Journal",
      table("The pump's journal, the newest first", journal.prefix(Self.shown))
        + (rest.isEmpty
          ? .none
          : Piece.details("\(rest.count) earlier entries", table("Earlier entries", rest)))
        + Piece.soft(
          "The times are the clinic's, worked out from the pump's clock, which stands behind each as time "
            + "since commissioning."
        )
    )
  }

  private func table(_ caption: String, _ entries: ArraySlice<JournalEntry>) -> Markup {
    var table = PageTable(caption, ["What", "About", "When", "#Entry"])
    for entry in entries {
      let words = JournalWords(entry: entry)
      let pump = TimeSpan(milliseconds: entry.pumpMilliseconds)
      table.add([
        "\(words.what)", "\(words.about.isEmpty ? "–" : words.about)",
        "\(figure: entry.at.words) \(soft: "pump \(AmountWords.hours(pump))")",
        "\(Int(entry.sequence))",
      ])
    }
    return table.markup
  }

  private var receipts: Markup {
    let answered = record.orders.filter { $0.answer != nil }
    guard !answered.isEmpty else {
      return Piece.card("Receipts", Piece.paragraph("The pump has given no receipt yet."))
    }
    var table = PageTable("Receipts that the pump signed", ["Order", "Outcome", "Received"])
    for order in answered.reversed().prefix(20) {
      guard let answer = order.answer, let at = order.answeredAt else { continue }
      table.add([
        "\(link: order.draft.act.words, to: head.path("/orders/\(order.draft.order.text)"))",
        "\(answer.outcome.rawValue)\(answer.reason.map { ": \($0)" } ?? "")",
        "\(at.words)",
      ])
    }
    return Piece.card("Receipts", table.markup)
  }

  private var requests: Markup {
    guard !record.doseRequests.isEmpty else {
      return Piece.card("Patient doses", Piece.paragraph("None was asked for."))
    }
    var table = PageTable("Doses that the patient asked for", ["When", "What the pump did"])
    for request in record.doseRequests.suffix(20).reversed() {
      table.add([
        "\(request.requestedAt.words)",
        request.isGranted ? "given" : "refused\(request.reason.map { ": \($0)" } ?? "")",
      ])
    }
    return Piece.card("Patient doses", table.markup)
  }
}
