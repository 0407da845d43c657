import Clinic
import Foundation
import Ledger
import OrderText
import PumpCore
import PumpLink
import Signer
import SimulatedClock
import VirtualPump

extension Demonstration {
  /// The clinic's own server, until it is told to end.
  func serve(
    _ founded: DemoFounded,
    _ clock: SimulatedClockWriter,
    _ tell: @escaping @Sendable (String) -> Void
  ) async throws {
    let ledger = try SQLiteLedger(path: folder.ledger)
    let chance = ClinicChance(chance)
    let clinic = try await ServedClinic(
      ledger,
      WebSettings(
        hosts: ["127.0.0.1:\(options.port)", "localhost:\(options.port)"],
        isSecure: false,
        signerOrigins: founded.people.compactMap { person in
          person.signerPort.map { "http://127.0.0.1:\($0)" }
        },
        relayToken: try token()
      ),
      try settings(founded, clock),
      key: try ServerKeyFile.open(folder.serverKey, chance),
      clock: ClinicClock(
        therapy: { clock.now(wall: Self.wall()) },
        security: { Self.wall() },
        elapsed: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
        sleep: { try await Task.sleep(for: .milliseconds($0)) }
      ),
      chance: chance,
      signers: try await signerAddresses(founded),
      controllers: try await controllerAddresses(founded),
      beside: [DemoCodes(founded).route]
    )
    let reporting = try DemoReporting(folder, founded)
    let welcome = welcome(founded)
    try await clinic.run(
      host: "127.0.0.1",
      port: options.port,
      beside: { await reporting.run(clinic.care.records, clinic.house.parts.clock) },
      started: { _ in tell(welcome) }
    )
    try ledger.close()
  }

  /// What the server knows of keys: the root's public one, certificates, and its own for sessions.
  private func settings(
    _ founded: DemoFounded,
    _ clock: SimulatedClockWriter
  ) throws -> CareSettings {
    let root = try PublicKeys(bytes: try folder.read(folder.root)).signing
    guard let session = Self.line(try folder.read(folder.serverSession)).flatMap(Self.key) else {
      throw DemoError("\(folder.serverSession): is no session key")
    }
    var pair = CertificatePair()
    for certificate in try CertificateFile(
      bytes: try folder.read(folder.serverCertificate)
    ).certificates { _ = pair.append(certificate) }
    let certificates = try founded.people.filter { $0.passphrase != nil }.flatMap { person in
      try CertificateFile(bytes: try folder.read(folder.key(person.name, "cert"))).certificates
    }
    return CareSettings(
      root: root,
      caller: ClinicCaller(key: session, certificates: pair),
      certificates: certificates,
      holdTime: { isHeld in
        // Where the file cannot be written time goes on as it did, and an order may miss its time.
        try? isHeld ? clock.hold(at: Self.wall()) : clock.resume(at: Self.wall())
      },
      demonstration: DemonstrationClock(
        top: options.topSpeed,
        speed: { clock.current.chosen },
        set: { try clock.set(speed: $0, at: Self.wall()) },
        isHeld: { clock.current.speed < clock.current.chosen }
      )
    )
  }

  /// Where everyone's signer has said that it runs, by account.
  private func signerAddresses(_ founded: DemoFounded) async throws -> [String: String] {
    var addresses: [String: String] = [:]
    for person in founded.people where person.signerPort != nil {
      let path = folder.signerAddress(person.name)
      for _ in 0..<100 where !FileManager.default.fileExists(atPath: path) {
        try await Task.sleep(for: .milliseconds(50))
      }
      addresses[person.account] = Self.line(try folder.read(path))
    }
    return addresses
  }

  /// Where patients' own controllers have said that they run, by patient.
  private func controllerAddresses(_ founded: DemoFounded) async throws -> [String: String] {
    var addresses: [String: String] = [:]
    for controller in founded.controllers ?? [] {
      let path = folder.controllerAddress(controller.patient)
      for _ in 0..<100 where !FileManager.default.fileExists(atPath: path) {
        try await Task.sleep(for: .milliseconds(50))
      }
      addresses[controller.patient] = Self.line(try folder.read(path))
    }
    return addresses
  }

  private func token() throws -> String {
    guard let token = Self.line(try folder.read(folder.relayToken)) else {
      throw DemoError("\(folder.relayToken): is empty")
    }
    return token
  }

  private static func line(_ bytes: [UInt8]) -> String? {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
  }

  private static func key(_ text: String) -> Bytes32? {
    Hexadecimal.bytes(text).flatMap { Bytes32(bytes: $0) }
  }
}
