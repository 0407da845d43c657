import PumpCore
import PumpLinkCrypto
import Quantities

@testable import PumpLink

/// A pump and its link; a copy of it is another world.
struct World {
  typealias TestPump = Pump<MovingMotor, FlatMemory, EventList>
  var pump: TestPump
  var server: LinkServer
  static let crypto = TestClinic.crypto

  var desk: OrderDesk {
    get { server.desk }
    set { server.desk = newValue }
  }

  var now: PumpTime { pump.controller.time }

  struct NotBuilt: Error {}

  /// A pump that nobody has commissioned: an empty reservoir, an empty path, stopped.
  static func blank() throws -> World {
    let controller = Controller(
      model: .test,
      catheter: Length(micrometres: 800_000),
      local: LocalTime(milliseconds: 1_767_600_000_000),
      fill: .zero,
      mixture: Mixture(),
      pathEmpty: true
    )
    guard let controller else { throw NotBuilt() }
    var stopped = ProgramContent().program
    stopped.lowReservoir = Volume(nanolitres: -1)
    var pump = try TestPump(
      commissioning: controller,
      program: stopped,
      layout: .test,
      motor: MovingMotor(),
      memory: FlatMemory(.test),
      sink: EventList()
    )
    let desk = OrderDesk(TestClinic.identity, recovering: &pump, crypto)
    return World(pump: pump, server: LinkServer(desk))
  }

  /// Commissioned, filled with 20 mL of baclofen 2 mg/mL, 0.15 mL/d with patient doses, two days on.
  static func started() throws -> World {
    var world = try blank()
    var commissioning = CommissioningContent()
    commissioning.keys = TestClinic.keys
    commissioning.local = LocalTime(milliseconds: 1_767_600_000_000)
    try world.mustApply(.commissioning(commissioning), by: [TestClinic.prescriber])
    let refill = RefillContent(
      aspirated: .zero,
      fill: Volume(nanolitres: 20_000_000),
      mixture: .baclofen,
      program: .constant(150_000, dose: ProgramContent.doses)
    )
    try world.mustApply(.refill(refill), by: [TestClinic.prescriber, TestClinic.nurse])
    world.advance(by: 2 * .day)
    return world
  }

  mutating func mustApply(_ content: OrderContent, by people: [Person]) throws {
    guard try submit(order(content, by: people), people).outcome == .applied else {
      throw NotBuilt()
    }
  }

  mutating func advance(by span: TimeSpan) {
    server.advance(to: now + span, &pump, World.crypto)
  }

  /// An order that follows on what is in force, signed.
  func order(
    _ content: OrderContent,
    by people: [Person],
    sequence: UInt64? = nil,
    previous: Bytes32? = nil,
    from begin: Int64 = 0,
    until end: Int64 = 600_000
  ) -> Order {
    var order = Order()
    order.pump = TestClinic.pump
    order.sequence = sequence ?? desk.state.lastSequence + 1
    order.previous = previous ?? desk.state.inForce
    order.notBefore = now + TimeSpan(milliseconds: begin)
    order.notAfter = now + TimeSpan(milliseconds: end)
    order.content = content
    for person in people {
      if let signature = order.signature(by: person.seed, World.crypto) {
        _ = order.append(signature)
      }
    }
    return order
  }

  mutating func submit(
    _ order: Order,
    _ people: [Person],
    _ way: Way = .bedside,
    peer role: Role = .prescriber
  ) throws(Refusal) -> Receipt {
    guard let bytes = order.encoded else { throw Refusal(.malformed) }
    return try server.desk.submit(
      bytes.bytes.span.extracting(0..<bytes.count),
      TestClinic.certificates(people),
      from: TestClinic.peer(role, way, at: now),
      &pump,
      World.crypto
    )
  }

  /// One root's word that another counts no more.
  mutating func revoke(root: Bytes32, by other: Bytes32) throws {
    var list = Revocation()
    list.number = desk.state.revocation.number + 1
    _ = list.append(Bytes16(of: World.crypto.ed25519PublicKey(of: root), World.crypto))
    list.signature = list.signature(by: other, World.crypto) ?? KeySignature()
    try server.desk.take(list, &pump, World.crypto)
  }

