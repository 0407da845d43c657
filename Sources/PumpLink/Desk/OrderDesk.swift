import PumpCore
import Quantities

/// The pump's side of orders: checks each, stores what it decides, lets it take effect once, and
/// answers with a signed receipt (SR-100, SR-101, SR-102).
///
/// It is a value: it holds what the link keeps and knows no port, no clock and no key but the pump's
/// own. Who speaks to it comes as a ``Peer``, the time as the pump's.
public struct OrderDesk: Sendable {
  public internal(set) var state: LinkState
  public let identity: PumpIdentity
  var slots: SlotPair
  /// The memory of the link is lost: nothing is taken any more, and the pump cannot be commissioned
  /// anew by whoever comes first.
  public internal(set) var isLocked = false

  /// The desk of a pump that has just been commissioned, or starts again after a loss of power.
  ///
  /// - Parameters:
  ///   - identity: as the pump was made.
  ///   - pump: started; its memory holds what the link kept, if it ever kept anything.
  ///   - crypto: the primitives.
  public init(
    _ identity: PumpIdentity,
    recovering pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    self.identity = identity
    slots = pump.slotPair
    state = LinkState()
    recover(&pump, crypto)
  }

  // MARK: Orders

  /// Takes an order, or refuses it.
  ///
  /// - Parameters:
  ///   - bytes: the order's, signatures included.
  ///   - certificates: of the keys that signed it.
  ///   - peer: of the session it came by.
  ///   - pump: advanced to now.
  ///   - crypto: the primitives.
  /// - Returns: the receipt; also for a refusal, if the order is well signed.
  /// - Throws: why an order is refused that is not well signed, or that the memory does not take.
  public mutating func submit(
    _ bytes: Span<UInt8>,
    _ certificates: CertificatePair,
    from peer: Peer,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Receipt {
    let order: Order
    let signers: Signers
    let hash: Bytes32
    do throws(Refusal) {
      guard let read = Order(decoding: bytes), let name = read.hash(crypto) else {
        throw Refusal(.malformed)
      }
      (order, hash) = (read, name)
      if order.pump != identity.id { throw Refusal(.notForThisPump) }
      if isLocked { throw Refusal(.memory) }
      signers = try self.signers(of: order, certificates, pump.controller.localTime, crypto)
    } catch {
      pump.note(.orderRefused, detail: error.reason.rawValue, value: 0)
      throw error
    }
    if let known = state.receipts.find(hash) { return known }
    do throws(Refusal) {
      var check = OrderCheck(order, hash, signers, peer, pump.controller)
      try check.run(state)
      let effect = try effect(of: check, &pump)
      if check.waits { return try hold(check, &pump, crypto) }
      return try apply(effect, check, &pump, crypto)
    } catch {
      return try refuse(order, hash, error, &pump, crypto)
    }
  }

  /// Refuses a well-signed order: a refusal that could only change with time is final, so that the
  /// order does not take effect later, when nobody expects it any more.
  private mutating func refuse(
    _ order: Order,
    _ hash: Bytes32,
    _ refusal: Refusal,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Receipt {
    pump.note(
      .orderRefused,
      detail: refusal.reason.rawValue,
      value: Int64(bitPattern: order.sequence)
    )
    var next = state
    if refusal.reason.isFinal { next.lastSequence = order.sequence }
    var receipt = Receipt()
    receipt.hash = hash
    receipt.sequence = order.sequence
    receipt.outcome = .refused
    receipt.refusal = refusal
    finish(&receipt, next, pump.controller, crypto)
    guard refusal.reason.isFinal else { return receipt }
    next.receipts.put(receipt)
    try commit(next, &pump)
    return receipt
  }

  // MARK: Receipts

  /// Fills in what the pump says of itself, and signs.
  func finish(
    _ receipt: inout Receipt,
    _ state: LinkState,
    _ controller: Controller,
    program: Program? = nil,
    mixture: DrugAmounts? = nil,
    _ crypto: some LinkCrypto
  ) {
    receipt.pump = identity.id
    receipt.time = controller.time
    receipt.local = controller.localTime
    receipt.inForce = state.inForce(controller, program: program, mixture: mixture)
    if let signature = receipt.signature(by: identity.seed, crypto) {
      receipt.signature = signature
    }
  }

  /// The kept receipt of an order or a request.
  public func receipt(of hash: Bytes32) -> Receipt? {
    state.receipts.find(hash) ?? state.requests.find(hash)
  }

  /// The kept receipts of orders, 0 for the newest; nothing where there are fewer.
  public func receipt(age: Int) -> Receipt? {
    age >= 0 && age < state.receipts.count ? state.receipts[age] : nil
  }

  // MARK: Storing

  /// Stores a state; it holds from then on.
  mutating func commit(_ next: LinkState, _ pump: inout some LinkedPump) throws(Refusal) {
    var scratch = InlineArray<12288, UInt8>(repeating: 0)
    var bytes = scratch.mutableSpan
    var copy = next
    var cursor = WireCursor(
      reading: false,
      from: SlotPair.headerBytes,
      to: StoreLayout.linkBytes
    )
    copy.code(&cursor, &bytes)
    let length = cursor.offset - SlotPair.headerBytes
    guard !cursor.failed,
      slots.write(&bytes, length: length, &pump.memory)
        || slots.write(&bytes, length: length, &pump.memory)
    else { throw Refusal(.memory) }
    state = next
  }

  /// A bedside session of a certified person has begun: remote orders count from it.
  public mutating func sessionBegan(_ peer: Peer, _ pump: inout some LinkedPump) {
    guard peer.way == .bedside, peer.role.isPerson, state.isCommissioned else { return }
    var next = state
    next.lastBedside = max(next.lastBedside, peer.began.milliseconds)
    do throws(Refusal) {
      try commit(next, &pump)
      pump.note(.bedsideSession, detail: peer.role.rawValue, value: 0)
    } catch {
      // Without it remote orders are refused sooner, and nothing else changes.
      return
    }
  }
}

extension RefusalReason {
  /// Whether a refused order is used up.
  var isFinal: Bool {
    switch self {
    case .ceiling, .envelope, .program, .bolus, .drugs, .capacity, .bridging, .interrupted: true
    case .none, .malformed, .notForThisPump, .unknownKey, .revoked, .badSignature, .role, .way,
      .stale, .notYet, .expired, .secondSignature, .notFound, .busy, .memory:
      false
    }
  }
}
