import PumpCore
public import Quantities

extension OrderDesk {
  /// Stores an increase that waits for its delay; one can wait, and the newer takes the place of
  /// the older.
  mutating func hold(
    _ check: OrderCheck,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Receipt {
    var next = state
    supersede(&next, by: check.hash, &pump, crypto)
    next.lastSequence = check.order.sequence
    var pending = PendingOrder()
    pending.order = check.order
    pending.hash = check.hash
    pending.firstRoot = check.signers.first.root
    pending.secondRoot = check.signers.second.root
    pending.until = check.now + state.envelope.delay
    next.pending = pending
    var receipt = Receipt()
    receipt.hash = check.hash
    receipt.sequence = check.order.sequence
    receipt.outcome = .pending
    receipt.until = pending.until
    finish(&receipt, next, pump.controller, crypto)
    next.receipts.put(receipt)
    try commit(next, &pump)
    pump.note(.orderPending, detail: 0, value: Int64(bitPattern: check.order.sequence))
    return receipt
  }

  /// When the pending order takes effect, or nothing.
  public var nextDue: PumpTime? { state.pending?.until }

  /// Advances the pump to an instant, and lets the pending order take effect when it falls due.
  public mutating func advance(
    to target: PumpTime,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    if let pending = state.pending, pending.until <= target {
      if pump.controller.time < pending.until { pump.advance(to: pending.until) }
      release(pending, &pump, crypto)
    }
    pump.advance(to: target)
  }

  /// The delay is over: what could have changed since is looked at again.
  private mutating func release(
    _ pending: PendingOrder,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    do throws(Refusal) {
      let controller = pump.controller
      let check = OrderCheck(
        pending.order,
        pending.hash,
        Signers(),
        Peer(role: .none, name: Bytes16(), way: .remote, began: controller.time),
        controller
      )
      // A key that counts no more, or a root whose word on it does not.
      for place in 0..<pending.order.signatureCount
      where state.revocation.contains(pending.order.signature(place).key)
        || state.revocation.contains(place == 0 ? pending.firstRoot : pending.secondRoot)
      {
        throw Refusal(.revoked)
      }
      // Off when it fell due: too late now for what was meant for then.
      if controller.time - pending.until > .hour { throw Refusal(.interrupted) }
      if controller.hasTrouble(since: state.lastBedside) { throw Refusal(.fault) }
      let effect = try effect(of: check, &pump)
      _ = try apply(effect, check, &pump, crypto)
    } catch {
      drop(pending, as: .refused, error, &pump, crypto)
    }
  }

  /// Ends the wait of an order that does not take effect.
  mutating func drop(
    _ pending: PendingOrder,
    as outcome: Outcome,
    _ refusal: Refusal,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    var next = state
    next.pending = nil
    close(pending, as: outcome, refusal, &next, pump.controller, crypto)
    do throws(Refusal) {
      try commit(next, &pump)
    } catch {
      // Not stored, but not followed either as long as the pump has power.
      state = next
    }
    pump.note(
      outcome == .cancelled ? .orderCancelled : .orderRefused,
      detail: refusal.reason.rawValue,
      value: Int64(bitPattern: pending.order.sequence)
    )
  }
}
