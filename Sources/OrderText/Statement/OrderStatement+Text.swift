import JSONText
import PumpLink

extension OrderStatement {
  /// For a terminal: findings first, then totals beside what is in force, then every field.
  public func text() -> String {
    var lines = ["\(headline)"]
    if let lead, let words = lead.words {
      lines.append("\(lead.title): \(lead.after), \(words)")
    }
    lines.append("")
    if receipt == nil {
      lines += ["*** NO RECEIPT OF THE PUMP: WHAT IS IN FORCE IS NOT KNOWN HERE ***", ""]
    }
    if !findings.isEmpty {
      for finding in findings {
        lines.append("\(finding.weight.words): \(finding.text)")
        if let source = finding.source { lines.append("  source: \(source)") }
      }
      lines.append("")
    }
    if !totals.isEmpty {
      lines.append(contentsOf: totalLines())
      lines.append("")
    }
    for section in sections { lines += Self.lines(section.title, section.rows) }
    if let inForce { lines += Self.lines("In force, as the pump has signed it", inForce) }
    lines += ["From a distance"] + remote.map { "  \($0)" }
    lines += ["", "Hash of the order  \(Hex.text(hash))"]
    if let confirmation {
      lines += ["", "To sign it: \(confirmation.question)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func totalLines() -> [String] {
    var lines: [String] = []
    for total in totals {
      let mark = total.isLarge ? " <<<" : total.isChanged ? " (changed)" : ""
      let change = total.change.isEmpty || !total.isChanged ? "" : ": \(total.change)"
      lines.append("\(total.title)")
      lines.append("  in force \(total.before)   ordered \(total.after)\(change)\(mark)")
      if let words = total.words { lines.append("  \(words)") }
    }
    return lines
  }

  private static func lines(_ title: String, _ rows: [Row]) -> [String] {
    let width = rows.map(\.title.count).max() ?? 0
    return [title]
      + rows.map { row in
        let space = String(repeating: " ", count: width - row.title.count + 2)
        return "  \(row.title)\(space)\(row.value)" + (row.note.map { "  (\($0))" } ?? "")
      } + [""]
  }

  /// For programs: the same as ``text()``, compact.
  public func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("headline")
    writer.string(headline)
    writer.key("hash")
    writer.string(Hex.text(hash))
    writer.key("receipt")
    writer.bool(receipt != nil)
    writer.key("findings")
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      writer.member("weight", finding.weight.rawValue)
      writer.member("text", finding.text)
      if let source = finding.source { writer.member("source", source) }
      writer.endObject()
    }
    writer.endArray()
    writer.key("totals")
    writer.beginArray()
    for total in totals {
      writer.beginObject()
      writer.member("title", total.title)
      writer.member("before", total.before)
      writer.member("after", total.after)
      writer.member("change", total.change)
      if let words = total.words { writer.member("words", words) }
      writer.endObject()
    }
    writer.endArray()
    writer.key("fields")
    Self.write(sections, &writer)
    if let inForce {
      writer.key("inForce")
      Self.write([Section(title: "inForce", rows: inForce)], &writer)
    }
    writer.key("remote")
    writer.beginArray()
    for line in remote { writer.string(line) }
    writer.endArray()
    if let confirmation { writer.member("confirmation", confirmation.question) }
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private static func write(_ sections: [Section], _ writer: inout JSONWriter) {
    writer.beginArray()
    for section in sections {
      for row in section.rows {
        writer.beginObject()
        writer.member("section", section.title)
        writer.member("title", row.title)
        writer.member("value", row.value)
        if let note = row.note { writer.member("note", note) }
        writer.endObject()
      }
    }
    writer.endArray()
  }
}

extension OrderStatement.Weight {
  /// In words, so that nothing rests on a color.
  public var words: String {
    switch self {
    case .refused: "REFUSED BY THE PUMP"
    case .danger: "DANGER"
    case .caution: "CAUTION"
    case .note: "NOTE"
    }
  }
}
