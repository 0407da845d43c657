import PumpCore
import Quantities

extension RunPicture {
  static func millilitres(_ nanolitres: Int64) -> Double { Double(nanolitres) / 1_000_000 }

  /// A number to about four significant digits.
  static func short(_ value: Double) -> String {
    let places = value >= 1_000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : value >= 1 ? 3 : 4
    var power: Int64 = 1
    for _ in 0..<places { power *= 10 }
    var text = Figures.decimal(
      Int64((value * Double(power)).rounded()),
      per: power,
      places: places
    )
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }

  /// A quantity of every sample, mL.
  func points(_ nanolitres: (PumpSample) -> Int64) -> Points {
    story.run.samples.map { ($0.time.milliseconds, Self.millilitres(nanolitres($0))) }
  }

  /// The corners of a line, at most eight for each unit of width.
  func path(of points: Points, on axis: PictureAxis, asSteps: Bool) -> [(x: Double, y: Double)] {
    var placed: [(x: Double, y: Double)] = []
    var column = -1.0
    // Of the points in one column only these can be told apart.
    var firstY = 0.0
    var least = 0.0
    var most = 0.0
    var lastY = 0.0
    func flush() {
      guard column >= 0 else { return }
      for y in [firstY, least, most, lastY]
      where placed.last.map({ $0.x != column || $0.y != y }) ?? true {
        placed.append((column, y))
      }
    }
    for point in points {
      let x = (time.place(of: Double(point.milliseconds)) * 2).rounded() / 2
      let y = axis.place(of: point.value)
      if x == column {
        least = min(least, y)
        most = max(most, y)
        lastY = y
        continue
      }
      flush()
      if asSteps, let last = placed.last, last.y != y { placed.append((x, last.y)) }
      column = x
      firstY = y
      least = y
      most = y
      lastY = y
    }
    flush()
    return placed
  }

  /// Lines across at the ticks, their numbers at the left.
  func drawTicks(_ axis: PictureAxis, in panel: inout PicturePanel) {
    var grid = ""
    for tick in axis.ticks.dropFirst() {
      let y = SVGText.number(axis.place(of: tick.value))
      grid += "M\(SVGText.number(Self.left)) \(y)H\(SVGText.number(Self.right))"
    }
    panel.content.path(grid, style: "grid")
    let floor = SVGText.number(panel.height)
    panel.content.path(
      "M\(SVGText.number(Self.left)) \(floor)H\(SVGText.number(Self.right))",
      style: "base"
    )
    for (index, tick) in axis.ticks.enumerated() {
      let y = axis.place(of: tick.value) + 4.5
      let isKept = index == 0 || index == axis.ticks.count - 1
      panel.content.text(
        tick.label,
        x: Self.left - 9,
        y: y,
        style: isKept ? "tick end" : "tick end minor"
      )
    }
  }

  /// A line, and the area below it where asked for.
  func drawLine(
    _ points: [(x: Double, y: Double)],
    style: String,
    withArea: Bool,
    in panel: inout PicturePanel
  ) {
    guard let first = points.first, let last = points.last else { return }
    var data = "M\(SVGText.number(first.x)) \(SVGText.number(first.y))"
    var previous = first
    for point in points.dropFirst() {
      if point.y == previous.y {
        data += "H\(SVGText.number(point.x))"
      } else if point.x == previous.x {
        data += "V\(SVGText.number(point.y))"
      } else {
        data += "L\(SVGText.number(point.x)) \(SVGText.number(point.y))"
      }
      previous = point
    }
    if withArea {
      let floor = SVGText.number(panel.height)
      panel.content.path(
        data + "L\(SVGText.number(last.x)) \(floor)H\(SVGText.number(first.x))Z",
        style: "area \(style)"
      )
    }
    panel.content.path(data, style: "line \(style)")
  }

  /// A bound that holds from each instant until the next.
  func drawBound(
    _ bounds: [(time: PumpTime, value: Double)],
    words: String,
    on axis: PictureAxis,
    in panel: inout PicturePanel
  ) {
    guard let last = bounds.last else { return }
    var data = ""
    for (index, bound) in bounds.enumerated() {
      let x = SVGText.number(time.place(of: Double(bound.time.milliseconds)))
      let y = SVGText.number(axis.place(of: bound.value))
      data += index == 0 ? "M\(x) \(y)" : "H\(x)V\(y)"
    }
    panel.content.path(data + "H\(SVGText.number(Self.right))", style: "bound")
    let y = axis.place(of: last.value)
    // Under the line where there is no room above it.
    panel.content.text(
      "\(words) \(Self.short(last.value))",
      x: Self.right - 8,
      y: y < 16 ? y + 20 : y - 6,
      style: "end t-limit"
    )
  }

  /// The last value, written at the end of its line.
  func drawValue(
    _ value: Double,
    words: String,
    on axis: PictureAxis,
    style: String,
    in panel: inout PicturePanel
  ) {
    let y = axis.place(of: value)
    panel.content.text(
      words,
      x: Self.right + 8,
      y: min(max(y + 4.5, 10), panel.height),
      style: style
    )
  }
}
