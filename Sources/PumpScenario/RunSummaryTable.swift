import PumpCore
import Quantities

extension RunSummary {
  /// What was delivered, interval by interval, as aligned columns.
  func table() -> [String] {
    let samples = story.run.samples
    guard let first = samples.first, samples.count > 1 else { return [] }
    let step = interval()
    var header = ["to", "delivered", "reservoir"]
    for name in story.run.drugNames {
      header.append("\(name), \(unit(ofDrugNamed: name).rawValue)")
    }
    var rows: [[String]] = []
    var states: [String] = []
    let stretches = story.stretches()
    var previous = first
    var boundary = step.milliseconds
    for (index, sample) in samples.enumerated().dropFirst() {
      let isLast = index == samples.count - 1
      guard sample.time.milliseconds >= boundary || isLast else { continue }
      rows.append(cells(from: previous, to: sample))
      let wasRefilled = story.fills.dropFirst().contains {
        $0.time > previous.time && $0.time <= sample.time
      }
      let words = stateWords(from: previous.time, to: sample.time, in: stretches)
      states.append(words + (wasRefilled ? ", refilled" : ""))
      boundary = (sample.time.milliseconds / step.milliseconds + 1) * step.milliseconds
      previous = sample
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String], _ state: String) -> String {
      let joined = cells.enumerated()
        .map { padded($1, to: widths[$0], atEnd: true) }.joined(separator: "  ")
      return "  " + joined + "  " + state
    }
    let title = "EACH \(Figures.span(step).uppercasedUnit) (doses are what left the catheter tip)"
    let body = zip(rows, states).map { line($0, $1) }
    return [title, line(header, "state")] + body.flatMap { foldedState($0, widths) }
  }

  /// A row whose states do not fit goes on below them.
  private func foldedState(_ row: String, _ widths: [Int]) -> [String] {
    let indent = widths.reduce(2) { $0 + $1 + 2 }
    guard row.count > width, width - indent >= 16 else { return [row] }
    let state = String(row.dropFirst(indent))
    let lines = wrapped(state, to: width - indent)
    guard let head = lines.first else { return [row] }
    let space = String(repeating: " ", count: indent)
    return [String(row.prefix(indent)) + head] + lines.dropFirst().map { space + $0 }
  }

  /// The shortest readable interval that needs at most 31 rows.
  private func interval() -> TimeSpan {
    let choices: [Int64] = [
      3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000,
      604_800_000, 1_209_600_000, 2_592_000_000, 7_862_400_000, 31_536_000_000,
    ]
    let length = story.end.milliseconds
    let choice = choices.first { length / $0 <= 31 }
    let samples = story.run.samples
    let sampling = samples.count > 1 ? (samples[1].time - samples[0].time).milliseconds : 0
    return TimeSpan(milliseconds: max(choice ?? length / 31, sampling, 1))
  }

  private func cells(from start: PumpSample, to end: PumpSample) -> [String] {
    var cells = [
      Figures.clock(end.time),
      Figures.millilitres(end.delivered - start.delivered),
      Figures.millilitres(end.reservoir),
    ]
    for (index, name) in story.run.drugNames.enumerated() {
      let mass = Mass(femtograms: end.tipFemtograms[index] - start.tipFemtograms[index])
      cells.append(unit(ofDrugNamed: name).number(mass))
    }
    return cells
  }

  /// The states of an interval, the longest first; those that are not `running` with their time.
  private func stateWords(
    from start: PumpTime,
    to end: PumpTime,
    in stretches: [RunStory.Stretch]
  ) -> String {
    var spans: [(name: String, milliseconds: Int64)] = []
    for stretch in stretches where stretch.start < end && stretch.end > start {
      let part = min(stretch.end, end).milliseconds - max(stretch.start, start).milliseconds
      let reasons =
        stretch.reasons.isEmpty ? "" : " (\(stretch.reasons.joined(separator: ", ")))"
      let name = stretch.state.jsonName + reasons
      if let index = spans.firstIndex(where: { $0.name == name }) {
        spans[index].milliseconds += part
      } else {
        spans.append((name, part))
      }
    }
    let whole = (end - start).milliseconds
    return spans.sorted { ($1.milliseconds, $0.name) < ($0.milliseconds, $1.name) }
      .map { span in
        let time = TimeSpan(milliseconds: span.milliseconds)
        let isPlain = span.milliseconds == whole || span.name == "running"
        return isPlain ? span.name : "\(span.name) \(Figures.span(time))"
      }
      .joined(separator: ", ")
  }

  /// Where all of the fluid is: delivered + reservoir = filled, to the nanolitre.
  func balance() -> [String] {
    guard let last = story.run.samples.last else { return [] }
    let filled = story.fills.reduce(Int64(0)) { $0 + $1.volume.nanolitres }
    var removed: Int64 = 0
    for entry in story.run.events {
      if case .refilled(let expected, _, _) = entry.event { removed += expected.nanolitres }
    }
    let difference =
      filled - removed - last.delivered.nanolitres - last.reservoir.nanolitres
    var rows = [(story.fills.count > 1 ? "filled, in all" : "filled", filled)]
    if story.fills.count > 1 { rows.append(("counted as left at refills", -removed)) }
    rows.append(("delivered", -last.delivered.nanolitres))
    rows.append(("in the reservoir now", -last.reservoir.nanolitres))
    var lines = ["WHERE IT WENT"]
    let texts = rows.map { Figures.exactMillilitres(Volume(nanolitres: $0.1)) }
    let column = texts.map(\.count).max() ?? 0
    for (row, text) in zip(rows, texts) {
      lines.append("  " + padded(row.0, to: 28) + padded(text, to: column, atEnd: true))
    }
    let verdict = difference == 0 ? "0 nL: it adds up" : "\(Figures.grouped(difference)) nL MISSING"
    lines.append("  " + padded("rest", to: 28) + padded(verdict, to: column, atEnd: true))
    lines += wrapped(
      "Demand was \(Figures.exactMillilitres(last.demand)): \(demandWords(last.demand)).",
      to: width - 2
    ).map { "  " + $0 }
    return lines
  }

  private func demandWords(_ demand: Volume) -> String {
    let stroke = max(1, story.pump.strokeVolume.nanolitres)
    let lost = story.lost
    var parts: [String] = []
    if lost > .zero {
      parts.append("\(Figures.exactMillilitres(lost)) of it were lost and are never made up")
    } else if lost < .zero {
      let surplus = Volume(nanolitres: -lost.nanolitres)
      parts.append("\(Figures.exactMillilitres(surplus)) more than that were delivered")
    }
    let waiting = demand.nanolitres % stroke
    if waiting > 0 {
      parts.append("\(waiting) nL wait for a whole stroke (\(Figures.grouped(stroke)) nL)")
    }
    return parts.isEmpty ? "all of it was delivered" : parts.joined(separator: ", ")
  }
}

extension String {
  /// For headings: `1 d` as `DAY`, others as they are.
  fileprivate var uppercasedUnit: String {
    switch self {
    case "1 d": "DAY"
    case "1 h": "HOUR"
    default: self
    }
  }
}
