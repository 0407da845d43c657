import Therapy

/// Alarms of all pumps, open and past, with what was done about each.
struct AlarmsPage {
  struct Entry {
    let record: PatientRecord
    let alarm: AlarmEntry

    var name: String {
      record.identity.map { "\($0.familyName), \($0.givenName)" } ?? record.id.text
    }
  }

  let entries: [Entry]
  let context: PageContext
  let state: FormState

  static func state(_ entry: AlarmEntry, _ context: PageContext) -> Markup {
    var text: Markup =
      entry.clearedAt.map { "over \(AgeWords.ago($0, context.now))" }
      ?? "\(tag: "holds", entry.alarm.isHigh ? .bad : .warn)"
    text +=
      entry.acknowledgedBy.map { ", seen by \(context.name(of: $0))" }
      ?? " \(tag: "nobody has seen it", .warn)"
    return text
  }

  func html() -> String {
    let open = entries.filter(\.alarm.isOpen)
      .sorted {
        ($0.alarm.alarm.isHigh ? 0 : 1, $1.alarm.raisedAt) < (
          $1.alarm.alarm.isHigh ? 0 : 1, $0.alarm.raisedAt
        )
      }
    let past = entries.filter { !$0.alarm.isOpen }.sorted { $0.alarm.raisedAt > $1.alarm.raisedAt }
    return context.page(
      "Alarms",
      .alarms,
      topics: ["work"],
      Piece.live(
        "open-alarms",
        topic: "work",
        Piece.heading("Alarms", "\(open.count) open, \(past.count) past")
          + (open.isEmpty
            ? Piece.card(nil, Piece.paragraph("No alarm is open."))
            : Piece.grid(open.map(card)))
      ) + Piece.live("past-alarms", topic: "work", Piece.card("Past", table(past)))
    )
  }

  private func path(_ entry: Entry, _ rest: String) -> String {
    "/patients/\(entry.record.id.text)/alarms/\(entry.alarm.alarm.rawValue)/\(rest)"
  }

  private func card(_ entry: Entry) -> Markup {
    let alarm = entry.alarm
    let id = "\(entry.record.id.text)-\(alarm.alarm.rawValue)"
    let what =
      Piece.paragraph(
        "\(link: entry.name, to: "/patients/\(entry.record.id.text)") \(Self.state(alarm, context))"
      ) + Piece.paragraph("\(alarm.alarm.advice)")
      + Piece.facts([
        ("Raised", "\(alarm.raisedAt.words) \(soft: AgeWords.ago(alarm.raisedAt, context.now))"),
        (
          "Done",
          alarm.actions.isEmpty ? "nothing is recorded" : "\(alarm.actions.joined(separator: "; "))"
        ),
      ])
    guard context.visitor.isClinical else {
      return Piece.card("\(alarm.alarm.words): \(entry.name)", what)
    }
    let version = Int64(entry.record.position)
    let seen =
      alarm.acknowledgedBy == nil
      ? PageForm("seen-\(id)", to: path(entry, "seen"), "I have seen it", version: version)
        .markup(context, state) : .none
    let ask =
      entry.record.isLinked && alarm.clearedAt == nil
      ? PageForm("acknowledge-\(id)", to: path(entry, "acknowledge"), "Acknowledge at the pump")
        .markup(
          context,
          state,
          [Field("way", "How", .choice(PageDesk.ways)), Field("reason", "Why")]
        ) : .none
    let act = PageForm("act-\(id)", to: path(entry, "act"), "Record it", version: version)
      .markup(context, state, [Field("action", "What was done")])
    return Piece.card("\(alarm.alarm.words): \(entry.name)", what + seen + act + ask)
  }

  private func table(_ past: [Entry]) -> Markup {
    guard !past.isEmpty else { return Piece.paragraph("None.") }
    var table = PageTable("Past alarms", ["Patient", "Alarm", "Raised", "Over", "Done"])
    for entry in past.prefix(200) {
      table.add([
        "\(link: entry.name, to: "/patients/\(entry.record.id.text)")",
        "\(entry.alarm.alarm.words)", "\(entry.alarm.raisedAt.words)",
        entry.alarm.clearedAt.map { "\($0.words)" } ?? "–",
        entry.alarm.actions.isEmpty
          ? "nothing is recorded" : "\(entry.alarm.actions.joined(separator: "; "))",
      ])
    }
    return table.markup
  }
}
