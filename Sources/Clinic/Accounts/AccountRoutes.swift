import JSONText

/// People's accounts, for administrators.
public struct AccountRoutes: Sendable {
  let accounts: AccountBook
  let sessions: SessionBook

  public init(_ accounts: AccountBook, _ sessions: SessionBook) {
    self.accounts = accounts
    self.sessions = sessions
  }

  private static let tag = "Accounts"
  private static let roleList = Schema.list(
    of: .choice(AccountRole.allCases.map(\.rawValue)),
    most: AccountRole.allCases.count
  )
  private static let one = Schema.object([
    SchemaField("id", .text(most: 100)), SchemaField("name", .text(most: 40)),
    SchemaField("fullName", .text(most: 100)), SchemaField("roles", roleList),
    SchemaField("patient", .text(most: 100), isRequired: false), SchemaField("isClosed", .flag),
    SchemaField(
      "codeSecret",
      .text(most: 40, "For the authenticator, base 32; shown once, when it is made."),
      isRequired: false
    ),
  ])

  public var routes: [Route] {
    [
      Route(
        .get,
        "/api/v1/accounts",
        "All accounts.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator, .auditor]),
        audit: .init("read the accounts", patient: nil),
        response: .object([SchemaField("accounts", .list(of: Self.one, most: 100_000))]),
        handler: list
      ),
      Route(
        .post,
        "/api/v1/accounts",
        "Opens an account.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator]),
        audit: .init("opened an account", patient: nil),
        request: .object([
          SchemaField("name", .text(most: 40)), SchemaField("fullName", .text(most: 100)),
          SchemaField("roles", Self.roleList),
          SchemaField("patient", .text(most: 100), isRequired: false),
          SchemaField("password", .text(most: 1_024)),
        ]),
        response: Self.one,
        handler: open
      ),
      Route(
        .put,
        "/api/v1/accounts/{account}/roles",
        "Gives an account other roles; its sessions end.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator]),
        audit: .init("gave an account other roles", patient: nil),
        request: .object([SchemaField("roles", Self.roleList)]),
        response: Self.one,
        handler: setRoles
      ),
      Route(
        .put,
        "/api/v1/accounts/{account}/password",
        "Gives an account another password; its sessions end.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator]),
        audit: .init("gave an account another password", patient: nil),
        request: .object([SchemaField("password", .text(most: 1_024))]),
        response: Self.one,
        handler: setPassword
      ),
      Route(
        .post,
        "/api/v1/accounts/{account}/code",
        "Gives an account another secret for one-time codes; its sessions end.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator]),
        audit: .init("gave an account another one-time-code secret", patient: nil),
        response: Self.one
      ) { call throws(WebError) in
        let secret = try await accounts.renewCode(of: call["account"], act(call))
        return try await changed(call, secret)
      },
      Route(
        .delete,
        "/api/v1/accounts/{account}",
        "Closes an account; its sessions end, its acts stay.",
        tag: Self.tag,
        face: .api,
        access: .roles([.administrator]),
        audit: .init("closed an account", patient: nil),
        response: Self.one
      ) { call throws(WebError) in
        try await accounts.close(call["account"], act(call))
        return try await changed(call)
      },
    ]
  }

  // MARK: Handlers

  private func act(_ call: RouteCall) -> AccountAct {
    AccountAct(key: call.actKey, who: call.visitor.who, time: call.now)
  }

  private func list(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let all = await accounts.all
    return WebResponse { writer in
      writer.beginObject()
      writer.key("accounts")
      writer.beginArray()
      for account in all { Self.write(account, nil, &writer) }
      writer.endArray()
      writer.endObject()
    }
  }

  private func open(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let object = try call.object()
    let new: NewAccount
    do throws(JSONMismatch) {
      new = NewAccount(
        name: try object.required("name").string(),
        fullName: try object.required("fullName").string(),
        roles: try object.required("roles").roles(),
        patient: try object.optional("patient")?.string(),
        password: try object.required("password").string()
      )
    } catch { throw WebError(error) }
    let (account, secret) = try await accounts.open(new, act(call))
    return WebResponse(201) { Self.write(account, secret, &$0) }
  }

  private func setRoles(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let object = try call.object()
    let roles: Set<AccountRole>
    do throws(JSONMismatch) { roles = try object.required("roles").roles() } catch {
      throw WebError(error)
    }
    try await accounts.set(roles: roles, of: call["account"], act(call))
    return try await changed(call)
  }

  private func setPassword(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let object = try call.object()
    let password: String
    do throws(JSONMismatch) { password = try object.required("password").string() } catch {
      throw WebError(error)
    }
    try await accounts.set(password: password, of: call["account"], act(call))
    return try await changed(call)
  }

  private func changed(
    _ call: RouteCall,
    _ secret: [UInt8]? = nil
  ) async throws(WebError) -> WebResponse {
    guard let account = accounts[call["account"]] else {
      throw .noSuch("account", given: call["account"])
    }
    sessions.endAll(of: account.id)
    return WebResponse { Self.write(account, secret, &$0) }
  }

  private static func write(
    _ account: Account,
    _ secret: [UInt8]?,
    _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("id", account.id)
    writer.member("name", account.name)
    writer.member("fullName", account.fullName)
    writer.key("roles")
    writer.beginArray()
    for role in AccountRole.allCases where account.roles.contains(role) {
      writer.string(role.rawValue)
    }
    writer.endArray()
    if let patient = account.patient { writer.member("patient", patient) }
    writer.key("isClosed")
    writer.bool(account.isClosed)
    if let secret { writer.member("codeSecret", OneTimeCode.base32(secret)) }
    writer.endObject()
  }
}
