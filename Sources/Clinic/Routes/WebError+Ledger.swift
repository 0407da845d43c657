public import Ledger

extension WebError {
  /// What the ledger's answer is to whoever asked (SR-113).
  public init(_ error: LedgerError) {
    switch error {
    case .conflict(_, let expected, let actual):
      self.init(
        409,
        "conflict",
        "Somebody else recorded something in between; nothing was changed.",
        field: "If-Match",
        given: "version \(expected)",
        expected: "version \(actual)",
        todo: "Read what is new, decide again, and send it with a new key."
      )
    case .idTaken(let id):
      self.init(
        409,
        "keyTaken",
        "This key was used before for something else; nothing was changed.",
        field: "Idempotency-Key",
        given: "\"\(id.prefix(60))\"",
        expected: "a fresh one for each act",
        todo: "Send it with a new key."
      )
    case .badDraft(_, let reason):
      self.init(
        422,
        "badDraft",
        "This cannot be recorded: \(reason).",
        todo: "Correct it and send it again."
      )
    case .notStored:
      self.init(
        503,
        "notStored",
        "Nothing was recorded: the server's disk does not take it.",
        todo: "Tell the administrator; send the same again later.",
        retryAfter: 30
      )
    case .outcomeUnknown: self = .outcomeUnknown
    case .damaged(let damage):
      self.init(
        500,
        "damaged",
        "The record is damaged and is not shown: \(damage.description).",
        todo: "Tell the administrator to run cisterna ledger verify."
      )
    case .notALedger, .file:
      self.init(
        500,
        "noLedger",
        "The record cannot be read.",
        todo: "Tell the administrator."
      )
    }
  }
}
