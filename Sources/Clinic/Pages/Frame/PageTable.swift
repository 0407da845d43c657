/// A table that becomes a list of cards on a narrow screen; the first column names the row.
struct PageTable {
  struct Column {
    let name: String
    let isRight: Bool
  }

  struct Row {
    let cells: [Markup]
    let isChanged: Bool
  }

  let caption: String
  let isCaptionHidden: Bool
  let columns: [Column]
  private(set) var rows: [Row] = []

  /// - Parameters:
  ///   - caption: what a screen reader says of it.
  ///   - isCaptionHidden: where a title says the same right above.
  ///   - columns: a name that begins with `#` is of numbers, set to the right.
  init(_ caption: String, isCaptionHidden: Bool = true, _ columns: [String]) {
    self.caption = caption
    self.isCaptionHidden = isCaptionHidden
    self.columns = columns.map { name in
      name.hasPrefix("#")
        ? Column(name: String(name.dropFirst()), isRight: true)
        : Column(name: name, isRight: false)
    }
  }

  mutating func add(_ cells: [Markup], isChanged: Bool = false) {
    rows.append(Row(cells: cells, isChanged: isChanged))
  }

  var isEmpty: Bool { rows.isEmpty }

  var markup: Markup {
    PageLibrary.markup(
      "table",
      [
        "caption": caption, "isCaptionHidden": isCaptionHidden,
        "heads": columns.map { ["name": $0.name, "isRight": $0.isRight] as [String: Any] },
        "rows": rows.map(values),
      ]
    )
  }

  private func values(_ row: Row) -> [String: Any] {
    [
      "isChanged": row.isChanged,
      "cells": zip(columns, row.cells).enumerated().map { index, pair in
        [
          "isHead": index == 0, "value": pair.1.html, "label": pair.0.name,
          "isRight": pair.0.isRight,
        ] as [String: Any]
      },
    ]
  }
}
