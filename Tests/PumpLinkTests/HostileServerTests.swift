import PumpCore
import PumpTesting
import Quantities
import Testing

@testable import PumpLink

/// A clinic server in the wrong hands, which cannot change what the pump delivers (threat 3).
///
/// It has its own session key, the whole database, every message ever sent, and the relay.
struct HostileServerTests {
  /// Everything that was sent in a pump's life, as bytes.
  private static func life() throws -> (world: World, messages: [[UInt8]]) {
    var world = try World.started()
    var messages: [[UInt8]] = []
    let two = [TestClinic.prescriber, TestClinic.nurse]
    let both = [TestClinic.prescriber, TestClinic.colleague]
    let orders: [(OrderContent, [Person], Way)] = [
      (.clinicianBolus(Volume(nanolitres: 30_000), over: .hour), two, .bedside),
      (.program(.constant(148_000, dose: ProgramContent.doses)), both, .remote),
      (.safeRate, [TestClinic.prescriber], .remote),
      (.resume, [TestClinic.prescriber], .bedside),
      (.suspend(.hour), [TestClinic.nurse], .bedside),
      (.resume, [TestClinic.prescriber], .bedside),
      (.setClock(LocalTime(milliseconds: 1_767_900_000_000)), two, .bedside),
      (.envelope(.standard), two, .bedside),
      (.program(.constant(150_000, dose: ProgramContent.doses)), two, .bedside),
      // Refused, and known to the server all the same.
      (.program(.constant(900_000)), both, .remote),
      (.suspend(4 * .hour), [TestClinic.prescriber], .remote),
      (.program(.constant(200_000)), [TestClinic.nurse], .bedside),
    ]
    for (content, people, way) in orders {
      let order = world.order(content, by: people, until: 604_800_000 / 2_000)
      messages.append(try message(order, people))
      _ = world.fate(of: order, people, way)
      world.advance(by: .hour)
    }
    for (nonce, content) in [
      RequestContent.patientDose, .cancelBolus, .acknowledge(.reservoirLow),
    ].enumerated() {
      let request = world.request(content, by: TestClinic.patientSeed, nonce: UInt8(nonce))
      let bytes = try #require(request.encoded)
      messages.append(try #require(LinkMessage.request(CertificatePair(), bytes).encoded).array)
      _ = world.fate(of: request, [], .remote, peer: .patient)
      world.advance(by: .hour)
    }
    return (world, messages)
  }

  private static func message(_ order: Order, _ people: [Person]) throws -> [UInt8] {
    let bytes = try #require(order.encoded)
    let certificates = TestClinic.certificates(people)
    return try #require(LinkMessage.order(certificates, bytes).encoded).array
  }

  @Test func `nothing that the clinic's server can send changes what is delivered (SR-100)`() throws
  {
    let (world, messages) = try Self.life()
    var control = world
    var attacked = world
    var random = Seeded(seed: 77)
    let server = TestClinic.peer(.clinicServer, .remote, at: world.now)
    var sent = 0
    func forgeries(_ world: World) throws -> [[UInt8]] {
      var forged: [[UInt8]] = []
      for kind in OrderKind.allCases {
        let content = random.content(kind)
        for people in [[TestClinic.server], [TestClinic.server, TestClinic.prescriber]] {
          forged.append(try Self.message(world.order(content, by: [TestClinic.server]), people))
        }
        // A prescriber's id over the server's own signature.
        var order = world.order(content, by: [])
        var signature = try #require(order.signature(by: TestClinic.server.seed, World.crypto))
        signature.key = Bytes16(of: TestClinic.prescriber.key, World.crypto)
        _ = order.append(signature)
        forged.append(try Self.message(order, [TestClinic.prescriber]))
        // A certificate that the server has made for itself.
        let ownMade = TestClinic.person(.prescriber, 14, root: TestClinic.server.seed)
        forged.append(try Self.message(world.order(content, by: [ownMade]), [ownMade]))
      }
      return forged
    }
    func attack(_ bytes: [UInt8]) {
      sent += 1
      _ = attacked.answer(bytes, from: server)
    }
    for round in 0..<3 {
      for message in messages { attack(message) }
      for forged in try forgeries(attacked) { attack(forged) }
      for message in messages {
        for other in messages where other != message {
          // The front of one, the end of another: signatures and certificates change places.
          let place = random.pick(1...min(message.count, other.count) - 1)
          attack(
            Array(
              message[..<place]
                + other[(other.count - (message.count - place).clamped(other.count))...]
            )
          )
        }
        for _ in 0..<10 {
          var bytes = message
          bytes[random.pick(0...bytes.count - 1)] ^= UInt8(random.pick(1...255))
          attack(bytes)
        }
      }
      for act in [EmergencyAct.safeRate, .suspend(.hour)] {
        attack(try #require(LinkMessage.emergency(act).encoded).array)
      }
      var list = Revocation()
      list.number = 90 + UInt64(round)
      list.signature = try #require(list.signature(by: TestClinic.server.seed, World.crypto))
      attack(try #require(LinkMessage.revocation(list).encoded).array)
      attacked.advance(by: 6 * .hour)
      control.advance(by: 6 * .hour)
    }
    let (one, other) = (attacked.pump.controller, control.pump.controller)
    print("hostile server: \(sent) messages, acts \(one.actNumber - other.actNumber)")
    #expect(one.actNumber == other.actNumber)
    #expect(one.sample.delivered == other.sample.delivered)
    #expect(one.sample.demand == other.sample.demand)
    #expect(one.state == other.state)
    #expect(one.localTime == other.localTime)
    #expect(attacked.desk.state.inForce == control.desk.state.inForce)
    #expect(attacked.desk.state.lastSequence == control.desk.state.lastSequence)
    #expect(attacked.desk.state.keys == control.desk.state.keys)
    #expect(sent > 500)
  }

  @Test func `what the server may read it reads, and no more (SR-100, SR-114)`() throws {
    var world = try World.started()
    let server = TestClinic.peer(.clinicServer, .remote, at: world.now)
    func ask(_ message: LinkMessage, _ peer: Peer) throws -> LinkReply? {
      world.answer(try #require(message.encoded).array, from: peer)
    }
    guard case .status(let status) = try ask(.status, server) else {
      Issue.record("no status")
      return
    }
    for figure in StatusFigure.allCases { #expect(status[figure].time == world.now) }
    #expect(status[.rate].value == 150_000)
    guard case .journal(let page) = try ask(.journal(from: 1), server) else {
      Issue.record("no journal")
      return
    }
    #expect(page.count > 5)
    guard case .receipt = try ask(.receiptAt(age: 0), server) else {
      Issue.record("no receipt")
      return
    }
    let patient = TestClinic.peer(.patient, .remote, at: world.now)
    guard case .summary = try ask(.status, patient) else {
      Issue.record("no summary")
      return
    }
    let stranger = TestClinic.peer(.none, .remote, at: world.now)
    for message in [LinkMessage.status, .journal(from: 0), .receiptAt(age: 0), .challenge] {
      guard case .refused = try ask(message, stranger) else {
        Issue.record("a stranger reads \(message)")
        continue
      }
    }
    guard case .identity(let description) = try ask(.identify, stranger) else {
      Issue.record("no identity")
      return
    }
    #expect(description.key == TestClinic.identity.key)
    let near = TestClinic.peer(.none, .bedside, at: world.now)
    guard case .challenge = try ask(.challenge, near) else {
      Issue.record("no challenge")
      return
    }
  }

  @Test func `a session's peer is who a certificate or the pump itself says (SR-100, SR-111)`()
    throws
  {
    let world = try World.started()
    let session = TestClinic.person(.clinicServer, 30, use: .session)
    let late = TestClinic.person(.nurse, 31, use: .session, until: 1_700_000_000_000)
    let forged = TestClinic.person(.nurse, 32, root: TestClinic.server.seed, use: .session)
    let controller = world.pump.controller
    func role(_ key: Bytes32, _ people: [Person]) -> Role? {
      let pair = TestClinic.certificates(people)
      return world.desk.peer(key, pair, by: .remote, controller, World.crypto)?.role
    }
    #expect(role(session.key, [session]) == .clinicServer)
    #expect(role(session.key, [late]) == nil)
    #expect(role(late.key, [late]) == nil)
    #expect(role(forged.key, [forged]) == nil)
    #expect(role(TestClinic.prescriber.key, [TestClinic.prescriber]) == nil, "a signing key")
    #expect(role(TestClinic.controllerKey, []) == .patient)
    #expect(role(Bytes32(), []) == nil)
  }
}

extension Int {
  fileprivate func clamped(_ most: Int) -> Int { Swift.min(self, most) }
}
