import HTTPCall
import Ledger
import NIOCore
import NIOPosix
import Therapy

/// Tells hooks of alarms, at least once each.
///
/// It reads the alarms out of the ledger once they are recorded, so it can neither delay nor prevent the
/// recording of one. What it has told is in the ledger too: a restart goes on where it was.
actor WebhookCourier {
  /// What a listing shows of a hook.
  struct Outcome: Equatable, Sendable {
    let at: Int64
    let text: String
    let isGood: Bool
  }

  /// After so many tries it is given up: some 21 h.
  static let triesMax = 20
  /// So many tellings are tried in one turn.
  static let atOnceMax = 16
  static let firstWait: Int64 = 2_000
  static let longestWait: Int64 = 2 * 3_600_000

  /// The wait after the n-th failure, ms: twice as long each time, at most two hours.
  static func wait(after failures: Int) -> Int64 {
    min(longestWait, firstWait << Int64(min(max(0, failures - 1), 20)))
  }

  private struct Telling: Sendable {
    let hook: String
    let patient: String
    let position: Int64
    let at: Int64
    var tries = 0
    var nextAt: Int64
  }

  /// Brings a message; the status of the answer, or why none came.
  typealias Bring =
    @Sendable (WebhookAddress, Bool, WebhookMessage, [(String, String)]) async -> Result<
      Int, WebhookTrouble
    >

  private let ledger: any LedgerStore
  private let access: AccessBook
  private let origin: String
  private let clock: ClinicClock
  private let bring: Bring

  private var waiting: [String: Telling] = [:]
  private var ended: Set<String> = []
  private(set) var outcomes: [String: [Outcome]] = [:]
  /// Read up to here.
  private var position: Int64 = 0
  /// Recorded as through.
  private var recorded: Int64 = 0

  init(
    _ ledger: any LedgerStore,
    _ access: AccessBook,
    origin: String,
    clock: ClinicClock,
    bring: @escaping Bring = WebhookCall.bring
  ) {
    (self.ledger, self.access, self.origin) = (ledger, access, origin)
    (self.clock, self.bring) = (clock, bring)
  }

  /// Tells until its task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do throws(WebError) { try await turn() } catch {
        // The ledger takes nothing now; what is to be told stays to be told.
      }
      do { try await clock.sleep(500) } catch { return }
    }
  }

  /// Reads what came, and tries what is due.
  func turn() async throws(WebError) {
    if position == 0 { try await start() }
    try await read()
    let now = clock.security()
    // Whoever waits longest comes first, so that those that fail, and so wait again, fill no turn for ever.
    let due = waiting.values.filter { $0.nextAt <= now }
      .sorted { ($0.nextAt, $0.position, $0.hook) < ($1.nextAt, $1.position, $1.hook) }
      .map(Self.key)
    // At the same time, so that one hook that hangs holds none of the same turn up. The turn waits for them all:
    // the next one comes when the slowest has answered, or after the time that a call may take (WebhookCall).
    await withTaskGroup(of: Void.self) { group in
      for key in due.prefix(Self.atOnceMax) { group.addTask { await self.attempt(key) } }
    }
    try await recordReached()
  }

  func outcomes(of hook: String) -> [Outcome] { outcomes[hook] ?? [] }

  func isWaiting(for hook: String) -> Int { waiting.values.count { $0.hook == hook } }

  private static func key(_ telling: Telling) -> String { "\(telling.hook)-\(telling.position)" }

  private func start() async throws(WebError) {
    var version: Int64 = 0
    while true {
      do throws(LedgerError) {
        let events = try await ledger.read(
          stream: WebhookEvent.stream,
          after: version,
          limit: 1_000
        )
        for event in events {
          guard let read = WebhookEvent(event.draft) else { continue }
          take(read, at: event.draft.time)
        }
        version = events.last?.version ?? version
        if events.count < 1_000 { break }
      } catch { throw WebError(error) }
    }
    position = recorded
  }

  private func take(_ event: WebhookEvent, at time: Int64) {
    switch event.kind {
    case .reached: recorded = max(recorded, event.position)
    case .delivered, .givenUp:
      guard let hook = event.hook else { return }
      ended.insert("\(hook)-\(event.position)")
      let isGood = event.kind == .delivered
      let tries = event.tries ?? 1
      note(
        hook,
        isGood
          ? "told, at try \(tries)" : "given up after \(tries) tries: \(event.why ?? "no answer")",
        isGood: isGood,
        at: time
      )
    }
  }

  private func note(_ hook: String, _ text: String, isGood: Bool, at time: Int64) {
    outcomes[hook, default: []].append(Outcome(at: time, text: text, isGood: isGood))
    outcomes[hook] = outcomes[hook]?.suffix(20)
  }

  private func read() async throws(WebError) {
    let hooks = await access.table.openHooks
    for (key, telling) in waiting where !hooks.contains(where: { $0.id == telling.hook }) {
      waiting[key] = nil
    }
    while true {
      let events: [LedgerEvent]
      do throws(LedgerError) {
        events = try await ledger.read(after: position, limit: 1_000)
      } catch { throw WebError(error) }
      guard let last = events.last else { return }
      for event in events where event.draft.what == TherapyEventKind.alarmRaised.rawValue {
        guard let patient = TherapyText.patient(of: event.stream) else { continue }
        for hook in hooks where hook.position < event.position {
          let telling = Telling(
            hook: hook.id,
            patient: patient.text,
            position: event.position,
            at: event.draft.time,
            nextAt: 0
          )
          if !ended.contains(Self.key(telling)) { waiting[Self.key(telling)] = telling }
        }
      }
      position = last.position
    }
  }

  private func attempt(_ key: String) async {
    // A hook that was removed is dropped by the next read.
    guard let telling = waiting[key], let hook = await access.table.hooks[telling.hook] else {
      return
    }
    guard let secret = await access.secret(of: hook) else {
      await finish(key, "its secret cannot be opened: remove the hook and add it again")
      return
    }
    let message = WebhookMessage(
      hook: hook.id,
      position: telling.position,
      patient: telling.patient,
      origin: origin,
      at: telling.at
    )
    var trouble: String?
    do throws(WebError) {
      let address = try WebhookAddress(hook.url)
      let timestamp = clock.security() / 1_000
      switch await bring(
        address,
        hook.mayBeLocal,
        message,
        message.headers(timestamp: timestamp, secret: secret)
      ) {
      case .success(let status) where (200..<300).contains(status): break
      case .success(let status): trouble = "answered \(status)"
      case .failure(let why): trouble = why.description
      }
    } catch { trouble = error.message }
    await finish(key, trouble)
  }

  private func finish(_ key: String, _ trouble: String?) async {
    guard var telling = waiting[key] else { return }
    telling.tries += 1
    let now = clock.security()
    if let trouble, telling.tries < Self.triesMax {
      telling.nextAt = now + Self.wait(after: telling.tries)
      waiting[key] = telling
      note(telling.hook, "try \(telling.tries): \(trouble)", isGood: false, at: now)
      return
    }
    let event = WebhookEvent(
      trouble == nil ? .delivered : .givenUp,
      hook: telling.hook,
      position: telling.position,
      tries: telling.tries,
      why: trouble
    )
    do {
      _ = try await ledger.append(
        [try event.draft(at: now)],
        to: WebhookEvent.stream,
        expecting: .any
      )
      waiting[key] = nil
      take(event, at: now)
    } catch {
      // Not recorded: it is told again, under the same id.
      telling.nextAt = now + Self.firstWait
      waiting[key] = telling
    }
  }

  /// So that a start need not read the whole ledger again: what is through, seldom.
  private func recordReached() async throws(WebError) {
    let through = waiting.isEmpty ? position : (waiting.values.map(\.position).min() ?? 1) - 1
    let isWorthIt = through - recorded >= 1_000 || recorded == 0 && through > 0
    guard isWorthIt else { return }
    let draft = try WebhookEvent(.reached, position: through).draft(at: clock.security())
    do throws(LedgerError) {
      _ = try await ledger.append([draft], to: WebhookEvent.stream, expecting: .any)
    } catch { throw WebError(error) }
    recorded = through
    ended = ended.filter { key in
      (key.split(separator: "-").last.flatMap { Int64($0) } ?? 0) > through
    }
  }
}

