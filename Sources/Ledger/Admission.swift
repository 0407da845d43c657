import Foundation

/// One append as it was asked for.
struct AppendRequest: Sendable {
  let drafts: [EventDraft]
  let stream: String
  let expected: ExpectedVersion
}

/// The rules of an append, the same for every store.
enum Admission {
  static let payloadBytesMax = 1 << 20
  static let whyBytesMax = 4_000
  static let nameBytesMax = 200

  /// Refuses what breaks the rules of a draft; looks at nothing that is stored.
  static func check(_ request: AppendRequest) throws(LedgerError) {
    guard isName(request.stream) else {
      throw .badDraft(id: request.drafts.first?.id ?? "", reason: "the stream has a bad name")
    }
    var ids: Set<String> = []
    for draft in request.drafts {
      if let reason = fault(of: draft) { throw .badDraft(id: draft.id, reason: reason) }
      guard ids.insert(draft.id).inserted else {
        throw .badDraft(id: draft.id, reason: "the id is twice in one append")
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
    guard String(validating: draft.payload, as: UTF8.self) != nil, isJSON(draft.payload) else {
      return "the payload is not JSON in UTF-8"
    }
    return nil
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    return value != nil
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
    _ request: AppendRequest,
    lastPosition: Int64,
    head: StreamHead,
    stored: (String) throws -> LedgerEvent?
  ) throws -> Appended {
    let known = try request.drafts.map { try stored($0.id) }
    if known.contains(where: { $0 != nil }) {
      return try repeated(request, known: known)
    }
    if case .exactly(let version) = request.expected, version != head.version {
      throw LedgerError.conflict(
        stream: request.stream,
        expected: version,
        actual: head.version
      )
    }
    var head = head
    var events: [LedgerEvent] = []
    for draft in request.drafts {
      let event = LedgerEvent(
        draft,
        position: lastPosition + Int64(events.count) + 1,
        stream: request.stream,
        after: head
      )
      head = StreamHead(version: event.version, hash: event.hash)
      events.append(event)
    }
    return Appended(events: events, wasThere: false)
  }

  /// The stored events where they are the same drafts, side by side in the same stream.
  private static func repeated(
    _ request: AppendRequest,
    known: [LedgerEvent?]
  ) throws(LedgerError) -> Appended {
    var events: [LedgerEvent] = []
    for (draft, event) in zip(request.drafts, known) {
      guard let event else { continue }
      var again = draft
      again.time = event.draft.time
      let expected = LedgerEvent(
        position: event.position,
        stream: request.stream,
        version: event.version,
        draft: again,
        previous: event.previous,
        hash: .zero
      )
      guard expected.hashOfContent == event.hash else { throw .idTaken(id: draft.id) }
      if let before = events.last, before.version + 1 != event.version {
        throw .idTaken(id: draft.id)
      }
      events.append(event)
    }
    guard events.count == request.drafts.count else {
      throw .idTaken(id: events.first?.draft.id ?? "")
    }
    return Appended(events: events, wasThere: true)
  }
}
