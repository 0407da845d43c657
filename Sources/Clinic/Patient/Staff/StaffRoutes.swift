import OrderText
import Therapy

/// What staff do for patients' own access, and for calendars and hooks.
struct StaffRoutes: Sendable {
  let desk: PageDesk
  let access: AccessBook
  let courier: WebhookCourier

  static let tag = "Access"

  var routes: [Route] { patient + calendars + hooks }

  private func page(
    _ template: RouteTemplate,
    _ summary: String,
    _ roles: Set<AccountRole>,
    audit: Route.Audit,
    _ handler: @escaping Route.Handler
  ) -> Route {
    Route(
      .get,
      template,
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      audit: audit,
      handler: handler
    )
  }

  private func form(
    _ template: RouteTemplate,
    _ summary: String,
    _ roles: Set<AccountRole>,
    audit: Route.Audit,
    _ handler: @escaping Route.Handler
  ) -> Route {
    Route(
      .post,
      template,
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      audit: audit,
      bodyMax: 8 * 1024,
      handler: handler
    )
  }

  // MARK: A patient's access

  private static let carers: Set<AccountRole> = [.physician, .nurse]

  private var patient: [Route] {
    [
      page(
        "/patients/{patient}/access",
        "A patient's account, emergency card and caregivers.",
        AccountRole.clinical,
        audit: .init("read who has access to the record")
      ) { call throws(WebError) in WebResponse(html: try await accessPage(call)) },
      form(
        "/patients/{patient}/access/card",
        "Makes a new emergency card; the one before opens nothing any more.",
        Self.carers,
        audit: .init("made an emergency card")
      ) { call throws(WebError) in
        try await answered(call, "card", accessPage) { fields throws(WebError) in
          let patient = try desk.patient(call)
          _ = try await desk.care.records.patient(patient)
          let token = AccessToken(call.chance)
          var event = AccessEvent(.cardIssued)
          (event.id, event.patient, event.hash) =
            (call.chance.eventID("card"), patient.text, token.hash)
          event.call = try Self.line(fields.needed("call", "a name and a number"), "call")
          event.pocket = try fields.text("pocket").map { text throws(WebError) in
            try Self.line(text, "pocket")
          }
          try await access.record(event, call)
          let address = "\(Self.origin(call, desk.care.parts.settings))/emergency/\(token.text)"
          return try await accessPage(call, made: .card(code: token.text, address: address))
        }
      },
      form(
        "/patients/{patient}/access/card/revoke",
        "Makes the emergency card worthless.",
        Self.carers,
        audit: .init("made an emergency card worthless")
      ) { call throws(WebError) in
        let patient = try desk.patient(call)
        guard let card = await access.table.card(of: patient) else {
          throw .noSuch("card", given: patient.text)
        }
        var event = AccessEvent(.cardRevoked)
        (event.id, event.patient) = (card.id, patient.text)
        try await access.record(event, call)
        return .seeOther("/patients/\(patient.text)/access")
      },
      form(
        "/patients/{patient}/access/account",
        "Opens an account for the patient.",
        Self.carers,
        audit: .init("opened an account for the patient"),
        openAccount
      ),
    ]
  }

  private func openAccount(_ call: RouteCall) async throws(WebError) -> WebResponse {
    try await answered(call, "account", accessPage) { fields throws(WebError) in
      let record = try await desk.record(call)
      let identity = record.identity
      let new = NewAccount(
        name: try fields.needed("name"),
        fullName: identity.map { "\($0.givenName) \($0.familyName)" } ?? record.id.text,
        roles: [.patient],
        patient: record.id.text,
        password: try fields.needed("password")
      )
      do throws(WebError) {
        let (account, secret) = try await desk.accounts.open(new, PageDesk.act(call))
        return try await accessPage(
          call,
          made: .account(
            name: account.fullName,
            secret: secret.map(OneTimeCode.base32) ?? "was shown before"
          )
        )
      } catch {
        // The API's names of fields are not the form's.
        var error = error
        error.field = error.field?.replacing("$.", with: "")
        throw error
      }
    }
  }

  private func account(of patient: PatientID) async -> Account? {
    await desk.accounts.all.first { $0.patient == patient.text && !$0.isClosed }
  }

  private func accessPage(_ call: RouteCall) async throws(WebError) -> String {
    try await accessPage(call, made: nil)
  }

  private func accessPage(_ call: RouteCall, _ state: FormState) async throws(WebError) -> String {
    try await accessPage(call, made: nil, state)
  }

  private func accessPage(
    _ call: RouteCall,
    made: AccessPage.Made?,
    _ state: FormState = .fresh
  ) async throws(WebError) -> String {
    let record = try await desk.record(call)
    return AccessPage(
      record: record,
      table: await access.table,
      accountName: await account(of: record.id)?.name,
      made: made,
      context: try await desk.context(call),
      state: state
    ).html()
  }

  // MARK: Calendars

