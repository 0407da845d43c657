import OrderText
import PumpCore
import PumpLink
import Quantities
import Therapy

/// The clinic's side of one line: which orders go by this way, and what the pump's words mean for the record.
///
/// Nothing is concluded from a message that is not recorded first, and a receipt counts only once its
/// signature was found good with the key that was taken down at the bedside (SR-101).
struct PumpKeeper: LineDesk {
  let patient: PatientID
  let link: PumpLinked
  let line: PumpLine
  let records: RecordBook
  let certificates: CertificateBook
  let receipts: ReceiptShelf
  let chance: ClinicChance
  private let backOff = OrderBackOff()

  func ordersWaiting(for pump: CalledPump) async -> [QueuedOrder] {
    // Without a look at the record while there is none, which is most of the time.
    guard let summary = await records.summary(patient), summary.orders.contains(where: isWaiting),
      let record = try? await records.patient(patient)
    else { return [] }
    let (now, wall) = (await records.now, await records.wall)
    var waiting: [QueuedOrder] = []
    for life in record.currentOrders where life.isInFlight && goesHere(life.draft.way) {
      if life.state == .queued, now > life.draft.notAfterAt {
        // Never sent, so it is known that it took no effect.
        await lapse(life)
      } else if backOff.isDue(life.draft.order.text, at: wall),
        let order = SignedOrder.make(life, certificates)
      {
        waiting.append(order)
      }
    }
    return waiting
  }

  func requestsWaiting(for pump: CalledPump) async -> [QueuedOrder] {
    guard let summary = await records.summary(patient), summary.hasOpenRequest,
      let record = try? await records.patient(patient)
    else { return [] }
    let now = await records.now
    var waiting: [QueuedOrder] = []
    for life in record.requests where life.isOpen && goesHere(life.draft.way) {
      if now <= life.draft.notAfterAt {
        if life.isToBring, let made = SignedRequest.make(life, certificates) {
          waiting.append(made)
        }
      } else if life.state == .drafted || life.state == .signed {
        // Never sent, so it is known that it took no effect.
        await lapse(life.draft.request)
      }
    }
    return waiting
  }

  private func lapse(_ id: RequestID) async {
    // It is looked at again in the next round where this could not be recorded.
    _ = try? await records.record(act("lapsed-\(id.text)", [.lapseRequest(id)]))
  }

  private func isWaiting(_ order: PatientSummary.Order) -> Bool {
    switch order.state {
    case .queued, .sent: true
    default: false
    }
  }

  private func goesHere(_ way: OrderWay) -> Bool {
    switch way {
    case .bedside: line.way == .near
    case .remote: line.way == .remote
    }
  }

  private func lapse(_ life: OrderLife) async {
    let id = life.draft.order
    // It is looked at again in the next round where this could not be recorded.
    _ = try? await records.record(act("lapsed-\(id.text)", [.lapseOrder(id)]))
  }

  func nextJournalSequence(of pump: CalledPump) async -> UInt32 {
    await records.journal(of: link.pump).next
  }

  func record(_ news: LineNews, of pump: CalledPump) async throws {
    switch news {
    case .sending(let order):
      guard let id = OrderID(order) else { return }
      _ = try await records.record(act("sent-\(order)", [.markSent(id)]))
    case .answered(let order, .receipt(let receipt)):
      backOff.answered(order)
      try await take(receipt)
    case .answered(let order, .refused(let refusal)): try await turnAway(order, refusal)
    case .asking(let request):
      guard let id = RequestID(request) else { return }
      _ = try await records.record(act("sent-\(request)", [.markRequestSent(id)]))
    case .asked(_, let wasSent, .receipt(let receipt)): try await take(receipt, wasSent: wasSent)
    case .asked(_, _, .refused):
      // No receipt, so no word on it: it is brought again while it is valid, and then asked about.
      break
    case .status(let status): try await take(status)
    case .journal(let entries): try await take(entries)
    case .unknown, .failed:
      // No event: that nothing came is no word of the pump's. Pages tell it by time (SR-113).
      break
    }
  }

  // MARK: What the pump says

  private func take(_ receipt: Receipt) async throws {
    guard let known = KnownPump(link), let bytes = receipt.array else {
      throw LineFailure.unknown("the pump's key is not one")
    }
    let verified = try VerifiedReceipt(bytes: bytes, of: known)
    receipts.keep(verified)
    guard let answer = ReceiptText.answer(verified) else { return }
    let key = "receipt-\(answer.order.text)-\(answer.outcome.rawValue)"
    _ = try await records.record(act(key, [.takeReceipt(answer)]))
  }

