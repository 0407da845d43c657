/// Something that shows a requirement to hold: a test, a suite, or a gate in a script.
package struct NamedTest: Equatable, Sendable {
  package let file: String
  package let name: String
  package let ids: [String]

  package init(file: String, name: String, ids: [String]) {
    self.file = file
    self.name = name
    self.ids = ids
  }
}

/// The tests of one Swift file that name an id.
///
/// An id counts in the name of a `@Test` function, in the display name of `@Test` or `@Suite`, and
/// in a comment that stands directly above either. A suite without the attribute counts where its
/// name ends in `Tests`. A disabled test shows nothing and is left out.
package func tests(inSwift source: String, file: String) -> [NamedTest] {
  var scan = DeclarationScan(file: file)
  for token in SwiftTokens(source) { scan.take(token) }
  return scan.found
}

/// The gates of one shell script that name an id: comment lines that begin with `# Holds:`.
package func gates(inScript source: String, file: String) -> [NamedTest] {
  source.split(whereSeparator: \.isNewline).compactMap { line in
    let line = line.drop { $0 == " " }
    guard line.hasPrefix("# Holds:") else { return nil }
    let text = line.dropFirst("# Holds:".count).drop { $0 == " " }
    let found = ids(in: String(text))
    return found.isEmpty ? nil : NamedTest(file: file, name: String(text), ids: found)
  }
}

/// What stands before a declaration, and what the declaration then is.
private struct DeclarationScan {
  let file: String
  var found: [NamedTest] = []

  private var comments: [String] = []
  private var attributes: [SwiftTokens.Attribute] = []
  private var keyword: String?
  private var lastLine = 0

  init(file: String) {
    self.file = file
  }

  mutating func take(_ token: SwiftTokens.Element) {
    if token.line > lastLine + 1 { comments = [] }
    lastLine = token.lastLine
    switch token.kind {
    case .comment(let text): comments.append(text)
    case .attribute(let attribute): attributes.append(attribute)
    case .word(let word): take(word: word)
    case .other: forget()
    }
  }

  private mutating func take(word: String) {
    if let keyword {
      declared(word, as: keyword)
      forget()
    } else if ["func", "struct", "class", "enum", "actor"].contains(word) {
      keyword = word
    } else if !modifiers.contains(word) {
      forget()
    }
  }

  private mutating func declared(_ name: String, as keyword: String) {
    let attribute =
      if keyword == "func" {
        attributes.first { $0.name == "Test" }
      } else {
        attributes.first { $0.name == "Suite" }
      }
    guard attribute != nil || (keyword != "func" && name.hasSuffix("Tests")) else { return }
    guard attribute?.isDisabled != true else { return }
    let shown = attribute?.displayName ?? name
    let named = ids(in: ([name, shown] + comments).joined(separator: "\n"))
    guard !named.isEmpty else { return }
    found.append(NamedTest(file: file, name: shown, ids: named))
  }

  private mutating func forget() {
    comments = []
    attributes = []
    keyword = nil
  }
}

private let modifiers: Set<String> = [
  "public", "package", "internal", "fileprivate", "private", "final", "static", "nonisolated",
  "mutating", "override", "indirect",
]
