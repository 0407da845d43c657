public import JSONText

/// Why a request was not answered as asked: what the API gives as JSON and pages as words.
public struct WebError: Error, Equatable, Sendable, CustomStringConvertible {
  public var status: Int
  /// One word that programs can rely on, as in `conflict`.
  public var code: String
  /// One sentence for people.
  public var message: String
  /// The field or header that is meant, as in `$.roles[0]`.
  public var field: String?
  public var given: String?
  public var expected: String?
  /// What to do about it.
  public var todo: String?
  /// Seconds until it is worth another try.
  public var retryAfter: Int?
  /// What a person has to answer with yes before it is done; empty for every other refusal.
  public var questions: [String] = []
  /// The page with the form again and what was typed in it, where a form was refused.
  public var page: String?

  public init(
    _ status: Int,
    _ code: String,
    _ message: String,
    field: String? = nil,
    given: String? = nil,
    expected: String? = nil,
    todo: String? = nil,
    retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.field = field
    self.given = given
    self.expected = expected
    self.todo = todo
    self.retryAfter = retryAfter
  }

  /// One line.
  public var description: String {
    var line = field.map { "\($0): \(message)" } ?? message
    if let given { line += " Given \(given)." }
    if let expected { line += " Expected \(expected)." }
    if let todo { line += " \(todo)" }
    return line
  }

  /// `{"error":{…}}`; all names are always there, `null` where there is nothing to say; `questions`
  /// where there are any.
  public var json: [UInt8] {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.key("error")
    writer.beginObject()
    for (name, value) in [
      ("code", code), ("field", field), ("message", message), ("given", given),
      ("expected", expected), ("todo", todo),
    ] as [(String, String?)] {
      writer.key(name)
      if let value { writer.string(value) } else { writer.null() }
    }
    if !questions.isEmpty {
      writer.key("questions")
      writer.beginArray()
      for question in questions { writer.string(question) }
      writer.endArray()
    }
    writer.endObject()
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

extension WebError {
  /// A value that is not what the route says it takes.
  public init(_ mismatch: JSONMismatch) {
    self.init(
      422,
      "badField",
      "A field is not what it must be.",
      field: mismatch.path,
      given: mismatch.given,
      expected: mismatch.expected,
      todo: "Correct the field and send it again."
    )
  }

  static let notSignedIn = WebError(
    401,
    "notSignedIn",
    "Nobody is signed in, or the session is over.",
    todo: "Sign in, then try again."
  )

  static let busy = WebError(
    503,
    "busy",
    "The server cannot take this now.",
    todo: "Wait a moment and send the same again, with the same key.",
    retryAfter: 2
  )

  /// SR-113: whether it was recorded is not known, and the same key tells.
  static let outcomeUnknown = WebError(
    503,
    "outcomeUnknown",
    "It is not known whether this was recorded.",
    todo: "Send the same again with the same key: it is recorded once.",
    retryAfter: 5
  )

  static func noSuch(_ what: String, given: String, field: String? = nil) -> WebError {
    WebError(
      404,
      "notFound",
      "There is no such \(what).",
      field: field,
      given: "\"\(given.prefix(60))\""
    )
  }
}
