import ArgumentParser
import PumpCatalog

/// `cisterna pump models`.
struct PumpModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "What is known of pump models, each number with its source.",
    discussion: """
      Every constant has a unit, a source and a confidence. UNVERIFIED ones were recalled without a \
      source at hand: confirm them before you rely on them.

        cisterna pump models                  all models
        cisterna pump models "SynchroMed II"  one of them
        cisterna pump models medtronic        those whose name, maker or number has this in it
        cisterna pump models 8637-40 --json   for programs
      """
  )

  @Argument(help: "A name, maker or model number, or a part of one; all models without.")
  var name: String?

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let models = name.map { PumpCatalog.models(matching: $0) } ?? PumpCatalog.models
    guard !models.isEmpty else {
      let known = PumpCatalog.models.map(\.title).joined(separator: ", ")
      throw Failure(.badInput, "no pump model has \"\(name ?? "")\" in its name; known: \(known)")
    }
    if json { return try Streams.standardOutput(PumpCatalog.json(models)) }
    let width = max(60, Streams.columns ?? 80)
    var lines: [String] = []
    for model in models { lines += Self.lines(of: model, width: width) + [""] }
    let constants = models.flatMap(\.constants)
    let unverified = constants.count { !$0.isVerified }
    lines.append("\(unverified) of \(constants.count) constants are UNVERIFIED.")
    try Streams.standardOutput(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static func lines(of model: CatalogModel, width: Int) -> [String] {
    let numbers = model.numbers.isEmpty ? "" : " (\(model.numbers))"
    var lines = [model.title.uppercased() + numbers, model.kind]
    for constant in model.constants {
      lines.append("")
      lines += folded("\(constant.title): \(constant.value.text)", indent: 2, width: width)
      let standing =
        constant.isVerified
        ? "\(constant.confidence.rawValue) confidence"
        : "UNVERIFIED, \(constant.confidence.rawValue) confidence"
      let isRecalled = constant.source == "recalled, unverified"
      let source = isRecalled ? "recalled, no source at hand" : constant.source
      lines += folded("\(standing); \(source)", indent: 6, width: width)
      if let note = constant.note { lines += folded(note, indent: 6, width: width) }
    }
    return lines
  }

  /// Lines no longer than a width where words allow it; an address is never broken.
  private static func folded(_ text: String, indent: Int, width: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = space + word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = space + "  " + word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
