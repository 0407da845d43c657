import Ledger
import Logging
import PumpLink
import Relay
import ServiceLifecycle
import Synchronization

@testable import Clinic

/// A clinic's server on a socket, with the lines to one pump; ends with its task.
final class ServedClinic: Sendable {
  static let token = "the relay's token, of more than 32 characters".replacing(" ", with: "-")

  let remote: PumpLine
  let near: PumpLine
  let port: Int
  let hub: LiveHub
  private let task: Task<Void, any Error>
  private let group: ServiceGroup

  static let clock: ClinicClock = {
    let begun = ContinuousClock.now
    let elapsed: @Sendable () -> Int64 = {
      Int64((ContinuousClock.now - begun) / .milliseconds(1))
    }
    return ClinicClock(
      therapy: { 1_795_262_400_000 + elapsed() },
      security: { 1_795_262_400_000 + elapsed() },
      elapsed: elapsed,
      sleep: { try await Task.sleep(for: .milliseconds($0)) }
    )
  }()

  static let chance = ClinicChance { count in
    (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
  }

  init(_ pump: ServedPump, key: Bytes32 = Ward.server) async throws {
    let (clock, chance, ledger) = (Self.clock, Self.chance, MemoryLedger())
    guard let serverKey = ServerKey([UInt8](repeating: 7, count: 32)) else { throw NotMade("key") }
    let known = CalledPump(
      id: pump.id,
      sessionKey: pump.sessionKey,
      signingKey: pump.signingKey
    )
    let caller = ClinicCaller(key: key, certificates: Ward.pair(Ward.serverCalls))
    remote = PumpLine(known, .remote, caller, clock, chance)
    near = PumpLine(known, .near, caller, clock, chance)
    let lines = LineBook()
    lines.add(remote)
    lines.add(near)
    let parts = ClinicParts(
      settings: WebSettings(hosts: [], isSecure: false, relayToken: Self.token),
      clock: clock,
      chance: chance,
      ledger: ledger,
      accounts: try await AccountBook(ledger, key: serverKey, work: PasswordWork(), chance: chance),
      sessions: SessionBook(),
      metrics: Metrics()
    )
    let hub = LiveHub()
    self.hub = hub
    let (ports, started) = AsyncStream.makeStream(of: Int.self)
    // Any port is taken, so the names are those of every port.
    var open = parts
    open.settings.hosts = Set((1_024...65_535).map { "127.0.0.1:\($0)" })
    let web = try ClinicWeb(LineRoutes(lines).routes, open)
    var log = Logger(label: "test")
    log.logLevel = .critical
    let application = ClinicServer(web, hub, open) { lines.close() }
      .application(host: "127.0.0.1", port: 0, log: log) { started.yield($0) }
    let group = ServiceGroup(services: [application], logger: log)
    self.group = group
    task = Task {
      defer { started.finish() }
      try await group.run()
    }
    guard let port = await ports.first(where: { _ in true }) else { throw NotMade("not served") }
    self.port = port
  }

  // Told, not cancelled: that would drop what NIO has accepted, and end the process (apple/swift-nio#2813).
  deinit { Task { [group] in await group.triggerGracefulShutdown() } }

  /// Ends the server and tells how long that took, ms.
  func end() async -> Int64 {
    let begun = Self.clock.elapsed()
    await group.triggerGracefulShutdown()
    _ = await task.result
    return Self.clock.elapsed() - begun
  }

  /// Starts a relay, and waits until the clinic has heard of it.
  func relay(_ pump: ServedPump, token: String = ServedClinic.token) async throws -> Task<
    Void, Never
  > {
    let name = remote.pump.name
    let lines = [
      try RelayLine(pump: name, way: .remote, address: pump.remote),
      try RelayLine(pump: name, way: .near, address: pump.near),
    ]
    let relay = Relay(
      lines,
      to: try RelayClinic(url: "http://127.0.0.1:\(port)", token: token),
      sleep: { try await Task.sleep(for: .milliseconds($0)) },
      tell: { _ in }
    )
    let task = Task { await relay.run() }
    for _ in 0..<300 {
      if remote.isReached, near.isReached { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    return task
  }
}
