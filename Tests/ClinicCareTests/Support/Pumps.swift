import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Synchronization

@testable import Clinic
@testable import VirtualPump

typealias TestPump = VirtualPump<SimulatedMemory>

/// Bytes that are the same in every run, and never twice in one.
final class Counted: Sendable {
  private let count = Mutex<UInt64>(0)

  func next() -> Bytes32 {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    return People.crypto.sha256(bytes.span)
  }
}

extension TestPump {
  static func secrets(_ number: UInt8) -> PumpSecrets {
    PumpSecrets(
      id: Bytes16(repeating: number),
      signingSeed: Bytes32(repeating: number &+ 1),
      sessionKey: Bytes32(repeating: number &+ 2),
      pairing: Bytes32(repeating: number &+ 3)
    )
  }

  /// Commissioned and filled at the bedside, two days on: 20 mL of baclofen 2 mg/mL at 0.5 mL/d.
  static func started(_ number: UInt8 = 0xC1) throws -> TestPump {
    let entropy = Counted()
    let world = PumpWorld(
      secrets: secrets(number),
      layout: StoreLayout(criticalRecords: 256, dailyRecords: 32, detailRecords: 256),
      entropy: { entropy.next() }
    )
    let local = LocalTime(milliseconds: 1_795_176_000_000)
    let memory = SimulatedMemory(world.blankMemory(local: local), world.power)
    guard
      var pump = TestPump(recovering: memory, at: .commissioning, linkTime: .commissioning, world)
    else { throw NotMade("a pump") }
    var commissioning = CommissioningContent()
    commissioning.keys.root = People.crypto.ed25519PublicKey(of: People.root)
    commissioning.keys.patient = People.crypto.ed25519PublicKey(of: Bytes32(repeating: 4))
    commissioning.keys.emergencyCard = Bytes32(repeating: 6)
    commissioning.local = local
    try pump.apply(.commissioning(commissioning), by: [People.prescriber])
    try pump.apply(fill, by: [People.prescriber, People.nurse])
    pump.advance(to: pump.now + 2 * .day)
    return pump
  }

  static func program(_ nanolitres: Int64) -> ProgramContent {
    var program = Program(
      basal: .constant(FlowRate(nanolitresPerDay: nanolitres)),
      limits: Limits(
        maxRate: FlowRate(nanolitresPerDay: 5_000_000),
        maxVolumePer24h: Volume(nanolitres: 5_000_000)
      ),
      safeRate: FlowRate(nanolitresPerDay: 50_000),
      restartGap: 48 * .hour,
      lowReservoir: Volume(nanolitres: 2_000_000)
    )
    program.patientDose = nil
    var limits = DrugAmounts()
    _ = limits.append(1_292, 10_000_000_000_000)
    return ProgramContent(program, doseLimits: limits)
  }

  private static var fill: OrderContent {
    var mixture = DrugAmounts()
    _ = mixture.append(1_292, 2_000_000)
    return .refill(
      RefillContent(
        aspirated: .zero,
        fill: Volume(nanolitres: 20_000_000),
        mixture: mixture,
        program: program(500_000)
      )
    )
  }

  /// An order on what is in force, with the signatures of some people.
  func order(_ content: OrderContent, by people: [Person]) -> Order {
    var order = Order()
    order.pump = server.desk.identity.id
    order.sequence = server.desk.state.lastSequence + 1
    order.previous = server.desk.state.inForce
    order.notBefore = now
    order.notAfter = now + 10 * .minute
    order.content = content
    for person in people {
      if let signature = order.signature(by: person.seed, People.crypto) {
        _ = order.append(signature)
      }
    }
    return order
  }

  mutating func apply(_ content: OrderContent, by people: [Person]) throws {
    var certificates = CertificatePair()
    for person in people { _ = certificates.append(person.certificate) }
    guard let bytes = order(content, by: people).encoded,
      let message = LinkMessage.order(certificates, bytes).encoded
    else { throw NotMade("an order") }
    let peer = Peer(role: .prescriber, name: Bytes16(), way: .bedside, began: now)
    let reply = server.answer(
      message.octets.span,
      from: peer,
      fresh: Bytes32(),
      &pump,
      People.crypto
    )
    guard case .receipt(let receipt)? = LinkReply(decoding: reply.octets.span),
      receipt.outcome == .applied
    else { throw NotMade("applied at the bedside") }
  }

