import PumpCore
import Quantities

/// A run told to a person: what was set, what was delivered, what happened, whether it adds up.
public struct RunSummary: Sendable {
  let story: RunStory
  /// Columns of the terminal.
  let width: Int
  let withChart: Bool

  /// - Parameters:
  ///   - story: the run and what the pump was given.
  ///   - width: columns; at least 40 are used.
  ///   - withChart: whether lines of rate and reservoir are drawn below the table.
  public init(of story: RunStory, width: Int = 80, withChart: Bool = false) {
    self.story = story
    self.width = max(40, width)
    self.withChart = withChart
  }

  /// The whole text; its last line ends.
  public func text() -> String {
    var sections = [heading(), table()]
    if withChart { sections.append(chart()) }
    sections += [happenings(), alarms(), balance()]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - What was set

  private func heading() -> [String] {
    var lines = ["CISTERNA PUMP RUN", "Simulated. Not a cleared medical device.", ""]
    let pump = story.pump
    let path = pump.fluidPath(catheter: story.catheter)?.text ?? "unknown"
    lines += labelled(
      "Pump",
      [
        "reservoir up to \(pump.capacity.text), strokes of \(pump.strokeVolume.text), "
          + "\(pump.minimumRate.text) to \(pump.maximumRate.text)",
        "fluid path \(path): tubing \(pump.tubing.text) and \(story.catheter.text) of catheter "
          + "at \(pump.catheterVolume.text)" + (story.pathEmpty ? "; drug-free at the start" : ""),
      ])
    for (index, fill) in story.fills.enumerated() {
      let words = "\(fill.volume.text) of \(words(for: fill.drugs))"
      let when = index == 0 ? "" : " at \(Figures.clock(fill.time))"
      lines += labelled(index == 0 ? "Fill" : "Refill", [words + when])
    }
    for (index, activation) in story.activations.prefix(4).enumerated() {
      lines += labelled(
        index == 0 ? "Program" : "Then", programLines(activation, isFirst: index == 0))
    }
    if story.activations.count > 4 {
      lines += labelled("", ["and \(story.activations.count - 4) more programs"])
    }
    let local = Figures.local(story.localStart)
    lines += labelled(
      "Time", ["\(Figures.span(story.end - .commissioning)) from \(local) local"])
    return lines
  }

  private func words(for drugs: [RunStory.Drug]) -> String {
    guard !drugs.isEmpty else { return "drug-free fluid" }
    return drugs.map { "\($0.name) \($0.concentration.text)" }.joined(separator: " + ")
  }

  private func programLines(_ activation: RunStory.Activation, isFirst: Bool) -> [String] {
    let program = activation.program
    let drugs = story.drugs(at: activation.time)
    let minimum = story.pump.minimumRate
    var lines = isFirst ? [] : ["at \(Figures.clock(activation.time)):"]
    if let prime = program.prime {
      lines.append("first a prime of \(prime.volume.text) over \(prime.over.text)")
    }
    if let bridge = program.bridge {
      lines.append("first a bridge at \(bridge.rate.text) until \(bridge.volume.text)")
    }
    lines += program.basalWords(minimum: minimum)
    let total = program.dailyVolumes(minimum: minimum)
    let isSpread = total.lowerBound != total.upperBound
    var sum = "24 h total " + perDay(total.lowerBound)
    if isSpread { sum += " to " + perDay(total.upperBound) }
    for drug in drugs {
      sum += ", \(drug.name) \(dose(of: drug, in: total.lowerBound))"
      if isSpread { sum += " to \(dose(of: drug, in: total.upperBound))" }
      sum += "/d"
    }
    lines.append(sum)
    if let dose = program.patientDose {
      let each = drugs.map { "\($0.name) \(self.dose(of: $0, in: dose.volume))" }
      lines.append(
        "patient dose \(dose.volume.text)"
          + (each.isEmpty ? "" : " (\(each.joined(separator: ", ")))")
          + " over \(dose.over.text), lockout \(dose.lockout.text), "
          + "at most \(dose.maxPer24h) in 24 h")
    }
    lines += limitLines(program, drugs)
    return lines
  }

  private func limitLines(_ program: Program, _ drugs: [RunStory.Drug]) -> [String] {
    var limits = "limits \(program.limits.maxRate.text); in 24 h "
    limits += program.limits.maxVolumePer24h.text
    for drug in drugs {
      guard let index = story.run.drugNames.firstIndex(of: drug.name),
        let limit = program.limits[DrugID(index)]
      else { continue }
      limits += ", \(drug.name) \(unit(of: drug).text(limit))"
    }
    let safe = Volume(nanolitres: program.safeRate.nanolitresPerDay)
    let safeDoses = drugs.map { "\($0.name) \(dose(of: $0, in: safe))/d" }
    return [
      limits,
      "safe rate \(program.safeRate.text)"
        + (safeDoses.isEmpty ? "" : " (\(safeDoses.joined(separator: ", ")))")
        + ", also after \(program.restartGap.text) without delivery; "
        + "low mark \(program.lowReservoir.text)",
    ]
  }

  private func perDay(_ volume: Volume) -> String {
    FlowRate(nanolitresPerDay: volume.nanolitres).text
  }

  // MARK: - Shared by the sections

  func unit(of drug: RunStory.Drug) -> DoseUnit {
    .conventional(for: drug.name, at: drug.concentration)
  }

  /// The unit in which a drug of the run is spoken of.
  func unit(ofDrugNamed name: String) -> DoseUnit {
    let drug = story.fills.lazy.flatMap(\.drugs).first { $0.name == name }
    return .conventional(for: name, at: drug?.concentration)
  }

  private func dose(of drug: RunStory.Drug, in volume: Volume) -> String {
    let (femtograms, overflow) = volume.nanolitres.multipliedReportingOverflow(
      by: drug.concentration.nanogramsPerMillilitre)
    return overflow ? "out of range" : unit(of: drug).text(Mass(femtograms: femtograms))
  }

  /// A label in a column of its own beside wrapped lines.
  func labelled(_ label: String, _ paragraphs: [String]) -> [String] {
    var lines: [String] = []
    for paragraph in paragraphs {
      for (index, line) in wrapped(paragraph, to: width - 12).enumerated() {
        let head = lines.isEmpty ? label : ""
        lines.append(padded(head, to: 10) + (index == 0 ? "" : "  ") + line)
      }
    }
    return lines
  }

  /// Lines no longer than a width, broken at spaces between words, not inside a quantity.
  func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in Self.wordsKeepingQuantities(text) {
      if line.isEmpty {
        line = word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Words of which a number and the unit after it are one.
  private static func wordsKeepingQuantities(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = words.last, let first = word.first, first.isLetter, last.count < 16,
        last.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," || $0 == "-" || $0 == "(" })
      {
        words[words.count - 1] += " " + word
      } else {
        words.append(word)
      }
    }
    return words
  }

  func padded(_ text: String, to width: Int, atEnd: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return atEnd ? space + text : text + space
  }
}
