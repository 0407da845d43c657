import JSONText
import Ledger
import Testing

@testable import Clinic

struct WebTests {
  private let clinic: TestClinic
  private let web: ClinicWeb

  init() async throws {
    clinic = try await TestClinic()
    let routes = clinic.routes
    web = try ClinicWeb(routes + [OperationRoutes.description(of: routes)], clinic.parts)
  }

  private func post(
    _ path: String,
    _ body: String,
    key: String = "key-12345678",
    method: WebRequest.Method = .post,
    as role: AccountRole = .administrator
  ) async -> WebResponse {
    var headers = clinic.headers(await clinic.session(role))
    headers["idempotency-key"] = key
    return await web.answer(
      WebRequest(method, path, headers: headers, body: Array(body.utf8))
    )
  }

  private static func account(_ name: String, password: String = "correct horse battery")
    -> String
  {
    """
    {"name":"\(name)","fullName":"A New One","roles":["nurse"],"password":"\(password)"}
    """
  }

  @Test
  func `an account that an administrator opens can sign in through the API`() async throws {
    let made = await post("/api/v1/accounts", Self.account("new-nurse"))
    #expect(made.status == 201)
    #expect(made.text.contains("\"codeSecret\":\""))
    let secret = await clinic.accounts.account(named: "new-nurse").flatMap {
      clinic.key.open($0.sealedSecret, for: $0.id)
    }
    let code = OneTimeCode.code(try #require(secret), step: OneTimeCode.step(at: clinic.time.now))
    let body = """
      {"name":"new-nurse","password":"correct horse battery","code":"\(code)"}
      """
    let answer = await web.answer(
      WebRequest(
        .post,
        "/api/v1/session",
        headers: clinic.headers(nil),
        body: Array(body.utf8)
      )
    )
    #expect(answer.status == 200)
    let cookie = try #require(answer[header: "set-cookie"])
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    let who = await web.answer(
      WebRequest(
        .get,
        "/api/v1/session",
        headers: ["host": TestClinic.host, "cookie": String(cookie.prefix { $0 != ";" })]
      )
    )
    #expect(who.text.contains("\"name\":\"new-nurse\""))
  }

  @Test
  func `the same write with the same key is done once and answered the same (SR-113, H-69)`()
    async throws
  {
    let before = try await clinic.ledger.lastPosition()
    let one = await post("/api/v1/accounts", Self.account("new-nurse"))
    let after = try await clinic.ledger.lastPosition()
    let two = await post("/api/v1/accounts", Self.account("new-nurse"))
    #expect(one.status == 201 && one.bytes == two.bytes)
    #expect(try await clinic.ledger.lastPosition() == after)
    #expect(after > before)
    // A server that has forgotten its answers still does it once.
    let again = try ClinicWeb(clinic.routes, clinic.parts)
    var headers = clinic.headers(await clinic.session(.administrator))
    headers["idempotency-key"] = "key-12345678"
    let three = await again.answer(
      WebRequest(
        .post,
        "/api/v1/accounts",
        headers: headers,
        body: Array(Self.account("new-nurse").utf8)
      )
    )
    #expect(three.status == 201 && !three.text.contains("codeSecret"))
    #expect(await clinic.accounts.all.count == AccountRole.allCases.count + 1)
  }

  @Test
  func `two of the same write at once are done once`() async throws {
    async let one = post("/api/v1/accounts", Self.account("new-nurse"))
    async let two = post("/api/v1/accounts", Self.account("new-nurse"))
    let answers = await [one, two]
    #expect(answers[0].bytes == answers[1].bytes)
    #expect(await clinic.accounts.all.count == AccountRole.allCases.count + 1)
  }

  @Test
  func `a key that stands for something else is refused (SR-113)`() async {
    _ = await post("/api/v1/accounts", Self.account("new-nurse"))
    let other = await post("/api/v1/accounts", Self.account("other-nurse"))
    #expect(other.status == 409 && other.code == "keyTaken")
    #expect(await clinic.accounts.account(named: "other-nurse") == nil)
  }

  @Test
  func `a refusal is not kept: the corrected request with the same key is taken`() async {
    let refused = await post("/api/v1/accounts", Self.account("new-nurse", password: "short"))
    #expect(refused.status == 422 && refused.text.contains("$.password"))
    #expect(await post("/api/v1/accounts", Self.account("new-nurse")).status == 201)
  }

  @Test(
    arguments: [
      ("{\"name\":\"a\",\"name\":\"b\"}", "badJSON"), ("{", "badJSON"), ("", "badJSON"),
      ("{\"nam\":\"a\"}", "badField"), ("[]", "badField"),
      ("{\"name\":1,\"fullName\":\"x\",\"roles\":[],\"password\":\"y\"}", "badField"),
      ("{\"name\":\"abc\",\"fullName\":\"x\",\"roles\":[\"king\"],\"password\":\"y\"}", "badField"),
      ("{\"fullName\":\"x\",\"roles\":[\"nurse\"],\"password\":\"y\"}", "badField"),
    ]
  )
  func `a body that is not what the route takes is refused with its place`(
    body: String,
    code: String
  ) async {
    let answer = await post("/api/v1/accounts", body)
    #expect(answer.code == code)
    #expect((400...422).contains(answer.status))
    #expect(answer.text.contains("\"field\":\"$"))
  }

  @Test
  func `a write without a key, or with a bad one, is refused`() async {
    for key in ["", "short", "has a space in it", String(repeating: "k", count: 101), "a/b-c-d-e"] {
      let answer = await post("/api/v1/accounts", Self.account("new-nurse"), key: key)
      #expect(answer.code == "keyNeeded", "\(key)")
    }
  }

  @Test
  func `a body that is too long is refused`() async {
    let long = Self.account(String(repeating: "n", count: 70_000))
    #expect(await post("/api/v1/accounts", long).status == 413)
  }

  @Test
  func `every answer carries the security headers, whatever it is`() async {
    let paths = ["/sign-in", "/healthz", "/metrics", "/nothing", "/api/v1/accounts", "/"]
    for path in paths {
      for host in [TestClinic.host, "evil.test"] {
        let answer = await web.answer(WebRequest(.get, path, headers: ["host": host]))
        let policy = answer[header: "content-security-policy"] ?? ""
        #expect(policy.contains("script-src 'self';"))
        #expect(policy.contains("form-action 'self' http://127.0.0.1:7400;"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer[header: "x-content-type-options"] == "nosniff")
        #expect(answer[header: "referrer-policy"] == "same-origin")
        #expect(answer[header: "cache-control"] != nil)
        if host != TestClinic.host { #expect(answer.status == 421) }
      }
    }
  }

  @Test(arguments: ["clinic.test", "clinic.test:7201", "", "127.0.0.1", "clinic.test:7200.evil"])
  func `another host's name is refused`(host: String) async {
    let answer = await web.answer(WebRequest(.get, "/healthz", headers: ["host": host]))
    #expect(answer.status == 421)
    #expect(await web.answer(WebRequest(.get, "/healthz")).status == 421)
  }

  @Test
  func `the description of the API is JSON and names every route that is not a page`() async throws
  {
    let answer = await web.answer(
      WebRequest(.get, "/api/v1/openapi.json", headers: ["host": TestClinic.host])
    )
    let root = JSONCursor(root: try JSONValue(parsing: answer.bytes))
    #expect(try root.anyObject().required("openapi").string() == "3.1.0")
    let paths = try root.anyObject().required("paths").anyObject()
    for route in web.table.routes where route.face != .page {
      let item = try paths.required(route.template.description).anyObject()
      #expect(item.optional(route.method.rawValue) != nil, "\(route.name)")
    }
  }

  @Test
  func `a refusal for people is a page, for programs JSON; nothing of it is markup`() async {
    let page = await web.answer(
      WebRequest(
        .get,
        "/<script>alert(1)</script>",
        headers: ["host": TestClinic.host, "accept": "text/html"]
      )
    )
    #expect(page.status == 404)
    #expect(page.text.contains("&lt;script&gt;") && !page.text.contains("<script>"))
    let json = await web.answer(WebRequest(.get, "/x", headers: ["host": TestClinic.host]))
    #expect(json.code == "notFound")
  }

  @Test(arguments: ["//evil.test", "http://evil.test", "/\\evil.test", "/a?b", "/%2f", "x"])
  func `signing in leads to a page of this server alone`(next: String) {
    #expect(SessionRoutes.path(next) == nil)
    #expect(SessionRoutes.path("/patients/p-1") == "/patients/p-1")
  }

  @Test
  func `the metrics count answers by route and name nobody`() async {
    _ = await post("/api/v1/accounts", Self.account("new-nurse"))
    let answer = await web.answer(WebRequest(.get, "/metrics", headers: ["host": TestClinic.host]))
    #expect(
      answer.text.contains(
        "cisterna_requests_total{route=\"POST /api/v1/accounts\",status=\"201\"} 1"
      )
    )
    #expect(answer.text.contains("_bucket{route=\"POST /api/v1/accounts\",le=\"+Inf\"} 1"))
    #expect(!answer.text.contains("nurse"))
  }

  @Test
  func `a static file is told to be the same by its tag`() async {
    var request = WebRequest(.get, "/static/clinic.css", headers: ["host": TestClinic.host])
    let first = await web.answer(request)
    #expect(first.status == 200 && first[header: "content-type"]?.hasPrefix("text/css") == true)
    request.headers["if-none-match"] = first[header: "etag"]
    #expect(await web.answer(request).status == 304)
  }
}
