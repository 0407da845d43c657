/// A form that writes: with the session's token, a key of its own and the version it was read at.
struct PageForm {
  struct Button {
    let text: String
    var name: String?
    var value: String?
    var isPlain = false
    /// Where it goes, where that is not where the form goes.
    var action: String?
  }

  /// Tells the forms of a page apart.
  let name: String
  let action: String
  var content: Markup = .none
  var buttons: [Button]
  var version: Int64?
  var label: String?
  var hidden: [(String, String)] = []
  /// Whether it changes nothing, so that going back to it is going on.
  var isLook = false
  /// After the buttons.
  var also: Markup = .none

  init(
    _ name: String,
    to action: String,
    _ button: String,
    version: Int64? = nil,
    label: String? = nil
  ) {
    (self.name, self.action, self.version, self.label) = (name, action, version, label)
    buttons = [Button(text: button)]
  }

  /// The form as HTML, with what was typed and why it was refused.
  func markup(_ context: PageContext, _ state: FormState, _ fields: [Field] = []) -> Markup {
    var own = state.of(name)
    own.form = name
    var inside = Self.refusal(own)
    for field in fields { inside += field.markup(own) }
    inside += content
    inside += Self.questions(own)
    var hidden = [("csrf", context.visitor.formToken), ("key", context.freshKey())]
    if let version { hidden.append(("version", "\(version)")) }
    hidden += self.hidden
    var values: [String: Any] = [
      "action": action, "content": inside.html, "also": also.html, "isLook": isLook,
      "hidden": hidden.map { ["name": $0.0, "value": $0.1] },
      "buttons": buttons.map { button in
        var values: [String: Any] = ["text": button.text, "isPlain": button.isPlain]
        if let name = button.name { values["name"] = name }
        if let value = button.value { values["value"] = value }
        if let action = button.action { values["action"] = action }
        return values
      },
    ]
    if let label { values["label"] = label }
    return PageLibrary.markup("form", values)
  }

  /// Why it was not taken, above the fields; the field says it again where it stands.
  private static func refusal(_ state: FormState) -> Markup {
    guard let fault = state.fault, fault.questions.isEmpty else { return .none }
    var text: Markup = "\(fault.message)"
    if let field = fault.field {
      text += " \(link: "Go to the field", to: "#f-\(state.form)-\(Piece.identifier(field))")."
    }
    if let given = fault.given { text += " Given: \(given)." }
    if let expected = fault.expected { text += " Expected: \(expected)." }
    if let todo = fault.todo { text += " \(bold: todo)" }
    return Piece.note(.bad, "NOT RECORDED", text, isAlert: true)
  }

  /// Questions that an entry raised; the box that says yes to all of them.
  private static func questions(_ state: FormState) -> Markup {
    guard let fault = state.fault, !fault.questions.isEmpty else { return .none }
    return Piece.note(
      .warn,
      "LOOK AGAIN",
      "Nothing is recorded yet." + Piece.list(fault.questions.map { "\($0)" }),
      isAlert: true
    )
      + Field("confirmed", "Yes: it is right as it stands", .check, isRequired: false).markup(
        FormState(form: state.form, typed: [:])
      )
  }
}
