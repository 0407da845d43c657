/// Scores, doses and events of one patient on one axis of time, a lane for each.
struct CoursePicture {
  struct Point: Equatable {
    /// Days from now; negative.
    let day: Double
    let value: Double
    /// As in `NRS 4, 12 Jan`.
    let words: String
  }

  enum Shape: Equatable {
    /// Each value holds until the next one.
    case steps
    /// Values that were taken at their days.
    case points
    /// Days without a value.
    case events
  }

  struct Lane: Equatable {
    let name: String
    let unit: String
    let shape: Shape
    let points: [Point]
    /// The highest value that the scale can have; the highest drawn where there is none.
    let highest: Double?
  }

  let lanes: [Lane]
  /// The first day that is shown, negative.
  let firstDay: Double
  /// Names of days, as in `1 Jan`.
  let dates: [(day: Double, name: String)]

  private static let width = 640.0
  private static let left = 176.0

  func svg(title: String) -> String {
    let height = lanes.reduce(34) { $0 + Self.height(of: $1) }
    var svg = SVGText(width: Int(Self.width), height: Int(height), title: title)
    for date in dates where date.day >= firstDay && date.day <= 0 {
      svg.line((x(date.day), 4), (x(date.day), height - 26), "axis")
      svg.words(date.name, at: (x(date.day), height - 10), .middle, "soft")
    }
    var top = 8.0
    for lane in lanes {
      draw(lane, top: top, in: &svg)
      top += Self.height(of: lane)
    }
    return svg.finished()
  }

  private static func height(of lane: Lane) -> Double { lane.shape == .events ? 46 : 74 }

  private func draw(_ lane: Lane, top: Double, in svg: inout SVGText) {
    let bottom = top + Self.height(of: lane) - 22
    svg.words(lane.name, at: (4, top + 14))
    svg.words(lane.unit, at: (4, top + 30), .start, "soft")
    svg.line((Self.left, bottom), (Self.width - 8, bottom), "axis")
    if lane.shape == .events {
      for point in lane.points where point.day >= firstDay {
        svg.circle((x(point.day), bottom), radius: 5, "dot", title: point.words)
      }
      return
    }
    let scale = ChartScale(highest: lane.highest ?? lane.points.map(\.value).max() ?? 1)
    func y(_ value: Double) -> Double {
      bottom - (bottom - top - 4) * min(value, scale.top) / scale.top
    }
    svg.words(ChartScale.text(scale.top), at: (Self.left - 6, top + 10), .end, "soft")
    svg.words("0", at: (Self.left - 6, bottom + 4), .end, "soft")
    var line: [(Double, Double)] = []
    for point in lane.points {
      let at = (x(max(point.day, firstDay)), y(point.value))
      if lane.shape == .steps, let last = line.last { line.append((at.0, last.1)) }
      line.append(at)
    }
    if lane.shape == .steps, let last = line.last { line.append((x(0), last.1)) }
    svg.path(line, "now")
    guard lane.shape == .points else { return }
    for point in lane.points where point.day >= firstDay {
      svg.circle((x(point.day), y(point.value)), radius: 4, "dot", title: point.words)
    }
  }

  private func x(_ day: Double) -> Double {
    Self.left + (Self.width - 24 - Self.left) * (day - firstDay) / max(0.001, -firstDay)
  }
}
