import PumpLink
import Testing
import Therapy

@testable import Clinic
@testable import VirtualPump

/// The pages around an order of a linked pump, with the signer's and the pump's own word.
@Suite(.timeLimit(.minutes(2)))
struct PageOrderTests {
  /// Asks as a browser of the physician does.
  static func ask(
    _ ward: Ward,
    _ method: WebRequest.Method,
    _ path: String,
    _ fields: [String: String] = [:]
  ) async throws -> WebResponse { try await ask(try web(ward), ward, method, path, fields) }

  static func web(_ ward: Ward) throws -> ClinicWeb {
    try ClinicWeb(
      ward.care.routes + PageRoutes(ward.care, ward.accounts, ward.sessions).routes,
      ward.care.parts
    )
  }

  /// The same of a server that keeps what it was told between two questions.
  static func ask(
    _ web: ClinicWeb,
    _ ward: Ward,
    _ method: WebRequest.Method,
    _ path: String,
    _ fields: [String: String] = [:]
  ) async throws -> WebResponse {
    let account = await ward.accounts.account(named: "one-physician")
    let (token, session) = ward.sessions.begin(
      account?.id ?? "",
      from: "127.0.0.1",
      at: ward.clock.security(),
      ward.chance
    )
    var all = fields
    all["csrf"] = session.formToken
    all["key"] = ward.chance.eventID("form")
    let body = all.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
    var request = WebRequest(method, path, body: method == .get ? [] : Array(body.utf8))
    request.headers = [
      "host": Ward.host, "cookie": "cisterna=\(token)", "accept": "text/html",
      "content-type": "application/x-www-form-urlencoded",
    ]
    return await web.answer(request)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { "%" + String(Int($0) + 256, radix: 16).dropFirst() }.joined()
  }

  @Test(
    "a program is drafted by its page, signed elsewhere, and the page says applied by the receipt"
  )
  func order() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let web = try Self.web(ward)
    let patient = "/patients/\(Ward.patient.text)"
    let version = try await ward.record().position
    let drafted = try await Self.ask(
      web,
      ward,
      .post,
      "\(patient)/orders",
      [
        "program": Ward.program.replacing("0.5 mL/d", with: "0.45 mL/d"), "way": "bedside",
        "reason": "less drowsy", "validFor": "24", "version": "\(version)", "confirmed": "yes",
      ]
    )
    let text = String(decoding: drafted.bytes, as: UTF8.self)
    #expect(drafted.status == 303, "\(text)")
    let path = try #require(drafted[header: "location"])
    _ = try await Self.ask(
      web,
      ward,
      .post,
      "/settings/signer",
      ["address": "http://127.0.0.1:7400/x"]
    )
    let toSign = String(decoding: try await Self.ask(web, ward, .get, path).bytes, as: UTF8.self)
    #expect(toSign.contains("Open in my signer"))
    let life = try #require(try await ward.record().orders.last)
    let signed = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    #expect(await rounds.round())
    let applied = String(decoding: try await Self.ask(web, ward, .get, path).bytes, as: UTF8.self)
    #expect(applied.contains("Applied"))
    #expect(!applied.contains("Open in my signer"))
    let page = try await Self.ask(web, ward, .get, "\(patient)/pump")
    #expect(String(decoding: page.bytes, as: UTF8.self).contains("less than a minute ago"))
    await pump.stop()
  }
}

extension WebResponse {
  var html: String { String(decoding: bytes, as: UTF8.self) }
}
