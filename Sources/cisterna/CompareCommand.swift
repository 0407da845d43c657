import ArgumentParser
import Formulary
import PumpScenario

/// `cisterna plan compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Put two programs side by side before the new one is sent.",
    usage: "cisterna plan compare BEFORE.json AFTER.json [--json] [--filled-at DATE] [--svg FILE]",
    discussion: """
      Each file holds pump, fill and program as in a scenario; a whole scenario is taken too. Shown \
      are the 24 h totals, the dose of each drug, the highest rate, patient doses and refill dates \
      of both, with the change in percent and in words, and whatever crosses a limit.

        cisterna plan compare before.json after.json
        cisterna plan compare before.json after.json --svg both-days.svg

      Exit status: 0, 2 where a file is bad (one line says which one and where), 3 where the program \
      after would be refused (the figures are printed all the same).
      """
  )

  @Argument(help: ArgumentHelp("The program in force.", valueName: "before.json"))
  var before: String

  @Argument(help: ArgumentHelp("The program to replace it.", valueName: "after.json"))
  var after: String

  @Flag(help: "Print JSON instead of text.")
  var json = false

  @Option(help: ArgumentHelp("Draw both days to an SVG file.", valueName: "file"))
  var svg: String?

  @Option(
    help: ArgumentHelp("The date of the fill, to tell refill dates.", valueName: "2026-01-05")
  )
  var filledAt: String?

  func validate() throws {
    guard before != "-" || after != "-" else {
      throw ValidationError("Only one of the two programs can come from standard input.")
    }
  }

  func run() throws {
    let old = try Self.side(before)
    let new = try Self.side(after)
    let result: CompareResult
    let output: [UInt8]
    do {
      result = try CompareResult(before: old, after: new, filledAt: filledAt)
      let names = (before: before, after: after)
      output =
        json
        ? try result.json()
        : Array(try result.text(names: names, width: Streams.columns ?? 80).utf8)
      // Nothing is printed before the file is in its place.
      if let svg { try Files.write(Array(ComparePicture(of: result).svg().utf8), to: svg) }
    } catch let error as ScenarioError {
      throw Failure(.badInput, error.description)
    }
    try Streams.standardOutput(output)
    guard result.refused.isEmpty else {
      let codes = result.refused.map { "\($0.code): \($0.message)" }.joined(separator: "; ")
      throw Failure(.refused, "\(after): would be refused: \(codes)")
    }
  }

  private static func side(_ path: String) throws -> CompareSide {
    let bytes = try Files.read(path)
    do {
      return try CompareSide(bytes: bytes)
    } catch {
      let name = path == "-" ? "standard input" : path
      throw Failure(.badInput, "\(name): \(error.description)")
    }
  }
}
