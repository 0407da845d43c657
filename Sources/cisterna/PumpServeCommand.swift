import ArgumentParser
import SimulatedClock
import VirtualPump

/// `cisterna pump serve`.
struct PumpServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run a virtual pump that can be talked to, on two ports of this machine.",
    usage: "cisterna pump serve --data DIR [--listen ADDRESS] [--near ADDRESS] [--speed N]",
    discussion: """
      The pump's real controller, store and link over simulated hardware. DIR holds one pump; a new \
      one is made in an empty folder and shows its pairing code once. It is blank: it delivers \
      nothing until a clinic's order of commissioning is taken at the near port.

        cisterna pump serve --data pump1 --speed 60

      and in another terminal:

        cisterna link pair --code @pump1/pairing.txt --key ada.key --output pump1.contact
        cisterna link status --pump pump1.contact --key ada.key --certificate ada.cert

      Stop it with Ctrl-C, or kill it at any instant: it goes on from DIR. Its time goes on while it \
      does not run, at the same speed, as that of a pump without power does; --speed 0 stands still.

      A script of faults has one JSON object a line:

        {"at":"2 h","fault":"stall","for":"30 min"}
        {"at":"1 d","fault":"powerLoss","for":"5 min"}

      Faults: stall (for), powerLoss (for), tornWrite (for), extraStrokes (count), corruptProgram \
      (copies), wear (count: one stroke in so many slips), battery (level), drain (permille), \
      clockStep, clockDrift (ppm), leak (volume), catheterOff (for). Lines that are added while it runs \
      are taken within a second; there "at":"now" does it at once.
      """
  )

  @Option(help: ArgumentHelp("The pump's folder.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The remote port.", valueName: "address"))
  var listen = "127.0.0.1:7300"

  @Option(help: ArgumentHelp("The near-field port, at the bedside.", valueName: "address"))
  var near = "127.0.0.1:7301"

  @Option(help: ArgumentHelp("Simulated seconds a second, 0 to 1000000.", valueName: "n"))
  var speed: Int64 = 1

  @Option(
    help: ArgumentHelp(
      "A demonstration's shared clock, in place of --speed.",
      valueName: "file"
    )
  )
  var clock: String?

  @OptionGroup var parent: ParentOptions

  @Option(help: ArgumentHelp("A script of faults.", valueName: "file"))
  var faults: String?

  func validate() throws {
    guard (0...PumpHostOptions.speedMax).contains(speed) else {
      throw ValidationError(
        "--speed is given as \(speed), expected 0 to \(PumpHostOptions.speedMax)"
      )
    }
  }

  func run() throws {
    parent.follow()
    var script: [ScriptedFault] = []
    if let faults {
      let bytes = try Files.read(faults)
      do throws(FaultScriptError) {
        script = try ScriptedFault.script(bytes)
      } catch {
        throw Failure(.badInput, "\(faults), \(error)")
      }
    }
    do throws(HostError) {
      let time =
        clock.map { HostTime.shared(SimulatedClockFile(path: $0)) } ?? .host(speed: speed)
      let home = try PumpHome(data, time)
      let options = PumpHostOptions(
        remote: listen,
        near: near,
        time: time,
        faults: script,
        faultFile: faults
      )
      let host = try PumpHost(home, options) { line in
        // A log that nobody reads any more must not stop the pump.
        try? Streams.standardOutput(Array((line + "\n").utf8))
      }
      try host.run()
    } catch {
      throw Failure(.badInput, error.description)
    }
  }
}
