import OrderText
import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic
@testable import VirtualPump

/// What a pump says, in the record and on the work list.
@Suite(.timeLimit(.minutes(2)))
struct PumpWordsTests {
  @Test
  func `statuses are recorded sparsely, and the newest is at hand with its age (SR-114, H-70)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line()
    try await pump.carry(line)
    #expect(await rounds.round())
    let version = try await ward.record().position
    for _ in 0..<3 {
      ward.time.pass(15 * .minute)
      #expect(await rounds.round())
    }
    #expect(try await ward.record().position == version)
    ward.time.pass(20 * .minute)
    let now = await ward.care.records.now
    let live = try #require(await ward.care.records.live(Ward.patient))
    #expect(live.age(at: now) >= 20 * .minute && live.age(at: now) < 21 * .minute)
    #expect(await rounds.round())
    #expect(try await ward.record().position == version + 1)
    let shown = await ward.get(ward.path("/live"))
    #expect(shown.status == 200 && shown.text.contains(#""state":"running""#), "\(shown.text)")
    await pump.stop()
  }

  @Test
  func `daily totals and alarms come from the journal, each entry once (H-71)`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line()
    try await pump.carry(line)
    #expect(await rounds.round())
    let first = try await ward.record().deliveries.count
    for _ in 0..<3 {
      ward.time.pass(.day)
      #expect(await rounds.round())
    }
    let totals = try await ward.record().deliveries
    #expect(totals.count == first + 3)
    let last = try #require(totals.last)
    #expect(abs(last.delivered.nanolitres - 500_000) <= 2_000, "\(last)")
    #expect(abs(last.ordered.nanolitres - 500_000) <= 2_000, "\(last)")
    // Until the reservoir is low, which the pump calls for.
    ward.time.pass(35 * .day)
    #expect(await rounds.round())
    #expect(try await ward.record().openAlarms.map(\.alarm) == [.reservoirLow])
    let kinds = await ward.care.records.today().items.map(\.kind)
    #expect(kinds.contains(.alarmMedium), "\(kinds)")
    // A second server reads on where the first one was.
    let again = try await Ward(ward.ledger, time: ward.time)
    let (line2, rounds2, _) = try await again.line()
    await pump.stop()
    try await pump.carry(line2)
    #expect(await rounds2.round())
    let record = try await again.record()
    #expect(record.alarms.count == 1 && record.irregular.isEmpty)
    #expect(Set(record.deliveries.map(\.day)).count == record.deliveries.count)
    let seen = await again.post(again.path("/alarms/reservoirLow/acknowledge"), "{}", as: .nurse)
    #expect(seen.status == 200, "\(seen.text)")
    #expect(try await again.record().alarms.last?.acknowledgedBy != nil)
    await pump.stop()
  }

  @Test
  func `the journal is kept as the pump said it, the newest first, each entry once (H-71)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line()
    try await pump.carry(line)
    for _ in 0..<3 {
      #expect(await rounds.round())
      ward.time.pass(.day)
    }
    guard case .linked(let link) = try await ward.record().link else {
      Issue.record("not linked")
      return
    }
    let entries = try await ward.care.records.journalEntries(of: link.pump, most: 200)
    let numbers = entries.map(\.sequence)
    #expect(numbers == numbers.sorted(by: >) && Set(numbers).count == numbers.count)
    #expect(numbers.last == 1)
    let days = entries.filter { JournalWords(entry: $0).what == "Daily volume" }
    // Two days went by before the clinic listened, and two since.
    #expect(days.count == 4, "\(entries)")
    #expect(days.allSatisfy { JournalWords(entry: $0).about.hasSuffix("mL since commissioning") })
    let few = try await ward.care.records.journalEntries(of: link.pump, most: 2)
    #expect(few == Array(entries.prefix(2)))
    let told = await ward.get(ward.path("/journal"))
    #expect(told.status == 200 && told.text.contains(#""sequence":1"#), "\(told.text)")
    let page = try await PageOrderTests.ask(ward, .get, "/patients/\(Ward.patient.text)/pump")
    #expect(page.html.contains("Daily volume") && page.html.contains("Commissioned"))
    await pump.stop()
  }

  @Test
  func `what a pump only counts makes no form old, and an alarm does (H-70, H-76)`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line()
    try await pump.carry(line)
    #expect(await rounds.round())
    let version = try await ward.record().position
    ward.time.pass(2 * .day)
    #expect(await rounds.round())
    #expect(try await ward.record().position > version)
    let one = await ward.post(ward.path("/contact"), #"{"phone":"1"}"#, version: version)
    #expect(one.status == 200, "\(one.text)")
    let later = try await ward.record().position
    ward.time.pass(35 * .day)
    #expect(await rounds.round())
    let two = await ward.post(ward.path("/contact"), #"{"phone":"2"}"#, version: later)
    #expect(two.status == 412 && two.text.contains("alarmRaised by server"), "\(two.text)")
    await pump.stop()
  }

  @Test
  func `a receipt that the pump did not sign is no word of the pump's (SR-101, H-72)`() async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(OrderLifeTests.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    var receipt = Receipt()
    receipt.pump = line.pump.id
    receipt.hash = try #require(SignedOrder.hash(of: life.draft.order))
    receipt.outcome = .applied
    receipt.signature = receipt.signature(by: People.server.seed, People.crypto) ?? KeySignature()
    receipt.signature.key = Bytes16(of: line.pump.signingKey, People.crypto)
    await #expect(throws: (any Error).self) {
      try await keeper.record(
        .answered(order: life.draft.order.text, .receipt(receipt)),
        of: line.pump
      )
    }
    #expect(try await ward.record().orders.last?.state == .queued)
    await pump.stop()
  }

  @Test
  func `a linked pump is asked and brought its orders by the server's own work`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let work = Task { await ward.care.work() }
    defer { work.cancel() }
    let name = Hex.text(TestPump.secrets(0xC1).id.octets)
    for _ in 0..<300 where ward.lines[name, .near] == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
    try await pump.carry(try #require(ward.lines[name, .remote]))
    for _ in 0..<500 where await ward.care.records.live(Ward.patient) == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
    // The first page of the journal tells halts, which make a form old: until nothing comes any more.
    var (seen, still) = (-1, 0)
    while still < 30 {
      let position = try await ward.record().position
      (seen, still) = position == seen ? (seen, still + 1) : (position, 0)
      try await Task.sleep(for: .milliseconds(10))
    }
    let life = try await ward.drafted(OrderLifeTests.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    // The remote line is there, and takes no order of the bedside.
    try await Task.sleep(for: .milliseconds(300))
    #expect(try await ward.record().orders.last?.state == .queued)
    await pump.stop()
    try await pump.carry(try #require(ward.lines[name, .near]))
    for _ in 0..<600 {
      if try await ward.record().orders.last?.state == .applied { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(try await ward.record().orders.last?.state == .applied)
    await pump.stop()
  }
}
