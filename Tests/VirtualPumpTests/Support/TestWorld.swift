import PumpCore
import PumpLink
import PumpLinkCrypto
import PumpTesting
import Quantities
import Synchronization

@testable import VirtualPump

typealias TestPump = VirtualPump<SimulatedMemory>

struct NotBuilt: Error {
  let why: String
  init(_ why: String = "") { self.why = why }
}

/// Fresh bytes that are the same in every run: a pump needs chance, a test must not have it.
final class CountedEntropy: Sendable {
  private let count = Mutex<UInt64>(0)

  func next() -> Bytes32 {
    let number = count.withLock { count in
      count += 1
      return count
    }
    return Clinic.crypto.sha256(withUnsafeByteArray(number).span)
  }

  private func withUnsafeByteArray(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }
}

extension StoreLayout {
  static let small = StoreLayout(criticalRecords: 256, dailyRecords: 32, detailRecords: 256)
}

extension TestPump {
  /// A pump that nobody has commissioned.
  static func blank(_ entropy: CountedEntropy = CountedEntropy()) throws -> TestPump {
    let world = PumpWorld(
      secrets: Clinic.secrets,
      layout: .small,
      entropy: { entropy.next() }
    )
    let memory = SimulatedMemory(world.blankMemory(local: Clinic.local), world.power)
    let pump = TestPump(
      recovering: memory,
      at: .commissioning,
      linkTime: .commissioning,
      world
    )
    guard let pump else { throw NotBuilt("blank") }
    return pump
  }

  /// Commissioned, filled, two days on at 0.5 mL/d.
  static func started() throws -> TestPump {
    var pump = try blank()
    try pump.mustApply(.commission, by: [Clinic.prescriber])
    try pump.mustApply(.fill, by: [Clinic.prescriber, Clinic.nurse])
    pump.advance(to: pump.now + 2 * .day)
    pump.log = []
    return pump
  }

  /// An order that follows on what is in force.
  func order(
    _ content: OrderContent,
    by people: [Somebody],
    sequence: UInt64? = nil,
    valid: Int64 = 600_000
  ) -> Order {
    var order = Order()
    order.pump = Clinic.secrets.id
    order.sequence = sequence ?? server.desk.state.lastSequence + 1
    order.previous = server.desk.state.inForce
    order.notBefore = now
    order.notAfter = now + TimeSpan(milliseconds: valid)
    order.content = content
    for person in people {
      if let signature = order.signature(by: person.seed, Clinic.crypto) {
        _ = order.append(signature)
      }
    }
    return order
  }

  /// The message that brings an order.
  static func message(_ order: Order, by people: [Somebody]) throws -> [UInt8] {
    var certificates = CertificatePair()
    for person in people { _ = certificates.append(person.certificate) }
    guard let bytes = order.encoded,
      let message = LinkMessage.order(certificates, bytes).encoded
    else { throw NotBuilt("order") }
    return message.array
  }

  func request(_ content: RequestContent, by seed: Bytes32, nonce: UInt8) -> Request {
    var request = Request()
    request.pump = Clinic.secrets.id
    request.nonce = Bytes16(repeating: nonce)
    request.notBefore = now
    request.notAfter = now + TimeSpan(milliseconds: 120_000)
    request.content = content
    request.signature = request.signature(by: seed, Clinic.crypto) ?? KeySignature()
    return request
  }

  mutating func mustApply(_ content: OrderContent, by people: [Somebody]) throws {
    let message = try Self.message(order(content, by: people), by: people)
    let peer = Peer(role: .prescriber, name: Bytes16(), way: .bedside, began: now)
    let reply = server.answer(message.span, from: peer, fresh: Bytes32(), &pump, Clinic.crypto)
    guard case .receipt(let receipt)? = LinkReply(decoding: reply.array.span),
      receipt.outcome == .applied
    else { throw NotBuilt("\(String(describing: LinkReply(decoding: reply.array.span)))") }
  }

  /// The power is gone and back; everything starts from the memory.
  func restarted(after span: TimeSpan = .minute) -> TestPump? {
    let world = PumpWorld(
      secrets: Clinic.secrets,
      layout: .small,
      battery: battery,
      strokes: pump.motor.driven,
      entropy: entropy
    )
    let memory = SimulatedMemory(pump.memory.bytes, world.power)
    var again = TestPump(
      recovering: memory,
      at: now + span,
      linkTime: .commissioning,
      world
    )
    again?.pump.motor.moved = pump.motor.moved
    return again
  }

  var journal: [JournalRecord] {
    var records: [JournalRecord] = []
    pump.forEachJournalRecord { records.append($0) }
    return records
  }
}

extension TestPump {
  /// A copy with a power line of its own.
  func onItsOwn() -> TestPump {
    var copy = self
    let line = PowerLine()
    var memory = SimulatedMemory(pump.memory.bytes, line)
    memory.writes = pump.memory.writes
    copy.pump.memory = memory
    copy.pump.motor = pump.motor.on(line)
    copy.power = line
    return copy
  }

  /// The same, but the power fails again at a write while it starts.
  func restarted(after span: TimeSpan, cut write: Int) -> TestPump? {
    let world = PumpWorld(
      secrets: Clinic.secrets,
      layout: .small,
      battery: battery,
      strokes: pump.motor.driven,
      entropy: entropy
    )
    var memory = SimulatedMemory(pump.memory.bytes, world.power)
    memory.cut = (write, .half)
    var again = TestPump(recovering: memory, at: now + span, linkTime: .commissioning, world)
    again?.pump.motor.moved = pump.motor.moved
    return again
  }
}
