import Clinic
import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

/// A queue and a record that a test looks into.
actor TestDesk: LineDesk {
  private(set) var waiting: [QueuedOrder] = []
  private(set) var news: [String] = []
  private(set) var receipts: [Receipt] = []
  private(set) var entries: [UInt32] = []
  private var refuses = 0

  func queue(_ order: QueuedOrder) { waiting.append(order) }

  /// So many answers cannot be recorded.
  func refuse(_ count: Int) { refuses = count }

  func ordersWaiting(for pump: CalledPump) -> [QueuedOrder] { waiting }

  func nextJournalSequence(of pump: CalledPump) -> UInt32 { entries.last.map { $0 + 1 } ?? 0 }

  func record(_ item: LineNews, of pump: CalledPump) throws {
    switch item {
    case .sending: news.append("sending")
    case .asking: news.append("asking")
    case .asked: news.append("asked")
    case .unknown: news.append("unknown")
    case .status: news.append("status")
    case .failed(let failure): news.append(failure.word)
    case .journal(let records):
      news.append("journal")
      entries += records.map(\.sequence)
    case .answered(let order, let answer):
      if refuses > 0 {
        refuses -= 1
        throw NotMade("the disk is full")
      }
      if case .receipt(let receipt) = answer { receipts.append(receipt) }
      news.append("answered")
      waiting.removeAll { $0.id == order }
    }
  }
}

/// The rounds of a clinic at a pump that is served on sockets.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct RoundsTests {
  private func rate(_ clinic: ServedClinic, _ pump: ServedPump) async throws -> QueuedOrder {
    let status = try await clinic.remote.status()
    let bytes = try Ward.order(
      .safeRate,
      for: pump.id,
      after: status.inForce,
      at: status[.demand].time
    )
    return QueuedOrder(id: "o-1", bytes: bytes, certificates: Ward.pair(Ward.prescriberSigns))
  }

  private func until(_ desk: TestDesk, _ word: String) async throws {
    for _ in 0..<1_500 where await !desk.news.contains(word) {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test
  func `an order is recorded as sent before it is, and ended by the pump's receipt alone (SR-101)`()
    async throws
  {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    let desk = TestDesk()
    await desk.queue(try await rate(clinic, pump))
    let rounds = Task { await LineRounds(clinic.remote, desk, ServedClinic.clock).run() }
    defer { rounds.cancel() }
    try await until(desk, "journal")
    #expect(await desk.news.prefix(4) == ["sending", "answered", "status", "journal"])
    #expect(await desk.receipts.map(\.outcome) == [.applied])
    let entries = await desk.entries
    #expect(entries == entries.sorted() && Set(entries).count == entries.count)
    #expect(entries.first == 0 || entries.first == 1)
  }

  @Test
  func `an order whose answer is lost is brought again, and applied once (SR-102, H-69)`()
    async throws
  {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    let desk = TestDesk()
    let order = try await rate(clinic, pump)
    await desk.queue(order)
    // The relay ends somewhere around the moment at which the order is on its way.
    let ending = Task {
      try await until(desk, "sending")
      try await Task.sleep(for: .milliseconds(2))
      relay.cancel()
    }
    let rounds = Task { await LineRounds(clinic.remote, desk, ServedClinic.clock).run() }
    defer { rounds.cancel() }
    try await ending.value
    await relay.value
    let second = try await clinic.relay(pump)
    defer { second.cancel() }
    for _ in 0..<3_000 where await desk.receipts.isEmpty {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(await desk.receipts.map(\.outcome) == [.applied])
    #expect(await desk.waiting.isEmpty)
    try await until(desk, "status")
    // A quick pump answers before the first relay ends; then its connection ends under this question.
    var sequence = (try? await clinic.remote.status())?.inForce.sequence
    for _ in 0..<1_000 where sequence == nil {
      try await Task.sleep(for: .milliseconds(10))
      sequence = (try? await clinic.remote.status())?.inForce.sequence
    }
    #expect(sequence == 3)
  }

  @Test
  func `an answer that cannot be recorded is asked for again (SR-113)`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    let desk = TestDesk()
    await desk.refuse(1)
    await desk.queue(try await rate(clinic, pump))
    let rounds = Task { await LineRounds(clinic.remote, desk, ServedClinic.clock).run() }
    defer { rounds.cancel() }
    try await until(desk, "status")
    #expect(
      await desk.news.prefix(6)
        == ["sending", "unknown", "unknown", "sending", "answered", "status"]
    )
    #expect(await desk.receipts.map(\.outcome) == [.applied])
  }
}
