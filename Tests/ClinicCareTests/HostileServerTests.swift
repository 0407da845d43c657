import Foundation
import Ledger
import PumpCore
import PumpLink
import PumpLinkCrypto
import PumpTesting
import Quantities
import Testing
import Therapy
import VirtualPump

@testable import Clinic

/// The clinic's server in the hands of somebody else: with its database, its keys, its code and a relay that
/// obeys, against a real virtual pump.
@Suite(.timeLimit(.minutes(4)))
struct HostileServerTests {
  /// What the server has: orders that were signed for this pump and for another, and a draft half signed.
  struct Loot {
    var signed: [[UInt8]] = []
    var ofAnotherPump: [[UInt8]] = []
    var halfSigned: [UInt8] = []
    var drafts: [[UInt8]] = []
  }

  /// A clinic's day: orders signed and applied, one for another pump, one that a second person would not sign.
  private static func day() async throws -> (ward: Ward, pump: CarriedPump, loot: Loot) {
    let ward = try await Ward()
    let pump = try await ward.linked()
    var loot = Loot()
    for (way, order, people) in [
      (LinkWay.near, OrderLifeTests.suspend, [People.nurse]),
      (.near, #"{"do":"resume"}"#, [People.prescriber]),
      (.remote, OrderLifeTests.program("0.48 mL/d"), [People.prescriber]),
    ] {
      let (line, rounds, _) = try await ward.line(way)
      try await pump.carry(line)
      _ = await rounds.round()
      let life = try await ward.drafted(order, way: way == .near ? "bedside" : "remote")
      var bytes = SignedOrder.bytes(life.draft.bytes)
      loot.drafts.append(bytes)
      for person in people { bytes = try person.sign(bytes) }
      loot.signed.append(bytes)
      guard await ward.signed(bytes).status == 303, await rounds.round() else {
        throw NotMade("an order of the day")
      }
      await pump.stop()
      ward.time.pass(.hour)
    }
    let (line, rounds, _) = try await ward.line(.remote)
    try await pump.carry(line)
    ward.time.pass(25 * .hour)
    _ = await rounds.round()
    let life = try await ward.drafted(OrderLifeTests.program("0.5 mL/d"), way: "remote")
    loot.halfSigned = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    loot.drafts.append(SignedOrder.bytes(life.draft.bytes))
    let other = try TestPump.started(0xC8)
    let content = [OrderContent.program(TestPump.program(900_000)), .safeRate, .suspend(.hour)]
    for content in content {
      let order = other.order(content, by: [People.prescriber, People.colleague])
      loot.ofAnotherPump.append(order.encoded?.octets ?? [])
    }
    return (ward, pump, loot)
  }

  @Test
  func
    `a server with its own database, keys and code changes nothing that a pump delivers (SR-100, SR-102, SR-105, H-62, H-72)`()
    async throws
  {
    let (ward, pump, loot) = try await Self.day()
    await pump.keepTwin()
    let sequence = await pump.lastSequence
    var random = Seeded(seed: 20_261_121)
    var (sent, answered, receipts) = (0, 0, 0)
    for way in [LinkWay.remote, .near] {
      for _ in 0..<12 {
        let (line, _, _) = try await ward.line(way)
        try await pump.carry(line)
        for _ in 0..<40 {
          let message = try Self.shot(loot, sequence, way, &random)
          sent += 1
          do throws(LineFailure) {
            if case .receipt(let receipt) = try await line.ask(message) {
              receipts += 1
              // Old receipts may come again, of what was applied in its time; none is new but a refusal.
              let isOld = loot.signed.contains {
                Order(decoding: $0.span)?.hash(People.crypto) == receipt.hash
              }
              #expect(receipt.outcome == .refused || isOld)
            }
            answered += 1
          } catch {}
        }
        await pump.stop()
        await line.close()
        ward.time.pass(.hour)
      }
    }
    let attacked = await pump.therapy()
    let untouched = await pump.therapyOfTwin()
    print(
      "hostile server: \(sent) messages, \(answered) answered, \(receipts) receipts, 0 acts; 3/n = \(3.0 / Double(answered))"
    )
    #expect(answered > 200)
    #expect(attacked == untouched)
    #expect(await pump.lastSequence == sequence)
  }

  /// Something forged, altered, old, of another pump, or of its own.
  private static func shot(
    _ loot: Loot,
    _ sequence: UInt64,
    _ way: LinkWay,
    _ random: inout Seeded
  ) throws -> [UInt8] {
    let signed = loot.signed[random.pick(0...loot.signed.count - 1)]
    let everyone = People.pair(People.prescriber.certificate, People.colleague.certificate)
    switch random.pick(0...8) {
    case 0: return try message(signed, everyone)
    case 1:
      var bytes = signed
      bytes[random.pick(0...bytes.count - 1)] ^= UInt8(random.pick(1...255))
      return try message(bytes, everyone)
    case 2: return try message(try forged(sequence, &random), everyone)
    case 3:
      let other = loot.ofAnotherPump[random.pick(0...loot.ofAnotherPump.count - 1)]
      var bytes = other
      // As it is, or with this pump's id in its place.
      if random.pick(0...1) == 0 { bytes.replaceSubrange(16..<32, with: signed[16..<32]) }
      return try message(bytes, everyone)
    case 4:
      // One signature where two are asked for; or the same one twice.
      var bytes = loot.halfSigned
      if random.pick(0...1) == 0 {
        guard var order = Order(decoding: bytes.span) else { throw NotMade("an order") }
        _ = order.append(order.signature(0))
        bytes = order.encoded?.octets ?? bytes
      }
      return way == .remote ? try message(bytes, everyone) : [0x02]
    case 5:
      // The signature of one order under another draft.
      let draft = loot.drafts[random.pick(0...loot.drafts.count - 2)]
      guard var order = Order(decoding: draft.span), let from = Order(decoding: signed.span) else {
        throw NotMade("an order")
      }
      order.sequence = sequence + 1
      _ = order.append(from.signature(0))
      return try message(order.encoded?.octets ?? draft, everyone)
    case 6:
      var revocation = Revocation()
      revocation.number = 9
      _ = revocation.append(Bytes16(of: People.prescriber.certificate.key, People.crypto))
      revocation.signature =
        revocation.signature(by: People.server.session, People.crypto) ?? KeySignature()
      let acts: [LinkMessage] = [
        .emergency(.safeRate), .emergency(.suspend(.hour)), .receiptAt(age: 0), .status,
        .revocation(revocation), .journal(from: 0), .challenge,
        .introduce(People.pair(People.prescriber.sessionCertificate), challenge: Bytes32()),
      ]
      return acts[random.pick(0...acts.count - 1)].encoded?.octets ?? []
    case 7:
      var request = Request()
      request.pump = TestPump.secrets(0xC1).id
      request.nonce = Bytes16(repeating: UInt8(random.pick(0...255)))
      request.notAfter = PumpTime(milliseconds: 3_000_000_000_000)
      let contents: [RequestContent] = [.cancelBolus, .patientDose]
      request.content = contents[random.pick(0...contents.count - 1)]
      request.signature =
        request.signature(by: People.server.session, People.crypto) ?? KeySignature()
      guard let bytes = request.encoded,
        let message = LinkMessage.request(everyone, bytes).encoded
      else { throw NotMade("a request") }
      return message.octets
    default: return (0..<random.pick(1...300)).map { _ in UInt8(random.pick(0...255)) }
    }
  }

  /// An order of the server's own, signed with every key that it has, under its own name or a prescriber's.
  private static func forged(_ sequence: UInt64, _ random: inout Seeded) throws -> [UInt8] {
    let contents: [OrderContent] = [
      .program(TestPump.program(2_000_000)), .safeRate, .resume, .suspend(.hour), .mri(.hour),
      .clinicianBolus(Volume(nanolitres: 400_000), over: .hour), .clearOverDelivery,
    ]
    var order = Order()
    order.pump = TestPump.secrets(0xC1).id
    order.sequence = sequence + UInt64(random.pick(1...5))
    order.notAfter = PumpTime(milliseconds: 500_000_000)
    order.content = contents[random.pick(0...contents.count - 1)]
    let seeds = [People.server.session, People.stranger.seed, Bytes32(repeating: 7)]
    for _ in 0..<random.pick(1...2) {
      let seed = seeds[random.pick(0...seeds.count - 1)]
      var signature = order.signature(by: seed, People.crypto) ?? KeySignature()
      if random.pick(0...1) == 0 {
        signature.key = Bytes16(of: People.prescriber.certificate.key, People.crypto)
      }
      _ = order.append(signature)
    }
    return order.encoded?.octets ?? []
  }

  private static func message(
    _ order: [UInt8],
    _ certificates: CertificatePair
  ) throws -> [UInt8] {
    guard let bytes = WireBytes(order.span),
      let message = LinkMessage.order(certificates, bytes).encoded
    else { throw NotMade("a message") }
    return message.octets
  }

  @Test
  func
    `signatures and certificates that somebody wrote into the database bring no order to a pump (SR-100, H-72)`()
    async throws
  {
    let (ward, pump, _) = try await Self.day()
    let life = try #require(try await ward.record().orders.last)
    let stream = TherapyText.stream(Ward.patient)
    let version = Int64(try await ward.record().position)
    // A signature of nobody, for each of two prescribers; then queued, as if all had been in order.
    var events: [TherapyEvent] = []
    for person in [People.prescriber, People.colleague] {
      let signature = try #require(SignedOrder.base64([UInt8](repeating: 5, count: 64)))
      events.append(
        .orderSigned(
          OrderSignature(
            order: life.draft.order,
            signer: CertificateBook.person(person.certificate.name),
            role: .physician,
            signature: signature
          )
        )
      )
    }
    events.append(.orderQueued(OrderQueued(order: life.draft.order)))
    let drafts = try events.enumerated().map { place, event in
      EventDraft(
        id: "forged-\(place)",
        time: ward.clock.therapy(),
        who: "account-1",
        what: event.kind?.rawValue ?? "",
        payload: try TherapyText.payload(event)
      )
    }
    _ = try await ward.ledger.append(drafts, to: stream, expecting: .exactly(version))
    // A certificate of the thief's own root, in the stream of certificates.
    let file = Data(People.stranger.certificate.encoded?.octets ?? []).base64EncodedString()
    let forged = EventDraft(
      id: "forged-certificate",
      time: ward.clock.security(),
      who: "account-1",
      what: CertificateBook.what,
      payload: Array("\"\(file)\"".utf8)
    )
    _ = try await ward.ledger.append([forged], to: CertificateBook.stream, expecting: .any)
    let again = try await Ward(ward.ledger, time: ward.time)
    #expect(try await again.record().orders.last?.state == .queued)
    await pump.keepTwin()
    let (line, rounds, keeper) = try await again.line(.remote)
    try await pump.carry(line)
    #expect(await keeper.ordersWaiting(for: line.pump).isEmpty)
    #expect(await rounds.round())
    let key = Bytes16(of: People.stranger.certificate.key, People.crypto)
    #expect(again.care.certificates.certificate(of: key) == nil)
    let after = await pump.therapy()
    let untouched = await pump.therapyOfTwin()
    #expect(after == untouched)
    await pump.stop()
  }

  @Test
  func `a receipt that somebody wrote into the database is not vouched for (SR-101, H-72)`()
    async throws
  {
    let (ward, pump, _) = try await Self.day()
    let record = try await ward.record()
    let life = try #require(record.orders.last)
    var receipt = Receipt()
    receipt.pump = TestPump.secrets(0xC1).id
    receipt.hash = try #require(SignedOrder.hash(of: life.draft.order))
    receipt.outcome = .applied
    receipt.signature = receipt.signature(by: People.server.seed, People.crypto) ?? KeySignature()
    let forged = Therapy.OrderAnswer(
      order: life.draft.order,
      outcome: .applied,
      pumpMilliseconds: 0,
      receipt: try #require(SignedOrder.base64(receipt.encoded?.octets ?? []))
    )
    // As if the pump's true word on another order were its word on this one.
    let other = try #require(record.orders.first?.answer)
    let moved = Therapy.OrderAnswer(
      order: life.draft.order,
      outcome: .applied,
      pumpMilliseconds: other.pumpMilliseconds,
      inForce: other.inForce,
      receipt: other.receipt
    )
    for (number, answer) in [forged, moved].enumerated() {
      let draft = EventDraft(
        id: "forged-answer-\(number)",
        time: ward.clock.therapy(),
        who: "server",
        what: "orderAnswered",
        payload: try TherapyText.payload(TherapyEvent.orderAnswered(answer))
      )
      _ = try await ward.ledger.append(
        [draft],
        to: TherapyText.stream(Ward.patient),
        expecting: .any
      )
      let again = try await Ward(ward.ledger, time: ward.time)
      let shown = try #require(try await again.record().orders.last)
      #expect(shown.state == .applied)
      #expect(again.care.receipt(of: shown, in: try await again.record()) == nil)
      let answer = await again.get(again.path("/orders/\(life.draft.order)"))
      #expect(answer.text.contains(#""isVouchedFor":false"#), "\(answer.text)")
    }
    let good = try #require(record.orders.first)
    #expect(ward.care.receipt(of: good, in: record) != nil)
    await pump.stop()
  }

  @Test
  func `something else said of a true receipt is not vouched for (SR-101, H-72)`() async throws {
    let (ward, pump, _) = try await Self.day()
    let good = try #require(try await ward.record().orders.first)
    let other = try #require(good.answer)
    // The true receipt, with something else said of it.
    let altered = Therapy.OrderAnswer(
      order: good.draft.order,
      outcome: .refused,
      reason: "step",
      pumpMilliseconds: other.pumpMilliseconds,
      inForce: other.inForce,
      receipt: other.receipt
    )
    let draft = EventDraft(
      id: "forged-answer-2",
      time: ward.clock.therapy(),
      who: "server",
      what: "orderAnswered",
      payload: try TherapyText.payload(TherapyEvent.orderAnswered(altered))
    )
    _ = try await ward.ledger.append([draft], to: TherapyText.stream(Ward.patient), expecting: .any)
    let last = try await Ward(ward.ledger, time: ward.time)
    let shown = try #require(try await last.record().orders.first)
    #expect(shown.state == .refused)
    #expect(last.care.receipt(of: shown, in: try await last.record()) == nil)
    await pump.stop()
  }
}
