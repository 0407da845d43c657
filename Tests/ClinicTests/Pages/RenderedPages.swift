import Formulary
import PatientModel
import PumpScenario
import Quantities
import Therapy

@testable import Clinic

/// Every page, written with the demonstration's patients.
struct RenderedPages {
  let all: [(name: String, html: String)]

  init() throws {
    let sample = try PageSample()
    let context = PageSample.context()
    all =
      try Self.lists(sample, context) + Self.patients(sample, context)
      + Self.programs(sample, context) + Self.refills(sample, context)
      + Self.orders(sample, context) + Self.office(sample, context)
  }

  private static func lists(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    var records = sample.records
    for (id, record) in [
      ("okafor-daniel", try sample.stalled("okafor-daniel")),
      ("haddad-omar", try sample.ordered("haddad-omar", isSent: true)),
      ("moreau-claire", try sample.ordered("moreau-claire", isSent: false)),
      ("bauer-lena", try sample.refills("bauer-lena")[3].1),
    ] {
      if let index = records.firstIndex(where: { $0.id.text == id }) { records[index] = record }
    }
    let summaries = records.map { $0.summary(at: PageSample.now) }.sorted { $0.name < $1.name }
    let work = WorkList(summaries, at: PageSample.now)
    let entries = records.flatMap { record in
      record.alarms.map { AlarmsPage.Entry(record: record, alarm: $0) }
    }
    return [
      (
        "today",
        TodayPage.html(
          TodayPage(summaries: summaries, work: work, now: context.now).content,
          context
        )
      ),
      (
        "today-empty",
        TodayPage.html(
          TodayPage(summaries: [], work: WorkList([], at: PageSample.now), now: context.now)
            .content,
          context
        )
      ),
      ("patients", PatientsPage(summaries: summaries, search: "", context: context).html()),
      ("alarms", AlarmsPage(entries: entries, context: context, state: .fresh).html()),
    ]
  }

  private static func patients(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    func page(_ record: PatientRecord, _ state: FormState = .fresh) -> String {
      let forecast: Result<ReservoirForecast, TherapyRefusal>
      do throws(TherapyRefusal) {
        forecast = .success(try record.forecast(at: PageSample.now))
      } catch { forecast = .failure(error) }
      return PatientPage(record: record, forecast: forecast, context: context, state: state).html()
    }
    var fault = FormFault(
      field: "value",
      "A field is not what it must be; nothing was changed.",
      given: "\"11\"",
      expected: "0 to 10",
      todo: "Look at the value."
    )
    let refused = FormState(
      form: "score",
      typed: ["scale": "nrs", "value": "11", "takenAt": "2026-01-05T08:00"],
      fault: fault
    )
    fault.questions = ["Is the patient 112 years old?"]
    let asked = FormState(form: "adopt", typed: ["identity.givenName": "A"], fault: fault)
    return [
      ("patient-linked", page(try sample.record("bauer-lena"))),
      ("patient-stalled", page(try sample.stalled("okafor-daniel"))),
      ("patient-by-hand", page(try sample.record("jensen-ida"))),
      ("patient-refused", page(try sample.record("moreau-claire"), refused)),
      (
        "pump",
        PumpPage(record: try sample.stalled("okafor-daniel"), live: nil, context: context).html()
      ),
      ("routes", routes(try sample.record("haddad-omar"), context)),
      ("routes-nothing", routes(try sample.record("lind-karin"), context)),
      ("adopt", AdoptPage(context: context, state: .fresh, patient: "p-1").html()),
      ("adopt-asked", AdoptPage(context: context, state: asked, patient: "p-1").html()),
    ]
  }

  private static func routes(_ record: PatientRecord, _ context: PageContext) -> String {
    let route = RoutesPage.route(record, context)
    let answer = route.flatMap { RouteComparison($0.question) }
    return RoutesPage(record: record, route: route, answer: answer, context: context).html()
  }

