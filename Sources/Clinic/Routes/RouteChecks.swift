import JSONText

/// The checks before a handler, in the order in which they are made.
struct RouteChecks: Sendable {
  let route: Route
  let request: WebRequest
  let settings: WebSettings

  /// Who may ask.
  func access(_ visitor: Visitor, _ values: [String: String]) throws(WebError) {
    switch route.access {
    case .public: break
    case .relay:
      guard case .relay = visitor else { throw Self.notARelay }
      return
    case .signer:
      // The signature is the authority; the origin keeps other pages from sending people's forms.
      try origin(among: settings.origins.union(settings.signerOrigins))
      return
    case .roles(let roles):
      guard let account = visitor.account else { throw .notSignedIn }
      guard !roles.isDisjoint(with: account.roles) else { throw Self.notYours(account, roles) }
      // Patients see their own record only.
      if let patient = values["patient"], account.roles == [.patient], account.patient != patient {
        throw Self.notYours(account, roles.subtracting([.patient]))
      }
    }
    if request.method != .get { try origin(among: settings.origins) }
  }

  /// A form of another page is refused even where it has the cookie with it.
  private func origin(among allowed: Set<String>) throws(WebError) {
    if let origin = request.headers["origin"] {
      guard allowed.contains(origin) else { throw Self.otherPage(origin) }
    } else if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
      throw Self.otherPage("a page of another site")
    }
  }

  func body() throws(WebError) -> RouteCall.Body {
    guard request.method != .get else { return .none }
    guard !request.isBodyTooLong, request.body.count <= route.bodyMax else {
      throw WebError(
        413,
        "tooLarge",
        "The body is too large.",
        given: "more than it may be",
        expected: "at most \(route.bodyMax) bytes"
      )
    }
    let type = (request.headers["content-type"] ?? "").lowercased().prefix { $0 != ";" }
    switch route.face {
    case .bytes: return .bytes(request.body)
    case .page:
      guard type == "application/x-www-form-urlencoded" else { throw RouteCall.noBody }
      return .form(try FormFields(request.body))
    case .api:
      guard let schema = route.request else {
        guard request.body.isEmpty else { throw Self.noBodyTaken }
        return .none
      }
      guard type == "application/json" else { throw RouteCall.noBody }
      return .json(try json(schema))
    }
  }

  private func json(_ schema: Schema) throws(WebError) -> JSONCursor {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONValue(parsing: request.body) } catch {
      throw WebError(
        400,
        "badJSON",
        "The body is not strict JSON: \(error.message).",
        field: error.path,
        given: "line \(error.line), column \(error.column)",
        todo: "Correct it and send it again."
      )
    }
    let cursor = JSONCursor(root: value)
    do throws(JSONMismatch) { try schema.check(cursor) } catch { throw WebError(error) }
    return cursor
  }

  /// A write of somebody who is signed in carries the token of their session, by form or header.
  func formToken(_ visitor: Visitor, _ body: RouteCall.Body) throws(WebError) {
    guard route.needsFormToken else { return }
    guard let session = visitor.session else { throw .notSignedIn }
    var given = request.headers["x-csrf"]
    if given == nil, case .form(let fields) = body { given = fields["csrf"] }
    guard let given else { throw Self.formToken("nothing") }
    guard Secret.isSame(Array(given.utf8), Array(session.formToken.utf8)) else {
      throw Self.formToken("one of another session")
    }
  }

  /// The client's key: the event's id (SR-113).
  func key(_ body: RouteCall.Body) throws(WebError) -> String? {
    guard route.needsKey else { return nil }
    var given = request.headers["idempotency-key"]
    if given == nil, case .form(let fields) = body { given = fields["key"] }
    guard let given else { throw Self.key(428, "nothing") }
    guard (8...100).contains(given.utf8.count), RouteTemplate.isValue(given) else {
      throw Self.key(422, "\"\(given.prefix(60))\"")
    }
    return given
  }

  /// The version that a write was decided on.
  func version(_ body: RouteCall.Body) throws(WebError) -> Int64? {
    guard request.method != .get else { return nil }
    var given = request.headers["if-match"]
    if given == nil, case .form(let fields) = body { given = fields["version"] }
    guard let given else {
      if route.needsVersion { throw Self.version(428, "nothing") }
      return nil
    }
    let digits =
      given.hasPrefix("\"") && given.hasSuffix("\"") ? given.dropFirst().dropLast() : given[...]
    guard let version = Int64(digits), version >= 0 else {
      throw Self.version(422, "\"\(given.prefix(60))\"")
    }
    return version
  }

  // MARK: Refusals

  static let notARelay = WebError(
    401,
    "notARelay",
    "The relay's token is missing or wrong.",
    field: "Authorization",
    expected: "Bearer and the token",
    todo: "Start the relay with the token file of this clinic."
  )

  static let noBodyTaken = WebError(400, "noBodyTaken", "This takes no body.")

  static func notYours(_ account: Account, _ roles: Set<AccountRole>) -> WebError {
    WebError(
      403,
      "notYours",
      "Your role may not do this.",
      given: account.roles.map(\.rawValue).sorted().joined(separator: ", "),
      expected: roles.map(\.rawValue).sorted().joined(separator: ", "),
      todo: "Ask somebody in one of these roles."
    )
  }

  static func otherPage(_ origin: String) -> WebError {
    WebError(
      403,
      "otherPage",
      "This came from a page of somebody else.",
      field: "Origin",
      given: String(origin.prefix(100)),
      todo: "Open the clinic's own page and do it there."
    )
  }

  static func formToken(_ given: String) -> WebError {
    WebError(
      403,
      "formToken",
      "The form is not of this session.",
      field: "X-CSRF",
      given: given,
      expected: "the form token of the session",
      todo: "Open the page again and send it from there."
    )
  }

  static func key(_ status: Int, _ given: String) -> WebError {
    WebError(
      status,
      "keyNeeded",
      "A write carries a key of your making, so that it is done once.",
      field: "Idempotency-Key",
      given: given,
      expected: "8 to 100 letters, digits, dots, hyphens and underscores, fresh for each act",
      todo: "Send it with a key; send the same again with the same key."
    )
  }

  static func version(_ status: Int, _ given: String) -> WebError {
    WebError(
      status,
      "versionNeeded",
      "A write says which version it was decided on.",
      field: "If-Match",
      given: given,
      expected: "the version that the page or the ETag showed",
      todo: "Read it anew, decide, and send it with its version."
    )
  }
}
