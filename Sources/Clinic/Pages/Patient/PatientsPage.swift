import Therapy

/// All patients, with a search by name or record number.
struct PatientsPage {
  let summaries: [PatientSummary]
  let search: String
  let context: PageContext

  /// As many as a page holds.
  static let most = 200

  private var found: [PatientSummary] {
    let words = search.lowercased().split(separator: " ")
    guard !words.isEmpty else { return summaries }
    return summaries.filter { summary in
      let text = "\(summary.name) \(summary.patient.text)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  func html() -> String {
    let found = found
    return context.page(
      "Patients",
      .patients,
      topics: ["work"],
      Piece.heading("Patients", "\(found.count) of \(summaries.count)") + form
        + Piece.card(nil, table(found))
    )
  }

  private var form: Markup {
    PageLibrary.markup(
      "search",
      [
        "action": "/patients", "text": "Search",
        "content": Field(
          "q",
          "Name",
          value: search,
          isRequired: false
        ).markup(FormState(form: "search", typed: [:])).html,
        "also": beginnings.joined().html,
      ]
    )
  }

  /// How a record begins, each for whom its act is.
  private var beginnings: [Markup] {
    let all = [
      ("Enroll a patient", "/enroll", EnrollAct.act.roles),
      ("Adopt a patient", "/adopt", AdoptForm.roles),
      ("Take in a transfer", "/arrive", ArrivalAct.roles),
    ]
    return all.filter { !$0.2.isDisjoint(with: context.visitor.roles) }.map {
      Piece.button($0.0, to: $0.1, isPlain: true)
    }
  }

  private func table(_ found: [PatientSummary]) -> Markup {
    guard !found.isEmpty else {
      return Piece.paragraph(
        search.isEmpty ? "No patient is in care yet." : "Nobody of that name is in care here."
      )
    }
    var table = PageTable("Patients by name", ["Patient", "Pump", "Refill due", "State"])
    for summary in found.prefix(Self.most) {
      table.add([
        "\(link: summary.name, to: "/patients/\(summary.patient.text)")",
        summary.stage != .therapy
          ? "no pump: \(summary.stage.words)"
          : summary.isLinked
            ? "linked\(summary.heardAt.map { ", heard \(AgeWords.ago($0, context.now))" } ?? ", never heard")"
            : "by hand",
        due(summary), state(summary),
      ])
    }
    return table.markup
  }

  private func due(_ summary: PatientSummary) -> Markup {
    if let missing = summary.missing { return "\(tag: "not known", .warn) \(soft: missing)" }
    guard let due = summary.due else { return "–" }
    return "\(due.at.dayWords) \(soft: AgeWords.due(due.at, context.now))"
  }

  private func state(_ summary: PatientSummary) -> Markup {
    let items = WorkList([summary], at: context.now, settings: context.settings).items
    guard let first = items.first else { return "nothing to do" }
    let words = WorkWords(first, context.now)
    let more = items.count - 1
    return "\(tag: words.tag, words.tone)\(more > 0 ? " and \(more) more" : "")"
  }
}
