import PumpCore
public import Quantities

/// What the patient's card opens, in a session of its own (contract: break-glass).
public enum EmergencyAct: Equatable, Sendable {
  case safeRate
  case suspend(TimeSpan)
}

extension OrderDesk {
  // MARK: Requests

  /// Takes a request, or refuses it; the same one again gets the same receipt.
  ///
  /// - Throws: why a request is refused that is not well signed.
  public mutating func submit(
    request bytes: Span<UInt8>,
    _ certificates: CertificatePair,
    from peer: Peer,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Receipt {
    let request: Request
    let hash: Bytes32
    let role: Role
    do throws(Refusal) {
      guard let read = Request(decoding: bytes), let name = read.hash(crypto) else {
        throw Refusal(.malformed)
      }
      (request, hash) = (read, name)
      if request.pump != identity.id { throw Refusal(.notForThisPump) }
      if isLocked { throw Refusal(.memory) }
      role = try signer(of: request, certificates, pump.controller.localTime, crypto)
    } catch {
      pump.note(.requestRefused, detail: error.reason.rawValue, value: 0)
      throw error
    }
    if let known = state.requests.find(hash) { return known }
    var receipt = Receipt()
    receipt.subject = .request
    receipt.hash = hash
    do throws(Refusal) {
      try check(request, role, peer, pump.controller)
      try carryOut(request, by: peer.way, &receipt, &pump, crypto)
    } catch {
      pump.note(.requestRefused, detail: error.reason.rawValue, value: 0)
      receipt.outcome = .refused
      receipt.refusal = error
      finish(&receipt, state, pump.controller, crypto)
    }
    return receipt
  }

  private func signer(
    of request: Request,
    _ certificates: CertificatePair,
    _ now: LocalTime,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Role {
    let id = request.signature.key
    let key: Bytes32
    let role: Role
    if state.keys.patient != Bytes32(), Bytes16(of: state.keys.patient, crypto) == id {
      if state.revocation.contains(id) { throw Refusal(.revoked) }
      (key, role) = (state.keys.patient, .patient)
    } else {
      guard let found = certificate(of: id, in: certificates, state.keys, now, crypto),
        found.use == .signing, found.role.isPerson
      else { throw Refusal(.unknownKey) }
      if isRevoked(found, crypto) { throw Refusal(.revoked) }
      (key, role) = (found.key, found.role)
    }
    guard request.isValid(request.signature, by: key, crypto) else {
      throw Refusal(.badSignature)
    }
    return role
  }

  private func check(
    _ request: Request,
    _ role: Role,
    _ peer: Peer,
    _ controller: Controller
  ) throws(Refusal) {
    let act: Act =
      switch request.content {
      case .patientDose: .patientDose
      case .cancelBolus: .cancelBolus
      case .cancelPending: .cancelPending
      case .acknowledge: .acknowledge
      }
    switch authority(act, role, peer.way, peer: peer.role) {
    case .role: throw Refusal(.role)
    case .way: throw Refusal(.way)
    case .allowed: break
    }
    let now = controller.time
    if now < request.notBefore {
      throw Refusal(.notYet, given: now.milliseconds, limit: request.notBefore.milliseconds)
    }
    if now > request.notAfter {
      throw Refusal(.expired, given: now.milliseconds, limit: request.notAfter.milliseconds)
    }
    let span = (request.notAfter - request.notBefore).milliseconds
    if span > Ceilings.requestValidity {
      throw Refusal(ceiling: .validity, given: span, limit: Ceilings.requestValidity)
    }
    // Every kept request of the last two minutes could come again: none may be forgotten for it.
    if state.requests.count == ReceiptRing.capacity,
      now - state.requests[ReceiptRing.capacity - 1].time
        <= TimeSpan(milliseconds: Ceilings.requestValidity)
    {
      throw Refusal(.busy)
    }
  }

  /// Stores the receipt, then lets the request take effect.
  private mutating func carryOut(
    _ request: Request,
    by way: Way,
    _ receipt: inout Receipt,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) {
    receipt.outcome = .applied
    var next = state
    if case .cancelPending(let hash) = request.content {
      guard let pending = state.pending, pending.hash == hash else { throw Refusal(.notFound) }
      finish(&receipt, next, pump.controller, crypto)
      next.requests.put(receipt)
      next.pending = nil
      close(pending, as: .cancelled, .none, &next, pump.controller, crypto)
      try commit(next, &pump)
      pump.note(
        .orderCancelled,
        detail: 0,
        value: Int64(bitPattern: pending.order.sequence)
      )
      return
    }
    if case .patientDose = request.content, let reason = pump.refusalOfPatientDose() {
      // Told by the controller too, as every refused dose is.
      pump.perform(act: pump.controller.actNumber) { $0.requestPatientDose() }
      throw Self.refusal(of: reason, pump.controller)
    }
    next.act = pump.controller.actNumber + 1
    next.actHash = receipt.hash
    if case .patientDose = request.content,
      let again = pump.controller.nextPatientDose(isGivenNow: true)
    {
      receipt.until = again
    }
    finish(&receipt, next, pump.controller, crypto)
    next.requests.put(receipt)
    try commit(next, &pump)
    switch request.content {
    case .patientDose: pump.perform(act: next.act) { $0.requestPatientDose() }
    case .cancelBolus: pump.perform(act: next.act) { $0.cancelBolus() }
    case .acknowledge(let alarm):
      // Whoever is not there cannot silence what is still true: it is only recorded (H-50).
      let isHeard = way == .bedside || !pump.controller.holds(alarm)
      pump.perform(act: next.act) { if isHeard { $0.acknowledge(alarm) } }
    case .cancelPending: break
    }
    pump.note(.requestApplied, detail: way.rawValue, value: request.content.journalValue)
  }

  /// A refused dose, and where only time stands against it until when.
  private static func refusal(of reason: BolusRefusal, _ controller: Controller) -> Refusal {
    var refusal = Refusal(.bolus, detail: reason.rawValue)
    if reason == .lockout || reason == .dailyMaximum, let next = controller.nextPatientDose() {
      refusal.given = controller.time.milliseconds
      refusal.limit = next.milliseconds
    }
    return refusal
  }

  // MARK: Break-glass

  /// Does what the card in the patient's wallet opens: it can only lower what is given.
  public mutating func submit(
    emergency act: EmergencyAct,
    from peer: Peer,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) -> Receipt {
    var receipt = Receipt()
    receipt.subject = .emergency
    do throws(Refusal) {
      try check(act, peer)
      var next = state
      next.act = pump.controller.actNumber + 1
      next.actHash = Bytes32()
      next.heldSince = pump.controller.time.milliseconds
      try commit(next, &pump)
      switch act {
      case .safeRate: pump.perform(act: next.act) { $0.enterSafeRate() }
      case .suspend(let span): pump.perform(act: next.act) { $0.suspend(for: span) }
      }
      pump.note(.emergencyApplied, detail: 0, value: 0)
      receipt.outcome = .applied
    } catch {
      pump.note(.emergencyRefused, detail: error.reason.rawValue, value: 0)
      receipt.outcome = .refused
      receipt.refusal = error
    }
    finish(&receipt, state, pump.controller, crypto)
    return receipt
  }

  private func check(_ act: EmergencyAct, _ peer: Peer) throws(Refusal) {
    let row: Act =
      switch act {
      case .safeRate: .emergencySafeRate
      case .suspend: .emergencySuspend
      }
    switch authority(row, peer.role, peer.way, peer: peer.role) {
    case .role: throw Refusal(.role)
    case .way: throw Refusal(.way)
    case .allowed: break
    }
    if isLocked || !state.isCommissioned { throw Refusal(.memory) }
    if case .suspend(let span) = act, span.milliseconds > Ceilings.suspension {
      throw Refusal(
        ceiling: .suspension,
        given: span.milliseconds,
        limit: Ceilings.suspension
      )
    }
  }
}
