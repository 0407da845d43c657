import JSONText
import OrderText
import PumpLink
import Therapy

extension ClinicCare {
  /// What an order would say and do, read out of its bytes as the signer reads them.
  ///
  /// - Parameters:
  ///   - request: as for a draft.
  ///   - patient: whose pump.
  /// - Returns: the statement; nothing is recorded.
  /// - Throws: the first fault, or what is not known of the pump.
  func preview(
    _ request: OrderRequest,
    for patient: PatientID
  ) async throws(WebError) -> OrderStatement {
    try await orders.drafting(request, patient).statement()
  }

  /// What the bytes of an order in the record say; nothing where they cannot be read.
  ///
  /// Beside the pump's newest receipt only until it is answered: after that the receipt tells what came of
  /// the order, and not what was before it.
  func statement(
    of life: OrderLife,
    receipt: String?,
    in record: PatientRecord
  ) -> OrderStatement? {
    guard let order = Order(bytes: SignedOrder.bytes(life.draft.bytes)) else { return nil }
    var beside: VerifiedReceipt?
    if !life.isEnded, case .linked(let link) = record.link, let pump = KnownPump(link),
      let bytes = receipt.flatMap(Base64URL.bytes)
    {
      beside = try? VerifiedReceipt(bytes: bytes, of: pump)
    }
    return try? OrderStatement(order, beside: beside)
  }
}

/// An order before it is one: what it would say.
struct OrderPreviewRoute: Sendable {
  let care: ClinicCare

  var route: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients/{patient}/order-preview",
      "What an order would say and do, as the signer reads it; records nothing but that it was looked at.",
      tag: OrderRoutes.tag,
      face: .api,
      access: .roles([.physician, .nurse]),
      audit: .init("looked at what an order would do"),
      request: .object([
        SchemaField("order", .free("as for cisterna order new (docs/signer.md)")),
        SchemaField("way", TherapySchemas.words(OrderWay.self)),
        SchemaField("reason", TherapySchemas.words),
        TherapySchemas.confirmed,
      ]),
      response: .free("headline, findings, totals, fields: as cisterna order show prints them")
    ) { call throws(WebError) in
      let body: OrderRoutes.Draft = try APIBody.read(call)
      let object = try call.object()
      let order = try JSONFault.web { () throws(JSONMismatch) in try object.required("order") }
      let statement = try await care.preview(
        OrderRequest(order, body.way, reason: body.reason),
        for: try CommandRoute.patient(call)
      )
      return WebResponse(json: statement.json())
    }
  }
}
