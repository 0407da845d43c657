import PumpCore

extension OrderDesk {
  /// Finds what the link kept, and whether its last act took effect.
  mutating func recover(_ pump: inout some LinkedPump, _ crypto: some LinkCrypto) {
    guard let newest = read(newest: true, pump) else {
      // A pump that has taken an order before is not commissioned again by whoever comes first.
      isLocked = pump.controller.actNumber > 0
      return
    }
    state = newest
    guard newest.act != pump.controller.actNumber else { return }
    undo(newest, &pump, crypto)
  }

  /// The power failed after the link had stored an act and before it took effect: what held before
  /// holds, and the receipt says so.
  private mutating func undo(
    _ newest: LinkState,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    let controller = pump.controller
    var next: LinkState
    if let older = read(newest: false, pump), older.act == controller.actNumber {
      next = older
      if older.pending?.hash == newest.actHash {
        // It was the pending order that fell due: it is still pending, and due.
        store(next, &pump)
        return
      }
      next.lastSequence = newest.lastSequence
    } else {
      next = newest
      next.act = controller.actNumber
      // What holds is not known well enough for orders from a distance.
      next.lastBedside = -1
    }
    if var receipt = newest.receipts.find(newest.actHash) {
      receipt.outcome = .refused
      receipt.refusal = Refusal(.interrupted)
      finish(&receipt, next, controller, crypto)
      next.receipts.put(receipt)
    } else if var receipt = newest.requests.find(newest.actHash) {
      receipt.outcome = .refused
      receipt.refusal = Refusal(.interrupted)
      finish(&receipt, next, controller, crypto)
      next.requests.put(receipt)
    }
    store(next, &pump)
    pump.note(
      .orderRefused,
      detail: RefusalReason.interrupted.rawValue,
      value: Int64(bitPattern: newest.lastSequence)
    )
  }

  private mutating func store(_ next: LinkState, _ pump: inout some LinkedPump) {
    do throws(Refusal) {
      try commit(next, &pump)
    } catch {
      isLocked = true
    }
  }

  private mutating func read(newest: Bool, _ pump: some LinkedPump) -> LinkState? {
    var scratch = InlineArray<12288, UInt8>(repeating: 0)
    var bytes = scratch.mutableSpan
    let found =
      newest
      ? slots.readNewest(into: &bytes, pump.memory) : slots.readOlder(into: &bytes, pump.memory)
    guard let length = found else { return nil }
    var cursor = WireCursor(
      reading: true,
      from: SlotPair.headerBytes,
      to: SlotPair.headerBytes + length
    )
    var state = LinkState()
    state.code(&cursor, &bytes)
    return cursor.failed ? nil : state
  }
}
