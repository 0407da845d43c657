/// Text of a picture, built as bytes: a page with hundreds of points costs no formatting machinery.
struct SVGText {
  private(set) var text = ""

  /// Opens the picture.
  ///
  /// - Parameters:
  ///   - width: of the drawing's own units.
  ///   - height: likewise.
  ///   - title: what a screen reader says.
  init(width: Int, height: Int, title: String) {
    text.reserveCapacity(4_096)
    text += "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\""
    escape(title)
    text += "\" xmlns=\"http://www.w3.org/2000/svg\">"
  }

  /// The whole picture.
  consuming func finished() -> String { text + "</svg>" }

  mutating func line(_ from: (Double, Double), _ to: (Double, Double), _ style: String) {
    text += "<line class=\"\(style)\" x1=\"\(one(from.0))\" y1=\"\(one(from.1))\""
    text += " x2=\"\(one(to.0))\" y2=\"\(one(to.1))\"/>"
  }

  /// A line through points; nothing where there are fewer than two.
  mutating func path(_ points: [(Double, Double)], _ style: String, closed: Bool = false) {
    guard let first = points.first, points.count > 1 else { return }
    text += "<path class=\"\(style)\" d=\"M\(one(first.0)) \(one(first.1))"
    for point in points.dropFirst() { text += "L\(one(point.0)) \(one(point.1))" }
    text += closed ? "Z\"/>" : "\"/>"
  }

  mutating func circle(_ center: (Double, Double), radius: Double, _ style: String, title: String) {
    text += "<circle class=\"\(style)\" cx=\"\(one(center.0))\" cy=\"\(one(center.1))\""
    text += " r=\"\(one(radius))\"><title>"
    escape(title)
    text += "</title></circle>"
  }

  mutating func rectangle(
    _ corner: (Double, Double),
    width: Double,
    height: Double,
    _ style: String,
    title: String = ""
  ) {
    text += "<rect class=\"\(style)\" x=\"\(one(corner.0))\" y=\"\(one(corner.1))\""
    text += " width=\"\(one(max(0, width)))\" height=\"\(one(max(0, height)))\">"
    if !title.isEmpty {
      text += "<title>"
      escape(title)
      text += "</title>"
    }
    text += "</rect>"
  }

  enum Anchor: String { case start, middle, end }

  mutating func words(
    _ words: String,
    at point: (Double, Double),
    _ anchor: Anchor = .start,
    _ style: String = ""
  ) {
    text += "<text x=\"\(one(point.0))\" y=\"\(one(point.1))\" text-anchor=\"\(anchor.rawValue)\""
    if !style.isEmpty { text += " class=\"\(style)\"" }
    text += ">"
    escape(words)
    text += "</text>"
  }

  /// One decimal, which is a tenth of a pixel.
  private func one(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((max(-1e6, min(1e6, value)) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let whole = abs(tenths) / 10
    let rest = abs(tenths) % 10
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  private mutating func escape(_ words: String) {
    for character in words.unicodeScalars {
      switch character {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\"": text += "&quot;"
      default: text.unicodeScalars.append(character)
      }
    }
  }
}

/// An axis of amounts: whole steps of 1, 2 or 5 times a power of ten.
struct ChartScale: Equatable {
  let top: Double
  let step: Double

  /// - Parameter highest: of what is drawn; 0 or more.
  init(highest: Double) {
    let highest = highest.isFinite && highest > 0 ? highest : 1
    var step = 1e-9
    while true {
      if let fitting = [1, 2, 5].first(where: { highest / (step * $0) <= 5 }) {
        self.step = step * fitting
        break
      }
      step *= 10
    }
    top = (highest / self.step).rounded(.up) * self.step
  }

  var marks: [Double] { (0...Int((top / step).rounded())).map { Double($0) * step } }

  /// A mark without digits that say nothing.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e12 { return "\(Int(value))" }
    var digits = 1
    var scale = 10.0
    while digits < 9, abs((value * scale).rounded() - value * scale) > 1e-6 {
      digits += 1
      scale *= 10
    }
    let whole = Int((value * scale).rounded())
    let rest = String(abs(whole) % Int(scale))
    let zeros = String(repeating: "0", count: digits - rest.count)
    return "\(whole < 0 ? "-" : "")\(abs(whole) / Int(scale)).\(zeros)\(rest)"
  }
}
