import PumpCore
import Quantities

/// A run as one picture: panels of rate, delivery, reservoir and doses on one time axis.
///
/// The SVG needs nothing but itself. It follows the reader's light or dark setting and enlarges its
/// letters on a narrow screen. What matters is never told by color alone.
public struct RunPicture: Sendable {
  let story: RunStory
  let stretches: [RunStory.Stretch]
  let time: PictureAxis

  /// The plot area within the 960 units of the picture's width.
  static let left = 70.0
  static let right = 846.0
  static let width = 960.0

  /// - Parameter story: the run and what the pump was given.
  public init(of story: RunStory) {
    self.story = story
    self.stretches = story.stretches()
    self.time = .overTime(until: story.end, from: Self.left, to: Self.right)
  }

  /// The SVG document.
  public func svg() -> String {
    var panels: [PicturePanel] = [statePanel()]
    if let alarms = alarmPanel() { panels.append(alarms) }
    if let happenings = happeningsPanel() { panels.append(happenings) }
    panels.append(ratePanel())
    if let boluses = bolusPanel() { panels.append(boluses) }
    panels += [deliveryPanel(), reservoirPanel()]
    panels += story.run.drugNames.indices.map(dosePanel)

    var body = SVGText()
    let heights = panels.reduce(0.0) { $0 + $1.height + 48 }
    timeAxis(at: 104 + heights - 18, over: 104, in: &body)
    var top = 104.0
    for panel in panels {
      body.open("g", [("transform", "translate(0 \(SVGText.number(top)))")])
      body.text(panel.title, x: Self.left, y: 20, style: "h")
      if !panel.unit.isEmpty {
        // Beside the title, wherever its letters end.
        body.textSpan(after: panel.title, panel.unit, x: Self.left, y: 20)
      }
      body.open("g", [("transform", "translate(0 30)")])
      if panel.isShaded { shading(height: panel.height, in: &body) }
      body.append(panel.content)
      body.close("g")
      body.close("g")
      top += panel.height + 30 + 18
    }
    let bottom = top - 18
    let height = bottom + (key().isEmpty ? 70 : 102)
    return document(body, height: height)
  }