  private var calendars: [Route] {
    [
      page(
        "/settings/links",
        "One's own calendars, and hooks for alarms.",
        AccountRole.staff,
        audit: .init("read calendars and hooks", patient: nil)
      ) { call throws(WebError) in WebResponse(html: try await linksPage(call)) },
      form(
        "/settings/links/calendar",
        "Makes an address of a calendar of refills.",
        AccountRole.clinical,
        audit: .init("made a calendar's address", patient: nil)
      ) { call throws(WebError) in
        let token = AccessToken(call.chance)
        var event = AccessEvent(.feedIssued)
        (event.id, event.account, event.hash) =
          (call.chance.eventID("feed"), call.visitor.who, token.hash)
        try await access.record(event, call)
        let address = "\(Self.origin(call, desk.care.parts.settings))/calendar/\(token.text).ics"
        return WebResponse(html: try await linksPage(call, made: .feed(address)))
      },
      form(
        "/settings/links/calendar/{feed}/end",
        "Ends an address of a calendar.",
        AccountRole.clinical,
        audit: .init("ended a calendar's address", patient: nil)
      ) { call throws(WebError) in
        try await Self.endFeed(call, access)
        return .seeOther("/settings/links")
      },
      form(
        "/settings/links/names",
        "Decides whether calendars may hold names and drugs.",
        [.administrator],
        audit: .init("decided what calendars may say", patient: nil)
      ) { call throws(WebError) in
        var event = AccessEvent(.calendarNames)
        event.isYes = try call.form().isYes("names")
        try await access.record(event, call)
        return .seeOther("/settings/links")
      },
    ]
  }

  /// Ends a feed of whoever asks, and of nobody else.
  static func endFeed(_ call: RouteCall, _ access: AccessBook) async throws(WebError) {
    guard let feed = await access.table.feeds[call["feed"]], feed.account == call.visitor.who else {
      throw .noSuch("calendar", given: call["feed"])
    }
    var event = AccessEvent(.feedRevoked)
    event.id = feed.id
    try await access.record(event, call)
  }

  // MARK: Hooks

  private var hooks: [Route] {
    [
      form(
        "/settings/links/hooks",
        "Adds a hook that alarms are told to.",
        [.administrator],
        audit: .init("added a hook for alarms", patient: nil)
      ) { call throws(WebError) in
        try await answered(call, "hook", linksPage) { fields throws(WebError) in
          let text = try fields.needed("url", "an address")
          let address = try WebhookAddress(text)
          let mayBeLocal = fields.isYes("local")
          // Told at once where the address is written as one; a name is looked up at each call.
          if let literal = try? SocketAddressText.address(address.host, address.port),
            let refusal = WebhookAddress.refusal(literal, mayBeLocal: mayBeLocal)
          {
            throw FormFields.fault(
              "url",
              given: "\"\(text.prefix(60))\": \(refusal)",
              expected: "an address that may be called"
            )
          }
          let secret = call.chance.bytes(32)
          var event = AccessEvent(.hookAdded)
          let id = "hook-\(Hex.text(call.chance.bytes(6)))"
          (event.id, event.url, event.isYes) = (id, text, mayBeLocal)
          event.sealed = await access.seal(secret, for: id, call.chance)
          try await access.record(event, call)
          return try await linksPage(call, made: .hook(Hex.text(secret)))
        }
      },
      form(
        "/settings/links/hooks/{hook}/remove",
        "Removes a hook.",
        [.administrator],
        audit: .init("removed a hook for alarms", patient: nil)
      ) { call throws(WebError) in
        guard let hook = await access.table.hooks[call["hook"]], hook.removedAt == nil else {
          throw .noSuch("hook", given: call["hook"])
        }
        var event = AccessEvent(.hookRemoved)
        event.id = hook.id
        try await access.record(event, call)
        return .seeOther("/settings/links")
      },
    ]
  }

  private func linksPage(_ call: RouteCall) async throws(WebError) -> String {
    try await linksPage(call, made: nil)
  }

  private func linksPage(_ call: RouteCall, _ state: FormState) async throws(WebError) -> String {
    try await linksPage(call, made: nil, state)
  }

  private func linksPage(
    _ call: RouteCall,
    made: LinksPage.Made?,
    _ state: FormState = .fresh
  ) async throws(WebError) -> String {
    let table = await access.table
    var waiting: [String: Int] = [:]
    for hook in table.openHooks { waiting[hook.id] = await courier.isWaiting(for: hook.id) }
    return LinksPage(
      table: table,
      outcomes: await courier.outcomes,
      waiting: waiting,
      made: made,
      context: try await desk.context(call),
      state: state
    ).html()
  }

  // MARK: In common

  /// A form whose answer is a page; where it is refused, the same page with what was typed.
  private func answered(
    _ call: RouteCall,
    _ name: String,
    _ page: (RouteCall, FormState) async throws(WebError) -> String,
    _ act: (FormFields) async throws(WebError) -> String
  ) async throws(WebError) -> WebResponse {
    let fields = try call.form()
    do throws(WebError) { return WebResponse(html: try await act(fields)) } catch {
      var refused = error
      refused.page = try await page(
        call,
        FormState(form: name, fields, fault: FormFault(error))
      )
      throw refused
    }
  }

  /// One line of people's words.
  static func line(_ text: String, _ field: String) throws(WebError) -> String {
    guard text.utf8.count <= 200, !text.contains(where: \.isNewline) else {
      throw FormFields.fault(
        field,
        given: "\(text.utf8.count) bytes",
        expected: "one line of at most 200 bytes"
      )
    }
    return text
  }

  /// The server's address as whoever asks knows it; the host was held to the server's own names before.
  static func origin(_ call: RouteCall, _ settings: WebSettings) -> String {
    "\(settings.isSecure ? "https" : "http")://\(call.request.headers["host"] ?? "")"
  }
}
