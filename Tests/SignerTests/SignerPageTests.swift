import PumpCore
import PumpLink
import PumpLinkCrypto
import Testing

@testable import OrderText
@testable import Signer

/// The page of one person, asked as a browser asks it, and as an enemy would.
struct SignerPageTests {
  /// A clock that a test moves.
  final class Clock: @unchecked Sendable {
    var seconds = 0.0
  }

  static let token = String(repeating: "7", count: 32)
  static let formToken = String(repeating: "5", count: 32)

  static func page(
    _ person: SignerSample.Person,
    others: [Certificate] = [],
    clock: Clock = Clock(),
    now: LocalTime = SignerSample.now
  ) throws -> SignerPage {
    SignerPage(
      desk: SignerDesk(
        key: person.file,
        certificate: try #require(person.certificates.signing),
        pumps: [SignerSample.pump],
        others: others,
        root: SignerSample.rootKey
      ),
      port: 7310,
      token: token,
      formToken: formToken,
      gate: PassphraseGate { clock.seconds },
      now: { now },
      views: try PageViews()
    )
  }

  static func post(_ path: String, _ fields: [String: String]) -> PageRequest {
    let all = fields.merging(["csrf": formToken]) { given, _ in given }
    let body = all.map { name, value in
      name + "="
        + value.utf8.map { byte in
          (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
            ? String(Unicode.Scalar(byte)) : "%" + Hex.text([byte])
        }.joined()
    }.joined(separator: "&")
    return PageRequest(
      method: .post,
      path: "/\(token)\(path)",
      host: "127.0.0.1:7310",
      origin: "http://127.0.0.1:7310",
      contentType: "application/x-www-form-urlencoded",
      body: Array(body.utf8)
    )
  }

  static func fields(_ order: [UInt8], figure: String = "") throws -> [String: String] {
    [
      "order": Base64URL.text(order), "receipt": Base64URL.text(try SignerSample.receipt()),
      "passphrase": SignerSample.passphrase, "figure": figure,
    ]
  }

  static func order(_ rate: String = "60 ug/d") throws -> [UInt8] {
    try #require(try SignerSample.draft(SignerSample.program(rate)).array)
  }

  static func text(_ response: PageResponse) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  /// The order that a page of success gives back.
  static func signed(_ response: PageResponse) throws -> [UInt8] {
    let text = text(response)
    let mark = try #require(text.firstRange(of: "name=\"order\" value=\""))
    return try #require(Base64URL.bytes(String(text[mark.upperBound...].prefix { $0 != "\"" })))
  }

  @Test
  func `an order is shown beside what is in force, and then signed (SR-044)`() async throws {
    let ada = try SignerSample.ada()
    let page = try Self.page(ada)
    let order = try Self.order()
    let shown = await page.answer(Self.post("/show", try Self.fields(order)))
    #expect(shown.status == 200)
    #expect(Self.text(shown).contains("sixty micrograms in 24 hours"))
    #expect(Self.text(shown).contains("In force: 60 ug"))
    let done = await page.answer(Self.post("/sign", try Self.fields(order)))
    #expect(done.status == 200)
    _ = try SigningTests.verify(try Self.signed(done), [ada])
    let saved = await page.answer(
      Self.post("/file", ["order": Base64URL.text(try Self.signed(done))])
    )
    #expect(saved.fileName == "program-3.order")
    #expect(try saved.body == Self.signed(done))
  }

  @Test
  func `a second person cosigns the same bytes on their own page (SR-106)`() async throws {
    let (ada, bo) = (try SignerSample.ada(), try SignerSample.bo())
    let first = try await Self.page(ada).answer(Self.post("/sign", try Self.fields(Self.order())))
    let one = try Self.signed(first)
    let page = try Self.page(bo, others: ada.certificates.certificates)
    let two = try Self.signed(await page.answer(Self.post("/sign", try Self.fields(one))))
    #expect(try SigningTests.verify(two, [ada, bo]).signers.count == 2)
    let again = try await Self.page(ada).answer(Self.post("/sign", try Self.fields(one)))
    #expect(again.status == 422)
    #expect(Self.text(again).contains("has signed this order already"))
  }

  @Test
  func `a heavy finding is not signed over without the right figure (H-08)`() async throws {
    let page = try Self.page(try SignerSample.ada())
    let order = try Self.order("1440 ug/d")
    for figure in ["", "60 ug", "144 ug"] {
      let answer = await page.answer(Self.post("/sign", try Self.fields(order, figure: figure)))
      #expect(answer.status == 422)
      #expect(Self.text(answer).contains("NOT SIGNED"))
    }
    let answer = await page.answer(Self.post("/sign", try Self.fields(order, figure: "1440 ug")))
    #expect(answer.status == 200)
  }

  @Test
  func `no other page, name or port gets anything out of it (SR-100)`() async throws {
    let page = try Self.page(try SignerSample.ada())
    let good = Self.post("/sign", try Self.fields(try Self.order()))
    func status(_ change: (inout PageRequest) -> Void) async -> Int {
      var request = good
      change(&request)
      let answer = await page.answer(request)
      #expect(!Self.text(answer).contains(Self.formToken) || answer.status == 200)
      return answer.status
    }
    for host in [nil, "", "evil.example", "evil.example:7310", "127.0.0.1", "127.0.0.1:80"] {
      #expect(await status { $0.host = host } == 421)
    }
    for origin in [
      "null", "http://evil.example", "https://127.0.0.1:7310", "http://127.0.0.1:7311",
    ] {
      #expect(await status { $0.origin = origin } == 403)
    }
    for site in ["cross-site", "same-site", "none"] {
      #expect(
        await status {
          $0.origin = nil
          $0.site = site
        } == 403
      )
    }
    for path in [
      "/", "/sign", "/\(Self.formToken)/sign", "/\(Self.token)x/sign",
      "/\(Self.token.dropLast())/sign",
    ] {
      #expect(await status { $0.path = path } == 404)
    }
    let other = Self.post("/sign", try Self.fields(try Self.order()).merging(["csrf": "0"]) { $1 })
    #expect(await page.answer(other).status == 403)
    #expect(await status { $0.method = .other } == 405)
    #expect(await status { $0.body = [UInt8](repeating: 0, count: PageEntry.bodyMax + 1) } == 413)
    #expect(await status { _ in } == 200)
  }

