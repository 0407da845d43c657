public import Ledger
import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
public import Therapy

/// What people do with orders: draft, sign, queue.
///
/// The clinic's server writes the bytes and keeps them; it has no key that signs, and what it says of an
/// order counts for no pump (H-72).
public struct OrderDesk: Sendable {
  public typealias Commit = @Sendable ([StreamDrafts]) async throws(WebError) -> Appended

  let records: RecordBook
  let certificates: CertificateBook
  let lines: LineBook
  let receipts: ReceiptShelf
  /// The newest list of revoked keys; nothing where there is none.
  let revocation: @Sendable () -> Revocation?

  // MARK: Drafting

  /// Drafts an order on the pump's last receipt.
  ///
  /// - Parameters:
  ///   - request: what is wanted.
  ///   - patient: whose pump.
  ///   - terms: who wants it.
  ///   - commit: appends with the audit's entry.
  /// - Returns: the record with the draft as its last order.
  /// - Throws: the first fault, the refusal, or what is not known of the pump.
  public func draft(
    _ request: OrderRequest,
    for patient: PatientID,
    _ terms: ActTerms,
    commit: Commit
  ) async throws(WebError) -> Performed {
    let record = try await records.patient(patient)
    if let done = try await repeated(request, patient, terms, record) { return done }
    let drafting = try await drafting(request, patient)
    do throws(WebError) {
      return try await add(try drafting.draft(raises: false), patient, terms, commit)
    } catch  where error.code == "mismatch" && error.field == "act" {
      // Whether it raises the dose the record works out, from what is in force.
      return try await add(try drafting.draft(raises: true), patient, terms, commit)
    }
  }

  /// What a draft rests on: the pump's link, its newest status and its newest receipt.
  func drafting(
    _ request: OrderRequest,
    _ patient: PatientID
  ) async throws(WebError) -> OrderDrafting {
    let record = try await records.patient(patient)
    let (link, pump, live) = try await heard(record)
    let receipt = try await receipt(record, pump, live)
    return OrderDrafting(
      request: request,
      record: record,
      link: link,
      live: live,
      receipt: receipt,
      root: certificates.root,
      now: await records.now
    )
  }

  /// A pump that is linked and was heard since the server started: nothing is drafted for another.
  func heard(
    _ record: PatientRecord
  ) async throws(WebError) -> (link: PumpLinked, pump: KnownPump, live: LiveStatus) {
    guard case .linked(let link) = record.link, let pump = KnownPump(link) else {
      throw Self.notKnown("a linked pump", "Link the pump at the bedside.")
    }
    guard let live = await records.live(record.id) else {
      throw Self.notKnown(
        "a status of the pump since the server started",
        "Wait until the pump was heard, and try again."
      )
    }
    return (link, pump, live)
  }

  /// What was drafted under this key before, with the answer that it got then (SR-113).
  ///
  /// The bytes hold the pump's time, so that drafting anew would be another order: what was asked for is
  /// compared, and what was recorded stands.
  private func repeated(
    _ request: OrderRequest,
    _ patient: PatientID,
    _ terms: ActTerms,
    _ record: PatientRecord
  ) async throws(WebError) -> Performed? {
    let events = try await records.done(under: terms.key, of: patient)
    guard let first = events.first else { return nil }
    guard case .orderDrafted(let draft) = first, draft.way == request.way,
      draft.reason == request.reason
    else { throw AnswerBook.keyTaken }
    return Performed(record: record, events: events, wasThere: true)
  }

  private func add(
    _ draft: Therapy.OrderDraft,
    _ patient: PatientID,
    _ terms: ActTerms,
    _ commit: Commit
  ) async throws(WebError) -> Performed {
    let act = RecordAct(
      patient,
      key: terms.key,
      [RecordAct.Step(.draftOrder(draft), by: terms.author)],
      version: terms.version,
      isConfirmed: terms.isConfirmed
    )
    return try await records.perform(act, commit: commit)
  }

  /// The newest receipt that says what is in force now: of the record, of memory, or asked of the pump.
  func receipt(
    _ record: PatientRecord,
    _ pump: KnownPump,
    _ live: LiveStatus
  ) async throws(WebError) -> VerifiedReceipt {
    var known = record.orders.compactMap { life in
      life.answer.flatMap { answer in
        try? VerifiedReceipt(bytes: SignedOrder.bytes(answer.receipt), of: pump)
      }
    }
    if let newest = receipts[pump.id] { known.append(newest) }
    let current = known.filter { $0.receipt.inForce.order == live.status.inForce.order }
    if let newest = current.max(by: { $0.receipt.time < $1.receipt.time }) { return newest }
    for way in [LinkWay.near, .remote] {
      guard let line = lines[Hex.text(pump.id.octets), way], line.isReached,
        let receipt = try? await line.newestReceipt(), let bytes = receipt.array,
        let verified = try? VerifiedReceipt(bytes: bytes, of: pump),
        receipt.inForce.order == live.status.inForce.order
      else { continue }
      receipts.keep(verified)
      return verified
    }
    throw Self.notKnown(
      "the pump's receipt of what is in force",
      "Wait until the pump can be reached, and try again."
    )
  }

