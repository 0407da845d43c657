import Synchronization

/// How many refusals of people who are not signed in go into the audit: a flood is told by the
/// metrics, and must not fill the ledger.
final class RefusalBudget: Sendable {
  static let perMinute = 60

  private let spent = Mutex<(minute: Int64, count: Int)>((0, 0))

  /// Takes one of this minute's, where there is one left.
  func take(at now: Int64) -> Bool {
    spent.withLock { spent in
      if spent.minute != now / 60_000 { spent = (now / 60_000, 0) }
      spent.count += 1
      return spent.count <= Self.perMinute
    }
  }
}
