import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Testing

@testable import VirtualPump

/// Who gets in by which port, and what is said on the line.
struct ConversationTests {
  private let prescriber = Clinic.prescriber

  private func rate(_ rate: Int64, _ pump: TestPump) throws -> [UInt8] {
    try TestPump.message(pump.order(.rate(rate), by: [prescriber]), by: [prescriber])
  }

  @Test
  func
    `a prescriber changes the program at the bedside and reads its receipt (SR-100, SR-101, H-62)`()
    throws
  {
    let pump = try TestPump.started()
    var line = try Line(pump, .person(prescriber, [try rate(300_000, pump)], .bedside))
    line.run()
    #expect(line.receipt?.outcome == .applied)
    let changed = Basal.constant(FlowRate(nanolitresPerDay: 300_000))
    #expect(line.pump.pump.controller.program.basal == changed)
  }

  @Test func `at the near port a key without the challenge is nobody (SR-108, H-64)`() throws {
    let pump = try TestPump.started()
    let message = try rate(300_000, pump)
    // Said by hand: introduced at once, without having read a challenge.
    let introduction = LinkMessage.introduce(
      .of(prescriber.sessionCertificate),
      challenge: Bytes32()
    )
    let first = try #require(introduction.encoded).array
    var caller = Caller.person(prescriber, [first, message], .bedside)
    caller.isIntroducedByHand = true
    var line = try Line(pump, caller)
    line.run()
    let reply = try #require(line.replies.first)
    guard case .refused(let refusal)? = LinkReply(decoding: reply.span) else {
      Issue.record("taken without the challenge")
      return
    }
    #expect(refusal.reason == .way)
    #expect(line.pump.pump.controller.actNumber == pump.pump.controller.actNumber)
  }

  @Test
  func
    `a stranger's order is not looked at, nor a stranger told of the patient (SR-100, SR-110, H-65)`()
    throws
  {
    let pump = try TestPump.started()
    let safe = try TestPump.message(pump.order(.safeRate, by: [prescriber]), by: [prescriber])
    for message in [safe, [2], [3, 0, 0, 0, 0]] {
      var caller = Caller.person(Clinic.somebody(.prescriber, 66, root: Clinic.card), [message])
      caller.isIntroducedByHand = true
      var line = try Line(pump, caller)
      line.run()
      #expect(line.receipt == nil)
      #expect(line.pump.pump.controller.actNumber == pump.pump.controller.actNumber)
      let isClosed = !line.pump.isOpen(line.connection)
      #expect(isClosed)
    }
  }

  @Test func `the emergency card lowers at the bedside and does nothing else (SR-109, H-66)`()
    throws
  {
    let pump = try TestPump.started()
    let suspend = try #require(LinkMessage.emergency(.suspend(.hour)).encoded).array
    let order = try TestPump.message(pump.order(.rate(900_000), by: []), by: [])
    var caller = Caller(
      pattern: .xxpsk3,
      role: .emergencyCard,
      way: .bedside,
      session: Bytes32(repeating: 0x31),
      messages: [order, [2], suspend]
    )
    caller.secret = Clinic.card
    var line = try Line(pump, caller)
    line.run()
    #expect(line.replies.count == 3)
    #expect(line.receipt?.outcome == .applied)
    #expect(line.pump.pump.controller.isHalted(.suspended))
    line.pump.advance(to: line.pump.now + 2 * .hour)
    #expect(line.pump.pump.controller.state == .running)
  }

  // MARK: Keys that change while a session is open

  @Test
  func `a card whose secret was replaced suspends no more in its open session (SR-109, H-66)`()
    throws
  {
    let pump = try TestPump.started()
    let suspend = try #require(LinkMessage.emergency(.suspend(.hour)).encoded).array
    var caller = Caller(
      pattern: .xxpsk3,
      role: .emergencyCard,
      way: .bedside,
      session: Bytes32(repeating: 0x31),
      messages: [[2], suspend]
    )
    caller.secret = Clinic.card
    var line = try Line(pump, caller)
    while line.replies.isEmpty { line.step() }
    var keys = Clinic.keys
    keys.emergencyCard = Bytes32(repeating: 0x77)
    try line.pump.mustApply(.keys(keys), by: [prescriber])
    line.run()
    #expect(line.receipt == nil)
    #expect(!line.pump.pump.controller.isHalted(.suspended))
    let isClosed = !line.pump.isOpen(line.connection)
    #expect(isClosed)
  }

