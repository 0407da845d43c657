import ArgumentParser
import Clinic
import Dispatch
import Foundation
import Ledger
import PumpLink
import Signer
import SimulatedClock

/// `cisterna clinic serve`.
struct ClinicServe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the server of a clinic that was founded.",
    discussion: """
      Speaks HTTP on this computer alone. To let others reach it, put a proxy before it that speaks \
      HTTPS, sets X-Forwarded-For, and passes the Host header on:

        cisterna clinic serve harbor-clinic
        cisterna clinic serve harbor-clinic --listen 127.0.0.1:7200 --host clinic.example --behind-proxy

      A list of revoked keys (the file `revoked` of the folder) is read again when it changes; \
      certificates are read at the start. Ends with Control-C or SIGTERM. Exit status: 0; 2 where an \
      argument or a file is bad or the port is taken; 3 where a certificate does not hold.
      """
  )

  @Argument(help: ArgumentHelp("The clinic's folder.", valueName: "folder"))
  var folder: String

  @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
  var listen = "127.0.0.1:7200"

  @Option(
    help: ArgumentHelp(
      "A name by which browsers reach it; as it listens without. Give one for each.",
      valueName: "name[:port]"
    )
  )
  var host: [String] = []

  @Flag(
    help: ArgumentHelp(
      "A proxy before it speaks HTTPS with browsers: cookies go no other way, and a visitor's address is the last one of X-Forwarded-For."
    )
  )
  var behindProxy = false

  @Option(
    help: ArgumentHelp(
      "Where people's own signers run, so that forms may go there; http://127.0.0.1:7310 without. Give one for each.",
      valueName: "scheme://host:port"
    )
  )
  var signer: [String] = []

  @Option(
    help: ArgumentHelp(
      "For trying only: therapy time is that of a simulated clock, by its file, and pumps are asked by it.",
      valueName: "file"
    )
  )
  var clock: String?

  @OptionGroup var parent: ParentOptions

  func run() throws {
    parent.follow()
    let address = try address()
    let web = try web(address)
    let place = ClinicFolder(path: folder)
    guard Files.exists(place.ledger), Files.exists(place.serverKey) else {
      throw Failure(
        .badInput,
        "\(folder): given no folder of a clinic, expected one that `cisterna clinic found` made"
      )
    }
    try place.hold()
    var settings = try Self.settings(place)
    var clock = ClinicWall.clock
    if let path = self.clock {
      settings.pace = .simulated
      clock = try Self.simulated(path)
    }
    var settled = web
    settled.relayToken = try place.token()
    let (ready, cared, times) = (settled, settings, clock)
    Task {
      do {
        try await Self.serve(place, address, ready, cared, times)
        Streams.exit(.success)
      } catch let failure as Failure {
        Streams.standardError(failure.message)
        Streams.exit(failure.status)
      } catch {
        Streams.standardError("\(place.path), \(address.text): cannot serve: \(error)\n")
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }

  private func address() throws -> ListenAddress {
    guard let address = ListenAddress(listen) else {
      throw Failure(
        .badInput,
        "--listen: given \(listen), expected host:port such as 127.0.0.1:7200"
      )
    }
    guard address.isLoopback || behindProxy else {
      throw Failure(
        .badInput,
        "--listen: given \(listen), which others reach, expected an address of this computer alone, or "
          + "--behind-proxy: without HTTPS passwords would go over the network in clear"
      )
    }
    return address
  }

  private func web(_ address: ListenAddress) throws -> WebSettings {
    for name in host where !Self.isName(name) {
      throw Failure(
        .badInput,
        "--host: given \(name), expected a name in lower case, with a port or without, such as clinic.example"
      )
    }
    guard !host.isEmpty || !behindProxy else {
      throw Failure(
        .badInput,
        "--behind-proxy: given no --host, expected the name that browsers open, such as clinic.example"
      )
    }
    for origin in signer where ClinicAddress(origin) == nil {
      throw Failure(
        .badInput,
        "--signer: given \(origin), expected scheme, host and port such as http://127.0.0.1:7310"
      )
    }
    var hosts = Set(host)
    if hosts.isEmpty {
      hosts = [address.text]
      if address.isLoopback { hosts.insert("localhost:\(address.port)") }
    }
    return WebSettings(
      hosts: hosts,
      isSecure: behindProxy,
      isBehindProxy: behindProxy,
      signerOrigins: signer.isEmpty ? ["http://127.0.0.1:7310"] : signer
    )
  }

  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isHost = parts[0].utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isHost, !parts[0].isEmpty, parts.count <= 2 else { return false }
    return parts.count == 1 || Int(parts[1]).map { (1...65_535).contains($0) } == true
  }

  private static func settings(_ place: ClinicFolder) throws -> CareSettings {
    let root = try place.rootKey()
    let revoked: RevocationFile
    do {
      revoked = try RevocationFile(place.revoked, root: root) { Streams.standardError("\($0)\n") }
    } catch { throw Failure(.refused, error.description) }
    return CareSettings(
      root: root,
      caller: try place.caller(root),
      certificates: try place.people(root),
      revocation: { revoked.newest }
    )
  }

  /// Both times of a clinic in which nobody is treated.
  private static func simulated(_ path: String) throws -> ClinicClock {
    let file = SimulatedClockFile(path: path)
    do throws(ClockFileError) { _ = try file.anchor() } catch {
      throw Failure(.badInput, "--clock: \(error.description)")
    }
    let wall = ClinicWall.clock
    return ClinicClock(
      // Where the file cannot be read for once, time stands where it was last told.
      therapy: { (try? file.now(wall: ClinicWall.now())) ?? file.last },
      security: wall.security,
      elapsed: wall.elapsed,
      sleep: wall.sleep
    )
  }

  private static func serve(
    _ place: ClinicFolder,
    _ address: ListenAddress,
    _ web: WebSettings,
    _ settings: CareSettings,
    _ clock: ClinicClock
  ) async throws {
    let ledger = try SQLiteLedger(path: place.ledger)
    let clinic = try await ServedClinic(
      ledger,
      web,
      settings,
      key: try ServerKeyFile.open(place.serverKey, ClinicWall.chance),
      clock: clock,
      chance: ClinicWall.chance
    )
    guard await !clinic.house.parts.accounts.isEmpty else {
      throw Failure(
        .badInput,
        "\(place.path): given a clinic without any account: its founding broke off; found it anew"
      )
    }
    let patients = await clinic.care.records.summaries().count
    let list = settings.revocation().map { "list \($0.number)" } ?? "no list"
    let scheme = web.isSecure ? "https" : "http"
    var lines = web.hosts.sorted().map { "Open \(scheme)://\($0)/" }
    lines.append(
      "\(patients) patients, \(settings.certificates.count) certificates of people, \(list) of revoked keys."
    )
    if settings.caller == nil {
      lines.append(
        "No pump is called: \(place.serverCertificate) is not there; certify \(place.serverPublic)."
      )
    }
    lines.append("Control-C ends it.")
    let told = lines.joined(separator: "\n") + "\n"
    try await clinic.run(host: address.host, port: address.port) { _ in
      Streams.standardError(told)
    }
    try ledger.close()
  }
}
