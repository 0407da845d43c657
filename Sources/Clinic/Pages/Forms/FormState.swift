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

  /// The same at the form's own field: the record knows a value by its place, a form by its name.
  func at(_ names: Set<String>) -> FormFault {
    guard let field, !names.contains(field) else { return self }
    let last = field.split(separator: ".").last.map(String.init) ?? field
    let same = names.filter { $0.split(separator: ".").last.map(String.init) == last }
    var fault = self
    if names.contains(last) {
      fault.field = last
    } else if same.count == 1 {
      fault.field = same.first
    }
    return fault
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
  /// Whether it came by a form: then each text stands in its field again exactly as it was typed.
  var isAsTyped = false

  static let fresh = FormState()

  init() {}

  init(form: String, typed: [String: String], fault: FormFault? = nil) {
    (self.form, self.typed, self.fault) = (form, typed, fault)
  }

  init(form: String, _ fields: FormFields, fault: FormFault? = nil) {
    self.form = form
    self.fault = fault
    isAsTyped = true
    for name in fields.names where !["csrf", "key", "version"].contains(name) {
      typed[name] = fields[name]
    }
  }

  /// The state for one of several forms of a page.
  func of(_ name: String) -> FormState { form == name ? self : .fresh }
}
