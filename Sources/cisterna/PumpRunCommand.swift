import ArgumentParser
import PumpScenario

/// `cisterna pump run`.
struct PumpRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a scenario against the real controller, in simulated time.",
    usage: "cisterna pump run SCENARIO.json [--summary] [--svg FILE] [--output FILE]",
    discussion: """
      A scenario is a JSON file: the pump, what it is filled with, the program, and what happens \
      when. The run is printed as one JSON object: samples, events and the final state, in whole \
      nanolitres, femtograms and milliseconds.

      Read what happened, and draw it:

        cisterna pump run Examples/baclofen-daily.json --summary --svg daily.svg

      Keep the run and the pump's own log, from standard input:

        cisterna pump run - --output run.json --journal run.journal < scenario.json

      Compare two programs, sample by sample:

        diff <(cisterna pump run before.json) <(cisterna pump run after.json)

      Exit status: 0, 2 where the scenario or a file is bad (one line says where), 3 where the \
      first program is refused (the reason, what was planned and what is allowed).
      """
  )

  @Argument(
    help: ArgumentHelp("The scenario; - reads standard input.", valueName: "scenario.json")
  )
  var scenario: String

  @Option(help: ArgumentHelp("Write the pump's journal to a file.", valueName: "file"))
  var journal: String?

  @Option(
    name: [.long, .short],
    help: ArgumentHelp(
      "Write the JSON to a file instead of standard output.",
      valueName: "file"
    )
  )
  var output: String?

  @Flag(help: "Tell the run in words; the JSON is then printed only with --output.")
  var summary = false

  @Option(help: ArgumentHelp("Draw the run to an SVG file.", valueName: "file"))
  var svg: String?

  func run() throws {
    let bytes = try Files.read(scenario)
    let parsed: Scenario
    do {
      parsed = try Scenario(bytes: bytes)
    } catch {
      throw Failure(.badInput, error.description)
    }
    let story = try ScenarioRunning.run(parsed)
    // Nothing is printed before every file is in its place.
    if let journal { try Files.write(story.run.journalLines(), to: journal) }
    if let svg { try Files.write(Array(RunPicture(of: story).svg().utf8), to: svg) }
    if let output { try Files.write(story.run.json(), to: output) }
    if summary {
      let text = RunSummary(
        of: story,
        width: Streams.columns ?? 80,
        withChart: Streams.isOutputTerminal
      ).text()
      try Streams.standardOutput(Array(text.utf8))
    } else if output == nil {
      try Streams.standardOutput(story.run.json())
    }
  }
}
