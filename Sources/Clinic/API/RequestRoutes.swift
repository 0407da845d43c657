import OrderText
import PumpLink
import Therapy

/// Requests to a pump: drafted here, signed elsewhere, brought back by the same form as orders.
struct RequestRoutes: Sendable {
  let care: ClinicCare

  struct Draft: Decodable, Sendable {
    let act: RequestAct
    let order: OrderID?
    let alarm: PumpAlarm?
    let way: OrderWay
    let reason: String
  }

  var routes: [Route] { [draft, shown] }

  private var draft: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients/{patient}/requests",
      "Drafts a request to the pump, valid for two minutes. It asks nothing until a person has signed it.",
      tag: OrderRoutes.tag,
      face: .api,
      access: .roles([.physician, .nurse]),
      audit: .init("drafted a request to the pump"),
      request: .object([
        SchemaField("act", TherapySchemas.words(RequestAct.self)),
        SchemaField("order", .text(most: 64, "of cancelPending: 64 digits"), isRequired: false),
        SchemaField("alarm", TherapySchemas.words(PumpAlarm.self), isRequired: false),
        SchemaField("way", TherapySchemas.words(OrderWay.self)),
        SchemaField("reason", TherapySchemas.words),
      ]),
      response: Done.schema
    ) { call throws(WebError) in
      let body: Draft = try APIBody.read(call)
      let performed = try await care.ask(
        RequestWish(
          body.act,
          order: body.order,
          alarm: body.alarm,
          way: body.way,
          reason: body.reason
        ),
        for: try CommandRoute.patient(call),
        call
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  /// A request as a program needs it that hands it to a signer.
  struct Shown: Encodable {
    let request: RequestLife
    let standing: String
    /// Whether the receipt in the record was looked at just now and is the pump's own word.
    let isVouchedFor: Bool
    /// Base64url without padding.
    let bytes: String
  }

  private var shown: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/requests/{request}",
      "A request with its bytes for a signer.",
      tag: OrderRoutes.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("read a request"),
      response: .free("request, standing and bytes, base64url")
    ) { call throws(WebError) in
      let record = try await care.records.patient(try CommandRoute.patient(call))
      guard let life = RequestID(call["request"]).flatMap(record.request) else {
        throw .noSuch("request", given: call["request"])
      }
      return try .value(
        Shown(
          request: life,
          standing: life.word,
          isVouchedFor: care.receipt(of: life, in: record) != nil,
          bytes: care.signerText(life)
        )
      )
    }
  }
}

extension ClinicCare {
  /// Drafts a request for whoever is signed in.
  func ask(
    _ wish: RequestWish,
    for patient: PatientID,
    _ call: RouteCall
  ) async throws(WebError) -> Performed {
    let terms = ActTerms(
      key: call.actKey,
      author: try Self.author(call, among: [.physician, .nurse]),
      version: call.version
    )
    return try await orders.draft(wish, for: patient, terms, parts.chance) {
      parts throws(WebError) in try await call.commit(parts)
    }
  }

  /// What a signer takes: base64url, with the signature where there is one.
  func signerText(_ life: RequestLife) -> String {
    Base64URL.text(
      SignedRequest.make(life, certificates)?.bytes ?? SignedOrder.bytes(life.draft.bytes)
    )
  }

  /// The pump's receipt of a request, if the one in the record is its own word (SR-101).
  func receipt(of life: RequestLife, in record: PatientRecord) -> Receipt? {
    guard case .linked(let link) = record.link, let pump = KnownPump(link),
      let answer = life.answer,
      let verified = try? VerifiedReceipt(bytes: SignedOrder.bytes(answer.receipt), of: pump),
      ReceiptText.requestAnswer(verified) == answer, answer.request == life.draft.request
    else { return nil }
    return verified.receipt
  }
}
