import JSONText

/// Signing in and out, by page and by API.
public struct SessionRoutes: Sendable {
  let desk: SignInDesk
  let accounts: AccountBook
  let sessions: SessionBook
  let settings: WebSettings

  public init(
    _ desk: SignInDesk,
    _ accounts: AccountBook,
    _ sessions: SessionBook,
    _ settings: WebSettings
  ) {
    self.desk = desk
    self.accounts = accounts
    self.sessions = sessions
    self.settings = settings
  }

  static let tag = "Signing in"

  public var routes: [Route] { pages + api }

  private var pages: [Route] {
    [
      Route(
        .get,
        "/sign-in",
        "The page to sign in.",
        tag: Self.tag,
        face: .page,
        access: .public
      ) { call throws(WebError) in
        WebResponse(html: PlainPages.signIn(next: Self.path(call.query["next"]), fault: nil))
      },
      Route(
        .post,
        "/sign-in",
        "Signs in by form.",
        tag: Self.tag,
        face: .page,
        access: .public,
        bodyMax: 4 * 1024,
        handler: signInByForm
      ),
      Route(
        .post,
        "/sign-out",
        "Signs out by form.",
        tag: Self.tag,
        face: .page,
        access: .anyRole,
        needsKey: false
      ) { call throws(WebError) in
        end(call)
        var response = WebResponse.seeOther("/sign-in")
        response.headers.append(settings.clearCookie)
        return response
      },
    ]
  }

  private var api: [Route] {
    [
      Route(
        .post,
        "/api/v1/session",
        "Signs in.",
        tag: Self.tag,
        face: .api,
        access: .public,
        request: .object([
          SchemaField("name", .text(most: 100)), SchemaField("password", .text(most: 1_024)),
          SchemaField("code", .text(most: 20, "Six digits of the authenticator.")),
        ]),
        response: Self.schema,
        bodyMax: 4 * 1024,
        handler: signInByJSON
      ),
      Route(
        .get,
        "/api/v1/session",
        "Who is signed in, and the form token for writes.",
        tag: Self.tag,
        face: .api,
        access: .anyRole,
        response: Self.schema
      ) { call throws(WebError) in
        guard case .person(let account, let session) = call.visitor else {
          throw .notSignedIn
        }
        return WebResponse { Self.write(account, session, &$0) }
      },
      Route(
        .delete,
        "/api/v1/session",
        "Signs out.",
        tag: Self.tag,
        face: .api,
        access: .anyRole,
        needsKey: false
      ) { call throws(WebError) in
        end(call)
        return WebResponse(204, headers: [settings.clearCookie], body: .bytes([]))
      },
      Route(
        .get,
        "/api/v1/sessions",
        "One's own sessions.",
        tag: Self.tag,
        face: .api,
        access: .anyRole,
        handler: list
      ),
      Route(
        .delete,
        "/api/v1/sessions/{session}",
        "Ends one of one's own sessions.",
        tag: Self.tag,
        face: .api,
        access: .anyRole,
        needsKey: false
      ) { call throws(WebError) in
        if let account = call.visitor.account {
          sessions.end(call["session"], of: account.id)
        }
        return WebResponse(204, headers: [], body: .bytes([]))
      },
    ]
  }

  // MARK: Handlers

  private func signInByForm(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let form = try call.form()
    do throws(WebError) {
      let (token, _, _) = try await desk.signIn(
        name: form["name"] ?? "",
        password: form["password"] ?? "",
        code: form["code"] ?? "",
        from: call.request.address,
        at: call.now
      )
      var response = WebResponse.seeOther(Self.path(form["next"]) ?? "/")
      response.headers.append(settings.setCookie(token))
      return response
    } catch {
      var response = WebResponse(
        error.status,
        html: PlainPages.signIn(next: Self.path(form["next"]), fault: error)
      )
      if let seconds = error.retryAfter { response.headers.append(("retry-after", "\(seconds)")) }
      return response
    }
  }

  private func signInByJSON(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let object = try call.object()
    let fields: (name: String, password: String, code: String)
    do throws(JSONMismatch) {
      fields = (
        try object.required("name").string(), try object.required("password").string(),
        try object.required("code").string()
      )
    } catch { throw WebError(error) }
    let (token, session, account) = try await desk.signIn(
      name: fields.name,
      password: fields.password,
      code: fields.code,
      from: call.request.address,
      at: call.now
    )
    var response = WebResponse { Self.write(account, session, &$0) }
    response.headers.append(settings.setCookie(token))
    return response
  }

  private func list(_ call: RouteCall) async throws(WebError) -> WebResponse {
    guard case .person(let account, let own) = call.visitor else { throw .notSignedIn }
    let all = sessions.list(of: account.id, at: call.now)
    return WebResponse { writer in
      writer.beginObject()
      writer.key("sessions")
      writer.beginArray()
      for session in all {
        writer.beginObject()
        writer.member("id", session.id)
        writer.member("address", session.address)
        writer.key("begunAt")
        writer.integer(session.begunAt)
        writer.key("seenAt")
        writer.integer(session.seenAt)
        writer.key("isThis")
        writer.bool(session.id == own.id)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
  }

  private func end(_ call: RouteCall) {
    if case .person(let account, let session) = call.visitor {
      sessions.end(session.id, of: account.id)
    }
  }

  /// A path of this server to go on to; never an address of another.
  static func path(_ text: String?) -> String? {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 500,
      RouteTemplate.split(text).allSatisfy({ $0.isEmpty || RouteTemplate.isValue($0) })
    else { return nil }
    return text
  }

  private static let schema = Schema.object([
    SchemaField("account", .text(most: 100)), SchemaField("name", .text(most: 100)),
    SchemaField("fullName", .text(most: 200)),
    SchemaField(
      "roles",
      .list(of: .choice(AccountRole.allCases.map(\.rawValue)), most: AccountRole.allCases.count)
    ),
    SchemaField("patient", .text(most: 100), isRequired: false),
    SchemaField("formToken", .text(most: 100)),
    SchemaField("endsAt", .integer(0...Int.max, "ms since 1970")),
  ])

  private static func write(
    _ account: Account,
    _ session: Session,
    _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("account", account.id)
    writer.member("name", account.name)
    writer.member("fullName", account.fullName)
    writer.key("roles")
    writer.beginArray()
    for role in AccountRole.allCases where account.roles.contains(role) {
      writer.string(role.rawValue)
    }
    writer.endArray()
    if let patient = account.patient { writer.member("patient", patient) }
    writer.member("formToken", session.formToken)
    writer.key("endsAt")
    writer.integer(session.begunAt + SessionBook.ageMax)
    writer.endObject()
  }
}
