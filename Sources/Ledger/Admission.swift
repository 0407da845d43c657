/// The rules of an append, the same for every store.
enum Admission {
  static let payloadBytesMax = 1 << 20
  static let whyBytesMax = 4_000
  static let nameBytesMax = 200
  static let draftsMax = 1_000
  static let streamsMax = 100

  /// Refuses what breaks the rules of a draft; looks at nothing that is stored.
  static func check(_ parts: [StreamDrafts]) throws(LedgerError) {
    let first = parts.first?.drafts.first?.id ?? ""
    guard parts.count <= streamsMax, parts.reduce(0, { $0 + $1.drafts.count }) <= draftsMax else {
      throw .badDraft(id: first, reason: "over 100 streams or 1,000 drafts in one append")
    }
    var streams: Set<String> = []
    var ids: Set<String> = []
    for part in parts {
      let id = part.drafts.first?.id ?? first
      guard isName(part.stream) else {
        throw .badDraft(id: id, reason: "the stream has a bad name")
      }
      guard streams.insert(part.stream).inserted else {
        throw .badDraft(id: id, reason: "the stream is twice in one append")
      }
      for draft in part.drafts {
        if let reason = fault(of: draft) { throw .badDraft(id: draft.id, reason: reason) }
        guard ids.insert(draft.id).inserted else {
          throw .badDraft(id: draft.id, reason: "the id is twice in one append")
        }
      }
    }
  }

  private static func fault(of draft: EventDraft) -> String? {
    guard isName(draft.id) else { return "the id is not 1 to 200 printable ASCII characters" }
    guard isLabel(draft.who) else { return "who is empty, too long or has control characters" }
    guard draft.onBehalfOf.map(isLabel) ?? true else {
      return "on whose behalf is empty, too long or has control characters"
    }
    guard isLabel(draft.what) else { return "what is empty, too long or has control characters" }
    guard draft.form >= 1 else { return "the form is less than 1" }
    if let why = draft.why, why.utf8.count > whyBytesMax || why.utf8.contains(0) {
      return "why is longer than 4,000 bytes or holds a NUL"
    }
    guard draft.payload.count <= payloadBytesMax else { return "the payload is over 1 MiB" }
    guard !draft.payload.contains(where: { $0 < 0x20 }) else {
      return "the payload has control bytes: write it as one line"
    }
    guard String(validating: draft.payload, as: UTF8.self) != nil, JSONForm.isValue(draft.payload)
    else {
      return "the payload is not JSON in UTF-8"
    }
    return nil
  }

  /// Printable ASCII only: two spellings that look alike must not be one stream here, two there.
  static func isName(_ text: String) -> Bool {
    (1...nameBytesMax).contains(text.utf8.count) && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  private static func isLabel(_ text: String) -> Bool {
    (1...nameBytesMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// What an append comes to: the events to store, or those that are there already.
  ///
  /// Ids are looked at before the version: whoever lost the answer and asks again expects the old
  /// version, and is owed the answer rather than a conflict.
  static func decide(
    _ parts: [StreamDrafts],
    lastPosition: Int64,
    head: (String) throws -> StreamHead,
    stored: (String) throws -> LedgerEvent?
  ) throws -> Appended {
    let wanted = parts.flatMap { part in part.drafts.map { (part.stream, $0) } }
    let known = try wanted.map { try stored($0.1.id) }
    if known.contains(where: { $0 != nil }) {
      return try repeated(wanted, known: known)
    }
    var events: [LedgerEvent] = []
    for part in parts {
      var head = try head(part.stream)
      if case .exactly(let version) = part.expected, version != head.version {
        throw LedgerError.conflict(
          stream: part.stream,
          expected: version,
          actual: head.version
        )
      }
      for draft in part.drafts {
        let event = LedgerEvent(
          draft,
          position: lastPosition + Int64(events.count) + 1,
          stream: part.stream,
          after: head
        )
        head = StreamHead(version: event.version, hash: event.hash)
        events.append(event)
      }
    }
    return Appended(events: events, wasThere: false)
  }

  /// The stored events where they are the same drafts, side by side as one append stores them.
  private static func repeated(
    _ wanted: [(stream: String, draft: EventDraft)],
    known: [LedgerEvent?]
  ) throws(LedgerError) -> Appended {
    var events: [LedgerEvent] = []
    for ((stream, draft), event) in zip(wanted, known) {
      guard let event else { continue }
      var again = draft
      again.time = event.draft.time
      let expected = LedgerEvent(
        position: event.position,
        stream: stream,
        version: event.version,
        draft: again,
        previous: event.previous,
        hash: .zero
      )
      guard expected.hashOfContent == event.hash else { throw .idTaken(id: draft.id) }
      if let before = events.last, before.position + 1 != event.position {
        throw .idTaken(id: draft.id)
      }
      events.append(event)
    }
    guard events.count == wanted.count else {
      throw .idTaken(id: events.first?.draft.id ?? "")
    }
    return Appended(events: events, wasThere: true)
  }
}
