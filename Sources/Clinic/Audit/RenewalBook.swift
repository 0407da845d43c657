import Synchronization

/// Which pages were renewed live of late: a page that renews itself every few seconds for a person who looks
/// at it is one read in ten minutes, and its entry in the audit says so (SR-088).
final class RenewalBook: Sendable {
  /// Of security time, ms.
  static let span: Int64 = 10 * 60_000
  /// So many pages and people; beyond that each renewal is told.
  static let most = 10_000

  private let told = Mutex<[String: Int64]>([:])

  /// Whether a renewal is to be told: the first of ten minutes of this person and page.
  func isToBeTold(_ who: String, _ page: String, at now: Int64) -> Bool {
    told.withLock { told in
      let key = "\(who) \(page)"
      if let last = told[key], now >= last, now - last < Self.span { return false }
      if told.count >= Self.most { told = told.filter { now - $0.value < Self.span } }
      if told.count < Self.most { told[key] = now }
      return true
    }
  }
}
