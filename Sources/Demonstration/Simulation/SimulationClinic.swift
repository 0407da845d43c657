import Clinic
import Foundation
import HTTPCall
import Ledger
import OrderText
import PumpLink
import Signer
import SimulatedClock
import VirtualPump

/// The folder of a simulated clinic, as `cisterna clinic serve` takes it, with the clock beside.
struct SimulationClinic: Sendable {
  let folder: String

  var path: String { "\(folder)/clinic" }
  var ledger: String { "\(path)/ledger.sqlite" }
  var clock: String { "\(folder)/clock" }
  var log: String { "\(folder)/server.log" }

  /// Makes the clinic: keys, accounts, clock.
  ///
  /// - Parameters:
  ///   - keys: of everyone.
  ///   - start: therapy time, at which the clock stands.
  ///   - chance: the system's.
  /// - Returns: the clock, the code secrets by name, and the relay's token.
  /// - Throws: where the folder holds something or cannot be written.
  func found(
    _ keys: DemoKeys,
    at start: Int64,
    _ chance: @escaping @Sendable (Int) -> [UInt8]
  ) async throws -> (SimulatedClockWriter, [String: [UInt8]], String) {
    let files = FileManager.default
    if let held = try? files.contentsOfDirectory(atPath: folder), !held.isEmpty {
      throw SimulationFault(
        "\(folder): given a folder that holds something, expected an empty or a new one: give another "
          + "with --data; nothing was changed"
      )
    }
    for name in [path, "\(path)/certificates"] {
      try files.createDirectory(
        atPath: name,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    let token = Hexadecimal.text(chance(32))
    guard let session = keys.server.session else { throw SimulationFault("no session key") }
    try write(keys.rootFile.bytes, "root.pub")
    try write(keys.serverCertificates.bytes, "server.cert")
    try write(Array("\(Hexadecimal.text(session.array))\n".utf8), "server.session")
    try write(Array("\(token)\n".utf8), "relay.token")
    for held in keys.staff {
      try write(held.certificates.bytes, "certificates/\(held.person.name).cert")
    }
    let secrets = try await hire(chance)
    let clock = try SimulatedClockWriter(
      path: clock,
      wall: Int64(Date().timeIntervalSince1970 * 1_000),
      start: start,
      speed: 0
    )
    return (clock, secrets, token)
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    let made = FileManager.default.createFile(
      atPath: "\(path)/\(name)",
      contents: Data(bytes),
      attributes: [.posixPermissions: 0o600]
    )
    guard made else {
      throw SimulationFault("\(path)/\(name): cannot be written: is the disk full?")
    }
  }

  private func hire(
    _ chance: @escaping @Sendable (Int) -> [UInt8]
  ) async throws -> [String: [UInt8]] {
    let store = try SQLiteLedger(path: ledger)
    let chance = ClinicChance(chance)
    let wall: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    let house = try await ClinicHouse(
      store,
      WebSettings(hosts: [], isSecure: false),
      key: try ServerKeyFile.open("\(path)/server.key", chance),
      clock: ClinicClock(
        therapy: wall,
        security: wall,
        elapsed: wall,
        sleep: { try await Task.sleep(for: .milliseconds($0)) }
      ),
      chance: chance
    )
    var secrets: [String: [UInt8]] = [:]
    for person in DemoPerson.all {
      guard let role = AccountRole(rawValue: person.account) else { continue }
      let (_, secret) = try await house.parts.accounts.open(
        NewAccount(
          name: person.name,
          fullName: person.fullName,
          roles: [role],
          patient: nil,
          password: person.password
        ),
        AccountAct(key: "found-\(person.name)", who: "simulation", time: wall())
      )
      secrets[person.name] = secret
    }
    await house.stop()
    try store.close()
    return secrets
  }

  /// Waits until the server answers, and says itself that it is open.
  ///
  /// - Parameters:
  ///   - web: its port.
  ///   - server: the process that was started.
  ///   - log: what that process prints.
  /// - Throws: where it ends, or says nothing for 10 s; an answer of another's server does not count.
  static func wait(
    for web: SimulationWeb,
    _ server: DemoProcess,
    _ log: String
  ) async throws {
    func told() -> String {
      String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    }
    for _ in 0..<200 {
      guard server.isRunning else { break }
      if told().contains("Open http://127.0.0.1:\(web.port)/"),
        let answer = try? await web.send(.get, "/sign-in"), answer.status == 200, server.isRunning
      {
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw SimulationFault("the server does not begin: \(told())")
  }
}

/// How much memory processes took at most.
enum SimulationMemory {
  /// kB, of a process that runs; 0 where the system does not tell.
  static func peak(of process: Int32) -> Int { read("/proc/\(process)/status") }
  static var own: Int { read("/proc/self/status") }

  private static func read(_ path: String) -> Int {
    guard let data = FileManager.default.contents(atPath: path) else { return 0 }
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("VmHWM:") {
      return Int(line.filter(\.isNumber)) ?? 0
    }
    return 0
  }
}
