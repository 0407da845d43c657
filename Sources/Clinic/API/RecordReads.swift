import Crypto
import Formulary
import Foundation
import OrderText
import JSONText
import Quantities
public import Therapy

/// What the API shows of records, part by part; each read is in the audit.
struct RecordReads: Sendable {
  let care: ClinicCare

  static let tag = "Records"
  private static let readers = AccountRole.clinical

  /// The parts of a record, by the names under which they are asked for.
  static let parts:
    [(name: String, of: @Sendable (PatientRecord) throws(WebError) -> WebResponse)] = [
      ("identity", { (record) throws(WebError) in try .value(record.identity) }),
      ("contact", { (record) throws(WebError) in try .value(record.contact) }),
      ("adopted", { (record) throws(WebError) in try .value(record.adopted) }),
      ("link", { (record) throws(WebError) in try .value(record.link) }),
      ("catheter", { (record) throws(WebError) in try .value(record.catheter) }),
      ("reservoir", { (record) throws(WebError) in try .value(record.reservoir) }),
      ("program", { (record) throws(WebError) in try .value(record.program) }),
      ("orders", { (record) throws(WebError) in try .value(record.orders) }),
      ("requests", { (record) throws(WebError) in try .value(record.requests) }),
      ("halts", { (record) throws(WebError) in try .value(record.halts) }),
      ("refill", { (record) throws(WebError) in try .value(record.refill) }),
      ("refills", { (record) throws(WebError) in try .value(record.pastRefills) }),
      ("alarms", { (record) throws(WebError) in try .value(record.alarms) }),
      ("status", { (record) throws(WebError) in try .value(record.lastHeard) }),
      ("deliveries", { (record) throws(WebError) in try .value(record.deliveries) }),
      ("doses", { (record) throws(WebError) in try .value(record.doseRequests) }),
      ("scores", { (record) throws(WebError) in try .value(record.scores) }),
      ("oral-opioids", { (record) throws(WebError) in try .value(record.oralOpioids) }),
      ("side-effects", { (record) throws(WebError) in try .value(record.sideEffects) }),
      ("notes", { (record) throws(WebError) in try .value(record.notes) }),
    ]

  var routes: [Route] { [list, today, summary, forecast, live, journal] + Self.parts.map(part) }

  private var list: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients",
      "The summaries of all patients, by name.",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers),
      audit: .init("read the list of patients", patient: nil),
      response: .free("an array of summaries")
    ) { _ throws(WebError) in try .value(await care.records.summaries()) }
  }

  private var today: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/today",
      "What is to be done, the most urgent first; the first 200 things without `from` and `count`. "
        + "The header total-count says how many there are.",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers),
      audit: .init("read the work list", patient: nil),
      query: [
        SchemaField("from", .integer(0...1_000_000, "how many to pass over"), isRequired: false),
        SchemaField("count", .integer(1...1_000, "how many at most"), isRequired: false),
      ],
      response: .free("an array of things to do")
    ) { call throws(WebError) in
      let from = try call.queryInteger("from", in: 0...1_000_000) ?? 0
      let count = try call.queryInteger("count", in: 1...1_000) ?? 200
      let items = await care.records.today().items
      var response = WebResponse { writer in
        writer.beginArray()
        for item in items.dropFirst(from).prefix(count) { item.write(&writer) }
        writer.endArray()
      }
      response.headers.append(("total-count", "\(items.count)"))
      return response
    }
  }

  private var summary: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}",
      "A patient's summary; its version is the ETag.",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers),
      audit: .init("read the summary of the record"),
      response: .free("a summary")
    ) { call throws(WebError) in
      let text = try await care.records.summaryText(try CommandRoute.patient(call))
      return WebResponse(json: text.json).version(text.version)
    }
  }

  private func part(
    _ part: (name: String, of: @Sendable (PatientRecord) throws(WebError) -> WebResponse)
  ) -> Route {
    let care = care
    return Route(
      .get,
      RouteTemplate("/api/v1/patients/{patient}/record/\(part.name)"),
      "A part of the record: \(part.name).",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers.union([.patient])),
      audit: .init("read \(part.name) of the record"),
      response: .free("as in the ledger; null where nothing is known")
    ) { call throws(WebError) in
      let record = try await care.records.patient(try CommandRoute.patient(call))
      return try part.of(record).version(Int64(record.position))
    }
  }

  struct ForecastShown: Encodable {
    let expectedLowAt: Instant?
    let expectedEmptyAt: Instant?
    let earliestLowAt: Instant?
    let earliestEmptyAt: Instant?
    let due: DueDate?
    let caveats: [String]
    /// What is not known, and what to do about it; then nothing else is there.
    let missing: TherapyRefusal?
  }

  private var forecast: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/forecast",
      "When the reservoir runs low and empty, or what is missing to say so.",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers),
      audit: .init("read the forecast of the record"),
      response: .free("dates, or what is missing")
    ) { call throws(WebError) in
      switch try await care.records.forecast(try CommandRoute.patient(call)) {
      case .success(let forecast):
        return try .value(
          ForecastShown(
            expectedLowAt: forecast.expectedLow,
            expectedEmptyAt: forecast.expectedEmpty,
            earliestLowAt: forecast.earliestLow,
            earliestEmptyAt: forecast.earliestEmpty,
            due: forecast.due,
            caveats: forecast.basis.caveats,
            missing: nil
          )
        )
      case .failure(let missing):
        return try .value(
          ForecastShown(
            expectedLowAt: nil,
            expectedEmptyAt: nil,
            earliestLowAt: nil,
            earliestEmptyAt: nil,
            due: nil,
            caveats: [],
            missing: missing
          )
        )
      }
    }
  }

  struct LiveShown: Encodable {
    let status: StatusHeard
    /// How old it is, therapy time.
    let age: TimeSpan
  }

  private var live: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/live",
      "The pump's newest word, and how old it is; null where it has said nothing since the start.",
      tag: Self.tag,
      face: .api,
      access: .roles(Self.readers.union([.patient])),
      audit: .init("read the pump's newest word"),
      response: .free("status and age, or null")
    ) { call throws(WebError) in
      let patient = try CommandRoute.patient(call)
      let now = await care.records.now
      let live = await care.records.live(patient)
      return try .value(
        live.map { live in
          LiveShown(
            status: StatusText.heard(live.status, at: live.heardAt),
            age: live.age(at: now)
          )
        }
      )
    }
  }
}