  /// Not signed, so not the pump's word on the order: it stays unknown.
  ///
  /// It is brought again, later each time. Whoever looks at the list of today hears that the pump will not answer.
  private func turnAway(_ order: String, _ refusal: Refusal) async throws {
    backOff.refused(order, at: await records.wall)
    guard let id = OrderID(order) else { return }
    let reason = ReceiptText.reason(refusal)
    let told = TherapyCommand.turnAwayOrder(OrderTurnedAway(order: id, reason: reason))
    _ = try await records.record(act(chance.eventID("away"), [told]))
  }

  /// A receipt of a request.
  ///
  /// The refusal of a repeat is left alone: the first one may have been applied, and its receipt been
  /// forgotten since; then it is unknown, and never called refused.
  private func take(_ receipt: Receipt, wasSent: Bool) async throws {
    guard let known = KnownPump(link), let bytes = receipt.array else {
      throw LineFailure.unknown("the pump's key is not one")
    }
    let verified = try VerifiedReceipt(bytes: bytes, of: known)
    guard let answer = ReceiptText.requestAnswer(verified), answer.isApplied || !wasSent else {
      return
    }
    _ = try await records.record(
      act("receipt-\(answer.request.text)", [.takeRequestReceipt(answer)])
    )
  }

  private func take(_ status: PumpStatus) async throws {
    let now = await records.now
    let live = LiveStatus(
      pump: link.pump,
      status: status,
      heardAt: now,
      heardAtWall: await records.wall
    )
    await records.hear(live, patient)
    let heard = TherapyCommand.hearStatus(StatusText.heard(status, at: now))
    var steps = act(chance.eventID("status"), [heard])
    // A pump's clock that went back, after a repair, is no reason to stop listening.
    steps.skipsRefused = true
    _ = try await records.record(steps)
    try await settlePending(status)
    try await settleRequests()
  }

  /// A request that was sent and whose two minutes are over: the pump has its receipt, or nobody knows.
  private func settleRequests() async throws {
    guard let summary = await records.summary(patient), summary.hasOpenRequest else { return }
    let (record, now) = (try await records.patient(patient), await records.now)
    for life in record.requests where goesHere(life.draft.way) && now > life.draft.notAfterAt {
      guard case .sent = life.state, let hash = SignedRequest.hash(of: life.draft.request) else {
        continue
      }
      if let receipt = try await line.receipt(of: hash) {
        try await take(receipt, wasSent: true)
      } else {
        await lapse(life.draft.request)
      }
    }
  }

  /// An order that waited and waits no more: the pump has a receipt that tells what became of it.
  private func settlePending(_ status: PumpStatus) async throws {
    guard let summary = await records.summary(patient) else { return }
    for order in summary.orders where order.state == .pending {
      guard let hash = SignedOrder.hash(of: order.order), status.pending?.hash != hash,
        let receipt = try await line.receipt(of: hash), receipt.outcome != .pending
      else { continue }
      try await take(receipt)
    }
  }

  private func take(_ entries: [JournalRecord]) async throws {
    guard let live = await records.live(patient) else { return }
    let mark = await records.journal(of: link.pump)
    let reading = JournalReading(entries, after: mark, live.status, heardAt: live.heardAt)
    let key = "journal-\(link.pump.text)-\(reading.mark.next)"
    var reads = act(key, reading.commands)
    reads.skipsRefused = true
    reads.beside = [
      try reading.mark.part(
        link.pump,
        after: mark,
        reading.entries,
        key: key,
        at: await records.now
      )
    ]
    _ = try await records.record(reads)
  }

  private func act(_ key: String, _ commands: [TherapyCommand]) -> RecordAct {
    RecordAct(patient, key: key, commands.map { RecordAct.Step($0, by: TherapyText.server) })
  }
}

extension KnownPump {
  /// As the bedside gave it; nothing where a text is no key.
  init?(_ link: PumpLinked) {
    guard let id = Hex.bytes(link.pump.text).flatMap({ Bytes16(octets: $0) }),
      let key = Hex.bytes(link.receiptKey.text).flatMap({ Bytes32(octets: $0) })
    else { return nil }
    self.init(id: id, key: key)
  }
}

extension CalledPump {
  /// With the key of its sessions; nothing where that was not taken down.
  init?(_ link: PumpLinked) {
    guard let known = KnownPump(link),
      let session = link.sessionKey.flatMap({ Hex.bytes($0.text) }).flatMap({ Bytes32(octets: $0) })
    else { return nil }
    self.init(id: known.id, sessionKey: session, signingKey: known.key)
  }
}

extension Bytes16 {
  init?(octets: [UInt8]) {
    guard octets.count == 16 else { return nil }
    self.init()
    for place in 0..<16 { self[place] = octets[place] }
  }
}
