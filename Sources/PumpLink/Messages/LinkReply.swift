/// What a pump answers.
public enum LinkReply: Sendable {
  case identity(PumpDescription)
  case status(PumpStatus)
  /// The patient's own summary: the same figures.
  case summary(PumpStatus)
  case journal(JournalPage)
  case receipt(Receipt)
  /// Not signed: the session vouches for it.
  case refused(Refusal)
  /// A revocation was taken.
  case taken
  case challenge(Bytes32)

  private enum Kind: UInt8 {
    case identity = 0x81
    case status, summary, journal, receipt, refused, taken, challenge
  }

  private var kind: Kind {
    switch self {
    case .identity: .identity
    case .status: .status
    case .summary: .summary
    case .journal: .journal
    case .receipt: .receipt
    case .refused: .refused
    case .taken: .taken
    case .challenge: .challenge
    }
  }

  private init(reading kind: Kind) {
    switch kind {
    case .identity: self = .identity(PumpDescription())
    case .status: self = .status(PumpStatus())
    case .summary: self = .summary(PumpStatus())
    case .journal: self = .journal(JournalPage())
    case .receipt: self = .receipt(Receipt())
    case .refused: self = .refused(.none)
    case .taken: self = .taken
    case .challenge: self = .challenge(Bytes32())
    }
  }

  /// Reads a reply; nil where the bytes are malformed.
  public init?(decoding source: Span<UInt8>) {
    guard var read = WireBytes(source) else { return nil }
    var cursor = WireCursor(reading: true, to: read.count)
    var bytes = read.bytes.mutableSpan
    self = .taken
    code(&cursor, &bytes)
    guard !cursor.failed, cursor.offset == source.count else { return nil }
  }

  /// Its bytes.
  public var encoded: WireBytes {
    var out = WireBytes()
    encode(into: &out)
    return out
  }

  /// Writes its bytes over what a buffer holds.
  public func encode(into out: inout WireBytes) {
    var copy = self
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    copy.code(&cursor, &bytes)
    precondition(!cursor.failed, "every reply fits a message")
    out.count = cursor.offset
  }

  /// Writes a status as the reply that it is, without the room of every other reply.
  static func encode(_ status: inout PumpStatus, isSummary: Bool, into out: inout WireBytes) {
    var kind = isSummary ? Kind.summary : Kind.status
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    cursor.code(&kind, &bytes)
    status.code(&cursor, &bytes)
    precondition(!cursor.failed, "every reply fits a message")
    out.count = cursor.offset
  }

  private mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var kind = self.kind
    cursor.code(&kind, &bytes)
    guard !cursor.failed else { return }
    if cursor.isReading { self = LinkReply(reading: kind) }
    switch self {
    case .identity(var description):
      description.code(&cursor, &bytes)
      self = .identity(description)
    case .status(var status):
      status.code(&cursor, &bytes)
      self = .status(status)
    case .summary(var status):
      status.code(&cursor, &bytes)
      self = .summary(status)
    case .journal(var page):
      page.code(&cursor, &bytes)
      self = .journal(page)
    case .receipt(var receipt):
      receipt.codeSigned(&cursor, &bytes)
      receipt.codeSignatures(&cursor, &bytes)
      self = .receipt(receipt)
    case .refused(var refusal):
      refusal.code(&cursor, &bytes)
      self = .refused(refusal)
    case .taken: break
    case .challenge(var fresh):
      cursor.code(&fresh, &bytes)
      self = .challenge(fresh)
    }
  }
}
