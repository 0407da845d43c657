import Pharmacology
import PumpScenario

extension ModelPicture {
  /// Steps of the color scale for each ten times of concentration, and how many decades it spans.
  private static let shadesPerDecade = 6
  private static let decades = 2
  /// Shades between two lines: half a decade, near enough to a third.
  private static let shadesPerLine = 3

  private static var shadeCount: Int { shadesPerDecade * decades }

  /// The canal from S2 at the foot to the foramen magnum at the head, over time.
  func canalPanel() -> ModelPanel {
    let height = 250.0
    var panel = ModelPanel(
      title: "In the canal",
      unit: "ug/mL; lines at 1/3, 1/10 and 1/30 of the most",
      height: height + 40
    )
    let greatest = bands.joined().max() ?? 0
    panel.content.rect(
      x: Self.left,
      y: 0,
      width: Self.right - Self.left,
      height: height,
      style: "shade0"
    )
    if greatest > 0 {
      for (shade, data) in shadePaths(height: height, greatest: greatest).enumerated() {
        panel.content.path(data, style: "shade\(shade + 1)")
      }
      panel.content.path(contours(height: height, greatest: greatest), style: "contour")
    }
    levels(height: height, in: &panel.content)
    key(at: height + 12, greatest: greatest, in: &panel.content)
    return panel
  }

  /// Which columns of the picture show which times of output.
  private var columns: [(output: Int, from: Double, to: Double)] {
    let count = min(Self.columnsMax, result.times.count)
    var columns: [(output: Int, from: Double, to: Double)] = []
    let width = (Self.right - Self.left) / Double(count)
    for column in 0..<count {
      let moment = (Double(column) + 0.5) / Double(count) * input.end
      let output = min(
        result.times.count - 1,
        Int((moment / input.outputEvery).rounded())
      )
      let from = Self.left + Double(column) * width
      columns.append((output, from, from + width))
    }
    return columns
  }

  /// 0 below the scale, else 1 to the number of shades.
  private func shade(_ value: Double, greatest: Double) -> Int {
    // Far below the scale, and where there is no number, nothing is drawn.
    guard value > 0, value / greatest > 1e-6 else { return 0 }
    let decade = Elementary.log(value / greatest) / 2.302585092994046
    let step = Int(((decade + Double(Self.decades)) * Double(Self.shadesPerDecade)).rounded(.up))
    return max(0, min(Self.shadeCount, step))
  }

  /// For each shade the bands that have it, neighbours joined.
  private func shadePaths(height: Double, greatest: Double) -> [String] {
    var paths = [String](repeating: "", count: Self.shadeCount)
    let step = height / Double(Self.bandCount)
    for column in columns {
      let shades = bands[column.output].map { shade($0, greatest: greatest) }
      var first = 0
      while first < shades.count {
        var last = first
        while last + 1 < shades.count, shades[last + 1] == shades[first] { last += 1 }
        if shades[first] > 0 {
          let foot = height - Double(first) * step
          let head = height - Double(last + 1) * step
          // A little wider than its place, so that no seam shows.
          paths[shades[first] - 1] +=
            "M\(SVGText.number(column.from)) \(SVGText.number(foot))"
            + "H\(SVGText.number(min(Self.right, column.to + 0.4)))V\(SVGText.number(head))"
            + "H\(SVGText.number(column.from))z"
        }
        first = last + 1
      }
    }
    return paths
  }

  /// Lines where the concentration passes a third, a tenth and a thirtieth of the greatest.
  private func contours(height: Double, greatest: Double) -> String {
    var data = ""
    let step = height / Double(Self.bandCount)
    for line in 1...3 {
      let bound = Self.shadeCount - line * Self.shadesPerLine
      var before: [Bool] = []
      for column in columns {
        let isAbove = bands[column.output].map { shade($0, greatest: greatest) > bound }
        for band in 1..<Self.bandCount where isAbove[band] != isAbove[band - 1] {
          data += "M\(SVGText.number(column.from)) "
          data += "\(SVGText.number(height - Double(band) * step))"
          data += "H\(SVGText.number(column.to))"
        }
        data += sides(before, isAbove, at: column.from, height: height)
        before = isAbove
      }
    }
    return data
  }

  /// The upright parts of a line, between two columns.
  private func sides(_ before: [Bool], _ after: [Bool], at x: Double, height: Double) -> String {
    guard !before.isEmpty else { return "" }
    let step = height / Double(Self.bandCount)
    var data = ""
    var start: Int?
    for band in 0...Self.bandCount {
      let differs = band < Self.bandCount && before[band] != after[band]
      if differs, start == nil { start = band }
      if !differs, let first = start {
        data += "M\(SVGText.number(x)) \(SVGText.number(height - Double(first) * step))"
        data += "V\(SVGText.number(height - Double(band) * step))"
        start = nil
      }
    }
    return data
  }

  private func levels(height: Double, in content: inout SVGText) {
    let length = input.geometry.length
    func y(_ place: Double) -> Double { height * (1 - place / length) }
    for name in ["S2", "L4/5", "L1/2", "T10", "T6", "T2", "C5", "FM"] {
      guard let place = SpinalLevel.place(of: name, length: length) else { continue }
      content.path(
        "M\(SVGText.number(Self.left)) \(SVGText.number(y(place)))"
          + "H\(SVGText.number(Self.right))",
        style: "level"
      )
      content.text(name, x: Self.left - 8, y: y(place) + 4, style: "tick end")
    }
    let tip = y(input.catheter.tip)
    content.path(
      "M\(SVGText.number(Self.left)) \(SVGText.number(tip))H\(SVGText.number(Self.right))",
      style: "tip"
    )
    content.path(
      "M\(SVGText.number(Self.right)) \(SVGText.number(tip))l10 -6v12z",
      style: "tipMark"
    )
    content.text("tip", x: Self.right + 14, y: tip + 5, style: "t-tip")
  }

  private func key(at y: Double, greatest: Double, in content: inout SVGText) {
    guard greatest > 0 else { return }
    let width = 26.0
    for shade in 1...Self.shadeCount {
      content.rect(
        x: Self.left + Double(shade - 1) * width,
        y: y,
        width: width,
        height: 10,
        style: "shade\(shade)"
      )
    }
    for decade in 0...Self.decades {
      var value = greatest
      for _ in 0..<(Self.decades - decade) { value /= 10 }
      content.text(
        Self.short(value),
        x: Self.left + Double(decade * Self.shadesPerDecade) * width,
        y: y + 28,
        style: decade == 0 ? "tick" : "tick mid"
      )
    }
  }
}
