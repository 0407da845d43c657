import Clinic
import Foundation
import Ledger
import SimulatedClock
import Synchronization
import Therapy
import VirtualPump

extension Demonstration {
  /// What is printed and known of a demonstration that has been founded.
  func founded() throws -> DemoFounded {
    try JSONDecoder().decode(
      DemoFounded.self,
      from: Data(try folder.read(folder.founded))
    )
  }

  /// The patients of the file, and the first day.
  static func patients() throws -> (start: Instant, patients: [DemoPatient]) {
    let (start, patients) = try DemoPatient.all(Array(DemoPatients.json.utf8))
    let form = ISO8601DateFormatter()
    guard let date = form.date(from: start + "Z") else {
      throw DemoError("startAt: given \(start), expected a date and a time")
    }
    return (Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1_000)), patients)
  }

  /// How many there are, with those who are not only adopted.
  private static func count(_ patients: [DemoPatient], _ start: Instant) throws -> Int {
    Set(patients.map(\.id) + (try DemoCourse.all(start).map(\.id))).count
  }

  /// Makes everything, once.
  func found(tell: @escaping @Sendable (String) -> Void) async throws {
    let (start, patients) = try Self.patients()
    let count = try Self.count(patients, start)
    tell("founding the clinic: keys, \(count) patients, their pumps")
    if FileManager.default.fileExists(atPath: folder.clock) {
      // Refused where another process runs the demonstration of this folder.
      _ = try SimulatedClockWriter(
        path: folder.clock,
        wall: Self.wall(),
        start: start.milliseconds,
        speed: 0
      )
    }
    try folder.begin()
    // Time stands still until the clinic opens.
    let clock = try SimulatedClockWriter(
      path: folder.clock,
      wall: Self.wall(),
      start: start.milliseconds,
      speed: 0
    )
    let founding = DemoFounding(
      folder: folder,
      patients: patients,
      start: start,
      portBase: options.pumpPort,
      signerBase: options.signerPort,
      chance: chance
    )
    let keys = try founding.makeKeys()
    let pumps = try startPumps(founding.linked.map { ($0.patient.id, $0.port) })
    defer { for pump in pumps { pump.stop() } }
    let contacts = try founding.implant(keys)
    let people = try await recordHistory(founding, contacts)
    let known = DemoFounded(
      people: people,
      pumps: founding.linked.compactMap { patient, port in
        contacts[patient.id].map {
          DemoFounded.Pump(patient: patient.id, id: Hexadecimal.text($0.id.array), port: port)
        }
      },
      controllers: try founding.handOut()
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try folder.write(Array(try encoder.encode(known)), to: folder.founded, secret: true)
    withExtendedLifetime(clock) {}
  }

  private func recordHistory(
    _ founding: DemoFounding,
    _ contacts: [String: PumpContact]
  ) async throws -> [DemoFounded.SignIn] {
    let ledger = try SQLiteLedger(path: folder.ledger)
    // Courses that began before the demonstration are recorded at their times.
    let time = FoundingTime(founding.start)
    let clock = ClinicClock(
      therapy: { time.now.milliseconds },
      security: { Self.wall() },
      elapsed: { Self.wall() },
      sleep: { try await Task.sleep(for: .milliseconds($0)) }
    )
    let chance = ClinicChance(chance)
    let house = try await ClinicHouse(
      ledger,
      WebSettings(hosts: [], isSecure: false),
      key: try ServerKeyFile.open(folder.serverKey, chance),
      clock: clock,
      chance: chance
    )
    let people = try await founding.hire(house.parts.accounts)
    let records = try await RecordBook(ledger, clock, house.hub)
    try await founding.adopt(records, contacts, by: people)
    try await founding.live(records, by: people) { time.set($0) }
    await house.stop()
    try ledger.close()
    return people
  }

  /// The pumps as programs of their own.
  func startPumps(_ pumps: [(patient: String, port: Int)]) throws -> [DemoProcess] {
    try pumps.map { patient, port in
      let faults = folder.pump(patient) + ".faults"
      if !FileManager.default.fileExists(atPath: faults) {
        try folder.write(
          Array("# Lines that are added here happen to this pump: docs/virtual-pump.md\n".utf8),
          to: faults
        )
      }
      return try DemoProcess(
        "pump of \(patient)",
        options.program,
        [
          "pump", "serve", "--data", folder.pump(patient), "--listen", "127.0.0.1:\(port)",
          "--near", "127.0.0.1:\(port + 1)", "--clock", folder.clock, "--faults", faults,
        ],
        log: folder.log("pump-\(patient)")
      )
    }
  }

  /// The relay, which reaches both ports of every pump.
  func startRelay(_ founded: DemoFounded) throws -> DemoProcess {
    try DemoProcess(
      "relay",
      options.program,
      ["relay"]
        + founded.pumps.flatMap { ["--contact", folder.pump($0.patient) + ".contact"] }
        + ["--clinic", "http://127.0.0.1:\(options.port)", "--token", folder.relayToken],
      log: folder.log("relay")
    )
  }

  /// A controller for every patient who has one.
  func startControllers(_ founded: DemoFounded) throws -> [DemoProcess] {
    try (founded.controllers ?? []).map { controller in
      let patient = controller.patient
      // Of the last run, with a random part that holds no more.
      try? FileManager.default.removeItem(atPath: folder.controllerAddress(patient))
      return try DemoProcess(
        "controller of \(patient)",
        options.program,
        [
          "controller", "--key", folder.key(patient, "key"), "--passphrase-file",
          folder.controllerPassphrase(patient), "--pump", folder.pump(patient) + ".contact",
          "--port", "\(controller.port)", "--language", controller.language, "--address-file",
          folder.controllerAddress(patient),
        ],
        log: folder.log("controller-\(patient)")
      )
    }
  }

  /// A signer for everyone who has one.
  func startSigners(_ founded: DemoFounded) throws -> [DemoProcess] {
    let signing = founded.people.filter { $0.passphrase != nil }
    return try founded.people.compactMap { person in
      guard let port = person.signerPort else { return nil }
      // Of the last run, with a random part that holds no more.
      try? FileManager.default.removeItem(atPath: folder.signerAddress(person.name))
      let others = signing.filter { $0.name != person.name }
        .flatMap { ["--other", folder.key($0.name, "cert")] }
      return try DemoProcess(
        "signer of \(person.name)",
        options.program,
        [
          "signer", "--key", folder.key(person.name, "key"), "--cert",
          folder.key(person.name, "cert"), "--root", folder.root, "--port", "\(port)", "--clinic",
          "http://127.0.0.1:\(options.port)", "--address-file", folder.signerAddress(person.name),
        ] + others + founded.pumps.flatMap { ["--pump", folder.pump($0.patient) + ".pump"] },
        log: folder.log("signer-\(person.name)")
      )
    }
  }
}

/// What time it is while a demonstration is being founded.
private final class FoundingTime: Sendable {
  private let instant: Mutex<Instant>

  init(_ start: Instant) { instant = Mutex(start) }

  var now: Instant { instant.withLock { $0 } }

  func set(_ instant: Instant) { self.instant.withLock { $0 = instant } }
}
