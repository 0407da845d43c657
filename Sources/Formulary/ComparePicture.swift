public import PumpScenario

/// Both days on one axis: the rate and what has been given of each drug, before and after.
///
/// The SVG needs nothing but itself. It follows the reader's light or dark setting and enlarges its
/// letters on a narrow screen. Before is dashed and after is solid: no color tells them apart alone.
public struct ComparePicture: Sendable {
  private let result: CompareResult

  static let width = 960.0
  static let left = 96.0
  static let right = 930.0
  private static let panelHeight = 170.0

  /// - Parameter result: both programs.
  public init(of result: CompareResult) {
    self.result = result
  }

  /// The SVG document.
  ///
  /// - Returns: its text.
  /// - Throws: where a figure does not fit.
  public func svg() throws(PlanError) -> String {
    var body = CompareSVG()
    var top = try heading(&body)
    top = legend(at: top, &body)
    let panels = [ratePanel()] + cumulativePanels()
    for (index, panel) in panels.enumerated() {
      draw(panel, at: top, isLast: index == panels.count - 1, &body)
      top += Self.panelHeight + 96
    }
    let height = top + 44
    var svg = CompareSVG()
    svg.raw(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 \(CompareSVG.number(height))\" "
        + "role=\"img\" aria-labelledby=\"title desc\">\n"
    )
    svg.raw("<title id=\"title\">Two programs over 24 h</title>\n")
    svg.raw("<desc id=\"desc\">\(CompareSVG.escaped(try description()))</desc>\n")
    svg.raw("<style>\(Self.style)</style>\n")
    svg.raw("<rect width=\"960\" height=\"\(CompareSVG.number(height))\" class=\"bg\"/>\n")
    svg.raw(body.text)
    svg.raw("</svg>\n")
    return svg.text
  }

  // MARK: - Words

  /// The totals as numbers, the most important thing on the page.
  private func heading(_ body: inout CompareSVG) throws(PlanError) -> Double {
    body.words("Before and after: 24 h totals", x: 24, y: 42, style: "h1")
    var y = 64.0
    if !result.refused.isEmpty {
      let codes = result.refused.map(\.code).joined(separator: ", ")
      y += 34
      body.words("AFTER WOULD BE REFUSED: \(codes)", x: 24, y: y, style: "alert")
    }
    if result.warnings.contains(where: { $0.code == "noBridge" }) {
      y += 34
      body.words("The mixture changes and there is NO BRIDGE", x: 24, y: y, style: "alert")
    }
    var rows = result.rows.filter { $0.name == "dose24h" }
    if let volume = result.row("total24h") { rows.append(volume) }
    for row in rows {
      y += 46
      let name = row.drug ?? "volume"
      let old = row.before == nil ? "none" : try row.text(row.before)
      let new = row.after == nil ? "none" : try row.text(row.after)
      body.words("\(Self.cut(name)): \(old) → \(new)", x: 24, y: y, style: "total")
      y += 34
      let isBig = try row.timesText() != nil
      body.words(try row.changeText(), x: 24, y: y, style: isBig ? "alert" : "sub")
    }
    for row in result.rows where row.name == "tipDose24h" {
      guard let most = row.after, let plan = result.row("dose24h", drug: row.drug)?.after,
        most > plan
      else { continue }
      y += 34
      let line = "\(Self.cut(row.drug ?? "")) at the tip during the change: up to "
      body.words(line + (try row.text(most)), x: 24, y: y, style: "alert")
    }
    return y
  }

  private static func cut(_ name: String) -> String {
    name.count > 24 ? name.prefix(23) + "…" : name
  }

  private func legend(at top: Double, _ body: inout CompareSVG) -> Double {
    let y = top + 46
    for (index, style) in ["before", "after"].enumerated() {
      let x = 24 + Double(index) * 220
      body.line("M\(CompareSVG.number(x)) \(CompareSVG.number(y - 6))h56", style: style)
      body.words(style, x: x + 68, y: y, style: "key")
    }
    let days = [result.before.figures.busiest.weekday, result.after.figures.busiest.weekday]
    guard days.contains(where: { $0 != nil }) else { return y + 18 }
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let words = days.map { day in day.map { names[$0] } ?? "any day" }
    body.words(
      "the busiest day: before \(words[0]), after \(words[1])",
      x: 24,
      y: y + 36,
      style: "sub"
    )
    return y + 54
  }

