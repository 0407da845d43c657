import Foundation
import JSONText
import Testing
import Therapy

@testable import Clinic

/// What a pump costs against the care without it, over the API and on its page.
@Suite(.timeLimit(.minutes(2)))
struct CostRouteTests {
  private static let path = "/api/v1/costs"

  /// 20,000 at once and 300 a month, against 1,000 a month.
  private static func body(_ good: String = "", becomes bad: String = "") -> String {
    let body =
      #"{"currency":"CHF","pumpOnce":[{"name":"implant","cents":2000000}],"#
      + #""pumpMonthly":[{"name":"refills","cents":30000}],"#
      + #""conventionalMonthly":[{"name":"drugs","cents":100000}],"months":60}"#
    precondition(good.isEmpty || body.contains(good), "nothing of \(good)")
    return good.isEmpty ? body : body.replacing(good, with: bad)
  }

  private static func object(_ answer: WebResponse) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any],
      "\(answer.text)"
    )
  }

  @Test
  func `a clinic that gave no figures reckons nothing, and shows what others found`() async throws {
    let shown = try Self.object(await Ward().get(Self.path))
    #expect(shown["course"] == nil || shown["course"] is NSNull)
    #expect((shown["published"] as? [Any])?.isEmpty == false)
  }

  @Test
  func `the break-even is the month that a person reckons by hand, and each sum is told`()
    async throws
  {
    let ward = try await Ward()
    let kept = await ward.put(Self.path, Self.body(), as: .administrator)
    #expect(kept.status == 200, "\(kept.text)")
    let shown = try Self.object(await ward.get(Self.path, as: .nurse))
    let course = try #require(shown["course"] as? [String: Any])
    // 20000 + 28 × 300 = 28400 against 28000; 20000 + 29 × 300 = 28700 against 29000.
    #expect(course["breakEvenMonth"] as? Int == 29)
    #expect(course["never"] == nil)
    let months = try #require(course["months"] as? [[String: Any]])
    #expect(months.count == 60)
    #expect(months[27]["pumpCents"] as? Int == 2_840_000)
    #expect(months[27]["conventionalCents"] as? Int == 2_800_000)
    #expect(months[28]["pumpCents"] as? Int == 2_870_000)
    #expect(months[28]["conventionalCents"] as? Int == 2_900_000)
  }

  @Test(arguments: [
    ("30000", "100000", "monthlyNotLower"), (#""months":60"#, #""months":28"#, "horizonTooShort"),
    (
      #""months":60"#,
      #""months":600,"replacement":{"name":"pump","cents":1900000},"replacementEvery":24"#,
      "replacementsOutweigh"
    ),
  ])
  func `where there is no break-even there is none, and the reason is told`(
    good: String,
    bad: String,
    reason: String
  ) async throws {
    let ward = try await Ward()
    var body = Self.body(good, becomes: bad)
    // Dear enough that the first 24 months do not pay for it.
    if reason == "replacementsOutweigh" { body = body.replacing("2000000", with: "9000000") }
    let answer = await ward.post("/api/v1/plan/costs", body)
    #expect(answer.status == 200, "\(answer.text)")
    let course = try Self.object(answer)
    #expect(course["breakEvenMonth"] == nil, "\(reason)")
    #expect(course["never"] as? String == reason)
    #expect((course["sentence"] as? String)?.hasPrefix("N") == true)
    #expect(await ward.care.records.costs() == nil, "a question of a plan is not kept")
  }

  @Test
  func `administrators alone keep figures; all staff, and no patient, see them (SR-100)`()
    async throws
  {
    for role in AccountRole.allCases {
      let ward = try await Ward()
      let isStaff = ![.patient, .caregiver].contains(role)
      let seen = await ward.get(Self.path, as: role)
      #expect(seen.status == (isStaff ? 200 : 403), "\(role): \(seen.text)")
      let planned = await ward.post("/api/v1/plan/costs", Self.body(), as: role)
      #expect(planned.status == (isStaff ? 200 : 403), "\(role): \(planned.text)")
      let kept = await ward.put(Self.path, Self.body(), as: role)
      #expect(kept.status == (role == .administrator ? 200 : 403), "\(role): \(kept.text)")
      #expect((await ward.care.records.costs() != nil) == (role == .administrator), "\(role)")
    }
  }

  @Test(arguments: [
    ("\"CHF\"", "\"francs\"", "currency"), ("\"CHF\"", "\"chf\"", "currency"),
    (#""months":60"#, #""months":0"#, "months"), (#""months":60"#, #""months":601"#, "months"),
    ("2000000", "-1", "pumpOnce"), ("2000000", "1000000001", "pumpOnce"),
    ("2000000", "0.5", "pumpOnce"), ("2000000", "\"20000\"", "pumpOnce"),
    (#"[{"name":"drugs","cents":100000}]"#, "[]", "conventionalMonthly"),
    (#""implant""#, #""""#, "pumpOnce"),
    (#""months":60"#, #""months":60,"replacementEvery":60"#, "replacement"),
    (#""months":60"#, #""months":60,"discountBasisPoints":2001"#, "discountBasisPoints"),
    (#","months":60"#, "", "months"),
  ])
  func `figures that are none are refused at their field, and nothing is kept`(
    good: String,
    bad: String,
    field: String
  ) async throws {
    let ward = try await Ward()
    let answer = await ward.put(
      Self.path,
      Self.body(good, becomes: bad),
      as: .administrator
    )
    #expect((400..<500).contains(answer.status), "\(answer.text)")
    #expect(answer.text.contains(field), "\(answer.text)")
    #expect(await ward.care.records.costs() == nil)
  }

  // MARK: The page

  private static func page(_ ward: Ward, as role: AccountRole = .physician) async throws
    -> WebResponse
  {
    let web = try PageOrderTests.web(ward)
    let account = await ward.accounts.account(named: "one-\(role.rawValue)")
    let (token, _) = ward.sessions.begin(
      account?.id ?? "",
      from: "127.0.0.1",
      at: ward.clock.security(),
      ward.chance
    )
    var request = WebRequest(.get, "/costs", query: "")
    request.headers = ["host": Ward.host, "cookie": "cisterna=\(token)"]
    return await web.answer(request)
  }

  @Test
  func `the page says that there are no figures, and then the answer with its sums`() async throws {
    let ward = try await Ward()
    #expect(try await Self.page(ward).text.contains("NO FIGURES"))
    _ = await ward.put(Self.path, Self.body(), as: .administrator)
    let page = try await Self.page(ward).text
    #expect(page.contains("The pump has cost no more from month 29 on."))
    #expect(page.contains("28700.00") && page.contains("29000.00") && page.contains("-300.00"))
    #expect(!page.contains("NO FIGURES"))
    #expect(page.contains("What others found"))
    #expect(page.contains("unverified") == PublishedCost.all.contains { !$0.isVerified })
  }

  @Test
  func `the form of the figures is an administrator's alone, and the page the staff's`()
    async throws
  {
    let ward = try await Ward()
    let form = "action=\"/costs\""
    #expect(try await Self.page(ward, as: .administrator).text.contains(form))
    for role in [AccountRole.physician, .nurse, .pharmacist, .auditor] {
      let page = try await Self.page(ward, as: role)
      #expect(page.status == 200 && !page.text.contains(form), "\(role)")
    }
    let patient = try await Self.page(ward, as: .patient)
    #expect(patient.status != 200 && !patient.text.contains(form), "\(patient.status)")
  }
}