  /// What says whether therapy is the same: strokes and their times, acts, and what is in force.
  var therapy: [String] {
    [
      "\(pump.motor.timesDigest)", "\(pump.motor.moved)", "\(pump.controller.actNumber)",
      "\(pump.controller.sample.reservoir)", "\(pump.controller.state)",
      Hex.text(server.desk.state.inForce.octets),
    ]
  }
}

/// A pump in its own world, and the relay that carries bytes between it and the clinic's line.
actor CarriedPump {
  private(set) var pump: TestPump
  private var twin: TestPump?
  private var linkAhead: Int64 = 0
  private let clock: ClinicClock
  private let therapyBegun: Int64
  private let pumpBegun: PumpTime
  private var task: Task<Void, Never>?
  /// Whether the pump's answers are lost on the way.
  private var loses = false

  init(_ pump: TestPump, _ clock: ClinicClock) {
    self.pump = pump
    self.clock = clock
    therapyBegun = clock.therapy()
    pumpBegun = pump.now
  }

  var lastSequence: UInt64 { pump.server.desk.state.lastSequence }

  func lose(_ isLost: Bool) { loses = isLost }

  /// Lets the pump live up to now.
  func live() {
    let passed = TimeSpan(milliseconds: clock.therapy() - therapyBegun)
    pump.advance(to: pumpBegun + passed)
  }

  func change(_ body: (inout TestPump) throws -> Void) rethrows { try body(&pump) }

  func therapy() -> [String] {
    live()
    return pump.therapy
  }

  /// Keeps the same pump beside, in a world where nobody calls it.
  func keepTwin() { twin = pump }

  /// What the twin did until now.
  func therapyOfTwin() -> [String] {
    live()
    twin?.advance(to: pump.now)
    return twin?.therapy ?? []
  }

  /// Carries bytes until it is told to end; returns once the line has heard of it.
  func carry(_ line: PumpLine) async throws {
    task?.cancel()
    task = Task { [self] in
      var (connection, down, up) = (Int64(0), Int64(0), Int64(0))
      var number: Int?
      while !Task.isCancelled {
        guard let fetched = await line.fetch(connection: connection, offset: down) else { return }
        if fetched.connection != connection {
          (connection, down, up) = (fetched.connection, 0, 0)
          number = reopen(number, line.way, isWanted: connection != 0)
        }
        guard connection != 0, let open = number else { continue }
        down += Int64(fetched.bytes.count)
        let (out, isOpen) = take(fetched.bytes, open)
        if loses { continue }
        if !out.isEmpty || !isOpen {
          up =
            await line.bring(out, connection: connection, offset: up, isClosed: !isOpen)
            ?? up
        }
      }
    }
    for _ in 0..<500 where !line.isReached { try await Task.sleep(for: .milliseconds(5)) }
  }

  func stop() {
    task?.cancel()
    task = nil
  }

  /// The link's clock: the wall's while a connection lasts; between two it catches up with therapy time, so
  /// that what a pump spends on talking comes back.
  private var linkTime: PumpTime { PumpTime(milliseconds: clock.elapsed() + linkAhead) }

  private func reopen(_ old: Int?, _ way: LinkWay, isWanted: Bool) -> Int? {
    if let old { pump.close(old) }
    linkAhead = max(linkAhead, clock.therapy() - WardTime.begin - clock.elapsed())
    return isWanted ? pump.open(way == .near ? .bedside : .remote, at: linkTime) : nil
  }

  private func take(_ bytes: [UInt8], _ number: Int) -> ([UInt8], Bool) {
    live()
    pump.receive(bytes, on: number, at: linkTime)
    pump.tick(at: linkTime)
    return (pump.takeOutput(of: number), pump.isOpen(number))
  }
}
