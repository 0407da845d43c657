import Foundation
import Therapy

/// The acts of the pathway, as the API takes them.
struct PathwayRoutes: Sendable {
  let care: ClinicCare

  static let tag = "Pathway"

  var routes: [Route] { [enroll, arrive] + PathwayActs.all.map(route) + [read, transfer] }

  private var arrive: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients/arrive",
      "Takes in a patient of another clinic, with its transfer document; all of it stays unverified "
        + "until it was checked.",
      tag: Self.tag,
      face: .api,
      access: .roles(ArrivalAct.roles),
      audit: .init("took in a patient of another clinic", patient: nil),
      request: .object([
        SchemaField("from", TherapySchemas.name), SchemaField("document", .free("form 1")),
        TherapySchemas.confirmed,
      ]),
      response: Done.schema,
      bodyMax: ArrivalAct.bodyMax
    ) { call throws(WebError) in
      let act: ArrivalAct = try APIBody.read(call)
      let performed = try await care.perform(
        try act.commands(),
        for: ClinicCare.patientID(of: call.actKey),
        call,
        isConfirmed: try Self.isConfirmed(call)
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  private var read: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/pathway",
      "The stage, what is missing for the decision and what stands against it.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("read the pathway of the record"),
      response: .free("stage, gaps, objections, bars, tasks")
    ) { call throws(WebError) in
      let record = try await care.records.patient(try CommandRoute.patient(call))
      return try .value(PathwayText(record)).version(Int64(record.position))
    }
  }

  private var transfer: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/pathway/transfer",
      "All that the next clinic was given; with it a record begins there.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("read the transfer document of the record"),
      response: .free("the document, form 1")
    ) { call throws(WebError) in
      try await care.transferDocument(try CommandRoute.patient(call))
    }
  }

  private var enroll: Route {
    let (care, act) = (care, EnrollAct.act)
    return Route(
      .post,
      "/api/v1/patients/enroll",
      "Takes in a patient who has no pump, to be evaluated.",
      tag: Self.tag,
      face: .api,
      access: .roles(act.roles),
      audit: .init(act.audit, patient: nil),
      request: .object(act.schema + [TherapySchemas.confirmed]),
      response: Done.schema
    ) { call throws(WebError) in
      let performed = try await care.perform(
        try Self.commands(act, call),
        for: ClinicCare.patientID(of: call.actKey),
        call,
        isConfirmed: try Self.isConfirmed(call)
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  private func route(_ act: PathwayAct) -> Route {
    let care = care
    return Route(
      .post,
      RouteTemplate("/api/v1/patients/{patient}/pathway/\(act.name)"),
      "\(act.title), of the pathway.",
      tag: Self.tag,
      face: .api,
      access: .roles(act.roles),
      needsVersion: act.needsVersion,
      audit: .init(act.audit),
      request: .object(act.schema + [TherapySchemas.confirmed]),
      response: Done.schema
    ) { call throws(WebError) in
      let performed = try await care.perform(
        try Self.commands(act, call),
        for: try CommandRoute.patient(call),
        call,
        isConfirmed: try Self.isConfirmed(call)
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  private static func commands(
    _ act: PathwayAct,
    _ call: RouteCall
  ) throws(WebError) -> [TherapyCommand] {
    try APIBody.reading { try act.commands(Data(call.request.body)) }
  }

  private static func isConfirmed(_ call: RouteCall) throws(WebError) -> Bool {
    let body: CommandRoute.Confirmed = try APIBody.read(call)
    return body.confirmed ?? false
  }
}

extension ClinicCare {
  /// The document of a patient who was transferred.
  func transferDocument(_ patient: PatientID) async throws(WebError) -> WebResponse {
    let record = try await records.patient(patient)
    guard let document = record.pathway.transferred?.document else {
      throw .noSuch("transfer", given: patient.text)
    }
    return try .value(document)
  }
}

/// The pathway of a record, for the API.
struct PathwayText: Encodable {
  let stage: PatientStage
  let sinceAt: Instant
  let missing: [String]
  let bars: [String]
  let objections: [String]
  let tasks: [PathwayTask]

  init(_ record: PatientRecord) {
    stage = record.stage
    sinceAt = record.pathway.since
    let isOpen = record.stage == .evaluation
    missing = isOpen ? record.evaluationGaps.map(\.text) : []
    bars = isOpen ? record.evaluationBars.map(\.rawValue) : []
    objections = isOpen ? record.evaluationObjections : []
    tasks = record.pathwayTasks
  }
}

/// Pages of the pathway, and what their forms write.
extension PageRoutes {
  var pathway: [Route] {
    PathwayPlace.allCases.map(placePage) + PathwayActs.all.map(actForm) + enrollment + arrival
      + [document]
  }

  private var document: Route {
    let desk = desk
    return Route(
      .get,
      "/patients/{patient}/pathway/transfer.json",
      "The document that the next clinic was given.",
      tag: Self.tag,
      face: .page,
      access: .roles(AccountRole.clinical),
      audit: .init("read the transfer document of the record")
    ) { call throws(WebError) in
      try await desk.care.transferDocument(try desk.patient(call))
    }
  }

  private func placePage(_ place: PathwayPlace) -> Route {
    let desk = desk
    return page(
      "/patients/{patient}/pathway/\(place.rawValue)",
      "The \(place.rawValue) of a patient.",
      audit: .init("read the \(place.rawValue) of the record")
    ) { call, context throws(WebError) in
      PathwayPage(
        record: try await desk.record(call),
        place: place,
        context: context,
        state: .fresh
      ).html()
    }
  }

  private func actForm(_ act: PathwayAct) -> Route {
    let desk = desk
    return form(
      "/patients/{patient}/pathway/\(act.name)",
      "Takes the form: \(act.audit).",
      act.roles,
      audit: .init(act.audit),
      needsVersion: act.needsVersion
    ) { call throws(WebError) in
      try await desk.taken(
        call,
        act.name,
        page: { state, context throws(WebError) in
          PathwayPage(
            record: try await desk.record(call),
            place: act.place,
            context: context,
            state: state
          ).html()
        },
        act: { fields throws(WebError) in
          try await desk.perform(try act.commands(of: fields), call, fields)
          let record = try await desk.record(call)
          // A decision or a conclusion leads on to the next stage's page.
          let place = act.stages.contains(record.stage) ? act.place : PathwayPlace(record.stage)
          return place.path(record.id)
        }
      )
    }
  }

  private var arrival: [Route] {
    var routes = beginning(
      "arrive",
      "take in a patient of another clinic",
      ArrivalAct.roles,
      audit: "took in a patient of another clinic",
      page: { context, state, patient in
        ArrivalPage(context: context, state: state, patient: patient).html()
      },
      commands: { fields throws(WebError) in
        let document: TransferDocument = try Self.document(fields)
        return try ArrivalAct(from: try fields.needed("from"), document: document).commands()
      },
      next: PathwayPlace.evaluation.path
    )
    for index in routes.indices where routes[index].method == .post {
      routes[index].bodyMax = ArrivalAct.bodyMax
    }
    return routes
  }

  private static func document(_ fields: FormFields) throws(WebError) -> TransferDocument {
    let text = try fields.needed("document")
    do throws(WebError) {
      return try APIBody.reading {
        try JSONDecoder().decode(TransferDocument.self, from: Data(text.utf8))
      }
    } catch {
      throw FormFields.fault(
        "document",
        given: "\(text.utf8.count) bytes",
        expected: "a transfer document of form 1"
          + (error.field.map { "; it is wrong at \($0.replacing("$.", with: ""))" } ?? "")
      )
    }
  }

  private var enrollment: [Route] {
    let act = EnrollAct.act
    return beginning(
      "enroll",
      "enroll a patient",
      act.roles,
      audit: act.audit,
      page: { context, state, patient in
        EnrollPage(context: context, state: state, patient: patient).html()
      },
      commands: { fields throws(WebError) in try act.commands(of: fields) },
      next: PathwayPlace.evaluation.path
    )
  }
}
