import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Synchronization

@testable import PatientController
@testable import VirtualPump

/// A real pump that the patient's controller asks, with what a line can do to it.
actor PatientsPump {
  static let crypto = SwiftCrypto()
  static let root = Bytes32(repeating: 2)
  static let patientSeed = Bytes32(repeating: 4)
  static let signingSeed = Bytes32(repeating: 0xC2)
  static let id = Bytes16(repeating: 0xC1)
  static let local = LocalTime(milliseconds: 1_795_176_000_000)

  enum Line: Sendable { case whole, losesRequests, losesAnswers, dead, lies }

  private var pump: VirtualPump<SimulatedMemory>
  var line = Line.whole

  /// Commissioned, filled with 20 mL of baclofen 2 mg/mL, two days on.
  ///
  /// - Parameter dose: what the patient may ask for.
  /// - Throws: where it cannot be made.
  init(dose: PatientDose? = PatientsPump.dose()) throws {
    let count = Mutex<UInt64>(0)
    let world = PumpWorld(
      secrets: PumpSecrets(
        id: Self.id,
        signingSeed: Self.signingSeed,
        sessionKey: Bytes32(repeating: 0xC3),
        pairing: Bytes32(repeating: 0xC4)
      ),
      layout: StoreLayout(criticalRecords: 256, dailyRecords: 32, detailRecords: 256),
      entropy: {
        let number = count.withLock { count in
          count += 1
          return count
        }
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        return Self.crypto.sha256(bytes.span)
      }
    )
    let memory = SimulatedMemory(world.blankMemory(local: Self.local), world.power)
    guard
      let made = VirtualPump(
        recovering: memory,
        at: .commissioning,
        linkTime: .commissioning,
        world
      )
    else { throw NotMade() }
    pump = made
    var commissioning = CommissioningContent()
    commissioning.keys.root = Self.crypto.ed25519PublicKey(of: Self.root)
    commissioning.keys.patient = Self.crypto.ed25519PublicKey(of: Self.patientSeed)
    commissioning.local = Self.local
    let ada = Self.person(10)
    let ben = Self.person(11)
    try Self.submit(.commissioning(commissioning), by: [ada], .bedside, to: &pump)
    var mixture = DrugAmounts()
    _ = mixture.append(1_292, 2_000_000)
    try Self.submit(
      .refill(
        RefillContent(
          aspirated: .zero,
          fill: Volume(nanolitres: 20_000_000),
          mixture: mixture,
          program: Self.program(500_000, dose)
        )
      ),
      by: [ada, ben],
      .bedside,
      to: &pump
    )
    pump.advance(to: pump.now + 2 * .day)
  }

  static func dose(lockout: TimeSpan = 3 * .hour, most: Int = 3) -> PatientDose {
    PatientDose(
      volume: Volume(nanolitres: 20_000),
      over: 2 * .minute,
      lockout: lockout,
      maxPer24h: most
    )
  }

  static var contact: PumpContact {
    PumpContact(
      id: id,
      sessionKey: Bytes32(repeating: 9),
      signingKey: crypto.ed25519PublicKey(of: signingSeed),
      remote: "127.0.0.1:1",
      near: "127.0.0.1:2"
    )
  }

  // MARK: Orders

  struct Person { let seed: Bytes32, certificate: Certificate }

  static func person(_ number: UInt8) -> Person {
    let seed = Bytes32(repeating: number)
    var certificate = Certificate()
    certificate.key = crypto.ed25519PublicKey(of: seed)
    certificate.use = .signing
    certificate.name = Bytes16(repeating: number)
    certificate.role = .prescriber
    certificate.notBefore = LocalTime(milliseconds: 1_000_000_000_000)
    certificate.notAfter = LocalTime(milliseconds: 4_000_000_000_000)
    certificate.signature = certificate.signature(by: root, crypto) ?? KeySignature()
    return Person(seed: seed, certificate: certificate)
  }

  static func program(_ rate: Int64, _ dose: PatientDose?) -> ProgramContent {
    var program = Program(
      basal: .constant(FlowRate(nanolitresPerDay: rate)),
      limits: Limits(
        maxRate: FlowRate(nanolitresPerDay: 20_000_000),
        maxVolumePer24h: Volume(nanolitres: 5_000_000)
      ),
      safeRate: FlowRate(nanolitresPerDay: 50_000),
      restartGap: 48 * .hour,
      lowReservoir: Volume(nanolitres: 2_000_000)
    )
    program.patientDose = dose
    var limits = DrugAmounts()
    _ = limits.append(1_292, 10_000_000_000_000)
    return ProgramContent(program, doseLimits: limits)
  }

  @discardableResult
  private static func submit(
    _ content: OrderContent,
    by people: [Person],
    _ way: Way,
    to pump: inout VirtualPump<SimulatedMemory>,
    expecting outcome: Outcome = .applied
  ) throws -> Receipt {
    var order = Order()
    order.pump = pump.server.desk.identity.id
    order.sequence = pump.server.desk.state.lastSequence + 1
    order.previous = pump.server.desk.state.inForce
    order.notBefore = pump.now
    order.notAfter = pump.now + 10 * .minute
    order.content = content
    var certificates = CertificatePair()
    for person in people {
      if let signature = order.signature(by: person.seed, crypto) { _ = order.append(signature) }
      _ = certificates.append(person.certificate)
    }
    guard let bytes = order.encoded,
      let message = LinkMessage.order(certificates, bytes).encoded?.array
    else { throw NotMade() }
    let role: Role = way == .bedside ? .prescriber : .clinicServer
    let peer = Peer(role: role, name: Bytes16(), way: way, began: pump.now)
    let reply = pump.server.answer(
      message.span,
      from: peer,
      fresh: Bytes32(),
      &pump.pump,
      crypto
    ).array
    guard case .receipt(let receipt)? = LinkReply(decoding: reply.span),
      receipt.outcome == outcome
    else { throw NotMade() }
    return receipt
  }

  /// An increase from a distance: the pump waits with it.
  func raise(to rate: Int64) throws {
    try Self.submit(
      .program(Self.program(rate, Self.dose())),
      by: [Self.person(10), Self.person(11)],
      .remote,
      to: &pump,
      expecting: .pending
    )
  }

  // MARK: The line

  func set(_ line: Line) { self.line = line }
  func pass(_ span: TimeSpan) { pump.advance(to: pump.now + span) }
  var now: PumpTime { pump.now }
  var isPending: Bool { pump.server.desk.state.pending != nil }
  var rate: Int64 { pump.pump.controller.sample.rate.nanolitresPerDay }
  var dosesGiven: Int { pump.log.count { $0.text == "patient dose accepted" } }
  var isBolusRunning: Bool { pump.pump.controller.isBolusRunning }

  /// One access to the whole pump, whose parts answer.
  private static func answer(
    _ bytes: [UInt8],
    to peer: Peer,
    by pump: inout VirtualPump<SimulatedMemory>
  ) -> [UInt8] {
    pump.server.answer(bytes.span, from: peer, fresh: Bytes32(), &pump.pump, crypto).array
  }

  /// As the patient's own controller is heard, from a distance.
  func ask(_ message: LinkMessage, as role: Role = .patient) -> Result<LinkReply, LinkFailure> {
    if line == .dead { return .failure(.unreachable("nobody is there")) }
    if line == .losesRequests, case .request = message { return .failure(.unknown("no answer")) }
    guard let bytes = message.encoded?.array else { return .failure(.notTaken("too long")) }
    let peer = Peer(role: role, name: Bytes16(), way: .remote, began: pump.now)
    let reply = Self.answer(bytes, to: peer, by: &pump)
    guard var read = LinkReply(decoding: reply.span) else { return .failure(.unknown("broken")) }
    if case .request = message {
      pump.advance(to: pump.now + TimeSpan(milliseconds: 1_000))
      if line == .losesAnswers { return .failure(.unknown("no answer")) }
      if line == .lies, case .receipt(var receipt) = read {
        // Another key than the pump's says that it was done.
        receipt.outcome = .applied
        receipt.signature =
          receipt.signature(by: Bytes32(repeating: 99), Self.crypto) ?? KeySignature()
        read = .receipt(receipt)
      }
    }
    return .success(read)
  }

  nonisolated func desk(_ clock: Seconds = Seconds()) -> ControllerDesk {
    let drawn = Mutex<UInt8>(0)
    return ControllerDesk(
      Self.contact,
      signing: Self.patientSeed,
      chance: {
        Bytes16(
          repeating: drawn.withLock { drawn in
            drawn += 1
            return drawn
          }
        )
      },
      seconds: { clock.now },
      ask: { await self.ask($0) }
    )
  }
}

struct NotMade: Error {}

/// A clock that a test moves.
final class Seconds: Sendable {
  private let value = Mutex<Int64>(0)
  var now: Int64 { value.withLock { $0 } }
  func pass(_ seconds: Int64) { value.withLock { $0 += seconds } }
}