  @Test(arguments: [false, true])
  func `a person whose key is revoked is told nothing more in an open session (SR-111)`(
    _ introducesAgain: Bool
  ) throws {
    let pump = try TestPump.started()
    let status = try #require(LinkMessage.status.encoded).array
    let introduction = LinkMessage.introduce(
      .of(prescriber.sessionCertificate),
      challenge: Bytes32()
    )
    let next = introducesAgain ? try #require(introduction.encoded).array : status
    var line = try Line(pump, .person(prescriber, [status, next]))
    while line.replies.isEmpty { line.step() }
    var list = Revocation()
    list.number = 1
    _ = list.append(Bytes16(of: Clinic.nurse.certificate.key, Clinic.crypto))
    list.signature = list.signature(by: Clinic.root, Clinic.crypto) ?? KeySignature()
    let message = try #require(LinkMessage.revocation(list).encoded).array
    let peer = Peer(role: .none, name: Bytes16(), way: .remote, began: line.pump.now)
    let taken = line.pump.server.answer(
      message.span,
      from: peer,
      fresh: Bytes32(),
      &line.pump.pump,
      Clinic.crypto
    )
    guard case .taken? = LinkReply(decoding: taken.array.span) else {
      Issue.record("the list was not taken")
      return
    }
    line.run()
    guard let last = line.replies.last, case .refused(let refusal)? = LinkReply(decoding: last.span)
    else {
      Issue.record("answered as if nothing had changed")
      return
    }
    #expect(refusal.reason == .revoked && line.replies.count == 2)
  }

  @Test func `at the remote port an introduction carries no challenge (H-64)`() throws {
    let introduction = LinkMessage.introduce(
      .of(prescriber.sessionCertificate),
      challenge: Bytes32(repeating: 1)
    )
    let first = try #require(introduction.encoded).array
    var caller = Caller.person(prescriber, [first])
    caller.isIntroducedByHand = true
    var line = try Line(try TestPump.started(), caller)
    line.run()
    let reply = try #require(line.replies.first)
    guard case .refused(let refusal)? = LinkReply(decoding: reply.span) else {
      Issue.record("taken with a challenge")
      return
    }
    #expect(refusal.reason == .way)
  }

  @Test func `no order uses up the numbers of those to come (SR-102)`() throws {
    var pump = try TestPump.started()
    let last = pump.server.desk.state.lastSequence
    for sequence in [UInt64.max, last + (1 << 48) + 1] {
      let order = pump.order(.safeRate, by: [prescriber], sequence: sequence)
      let message = try TestPump.message(order, by: [prescriber])
      let peer = Peer(role: .prescriber, name: Bytes16(), way: .bedside, began: pump.now)
      let reply = pump.server.answer(
        message.span,
        from: peer,
        fresh: Bytes32(),
        &pump.pump,
        Clinic.crypto
      )
      guard case .receipt(let receipt)? = LinkReply(decoding: reply.array.span) else {
        Issue.record("no receipt")
        return
      }
      #expect(receipt.outcome == .refused && receipt.refusal.reason == .stale)
    }
    try pump.mustApply(.safeRate, by: [prescriber])
  }

  @Test
  func `a root of small order, and a suspension of nothing, are no messages (SR-100, SR-109)`() {
    var keys = Clinic.keys
    keys.root = Bytes32()
    keys.root[0] = 1
    var order = Order()
    order.content = .keys(keys)
    if let bytes = order.encoded?.array { #expect(Order(decoding: bytes.span) == nil) }
    let message: [UInt8] = [0x0B, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(LinkMessage(decoding: message.span) == nil)
  }

  @Test func `no key, id or name of anyone is on the line in clear (SR-112, H-67)`() throws {
    let pump = try TestPump.started()
    let status = try #require(LinkMessage.status.encoded).array
    var seen: [UInt8] = []
    for way in [Way.remote, .bedside] {
      var line = try Line(pump, .person(prescriber, [status], way))
      line.run()
      #expect(line.replies.count == 1)
      seen += line.recorded.flatMap { $0 } + line.heardFrames
    }
    let crypto = Clinic.crypto
    let secrets = Clinic.secrets
    for named in [
      secrets.id.array, crypto.x25519PublicKey(of: secrets.sessionKey).array,
      crypto.ed25519PublicKey(of: secrets.signingSeed).array,
      crypto.x25519PublicKey(of: prescriber.session).array, prescriber.certificate.key.array,
      prescriber.certificate.name.array, Bytes16(of: prescriber.certificate.key, crypto).array,
    ] {
      let parts = (0...seen.count - 8).contains {
        Array(seen[$0..<$0 + 8]) == Array(named.prefix(8))
      }
      #expect(!parts)
    }
  }

  @Test
  func
    `a pump that knows no clinic takes one from who has the pairing code, and from nobody else (SR-108, H-64)`()
    throws
  {
    let pump = try TestPump.blank()
    let message = try TestPump.message(
      pump.order(.commission, by: [prescriber]),
      by: [prescriber]
    )
    for way in [Way.remote, .bedside] {
      var caller = Caller.person(prescriber, [message], way)
      caller.isIntroducedByHand = true
      var line = try Line(pump, caller)
      line.run()
      #expect(!line.pump.isCommissioned)
    }
    var caller = Caller.person(prescriber, [message], .bedside)
    caller.pattern = .xxpsk3
    caller.secret = Clinic.secrets.pairing
    var line = try Line(pump, caller)
    line.run()
    #expect(line.pump.isCommissioned)
  }
}
