/// What somebody wants recorded: an event without its place in the ledger.
///
/// The ledger reads none of it: what it means is its writer's business. Texts other than `why` hold
/// no control characters, so that a line of an export is a line.
public struct EventDraft: Hashable, Sendable {
  /// Given by the client, unique in the whole ledger: the same draft sent again is stored once.
  ///
  /// 1 to 200 printable ASCII characters without spaces (SR-113).
  public var id: String
  /// When it happened as the writer knows it: milliseconds since 1970-01-01T00:00Z.
  public var time: Int64
  /// Who did it; 1 to 200 bytes.
  public var who: String
  /// For whom it was done, where that is somebody else; 1 to 200 bytes.
  public var onBehalfOf: String?
  /// The kind of event; 1 to 200 bytes.
  public var what: String
  /// The version of the payload's form, from 1.
  public var form: Int32
  /// The reason as it was given; at most 4,000 bytes.
  public var why: String?
  /// One JSON value in UTF-8 without control bytes (so without line breaks); at most 1 MiB.
  public var payload: [UInt8]

  public init(
    id: String,
    time: Int64,
    who: String,
    onBehalfOf: String? = nil,
    what: String,
    form: Int32 = 1,
    why: String? = nil,
    payload: [UInt8]
  ) {
    self.id = id
    self.time = time
    self.who = who
    self.onBehalfOf = onBehalfOf
    self.what = what
    self.form = form
    self.why = why
    self.payload = payload
  }
}

/// A recorded event: what was written, its place, and the hash that ties it to the one before.
public struct LedgerEvent: Hashable, Sendable {
  /// Its place in the whole ledger: 1, 2, 3… without gaps.
  public let position: Int64
  /// The stream that it is part of, one for each patient; as `EventDraft.id` in form.
  public let stream: String
  /// Its place in its stream: 1, 2, 3… without gaps.
  public let version: Int64
  /// What was written.
  public let draft: EventDraft
  /// The hash of the event before it in its stream; `LedgerHash.zero` for the first.
  public let previous: LedgerHash
  /// The hash of the event's canonical bytes (`docs/ledger.md`).
  public let hash: LedgerHash

  /// An event as it was stored, whether or not its hash is right.
  init(
    position: Int64,
    stream: String,
    version: Int64,
    draft: EventDraft,
    previous: LedgerHash,
    hash: LedgerHash
  ) {
    self.position = position
    self.stream = stream
    self.version = version
    self.draft = draft
    self.previous = previous
    self.hash = hash
  }

  /// The next event of a stream.
  init(_ draft: EventDraft, position: Int64, stream: String, after head: StreamHead) {
    self.position = position
    self.stream = stream
    self.version = head.version + 1
    self.draft = draft
    self.previous = head.hash
    self.hash = LedgerHash(
      of: draft.canonicalBytes(
        position: position,
        stream: stream,
        version: head.version + 1,
        previous: head.hash
      )
    )
  }

  /// The hash that the event ought to have.
  var hashOfContent: LedgerHash {
    LedgerHash(
      of: draft.canonicalBytes(
        position: position,
        stream: stream,
        version: version,
        previous: previous
      )
    )
  }
}

/// Where a stream ends.
struct StreamHead: Hashable, Sendable {
  /// How many events the stream has.
  var version: Int64
  /// The hash of its last event.
  var hash: LedgerHash

  static let none = StreamHead(version: 0, hash: .zero)
}
