import PumpCore
public import Quantities

/// Answers the messages of a session: bytes in, bytes out, and what they do to the pump.
public struct LinkServer: Sendable {
  public internal(set) var desk: OrderDesk

  public init(_ desk: OrderDesk) { self.desk = desk }

  /// Answers one message.
  ///
  /// - Parameters:
  ///   - message: as the session has opened it.
  ///   - peer: of the session; its way is the port's.
  ///   - fresh: 32 random bytes, for a challenge if it asks for one.
  ///   - pump: advanced to now.
  ///   - crypto: the primitives.
  /// - Returns: the reply, at most ``WireBytes/capacity`` bytes; never none.
  public mutating func answer(
    _ message: Span<UInt8>,
    from peer: Peer,
    fresh: Bytes32,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) -> WireBytes {
    var out = WireBytes()
    answer(message, from: peer, fresh: fresh, into: &out, &pump, crypto)
    return out
  }

  /// The same, with the reply written where it is to stand.
  public mutating func answer(
    _ message: Span<UInt8>,
    from peer: Peer,
    fresh: Bytes32,
    into out: inout WireBytes,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    // What is asked most is one byte, and needs none of the room of a message with an order in it.
    if LinkMessage.isStatus(message) {
      do throws(Refusal) {
        try status(peer, &pump, into: &out)
      } catch {
        LinkReply.refused(error).encode(into: &out)
      }
      return
    }
    guard let read = LinkMessage(decoding: message) else {
      pump.note(.requestRefused, detail: RefusalReason.malformed.rawValue, value: 0)
      LinkReply.refused(Refusal(.malformed)).encode(into: &out)
      return
    }
    do throws(Refusal) {
      try reply(read, peer, fresh, &pump, crypto).encode(into: &out)
    } catch {
      LinkReply.refused(error).encode(into: &out)
    }
  }

  private mutating func reply(
    _ message: LinkMessage,
    _ peer: Peer,
    _ fresh: Bytes32,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> LinkReply {
    switch message {
    case .identify:
      try check(.identify, peer, &pump)
      return .identity(description(pump.controller))
    // Answered before.
    case .status: throw Refusal(.malformed)
    case .journal(let first):
      try check(.readStatus, peer, &pump)
      var page = JournalPage()
      pump.forEachJournalRecord { page.add($0, from: first) }
      return .journal(page)
    case .receipt(let hash):
      try check(peer.role == .patient ? .readOwnSummary : .readStatus, peer, &pump)
      guard let receipt = desk.receipt(of: hash) else { throw Refusal(.notFound) }
      return .receipt(receipt)
    case .receiptAt(let age):
      try check(.readStatus, peer, &pump)
      guard let receipt = desk.receipt(age: Int(age)) else { throw Refusal(.notFound) }
      return .receipt(receipt)
    case .order(let certificates, let object):
      let bytes = object.bytes
      let span = bytes.span.extracting(0..<object.count)
      return .receipt(try desk.submit(span, certificates, from: peer, &pump, crypto))
    case .request(let certificates, let object):
      let bytes = object.bytes
      let span = bytes.span.extracting(0..<object.count)
      return .receipt(try desk.submit(request: span, certificates, from: peer, &pump, crypto))
    case .revocation(let list):
      try desk.take(list, &pump, crypto)
      return .taken
    case .challenge:
      try check(.challenge, peer, &pump)
      return .challenge(fresh)
    case .emergency(let act):
      return .receipt(desk.submit(emergency: act, from: peer, &pump, crypto))
    // Whoever holds the session takes it, as it alone knows the key: see `introduce`.
    case .introduce: throw Refusal(.malformed)
    }
  }

  private mutating func status(
    _ peer: Peer,
    _ pump: inout some LinkedPump,
    into out: inout WireBytes
  ) throws(Refusal) {
    switch peer.role {
    case .patient: try check(.readOwnSummary, peer, &pump)
    case .emergencyCard: try check(.emergencyStatus, peer, &pump)
    case .none, .prescriber, .nurse, .pharmacist, .clinicServer:
      try check(.readStatus, peer, &pump)
    }
    var status = PumpStatus(pump.controller, desk.state)
    LinkReply.encode(&status, isSummary: peer.role == .patient, into: &out)
  }

  // Mutating, as what only reads would be handed a copy of the desk.
  private mutating func check(
    _ act: Act,
    _ peer: Peer,
    _ pump: inout some LinkedPump
  ) throws(Refusal) {
    let reason: RefusalReason
    switch authority(act, peer.role, peer.way, peer: peer.role) {
    case .allowed: return
    case .role: reason = .role
    case .way: reason = .way
    }
    pump.note(.requestRefused, detail: reason.rawValue, value: 0)
    throw Refusal(reason)
  }

  private func description(_ controller: Controller) -> PumpDescription {
    var description = PumpDescription()
    description.id = desk.identity.id
    description.key = desk.identity.key
    description.isCommissioned = desk.state.isCommissioned
    description.time = controller.time
    description.local = controller.localTime.milliseconds
    description.stroke = controller.model.strokeVolume
    description.capacity = controller.model.capacity
    description.minimumRate = controller.model.minimumRate
    description.maximumRate = controller.model.maximumRate
    description.path = controller.pathVolume
    return description
  }

  /// Advances the pump, with what falls due of the link on the way.
  public mutating func advance(
    to target: PumpTime,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    desk.advance(to: target, &pump, crypto)
  }

  /// Who the other end of a session is, by the certificates that it shows first of all.
  ///
  /// - Parameters:
  ///   - certificates: of the session's key.
  ///   - key: that the handshake has proved.
  ///   - role: that the prologue claims.
  ///   - way: of the port.
  ///   - pump: advanced to now.
  ///   - crypto: the primitives.
  /// - Returns: the peer, certified by a root or the patient's own controller.
  /// - Throws: `unknownKey` where nobody vouches for the key, `role` where the claim was another.
  public mutating func introduce(
    _ certificates: CertificatePair,
    of key: Bytes32,
    as role: LinkRole,
    by way: Way,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Peer {
    var reason = RefusalReason.unknownKey
    if let peer = desk.peer(key, certificates, by: way, pump.controller, crypto) {
      if role.covers(peer.role) {
        desk.sessionBegan(peer, &pump)
        return peer
      }
      reason = .role
    }
    pump.note(.requestRefused, detail: reason.rawValue, value: 0)
    throw Refusal(reason)
  }

  /// Which pump this is, as an identity's reply tells it.
  public func identity(of pump: some LinkedPump) -> LinkReply {
    .identity(description(pump.controller))
  }

  /// A session has begun.
  public mutating func sessionBegan(_ peer: Peer, _ pump: inout some LinkedPump) {
    desk.sessionBegan(peer, &pump)
  }
}

extension LinkRole {
  /// Whether a certified role is what a prologue claims.
  func covers(_ role: Role) -> Bool {
    switch self {
    case .clinicServer: role == .clinicServer
    case .person: role.isPerson
    case .patient: role == .patient
    case .emergencyCard: false
    }
  }
}
