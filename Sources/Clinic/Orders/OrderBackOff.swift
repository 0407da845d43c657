import Synchronization

/// When an order that a pump would not answer is brought again: later each time, and never not at all.
///
/// A pump that took the session and refused without a receipt will mostly do so again; asking it each few
/// seconds costs its battery and tells nothing (docs/clinic.md, Ended by a receipt).
final class OrderBackOff: Sendable {
  /// Of wall time, ms.
  static let first: Int64 = 60_000
  static let most: Int64 = 3_600_000

  private let due = Mutex<[String: (refusals: Int, at: Int64)]>([:])

  /// Notes that a pump would not answer an order.
  func refused(_ order: String, at now: Int64) {
    due.withLock { due in
      let refusals = (due[order]?.refusals ?? 0) + 1
      let wait = min(Self.most, Self.first << Int64(min(refusals - 1, 10)))
      due[order] = (refusals, now + wait)
    }
  }

  /// An answer came.
  func answered(_ order: String) { due.withLock { $0[order] = nil } }

  /// Whether it is to be brought now.
  func isDue(_ order: String, at now: Int64) -> Bool {
    due.withLock { due in due[order].map { now >= $0.at } ?? true }
  }
}