/// Why a hook was not reached.
struct WebhookTrouble: Error, Equatable, Sendable, CustomStringConvertible {
  let description: String
}

/// The call over the network.
enum WebhookCall {
  /// Looks the name up, holds the address to what is allowed, and calls that address and no other.
  @Sendable
  static func bring(
    _ to: WebhookAddress,
    mayBeLocal: Bool,
    _ message: WebhookMessage,
    _ headers: [(String, String)]
  ) async -> Result<Int, WebhookTrouble> {
    let address: SocketAddress
    do {
      // The system's look-up blocks its thread.
      address = try await NIOThreadPool.singleton.runIfActive {
        try SocketAddress.makeAddressResolvingHost(to.host, port: to.port)
      }
    } catch { return .failure(WebhookTrouble(description: "its name is not known")) }
    if let refusal = WebhookAddress.refusal(address, mayBeLocal: mayBeLocal) {
      return .failure(WebhookTrouble(description: "not called: \(refusal)"))
    }
    let call = HTTPCall(
      host: to.host,
      port: to.port,
      address: address,
      headers: headers,
      answerLimit: .seconds(10),
      group: .singletonMultiThreadedEventLoopGroup
    )
    let result: Result<Int, WebhookTrouble>
    do {
      let answer = try await call.send(.post, to.path, message.body, type: "application/json")
      result = .success(answer.status)
    } catch { result = .failure(WebhookTrouble(description: "no answer")) }
    await call.close()
    return result
  }
}
