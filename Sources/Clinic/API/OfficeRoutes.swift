import Foundation
import JSONText
import Ledger

/// What is asked beside patients: audit, certificates, the demonstration's clock.
struct OfficeRoutes: Sendable {
  let care: ClinicCare

  static let tag = "Office"
  /// So many entries at once.
  static let auditMax = 500

  struct Certificates: Decodable, Sendable {
    let certificates: String
  }

  struct Speed: Codable, Sendable {
    let speed: Int
  }

  var routes: [Route] {
    [audit, certificates] + (care.settings.demonstration.map(clock) ?? [])
  }

  private var audit: Route {
    Route(
      .get,
      "/api/v1/audit/{day}",
      "The audit of a day, UTC; from the entry after `after` on.",
      tag: Self.tag,
      face: .api,
      access: .roles([.auditor, .administrator]),
      audit: .init("read the audit", patient: nil),
      response: .free("version, time, who, what and the entry of each")
    ) { call throws(WebError) in
      let events: [LedgerEvent]
      do throws(LedgerError) {
        events = try await call.ledger.read(
          stream: "audit/\(call["day"])",
          after: Int64(call.query["after"] ?? "") ?? 0,
          limit: Self.auditMax
        )
      } catch { throw WebError(error) }
      return WebResponse { writer in
        writer.beginArray()
        for event in events { Self.write(event, &writer) }
        writer.endArray()
      }
    }
  }

  private static func write(_ event: LedgerEvent, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("version")
    writer.integer(event.version)
    writer.key("timeAt")
    writer.integer(event.draft.time)
    writer.member("who", event.draft.who)
    writer.member("what", event.draft.what)
    writer.key("entry")
    if let entry = try? JSONValue(parsing: event.draft.payload) {
      writer.value(entry)
    } else {
      writer.null()
    }
    writer.endObject()
  }

  private var certificates: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/certificates",
      "Adds the certificates of a person's keys, as the clinic's root gave them.",
      tag: Self.tag,
      face: .api,
      access: .roles([.administrator]),
      audit: .init("added certificates", patient: nil),
      request: .object([
        SchemaField("certificates", .text(most: 1_000, "the bytes of a .cert file, base64url"))
      ])
    ) { call throws(WebError) in
      let body: Certificates = try APIBody.read(call)
      try await care.certificates.add(
        Base64URL.bytes(body.certificates) ?? [],
        key: call.actKey,
        by: call.visitor.who,
        at: call.now
      ) { parts throws(WebError) in try await call.commit(parts) }
      return WebResponse(json: Array("{}".utf8))
    }
  }

  private func clock(_ demonstration: DemonstrationClock) -> [Route] {
    let schema = Schema.object([
      SchemaField(
        "speed",
        .integer(0...demonstration.top, "0, 1, 60 or 600 times the wall's")
      )
    ])
    return [
      Route(
        .get,
        "/api/v1/clock",
        "The demonstration's time, and how fast it goes.",
        tag: Self.tag,
        face: .api,
        access: .anyRole,
        response: .free("nowAt and speed")
      ) { call throws(WebError) in
        WebResponse { writer in
          writer.beginObject()
          writer.key("nowAt")
          writer.integer(call.therapyNow)
          writer.key("speed")
          writer.integer(demonstration.speed())
          writer.endObject()
        }
      },
      Route(
        .put,
        "/api/v1/clock",
        "Sets how fast the demonstration's time goes.",
        tag: Self.tag,
        face: .api,
        access: .roles(AccountRole.staff),
        audit: .init("set the demonstration's clock", patient: nil),
        request: schema
      ) { call throws(WebError) in
        let body: Speed = try APIBody.read(call)
        guard DemonstrationClock.speeds.contains(body.speed) || body.speed == demonstration.top
        else {
          throw WebError(
            422,
            "badField",
            "A field is not what it must be.",
            field: "$.speed",
            given: "\(body.speed)",
            expected: "0, 1, 60 or 600"
          )
        }
        do { try demonstration.set(Int64(body.speed)) } catch {
          throw WebError(503, "clock", "The clock's file does not take it: \(error).")
        }
        return try .value(body)
      },
    ]
  }
}

extension ClinicCare {
  /// All routes of patients, orders, calculators and the office.
  public var routes: [Route] {
    let make = CommandRoute(care: self, tag: RecordReads.tag)
    let orders = CommandRoute(care: self, tag: OrderRoutes.tag)
    return RecordReads(care: self).routes + [AdoptRoute(care: self).route]
      + RecordCommands(make: make).routes + RefillCommands(make: make).routes
      + OrderRoutes(care: self, make: orders).routes + RequestRoutes(care: self).routes
      + PlanRoutes().routes
      + [PreviewRoute(care: self).route, OrderPreviewRoute(care: self).route]
      + ClinicRoutes(care: self).routes + CostRoutes(care: self).routes
      + OfficeRoutes(care: self).routes
      + PathwayRoutes(care: self).routes
  }
}
