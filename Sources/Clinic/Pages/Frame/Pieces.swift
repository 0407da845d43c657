/// The pieces that pages are put together from, each with its place in the style sheet.
enum Piece {
  static func heading(_ text: Markup, _ under: Markup = .none) -> Markup {
    let line: Markup = under.isEmpty ? .none : .made("<p class=\"soft\">\(under.html)</p>\n")
    return .made("<h1>\(text.html)</h1>\n") + line
  }

  static func title(_ text: String) -> Markup { .made("<h3>\(HTML.escaped(text))</h3>\n") }

  static func paragraph(_ text: Markup) -> Markup { .made("<p>\(text.html)</p>\n") }

  static func soft(_ text: Markup) -> Markup { .made("<p class=\"soft\">\(text.html)</p>\n") }

  /// The most important number of a page.
  static func big(_ number: String, _ unit: Markup) -> Markup {
    .made("<p class=\"big\">\(HTML.escaped(number)) <small>\(unit.html)</small></p>\n")
  }

  static func list(_ lines: [Markup]) -> Markup {
    .made("<ul>" + lines.map { "<li>\($0.html)</li>" }.joined() + "</ul>\n")
  }

  /// Lines of arithmetic, in letters of one width.
  static func working(_ lines: [String]) -> Markup {
    .made(
      "<pre class=\"working\" tabindex=\"0\">\(HTML.escaped(lines.joined(separator: "\n")))</pre>\n"
    )
  }

  /// - Parameters:
  ///   - title: of the section; its id is made of it.
  ///   - style: further classes.
  ///   - id: where a link may go.
  ///   - content: inside.
  /// - Returns: the section.
  static func card(
    _ title: String?,
    style: String? = nil,
    id: String? = nil,
    _ content: Markup
  ) -> Markup {
    var values: [String: Any] = ["content": content.html]
    if let title { (values["title"], values["titleID"]) = (title, "t-\(identifier(title))") }
    if let style { values["class"] = style }
    if let id { values["id"] = id }
    return PageLibrary.markup("card", values)
  }

  static func grid(_ cards: [Markup]) -> Markup {
    .made("<div class=\"grid\">\n\(cards.map(\.html).joined())</div>\n")
  }

  /// Cards under each other, in one column of a grid.
  static func column(_ cards: [Markup]) -> Markup {
    .made("<div class=\"column\">\n\(cards.map(\.html).joined())</div>\n")
  }

  static func note(
    _ tone: Tone,
    _ word: String,
    _ text: Markup,
    isAlert: Bool = false
  ) -> Markup {
    PageLibrary.markup(
      "note",
      ["tone": tone.rawValue, "word": word, "text": text.html, "isAlert": isAlert]
    )
  }

  static func facts(_ rows: [(String, Markup)]) -> Markup {
    PageLibrary.markup(
      "facts",
      ["rows": rows.map { ["name": $0.0, "value": $0.1.html] as [String: Any] }]
    )
  }

  static func figure(_ picture: String, _ caption: Markup) -> Markup {
    PageLibrary.markup("figure", ["picture": picture, "caption": caption.html])
  }

  /// - Parameters:
  ///   - title: what stands there folded.
  ///   - isOpen: whether it is unfolded.
  ///   - mode: of a program, that unfolds it when it is chosen.
  ///   - content: inside.
  /// - Returns: the fold.
  static func details(
    _ title: String,
    isOpen: Bool = false,
    mode: String? = nil,
    _ content: Markup
  ) -> Markup {
    var values: [String: Any] = ["title": title, "isOpen": isOpen, "content": content.html]
    if let mode { values["mode"] = mode }
    return PageLibrary.markup("details", values)
  }

  static func live(_ id: String, topic: String, _ content: Markup) -> Markup {
    PageLibrary.markup("live", ["id": id, "topic": topic, "content": content.html])
  }

  /// - Parameters:
  ///   - text: on it.
  ///   - path: where it goes.
  ///   - isPlain: whether another one matters more.
  ///   - about: what tells it from the same text elsewhere on the page, for whoever hears it.
  /// - Returns: a link that looks like a button.
  static func button(
    _ text: String,
    to path: String,
    isPlain: Bool = false,
    about: String? = nil
  ) -> Markup {
    let unseen = about.map { "<span class=\"unseen\">: \(HTML.escaped($0))</span>" } ?? ""
    return .made(
      "<a class=\"button\(isPlain ? " plain" : "")\" href=\"\(HTML.escaped(path))\">"
        + "\(HTML.escaped(text))\(unseen)</a>"
    )
  }

  static func actions(_ buttons: [Markup]) -> Markup {
    .made("<div class=\"actions\">\(buttons.map(\.html).joined())</div>\n")
  }

  /// - Parameters:
  ///   - name: of the whole act.
  ///   - items: its steps in order.
  ///   - here: the index of the one that comes next.
  /// - Returns: the list, with what is done and what is current.
  static func steps(_ name: String, _ items: [String], here: Int) -> Markup {
    PageLibrary.markup(
      "steps",
      [
        "name": name,
        "items": items.enumerated().map { index, item in
          ["name": item, "isDone": index < here, "isHere": index == here] as [String: Any]
        },
      ]
    )
  }

  /// What an id may be made of.
  static func identifier(_ text: String) -> String {
    String(
      text.lowercased().unicodeScalars.map { scalar -> Character in
        let isPlain =
          ("a"..."z").contains(Character(scalar)) || ("0"..."9").contains(Character(scalar))
        return isPlain ? Character(scalar) : "-"
      }
    )
  }
}
