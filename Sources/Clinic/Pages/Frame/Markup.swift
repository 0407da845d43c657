/// HTML that is safe as it stands: whatever is put into it as text is escaped.
///
/// A literal is text too, so nothing that is written here can open a tag by accident.
struct Markup: ExpressibleByStringInterpolation, Equatable, Sendable {
  private(set) var html: String

  init(stringLiteral text: String) { html = HTML.escaped(text) }
  init(_ text: String) { html = HTML.escaped(text) }
  init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }
  private init(trusted html: String) { self.html = html }

  static let none = Markup("")

  /// What a template or a picture made.
  static func made(_ html: String) -> Markup { Markup(trusted: html) }

  var isEmpty: Bool { html.isEmpty }

  static func + (lhs: Markup, rhs: Markup) -> Markup { Markup(trusted: lhs.html + rhs.html) }
  static func += (lhs: inout Markup, rhs: Markup) { lhs.html += rhs.html }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ text: String) { html += HTML.escaped(text) }
    mutating func appendInterpolation(_ text: String) { html += HTML.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { html += "\(number)" }
    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
    mutating func appendInterpolation(bold text: String) { element("b", text) }
    mutating func appendInterpolation(soft text: String) { element("small", text) }
    mutating func appendInterpolation(struck text: String) { element("s", text) }

    /// A number with its unit, which a line must not part.
    mutating func appendInterpolation(figure text: String) {
      html += "<span class=\"figure\">\(HTML.escaped(text))</span>"
    }

    mutating func appendInterpolation(link text: String, to path: String) {
      html += "<a href=\"\(HTML.escaped(path))\">\(HTML.escaped(text))</a>"
    }

    mutating func appendInterpolation(tag text: String, _ tone: Tone = .plain) {
      html += "<span class=\"tag\(tone.suffix)\">\(HTML.escaped(text))</span>"
    }

    private mutating func element(_ name: String, _ text: String) {
      html += "<\(name)>\(HTML.escaped(text))</\(name)>"
    }
  }
}

extension [Markup] {
  func joined(_ separator: Markup = .none) -> Markup {
    var result = Markup.none
    for (index, part) in enumerated() {
      if index > 0 { result += separator }
      result += part
    }
    return result
  }
}

/// How urgent something looks; a word says the same, since color alone says nothing.
enum Tone: String, Sendable {
  case plain, good, warn, bad

  /// As the last words of a class attribute.
  var suffix: String { self == .plain ? "" : " \(rawValue)" }
}
