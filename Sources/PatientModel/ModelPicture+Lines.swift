import Pharmacology
import PumpScenario

extension ModelPicture {
  private static let panelHeight = 130.0
  private static let linesMax = 6

  /// The fluid at the places.
  func placesPanel() -> ModelPanel {
    // From the head down, at most six, spread over all.
    let order = input.places.indices.sorted { input.places[$0] > input.places[$1] }
    let shown =
      order.count <= Self.linesMax
      ? order
      : (0..<Self.linesMax).map { order[$0 * (order.count - 1) / (Self.linesMax - 1)] }
    return linesPanel(
      title: "At these places in the fluid",
      unit: "ug/mL",
      lines: shown.map { index in
        (label: shortLevel(input.places[index]), values: result.fluid[index])
      },
      greatest: nil
    )
  }

  /// The effect over the windows, of the greatest possible.
  func effectPanel() -> ModelPanel {
    linesPanel(
      title: "Effect",
      unit: "0 to 1, by an assumed EC50; means over cm from S2",
      lines: input.windows.indices.prefix(Self.linesMax).map { index in
        let window = input.windows[index]
        let name =
          "\(CaseNumber.text(window.from))–\(CaseNumber.text(window.to))"
        return (label: name, values: result.windowEffect[index])
      },
      greatest: 1
    )
  }

  private func shortLevel(_ place: Double) -> String {
    let length = input.geometry.length
    let level = SpinalLevel.all.first { ($0.place(in: length) - place).magnitude < 0.01 }
    return level?.name ?? "\(CaseNumber.text(place)) cm"
  }

  /// What leaves the tip.
  func pumpPanel() -> ModelPanel {
    let height = 70.0
    var panel = ModelPanel(title: "Out of the tip", unit: "ug/h", height: height)
    let doses = result.tip.map { $0.flow * $0.concentration }
    let axis = PictureAxis.upward(to: doses.max() ?? 0, height: height)
    frame(axis, height: height, in: &panel.content)
    var line = ""
    for (segment, dose) in zip(result.tip, doses) {
      let y = SVGText.number(axis.place(of: dose))
      let from = SVGText.number(x(segment.start))
      line += line.isEmpty ? "M\(from) \(y)" : "H\(from)V\(y)"
      line += "H\(SVGText.number(x(segment.end)))"
    }
    panel.content.path(line, style: "line line0")
    return panel
  }

  private func x(_ hours: Double) -> Double { time.place(of: hours * 3_600_000) }

  private func frame(_ axis: PictureAxis, height: Double, in content: inout SVGText) {
    for tick in axis.ticks {
      let y = SVGText.number(axis.place(of: tick.value))
      content.path("M\(Self.left) \(y)H\(Self.right)", style: "grid")
      content.text(
        tick.label,
        x: Self.left - 8,
        y: axis.place(of: tick.value) + 4,
        style: "tick end"
      )
    }
    for tick in time.ticks {
      content.path("M\(SVGText.number(time.place(of: tick.value))) 0V\(height)", style: "grid")
    }
  }

  private func linesPanel(
    title: String,
    unit: String,
    lines: [(label: String, values: [Double])],
    greatest: Double?
  ) -> ModelPanel {
    let height = Self.panelHeight
    var panel = ModelPanel(title: title, unit: unit, height: height)
    let most = greatest.map { $0 / 1.08 } ?? lines.flatMap(\.values).max() ?? 0
    let axis = PictureAxis.upward(to: most, height: height)
    frame(axis, height: height, in: &panel.content)
    var labels: [(y: Double, text: String, style: String)] = []
    for (index, line) in lines.enumerated() {
      var data = ""
      let stride = max(1, line.values.count / 800)
      for (place, value) in line.values.enumerated()
      where place % stride == 0 || place == line.values.count - 1 {
        data += data.isEmpty ? "M" : "L"
        data += "\(SVGText.number(x(result.times[place]))) "
        data += SVGText.number(axis.place(of: value))
      }
      panel.content.path(data, style: "line line\(index)")
      labels.append((axis.place(of: line.values.last ?? 0) + 4, line.label, "t-line\(index)"))
    }
    // Labels stand at the ends of their lines, moved apart where they would touch.
    labels.sort { $0.y < $1.y }
    for index in labels.indices.dropFirst() {
      labels[index].y = max(labels[index].y, labels[index - 1].y + 21)
    }
    let over = (labels.last?.y ?? 0) - (height + 6)
    if over > 0 {
      for index in labels.indices.reversed() {
        let limit = index + 1 < labels.count ? labels[index + 1].y - 21 : height + 6
        labels[index].y = min(labels[index].y, limit)
      }
    }
    for label in labels {
      panel.content.text(label.text, x: Self.right + 8, y: label.y, style: label.style)
    }
    return panel
  }
}

extension ModelPicture {
  /// Colors for a light and for a dark page, and larger letters on a narrow one.
  static let style = """
    svg{color-scheme:light dark;width:100%;height:auto;\
    --bg:#fff;--ink:#18212b;--soft:#55616e;--grid:#dfe4e9;--tip:#b3261e;\
    --l0:#0b6e8f;--l1:#8a5a00;--l2:#6a4fa3;--l3:#a4491c;--l4:#2e7d32;--l5:#ad1457;\
    --low:#eef5f9;--high:#08415c;\
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
    font-variant-numeric:tabular-nums}
    @media (prefers-color-scheme:dark){svg{--bg:#12171d;--ink:#e7ecf1;--soft:#a3afbb;\
    --grid:#29323b;--tip:#ff8a80;--l0:#54b9dc;--l1:#e0b15a;--l2:#b49be8;--l3:#ee9a6c;\
    --l4:#81c784;--l5:#f48fb1;--low:#182430;--high:#9fe0ff}}
    text{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--bg);stroke-width:3px;\
    stroke-linejoin:round}
    .bg{fill:var(--bg)}
    .h1{font-size:22px;font-weight:650}
    .sub,.tick,.unit{fill:var(--soft)}
    .h,.ghost{font-size:14px;font-weight:650}
    .ghost{visibility:hidden}
    .mid{text-anchor:middle}.end{text-anchor:end}
    .grid{stroke:var(--grid);stroke-width:1;fill:none}
    .level{stroke:var(--bg);stroke-opacity:.35;stroke-width:1;fill:none}
    .contour{stroke:var(--bg);stroke-width:1.2;fill:none}
    .tip{stroke:var(--tip);stroke-width:1.6;stroke-dasharray:6 4;fill:none}
    .tipMark{fill:var(--tip)}.t-tip{fill:var(--tip);font-weight:600}
    .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}

    """ + shades + lines

  private static var shades: String {
    var text = ".shade0{fill:var(--low)}\n"
    for shade in 1...12 {
      let part = shade * 100 / 12
      text += ".shade\(shade){fill:color-mix(in srgb,var(--high) \(part)%,var(--low))}\n"
    }
    return text
  }

  private static var lines: String {
    var text = ""
    let dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 4"]
    for index in 0..<6 {
      let dash = dashes[index].isEmpty ? "" : ";stroke-dasharray:\(dashes[index])"
      text += ".line\(index){stroke:var(--l\(index))\(dash)}"
      text += ".t-line\(index){fill:var(--l\(index));font-weight:600}\n"
    }
    return text
      + "@media (max-width:640px){text{font-size:22px;stroke-width:5px}.h1{font-size:30px}"
      + ".h,.ghost{font-size:23px}.sub{font-size:20px}}\n"
  }
}
