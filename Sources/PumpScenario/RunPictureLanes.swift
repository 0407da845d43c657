import PumpCore
import Quantities

extension RunPicture {
  private func x(of time: PumpTime) -> Double {
    self.time.place(of: Double(time.milliseconds))
  }

  // MARK: - State

  /// A ribbon of what the pump was doing.
  func statePanel() -> PicturePanel {
    var panel = PicturePanel(title: "State", unit: "", height: 26, isShaded: false)
    for stretch in stretches {
      let style: String
      switch stretch.state {
      case .off: style = "off"
      case .halted: style = "halt"
      case .safe: style = "safe"
      case .priming: style = "prime"
      case .bridging: style = "bridge"
      case .running: style = "run"
      }
      let start = x(of: stretch.start)
      let width = max(x(of: stretch.end) - start, 1.5)
      panel.content.rect(x: start, y: 0, width: width, height: 26, style: style + " edge")
      let reasons = stretch.reasons.joined(separator: ", ")
      let words = stretch.state.jsonName + (reasons.isEmpty ? "" : ": " + reasons)
      if width > Double(words.count) * 7.5 + 12 {
        // Letters grow on a narrow screen: short stretches are then left to the key.
        let isShort = width < Double(words.count) * 13 + 12
        panel.content.text(
          words,
          x: start + width / 2,
          y: 18,
          style: isShort ? "mid minor" : "mid"
        )
      }
    }
    return panel
  }

  // MARK: - Alarms

  /// A line for each kind of alarm: filled triangle high, open diamond medium.
  func alarmPanel() -> PicturePanel? {
    let spans = story.alarmSpans()
    guard !spans.isEmpty else { return nil }
    let kinds = Alarm.allCases.filter { alarm in spans.contains { $0.alarm == alarm } }
      .sorted { ($0.priority == .high ? 0 : 1) < ($1.priority == .high ? 0 : 1) }
    var panel = PicturePanel(
      title: "Alarms",
      unit: "thick until acknowledged, dashed until cleared",
      height: Double(kinds.count) * 36,
      isShaded: false
    )
    for (row, alarm) in kinds.enumerated() {
      let y = Double(row) * 36 + 26
      let own = spans.filter { $0.alarm == alarm }
      let isHigh = alarm.priority == .high
      for span in own.suffix(200) { drawSpan(span, y: y, isHigh: isHigh, in: &panel) }
      guard let first = own.first else { continue }
      let count = own.count > 1 ? " × \(own.count)" : ""
      let words = "\(isHigh ? "HIGH" : "medium"): \(alarm.title)\(count)"
      let start = x(of: first.raised)
      let isLate = start > (Self.left + Self.right) / 2
      panel.content.text(
        words,
        x: isLate ? start - 12 : start + 12,
        y: y - 8,
        style: isLate ? "end" : ""
      )
    }
    return panel
  }

  private func drawSpan(
    _ span: RunStory.AlarmSpan,
    y: Double,
    isHigh: Bool,
    in panel: inout PicturePanel
  ) {
    let start = x(of: span.raised)
    let last = span.cleared ?? span.raisedAgain ?? story.end
    let end = x(of: last)
    let acknowledged = x(of: span.acknowledged ?? last)
    let row = SVGText.number(y)
    let style = isHigh ? "span span-high" : "span span-medium"
    panel.content.path(
      "M\(SVGText.number(start)) \(row)H\(SVGText.number(max(acknowledged, start + 1)))",
      style: style
    )
    if end > acknowledged {
      panel.content.path(
        "M\(SVGText.number(acknowledged)) \(row)H\(SVGText.number(end))",
        style: style + " acked"
      )
    }
    let at = SVGText.number(start)
    if isHigh {
      panel.content.path(
        "M\(at) \(SVGText.number(y - 9))l9 15h-18z",
        style: "high"
      )
      panel.content.text("!", x: start, y: y + 4.5, style: "bang")
    } else {
      panel.content.path("M\(at) \(SVGText.number(y - 7))l7 7l-7 7l-7 -7z", style: "medium")
    }
  }

  // MARK: - What happened

  /// What was done to the pump, as words beside short lines.
  func happeningsPanel() -> PicturePanel? {
    var marks: [(x: Double, words: String)] = []
    var counts: [String: Int] = [:]
    for entry in story.run.events {
      guard let words = words(for: entry) else { continue }
      counts[words, default: 0] += 1
      let at = x(of: entry.time)
      if let last = marks.last, last.words == words, at - last.x < 3 { continue }
      marks.append((at, words))
    }
    guard !marks.isEmpty else { return nil }
    let rows = 3
    // What comes often is counted beside the title and stands as a short pole.
    let frequent = counts.filter { $0.value > 8 }.sorted { $0.key < $1.key }
    // Each word flies as a flag on a pole that stands on the floor: a pole must not cross a word
    // that flies lower.
    var ends = [Double](repeating: -.infinity, count: rows)
    var flags: [(x: Double, row: Int, words: String)] = []
    for mark in marks {
      let length = Double(mark.words.count) * 11 + 14
      let row = (ends.lastIndex { $0 > mark.x } ?? -1) + 1
      let isFrequent = counts[mark.words, default: 0] > 8
      let isNamed = !isFrequent && row < rows && mark.x + length < Self.width
      flags.append((mark.x, isNamed ? row : rows, mark.words))
      if isNamed { ends[row] = mark.x + length }
    }
    let used = flags.map(\.row).filter { $0 < rows }.max() ?? 0
    let height = Double(used + 1) * 24
    var panel = PicturePanel(
      title: "What happened",
      unit: frequent.map { "\(Figures.grouped(Int64($0.value))) × \($0.key)" }
        .joined(separator: " · "),
      height: height,
      isShaded: false
    )
    var poles = ""
    for flag in flags {
      let top = flag.row < rows ? Double(flag.row) * 24 : height - 8
      poles += "M\(SVGText.number(flag.x)) \(SVGText.number(top))V\(SVGText.number(height))"
      if flag.row < rows {
        panel.content.text(flag.words, x: flag.x + 5, y: top + 15, style: "")
      }
    }
    panel.content.path(poles, style: "ink")
    return panel
  }

