/// Why a form was not taken: at which field, and what to do.
struct FormFault: Equatable, Sendable {
  /// The name of the field; nothing where it is of the whole form.
  var field: String?
  var message: String
  var given: String?
  var expected: String?
  var todo: String?
  /// What a person has to say yes to, where that is all that is missing.
  var questions: [String] = []

  init(
    field: String? = nil,
    _ message: String,
    given: String? = nil,
    expected: String? = nil,
    todo: String? = nil
  ) {
    (self.field, self.message, self.given) = (field, message, given)
    (self.expected, self.todo) = (expected, todo)
  }

  init(_ error: WebError) {
    field = error.field
    message = error.message
    given = error.given
    expected = error.expected
    todo = error.todo
    questions = error.questions
  }

  /// At the field, in one line.
  var atField: String {
    guard let expected else { return message }
    return given.map { "Given \($0), expected \(expected)." } ?? "Expected \(expected)."
  }
}

/// What was typed, so that nothing is lost where a form is refused.
struct FormState: Equatable, Sendable {
  /// Of which form on the page it is.
  var form = ""
  var typed: [String: String] = [:]
  var fault: FormFault?

  static let fresh = FormState()

  init() {}

  init(form: String, typed: [String: String], fault: FormFault? = nil) {
    (self.form, self.typed, self.fault) = (form, typed, fault)
  }

  init(form: String, _ fields: FormFields, fault: FormFault? = nil) {
    self.form = form
    self.fault = fault
    for name in fields.names where !["csrf", "key", "version"].contains(name) {
      typed[name] = fields[name]
    }
  }

  /// The state for one of several forms of a page.
  func of(_ name: String) -> FormState { form == name ? self : .fresh }
}