  private static func programs(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    let lena = try sample.record("bauer-lena")
    func page(_ record: PatientRecord, from: String, to: String) -> String {
      let text = (record.program?.program.text ?? "").replacing(from, with: to)
      return ProgramPage(
        record: record,
        proposed: ProgramJSON(text),
        context: context,
        state: FormState(form: "program", typed: ProgramEntry(ProgramJSON(text)).typed)
      ).html()
    }
    return [
      (
        "program",
        ProgramPage(record: lena, proposed: nil, context: context, state: .fresh).html()
      ), ("program-compared", page(lena, from: "240 ug/d", to: "260 ug/d")),
      ("program-refused", page(lena, from: "480 ug/d", to: "4800 ug/d")),
      ("program-by-hand", page(try sample.record("tran-minh"), from: "2 mg/d", to: "2.2 mg/d")),
      (
        "program-mixture",
        ProgramPage(
          record: try sample.record("okafor-daniel"),
          proposed: nil,
          context: context,
          state: .fresh
        ).html()
      ),
    ]
  }

  private static func refills(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    let before = try sample.record("bauer-lena")
    var pages = [
      (
        "refill-begin",
        RefillPage(record: before, forecast: nil, context: context, state: .fresh).html()
      ), ("refill-sheet", RefillSheet(record: before, forecast: nil, context: context).html()),
    ]
    for (name, record) in try sample.refills("bauer-lena") {
      let page = RefillPage(record: record, forecast: nil, context: context, state: .fresh)
      pages.append(("refill-\(name)", page.html()))
    }
    return pages
  }

  private static func orders(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    func page(_ record: PatientRecord) throws -> String {
      OrderPage(
        record: record,
        order: try PageSample.unwrap(record.orders.first),
        bytes: "AQID-_8",
        receipt: "AQID-_8",
        signer: "http://127.0.0.1:7400/0123",
        context: context,
        state: .fresh
      ).html()
    }
    let sent = try sample.ordered("haddad-omar", isSent: true)
    return [
      ("order-to-sign", try page(try sample.ordered("haddad-omar", isSent: false))),
      ("order-unknown", try page(sent)),
      (
        "order-applied", try page(try sample.ordered("haddad-omar", isSent: true, answer: .applied))
      ),
      ("orders", OrderList(record: sent, context: context).html()),
    ]
  }

  private static func office(
    _ sample: PageSample,
    _ context: PageContext
  ) throws -> [(String, String)] {
    let administrator = PageSample.context([.administrator], clock: nil)
    let drug = try PageSample.unwrap(DrugLibrary.standard.drug("baclofen"))
    var pages = [
      ("sign-in", PlainPages.signIn(next: "/", fault: nil)),
      (
        "sign-in-refused",
        PlainPages.signIn(
          next: "/",
          fault: WebError(401, "x", "Name, password or code is wrong.", todo: "Try again.")
        )
      ),
      ("failure", PlainPages.failure(.noSuch("patient", given: "x<y"))),
      ("planner", PlannerPages(context: context).list()),
      ("formulary", FormularyPages(context: context).list()),
      ("formulary-baclofen", FormularyPages(context: context).one(drug)),
      (
        "audit",
        AuditPage(
          day: "2026-01-05",
          entries: [
            .init(
              at: PageSample.now,
              who: "ada",
              kind: "read",
              act: "read the record",
              patient: "bauer-lena",
              code: nil
            ),
            .init(
              at: PageSample.now,
              who: "nobody",
              kind: "refused",
              act: "read the record",
              patient: "bauer-lena",
              code: "notSignedIn"
            ),
          ],
          context: administrator
        ).html()
      ),
      (
        "settings",
        SettingsPage(
          people: [
            .init(
              id: "ada",
              name: "ada",
              fullName: "Ada Ruiz",
              roles: [.physician],
              isClosed: false
            ),
            .init(id: "tom", name: "tom", fullName: "Tom Berg", roles: [.nurse], isClosed: false),
          ],
          signer: nil,
          codeSecret: ("Tom Berg", "JBSWY3DPEHPK3PXP"),
          context: administrator,
          state: .fresh
        ).html()
      ),
    ]
    for name in PlanName.allCases {
      let example = PlanForm(name: name, query: try FormFields([])).typed
      let query = example.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
      let fields = try FormFields(query.joined(separator: "&").utf8)
      pages.append(("plan-\(name.rawValue)", PlannerPages(context: context).one(name, fields)))
    }
    return pages
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { "%" + String(Int($0) + 256, radix: 16).dropFirst() }.joined()
  }
}
