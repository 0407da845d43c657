import ArgumentParser
import Demonstration
import Dispatch
import Foundation

/// `cisterna clinic simulate`.
struct ClinicSimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Let a population live through the whole pathway, and check every book of it.",
    discussion: """
      A clinic's own server runs as another process; people, pumps, patients and the relay are around \
      it. Time jumps to whatever happens next. The same seed gives the same course. Everyone in it is \
      invented, and nothing in it says anything about patients.

        cisterna clinic simulate --patients 20 --days 180 --seed 1

      What is checked: docs/simulate.md. Exit status: 0 where all agrees; 5 where something does not; \
      2 where an argument is bad, the folder holds something, or the port is taken.
      """
  )

  @Option(help: "How many patients, 1 to 2000.")
  var patients = 20

  @Option(help: "How many days, 1 to 3650.")
  var days = 180

  @Option(help: "What happens is drawn from it.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "A new or empty folder, in which the clinic stays; without, one that is removed afterwards.",
      valueName: "dir"
    )
  )
  var data: String?

  @Option(help: "The server's port on 127.0.0.1.")
  var port = 7480

  @Option(
    help: ArgumentHelp(
      "A fault that the checks must find: order, fill, stroke, act, leak.",
      valueName: "fault"
    )
  )
  var plant: String?

  @Flag(help: "The result as JSON on standard output, progress on standard error.")
  var json = false

  func validate() throws {
    guard (1...2_000).contains(patients) else {
      throw ValidationError("--patients is given as \(patients), expected 1 to 2000")
    }
    guard (1...3_650).contains(days) else {
      throw ValidationError("--days is given as \(days), expected 1 to 3650")
    }
    guard (1...65_535).contains(port) else {
      throw ValidationError("--port is given as \(port), expected 1 to 65535")
    }
    if let plant, Simulation.Plant(rawValue: plant) == nil {
      let names = Simulation.Plant.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--plant is given as \(plant), expected one of \(names)")
    }
  }

  func run() throws {
    let folder =
      data
      ?? FileManager.default.temporaryDirectory
      .appendingPathComponent("cisterna-simulation-\(UUID().uuidString)")
      .path
    let simulation = Simulation(
      Simulation.Options(
        patients: patients,
        days: days,
        seed: seed,
        folder: folder,
        port: port,
        program: OwnProgram.path,
        plant: plant.flatMap { Simulation.Plant(rawValue: $0) }
      ),
      chance: { Chance.bytes($0) }
    )
    let (isJSON, isKept) = (json, data != nil)
    @Sendable func remove() {
      if !isKept { try? FileManager.default.removeItem(atPath: folder) }
    }
    Task {
      do {
        let report = try await simulation.run { Streams.standardError("\($0)\n") }
        try? Streams.standardOutput(isJSON ? report.json : Array(report.text.utf8))
        remove()
        Streams.exit(report.isGood ? .success : .damaged)
      } catch {
        Streams.standardError("\(error)\n")
        remove()
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }
}
