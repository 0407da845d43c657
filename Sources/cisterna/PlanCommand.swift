import ArgumentParser
import Formulary

/// `cisterna plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "The calculators of dose, rate, refill, mixture and titration.",
    usage: "cisterna plan NAME [FILE|-] [--json]",
    discussion: """
      A request is a JSON file; the result is a sheet to print, with every line of arithmetic, or \
      with --json one JSON object. Ask a calculator for its request and an example:

        cisterna plan flow --help

      Without a file it asks on the terminal, input by input:

        cisterna plan flow

      Exit status: 0, 2 where the request is bad (one line says where), 3 where a finding blocks; \
      the numbers are printed beside it all the same.
      """,
    subcommands: PlanCommands.all + [CompareCommand.self, ScheduleCommand.self]
  )
}

/// One calculator as a subcommand of `plan`.
protocol PlanTopic {
  static var name: PlanName { get }
}

/// `cisterna plan NAME`.
struct PlanNameCommand<Topic: PlanTopic>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let name = Topic.name
    let example = name.example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    return CommandConfiguration(
      commandName: name.rawValue,
      abstract: "\(name.abstract.prefix(1).uppercased())\(name.abstract.dropFirst()).",
      usage: "cisterna plan \(name.rawValue) [FILE|-] [--json]",
      discussion: """
        An example of a request, to be put into a file:

        \(example)

        Print the sheet; then the same as JSON, from standard input:

          cisterna plan \(name.rawValue) request.json
          cisterna plan \(name.rawValue) - --json < request.json

        Without a file it asks on the terminal, input by input.
        """
    )
  }

  @Argument(
    help: ArgumentHelp(
      "The request; - reads standard input, none asks on the terminal.",
      valueName: "file"
    )
  )
  var file: String?

  @Flag(help: "Print one JSON object instead of a sheet.")
  var json = false

  func run() throws {
    let result = try PlanRunning.run(Topic.name, file: file)
    let text = json ? result.json() : Array(result.sheet(Topic.name).utf8)
    try Streams.standardOutput(text)
    guard result.refused.isEmpty else {
      let codes = result.refused.map(\.code.rawValue).joined(separator: ", ")
      throw Failure(.refused, "refused: \(codes)")
    }
  }
}

/// A type for each calculator, as the argument parser wants them.
enum PlanCommands {
  enum Flow: PlanTopic { static let name = PlanName.flow }
  enum Refill: PlanTopic { static let name = PlanName.refill }
  enum Prime: PlanTopic { static let name = PlanName.prime }
  enum Bridge: PlanTopic { static let name = PlanName.bridge }
  enum Residual: PlanTopic { static let name = PlanName.residual }
  enum Admixture: PlanTopic { static let name = PlanName.admixture }
  enum PatientDose: PlanTopic { static let name = PlanName.patientDose }
  enum Convert: PlanTopic { static let name = PlanName.convert }
  enum Titrate: PlanTopic { static let name = PlanName.titrate }
  enum Propose: PlanTopic { static let name = PlanName.propose }
  enum Screen: PlanTopic { static let name = PlanName.screen }

  /// In the order of the contract.
  static let all: [any ParsableCommand.Type] = [
    PlanNameCommand<Flow>.self, PlanNameCommand<Refill>.self, PlanNameCommand<Prime>.self,
    PlanNameCommand<Bridge>.self, PlanNameCommand<Residual>.self,
    PlanNameCommand<Admixture>.self, PlanNameCommand<PatientDose>.self,
    PlanNameCommand<Convert>.self, PlanNameCommand<Titrate>.self,
    PlanNameCommand<Propose>.self, PlanNameCommand<Screen>.self,
  ]
}
