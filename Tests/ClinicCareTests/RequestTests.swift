import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Testing
import Therapy

@testable import Clinic
@testable import VirtualPump

/// Requests to a pump, from the draft to the pump's own word, over a real virtual pump.
@Suite(.timeLimit(.minutes(2)))
struct RequestTests {
  /// An increase from afar that the pump waits with.
  private static func pending(
    _ ward: Ward,
    _ pump: CarriedPump,
    _ rounds: LineRounds
  ) async throws -> OrderLife {
    let life = try await ward.drafted(OrderLifeTests.program("0.53 mL/d"), way: "remote")
    let one = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    _ = await ward.signed(try People.colleague.sign(one))
    #expect(await rounds.round())
    let waiting = try #require(try await ward.record().orders.last)
    try #require(waiting.state == .pending)
    return waiting
  }

  private static func asked(
    _ ward: Ward,
    _ body: String,
    as role: AccountRole = .nurse,
    key: String = "ask-key-1"
  ) async throws -> RequestLife {
    let answer = await ward.post(ward.path("/requests"), body, as: role, key: key)
    guard answer.status == 200, let life = try await ward.record().requests.last else {
      throw NotMade(answer.text)
    }
    return life
  }

  private static func cancel(_ order: OrderID, way: String = "remote") -> String {
    #"{"act":"cancelPending","order":"\#(order)","way":"\#(way)","reason":"not wanted"}"#
  }