  private func description() throws(PlanError) -> String {
    var text = ""
    for row in result.rows where row.name == "dose24h" || row.name == "total24h" {
      text += try "\(row.title): \(row.text(row.before)) before, \(row.text(row.after)) after, "
      text += try "\(row.changeText()). "
    }
    for finding in result.refused { text += "After would be refused: \(finding.message). " }
    return text
  }

  // MARK: - Panels

  private struct Panel {
    var title: String
    var lines: [(style: String, points: [(x: Double, y: Double)])]
  }

  private var sides: [(style: String, side: CompareSide)] {
    [("before", result.before), ("after", result.after)]
  }

  private func ratePanel() -> Panel {
    let lines = sides.map { style, side in
      let points = side.figures.busiest.stretches.flatMap { stretch in
        [(x: stretch.from, y: stretch.rate / 1e6), (x: stretch.until, y: stretch.rate / 1e6)]
      }
      return (style: style, points: points)
    }
    return Panel(title: "rate, mL/d", lines: lines)
  }

  /// A panel for each drug; the volume where there is none.
  private func cumulativePanels() -> [Panel] {
    let drugs = result.drugNames
    guard !drugs.isEmpty else {
      return [Panel(title: "given so far, mL", lines: sides.map { cumulative($0, $1, 1e-6) })]
    }
    return drugs.map { drug in
      let unit = result.unit(of: drug)
      let lines = sides.compactMap { style, side in
        side.concentration(of: drug).map { concentration in
          let scale = Double(concentration.exact.nearestDouble) / Double(unit.storedUnits)
          return cumulative(style, side, scale)
        }
      }
      return Panel(title: "\(Self.cut(drug)) given so far, \(unit.rawValue)", lines: lines)
    }
  }

  private func cumulative(
    _ style: String,
    _ side: CompareSide,
    _ scale: Double
  ) -> (style: String, points: [(x: Double, y: Double)]) {
    var sum = 0.0
    var points = [(x: 0.0, y: 0.0)]
    for stretch in side.figures.busiest.stretches {
      sum += stretch.rate * (stretch.until - stretch.from) / 24
      points.append((x: stretch.until, y: sum * scale))
    }
    return (style, points)
  }

  private func draw(_ panel: Panel, at top: Double, isLast: Bool, _ body: inout CompareSVG) {
    body.words(panel.title, x: 24, y: top + 34, style: "h")
    let floor = top + 66 + Self.panelHeight
    let greatest = panel.lines.flatMap(\.points).map(\.y).max() ?? 0
    let axis = CompareAxis(greatest: greatest)
    func x(_ hour: Double) -> Double { Self.left + hour / 24 * (Self.right - Self.left) }
    func y(_ value: Double) -> Double { floor - value / axis.top * Self.panelHeight }
    for (index, tick) in axis.ticks.enumerated() {
      let place = y(tick.value)
      let line = "M\(CompareSVG.number(Self.left)) \(CompareSVG.number(place))"
      body.line(line + "H\(CompareSVG.number(Self.right))", style: index == 0 ? "base" : "grid")
      let isKept = index == 0 || index == axis.ticks.count - 1
      body.words(
        tick.label,
        x: Self.left - 12,
        y: place + 6,
        style: isKept ? "tick end" : "tick end minor"
      )
    }
    for hour in [0, 6, 12, 18, 24] {
      let place = CompareSVG.number(x(Double(hour)))
      let top = CompareSVG.number(floor - Self.panelHeight)
      body.line("M\(place) \(top)V\(CompareSVG.number(floor))", style: "grid")
      guard isLast else { continue }
      let style = hour == 24 ? "tick end" : "tick mid"
      body.words(hour == 24 ? "24 h" : "\(hour)", x: x(Double(hour)), y: floor + 32, style: style)
    }
    // The dashed line over the solid one: neither hides the other.
    for line in panel.lines.reversed() {
      var data = ""
      for point in line.points {
        data += data.isEmpty ? "M" : "L"
        data += "\(CompareSVG.number(x(point.x))) \(CompareSVG.number(y(point.y)))"
      }
      body.line(data, style: line.style)
    }
  }
}
