import Ledger
import Synchronization

/// Entries of the audit that the ledger does not take now: in memory, in their order, until it does.
///
/// So a clinic whose disk is full goes on reading who gets what (docs/clinic.md, A disk that takes nothing).
/// What waits here is lost with the process; so there is a bound, and the gap itself is told afterwards.
final class AuditAside: Sendable {
  /// So many reads may wait; then none is shown.
  static let most = 10_000
  /// So many are written at once.
  static let batch = 500

  struct Waiting: Sendable {
    let draft: EventDraft
    let stream: String
  }

  private struct State: Sendable {
    var waiting: [Waiting] = []
    /// Security time of the first append that failed; nothing while the ledger takes what it is given.
    var since: Int64?
    var isWriting = false
  }

  private let state = Mutex(State())

  /// How many wait.
  var count: Int { state.withLock { $0.waiting.count } }
  /// Since when the ledger takes nothing.
  var since: Int64? { state.withLock { $0.since } }

  /// Keeps an entry; false where there are too many.
  func keep(_ waiting: Waiting, at now: Int64) -> Bool {
    state.withLock { state in
      if state.since == nil { state.since = now }
      guard state.waiting.count < Self.most else { return false }
      state.waiting.append(waiting)
      return true
    }
  }

  /// Notes that the ledger took nothing.
  func failed(at now: Int64) { state.withLock { if $0.since == nil { $0.since = now } } }

  /// Takes the turn to write; nothing where another has it, or nothing failed.
  func begin() -> Int64? {
    state.withLock { state in
      guard !state.isWriting, let since = state.since else { return nil }
      state.isWriting = true
      return since
    }
  }

  /// The next ones of one stream, in their order.
  func next() -> [Waiting] {
    state.withLock { state in
      guard let stream = state.waiting.first?.stream else { return [] }
      return Array(state.waiting.prefix(Self.batch).prefix { $0.stream == stream })
    }
  }

  /// These are durable now.
  func written(_ count: Int) { state.withLock { $0.waiting.removeFirst(count) } }

  /// Gives the turn back; `isOver` where the ledger took everything.
  func end(isOver: Bool) {
    state.withLock { state in
      state.isWriting = false
      if isOver, state.waiting.isEmpty { state.since = nil }
    }
  }
}
