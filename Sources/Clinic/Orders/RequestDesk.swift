import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
public import Therapy

/// What somebody wants asked of a pump: a small act that they sign in their own signer.
public struct RequestWish: Sendable {
  public var act: RequestAct
  public var order: OrderID?
  public var alarm: PumpAlarm?
  public var way: OrderWay
  public var reason: String

  public init(
    _ act: RequestAct,
    order: OrderID? = nil,
    alarm: PumpAlarm? = nil,
    way: OrderWay,
    reason: String
  ) {
    (self.act, self.order, self.alarm) = (act, order, alarm)
    (self.way, self.reason) = (way, reason)
  }
}

/// What people do with requests: draft, sign. The server gains no authority by them: the bytes are drafted
/// here, and count for the pump by the signature of a nurse or a prescriber alone (H-72).
extension OrderDesk {
  /// Drafts a request, valid for two minutes of the pump's clock from about now.
  ///
  /// - Parameters:
  ///   - wish: what is wanted.
  ///   - patient: whose pump.
  ///   - terms: who wants it.
  ///   - chance: for the nonce.
  ///   - commit: appends with the audit's entry.
  /// - Returns: the record, and the events with the draft as the first.
  /// - Throws: the refusal, or what is not known of the pump.
  public func draft(
    _ wish: RequestWish,
    for patient: PatientID,
    _ terms: ActTerms,
    _ chance: ClinicChance,
    commit: Commit
  ) async throws(WebError) -> Performed {
    let record = try await records.patient(patient)
    let done = try await records.done(under: terms.key, of: patient)
    if let first = done.first {
      // The nonce is drawn anew each time: what was asked for is compared, and what was recorded stands.
      guard case .requestDrafted(let draft) = first, draft.act == wish.act,
        draft.order == wish.order, draft.alarm == wish.alarm, draft.way == wish.way,
        draft.reason == wish.reason
      else { throw AnswerBook.keyTaken }
      return Performed(record: record, events: done, wasThere: true)
    }
    let (_, pump, live) = try await heard(record)
    let now = await records.now
    var request = Request()
    request.pump = pump.id
    request.nonce = Bytes16(octets: chance.bytes(16)) ?? Bytes16()
    request.notBefore = live.status[.demand].time + live.age(at: now)
    // Both clocks are rounded; a pump that is behind by so much is not to call it too early.
    request.notBefore = request.notBefore + TimeSpan(milliseconds: -Self.slack)
    request.notAfter = request.notBefore + 2 * TimeSpan.minute
    request.content = try Self.content(wish)
    guard let id = SignedRequest.id(of: request),
      let bytes = request.array.flatMap(SignedOrder.base64)
    else { throw Self.notKnown("a request that can be written", "Look at what it asks for.") }
    let draft = RequestDraft(
      request: id,
      act: wish.act,
      order: wish.order,
      alarm: wish.alarm,
      way: wish.way,
      notAfterAt: now + (2 * TimeSpan.minute + TimeSpan(milliseconds: -Self.slack)),
      bytes: bytes,
      reason: wish.reason
    )
    let act = RecordAct(
      patient,
      key: terms.key,
      [RecordAct.Step(.draftRequest(draft), by: terms.author)],
      version: terms.version
    )
    return try await records.perform(act, commit: commit)
  }

  /// A request begins to be valid so much before the pump's clock as it is known here, ms.
  private static let slack: Int64 = 2_000

  private static func content(_ wish: RequestWish) throws(WebError) -> RequestContent {
    switch (wish.act, wish.order.flatMap(SignedOrder.hash), wish.alarm) {
    case (.cancelBolus, nil, nil): return .cancelBolus
    case (.cancelPending, .some(let hash), nil): return .cancelPending(hash)
    case (.acknowledge, nil, .some(let alarm)): return .acknowledge(alarm.alarm)
    default:
      throw WebError(
        422,
        "badField",
        "The request does not say what it is about, or says too much.",
        field: "act",
        given: wish.act.rawValue,
        expected:
          "cancelPending with an order, acknowledge with an alarm, cancelBolus with neither",
        todo: "Correct it and send it again."
      )
    }
  }

  /// Takes a request that a person signed in their own signer: only the bytes of a draft of this clinic, with
  /// a signature that is good, of a key that the root certified and did not revoke.
  ///
  /// - Parameters:
  ///   - bytes: the request with its signature.
  ///   - now: security time, for certificates.
  ///   - commit: appends with the audit's entry.
  /// - Returns: the patient, and the request as it stands.
  /// - Throws: why it is not taken; nothing was changed then.
  public func take(
    signedRequest bytes: [UInt8],
    at now: Int64,
    commit: Commit
  ) async throws(WebError) -> (patient: PatientID, request: RequestLife) {
    guard let request = Request(bytes: bytes), let id = SignedRequest.id(of: request),
      let pump = PumpID(Hex.text(request.pump.octets)),
      let patient = await records.patient(of: pump),
      let life = try await records.patient(patient).request(id)
    else {
      throw WebError(
        404,
        "unknownRequest",
        "This is no request that was drafted in this clinic; nothing was changed.",
        field: "order",
        todo: "Draft it here, then sign those bytes within two minutes."
      )
    }
    let signer: Certificate
    do throws(SigningError) {
      signer = try RequestVerification(
        request,
        certificates.certificate(of: request.signature.key).map { [$0] } ?? [],
        root: certificates.root,
        revocation: revocation(),
        at: LocalTime(milliseconds: now)
      ).signer
    } catch { throw WebError(error, field: "order") }
    guard let role = PersonRole(certified: signer.role),
      let signature = SignedOrder.base64(request.signature.signature.octets)
    else { throw .noSuch("role", given: "\(signer.role)") }
    let person = CertificateBook.person(signer.name)
    // The same signature brought twice is one act.
    if life.signature?.signer == person { return (patient, life) }
    let act = RecordAct(
      patient,
      key: "asked-\(id.text)-\(person.text.suffix(16))",
      [
        RecordAct.Step(
          .signRequest(id, signature),
          by: Author(person: person, role: role)
        )
      ]
    )
    let record = try await records.perform(act, commit: commit).record
    return (patient, record.request(id) ?? life)
  }
}
