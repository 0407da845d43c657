import Ledger
import Testing

@testable import Clinic

/// Each route asked by everyone there is, with and without what a browser of the clinic sends.
///
/// The table is made from the routes themselves; what is to come of each row is said here once.
struct SecurityTableTests {
  enum Asker: Hashable, CustomStringConvertible {
    case nobody, signed(AccountRole), relay, wrongRelay, overSession

    var description: String {
      switch self {
      case .nobody: "nobody"
      case .signed(let role): role.rawValue
      case .relay: "a relay"
      case .wrongRelay: "a relay with a wrong token"
      case .overSession: "a session that is over"
      }
    }

    static let all: [Asker] =
      [.nobody, .relay, .wrongRelay, .overSession] + AccountRole.allCases.map { .signed($0) }
  }

  enum Token: CaseIterable { case right, missing, ofAnother }
  enum Origin: CaseIterable { case own, none, signer, other, crossSite }

  /// What comes before the handler refuses with; nothing where the handler is reached.
  static func expected(_ route: Route, _ asker: Asker, _ token: Token, _ origin: Origin) -> Int? {
    let isForeign =
      switch origin {
      case .own, .none: false
      case .signer: route.access != .signer
      case .other, .crossSite: true
      }
    switch route.access {
    case .relay: return asker == .relay ? nil : 401
    case .signer: return isForeign ? 403 : nil
    case .public: return route.method != .get && isForeign ? 403 : nil
    case .roles(let roles):
      guard case .signed(let role) = asker else { return 401 }
      guard roles.contains(role) else { return 403 }
      if route.method != .get, isForeign || token != .right { return 403 }
      return nil
    }
  }

  /// The routes of this module, and one of each kind that it has none of.
  static func routes(_ clinic: TestClinic) -> [Route] {
    @Sendable func reached(_ call: RouteCall) async throws(WebError) -> WebResponse {
      WebResponse(299, json: [])
    }
    var routes = clinic.routes
    routes += [
      Route(
        .get,
        "/api/v1/patients/{patient}/test",
        "A record.",
        tag: "Test",
        face: .api,
        access: .roles(AccountRole.clinical.union([.patient])),
        audit: .init("read a test"),
        handler: reached
      ),
      Route(
        .post,
        "/patients/{patient}/test",
        "A write by form.",
        tag: "Test",
        face: .page,
        access: .roles([.physician, .nurse]),
        audit: .init("wrote a test"),
        handler: reached
      ),
      Route(
        .post,
        "/signed-orders",
        "A signed order.",
        tag: "Test",
        face: .page,
        access: .signer,
        handler: reached
      ),
      Route(
        .post,
        "/relay/v1/test",
        "A relay's bytes.",
        tag: "Test",
        face: .bytes,
        access: .relay,
        handler: reached
      ),
    ]
    return routes.map { route in
      var route = route
      route.handler = reached
      // Bodies are another matter: here every body is empty.
      route.request = nil
      return route
    }
  }

