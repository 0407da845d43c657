/// One published observation beside what the model gives; `docs/evidence.md` shows the same.
struct EvidenceRow: Equatable, Sendable {
  let id: String
  let words: String
  let source: String
  let published: String
  let interval: String
  let unit: String
  let model: String
  let isInside: Bool
  /// Whether it was in view when defaults were chosen, in words.
  let standing: String
}

/// The evidence of the model as a page shows it, with how much of it speaks for the model.
enum EvidenceTable {
  static var summary: Markup {
    let rows = EvidenceRow.all
    let free = rows.filter { $0.standing != "fitted" }
    let inside = rows.filter(\.isInside).count
    return """
      \(inside) of \(rows.count) rows lie inside the published interval; of the \(free.count) that were not \
      fitted, \(free.filter(\.isInside).count). A row marked fitted was in view when numbers were chosen, so that it \
      says little for the model even where it lies inside.
      """
  }

  static var markup: Markup {
    var table = PageTable(
      "Published observations and the model",
      ["Observation", "Published", "Interval", "#Model", "Unit", "Inside", "Standing", "Source"]
    )
    for row in EvidenceRow.all {
      table.add([
        "\(row.id): \(row.words)", "\(row.published)", "\(row.interval)", "\(row.model)",
        "\(row.unit)", row.isInside ? "\(tag: "yes", .good)" : "\(tag: "no", .bad)",
        "\(row.standing)", "\(row.source)",
      ])
    }
    return table.markup
  }
}
