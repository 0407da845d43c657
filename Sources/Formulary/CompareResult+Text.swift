import PumpCore
public import PumpScenario

import Quantities

extension CompareResult {
  /// Both programs as a sheet: what is refused and what changes much first, then every figure.
  ///
  /// - Parameters:
  ///   - names: of both files.
  ///   - width: columns; at least 60 are used.
  /// - Returns: the text; its last line ends.
  /// - Throws: where a figure does not fit.
  public func text(
    names: (before: String, after: String),
    width: Int = 80
  ) throws(PlanError) -> String {
    let width = max(60, width)
    var lines = ["CISTERNA PLAN COMPARE", "Not a cleared medical device.", ""]
    lines += CompareLines.labelled("BEFORE", try before.words(names.before), width)
    lines += CompareLines.labelled("AFTER", try after.words(names.after), width)
    lines.append("")
    lines += CompareLines.findings("AFTER WOULD BE REFUSED", refused, width)
    lines += CompareLines.findings("LOOK AT THIS", warnings, width)
    lines += try table(width)
    lines.append("")
    lines.append(
      refused.isEmpty
        ? "The pump would take the program AFTER." : "The program AFTER would be REFUSED."
    )
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ width: Int) throws(PlanError) -> [String] {
    var cells = [["", "before", "after", "change"]]
    for row in rows {
      let texts = [try row.text(row.before), try row.text(row.after), try row.changeText()]
      cells.append([row.title] + texts)
      guard let dates = refillDates.first(where: { $0.name == row.name }) else { continue }
      cells.append(["  that is on", dates.before ?? "–", dates.after ?? "–", ""])
    }
    let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.flatMap { cells in
      let title = CompareLines.padded(cells[0], to: widths[0])
      let before = CompareLines.padded(cells[1], to: widths[1], atEnd: true)
      let after = CompareLines.padded(cells[2], to: widths[2], atEnd: true)
      let head = "\(title)  \(before)  \(after)"
      guard !cells[3].isEmpty else { return [head] }
      guard head.count + 2 + cells[3].count > width else { return ["\(head)  \(cells[3])"] }
      // The words of the change go below where they do not fit.
      let parts = cells[3].split(separator: ",", maxSplits: 1).map(String.init)
      let rest = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
      let first = "\(head)  \(parts.first ?? "")"
      return rest.isEmpty
        ? [first]
        : [first, CompareLines.padded(String(rest), to: max(first.count, 20), atEnd: true)]
    }
  }
}

extension CompareSide {
  /// The file, the fill and the program in a few lines.
  fileprivate func words(_ name: String) throws(PlanError) -> [String] {
    var lines = [name, "\(fill.volume.text) of \(mixtureText)"]
    if let prime = program.prime {
      lines.append("first a prime of \(prime.volume.text) over \(prime.over.text)")
    }
    if let bridge = program.bridge {
      lines.append("first a bridge at \(bridge.rate.text) until \(bridge.volume.text)")
    }
    lines.append(basalText)
    if let dose = program.patientDose {
      lines.append(
        "patient dose \(dose.volume.text) over \(dose.over.text), lockout \(dose.lockout.text), "
          + "at most \(dose.maxPer24h) in 24 h"
      )
    }
    return lines
  }

  /// The basal in words.
  var basalText: String {
    switch program.basal {
    case .stopped: return "stopped: no delivery"
    case .minimum: return "minimum rate, \(model.minimumRate.text)"
    case .constant(let rate): return "constant \(rate.text)"
    case .scheduled:
      let patterns = Set((0..<7).map { program.schedule.pattern(ofDay: $0) }).count
      let steps = (0..<program.schedule.patternCount)
        .reduce(0) { $0 + program.schedule.stepCount(of: $1) }
      let kind = patterns == 1 ? "daily schedule" : "weekly schedule"
      return "\(kind), \(steps) \(steps == 1 ? "step" : "steps")"
    case .periodic(let dose, let over, let every, let background):
      let bolus = "\(dose.text) over \(over.text) every \(every.text)"
      return background == .zero ? bolus : "\(bolus), on top of \(background.text)"
    }
  }
}

/// Lines of a sheet.
enum CompareLines {
  static func padded(_ text: String, to width: Int, atEnd: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return atEnd ? space + text : text + space
  }

  /// A label in a column of its own.
  static func labelled(_ label: String, _ texts: [String], _ width: Int) -> [String] {
    texts.enumerated().flatMap { index, text in
      wrapped(text, to: width - 10).enumerated().map { line, words in
        let head = index == 0 && line == 0 ? label : ""
        return padded(head, to: 8) + (line == 0 ? "" : "  ") + words
      }
    }
  }

  /// Findings under a title, with their sources; nothing where there are none.
  static func findings(_ title: String, _ findings: [CompareFinding], _ width: Int) -> [String] {
    guard !findings.isEmpty else { return [] }
    var lines = [title]
    for finding in findings {
      for (index, line) in wrapped("\(finding.code): \(finding.message)", to: width - 6)
        .enumerated()
      {
        lines.append((index == 0 ? "  ! " : "    ") + line)
      }
      if finding.source != CompareFinding.fromPrograms {
        lines += wrapped("source: \(finding.source)", to: width - 6).map { "    " + $0 }
      }
    }
    return lines + [""]
  }

  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in PlanWords.of(text) {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
