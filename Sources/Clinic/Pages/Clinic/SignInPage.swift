/// The page to sign in, and what a refusal looks like; both stand without any content of the clinic.
extension PlainPages {
  static func failure(_ error: WebError) -> String {
    var rows: [(String, Markup)] = []
    for (name, value) in [
      ("Where", error.field), ("Given", error.given), ("Expected", error.expected),
    ] {
      if let value { rows.append((name, "\(value)")) }
    }
    let todo: Markup = error.todo.map { "\(bold: $0)" } ?? ""
    return PageContext.plain(
      error.message,
      Piece.card(
        nil,
        style: "narrow",
        Piece.heading("\(error.message)") + Piece.paragraph(todo)
          + (rows.isEmpty ? .none : Piece.facts(rows))
          + Piece.actions([Piece.button("To the start", to: "/")])
      )
    )
  }

  static func signIn(next: String?, fault: WebError?) -> String {
    let fields = [
      Field("name", "Name", complete: "username"),
      Field("password", "Password", .password, complete: "current-password"),
      Field(
        "code",
        "Code of the authenticator",
        .whole,
        hint: "Six digits, which change every half minute.",
        complete: "one-time-code"
      ),
    ]
    let state = FormState(form: "in", typed: [:])
    let notice =
      fault.map {
        Piece.note(.bad, "NOT SIGNED IN", "\($0.message) \($0.todo ?? "")", isAlert: true)
      } ?? .none
    let form = PageLibrary.markup(
      "form",
      [
        "action": "/sign-in", "content": fields.map { $0.markup(state) }.joined().html,
        "hidden": [["name": "next", "value": next ?? "/"]],
        "buttons": [["text": "Sign in", "isPlain": false] as [String: Any]], "also": "",
      ]
    )
    return PageContext.plain(
      "Sign in",
      Piece.card(nil, style: "narrow", Piece.heading("Sign in") + notice + form)
    )
  }
}