  static func request(
    _ route: Route,
    _ clinic: TestClinic,
    _ tokens: [Asker: (token: String, session: Session)],
    _ asker: Asker,
    _ token: Token,
    _ origin: Origin
  ) -> WebRequest {
    var path = route.template.description
    for place in route.template.places {
      path.replace("{\(place)}", with: place == "patient" ? TestClinic.patient : "x-1")
    }
    var request = WebRequest(route.method, path)
    request.headers = ["host": TestClinic.host]
    let isForm = route.face == .page
    if isForm { request.headers["content-type"] = "application/x-www-form-urlencoded" }
    switch asker {
    case .nobody: break
    case .relay: request.headers["authorization"] = "Bearer \(TestClinic.relayToken)"
    case .wrongRelay:
      request.headers["authorization"] = "Bearer \(TestClinic.relayToken.dropLast())!"
    case .signed, .overSession:
      request.headers["cookie"] = "cisterna=\(tokens[asker]?.token ?? "")"
    }
    let csrf: String? =
      switch token {
      case .right: tokens[asker]?.session.formToken ?? "none"
      case .missing: nil
      case .ofAnother: tokens[.overSession]?.session.formToken ?? "none"
      }
    if isForm {
      let fields = ["key=key-\(clinic.chance.token())"] + (csrf.map { ["csrf=\($0)"] } ?? [])
      request.body = route.method == .get ? [] : Array(fields.joined(separator: "&").utf8)
    } else {
      request.headers["x-csrf"] = csrf
      request.headers["idempotency-key"] = "key-\(clinic.chance.token())"
    }
    switch origin {
    case .own: request.headers["origin"] = "http://\(TestClinic.host)"
    case .none: break
    case .signer: request.headers["origin"] = "http://127.0.0.1:7400"
    case .other: request.headers["origin"] = "http://clinic.test:7201"
    case .crossSite: request.headers["sec-fetch-site"] = "cross-site"
    }
    return request
  }

  @Test
  func `every route answers everyone as it declares (H-62, H-72)`() async throws {
    let clinic = try await TestClinic()
    let routes = Self.routes(clinic)
    var tokens: [Asker: (token: String, session: Session)] = [:]
    tokens[.overSession] = await clinic.session(.physician)
    clinic.time.pass(SessionBook.idleMax + 1)
    for role in AccountRole.allCases { tokens[.signed(role)] = await clinic.session(role) }
    let web = try ClinicWeb(routes, clinic.parts)
    var rows = 0
    for route in routes {
      for asker in Asker.all {
        for token in Token.allCases {
          for origin in Origin.allCases {
            let request = Self.request(route, clinic, tokens, asker, token, origin)
            let answer = await web.answer(request)
            let wanted = Self.expected(route, asker, token, origin)
            let isToSignIn = wanted == 401 && route.face == .page
            #expect(
              answer.status == (isToSignIn ? 303 : wanted ?? 299),
              "\(route.name) by \(asker), token \(token), origin \(origin)"
            )
            rows += 1
          }
        }
      }
    }
    #expect(rows == routes.count * Asker.all.count * 15)
    #expect(routes.count >= 20)
  }

  @Test
  func `a patient reads their own record and nobody else's (H-54)`() async throws {
    let clinic = try await TestClinic()
    let web = try ClinicWeb(Self.routes(clinic), clinic.parts)
    let patient = await clinic.session(.patient)
    for (id, status) in [("p-1", 299), ("p-2", 403), ("p-11", 403)] {
      let answer = await web.answer(
        WebRequest(.get, "/api/v1/patients/\(id)/test", headers: clinic.headers(patient))
      )
      #expect(answer.status == status)
    }
  }

  @Test
  func `a route that contradicts itself or another is refused at the start`() async throws {
    let clinic = try await TestClinic(roles: [])
    let handler: Route.Handler = { _ throws(WebError) in WebResponse(200, json: []) }
    func route(
      _ method: WebRequest.Method,
      _ template: RouteTemplate,
      _ change: (inout Route) -> Void
    )
      -> Route
    {
      var route = Route(
        method,
        template,
        "A test.",
        tag: "Test",
        face: .api,
        access: .anyRole,
        handler: handler
      )
      change(&route)
      return route
    }
    let bad = [
      [route(.post, "/a") { $0.needsFormToken = false }],
      [route(.get, "/a") { $0.needsKey = true }],
      [route(.get, "/a") { $0.access = .roles([]) }],
      [route(.get, "/{patient}/a") { _ in }],
      [route(.get, "/a") { $0.audit = .init("read a") }],
      [route(.get, "/a/{one}") { _ in }, route(.get, "/a/b") { _ in }],
    ]
    for routes in bad { #expect(throws: RouteTableError.self) { try RouteTable(routes) } }
    _ = try RouteTable(clinic.routes)
  }
}