  @Test
  func `wrong passphrases are answered ever more slowly (SR-108)`() async throws {
    let clock = Clock()
    let page = try Self.page(try SignerSample.ada(), clock: clock)
    var fields = try Self.fields(try Self.order())
    fields["passphrase"] = "another long passphrase"
    var waits: [Int] = []
    for _ in 0..<9 {
      #expect(await page.answer(Self.post("/sign", fields)).status == 422)
      let refused = await page.answer(Self.post("/sign", fields))
      #expect(refused.status == 429)
      let wait = try #require(refused.retryAfter)
      waits.append(wait)
      clock.seconds += Double(wait)
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
    #expect(await page.answer(Self.post("/sign", try Self.fields(try Self.order()))).status == 200)
    #expect(await page.answer(Self.post("/sign", fields)).status == 422)
  }

  @Test
  func `a receipt that is not the pump's is refused on the page too (SR-101)`() async throws {
    let page = try Self.page(try SignerSample.ada())
    var fields = try Self.fields(try Self.order())
    fields["receipt"] = Base64URL.text(try SignerSample.receipt(seed: Bytes32(repeating: 3)))
    let answer = await page.answer(Self.post("/show", fields))
    #expect(answer.status == 422)
    #expect(Self.text(answer).contains("has not signed: nothing in it can be trusted"))
    fields["receipt"] = nil
    let alone = await page.answer(Self.post("/show", fields))
    #expect(Self.text(alone).contains("NO RECEIPT"))
  }

  @Test
  func `an ended certificate or a wrong role gets no field for a passphrase`() async throws {
    let late = LocalTime(milliseconds: SignerSample.now.milliseconds + 2_000)
    let ended = try Self.page(try SignerSample.ada(), now: late)
    let nurse = try Self.page(try SignerSample.nurse())
    for page in [ended, nurse] {
      let shown = await page.answer(Self.post("/show", try Self.fields(try Self.order())))
      #expect(Self.text(shown).contains("YOU CANNOT SIGN THIS"))
      #expect(!Self.text(shown).contains("type=\"password\""))
      #expect(
        await page.answer(Self.post("/sign", try Self.fields(try Self.order()))).status == 422
      )
    }
  }

