import Foundation
import JSONText
import OrderText
public import PumpLink
public import Therapy

/// Orders: drafted here, signed elsewhere, brought back, queued, withdrawn.
struct OrderRoutes: Sendable {
  let care: ClinicCare
  let make: CommandRoute

  static let tag = "Orders"

  struct Draft: Decodable, Sendable {
    let way: OrderWay
    let reason: String
    let confirmed: Bool?
  }

  var routes: [Route] { [draft, shown, queue, withdraw, signed] }

  private var draft: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients/{patient}/orders",
      "Drafts an order on the pump's last receipt. It changes nothing until people have signed it.",
      tag: Self.tag,
      face: .api,
      access: .roles([.physician, .nurse]),
      needsVersion: true,
      audit: .init("drafted an order"),
      request: .object([
        SchemaField("order", .free("as for cisterna order new (docs/signer.md)")),
        SchemaField("way", TherapySchemas.words(OrderWay.self)),
        SchemaField("reason", TherapySchemas.words),
        TherapySchemas.confirmed,
      ]),
      response: Done.schema
    ) { call throws(WebError) in
      let body: Draft = try APIBody.read(call)
      let object = try call.object()
      let order = try JSONFault.web { () throws(JSONMismatch) in try object.required("order") }
      let performed = try await care.draft(
        OrderRequest(order, body.way, reason: body.reason),
        for: try CommandRoute.patient(call),
        call,
        isConfirmed: body.confirmed ?? false
      )
      return try .value(Done(performed)).version(Int64(performed.record.position))
    }
  }

  /// An order as a program needs it that hands it to a signer.
  struct Shown: Encodable {
    let order: OrderLife
    let standing: OrderStanding
    /// Whether the receipt in the record was looked at just now and is the pump's own word.
    let isVouchedFor: Bool
    /// Base64url without padding, with the signatures that it has.
    let bytes: String
    /// The pump's newest receipt, for the signer; nothing where none is at hand.
    let receipt: String?
  }

  private var shown: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/patients/{patient}/orders/{order}",
      "An order with its bytes for a signer.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("read an order"),
      response: .free("order, standing, bytes and receipt, both base64url")
    ) { call throws(WebError) in
      let record = try await care.records.patient(try CommandRoute.patient(call))
      guard let life = record.order(try CommandRoute.order(call)) else {
        throw .noSuch("order", given: call["order"])
      }
      return try .value(await care.shown(life, of: record))
    }
  }

  private var queue: Route {
    make.route(
      "/orders/{order}/queue",
      "Queues an order whose signatures are all there.",
      "queued an order",
      [],
      needsVersion: true
    ) { (_: RecordCommands.Empty, call) throws(WebError) in
      .queueOrder(try CommandRoute.order(call))
    }
  }

  private var withdraw: Route {
    make.route(
      "/orders/{order}/withdraw",
      "Takes back an order that was not queued.",
      "withdrew an order",
      [SchemaField("reason", TherapySchemas.words)]
    ) { (body: RecordCommands.Reason, call) throws(WebError) in
      .withdrawOrder(OrderWithdrawn(order: try CommandRoute.order(call), reason: body.reason))
    }
  }

  /// The form of a signer's page: whoever brings it is not asked for; the signatures are looked at.
  private var signed: Route {
    let care = care
    return Route(
      .post,
      "/signed",
      "Takes an order or a request that a person signed in their own signer.",
      tag: Self.tag,
      face: .page,
      access: .signer,
      audit: .init("brought a signed order", patient: nil),
      bodyMax: 32 * 1024
    ) { call throws(WebError) in
      let text = try call.form()["order"] ?? ""
      guard let bytes = Base64URL.bytes(text) else {
        throw WebError(
          422,
          "malformed",
          "The form holds no order.",
          field: "order",
          given: "\(text.utf8.count) characters",
          expected: "a signed order or request in base64url",
          todo: "Sign it again in your own signer."
        )
      }
      if Request.isLabel(of: bytes) {
        let (patient, life) = try await care.orders.take(signedRequest: bytes, at: call.now) {
          parts throws(WebError) in try await call.commit(parts)
        }
        return .seeOther(care.settings.afterAsking(patient, life.draft.request))
      }
      let (patient, life) = try await care.orders.take(signed: bytes, at: call.now) {
        parts throws(WebError) in try await call.commit(parts)
      }
      return .seeOther(care.settings.afterSigning(patient, life.draft.order))
    }
  }
}

extension ClinicCare {
  /// An order with its bytes and the receipt that a signer shows it beside.
  func shown(_ life: OrderLife, of record: PatientRecord) async -> OrderRoutes.Shown {
    let signed = SignedOrder.make(life, certificates)?.bytes
    let bytes = signed ?? SignedOrder.bytes(life.draft.bytes)
    var receipt: VerifiedReceipt?
    if case .linked(let link) = record.link, let pump = KnownPump(link),
      let live = await records.live(record.id)
    {
      receipt = try? await orders.receipt(record, pump, live)
    }
    let settings = await records.settings()
    return OrderRoutes.Shown(
      order: life,
      standing: life.standing(at: await records.now, wait: settings.receiptWait),
      isVouchedFor: self.receipt(of: life, in: record) != nil,
      bytes: Base64URL.text(bytes),
      receipt: receipt?.receipt.array.map(Base64URL.text)
    )
  }

  /// The pump's receipt of an order, if the one in the record is its own word; a database can be written into,
  /// so whoever shows an order as done looks here (SR-101).
  public func receipt(of life: OrderLife, in record: PatientRecord) -> Receipt? {
    guard case .linked(let link) = record.link, let pump = KnownPump(link),
      let answer = life.answer,
      let verified = try? VerifiedReceipt(bytes: SignedOrder.bytes(answer.receipt), of: pump),
      SignedOrder.id(of: verified.receipt.hash) == life.draft.order,
      ReceiptText.answer(verified) == answer
    else { return nil }
    return verified.receipt
  }
}

/// Base64url without padding (RFC 4648, 5).
enum Base64URL {
  static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Nothing where it is anything else; spaces and line breaks at its ends are forgiven.
  static func bytes(_ text: String) -> [UInt8]? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty, !text.contains(where: { "+/=".contains($0) }) else { return nil }
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: padded).map { Array($0) }
  }
}