extension RecordReads {
  private var journal: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/journal",
      "What the pump's journal said, the newest first, at most 200 entries.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("read the pump's journal"),
      response: .free("an array of entries; none of a patient followed by hand")
    ) { call throws(WebError) in
      let record = try await care.records.patient(try CommandRoute.patient(call))
      guard case .linked(let link) = record.link else { return try .value([JournalEntry]()) }
      return try .value(try await care.records.journalEntries(of: link.pump, most: 200))
    }
  }
}

/// Taking over a patient: the one command that makes a record.
struct AdoptRoute: Sendable {
  let care: ClinicCare

  struct Body: Decodable, Sendable {
    let identity: Identity
    let indication: DrugIndication
    let origin: SpasticityOrigin?
    let pump: PumpInPlace
    let contact: ContactDetails?
    let catheter: CatheterInPlace?
    let fill: FillRecorded?
    let program: ProgramRecorded?
    let confirmed: Bool?
  }

  var route: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients",
      "Takes over a patient whose pump is in place; what is left out is recorded as not known.",
      tag: RecordReads.tag,
      face: .api,
      access: .roles([.physician, .nurse]),
      audit: .init("adopted a patient", patient: nil),
      request: .object(TherapySchemas.adoption),
      response: Done.schema
    ) { call throws(WebError) in
      let body: Body = try APIBody.read(call)
      let adopted = Adopted(
        identity: body.identity,
        indication: body.indication,
        origin: body.origin,
        pump: body.pump
      )
      let adoption = Adoption(
        adopted: adopted,
        contact: body.contact,
        catheter: body.catheter,
        fill: body.fill,
        program: body.program
      )
      let performed = try await care.perform(
        [.adopt(adoption)],
        for: ClinicCare.patientID(of: call.actKey),
        call,
        isConfirmed: body.confirmed ?? false
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }
}

extension ClinicCare {
  /// The id of a new patient: of the act's key, so that the same act sent again is of the same patient.
  public static func patientID(of key: String) -> PatientID {
    let digest = SHA256.hash(data: Array("cisterna.patient \(key)".utf8))
    guard let id = PatientID("p-" + Hex.text(Array(digest).prefix(8))) else {
      preconditionFailure("18 characters of the alphabet")
    }
    return id
  }
}