  /// What becomes of an order: its outcome and, where it is refused, why.
  mutating func fate(
    _ content: OrderContent,
    by people: [Person],
    _ way: Way = .bedside
  ) -> Fate {
    fate(of: order(content, by: people), people, way)
  }

  mutating func fate(of order: Order, _ people: [Person], _ way: Way = .bedside) -> Fate {
    do throws(Refusal) {
      return Fate(
        try submit(order, people, way, peer: way == .remote ? .clinicServer : .prescriber)
      )
    } catch {
      return .refused(error.reason, error.detail)
    }
  }

  func request(
    _ content: RequestContent,
    by seed: Bytes32,
    nonce: UInt8 = 0,
    until end: Int64 = 120_000
  ) -> Request {
    var request = Request()
    request.pump = TestClinic.pump
    request.nonce = Bytes16(repeating: nonce)
    request.notBefore = now
    request.notAfter = now + TimeSpan(milliseconds: end)
    request.content = content
    request.signature = request.signature(by: seed, World.crypto) ?? KeySignature()
    return request
  }

  mutating func fate(
    of request: Request,
    _ people: [Person] = [],
    _ way: Way = .bedside,
    peer role: Role = .patient
  ) -> Fate {
    guard let bytes = request.encoded else { return .refused(.malformed, 0) }
    do throws(Refusal) {
      return Fate(
        try server.desk.submit(
          request: bytes.bytes.span.extracting(0..<bytes.count),
          TestClinic.certificates(people),
          from: TestClinic.peer(role, way, at: now),
          &pump,
          World.crypto
        )
      )
    } catch {
      return .refused(error.reason, error.detail)
    }
  }

  mutating func fate(of act: EmergencyAct, _ peer: Peer) -> Fate {
    Fate(server.desk.submit(emergency: act, from: peer, &pump, World.crypto))
  }

  mutating func answer(_ message: [UInt8], from peer: Peer) -> LinkReply? {
    let bytes = WireBytes(message)
    let reply = server.answer(
      bytes.bytes.span.extracting(0..<bytes.count),
      from: peer,
      fresh: Bytes32(repeating: 0x77),
      &pump,
      World.crypto
    )
    return LinkReply(decoding: reply.bytes.span.extracting(0..<reply.count))
  }

  /// The power is gone; the pump starts again from its memory a while later.
  func restarted(after span: TimeSpan = .minute) -> World? {
    var memory = pump.memory
    memory.cut = nil
    let again = TestPump(
      recovering: .test,
      at: now + span,
      layout: .test,
      motor: MovingMotor(),
      memory: memory,
      sink: EventList()
    )
    guard var pump = again else { return nil }
    let desk = OrderDesk(TestClinic.identity, recovering: &pump, World.crypto)
    return World(pump: pump, server: LinkServer(desk))
  }

  var journal: [JournalRecord] {
    var records: [JournalRecord] = []
    pump.forEachJournalRecord { records.append($0) }
    return records
  }
}

/// What became of an object.
enum Fate: Equatable, CustomStringConvertible {
  case applied, pending, superseded, cancelled
  case refused(RefusalReason, UInt8)

  init(_ receipt: Receipt) {
    self =
      switch receipt.outcome {
      case .applied: .applied
      case .pending: .pending
      case .superseded: .superseded
      case .cancelled: .cancelled
      case .refused: .refused(receipt.refusal.reason, receipt.refusal.detail)
      }
  }

  static func envelope(_ bound: EnvelopeBound) -> Fate { .refused(.envelope, bound.rawValue) }
  static func ceiling(_ bound: CeilingBound) -> Fate { .refused(.ceiling, bound.rawValue) }

  var reason: RefusalReason {
    if case .refused(let reason, _) = self { return reason }
    return .none
  }

  var description: String {
    switch self {
    case .applied: "applied"
    case .pending: "pending"
    case .superseded: "superseded"
    case .cancelled: "cancelled"
    case .refused(let reason, let detail): "\(reason) \(detail)"
    }
  }
}

extension World {
  /// What the link would store.
  var stored: [UInt8]? {
    var state = desk.state
    var raw = [UInt8](repeating: 0, count: StoreLayout.linkBytes)
    var bytes = raw.mutableSpan
    var cursor = WireCursor(reading: false, to: StoreLayout.linkBytes)
    state.code(&cursor, &bytes)
    return cursor.failed ? nil : Array(raw[..<cursor.offset])
  }
}
