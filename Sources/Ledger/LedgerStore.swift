/// What a writer knows of a stream when it decides.
public enum ExpectedVersion: Hashable, Sendable {
  /// The stream has just so many events; 0 for a new stream.
  case exactly(Int64)
  /// Whatever it has: for records that rest on no state, such as an audit.
  case any
}

/// What an append puts at the end of one stream.
public struct StreamDrafts: Hashable, Sendable {
  public var stream: String
  public var expected: ExpectedVersion
  /// May be empty: then the part only holds the append to the version that its writer saw.
  public var drafts: [EventDraft]

  public init(_ drafts: [EventDraft], to stream: String, expecting version: ExpectedVersion) {
    self.stream = stream
    self.expected = version
    self.drafts = drafts
  }
}

/// The answer to an append, given once it is durable.
public struct Appended: Hashable, Sendable {
  /// The events as stored, in the order of the parts and of their drafts.
  public let events: [LedgerEvent]
  /// Whether the very same drafts had been stored by an earlier append; then nothing was added.
  public let wasThere: Bool
}

/// An append-only record of events in streams, in one order for the whole.
///
/// Nothing here is SQLite's: another database can serve it. Every store passes the same tests.
public protocol LedgerStore: Sendable {
  /// Records drafts at the ends of streams, all or none, and returns when they are durable.
  ///
  /// A stream is in one part only: an act in a patient's and its entry in the audit's, say. No more
  /// than 100 parts and 1,000 drafts.
  ///
  /// Idempotent by the drafts' ids: the same drafts sent again give the stored events, whatever
  /// versions are expected. The time of a repeated draft is not compared; the first one's stands. An
  /// append of no drafts is a check of the versions.
  ///
  /// - Throws: `conflict`, `idTaken`, `badDraft`, `notStored` (nothing was stored), `outcomeUnknown`.
  func append(_ parts: [StreamDrafts]) async throws(LedgerError) -> Appended

  /// The events after a position, in order; no more than `limit`, fewer only at the end.
  ///
  /// - Throws: `damaged` where an event does not have its hash: what is altered is never served.
  func read(after position: Int64, limit: Int) async throws(LedgerError) -> [LedgerEvent]

  /// The events of one stream after a version, in order; otherwise as above.
  func read(
    stream: String,
    after version: Int64,
    limit: Int
  ) async throws(LedgerError) -> [LedgerEvent]

  /// The position of the last event; 0 where there is none.
  func lastPosition() async throws(LedgerError) -> Int64

  /// Positions as events become durable; some may be skipped, the newest never.
  func newPositions() -> AsyncStream<Int64>

  /// Keeps a snapshot, in place of an older one of the same name; appends do not wait for it.
  ///
  /// - Throws: `notStored`, and the older one is still there.
  func save(_ snapshot: LedgerSnapshot) async throws(LedgerError)

  /// The snapshot of a name; nothing where there is none that fits this ledger.
  func snapshot(named name: String) async throws(LedgerError) -> LedgerSnapshot?
}

extension LedgerStore {
  /// Records drafts at the end of one stream; otherwise as above.
  public func append(
    _ drafts: [EventDraft],
    to stream: String,
    expecting version: ExpectedVersion
  ) async throws(LedgerError) -> Appended {
    try await append([StreamDrafts(drafts, to: stream, expecting: version)])
  }

  /// The events after a position up to the end that the ledger has when it is reached, for a fold
  /// that starts; read batch by batch as they are asked for.
  public func history(after position: Int64, batch: Int = 1_000) -> Following<Self> {
    Following(store: self, position: position, batch: batch, waits: false)
  }

  /// Every event after a position, those to come too, in order and without gaps; so many at once
  /// as a batch has at most.
  public func follow(after position: Int64, batch: Int = 1_000) -> Following<Self> {
    Following(store: self, position: position, batch: batch, waits: true)
  }
}

/// Batches of events, none empty; waits or ends where there are no more yet, and fails where a read
/// fails.
public struct Following<Store: LedgerStore>: AsyncSequence {
  public typealias Element = [LedgerEvent]

  let store: Store
  let position: Int64
  let batch: Int
  let waits: Bool

  public func makeAsyncIterator() -> Iterator {
    // Listening starts before the first read, so that nothing falls between the two.
    Iterator(
      store: store,
      position: position,
      batch: batch,
      news: waits ? store.newPositions().makeAsyncIterator() : nil
    )
  }

  /// Ends where its task is cancelled while it waits.
  public struct Iterator: AsyncIteratorProtocol {
    let store: Store
    var position: Int64
    let batch: Int
    var news: AsyncStream<Int64>.Iterator?

    public mutating func next() async throws(LedgerError) -> [LedgerEvent]? {
      while !Task.isCancelled {
        let events = try await store.read(after: position, limit: batch)
        if let newest = events.last {
          position = newest.position
          return events
        }
        // Nothing where it is a history, or its task was cancelled.
        guard await news?.next(isolation: nil) != nil else { return nil }
      }
      return nil
    }
  }
}

/// A fold of the ledger up to a position, as opaque bytes: it saves reading what it already holds.
///
/// It is never the truth: a snapshot that does not fit is not returned, and the events are read.
public struct LedgerSnapshot: Hashable, Sendable {
  /// Which fold it is: 1 to 64 ASCII letters, digits and hyphens.
  public var name: String
  /// The position of the last event that is in it; 0 for none.
  public var position: Int64
  /// The version of the bytes' form; a reader that knows another one reads the events instead.
  public var form: Int32
  public var bytes: [UInt8]

  public init(name: String, position: Int64, form: Int32, bytes: [UInt8]) {
    self.name = name
    self.position = position
    self.form = form
    self.bytes = bytes
  }

  /// Ties the bytes to the event that they end with, so to the history that they are of.
  func seal(after head: LedgerHash) -> LedgerHash {
    var layout = CanonicalBytes(tag: "CSTSNAP1", capacity: bytes.count + 128)
    layout.integer(position)
    layout.hash(head)
    layout.integer(form)
    layout.field(name.utf8)
    layout.integer(UInt64(bytes.count))
    return LedgerHash(of: layout.bytes, bytes)
  }

  /// Whether a text can be a snapshot's name: it becomes part of a file's.
  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// - Throws: `notStored`.
  func checkName() throws(LedgerError) {
    guard Self.isName(name) else {
      throw .notStored(reason: "a snapshot's name is 1 to 64 letters, digits and hyphens")
    }
  }
}
