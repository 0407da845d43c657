import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic
@testable import VirtualPump

/// An order from its draft to the pump's receipt, through the server and a real virtual pump.
@Suite(.timeLimit(.minutes(2)))
struct OrderLifeTests {
  static let suspend = #"{"do":"suspend","for":"1 h"}"#

  static func program(_ rate: String) -> String {
    #"{"do":"program","program":\#(Ward.program.replacing("0.5 mL/d", with: rate))}"#
  }

  @Test
  func
    `an order is drafted, signed elsewhere, brought, and ended by the receipt alone (SR-100, SR-101)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(Self.suspend)
    #expect(life.state == .drafted)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    let taken = await ward.signed(signed)
    #expect(taken.status == 303, "\(taken.text)")
    #expect(try await ward.record().orders.last?.state == .queued)
    #expect(ward.held.all == [true])
    // An order of the bedside goes by no other way.
    let (remote, _, keeper) = try await ward.line(.remote)
    #expect(await keeper.ordersWaiting(for: remote.pump).isEmpty)
    #expect(await rounds.round())
    let ended = try #require(try await ward.record().orders.last)
    #expect(ended.state == .applied)
    let record = try await ward.record()
    #expect(ward.care.receipt(of: ended, in: record)?.outcome == .applied)
    #expect(ward.held.all == [true, false])
    #expect(try await ward.record().lastHeard?.state == .halted)
    await pump.stop()
  }

  @Test
  func
    `an answer that is lost leaves the order unknown, and the same bytes end it once (SR-102, H-69)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(Self.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    let before = await keeper.ordersWaiting(for: line.pump)
    // The pump takes it, and its answer is lost with the line.
    try await keeper.record(.sending(order: life.draft.order.text), of: line.pump)
    try await pump.change { pump in try Self.bring(before, to: &pump) }
    let sent = try #require(try await ward.record().orders.last)
    guard case .sent = sent.state else { throw NotMade("\(sent.state)") }
    ward.time.pass(3 * .minute)
    let now = await ward.care.records.now
    #expect(sent.standing(at: now, wait: 2 * .minute) == .unknown)
    // Nobody but the pump ends it: not a withdrawal, not time.
    let version = try await ward.record().position
    let withdrawn = await ward.post(
      ward.path("/orders/\(life.draft.order)/withdraw"),
      #"{"reason":"no answer"}"#,
      version: version
    )
    #expect(withdrawn.code == "orderState")
    let again = await keeper.ordersWaiting(for: line.pump)
    #expect(again.map(\.bytes) == before.map(\.bytes) && again.count == 1)
    #expect(await rounds.round())
    #expect(try await ward.record().orders.last?.state == .applied)
    let acts = await pump.lastSequence
    #expect(acts == UInt64(life.draft.sequence))
    #expect(try await ward.record().irregular.isEmpty)
    await pump.stop()
  }

  /// By a session of its own, as another relay would.
  static func bring(_ orders: [QueuedOrder], to pump: inout TestPump) throws {
    for order in orders {
      guard let bytes = WireBytes(order.bytes.span),
        let message = LinkMessage.order(order.certificates, bytes).encoded
      else { throw NotMade("a message") }
      let peer = Peer(role: .clinicServer, name: Bytes16(), way: .bedside, began: pump.now)
      let reply = pump.server.answer(
        message.octets.span,
        from: peer,
        fresh: Bytes32(),
        &pump.pump,
        People.crypto
      )
      guard case .receipt? = LinkReply(decoding: reply.octets.span) else {
        throw NotMade("a receipt")
      }
    }
  }

  @Test
  func `a remote increase waits for two prescribers, then for the pump's delay (SR-101, H-73)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(Self.program("0.53 mL/d"), way: "remote")
    #expect(life.draft.act == .programIncrease)
    let one = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(one).status == 303)
    #expect(try await ward.record().orders.last?.state == .drafted)
    // The same signature again, or the same person's, is no second one.
    #expect(await ward.signed(one).status == 303)
    let twice = try People.prescriber.sign(one)
    #expect(await ward.signed(twice).status == 422)
    let two = try People.colleague.sign(one)
    #expect(await ward.signed(two).status == 303)
    #expect(try await ward.record().orders.last?.state == .queued)
    #expect(await rounds.round())
    let waiting = try #require(try await ward.record().orders.last)
    #expect(waiting.state == .pending, "\(String(describing: waiting.answer?.reason))")
    #expect(ward.held.all == [true, false])
    ward.time.pass(61 * .minute)
    #expect(await rounds.round())
    #expect(try await ward.record().orders.last?.state == .applied)
    #expect(try await ward.record().program?.standing == .receipt)
    await pump.stop()
  }

  @Test
  func `what the pump refuses is told with its reason, and is never shown as done (SR-101)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    // By more than the envelope allows.
    let life = try await ward.drafted(Self.program("0.3 mL/d"), way: "remote")
    let signed = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    #expect(await rounds.round())
    let ended = try #require(try await ward.record().orders.last)
    #expect(ended.state == .refused)
    #expect(ended.answer?.reason?.hasPrefix("envelope (step)") == true)
    #expect(try await ward.record().program?.standing == .byHand)
    await pump.stop()
  }

  @Test
  func `an order is taken back until it is queued, and not after`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(Self.suspend)
    let path = ward.path("/orders/\(life.draft.order)/withdraw")
    let answer = await ward.post(path, #"{"reason":"not needed"}"#)
    #expect(answer.status == 200, "\(answer.text)")
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 409)
    #expect(try await ward.record().orders.last?.state == .withdrawn)
    let (waiting, _) = (try await ward.line(.near).2, 0)
    #expect(await waiting.ordersWaiting(for: line.pump).isEmpty)
    await pump.stop()
  }

  @Test
  func
    `only the bytes of a draft, signed by people whom the root certified, are taken (SR-100, H-62)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(Self.suspend)
    let bytes = SignedOrder.bytes(life.draft.bytes)
    #expect(await ward.signed(bytes).status == 422)
    #expect(await ward.signed(try People.stranger.sign(bytes)).status == 422)
    let good = try People.nurse.sign(bytes)
    var refused = 0
    for place in stride(from: 0, to: good.count, by: 3) {
      var changed = good
      changed[place] ^= 1
      let answer = await ward.signed(changed)
      #expect(answer.status == 404 || answer.status == 422, "byte \(place): \(answer.status)")
      refused += 1
    }
    #expect(try await ward.record().orders.last?.signatures.isEmpty == true)
    #expect(await ward.signed(good).status == 303)
    print(
      "signed orders with a changed byte: \(refused), all refused; 3/n = \(3.0 / Double(refused))"
    )
    await pump.stop()
  }
}
