import Therapy

/// What a route of a command answers: the version to decide the next one on.
struct Done: Encodable {
  let patient: String
  let version: Int
  let events: [String]
  let wasThere: Bool

  init(_ performed: Performed) {
    patient = performed.record.id.text
    version = performed.record.position
    events = performed.events.map(\.kindName)
    wasThere = performed.wasThere
  }

  static let schema = Schema.object([
    SchemaField("patient", TherapySchemas.name),
    SchemaField("version", .integer(0...Int.max, "for If-Match of the next write")),
    SchemaField("events", .list(of: TherapySchemas.name, most: 1_000)),
    SchemaField("wasThere", .flag),
  ])
}

/// Makes the route of a command of one patient; every one is spoken to in the same way.
struct CommandRoute: Sendable {
  struct Confirmed: Decodable {
    let confirmed: Bool?
  }

  let care: ClinicCare
  let tag: String

  /// - Parameters:
  ///   - path: behind `/api/v1/patients/{patient}`.
  ///   - summary: one sentence.
  ///   - act: what the audit says.
  ///   - roles: who may ask; the record looks at them again.
  ///   - fields: of the body; with `confirmed` where questions can come up.
  ///   - needsVersion: whether it rests on what was seen.
  ///   - command: of a body that the schema let through.
  /// - Returns: the route.
  func route<Body: Decodable & Sendable>(
    _ path: String,
    _ summary: String,
    _ act: String,
    by roles: Set<AccountRole> = [.physician, .nurse],
    _ fields: [SchemaField],
    needsVersion: Bool = false,
    _ command: @escaping @Sendable (Body, RouteCall) throws(WebError) -> TherapyCommand
  ) -> Route {
    let care = care
    return Route(
      .post,
      RouteTemplate("/api/v1/patients/{patient}" + path),
      summary,
      tag: tag,
      face: .api,
      access: .roles(roles),
      needsVersion: needsVersion,
      audit: .init(act),
      request: .object(fields + [TherapySchemas.confirmed]),
      response: Done.schema
    ) { call throws(WebError) in
      let body: Body = try APIBody.read(call)
      let confirmed: Confirmed = try APIBody.read(call)
      let performed = try await care.perform(
        [try command(body, call)],
        for: try Self.patient(call),
        call,
        isConfirmed: confirmed.confirmed ?? false
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  static func patient(_ call: RouteCall) throws(WebError) -> PatientID {
    guard let patient = PatientID(call["patient"]) else {
      throw .noSuch("patient", given: call["patient"])
    }
    return patient
  }

  static func order(_ call: RouteCall) throws(WebError) -> OrderID {
    guard let order = OrderID(call["order"]) else { throw .noSuch("order", given: call["order"]) }
    return order
  }

  static func alarm(_ call: RouteCall) throws(WebError) -> PumpAlarm {
    guard let alarm = PumpAlarm(rawValue: call["alarm"]) else {
      throw .noSuch("alarm", given: call["alarm"])
    }
    return alarm
  }
}
