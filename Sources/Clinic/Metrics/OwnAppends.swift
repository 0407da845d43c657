import Ledger
import Synchronization

/// What this server itself has appended and its follower has not passed yet.
///
/// The follower reads what others append from the disk. What was appended here it is handed, and of the
/// audit, of which there is an entry for each read, only that it was there.
final class OwnAppends: Sendable {
  /// So many appends are kept; where nobody follows they are forgotten, and the disk has them.
  static let countMax = 20_000

  private struct Append: Sendable {
    let last: Int64
    let events: [LedgerEvent]
  }

  private let appends = Mutex<[Int64: Append]>([:])

  /// - Parameter events: of one append, so one behind the other in the ledger.
  func add(_ events: [LedgerEvent]) {
    guard let first = events.first, let last = events.last else { return }
    let told = events.filter { !$0.stream.hasPrefix("audit/") }
    appends.withLock { appends in
      if appends.count >= Self.countMax { appends = [:] }
      appends[first.position] = Append(last: last.position, events: told)
    }
  }

  /// What follows on a position without a gap, and up to where; nothing where the next event is not of here.
  func take(after position: Int64) -> (last: Int64, events: [LedgerEvent])? {
    appends.withLock { appends in
      var last = position
      var events: [LedgerEvent] = []
      while let next = appends.removeValue(forKey: last + 1) {
        last = next.last
        events += next.events
      }
      return last > position ? (last, events) : nil
    }
  }

  /// The first position behind another that is known to be of here.
  func first(after position: Int64) -> Int64? {
    appends.withLock { appends in
      // What lies before it was passed by another way.
      if appends.keys.contains(where: { $0 <= position }) {
        appends = appends.filter { $0.key > position }
      }
      return appends.keys.min()
    }
  }
}
