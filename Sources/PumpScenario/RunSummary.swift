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
      ]
    )
    lines += fills()
    lines += programs()
    let local = Figures.local(story.localStart)
    lines += labelled(
      "Time",
      ["\(Figures.span(story.end - .commissioning)) from \(local) local"]
    )
    return lines
  }

  /// The first fill, and the refills that changed the mixture; the others are counted.
  private func fills() -> [String] {
    var lines: [String] = []
    var previous: RunStory.Fill?
    var alike = 0
    for fill in story.fills {
      defer { previous = fill }
      if let previous, previous.drugs == fill.drugs, story.fills.count > 4 {
        alike += 1
        continue
      }
      let when = previous == nil ? "" : " at \(Figures.clock(fill.time))"
      lines += labelled(
        previous == nil ? "Fill" : "Refill",
        ["\(fill.volume.text) of \(words(for: fill.drugs))\(when)"]
      )
    }
    if alike > 0 { lines += labelled("", ["and \(alike) refills with the same mixture"]) }
    return lines
  }

  private func words(for drugs: [RunStory.Drug]) -> String {
    guard !drugs.isEmpty else { return "drug-free fluid" }
    return drugs.map { "\($0.name) \($0.concentration.text)" }.joined(separator: " + ")
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

  func dose(of drug: RunStory.Drug, in volume: Volume) -> String {
    let (femtograms, overflow) = volume.nanolitres.multipliedReportingOverflow(
      by: drug.concentration.nanogramsPerMillilitre
    )
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