  @Test(arguments: OrderKinds.all)
  func `the page lists every field of the bytes, escaped`(sample: OrderKinds.Sample) async throws {
    let page = try Self.page(try SignerSample.ada())
    let order = try SignerSample.draft(sample.json)
    let fields = try Self.fields(try #require(order.array))
    let text = Self.text(await page.answer(Self.post("/show", fields)))
    let statement = try OrderStatement(order, beside: try SignerSample.verified())
    for row in statement.sections.flatMap(\.rows) {
      for part in [row.title, row.value, row.note ?? ""] {
        let escaped = part.replacing("&", with: "&amp;").replacing("'", with: "&#39;")
        #expect(text.contains(escaped), "\(part)")
      }
    }
    for finding in statement.findings {
      #expect(text.contains(finding.weight.words))
    }
    #expect(!text.contains("<script") && !text.contains("style=\""))
  }

  @Test
  func `a link may bring an order, and a program of the same person may ask in JSON`() async throws
  {
    let ada = try SignerSample.ada()
    let page = try Self.page(ada)
    let order = Base64URL.text(try Self.order())
    let receipt = Base64URL.text(try SignerSample.receipt())
    var link = PageRequest(path: "/\(Self.token)/", query: "order=\(order)&receipt=\(receipt)")
    link.host = "localhost:7310"
    #expect(Self.text(await page.answer(link)).contains("sixty micrograms in 24 hours"))
    var ask = Self.post("/sign", [:])
    ask.contentType = "application/json"
    ask.body = Array(
      "{\"order\":\"\(order)\",\"receipt\":\"\(receipt)\",\"passphrase\":\"\(SignerSample.passphrase)\"}"
        .utf8
    )
    let text = Self.text(await page.answer(ask))
    let bytes = try #require(Base64URL.bytes(String(text.dropFirst(10).prefix { $0 != "\"" })))
    _ = try SigningTests.verify(bytes, [ada])
  }

  @Test
  func `forms of both kinds are read, and broken ones are not`() throws {
    let boundary = "----x"
    let body =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n\u{1}\r\n2\r\n--\(boundary)--\r\n"
    let form = try #require(
      PageForm(Array(body.utf8), contentType: "multipart/form-data; boundary=\(boundary)")
    )
    #expect(form[bytes: "a"] == [1, 13, 10, 50])
    #expect(
      PageForm(
        Array(body.dropLast(20).utf8),
        contentType: "multipart/form-data; boundary=\(boundary)"
      ) == nil
    )
    #expect(PageForm([], contentType: "text/plain") == nil)
    let plain = PageForm(urlEncoded: "a=1+2%2b&b&a=3&c=%zz".utf8)
    #expect(plain["a"] == "1 2+" && plain["b"] == nil && plain["c"] == "%zz")
    for count in 0..<20 {
      let bytes = (0..<count).map { UInt8($0 * 13 & 255) }
      #expect(Base64URL.bytes(Base64URL.text(bytes)) == bytes)
    }
    #expect(Base64URL.bytes("AB") == nil && Base64URL.bytes("A=") == nil)
  }
}
