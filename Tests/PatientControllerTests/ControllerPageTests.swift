import OrderText
import PumpLink
import Quantities
import Signer
import Testing

@testable import PatientController

/// The controller's pages, asked as a browser asks them, and as an enemy would.
struct ControllerPageTests {
  static let token = String(repeating: "7", count: 32)
  static let formToken = String(repeating: "5", count: 32)

  static func page(_ desk: ControllerDesk, _ language: ControllerLanguage = .english)
    -> ControllerPage
  {
    ControllerPage(
      desk: desk,
      entry: PageEntry(program: "controller", port: 7350, token: token, formToken: formToken),
      name: "Marisol <Reyes>",
      language: language
    )
  }

  static func get(_ path: String, query: String = "") -> PageRequest {
    PageRequest(path: "/\(token)\(path)", query: query, host: "127.0.0.1:7350")
  }

  static func post(_ path: String, _ fields: String = "", csrf: String = formToken) -> PageRequest {
    PageRequest(
      method: .post,
      path: "/\(token)\(path)",
      host: "127.0.0.1:7350",
      origin: "http://127.0.0.1:7350",
      contentType: "application/x-www-form-urlencoded",
      body: Array("csrf=\(csrf)\(fields)".utf8)
    )
  }

  static func text(_ response: PageResponse) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  @Test
  func `a dose is asked for in two steps, and the answer is the pump's`() async throws {
    let pump = try PatientsPump()
    let page = Self.page(pump.desk())
    let home = Self.text(await page.answer(Self.get("/")))
    #expect(home.contains("It is giving your medicine."))
    #expect(home.contains("baclofen 1 mg"))
    #expect(home.contains("is not known here yet"))
    #expect(home.contains("Marisol &lt;Reyes&gt;"))
    let sure = Self.text(await page.answer(Self.get("/dose")))
    #expect(sure.contains("Ask your pump for one dose?"))
    #expect(await pump.dosesGiven == 0)
    let given = Self.text(await page.answer(Self.post("/dose")))
    #expect(given.contains("Your pump is giving the dose."))
    #expect(given.contains("The next one is possible at"))
    #expect(given.contains("(in 3 h"))
    await pump.pass(10 * .minute)
    let refused = Self.text(await page.answer(Self.post("/dose", "&lang=es")))
    #expect(refused.contains("Es demasiado pronto"))
    #expect(refused.contains("Es posible otra vez a las"))
    #expect(refused.contains("<html lang=\"es\">"))
    #expect(await pump.dosesGiven == 1)
    let spanish = await page.answer(Self.get("/", query: "lang=es"))
    #expect(Self.text(spanish).contains("baclofeno 1 mg"))
  }

  @Test
  func `an increase that waits is shown with its time, and stopped from there (SR-107)`()
    async throws
  {
    let pump = try PatientsPump()
    try await pump.raise(to: 540_000)
    let page = Self.page(pump.desk())
    let home = Self.text(await page.answer(Self.get("/")))
    #expect(home.contains("More medicine is planned. It begins at"))
    let hash = try #require(home.firstMatch(of: #/change=([0-9a-f]{64})/#)?.output.1)
    let done = await page.answer(Self.post("/stop-change", "&change=\(hash)"))
    #expect(Self.text(done).contains("The change is stopped."))
    #expect(await pump.isPending == false)
    let twice = await page.answer(Self.post("/stop-change", "&change=\(hash)"))
    #expect(Self.text(twice).contains("is not waiting any more"))
  }

  @Test
  func `a dose of unknown outcome hides no stop, and a stop says that it stays unknown (H-69)`()
    async throws
  {
    let pump = try PatientsPump()
    let page = Self.page(pump.desk())
    await pump.set(.losesAnswers)
    #expect(Self.text(await page.answer(Self.post("/dose"))).contains("Ask about it again"))
    let home = Self.text(await page.answer(Self.get("/")))
    #expect(home.contains("Stop the dose that is running"))
    #expect(!home.contains("Ask for a dose"))
    await pump.set(.whole)
    let done = Self.text(await page.answer(Self.post("/stop-dose")))
    #expect(done.contains("Your pump has stopped the dose, if one was running."))
    #expect(done.contains("nobody learned what became of one"))
    #expect(!done.contains("Ask about it again"))
  }

  @Test
  func `a stop that the pump refuses is told as a stop, in both languages (H-62)`() async throws {
    let pump = try PatientsPump()
    let refusal = Refusal(.expired)
    let look = await pump.desk().look()
    let change = RequestContent.cancelPending(Bytes32(repeating: 1))
    let told: [(RequestContent, ControllerLanguage, String)] = [
      (change, .english, "The change was NOT stopped. Call your clinic."),
      (change, .spanish, "El cambio NO se paró. Llame a su clínica."),
      (.cancelBolus, .english, "The dose was NOT stopped. Call your clinic."),
      (.cancelBolus, .spanish, "La dosis NO se paró. Llame a su clínica."),
      (.patientDose, .english, "Your pump did not give a dose."),
    ]
    for (content, language, words) in told {
      let view = ControllerView(
        entry: Self.page(pump.desk()).entry,
        name: "Marisol Reyes",
        language: language
      )
      let text = view.answered(.refused(refusal, content), look)
      #expect(text.contains(words), "\(content)")
      if content != .patientDose {
        #expect(!text.contains("did not give a dose") && !text.contains("no dio la dosis"))
      }
    }
  }

  @Test
  func `a program without doses offers none`() async throws {
    let pump = try PatientsPump(dose: nil)
    let home = Self.text(await Self.page(pump.desk()).answer(Self.get("/")))
    #expect(home.contains("Your program has no extra doses."))
    #expect(!home.contains("Ask for a dose"))
  }

  @Test
  func `other pages, other hosts and other tokens get nothing done (H-62)`() async throws {
    let pump = try PatientsPump()
    let page = Self.page(pump.desk())
    var asked = Self.post("/dose", csrf: "wrong")
    #expect(await page.answer(asked).status == 404)
    asked = Self.post("/dose")
    asked.origin = "http://evil.test"
    #expect(await page.answer(asked).status == 403)
    asked = Self.post("/dose")
    asked.host = "evil.test"
    #expect(await page.answer(asked).status == 421)
    asked = Self.post("/dose")
    asked.path = "/\(String(repeating: "8", count: 32))/dose"
    #expect(await page.answer(asked).status == 404)
    #expect(await page.answer(Self.get("/again")).status == 404)
    #expect(await pump.dosesGiven == 0)
  }

  @Test
  func `every phrase is there in both languages, and they differ`() {
    let same: Set<ControllerPhrase> = [.no]
    for phrase in ControllerPhrase.allCases {
      let both = ControllerPhrase.table[phrase]
      #expect(both != nil, "\(phrase)")
      #expect(both?.0.isEmpty == false && both?.1.isEmpty == false, "\(phrase)")
      #expect(both?.0 != both?.1 || same.contains(phrase), "\(phrase)")
      let marks = both.map { ($0.0.count { $0 == "#" }, $0.1.count { $0 == "#" }) }
      #expect(marks?.0 == marks?.1, "\(phrase)")
    }
  }
}
