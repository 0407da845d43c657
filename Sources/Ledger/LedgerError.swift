/// Why the ledger did not do what it was asked.
public enum LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The stream has another version than the writer expected: somebody else wrote. Nothing was
  /// stored; read what is new, decide again.
  case conflict(stream: String, expected: Int64, actual: Int64)
  /// The id was used before for something else. Nothing was stored.
  case idTaken(id: String)
  /// The draft breaks a rule of `EventDraft`. Nothing was stored.
  case badDraft(id: String, reason: String)
  /// The store could not write (disk full, read-only, held by another program). Nothing was stored.
  case notStored(reason: String)
  /// The store failed in the middle of a write: it may or may not be there. Open the ledger anew and
  /// append the same draft again, which stores it once. Writes stay closed until then; reads go on.
  case outcomeUnknown(reason: String)
  /// A stored event is not what was once stored.
  case damaged(LedgerDamage)
  /// The file is not a ledger, or of a version that this program does not know.
  case notALedger(reason: String)
  /// A file could not be read or written.
  case file(reason: String)

  /// One line in words.
  public var description: String {
    switch self {
    case .conflict(let stream, let expected, let actual):
      "conflict: stream \(stream) has version \(actual), \(expected) was expected"
    case .idTaken(let id): "the event id \(id) was used before for something else"
    case .badDraft(let id, let reason): "event \(id) cannot be recorded: \(reason)"
    case .notStored(let reason): "not stored: \(reason)"
    case .outcomeUnknown(let reason): "it is unknown whether this was stored: \(reason)"
    case .damaged(let damage): damage.description
    case .notALedger(let reason): "not a ledger: \(reason)"
    case .file(let reason): reason
    }
  }
}

/// What is wrong with a ledger, and where first.
public struct LedgerDamage: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong there.
  public enum Kind: Hashable, Sendable {
    /// The row or line cannot be read as an event.
    case unreadable(String)
    /// No event has this position.
    case missing
    /// The event does not have the hash that its content gives.
    case altered
    /// The version does not follow on the one before in its stream.
    case versionOutOfOrder(expected: Int64)
    /// The event does not carry the hash of the one before in its stream.
    case chainBroken
    /// The ledger up to here is not the one that was anchored on this day.
    case anchorDiffers(day: String)
    /// The ledger ends before a position that was anchored on this day.
    case cutOff(day: String)
    /// The database file itself is damaged.
    case fileDamaged(String)
  }

  public let kind: Kind
  /// The position of the first bad event; 0 where none can be named.
  public let position: Int64
  /// Its stream, where that can be told.
  public let stream: String?

  public init(_ kind: Kind, position: Int64, stream: String? = nil) {
    self.kind = kind
    self.position = position
    self.stream = stream
  }

  /// One line in words.
  public var description: String {
    let place = stream.map { "position \(position), stream \($0)" } ?? "position \(position)"
    switch kind {
    case .unreadable(let reason): return "\(place): cannot be read: \(reason)"
    case .missing: return "\(place): the event is missing"
    case .altered: return "\(place): the content does not have the hash that is stored with it"
    case .versionOutOfOrder(let expected):
      return "\(place): version \(expected) of the stream was to come here"
    case .chainBroken:
      return "\(place): does not carry the hash of the event before it in its stream"
    case .anchorDiffers(let day):
      return "\(place): the ledger up to here is not the one anchored on \(day)"
    case .cutOff(let day):
      return "\(place): anchored on \(day), and the ledger ends before it"
    case .fileDamaged(let reason): return "the database file is damaged: \(reason)"
    }
  }
}