  static func notKnown(_ what: String, _ todo: String) -> WebError {
    WebError(
      409,
      "notKnown",
      "An order cannot be drafted: something that it rests on is not known.",
      given: "nothing",
      expected: what,
      todo: todo
    )
  }

  // MARK: Signing

  /// Takes an order that a person signed in their own signer.
  ///
  /// Taken are only the bytes of a draft of this clinic, each signature good and each certificate given by
  /// the clinic's root; the pump looks at all of it again. With the last signature it is queued.
  ///
  /// - Parameters:
  ///   - bytes: the order with its signatures.
  ///   - now: security time, for certificates.
  ///   - commit: appends with the audit's entry.
  /// - Returns: the patient, and the order as it stands.
  /// - Throws: why it is not taken; nothing was changed then.
  public func take(
    signed bytes: [UInt8],
    at now: Int64,
    commit: Commit
  ) async throws(WebError) -> (patient: PatientID, order: OrderLife) {
    let order: Order
    do throws(SigningError) { order = try Order(reading: bytes) } catch {
      throw WebError(error, field: "order")
    }
    let (patient, life) = try await draft(of: order)
    let signers = try verify(order, at: now)
    var steps: [RecordAct.Step] = []
    for (place, certificate) in signers.enumerated() {
      let person = CertificateBook.person(certificate.name)
      guard !life.signatures.contains(where: { $0.signer == person }),
        let role = PersonRole(certified: certificate.role),
        let signature = SignedOrder.base64(order.signature(place).signature.octets)
      else { continue }
      steps.append(
        RecordAct.Step(
          .signOrder(life.draft.order, signature),
          by: Author(person: person, role: role)
        )
      )
    }
    guard !steps.isEmpty else { return (patient, life) }
    let record = try await sign(patient, life, steps, commit)
    return (patient, record.order(life.draft.order) ?? life)
  }

  /// The draft that an order is: by its hash, so that a changed byte is another order.
  private func draft(of order: Order) async throws(WebError) -> (PatientID, OrderLife) {
    let unknown = WebError(
      404,
      "unknownOrder",
      "This is no order that was drafted in this clinic; nothing was changed.",
      field: "order",
      todo: "Draft it here, then sign those bytes."
    )
    guard let id = SignedOrder.id(of: order), let pump = PumpID(Hex.text(order.pump.octets)),
      let patient = await records.patient(of: pump)
    else { throw unknown }
    guard let life = try await records.patient(patient).order(id) else { throw unknown }
    return (patient, life)
  }

  private func verify(_ order: Order, at now: Int64) throws(WebError) -> [Certificate] {
    let known = (0..<order.signatureCount).compactMap {
      certificates.certificate(of: order.signature($0).key)
    }
    do throws(SigningError) {
      return try OrderVerification(
        order,
        known,
        root: certificates.root,
        revocation: revocation(),
        at: LocalTime(milliseconds: now)
      ).signers
    } catch { throw WebError(error, field: "order") }
  }

  /// Records the signatures, and queues the order where they suffice and nothing else is under way.
  private func sign(
    _ patient: PatientID,
    _ life: OrderLife,
    _ steps: [RecordAct.Step],
    _ commit: Commit
  ) async throws(WebError) -> PatientRecord {
    let id = life.draft.order
    // The same signatures brought twice are one act.
    let people = life.signatures.map { Author(person: $0.signer, role: $0.role) }
    let all = people + steps.map(\.author)
    let names = all.map { $0.person.text.suffix(16) }.joined(separator: "-")
    let key = "signed-\(id.text)-\(names)"
    let act = RecordAct(patient, key: key, steps)
    // Nurses and physicians queue; a pharmacist's signature is the second one at most.
    let author = all.first { $0.role == .physician || $0.role == .nurse }
    if let author {
      var queued = act
      queued.steps.append(RecordAct.Step(.queueOrder(id), by: author))
      do throws(WebError) {
        return try await records.perform(queued, commit: commit).record
      } catch  where ["orderState", "inFlight", "outOfOrder"].contains(error.code) {
        // A signature is missing, or another order or step comes first: it stays as it is signed.
      }
    }
    return try await records.perform(act, commit: commit).record
  }
}
