import Crypto
import Foundation
public import Ledger

/// The parts that a clinic's server works with.
public struct ClinicParts: Sendable {
  public var settings: WebSettings
  public var clock: ClinicClock
  public var chance: ClinicChance
  public var ledger: any LedgerStore
  public var accounts: AccountBook
  public var sessions: SessionBook
  public var metrics: Metrics

  public init(
    settings: WebSettings,
    clock: ClinicClock,
    chance: ClinicChance,
    ledger: any LedgerStore,
    accounts: AccountBook,
    sessions: SessionBook,
    metrics: Metrics
  ) {
    self.settings = settings
    self.clock = clock
    self.chance = chance
    self.ledger = ledger
    self.accounts = accounts
    self.sessions = sessions
    self.metrics = metrics
  }
}

/// The clinic's web: a request in, an answer out; all checks that a route declares are made here.
public struct ClinicWeb: Sendable {
  public let table: RouteTable
  let parts: ClinicParts
  let audit: AuditBook
  private let answers = AnswerBook()
  private let strangers: RefusalBudget
  private let securityHeaders: [(name: String, value: String)]
  private let wasmHeaders: [(name: String, value: String)]
  private let renewals = RenewalBook()
  private let waits = AuditWait()

  public init(_ routes: [Route], _ parts: ClinicParts) throws(RouteTableError) {
    table = try RouteTable(routes)
    bodyMax = routes.map(\.bodyMax).max() ?? 0
    self.parts = parts
    audit = AuditBook(parts.ledger, parts.chance)
    strangers = RefusalBudget()
    securityHeaders = parts.settings.securityHeaders(compilesWasm: false)
    wasmHeaders = parts.settings.securityHeaders(compilesWasm: true)
  }

  /// Where the server stands.
  var settings: WebSettings { parts.settings }

  /// The longest body that any route takes.
  public let bodyMax: Int

  /// Answers a request.
  public func answer(_ request: WebRequest) async -> WebResponse {
    let begun = parts.clock.elapsed()
    var (response, name) = await found(request)
    if !response.headers.contains(where: { $0.name == "cache-control" }) {
      response.headers.append(("cache-control", "no-store"))
    }
    response.headers += response.compilesWasm ? wasmHeaders : securityHeaders
    parts.metrics.answered(name, response.status, milliseconds: parts.clock.elapsed() - begun)
    return response
  }

  private func found(_ request: WebRequest) async -> (WebResponse, String) {
    guard parts.settings.isOwn(request.headers["host"]) else {
      let error = WebError(
        421,
        "wrongHost",
        "This is not the address of this server.",
        field: "Host",
        todo: "Open the address that your clinic gave you."
      )
      return (refusal(error, face: .api), "(host)")
    }
    switch table.match(request) {
    case .route(let route, let values):
      return (await answer(request, route, values), route.name)
    case .otherMethod(let methods):
      let names = methods.map { $0.rawValue.uppercased() }.sorted().joined(separator: ", ")
      let error = WebError(
        405,
        "otherMethod",
        "This cannot be done here.",
        given: request.method.rawValue.uppercased(),
        expected: names
      )
      var response = refusal(error, face: Self.face(of: request))
      response.headers.append(("allow", names))
      return (response, "(method)")
    case .none:
      let error = WebError.noSuch("page", given: request.path)
      return (refusal(error, face: Self.face(of: request)), "(none)")
    }
  }

  private static func face(of request: WebRequest) -> Route.Face {
    (request.headers["accept"] ?? "").contains("text/html") ? .page : .api
  }

  // MARK: A route

  private func answer(
    _ request: WebRequest,
    _ route: Route,
    _ values: [String: String]
  ) async -> WebResponse {
    let visitor = visitor(request, route)
    let record = CallRecord()
    let now = parts.clock.security()
    do throws(WebError) {
      let checks = RouteChecks(route: route, request: request, settings: parts.settings)
      try checks.access(visitor, values)
      let body = try checks.body()
      try checks.formToken(visitor, body)
      let call = RouteCall(
        route: route,
        request: request,
        values: values,
        query: try FormFields(request.query.utf8),
        visitor: visitor,
        body: body,
        key: try checks.key(body),
        version: try checks.version(body),
        now: now,
        therapyNow: parts.clock.therapy(),
        ledger: parts.ledger,
        chance: parts.chance,
        audit: audit,
        record: record
      )
      return try await handled(call)
    } catch {
      let patient = values["patient"] ?? record.patient
      await recordRefusal(error, request, route, patient, visitor, at: now)
      if route.face == .page, error.status == 401 {
        return .seeOther("/sign-in?next=\(Self.asValue(request))")
      }
      return refusal(error, face: route.face)
    }
  }

