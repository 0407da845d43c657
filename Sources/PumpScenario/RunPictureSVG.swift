/// SVG as it is written: elements with classes, numbers to a tenth of a unit, words escaped.
package struct SVGText: Sendable {
  package private(set) var text = ""

  package init() {}

  package mutating func raw(_ markup: String) { text += markup }

  package mutating func append(_ other: SVGText) { text += other.text }

  package mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
    text += ">\n"
  }

  package mutating func close(_ name: String) { text += "</\(name)>\n" }

  package mutating func element(_ name: String, id: String, _ words: String) {
    text += "<\(name) id=\"\(id)\">\(Self.escaped(words))</\(name)>\n"
  }

  package mutating func text(_ words: String, x: Double, y: Double, style: String) {
    text += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(style)\">"
    text += "\(Self.escaped(words))</text>\n"
  }

  /// Words that follow a title on the same line: the title once more, unseen, pushes them on.
  package mutating func textSpan(after title: String, _ words: String, x: Double, y: Double) {
    text += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"unit\" "
    text += "aria-hidden=\"true\"><tspan class=\"ghost\">\(Self.escaped(title))</tspan>"
    text += "<tspan dx=\"8\">\(Self.escaped(words))</tspan></text>\n"
  }

  package mutating func rect(x: Double, y: Double, width: Double, height: Double, style: String) {
    text += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
    text += "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
    text += "class=\"\(style)\"/>\n"
  }

  package mutating func path(_ data: String, style: String) {
    guard !data.isEmpty else { return }
    text += "<path d=\"\(data)\" class=\"\(style)\"/>\n"
  }

  /// A number with at most one decimal.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int64((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  package static func escaped(_ words: String) -> String {
    var escaped = ""
    for character in words {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default:
        // Control characters have no place in XML.
        let isAllowed = character.unicodeScalars.allSatisfy { $0.value >= 0x20 }
        escaped.append(isAllowed ? character : " ")
      }
    }
    return escaped
  }
}
