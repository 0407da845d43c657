import ArgumentParser
import Dispatch
import PumpLink
import Relay
import VirtualPump

/// `cisterna relay`.
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay",
    abstract: "Carries sealed bytes between pumps' ports and the clinic's server.",
    discussion: """
      Stands beside the pumps, calls the clinic over HTTP and listens nowhere. It can delay bytes and \
      lose them, and nothing else: what they say is sealed between the clinic and the pump, and what \
      a pump does rests on signatures that it verifies itself.

        cisterna relay --contact pump1.contact --clinic http://127.0.0.1:7200 --token relay.token

      A contact file is written by `cisterna link pair`; it names both ports. Or name a port by the \
      pump's id:

        cisterna relay --pump 0a1b…@127.0.0.1:7300 --near 0a1b…@127.0.0.1:7301 \
      --clinic http://127.0.0.1:7200 --token relay.token

      Ends with Control-C. Exit status: 0; 2 where an argument or a file is bad.
      """
  )

  @Option(help: ArgumentHelp("A pump's contact; one for each pump.", valueName: "file.contact"))
  var contact: [String] = []

  @Option(help: ArgumentHelp("A pump's remote port.", valueName: "id@host:port"))
  var pump: [String] = []

  @Option(help: ArgumentHelp("A pump's port in the treatment room.", valueName: "id@host:port"))
  var near: [String] = []

  @Option(help: ArgumentHelp("The clinic's server.", valueName: "url"))
  var clinic: String

  @Option(help: ArgumentHelp("The file with the relay's token.", valueName: "file"))
  var token: String

  @OptionGroup var parent: ParentOptions

  func run() throws {
    parent.follow()
    try Files.checkPrivate(token)
    let text = String(decoding: try Files.read(token), as: UTF8.self)
    let relay: Relay
    do {
      let lines = try lines()
      guard !lines.isEmpty else {
        throw Failure(.badInput, "given no pump, expected --contact or --pump")
      }
      let secret = text.split(whereSeparator: \.isWhitespace).joined()
      relay = Relay(
        lines,
        to: try RelayClinic(url: clinic, token: secret),
        sleep: { try await Task.sleep(for: .milliseconds($0)) },
        tell: { Streams.standardError("\($0)\n") }
      )
    } catch let error as RelayError {
      throw Failure(.badInput, error.description)
    }
    Task {
      await relay.run()
      Streams.exit(.success)
    }
    dispatchMain()
  }

  private func lines() throws -> [RelayLine] {
    var lines: [RelayLine] = []
    for path in contact {
      let contact: PumpContact
      do { contact = try PumpContact(json: try Files.read(path)) } catch let failure as Failure {
        throw failure
      } catch { throw Failure(.badInput, "\(path): \(error)") }
      let id = Hexadecimal.text(contact.id.array)
      lines.append(try RelayLine(pump: id, way: .remote, address: contact.remote))
      lines.append(try RelayLine(pump: id, way: .near, address: contact.near))
    }
    lines += try pump.map { try Self.line($0, .remote) }
    lines += try near.map { try Self.line($0, .near) }
    return lines
  }

  private static func line(_ text: String, _ way: RelayLine.Way) throws(RelayError) -> RelayLine {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    return try RelayLine(
      pump: String(parts[0]),
      way: way,
      address: parts.count == 2 ? String(parts[1]) : ""
    )
  }
}