  private func handled(_ call: RouteCall) async throws(WebError) -> WebResponse {
    guard let key = call.key, call.route.needsKey else {
      return try await done(call)
    }
    let outcome = OutcomeBox()
    let response = try await answers.answer(
      "\(call.visitor.who) \(key)",
      print: Self.print(of: call),
      at: call.now
    ) {
      do throws(WebError) { return try await done(call) } catch {
        outcome.set(error)
        return WebResponse(error.status, json: error.json)
      }
    }
    if let error = outcome.error { throw error }
    // Another request with the same key was refused while this one waited for it.
    if response.status >= 400 { throw .busy }
    return response
  }

  /// Runs the handler; what it read goes into the audit before anyone sees it (SR-088).
  ///
  /// Where the ledger takes nothing, those who treat patients go on reading: their entries wait in memory.
  private func done(_ call: RouteCall) async throws(WebError) -> WebResponse {
    var response = try await call.route.handler(call)
    let isRead = call.request.method == .get
    if let plan = call.route.audit, !call.record.isAudited {
      let isRenewal = isRead && call.route.face == .page && call.request.headers["x-renewal"] != nil
      let page = "\(call.request.path)?\(call.request.query)"
      if isRenewal, renewals.isTold(call.visitor.who, page, at: call.now) { return response }
      let entry = AuditEntry(
        kind: isRead ? .read : .wrote,
        who: call.visitor.who,
        patient: plan.patient.flatMap { call.values[$0] } ?? call.record.patient,
        text: call.record.text(plan) + (isRenewal ? ", renewed live for up to 10 min" : ""),
        route: call.route.name,
        path: call.route.audited(call.request.path),
        address: call.request.address
      )
      let isClinical =
        call.visitor.account.map { !$0.roles.isDisjoint(with: AccountRole.clinical) } ?? false
      try await audit.record(entry, at: call.now, mayWait: isRead && isClinical)
      if isRenewal { renewals.tell(call.visitor.who, page, at: call.now) }
      if let gap = audit.gap {
        response.headers.append(("cisterna-audit", "waits; \(gap.waiting) entries"))
        retryLater()
      }
    }
    return response
  }

  /// Tries again to write what waits, until nothing does: also where nobody asks for anything any more.
  private func retryLater() {
    guard waits.begin() else { return }
    Task { [audit, clock = parts.clock, waits] in
      repeat {
        do { try await clock.sleep(AuditWait.every) } catch { break }
      } while await !audit.catchUp(at: clock.security())
      waits.end()
    }
  }

  private func visitor(_ request: WebRequest, _ route: Route) -> Visitor {
    if case .relay = route.access {
      return RelayToken.isRight(request, parts.settings.relayToken) ? .relay : .nobody
    }
    guard let token = request.cookie(parts.settings.cookie),
      let session = parts.sessions.use(token, at: parts.clock.security()),
      let account = parts.accounts[session.account], !account.isClosed
    else { return .nobody }
    return .person(account, session)
  }

  private func recordRefusal(
    _ error: WebError,
    _ request: WebRequest,
    _ route: Route,
    _ patient: String?,
    _ visitor: Visitor,
    at now: Int64
  ) async {
    // Whoever is nobody must not be able to fill the ledger.
    guard visitor.account != nil || route.audit != nil && strangers.take(at: now) else { return }
    let entry = AuditEntry(
      kind: .refused,
      who: visitor.who,
      patient: patient,
      text: route.audit?.text ?? route.summary,
      route: route.name,
      path: route.audited(request.path),
      status: error.status,
      code: error.code,
      address: request.address
    )
    // It is refused in any case; where the ledger takes nothing the metrics show it.
    do throws(WebError) { try await audit.record(entry, at: now, mayWait: true) } catch {
      parts.metrics.add("cisterna_audit_failures_total")
    }
  }

  private func refusal(_ error: WebError, face: Route.Face) -> WebResponse {
    var response =
      face == .page
      ? WebResponse(error.status, html: error.page ?? PlainPages.failure(error))
      : WebResponse(error.status, json: error.json)
    if let seconds = error.retryAfter { response.headers.append(("retry-after", "\(seconds)")) }
    if error.status == 401, face != .page {
      response.headers.append(("www-authenticate", "Session"))
    }
    return response
  }

  /// The path to come back to, as a value of a query; only reads can be come back to.
  private static func asValue(_ request: WebRequest) -> String {
    guard request.method == .get else { return "/" }
    let isPlain = RouteTemplate.split(request.path).allSatisfy {
      $0.isEmpty || RouteTemplate.isValue($0)
    }
    return isPlain ? request.path : "/"
  }

  /// Of all that makes a request what it is; the form token changes with the session.
  private static func print(of call: RouteCall) -> SHA256Digest {
    var hash = SHA256()
    hash.update(data: Array("\(call.request.method.rawValue) \(call.request.path)?".utf8))
    hash.update(data: Array("\(call.request.query)\n".utf8))
    if case .form(let fields) = call.body {
      for name in fields.names.sorted() where name != "csrf" {
        hash.update(data: Array("\(name)=\(fields[name] ?? "")\n".utf8))
      }
    } else {
      hash.update(data: call.request.body)
    }
    return hash.finalize()
  }
}
