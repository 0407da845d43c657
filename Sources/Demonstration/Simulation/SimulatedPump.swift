import Foundation
import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Relay
import Signer
import Synchronization
import VirtualPump

/// A pump of the simulated world: held in memory, reached by the clinic through the relay's own code.
final class SimulatedPump: Sendable {
  /// What it is at one instant, by its world and by itself.
  struct Account: Sendable {
    let strokes: Int64
    let delivered: Int64
    let demand: Int64
    let reservoir: Int64
    let syringe: Int64
    let inForce: String
  }

  static let crypto = SwiftCrypto()
  let held: HeldPump
  let contact: PumpContact
  let known: KnownPump
  let patientKeys: SecretKeys
  /// The last order of the table, before the clinic's first.
  let tableOrder: String
  /// Therapy time at which it was made.
  let made: Int64
  private let relay = Mutex<Task<Void, Never>?>(nil)
  private let last = Mutex<Account?>(nil)

  /// Makes, pairs, commissions and fills a pump, as people do at the table.
  ///
  /// - Parameters:
  ///   - world: its time, keys and relay.
  ///   - chance: of its secrets.
  ///   - fill: as an order has it.
  ///   - program: until the first one of the clinic.
  ///   - path: from the reservoir to the tip, full.
  /// - Throws: where the pump does not take what people do to it.
  init(
    _ world: SimulationWorld,
    _ chance: inout SimulationChance,
    fill: String,
    program: String,
    path: String
  ) throws {
    let made = world.time.now
    self.made = made
    guard let id = Bytes16(bytes: chance.bytes(16)), let signing = Bytes32(bytes: chance.bytes(32)),
      let session = Bytes32(bytes: chance.bytes(32)), let pairing = Bytes32(bytes: chance.bytes(32))
    else { throw SimulationFault("no pump without its secrets") }
    let time = world.time
    let secrets = PumpSecrets(
      id: id,
      signingSeed: signing,
      sessionKey: session,
      pairing: pairing
    )
    let held = HeldPump(
      secrets,
      local: LocalTime(milliseconds: made),
      entropy: { Bytes32(bytes: world.random(32)) ?? Bytes32() },
      now: { PumpTime(milliseconds: time.now - made) }
    )
    guard let held else { throw SimulationFault("no pump in a blank memory") }
    self.held = held
    var table = try DemoPump(
      code: PairingCode(id: id, secret: pairing),
      remote: "127.0.0.1:1",
      near: "127.0.0.1:2",
      keys: world.keys,
      call: { try held.call($0) }
    )
    patientKeys = SecretKeys(.person, chance: chance.bytes(64))
    try table.commission(local: LocalTime(milliseconds: made), patientKeys: patientKeys)
    try table.fill(fill, program: program)
    try table.setPath(path)
    contact = table.contact
    tableOrder = held.with { Hexadecimal.text($0.server.desk.state.inForce.array) }
    known = KnownPump(id: contact.id, key: contact.signingKey)
    try begin(world)
  }

  var name: String { Hexadecimal.text(contact.id.array) }

  /// Carries bytes between both ports and the clinic.
  private func begin(_ world: SimulationWorld) throws {
    let lines = try RelayLine.Way.allCases.map {
      try RelayLine(pump: name, way: $0, address: "127.0.0.1:1")
    }
    let held = held
    let carrying = Relay(
      lines,
      to: world.relayClinic,
      call: { line in
        guard let port = held.open(line.way == .near ? .bedside : .remote) else {
          throw SimulationFault("the pump does not answer")
        }
        return HeldPumpPort(port: port)
      },
      sleep: { try await Task.sleep(for: .milliseconds($0)) },
      tell: { _ in }
    )
    relay.withLock { $0 = Task { await carrying.run() } }
  }

  /// Ends the carrying, and takes down what the pump is then: it was taken out, or the run ends.
  func end() {
    last.withLock { if $0 == nil { $0 = look() } }
    relay.withLock { $0?.cancel() }
  }

  var isOver: Bool { last.withLock { $0 != nil } }

  /// What it was at its end; now where it has none yet.
  var account: Account { last.withLock { $0 } ?? look() }

  private func look() -> Account {
    held.with { pump in
      let sample = pump.pump.controller.sample
      let state = pump.server.desk.state
      return Account(
        strokes: pump.strokes,
        delivered: sample.delivered.nanolitres,
        demand: sample.demand.nanolitres,
        reservoir: sample.reservoir.nanolitres,
        syringe: pump.syringe.nanolitres,
        inForce: Hexadecimal.text(state.inForce.array)
      )
    }
  }

  // MARK: At the bedside and at home

  /// Somebody certified opens a session at the near port.
  func session(by person: DemoKeys.Held) throws -> LinkClient {
    guard let key = person.secrets.session else { throw SimulationFault("no session key") }
    var certificates = CertificatePair()
    if let own = person.certificates.session { _ = certificates.append(own) }
    return try held.call(target(.bedside, key: key, role: .person, certificates: certificates))
  }

  /// The same, as at each visit: after that the pump takes orders from afar again.
  func visit(by person: DemoKeys.Held) throws {
    guard case .status = try session(by: person).ask(.status) else {
      throw SimulationFault("the pump \(name) tells no status at the bedside")
    }
  }

  private func target(
    _ way: Way,
    key: Bytes32,
    role: LinkRole,
    certificates: CertificatePair
  ) -> LinkTarget {
    LinkTarget(
      address: "",
      way: way,
      pump: contact.id,
      pumpKey: contact.sessionKey,
      secret: nil,
      key: key,
      role: role,
      certificates: certificates
    )
  }

  /// The patient's own controller asks for something.
  ///
  /// - Returns: whether the pump did it, by its signed receipt.
  func ask(_ content: RequestContent, nonce: [UInt8]) throws -> Bool {
    guard let key = patientKeys.session, let nonce = Bytes16(bytes: nonce) else { return false }
    let client = try held.call(
      target(.remote, key: key, role: .patient, certificates: CertificatePair())
    )
    var request = Request()
    (request.pump, request.nonce, request.content) = (contact.id, nonce, content)
    request.notBefore = held.with { $0.now }
    request.notAfter = request.notBefore + 2 * .minute
    guard let signature = request.signature(by: patientKeys.signing, Self.crypto) else {
      return false
    }
    request.signature = signature
    guard let bytes = request.encoded else { return false }
    guard case .receipt(let receipt) = try client.ask(.request(CertificatePair(), bytes)),
      contact.vouches(for: receipt, Self.crypto)
    else { throw SimulationFault("the pump \(name) gives no receipt to its patient") }
    return receipt.outcome == .applied
  }
}

/// A held pump's port, as the relay takes it.
private struct HeldPumpPort: PumpPort {
  let port: HeldPort
  var bytes: AsyncStream<[UInt8]> { port.bytes }
  func put(_ bytes: [UInt8]) async throws { port.put(bytes) }
  func close() { port.close() }
}
