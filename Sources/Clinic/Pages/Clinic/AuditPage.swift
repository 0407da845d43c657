import JSONText
import Ledger
import Therapy

/// Who read or wrote what on a day, and what was refused.
struct AuditPage {
  struct Entry: Sendable {
    let at: Instant
    let who: String
    /// As in `read`, `wrote`, `refused`.
    let kind: String
    let act: String
    let patient: String?
    let code: String?
  }

  let day: String
  let entries: [Entry]
  let context: PageContext

  static let most = 500

  func html() -> String {
    var table = PageTable("Audit of \(day)", ["When", "Who", "What", "Patient"])
    for entry in entries.suffix(Self.most).reversed() {
      let name = PersonID(entry.who).map(context.name(of:)) ?? entry.who
      table.add([
        "\(String(entry.at.words.suffix(5)))", "\(name)",
        entry.kind == "refused"
          ? "\(tag: "refused", .warn) \(entry.act) \(soft: entry.code ?? "")"
          : "\(NameWords.capital(entry.act)) \(soft: entry.kind)",
        entry.patient.map { "\(link: $0, to: "/patients/\($0)")" } ?? "–",
      ])
    }
    let search = PageLibrary.markup(
      "search",
      [
        "action": "/audit", "text": "Show the day",
        "content": Field("day", "Day", .date, value: day).markup(
          FormState(form: "audit", typed: [:])
        ).html,
      ]
    )
    return context.page(
      "Audit",
      .audit,
      Piece.heading(
        "Audit",
        "\(entries.count) entries on \(Day(day)?.words ?? day). Times are of the wall, not of "
          + "the demonstration."
      ) + search
        + Piece.card(
          nil,
          table.isEmpty ? Piece.paragraph("Nothing was recorded on this day.") : table.markup
        )
    )
  }
}

extension AuditPage.Entry {
  /// An event of the audit's stream; nothing for another one.
  init?(_ event: LedgerEvent) {
    guard event.draft.what.hasPrefix("audit.") else { return nil }
    do {
      let object = try JSONCursor(root: JSONValue(parsing: event.draft.payload)).anyObject()
      act = try object.required("act").string()
      patient = try object.optional("patient")?.string()
      code = try object.optional("code")?.string()
    } catch { return nil }
    at = Instant(milliseconds: event.draft.time)
    who = event.draft.who
    kind = String(event.draft.what.dropFirst("audit.".count))
  }
}
