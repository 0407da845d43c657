import Foundation

/// Levels of a drug over a day on one axis, ten times from line to line.
struct RoutesPicture {
  struct Line {
    let name: String
    /// ng/mL, one for each of ``RoutesPicture/hours``.
    let values: [Double]
    /// Drawn whole, else broken.
    let isPump: Bool
  }

  /// Of the day.
  let hours: [Double]
  let lines: [Line]

  private static let width = 640.0
  private static let height = 330.0
  private static let left = 74.0
  private static let right = 470.0
  private static let top = 16.0
  private static let bottom = 270.0
  /// No more than so many tenfolds: what lies below is not drawn.
  private static let decadesMost = 8

  func svg(title: String) -> String {
    var svg = SVGText(width: Int(Self.width), height: Int(Self.height), title: title)
    let shown = lines.flatMap(\.values).filter { $0 > 0 }
    guard let least = shown.min(), let most = shown.max() else { return svg.finished() }
    let last = Int(log10(most).rounded(.up))
    let first = max(Int(log10(least).rounded(.down)), last - Self.decadesMost)
    let span = Double(max(1, last - first))
    func y(_ value: Double) -> Double {
      let decade = log10(max(value, 1e-12)) - Double(first)
      return Self.bottom - (Self.bottom - Self.top) * max(0, min(span, decade)) / span
    }
    func x(_ hour: Double) -> Double { Self.left + (Self.right - Self.left) * hour / 24 }
    for decade in first...max(first + 1, last) {
      let at = y(pow(10, Double(decade)))
      svg.line((Self.left, at), (Self.right, at), "axis")
      svg.words(Self.text(decade), at: (Self.left - 6, at + 4), .end, "soft")
    }
    for hour in stride(from: 0, through: 24, by: 6) {
      svg.line((x(Double(hour)), Self.bottom), (x(Double(hour)), Self.bottom + 4), "axis")
      svg.words("\(hour)", at: (x(Double(hour)), Self.bottom + 20), .middle, "soft")
    }
    svg.words("ng/mL", at: (4, Self.bottom + 44), .start, "soft")
    svg.words("hour of the day", at: (Self.right, Self.bottom + 44), .end, "soft")
    for line in lines {
      svg.path(
        zip(hours, line.values).filter { $0.1 > 0 }.map { (x($0.0), y($0.1)) },
        line.isPump ? "now" : "before"
      )
    }
    // Names at the lines' ends, moved apart where they would touch.
    let ends = lines.map { (name: $0.name, at: y($0.values.last ?? 0)) }.sorted { $0.at < $1.at }
    var places = ends.map(\.at)
    for index in places.indices.dropFirst() {
      places[index] = max(places[index], places[index - 1] + 22)
    }
    let over = max(0, (places.last ?? 0) - Self.bottom)
    for (end, place) in zip(ends, places) {
      svg.words(end.name, at: (Self.right + 8, place - over + 4))
    }
    return svg.finished()
  }

  /// A power of ten in digits.
  private static func text(_ decade: Int) -> String {
    decade >= 0
      ? "1" + String(repeating: "0", count: decade)
      : "0." + String(repeating: "0", count: -decade - 1) + "1"
  }
}
