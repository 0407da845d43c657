import ArgumentParser

/// The root of the command line.
struct Cisterna: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cisterna",
    abstract: "An open intrathecal pump system.",
    discussion: """
      Cisterna is the controller of an implanted pump, and what is built around it. It is not a \
      cleared medical device.

      See what a program does, in simulated time:

        cisterna pump run Examples/baclofen-start.json --summary

      Work out a rate, a refill, a bridge:

        cisterna plan flow

      See where along the spine the drug goes, by a model:

        cisterna simulate --help

      Write an order, see what its bytes say, and sign it:

        cisterna order --help

      Open the demonstration clinic:

        cisterna demo

      Found a clinic of your own, and serve it:

        cisterna clinic --help

      Every command explains itself with --help, and shows an example.
      """,
    version: "cisterna 0.1.0",
    subcommands: [
      PumpCommand.self, PlanCommand.self, SimulateCommand.self, StudyCommand.self, KeyCommand.self,
      OrderCommand.self, SignerCommand.self, ControllerCommand.self,
      LinkCommand.self, RelayCommand.self, LedgerCommand.self, ClinicCommand.self,
      DemoCommand.self,
    ]
  )
}

/// `cisterna pump`.
struct PumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pump",
    abstract: "Run the pump, and look up pump models.",
    discussion: """
      Run a scenario and read what happened:

        cisterna pump run Examples/baclofen-daily.json --summary

      Look up what is known of a pump model, and from where:

        cisterna pump models "SynchroMed II"

      Start a virtual pump that can be talked to:

        cisterna pump serve --data pump1 --speed 60
      """,
    subcommands: [PumpRunCommand.self, PumpServeCommand.self, PumpModelsCommand.self]
  )
}
