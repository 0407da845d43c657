import Synchronization

/// A ledger that is gone with its process: for tests, and for trying things out.
public final class MemoryLedger: LedgerStore {
  private struct State {
    var events: [LedgerEvent] = []
    var heads: [String: StreamHead] = [:]
    /// Indices into `events`.
    var streams: [String: [Int]] = [:]
    var ids: [String: Int] = [:]
    var snapshots: [String: (LedgerSnapshot, LedgerHash)] = [:]

    /// The hash of the event at a position; zero at 0, nothing past the end.
    func hash(at position: Int64) -> LedgerHash? {
      if position == 0 { return .zero }
      return position > 0 && position <= events.count ? events[Int(position) - 1].hash : nil
    }
  }

  private let state = Mutex(State())
  private let signal = HeadSignal()

  public init() {}

  public func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended {
    try Admission.check(parts)
    let result = state.withLock { state -> Result<Appended, LedgerError> in
      do {
        let appended = try Admission.decide(
          parts,
          lastPosition: Int64(state.events.count),
          head: { state.heads[$0] ?? .none },
          stored: { id in state.ids[id].map { state.events[$0] } }
        )
        if !appended.wasThere { Self.store(appended.events, in: &state) }
        return .success(appended)
      } catch let error as LedgerError {
        return .failure(error)
      } catch {
        return .failure(.notStored(reason: "\(error)"))
      }
    }
    let appended = try result.get()
    if let last = appended.events.last, !appended.wasThere { signal.announce(last.position) }
    return appended
  }

  private static func store(_ events: [LedgerEvent], in state: inout State) {
    for event in events {
      state.ids[event.draft.id] = state.events.count
      state.streams[event.stream, default: []].append(state.events.count)
      state.heads[event.stream] = StreamHead(version: event.version, hash: event.hash)
      state.events.append(event)
    }
  }

  public func read(
    after position: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    state.withLock { state in
      Array(state.events.dropFirst(Int(clamping: max(0, position))).prefix(max(0, limit)))
    }
  }

  public func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    state.withLock { state in
      (state.streams[stream] ?? []).dropFirst(Int(clamping: max(0, version)))
        .prefix(max(0, limit)).map { state.events[$0] }
    }
  }

  public func lastPosition() async throws(LedgerError) -> Int64 {
    state.withLock { Int64($0.events.count) }
  }

  public func newPositions() -> AsyncStream<Int64> { signal.listen() }

  public func save(_ snapshot: LedgerSnapshot) async throws(LedgerError) {
    try snapshot.checkName()
    let isSaved = state.withLock { state in
      guard let head = state.hash(at: snapshot.position) else { return false }
      state.snapshots[snapshot.name] = (snapshot, snapshot.seal(after: head))
      return true
    }
    if !isSaved { throw .notStored(reason: "the snapshot is of a position that is not there") }
  }

  public func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot? {
    state.withLock { state in
      guard let (snapshot, seal) = state.snapshots[name],
        let head = state.hash(at: snapshot.position), snapshot.seal(after: head) == seal
      else { return nil }
      return snapshot
    }
  }
}