  @Test
  func
    `a pending increase is cancelled by a person's signed request, and the receipts say so (SR-106, H-73)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let order = try await Self.pending(ward, pump, rounds)
    let life = try await Self.asked(ward, Self.cancel(order.draft.order))
    // Nothing goes to the pump on the server's word.
    #expect(await keeper.requestsWaiting(for: line.pump).isEmpty)
    let again = try await Self.asked(ward, Self.cancel(order.draft.order))
    #expect(again.draft == life.draft)
    let other = await ward.post(
      ward.path("/requests"),
      Self.cancel(order.draft.order, way: "bedside"),
      as: .nurse,
      key: "ask-key-1"
    )
    #expect(other.code == "keyTaken", "\(other.text)")
    let bytes = SignedOrder.bytes(life.draft.bytes)
    #expect(await ward.signed(bytes).status == 422)
    #expect(await ward.signed(try People.stranger.sign(request: bytes)).status == 422)
    let signed = try People.nurse.sign(request: bytes)
    for place in stride(from: 0, to: signed.count, by: 7) {
      var changed = signed
      changed[place] ^= 1
      let status = await ward.signed(changed).status
      #expect(status == 404 || status == 422, "byte \(place): \(status)")
    }
    #expect(await ward.signed(signed).status == 303)
    #expect(await ward.signed(signed).status == 303)
    #expect(await rounds.round())
    let record = try await ward.record()
    let ended = try #require(record.requests.last)
    #expect(ended.state == .applied)
    #expect(ward.care.receipt(of: ended, in: record)?.subject == .request)
    #expect(record.orders.last?.state == .cancelled)
    #expect(record.requests.count == 1 && record.irregular.isEmpty)
    // Not pending any more: the pump is not asked the same again.
    let late = await ward.post(ward.path("/requests"), Self.cancel(order.draft.order), as: .nurse)
    #expect(late.code == "orderState", "\(late.text)")
    await pump.stop()
  }

  @Test
  func
    `the page of an increase that waits tells when it takes effect, by the pump's own delay (H-73)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let order = try await Self.pending(ward, pump, rounds)
    let answer = try #require(order.answer)
    let until = try #require(answer.pendingUntilMilliseconds)
    // The envelope's own delay, as nobody chose another.
    #expect(until - answer.pumpMilliseconds == 3_600_000)
    let begins = try #require(order.answeredAt) + TimeSpan.hour
    let page = try await PageOrderTests.ask(
      ward,
      .get,
      "/patients/\(Ward.patient.text)/orders/\(order.draft.order)"
    )
    #expect(page.text.contains("It takes effect at <b>\(begins.words)</b>, unless it is cancelled"))
    await pump.stop()
  }

  @Test
  func
    `a request whose answer is lost is done once, and its receipt is asked for (SR-102, H-69)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let order = try await Self.pending(ward, pump, rounds)
    let life = try await Self.asked(ward, Self.cancel(order.draft.order))
    let signed = try People.nurse.sign(request: SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    let waiting = try #require(await keeper.requestsWaiting(for: line.pump).first)
    try await keeper.record(.asking(request: waiting.id), of: line.pump)
    try await pump.change { pump in try Self.bring(waiting, to: &pump) }
    guard case .sent = try await ward.record().requests.last?.state else { throw NotMade("sent") }
    // Its validity ends before the server hears anything.
    ward.time.pass(3 * .minute)
    #expect(await keeper.requestsWaiting(for: line.pump).isEmpty)
    #expect(await rounds.round())
    #expect(try await ward.record().requests.last?.state == .applied)
    #expect(try await ward.record().orders.last?.state == .cancelled)
    await pump.stop()
  }

  @Test
  func
    `what was never sent lapses after two minutes, and what was sent is unknown, never refused (H-69)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let order = try await Self.pending(ward, pump, rounds)
    let one = try await Self.asked(ward, Self.cancel(order.draft.order))
    ward.time.pass(3 * .minute)
    #expect(
      await ward.signed(try People.nurse.sign(request: SignedOrder.bytes(one.draft.bytes))).status
        == 409
    )
    #expect(await rounds.round())
    #expect(try await ward.record().requests.last?.state == .lapsed)
    let two = try await Self.asked(ward, Self.cancel(order.draft.order), key: "ask-key-2")
    let signed = try People.nurse.sign(request: SignedOrder.bytes(two.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    // Said to be sent, and lost on the way; a repeat comes too late and is refused as expired.
    try await keeper.record(.asking(request: two.draft.request.text), of: line.pump)
    ward.time.pass(3 * .minute)
    #expect(await rounds.round())
    #expect(try await ward.record().requests.last?.state == .unknown)
    #expect(try await ward.record().orders.last?.state == .pending)
    #expect(ward.held.all.last == false)
    await pump.stop()
  }

  @Test
  func
    `an alarm is acknowledged by a person's key; from afar it silences nothing that holds (H-50)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (far, rounds, _) = try await ward.line(.remote)
    let (near, bedside, _) = try await ward.line(.near)
    try await pump.carry(far)
    #expect(await rounds.round())
    ward.time.pass(38 * .day)
    #expect(await rounds.round())
    try #require(try await ward.record().openAlarms.map(\.alarm) == [.reservoirLow])
    func ask(_ way: String, _ key: String) async throws {
      let life = try await Self.asked(
        ward,
        #"{"act":"acknowledge","alarm":"reservoirLow","way":"\#(way)","reason":"seen"}"#,
        as: .physician,
        key: key
      )
      let signed = try People.prescriber.sign(request: SignedOrder.bytes(life.draft.bytes))
      #expect(await ward.signed(signed).status == 303)
    }
    try await ask("remote", "ask-far-1")
    #expect(await rounds.round())
    #expect(try await ward.record().requests.last?.state == .applied)
    #expect(try await Self.kinds(far).filter { $0 == .requestApplied }.count == 1)
    #expect(try await !Self.kinds(far).contains(.alarmAcknowledged))
    await pump.stop()
    try await pump.carry(near)
    try await ask("bedside", "ask-near-1")
    #expect(await bedside.round())
    #expect(try await ward.record().requests.map(\.state) == [.applied, .applied])
    #expect(try await Self.kinds(near).contains(.alarmAcknowledged))
    await pump.stop()
  }

  @Test
  func
    `an order that the pump will not answer stays unknown, is told, and holds up nothing (SR-101, H-70)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(OrderLifeTests.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    // The nurse's key is revoked at the pump, and the server has not heard of it.
    try await pump.change { pump in try Self.revoke(People.nurse, at: &pump) }
    let heard = await ward.care.records.live(Ward.patient)?.heardAt
    ward.time.pass(.minute)
    #expect(await rounds.round())
    let away = try #require(try await ward.record().orders.last)
    guard case .sent = away.state else { throw NotMade("\(away.state)") }
    #expect(away.turnedAway == "revoked")
    #expect(try #require(await ward.care.records.live(Ward.patient)?.heardAt) > (heard ?? .latest))
    #expect(await ward.care.records.today().items.map(\.kind).contains(.orderTurnedAway))
    #expect(await keeper.ordersWaiting(for: line.pump).isEmpty)
    let version = try await ward.record().position
    #expect(await rounds.round())
    #expect(try await ward.record().position == version)
    // A restart asks again at once; the pump still will not, and that is no second event.
    let (_, again, _) = try await ward.line(.near)
    let before = await pump.lastSequence
    await pump.stop()
    try await pump.carry(again.line)
    #expect(await again.round())
    #expect(try await ward.record().orders.last?.state == away.state)
    #expect(await pump.lastSequence == before)
    await pump.stop()
  }

  @Test
  func `a later try comes after a longer wait, at most an hour`() {
    let backOff = OrderBackOff()
    var (now, waits) = (Int64(0), [Int64]())
    for _ in 0..<9 {
      backOff.refused("o", at: now)
      var wait: Int64 = 0
      while !backOff.isDue("o", at: now + wait) { wait += 30_000 }
      waits.append(wait / 60_000)
      now += wait
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
    backOff.answered("o")
    #expect(backOff.isDue("o", at: now))
  }

  @Test
  func `a pump that stopped is on the list of today, with why and since when (SR-088, H-50)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(OrderLifeTests.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    #expect(await rounds.round())
    #expect(try await ward.record().halts.map(\.reason) == [.suspended])
    let items = await ward.care.records.today().items
    let paused = try #require(items.first { $0.kind == .pumpPaused })
    let now = await ward.care.records.now
    #expect(paused.about == "suspended" && now - paused.at < .minute)
    ward.time.pass(2 * .hour)
    #expect(await rounds.round())
    #expect(try await ward.record().halts.isEmpty)
    #expect(await !ward.care.records.today().items.contains { $0.kind == .pumpPaused })
    // Empty, and nobody ordered that.
    ward.time.pass(60 * .day)
    #expect(await rounds.round())
    #expect(try await ward.record().halts.map(\.reason) == [.empty])
    #expect(await ward.care.records.today().items.contains { $0.kind == .pumpStopped })
    await pump.stop()
  }

  /// What the pump's journal holds, in its order.
  private static func kinds(_ line: PumpLine) async throws -> [JournalKind] {
    var (kinds, next) = ([JournalKind](), UInt32(0))
    while true {
      let page = try await line.journal(from: next)
      kinds += page.map(\.kind)
      guard page.count == JournalPage.capacity, let last = page.last else { return kinds }
      next = last.sequence + 1
    }
  }

  // MARK: A pump by a session of its own

  private static func bring(_ request: QueuedOrder, to pump: inout TestPump) throws {
    guard let bytes = WireBytes(request.bytes.span) else { throw NotMade("bytes") }
    guard case .receipt? = try answer(.request(request.certificates, bytes), &pump) else {
      throw NotMade("a receipt")
    }
  }

  private static func revoke(_ person: Person, at pump: inout TestPump) throws {
    var list = Revocation()
    list.number = 1
    let key = People.crypto.ed25519PublicKey(of: person.seed)
    guard list.append(Bytes16(of: key, People.crypto)) else { throw NotMade("a list") }
    list.signature = list.signature(by: People.root, People.crypto) ?? KeySignature()
    guard case .taken? = try answer(.revocation(list), &pump) else { throw NotMade("taken") }
  }

  private static func answer(_ message: LinkMessage, _ pump: inout TestPump) throws -> LinkReply? {
    guard let bytes = message.encoded else { throw NotMade("a message") }
    let peer = Peer(role: .clinicServer, name: Bytes16(), way: .remote, began: pump.now)
    let reply = pump.server.answer(
      bytes.octets.span,
      from: peer,
      fresh: Bytes32(),
      &pump.pump,
      People.crypto
    )
    return LinkReply(decoding: reply.octets.span)
  }
}
