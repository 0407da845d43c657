extension PlanResult {
  /// The result as a sheet of text that prints on one page: values, working, findings, sources.
  ///
  /// - Parameters:
  ///   - name: of the calculator.
  ///   - width: of the page in characters; an address may be longer.
  /// - Returns: lines, each ended.
  public func sheet(_ name: PlanName, width: Int = 80) -> String {
    var sheet = PlanSheet(width: max(40, width))
    sheet.line("\(name.title.uppercased()): \(name.abstract)")
    sheet.findings("REFUSED, do not use", refused)
    sheet.heading("Result")
    for member in values { sheet.value(member.name, member.value, indent: 2) }
    sheet.heading("Working")
    for line in working { sheet.folded(line, indent: 2) }
    sheet.findings("Warnings", warnings)
    sheet.sources()
    sheet.line("")
    sheet.line("Prepared by ______________  Checked by ______________  Date ____________")
    sheet.line("Cisterna is not a cleared medical device.")
    return sheet.text
  }
}

/// Lines of a page as they are put together.
private struct PlanSheet {
  let width: Int
  private(set) var text = ""
  private var sourcesInOrder: [String] = []

  init(width: Int) {
    self.width = width
  }

  mutating func line(_ line: String) {
    text += line + "\n"
  }

  mutating func heading(_ title: String) {
    line("")
    line(title)
  }

  mutating func findings(_ title: String, _ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    heading(title)
    for finding in findings {
      let number = number(of: finding.source)
      folded("\(finding.code.rawValue): \(finding.message) [\(number)]", indent: 2)
    }
  }

  mutating func sources() {
    guard !sourcesInOrder.isEmpty else { return }
    heading("Sources")
    for (index, source) in sourcesInOrder.enumerated() {
      folded("[\(index + 1)] \(source)", indent: 2)
    }
  }

  /// A value under its name; those of an object or a list under it, further in.
  mutating func value(_ name: String, _ value: PlanValue, indent: Int) {
    if let text = Self.text(value) { return labelled(name, text, indent: indent) }
    switch value {
    case .object(let members):
      object(name, members, indent: indent)
    case .list(let values):
      for (index, element) in values.enumerated() {
        guard case .object(let members) = element, let first = members.first,
          let title = Self.text(first.value)
        else {
          self.value(values.count == 1 ? name : "\(name) \(index + 1)", element, indent: indent)
          continue
        }
        labelled(first.name, title + standing(members), indent: indent)
        for member in Self.shown(members.dropFirst()) {
          self.value(member.name, member.value, indent: indent + 2)
        }
      }
    case .quantity, .number, .percent, .text, .flag, .none: break
    }
  }

  /// A fact is one line with its standing; another object is a heading and its values.
  private mutating func object(_ name: String, _ members: [PlanMember], indent: Int) {
    var shown = Self.shown(members[...])
    let standing = standing(members)
    if let main = shown.first, ["text", "value"].contains(main.name),
      let text = Self.text(main.value)
    {
      labelled(name, text + standing, indent: indent)
      shown.removeFirst()
    } else {
      line(String(repeating: " ", count: indent) + PlanName.words(name) + standing)
    }
    for member in shown { value(member.name, member.value, indent: indent + 2) }
  }

  private mutating func labelled(_ name: String, _ text: String, indent: Int) {
    let space = String(repeating: " ", count: indent)
    let label = PlanName.words(name)
    let gap = String(repeating: " ", count: max(2, 28 - indent - label.count))
    folded("\(space)\(label)\(gap)", text)
  }

  /// The members that are not told by ``standing(_:)``, nor twice.
  private static func shown(_ members: ArraySlice<PlanMember>) -> [PlanMember] {
    let hasText = members.contains { $0.name == "text" } && members.contains { $0.name == "unit" }
    return members.filter { member in
      switch member.name {
      case "source", "confidence", "verified": false
      case "value", "unit": !hasText
      default: true
      }
    }
  }

  /// The number of the source of a fact, and whether nobody has read it there.
  private mutating func standing(_ members: [PlanMember]) -> String {
    var text = ""
    for member in members {
      switch (member.name, member.value) {
      case ("source", .text(let source)): text += " [\(number(of: source))]"
      case ("verified", .flag(false)): text += " UNVERIFIED"
      default: continue
      }
    }
    return text
  }

  private mutating func number(of source: String) -> Int {
    if let index = sourcesInOrder.firstIndex(of: source) { return index + 1 }
    sourcesInOrder.append(source)
    return sourcesInOrder.count
  }

  /// A value on one line; nothing for what has values of its own.
  private static func text(_ value: PlanValue) -> String? {
    switch value {
    case .quantity(let quantity): quantity.text
    case .number(let number): number.text()
    case .percent(let number): number.percentText
    case .text(let text): text
    case .flag(let flag): flag ? "yes" : "no"
    case .none(let why): "none: \(why)"
    case .list(let values):
      values.isEmpty ? "none" : joined(values)
    case .object: nil
    }
  }

  private static func joined(_ values: [PlanValue]) -> String? {
    var texts: [String] = []
    for value in values {
      guard case .object = value else {
        guard let text = text(value) else { return nil }
        texts.append(text)
        continue
      }
      return nil
    }
    return texts.joined(separator: ", ")
  }

  /// Lines no longer than the page where words allow it.
  mutating func folded(_ text: String, indent: Int) {
    folded(String(repeating: " ", count: indent), text)
  }

  private mutating func folded(_ start: String, _ text: String) {
    let space = String(
      repeating: " ",
      count: start.count + (start.allSatisfy { $0 == " " } ? 2 : 0)
    )
    var line = start
    var isFirst = true
    for word in PlanWords.of(text) {
      if isFirst {
        line += word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        self.line(line)
        line = space + word
      }
      isFirst = false
    }
    self.line(line)
  }
}

extension PlanName {
  /// As people read it: `patient dose`.
  public var title: String { Self.words(rawValue) }

  /// The words of a name such as `earliestInterval`; a text with a space stays as it is.
  static func words(_ name: String) -> String {
    if name.contains(where: { $0 == " " || $0 == ":" }) { return name }
    var words = ""
    for character in name {
      let isStart = character.isUppercase || character.isNumber
      if isStart && words.last?.isLowercase == true { words += " " }
      words += words.isEmpty ? String(character) : character.lowercased()
    }
    return words
  }
}