  /// An event in a word or two.
  ///
  /// - Returns: nothing for what another panel shows.
  private func words(for entry: PumpRun.Entry) -> String? {
    switch entry.event {
    case .programActivated: "program" + (dailyTotal(ofProgramAt: entry.time) ?? "")
    case .programRefused(let refusal): "program refused: \(refusal.code.jsonName)"
    case .refilled: "refill"
    case .refillRefused: "refill refused"
    case .clockSet: "clock set"
    case .reset: "reset"
    case .programRestored: "memory restored"
    case .catheterSet: "catheter"
    case .clinicianBolusRefused: "bolus refused"
    case .primeStarted, .primeEnded, .bridgeStarted, .bridgeEnded, .stepChanged, .bolusStarted,
      .bolusEnded, .bolusAbandoned, .bolusSkipped, .patientDoseAccepted, .patientDoseRefused,
      .halted, .resumed, .alarmRaised, .alarmRepeated, .alarmAcknowledged, .alarmCleared,
      .safeRateEntered, .safeRateLeft:
      nil
    }
  }

  /// What the program that took effect at an instant gives in 24 h.
  private func dailyTotal(ofProgramAt time: PumpTime) -> String? {
    let activation = story.activations.last { $0.time == time }
    let total = activation?.program.dailyVolumes(minimum: story.pump.minimumRate)
    return total.map { ": \(Self.short(Self.millilitres($0.upperBound.nanolitres))) mL/d" }
  }

  // MARK: - Boluses

  /// A stem for each bolus, as high as its volume, with a head for its kind.
  func bolusPanel() -> PicturePanel? {
    var marks: [(x: Double, volume: Int64, kind: BolusKind)] = []
    var refusals: [Double] = []
    for entry in story.run.events {
      switch entry.event {
      case .bolusStarted(let kind, let volume):
        marks.append((x(of: entry.time), volume.nanolitres, kind))
      case .patientDoseRefused:
        refusals.append(x(of: entry.time))
      default: break
      }
    }
    guard !marks.isEmpty || !refusals.isEmpty else { return nil }
    let most = marks.map(\.volume).max() ?? 0
    var panel = PicturePanel(
      title: "Boluses",
      unit: bolusUnit(marks.map(\.kind), refused: refusals.count),
      height: 64
    )
    panel.content.path(
      "M\(SVGText.number(Self.left)) 48H\(SVGText.number(Self.right))",
      style: "base"
    )
    // One mark for each kind on a unit of width: more would not be seen.
    var drawn: Set<String> = []
    for mark in marks where drawn.insert("\(mark.kind) \(Int(mark.x * 2)) \(mark.volume)").inserted
    {
      let y = 48 - Double(mark.volume) / Double(max(most, 1)) * 38
      let at = SVGText.number(mark.x)
      panel.content.path("M\(at) 48V\(SVGText.number(y))", style: "ink")
      panel.content.raw(Self.head(of: mark.kind, x: mark.x, y: y))
    }
    // Crosses closer than half their width run into one another.
    for place in Set(refusals.map { Int($0 / 4) }).sorted() {
      let at = SVGText.number(Double(place) * 4 + 2)
      panel.content.path("M\(at) 57m-4 -4l8 8m0 -8l-8 8", style: "ink")
    }
    if most > 0 {
      panel.content.text(
        Volume(nanolitres: most).text,
        x: Self.right + 8,
        y: 14,
        style: "tick"
      )
    }
    return panel
  }

  private func bolusUnit(_ kinds: [BolusKind], refused: Int) -> String {
    var parts: [String] = []
    for (kind, symbol) in [
      (BolusKind.patient, "●"), (.clinician, "◆"), (.periodic, "│"), (.prime, "■"),
    ] {
      let count = kinds.count { $0 == kind }
      if count > 0 { parts.append("\(symbol) \(Figures.grouped(Int64(count))) \(kind.jsonName)") }
    }
    if refused > 0 { parts.append("× \(Figures.grouped(Int64(refused))) refused") }
    return parts.joined(separator: " · ")
  }

  private static func head(of kind: BolusKind, x: Double, y: Double) -> String {
    let at = "M\(SVGText.number(x)) \(SVGText.number(y))"
    switch kind {
    case .patient:
      return "<circle cx=\"\(SVGText.number(x))\" cy=\"\(SVGText.number(y))\" r=\"4\" "
        + "class=\"mark\"/>\n"
    case .clinician: return "<path d=\"\(at)m0 -6l6 6l-6 6l-6 -6z\" class=\"mark\"/>\n"
    case .periodic: return ""
    case .prime: return "<path d=\"\(at)m-5 -5h10v10h-10z\" class=\"mark\"/>\n"
    }
  }
}
