public import Therapy

extension WebError {
  /// What a refused command is to whoever gave it: where, what was given, what is expected, what to do.
  public init(_ refusal: TherapyRefusal) {
    let (status, message) = Self.answer(to: refusal.code)
    self.init(
      status,
      refusal.code.rawValue,
      message,
      field: refusal.field.isEmpty ? nil : refusal.field,
      given: refusal.given,
      expected: refusal.expected,
      todo: refusal.remedy
    )
    questions = refusal.questions
  }

  private static func answer(to code: TherapyRefusal.Code) -> (Int, String) {
    switch code {
    case .role: (403, "This role may not do it; nothing was changed.")
    case .stage: (409, "Not at this stage of the patient's care; nothing was changed.")
    case .twice: (409, "It has been done already; nothing was changed.")
    case .unknown: (404, "It is not in this record; nothing was changed.")
    case .outOfDate: (409, "The record or the pump has gone on since; nothing was changed.")
    case .outOfOrder: (409, "Another step comes first; nothing was changed.")
    case .value: (422, "A field is not what it must be; nothing was changed.")
    case .limit: (422, "A limit stands against it; nothing was changed.")
    case .mismatch: (422, "Two entries that must agree do not; nothing was changed.")
    case .stop: (422, "A check of the list is bad; nothing was changed.")
    case .confirm: (422, "The entry is not usual; nothing was changed yet.")
    case .inFlight: (409, "An order is under way already; nothing was changed.")
    case .orderState: (409, "The order is not where this could happen; nothing was changed.")
    case .samePerson: (409, "A second person is needed; nothing was changed.")
    case .notKnown: (422, "Something that it rests on is not known; nothing was changed.")
    case .unread:
      (409, "The record has events that this version cannot read; nothing was changed.")
    }
  }
}