  private func document(_ body: SVGText, height: Double) -> String {
    var svg = SVGText()
    svg.open(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 \(SVGText.number(Self.width)) \(SVGText.number(height))"),
        ("role", "img"), ("aria-labelledby", "title desc"),
      ]
    )
    svg.element("title", id: "title", "Cisterna pump run: " + headline)
    svg.element("desc", id: "desc", description)
    svg.raw("<style>\(Self.style)</style>\n")
    svg.raw(Self.patterns)
    svg.rect(x: 0, y: 0, width: Self.width, height: height, style: "bg")
    svg.text(headline, x: 24, y: 38, style: "h1")
    for (index, line) in subtitle.enumerated() {
      svg.text(line, x: 24, y: 62 + Double(index) * 20, style: "sub")
    }
    svg.append(body)
    drawKey(at: height - 24, in: &svg)
    svg.close("svg")
    return svg.text
  }

  // MARK: - Words

  private var headline: String {
    var mixtures: [String] = []
    for fill in story.fills {
      let words = fill.drugs.map { "\($0.name) \($0.concentration.text)" }
      let mixture = words.isEmpty ? "drug-free fluid" : words.joined(separator: " + ")
      if mixtures.last != mixture { mixtures.append(mixture) }
    }
    let shown = mixtures.prefix(2).joined(separator: ", then ") + (mixtures.count > 2 ? " …" : "")
    return "\(shown), \(Figures.span(story.end - .commissioning))"
  }

  private var subtitle: [String] {
    var lines: [String] = []
    if let program = story.activations.first?.program {
      let total = program.dailyVolumes(minimum: story.pump.minimumRate)
      let most = FlowRate(nanolitresPerDay: total.upperBound.nanolitres)
      let words = program.basalWords(minimum: story.pump.minimumRate)
      let whole = words.joined(separator: "; ")
      let short = whole.count > 60 ? "a schedule by time of day" : whole
      lines.append("Program at the start: \(short); 24 h total \(most.text)")
    }
    let local = Figures.local(story.localStart)
    lines.append("From \(local) local. Simulated; not a cleared medical device.")
    return lines
  }

  /// The run in sentences, for those who cannot see it.
  private var description: String {
    guard let last = story.run.samples.last else { return "An empty run." }
    var text = "Over \(Figures.span(story.end - .commissioning)) the pump delivered "
    text +=
      "\(Figures.millilitres(last.delivered)) of \(Figures.millilitres(last.demand)) demanded; "
    text += "\(Figures.millilitres(last.reservoir)) are left in the reservoir."
    for (index, name) in story.run.drugNames.enumerated() {
      let unit = self.unit(ofDrug: index)
      text += " \(unit.text(Mass(femtograms: last.tipFemtograms[index]))) of \(name)"
      text += " left the catheter tip."
    }
    for state in [PumpState.off, .halted, .safe] {
      let total = stretches.filter { $0.state == state }.reduce(Int64(0)) {
        $0 + ($1.end - $1.start).milliseconds
      }
      if total > 0 {
        text += " State \(state.jsonName) for \(Figures.span(TimeSpan(milliseconds: total)))."
      }
    }
    let spans = story.alarmSpans()
    text += spans.isEmpty ? " No alarm." : " Alarms:"
    for span in spans.prefix(20) {
      text += " \(span.alarm.title), \(span.alarm.priority == .high ? "high" : "medium") priority,"
      text += " at \(Figures.clock(span.raised));"
    }
    return text
  }

  /// The unit in which a drug of the run is spoken of.
  func unit(ofDrug index: Int) -> DoseUnit {
    let name = story.run.drugNames[index]
    let drug = story.fills.lazy.flatMap(\.drugs).first { $0.name == name }
    return .conventional(for: name, at: drug?.concentration)
  }

  // MARK: - What is common to all panels

  /// Halts, safe rate and power losses, behind the lines of a panel.
  private func shading(height: Double, in body: inout SVGText) {
    for stretch in stretches {
      let style: String
      switch stretch.state {
      case .off: style = "off"
      case .halted: style = "halt"
      case .safe: style = "safe"
      case .priming, .bridging, .running: continue
      }
      let start = time.place(of: Double(stretch.start.milliseconds))
      let end = time.place(of: Double(stretch.end.milliseconds))
      body.rect(x: start, y: 0, width: max(end - start, 1), height: height, style: style)
    }
  }

  /// Ticks, their labels and thin lines through all panels.
  private func timeAxis(at bottom: Double, over top: Double, in body: inout SVGText) {
    var lines = ""
    for tick in time.ticks {
      let x = SVGText.number(time.place(of: tick.value))
      lines += "M\(x) \(SVGText.number(top + 30))V\(SVGText.number(bottom + 6))"
    }
    body.path(lines, style: "grid")
    for (index, tick) in time.ticks.enumerated() {
      let x = time.place(of: tick.value)
      let isMinor = !index.isMultiple(of: 2)
      body.text(tick.label, x: x, y: bottom + 26, style: isMinor ? "tick mid minor" : "tick mid")
    }
    let unit =
      switch time.unit {
      case "min": "minutes"
      case "h": "hours"
      default: "days"
      }
    body.text(
      "\(unit) since commissioning",
      x: Self.right,
      y: bottom + 50,
      style: "tick end"
    )
  }

  /// What the shadings mean; only those that occur.
  private func key() -> [(style: String, words: String)] {
    let all: [(PumpState, style: String, words: String)] = [
      (.halted, "halt", "halted"), (.safe, "safe", "safe rate"), (.off, "off", "power off"),
      (.bridging, "bridge", "bridge"), (.priming, "prime", "prime"),
    ]
    return all.filter { entry in stretches.contains { $0.state == entry.0 } }
      .map { ($0.style, $0.words) }
  }

  private func drawKey(at y: Double, in svg: inout SVGText) {
    for (index, entry) in key().enumerated() {
      let x = Self.left + Double(index) * 160
      svg.rect(x: x, y: y - 14, width: 26, height: 16, style: entry.style + " edge")
      svg.text(entry.words, x: x + 34, y: y, style: "tick")
    }
  }
}

/// One row of the picture.
struct PicturePanel {
  var title: String
  var unit: String
  var height: Double
  /// Whether halts and the safe rate show behind it.
  var isShaded = true
  var content = SVGText()
}
