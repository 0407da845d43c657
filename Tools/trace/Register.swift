/// A requirement or a hazard, as its document names it.
package struct Entry: Equatable, Sendable {
  package let id: String
  package let text: String
}

/// Who answers for a requirement.
package enum Status: Equatable, Sendable {
  case tested
  case deviation
  case later(String)

  /// Reads one status; nothing where it is none.
  init?(_ text: String) {
    switch text {
    case "tested": self = .tested
    case "deviation": self = .deviation
    default:
      guard let part = laterPart(text) else { return nil }
      self = .later(part)
    }
  }
}

/// A requirement's line in `deviations.md`.
package struct Standing: Equatable, Sendable {
  package let id: String
  package let statuses: [Status]
  package let remark: String
}

/// A hazard's line in `deviations.md`: the requirements that hold it now, and the later parts.
package struct Holding: Equatable, Sendable {
  package let id: String
  package let requirements: [String]
  package let later: [String]
  package let remark: String
}

/// What the three documents of `docs/safety` say.
package struct Register: Sendable {
  package private(set) var requirements: [Entry] = []
  package private(set) var hazards: [Entry] = []
  package private(set) var standings: [String: Standing] = [:]
  package private(set) var holdings: [String: Holding] = [:]
  /// What cannot be read, is there twice, or answers for something that is not there.
  package private(set) var findings: [String] = []

  package init(requirements: String, hazards: String, deviations: String) {
    self.requirements = entries(of: requirements, prefix: "SR", in: "requirements.md")
    self.hazards = entries(of: hazards, prefix: "H", in: "hazards.md")
    for cells in rows(of: deviations, prefix: "SR") { addStanding(cells) }
    for cells in rows(of: deviations, prefix: "H") { addHolding(cells) }
  }

  private mutating func entries(of text: String, prefix: String, in file: String) -> [Entry] {
    var seen: Set<String> = []
    var result: [Entry] = []
    for cells in rows(of: text, prefix: prefix) {
      if seen.insert(cells[0]).inserted {
        result.append(Entry(id: cells[0], text: cells.count > 1 ? cells[1] : ""))
      } else {
        findings.append("\(cells[0]) is twice in \(file)")
      }
    }
    if result.isEmpty { findings.append("\(file) has no \(prefix) table") }
    return result
  }

  private mutating func addStanding(_ cells: [String]) {
    let id = cells[0]
    guard cells.count == 3 else {
      findings.append("\(id) in deviations.md has \(cells.count) cells, not 3")
      return
    }
    var statuses: [Status] = []
    for part in parts(of: cells[1], at: ";") {
      if let status = Status(part) {
        statuses.append(status)
      } else {
        findings.append("\(id) in deviations.md has the unknown status \"\(part)\"")
      }
    }
    if statuses.isEmpty { findings.append("\(id) in deviations.md has no status") }
    if statuses.contains(.deviation), cells[2].isEmpty {
      findings.append("\(id) in deviations.md deviates without saying how and why")
    }
    let standing = Standing(id: id, statuses: statuses, remark: cells[2])
    if standings.updateValue(standing, forKey: id) != nil {
      findings.append("\(id) is twice in deviations.md")
    }
  }

  private mutating func addHolding(_ cells: [String]) {
    let id = cells[0]
    guard cells.count == 3 else {
      findings.append("\(id) in deviations.md has \(cells.count) cells, not 3")
      return
    }
    var held: [String] = []
    var later: [String] = []
    for part in parts(of: cells[1], at: ";") {
      if let name = laterPart(part) {
        later.append(name)
        continue
      }
      for word in parts(of: part, at: ",") {
        if ids(in: word) == [word], word.hasPrefix("SR-") {
          held.append(word)
        } else {
          findings.append("\(id) in deviations.md is held by \"\(word)\", which is no requirement")
        }
      }
    }
    let holding = Holding(id: id, requirements: held, later: later, remark: cells[2])
    if holdings.updateValue(holding, forKey: id) != nil {
      findings.append("\(id) is twice in deviations.md")
    }
  }
}

/// The parts that may own something later; `deviations.md` explains them.
private let partsToCome: Set<String> = ["link", "clinic", "hardware", "release"]

private func laterPart(_ text: String) -> String? {
  guard text.hasPrefix("later: ") else { return nil }
  let part = String(text.dropFirst("later: ".count))
  return partsToCome.contains(part) ? part : nil
}

private func parts(of text: String, at separator: Character) -> [String] {
  text.split(separator: separator).map(trimmed).filter { !$0.isEmpty }
}

private func trimmed(_ text: some StringProtocol) -> String {
  var text = Substring(text)
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}

/// The table rows of a document whose first cell is an id of this kind, cell by cell.
private func rows(of text: String, prefix: String) -> [[String]] {
  text.split(whereSeparator: \.isNewline).compactMap { line in
    guard line.hasPrefix("| \(prefix)-") else { return nil }
    var cells: [String] = []
    var cell = ""
    var escaped = false
    for character in line.dropFirst() {
      if character == "|", !escaped {
        cells.append(trimmed(cell))
        cell = ""
      } else {
        cell.append(character)
      }
      escaped = character == "\\"
    }
    return cells
  }
}

/// Every `SR-…` and `H-…` with digits in a text, in order, each once.
package func ids(in text: String) -> [String] {
  var found: [String] = []
  for match in text.matches(of: #/\b(?:SR|H)-[0-9]+/#.wordBoundaryKind(.simple)) {
    let id = String(match.output)
    if !found.contains(id) { found.append(id) }
  }
  return found
}
