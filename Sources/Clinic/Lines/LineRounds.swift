public import PumpCore
public import PumpLink

/// An order or a request that waits to be brought, or that was brought and not answered.
public struct QueuedOrder: Sendable {
  /// Of whoever keeps the queue.
  public var id: String
  /// As it was signed; the same bytes each time.
  public var bytes: [UInt8]
  /// Of those who signed.
  public var certificates: CertificatePair
  /// Whether it may have been brought before.
  public var wasSent: Bool

  public init(
    id: String,
    bytes: [UInt8],
    certificates: CertificatePair,
    wasSent: Bool = false
  ) {
    self.id = id
    self.bytes = bytes
    self.certificates = certificates
    self.wasSent = wasSent
  }
}

/// What a round brought, to be recorded before anything is concluded from it.
public enum LineNews: Sendable {
  /// The order is about to be sent: recorded first, so that after a crash it counts as sent.
  case sending(order: String)
  case answered(order: String, OrderAnswer)
  /// Sent, and no answer came: it will be brought again.
  case unknown(order: String, String)
  /// A request is about to be sent: recorded first, as an order is.
  case asking(request: String)
  /// What was answered to a request, and whether it may have been brought before.
  case asked(request: String, wasSent: Bool, OrderAnswer)
  case status(PumpStatus)
  /// New entries, oldest first.
  case journal([JournalRecord])
  case failed(LineFailure)
}

/// Whoever keeps a pump's queue and record.
public protocol LineDesk: Sendable {
  /// Orders that are to be brought, in their order.
  func ordersWaiting(for pump: CalledPump) async -> [QueuedOrder]
  /// Requests that are to be brought, in their order; they go before orders, since they wait for no one.
  func requestsWaiting(for pump: CalledPump) async -> [QueuedOrder]
  /// The sequence of the first journal entry that is not recorded yet.
  func nextJournalSequence(of pump: CalledPump) async -> UInt32
  /// Records what came.
  ///
  /// - Throws: where it could not be recorded: nothing is then sent, and it is asked again.
  func record(_ news: LineNews, of pump: CalledPump) async throws
}

extension LineDesk {
  /// A desk that takes no requests.
  public func requestsWaiting(for pump: CalledPump) async -> [QueuedOrder] { [] }

  /// How much there is to bring.
  func countWaiting(for pump: CalledPump) async -> Int {
    await ordersWaiting(for: pump).count + (await requestsWaiting(for: pump).count)
  }
}

/// The rounds at one line: brings orders, asks status and journal, when the schedule says so.
public struct LineRounds: Sendable {
  /// So many pages of the journal in one round; the rest in the next.
  static let pagesMax = 8

  let line: PumpLine
  let desk: any LineDesk
  let clock: ClinicClock
  let pace: PollPace

  public init(
    _ line: PumpLine,
    _ desk: any LineDesk,
    _ clock: ClinicClock,
    pace: PollPace = .standard
  ) {
    self.pace = pace
    self.line = line
    self.desk = desk
    self.clock = clock
  }

  /// Makes rounds until its task is cancelled.
  public func run() async {
    var schedule = PollSchedule(pace: pace)
    while !Task.isCancelled {
      schedule.ordersWaiting = await desk.countWaiting(for: line.pump)
      switch schedule.step(therapy: clock.therapy(), wall: clock.security()) {
      case .wait(let milliseconds):
        do { try await clock.sleep(milliseconds) } catch { return }
      case .ask:
        // What a round brings is of when it began, also where therapy time goes on fast meanwhile.
        let begun = clock.therapy()
        let isHeard = await round()
        schedule.askedAt = clock.security()
        schedule.failures = isHeard ? 0 : schedule.failures + 1
        if isHeard { schedule.heardAt = begun }
      }
    }
  }

  /// One round; false where it could not be ended.
  func round() async -> Bool {
    do {
      for request in await desk.requestsWaiting(for: line.pump) { try await ask(request) }
      for order in await desk.ordersWaiting(for: line.pump) { try await bring(order) }
      try await desk.record(.status(try await line.status()), of: line.pump)
      for _ in 0..<Self.pagesMax {
        let entries = try await line.journal(
          from: await desk.nextJournalSequence(of: line.pump)
        )
        if !entries.isEmpty { try await desk.record(.journal(entries), of: line.pump) }
        if entries.count < JournalPage.capacity { break }
      }
      return true
    } catch let failure as LineFailure {
      try? await desk.record(.failed(failure), of: line.pump)
      return false
    } catch {
      // What came could not be recorded; the pump has it still, and is asked again.
      return false
    }
  }

  private func ask(_ request: QueuedOrder) async throws {
    try await desk.record(.asking(request: request.id), of: line.pump)
    let answer = try await line.submit(request: request.bytes, request.certificates)
    try await record(.asked(request: request.id, wasSent: request.wasSent, answer))
  }

  private func bring(_ order: QueuedOrder) async throws {
    try await desk.record(.sending(order: order.id), of: line.pump)
    do throws(LineFailure) {
      let answer = try await line.submit(order.bytes, order.certificates)
      try await record(.answered(order: order.id, answer))
    } catch {
      if case .unknown(let why) = error {
        try await desk.record(.unknown(order: order.id, why), of: line.pump)
      }
      throw error
    }
  }

  private func record(_ news: LineNews) async throws(LineFailure) {
    do { try await desk.record(news, of: line.pump) } catch {
      // The answer is the pump's to give again: bringing the same bytes asks for it.
      throw .unknown("the answer could not be recorded")
    }
  }
}
