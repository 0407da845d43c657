public import Ledger

/// A ledger that counts what is appended through it, for the server's figures.
public struct CountedLedger: LedgerStore {
  private let inner: any LedgerStore
  private let metrics: Metrics
  let own = OwnAppends()

  public init(_ inner: any LedgerStore, _ metrics: Metrics) {
    self.inner = inner
    self.metrics = metrics
  }

  public func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended {
    do throws(LedgerError) {
      let appended = try await inner.append(parts)
      metrics.add("cisterna_ledger_appends_total")
      metrics.isStoreFailing = false
      if !appended.wasThere {
        metrics.add("cisterna_ledger_events_total", appended.events.count)
        own.add(appended.events)
      }
      return appended
    } catch {
      if case .conflict = error {
        metrics.add("cisterna_ledger_conflicts_total")
      } else {
        metrics.add("cisterna_ledger_failures_total")
        switch error {
        case .notStored, .outcomeUnknown: metrics.isStoreFailing = true
        case .conflict, .idTaken, .badDraft, .damaged, .notALedger, .file: break
        }
      }
      throw error
    }
  }

  public func read(
    after position: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    try await inner.read(after: position, limit: limit)
  }

  public func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent] {
    try await inner.read(stream: stream, after: version, limit: limit)
  }

  public func lastPosition() async throws(LedgerError) -> Int64 { try await inner.lastPosition() }

  public func newPositions() -> AsyncStream<Int64> { inner.newPositions() }

  public func save(_ snapshot: LedgerSnapshot) async throws(LedgerError) {
    try await inner.save(snapshot)
  }

  public func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot? {
    try await inner.snapshot(named: name)
  }
}
