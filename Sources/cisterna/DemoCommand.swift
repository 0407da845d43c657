import ArgumentParser
import Demonstration
import Dispatch
import Foundation

/// `cisterna demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The demonstration clinic: patients, pumps that deliver, signers, a relay.",
    discussion: """
      Founds the clinic in a folder, once, then starts it and prints where to look and how to sign in. \
      Run again, it goes on where it was: after Control-C time stood still, after a kill it went on as it was set. \
      Ends with Control-C, and nothing is left running.

        cisterna demo --data demo

      Everyone in it is invented. It is for trying and teaching; nothing of it is secret, and it \
      listens on this computer alone. Exit status: 0; 2 where a folder or a port cannot be used.
      """
  )

  @Option(help: ArgumentHelp("The demonstration's folder.", valueName: "dir"))
  var data = "demo"

  @Option(help: "The port of the clinic's pages on 127.0.0.1.")
  var port = 7200

  @Option(help: "The first port of the pumps on 127.0.0.1; each takes two.")
  var pumpPort = 7320

  @Option(
    help: "The port of the first signer on 127.0.0.1; patients' controllers begin 40 above it."
  )
  var signerPort = 7310

  @Option(help: "How fast time may be let go at most, 600 to 86400.")
  var topSpeed = 600

  func validate() throws {
    guard (600...86_400).contains(topSpeed) else {
      throw ValidationError("--top-speed is given as \(topSpeed), expected 600 to 86400")
    }
  }

  @Flag(help: "Start over: forget all that happened in the folder.")
  var reset = false

  func run() throws {
    let demonstration = Demonstration(
      Demonstration.Options(
        folder: data,
        port: port,
        pumpPort: pumpPort,
        signerPort: signerPort,
        topSpeed: topSpeed,
        program: OwnProgram.path
      ),
      chance: { Chance.bytes($0) }
    )
    let reset = reset
    Task {
      do {
        try await demonstration.run(reset: reset) { line in
          try? Streams.standardOutput(Array((line + "\n").utf8))
        }
        Streams.exit(.success)
      } catch {
        Streams.standardError("\(error)\n")
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }
}
