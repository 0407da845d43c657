import JSONText
import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
import PumpScenario
import Quantities
import Therapy

/// An order's bytes from what a person wants, the pump's last receipt and its newest status.
///
/// The very code that the signer reads orders with writes them here; who signs reads the bytes again, so
/// that nothing rests on this server having written them rightly (H-72).
struct OrderDrafting {
  let request: OrderRequest
  let record: PatientRecord
  let link: PumpLinked
  let live: LiveStatus
  let receipt: VerifiedReceipt
  let root: Bytes32
  let now: Instant

  /// - Parameter raises: whether the record found that it gives more in 24 h than what is in force.
  /// - Returns: what is recorded as drafted.
  /// - Throws: the first fault, with its path under `$.order`.
  func draft(raises: Bool) throws(WebError) -> Therapy.OrderDraft {
    let object = try JSONFault.web { () throws(JSONMismatch) in try request.draft.anyObject() }
    let order = try order(object)
    guard let id = SignedOrder.id(of: order), let bytes = order.array.flatMap(SignedOrder.base64)
    else { throw WebError(422, "badField", "The order cannot be written.", field: "$.order") }
    let content = content(object, order.content)
    return Therapy.OrderDraft(
      order: id,
      act: act(order.content, raises: raises),
      way: request.way,
      sequence: Int64(clamping: order.sequence),
      basis: SignedOrder.id(of: order.previous),
      notAfterAt: now + (order.notAfter - pumpNow),
      bytes: bytes,
      program: content.program,
      fluid: content.fluid,
      fillVolume: content.volume,
      reason: request.reason
    )
  }

  /// What the pump's clock shows about now.
  private var pumpNow: PumpTime { live.status[.demand].time + live.age(at: now) }

  /// What the bytes would say, read as the signer reads them; nothing is recorded.
  func statement() throws(WebError) -> OrderStatement {
    let object = try JSONFault.web { () throws(JSONMismatch) in try request.draft.anyObject() }
    let order = try order(object)
    do throws(SigningError) { return try OrderStatement(order, beside: receipt) } catch {
      throw WebError(error, field: "$.order")
    }
  }

  private func order(_ object: JSONObject) throws(WebError) -> Order {
    var known = DraftKnown(root: root)
    known.pump = receipt.receipt.pump
    known.local = LocalTime(milliseconds: now.milliseconds)
    do throws(ScenarioError) {
      return try OrderText.OrderDraft(bytes: bytes(object), receipt: receipt, known: known).order
    } catch {
      throw WebError(
        422,
        "badField",
        "The order cannot be drafted: \(error.description).",
        field: "$.order" + error.path.dropFirst(),
        todo: "Correct the field; nothing was drafted."
      )
    }
  }

  /// The draft with what only the newest status tells: the receipt may be days old.
  private func bytes(_ object: JSONObject) -> [UInt8] {
    var members = object.all.map { JSONMember(name: $0.name, value: $0.value.value) }
    if object.optional("from") == nil {
      // By the pump's own word, so never in its future.
      let from = live.status[.demand].time - .commissioning
      members.append(JSONMember(name: "from", value: .string(from.text)))
    }
    if object.optional("sequence") == nil {
      let drafted = record.orders.map(\.draft.sequence).max() ?? 0
      let taken = max(live.status.inForce.sequence, receipt.receipt.inForce.sequence)
      let next = max(drafted, Int64(clamping: taken)) + 1
      members.append(JSONMember(name: "sequence", value: .number("\(next)")))
    }
    var writer = JSONWriter()
    writer.value(.object(members))
    return writer.bytes
  }

  private func act(_ content: OrderContent, raises: Bool) -> OrderAct {
    switch content {
    case .program: raises ? .programIncrease : .program
    case .refill(let refill): refill.program == nil ? .refillSame : .refillChanged
    case .catheter: .catheter
    case .commissioning: .commissioning
    case .envelope: .envelope
    case .limits: .limits
    case .keys: .keys
    case .clinicianBolus: .clinicianBolus
    case .safeRate: .safeRate
    case .suspend: .suspend
    case .mri: .mri
    case .resume: .resume
    case .clearOverDelivery: .clearOverDelivery
    case .setClock: .setClock
    }
  }

  private func content(
    _ object: JSONObject,
    _ content: OrderContent
  ) -> (program: ProgramJSON?, fluid: Fluid?, volume: Volume?) {
    var program: ProgramJSON?
    if let member = object.optional("program") {
      var writer = JSONWriter()
      writer.value(member.value)
      program = ProgramJSON(String(decoding: writer.bytes, as: UTF8.self))
    }
    guard case .refill(let refill) = content else { return (program, nil, nil) }
    let drugs = (0..<refill.mixture.count).map { place in
      let (drug, amount) = refill.mixture[place]
      return Fluid.Drug(
        name: DrugNumber.name(of: drug),
        concentration: Concentration(nanogramsPerMillilitre: amount)
      )
    }
    return (program, Fluid(drugs: drugs), refill.fill)
  }
}

/// Faults of JSON as answers.
enum JSONFault {
  static func web<Value>(_ read: () throws(JSONMismatch) -> Value) throws(WebError) -> Value {
    do throws(JSONMismatch) { return try read() } catch { throw WebError(error) }
  }
}
