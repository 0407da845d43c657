import PumpCore
import PumpTesting
import Quantities
import Testing

@testable import PumpLink

/// One object has one encoding (SR-100).
struct CodecTests {
  private static func again<Object: WireObject>(_ object: Object) -> String? {
    guard let bytes = object.encoded?.array else { return "it does not encode" }
    guard let read = Object(decoding: bytes.span) else { return "its own bytes are refused" }
    return read.encoded?.array == bytes ? nil : "it is encoded otherwise"
  }

  @Test func `decode and encode give the same bytes (SR-100)`() {
    let orders = Campaign(name: "orders there and back", seed: 41, cases: 1_500)
    #expect(orders.firstFailure { Self.again($0.order()) } == nil)
    let requests = Campaign(name: "requests there and back", seed: 42, cases: 500)
    #expect(requests.firstFailure { Self.again($0.request()) } == nil)
  }

  @Test func `whatever else is read encodes to the very bytes that were read (SR-100)`() {
    let law = Campaign(name: "damaged orders", seed: 43, cases: 6_000)
    var whole = 0
    let failure = law.firstFailure { random in
      guard var bytes = random.order().encoded?.array else { return "it does not encode" }
      switch random.pick(0...3) {
      case 0: bytes.removeLast(random.pick(1...bytes.count))
      case 1: bytes.append(UInt8(truncatingIfNeeded: random.next()))
      default:
        for _ in 0..<random.pick(1...3) {
          bytes[random.pick(16...bytes.count - 1)] = UInt8(truncatingIfNeeded: random.next())
        }
      }
      guard let read = Order(decoding: bytes.span) else { return nil }
      whole += 1
      return read.encoded?.array == bytes ? nil : "two encodings of one order"
    }
    #expect(failure == nil)
    print("damaged orders: \(whole) of them were whole orders still")
    #expect(whole > 100)
  }

  @Test func `what is not canonical is malformed (SR-100)`() throws {
    var random = Seeded(seed: 44)
    var order = random.order()
    order.content = .refill(
      RefillContent(
        aspirated: .zero,
        fill: Volume(nanolitres: 1),
        mixture: .baclofen,
        program: nil
      )
    )
    let good = try #require(order.encoded?.array)
    #expect(Order(decoding: good.span) != nil)
    // Behind the header: kind, aspirated, fill, count, drug, concentration, flag.
    let header = 16 + 16 + 8 + 32 + 8 + 8
    for (place, value) in [
      (0, 0x58), (header, 0), (header, 15), (header + 8, 0x80), (header + 16, 0xFF),
      (header + 17, 9), (header + 30, 2),
    ] as [(Int, UInt8)] {
      var bytes = good
      bytes[place] = value
      #expect(Order(decoding: bytes.span) == nil, "byte \(place)")
    }
    var twice = DrugAmounts()
    #expect(twice.append(5, 1) && !twice.append(5, 1) && !twice.append(4, 1))
    order.notAfter = PumpTime(milliseconds: order.notBefore.milliseconds - 1)
    #expect(order.encoded == nil)
    for length in 0..<good.count {
      #expect(Order(decoding: good.span.extracting(0..<length)) == nil)
    }
  }

  @Test func `the longest order and the longest reply fit a message`() throws {
    var schedule = Schedule()
    for _ in 0..<7 {
      try schedule.beginPattern()
      for step in 0..<48 {
        try schedule.addStep(minute: step * 30, rate: FlowRate(nanolitresPerDay: 100_000))
      }
    }
    for day in 0..<7 { try schedule.setPattern(day, ofDay: day) }
    var random = Seeded(seed: 1)
    var amounts = DrugAmounts()
    for drug in 1...8 { _ = amounts.append(UInt32(drug), 1) }
    var content = ProgramContent.basal(.scheduled)
    content.program.schedule = schedule
    content.program.patientDose = ProgramContent.doses
    content.program.prime = Prime(volume: random.volume(), over: random.span())
    content.program.bridge = Bridge(rate: random.rate(), volume: random.volume())
    content.doseLimits = amounts
    var order = random.order()
    order.content = .refill(
      RefillContent(aspirated: .zero, fill: .zero, mixture: amounts, program: content)
    )
    while order.append(random.signature()) {}
    let bytes = try #require(order.encoded)
    let people = TestClinic.certificates([TestClinic.prescriber, TestClinic.nurse])
    let message = try #require(LinkMessage.order(people, bytes).encoded)
    print("longest order: \(bytes.count) bytes, in its message \(message.count)")
    #expect(LinkMessage(decoding: message.array.span) != nil)

    var page = JournalPage()
    for number in 1...200 {
      var record = JournalRecord.empty
      record.sequence = UInt32(number)
      page.add(record, from: 50)
    }
    #expect(page.count == JournalPage.capacity && page[0].sequence == 50)
    let reply = LinkReply.journal(page).encoded
    print("longest reply: \(reply.count) bytes")
    #expect(LinkReply(decoding: reply.array.span) != nil)
  }

  @Test func `any bytes are answered without a trap (SR-100)`() throws {
    var world = try World.started()
    var random = Seeded(seed: 45)
    let peer = TestClinic.peer(.prescriber, .bedside, at: world.now)
    var refused = 0
    for _ in 0..<4_000 {
      var bytes = (0..<random.pick(0...300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      if !bytes.isEmpty, random.once(in: 2) { bytes[0] = UInt8(random.pick(1...11)) }
      if case .refused = world.answer(bytes, from: peer) { refused += 1 }
    }
    print("random messages: 4000, \(refused) refused")
    #expect(refused > 3_000)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
  }
}
