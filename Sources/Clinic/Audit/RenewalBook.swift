import Synchronization

/// Which pages were renewed live of late: a page that renews itself every few seconds for a person who looks
/// at it is one read in ten minutes, and its entry in the audit says so (SR-088).
final class RenewalBook: Sendable {
  /// Of security time, ms.
  static let span: Int64 = 10 * 60_000
  /// So many pages and people; beyond that each renewal is told.
  static let most = 10_000

  private let told = Mutex<[String: Int64]>([:])

  /// Whether a renewal of this person and page was told within ten minutes.
  func isTold(_ who: String, _ page: String, at now: Int64) -> Bool {
    told.withLock { told in
      told["\(who) \(page)"].map { now >= $0 && now - $0 < Self.span } ?? false
    }
  }

  /// Notes that one was told: only once its entry is kept, so that nothing is shown that was never told.
  func tell(_ who: String, _ page: String, at now: Int64) {
    told.withLock { told in
      if told.count >= Self.most { told = told.filter { now - $0.value < Self.span } }
      if told.count < Self.most { told["\(who) \(page)"] = now }
    }
  }
}
