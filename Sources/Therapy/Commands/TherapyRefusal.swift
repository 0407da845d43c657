/// Why a command was not accepted; nothing has changed.
public struct TherapyRefusal: Error, Equatable, Sendable, Codable {
  /// The codes; a page has a text for each.
  public enum Code: String, Codable, Sendable, CaseIterable {
    /// The role may not do this.
    case role
    /// Not at this stage of the patient's care.
    case stage
    /// It has been done.
    case twice
    /// What it speaks of is not in the record.
    case unknown
    /// The record, or what is in force in the pump, is not what the command rests on.
    case outOfDate
    /// A step out of order; `expected` names the next one.
    case outOfOrder
    /// A field is empty, malformed or against another one.
    case value
    /// A hard limit: of the pump, of the contract or of a verified fact.
    case limit
    /// Two entries that must agree do not.
    case mismatch
    /// A check of the checklist is bad.
    case stop
    /// Questions that a person has to answer with yes; see ``TherapyRefusal/questions``.
    case confirm
    /// An order is under way already.
    case inFlight
    /// The order's life has ended, or is not where this could happen.
    case orderState
    /// The same person twice, where two are asked for.
    case samePerson
    /// It cannot be worked out, since something is not known.
    case notKnown
    /// The record has events that this version cannot read.
    case unread
  }

  public let code: Code
  /// Where it is in the command, as in `fill.volume`; empty for the whole of it.
  public let field: String
  public let given: String
  public let expected: String
  /// What a person can do now.
  public let remedy: String
  /// What is to be confirmed, for ``Code/confirm``.
  public let questions: [String]

  public init(
    _ code: Code,
    _ field: String,
    given: String,
    expected: String,
    remedy: String,
    questions: [String] = []
  ) {
    self.code = code
    self.field = field
    self.given = given
    self.expected = expected
    self.remedy = remedy
    self.questions = questions
  }
}
