/// What is left in a reservoir, until now and as it is expected.
struct ForecastPicture {
  /// mL at a day, counted from now; negative before it.
  struct Point: Equatable {
    let day: Double
    let millilitres: Double
  }

  /// A day with a name, such as *earliest refill*.
  struct Mark: Equatable {
    let day: Double
    let name: String
  }

  /// What the pump has said or what was filled, oldest first, ending now.
  let known: [Point]
  /// From now until the reservoir is empty, as expected.
  let expected: [Point]
  /// The same where everything that may be given is given.
  let earliest: [Point]
  let marks: [Mark]
  let capacity: Double
  let lowMark: Double

  private static let size = (width: 640.0, height: 242.0)
  private static let left = 44.0
  private static let bottom = 184.0

  func svg(title: String) -> String {
    let days = (known + expected + earliest).map(\.day) + marks.map(\.day) + [0]
    let first = days.min() ?? 0
    let last = max(days.max() ?? 1, first + 1)
    func x(_ day: Double) -> Double {
      Self.left + (Self.size.width - 12 - Self.left) * (day - first) / (last - first)
    }
    let scale = ChartScale(highest: max(capacity, 1))
    func y(_ volume: Double) -> Double { Self.bottom - (Self.bottom - 14) * volume / scale.top }
    var svg = SVGText(width: Int(Self.size.width), height: Int(Self.size.height), title: title)
    for mark in scale.marks {
      svg.line((Self.left, y(mark)), (Self.size.width - 12, y(mark)), "axis")
      svg.words(ChartScale.text(mark), at: (Self.left - 6, y(mark) + 4), .end, "soft")
    }
    svg.words("mL", at: (2, Self.bottom + 32), .start, "soft")
    func line(_ points: [Point], _ style: String) {
      svg.path(points.map { (x($0.day), y($0.millilitres)) }, style)
    }
    if lowMark > 0 {
      svg.line((Self.left, y(lowMark)), (Self.size.width - 12, y(lowMark)), "limit")
      svg.words("low mark", at: (Self.left + 4, y(lowMark) - 4), .start, "soft")
    }
    line(earliest, "before")
    line(expected, "now")
    line(known, "now")
    svg.line((x(0), 8), (x(0), Self.bottom), "axis")
    svg.words("now", at: (x(0), Self.bottom + 16), .middle, "soft")
    // Names alternate between two lines, so that near days stay readable.
    for (index, mark) in marks.sorted(by: { $0.day < $1.day }).enumerated() {
      svg.line((x(mark.day), Self.bottom - 6), (x(mark.day), Self.bottom + 6), "now")
      let isRight = x(mark.day) > Self.size.width - 120
      svg.words(
        mark.name,
        at: (x(mark.day), Self.bottom + 30 + Double(index % 2) * 18),
        isRight ? .end : .middle,
        "soft"
      )
    }
    return svg.finished()
  }
}
