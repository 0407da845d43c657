import Synchronization

/// How far a line reaches now.
public enum LineState: String, Sendable, CaseIterable {
  /// No relay asks for it.
  case noRelay
  /// A relay asks for it, and no session is open.
  case reached
  /// A session with the pump is open.
  case open
}

/// What a line tells of itself to whoever does not want to wait for it.
final class LinePulse: Sendable {
  private let poll = Atomic<Int64>(.min)
  private let opened = Atomic(false)

  var lastPoll: Int64? {
    get {
      let value = poll.load(ordering: .relaxed)
      return value == .min ? nil : value
    }
    set { poll.store(newValue ?? .min, ordering: .relaxed) }
  }

  var isOpen: Bool {
    get { opened.load(ordering: .relaxed) }
    set { opened.store(newValue, ordering: .relaxed) }
  }
}
