/// How long whoever failed to sign in has to wait: longer each time, and never longer than a bound.
///
/// A value that reads no clock. One table is kept by account name, whether or not there is such an
/// account, and one by address. An attempt counts as failed from when it begins, so that many at
/// once gain nothing; the one that succeeds takes its failures back.
public struct SignInDelay: Sendable {
  /// So many failures cost nothing.
  let free: Int
  /// The bound on every delay: a lock delays, and never for ever.
  public static let delayMax: Int64 = 300_000
  /// Failures are forgotten after this.
  static let forgottenAfter: Int64 = 3_600_000
  /// So many names or addresses are held; the one that failed longest ago makes room.
  static let entriesMax = 10_000

  private struct Entry: Sendable {
    var failures: Int
    var last: Int64
    var next: Int64
  }

  private var entries: [String: Entry] = [:]

  /// - Parameter free: how many failures cost nothing.
  public init(free: Int) { self.free = free }

  var count: Int { entries.count }

  /// Whether an attempt may be made now; if so it is counted.
  ///
  /// - Returns: 0 where it may, else how many ms to wait.
  public mutating func attempt(_ key: String, at now: Int64) -> Int64 {
    var entry = entries[key] ?? Entry(failures: 0, last: now, next: .min)
    if now - entry.last > Self.forgottenAfter { entry = Entry(failures: 0, last: now, next: .min) }
    // A wall's clock that was set back must not make anyone wait for longer than the bound.
    entry.next = min(entry.next, now + Self.delayMax)
    guard entry.next <= now else { return entry.next - now }
    entry.failures += 1
    entry.last = now
    entry.next = now + delay(after: entry.failures)
    if entries[key] == nil, entries.count >= Self.entriesMax { forgetOldest(at: now) }
    entries[key] = entry
    return 0
  }

  /// How long to wait after so many failures in a row, ms.
  func delay(after failures: Int) -> Int64 {
    let beyond = failures - free
    guard beyond > 0 else { return 0 }
    return min(Self.delayMax, 1_000 << Int64(min(beyond - 1, 20)))
  }

  /// The attempt succeeded: nothing is held against the key any more.
  public mutating func clear(_ key: String) { entries[key] = nil }

  /// One attempt succeeded, which says nothing of the others from there.
  public mutating func takeBack(_ key: String) {
    guard var entry = entries[key] else { return }
    entry.failures = max(0, entry.failures - 1)
    entry.next = entry.last + delay(after: entry.failures)
    entries[key] = entry.failures == 0 ? nil : entry
  }

  private mutating func forgetOldest(at now: Int64) {
    entries = entries.filter { now - $0.value.last <= Self.forgottenAfter }
    guard entries.count >= Self.entriesMax else { return }
    // An eighth at once, so that a flood does not cost a sort for each attempt.
    for (key, _) in entries.sorted(by: { $0.value.last < $1.value.last }).prefix(
      Self.entriesMax / 8
    ) {
      entries[key] = nil
    }
  }
}
