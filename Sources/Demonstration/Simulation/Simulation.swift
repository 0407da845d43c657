import Clinic
import Foundation
import PumpCore
import Quantities
import HTTPCall
import Ledger
import NIOCore
import NIOPosix
import OrderText
import PumpLink
import Relay
import Signer
import SimulatedClock
import Therapy
import VirtualPump

/// A population that lives through the whole pathway, in a clinic whose server is a process of its own
/// (docs/simulate.md).
public struct Simulation: Sendable {
  /// How it is run.
  public struct Options: Sendable {
    public var patients: Int
    public var days: Int
    public var seed: UInt64
    /// New or empty; the ledger stays in it.
    public var folder: String
    /// Of the server, on 127.0.0.1.
    public var port: Int
    /// This program, which the server is another process of.
    public var program: String
    /// A fault that the checks must find.
    public var plant: Plant?

    public init(
      patients: Int,
      days: Int,
      seed: UInt64,
      folder: String,
      port: Int,
      program: String,
      plant: Plant? = nil
    ) {
      (self.patients, self.days, self.seed) = (patients, days, seed)
      (self.folder, self.port, self.program, self.plant) = (folder, port, program, plant)
    }
  }

  /// A fault that is put into a run to see that it is found.
  public enum Plant: String, Sendable, CaseIterable {
    /// An order that the pump took and the clinic knows nothing of.
    case order
    /// A fill that is recorded twice.
    case fill
    /// The motor moves, and nobody counts it.
    case stroke
    /// An act that was done and is not in the ledger.
    case act
    /// Fluid runs out beside the pump.
    case leak
  }

  static let signerOrigin = "http://127.0.0.1:7310"
  /// 2026-01-05T00:00Z.
  static let start: Int64 = 1_767_571_200_000
  /// So often *Today* is held against the ledger while the server runs.
  private static let looks = 4

  let options: Options
  let chance: @Sendable (Int) -> [UInt8]

  /// - Parameters:
  ///   - options: how it is run.
  ///   - chance: from the system's generator, for keys; what happens is drawn from the seed.
  public init(_ options: Options, chance: @escaping @Sendable (Int) -> [UInt8]) {
    (self.options, self.chance) = (options, chance)
  }

  private static func wall() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// Runs it.
  ///
  /// - Parameter tell: takes lines for whoever waits.
  /// - Returns: what happened, what was checked, and what was found wrong.
  /// - Throws: where it cannot begin: a folder that holds something, a port that is taken.
  public func run(
    tell: @escaping @Sendable (String) -> Void
  ) async throws -> SimulationReport {
    let begun = Self.wall()
    try await Self.mustBeFree(options.port)
    let clinic = SimulationClinic(folder: options.folder)
    let keys = try DemoKeys(from: LocalTime(milliseconds: Self.start), chance: chance)
    let (clock, secrets, token) = try await clinic.found(keys, at: Self.start, chance)
    let server = try DemoProcess(
      "server",
      options.program,
      [
        "clinic", "serve", clinic.path, "--listen", "127.0.0.1:\(options.port)", "--clock",
        clinic.clock,
      ],
      log: clinic.log
    )
    defer { server.stop() }
    let web = SimulationWeb(port: options.port)
    try await SimulationClinic.wait(for: web, server, clinic.log)
    var people: [String: SimulationPerson] = [:]
    for person in DemoPerson.all {
      let held = person.signs == nil ? nil : keys[person.name]
      people[person.name] = SimulationPerson(
        person,
        held,
        web,
        codeSecret: secrets[person.name] ?? []
      )
    }
    let progress = SimulationProgress(
      options,
      looks: Self.looks,
      clinic.ledger,
      server.id,
      tell
    )
    let time = SimulationTime(
      clock,
      start: Self.start,
      days: options.days,
      awake: options.patients + 1,
      between: { await progress.between($0) }
    )
    let world = SimulationWorld(
      options,
      time,
      web,
      keys,
      people,
      try RelayClinic(url: "http://127.0.0.1:\(options.port)", token: token),
      draw: chance
    )
    await progress.begin(world)
    await Self.live(world)
    // Where the clock failed the server's time is not the world's: there is nothing to compare.
    if await time.failure == nil { await progress.look(at: time.now) }
    let memory = (SimulationMemory.peak(of: server.id), SimulationMemory.own)
    let requests = await web.count
    for pump in world.pumps { pump.end() }
    server.stop()
    var report = SimulationReport(world, wall: Self.wall() - begun)
    (report.serverPeakKilobytes, report.worldPeakKilobytes) = memory
    (report.requests, report.jumps) = (requests, await time.jumps)
    report.looks = await progress.found
    if let failure = await time.failure { report.timeFailed(at: time.now, failure) }
    try await SimulationChecks(world, clinic.ledger).run(&report)
    report.checkMilliseconds = Self.wall() - begun - report.wallMilliseconds
    return report
  }

  /// Lets everyone live, and the pumps' links be looked after meanwhile.
  private static func live(_ world: SimulationWorld) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          for pump in world.pumps { pump.held.tick() }
          do { try await Task.sleep(for: .milliseconds(50)) } catch { return }
        }
      }
      await withTaskGroup(of: Void.self) { lives in
        for number in 1...world.options.patients {
          lives.addTask { await SimulatedLife(world, number).live() }
        }
        lives.addTask { await plant(world) }
        await lives.waitForAll()
      }
      group.cancelAll()
    }
  }

  /// Nobody else serves at the port: what answers there later is this run's own server.
  private static func mustBeFree(_ port: Int) async throws {
    do {
      let probe = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .bind(host: "127.0.0.1", port: port).get()
      try await probe.close()
    } catch {
      throw SimulationFault(
        "--port: given \(port), which is in use on 127.0.0.1 (\(error)), expected a free port: give another; "
          + "nothing was changed"
      )
    }
  }
}
