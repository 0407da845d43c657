import ArgumentParser
import PumpLink
import VirtualPump

/// `cisterna link status`.
struct LinkStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Read what a pump does now.",
    discussion: """
      Each value stands with its unit and its age. With --json everything is in whole nanolitres, \
      femtograms and milliseconds.

        cisterna link status --pump pump1.contact --key ada.key --certificate ada.cert
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let reply = try LinkOpening(pump, caller).ask(.status)
    guard let text = StatusText(reply) else { throw Failure(reply) }
    try Streams.standardOutput(
      json ? text.json : Array((text.lines.joined(separator: "\n") + "\n").utf8)
    )
  }
}

/// `cisterna link watch`.
struct LinkWatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch a pump deliver, live.",
    discussion: """
      Asks again and again over one session, and opens another where that ends; the age of the values \
      grows while the pump does not answer. Ctrl-C ends it.

        cisterna link watch --pump pump1.contact --key ada.key --certificate ada.cert
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Option(help: ArgumentHelp("Seconds between two questions, 1 to 100.", valueName: "s"))
  var every = 1

  @Option(help: ArgumentHelp("End after so many times.", valueName: "n"))
  var count: Int?

  func validate() throws {
    guard (1...100).contains(every) else { throw ValidationError("--every is 1 to 100 s") }
  }

  func run() throws {
    let opening = try LinkOpening(pump, caller)
    var client: LinkClient?
    var last: StatusText?
    var told = ContinuousClock.now
    var turn = 0
    while count.map({ turn < $0 }) ?? true {
      turn += 1
      var trouble = ""
      do throws(LinkFailure) {
        let open = if let client { client } else { try opening.open() }
        client = open
        let reply = try open.ask(.status)
        guard let text = StatusText(reply) else { throw .notTaken("the pump refuses to tell") }
        last = text
        told = ContinuousClock.now
      } catch {
        client = nil
        trouble = "\(error)"
      }
      try show(last, told, trouble)
      if count.map({ turn < $0 }) ?? true { Streams.sleep(seconds: every) }
    }
  }

  private func show(_ status: StatusText?, _ told: ContinuousClock.Instant, _ trouble: String)
    throws
  {
    var lines: [String] = []
    if var status {
      status.secondsOld = (ContinuousClock.now - told).components.seconds
      lines += status.lines
    }
    if !trouble.isEmpty { lines.append("NO ANSWER: \(trouble)") }
    let clear = Streams.isOutputTerminal ? "\u{1B}[H\u{1B}[2J" : ""
    try Streams.standardOutput(Array((clear + lines.joined(separator: "\n") + "\n").utf8))
    if !Streams.isOutputTerminal { try Streams.standardOutput([UInt8(ascii: "\n")]) }
  }
}
