import Quantities
import Therapy

/// What the clinic decides for itself: settings, and facts that somebody has read in their source.
struct ClinicRoutes: Sendable {
  let care: ClinicCare

  static let tag = "Clinic"

  /// What a clinic may change; the facts it has confirmed are confirmed one by one.
  struct Settings: Decodable, Sendable {
    let singlePersonRefill: String?
    let envelope: EnvelopeDefaults?
    let receiptWait: TimeSpan
    let silenceTask: TimeSpan
    let silenceCall: TimeSpan
    let refillNotice: TimeSpan
  }

  struct Source: Decodable, Sendable {
    let source: String
  }

  var routes: [Route] { [shown, change, confirm] }

  private var shown: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/settings",
      "What the clinic decided for itself.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.staff),
      response: .free("settings, spans as texts with their unit")
    ) { _ throws(WebError) in try .value(await care.records.settings()) }
  }

  private var change: Route {
    let care = care
    return Route(
      .put,
      "/api/v1/settings",
      "Changes what the clinic decided for itself.",
      tag: Self.tag,
      face: .api,
      access: .roles([.administrator]),
      audit: .init("changed the clinic's settings", patient: nil),
      request: .object([
        SchemaField("singlePersonRefill", TherapySchemas.words, isRequired: false),
        SchemaField(
          "envelope",
          .object([
            SchemaField("stepPercent", .integer(0...100)),
            SchemaField("weekPercent", .integer(0...100)),
            SchemaField("betweenIncreases", TherapySchemas.quantity("24 h")),
            SchemaField("delay", TherapySchemas.quantity("1 h")),
            SchemaField("bedsideAge", TherapySchemas.quantity("120 d")),
          ]),
          isRequired: false
        ),
        SchemaField("receiptWait", TherapySchemas.quantity("2 min")),
        SchemaField("silenceTask", TherapySchemas.quantity("24 h")),
        SchemaField("silenceCall", TherapySchemas.quantity("72 h")),
        SchemaField("refillNotice", TherapySchemas.quantity("14 d")),
      ]),
      response: .free("the settings as they are then")
    ) { call throws(WebError) in
      let body: Settings = try APIBody.read(call)
      let old = await care.records.settings()
      let new = ClinicSettings(
        singlePersonRefill: body.singlePersonRefill,
        envelope: body.envelope ?? old.envelope,
        receiptWait: body.receiptWait,
        silenceTask: body.silenceTask,
        silenceCall: body.silenceCall,
        refillNotice: body.refillNotice,
        confirmedFacts: old.confirmedFacts
      )
      try await care.decide(.changeSettings(new), call)
      return try .value(await care.records.settings())
    }
  }

  private var confirm: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/formulary/{drug}/stability",
      "Confirms how long a drug stays good, for whoever has read it in its source.",
      tag: Self.tag,
      face: .api,
      access: .roles([.physician, .pharmacist]),
      audit: .init("confirmed a fact of the formulary", patient: nil),
      request: .object([SchemaField("source", TherapySchemas.words)]),
      response: .free("the facts that are confirmed")
    ) { call throws(WebError) in
      let body: Source = try APIBody.read(call)
      try await care.decide(.confirmFact(try ClinicCare.stability(call, body.source)), call)
      return try .value(await care.records.settings().confirmedFacts)
    }
  }
}
