import PumpCore
public import PumpLink
import PumpLinkCrypto
public import Quantities

extension VirtualPump {
  /// At most so many connections at a port; the oldest stranger makes way for a new one.
  public static var connectionsMax: Int { 8 }

  // MARK: Connections

  /// Somebody knocks at a port.
  ///
  /// - Parameters:
  ///   - way: of the port.
  ///   - time: link time.
  /// - Returns: the connection's number; nothing where the pump does not answer.
  public mutating func open(_ way: Way, at time: PumpTime) -> Int? {
    guard powerBack == nil, pump.controller.state != .off else { return nil }
    // Before anything is spent on it: with nothing left the radio is not even woken (SR-110).
    guard answersStrangers(way, at: time) else { return nil }
    let others = connections.filter { $0.value.value.way == way }
    if others.count >= Self.connectionsMax {
      let strangers = others.filter { !$0.value.value.isKnown }
      guard let oldest = strangers.min(by: { $0.key < $1.key })?.key else { return nil }
      connections[oldest] = nil
    }
    battery.spendOnLink(Battery.wake)
    let number = nextConnection
    nextConnection += 1
    var connection = Placed(PumpConnection(way, at: time))
    charge(Battery.wake * 1_000, connection: &connection.value)
    connections[number] = connection
    return number
  }

  public mutating func close(_ number: Int) { connections[number] = nil }

  /// Whether a connection is still there.
  public func isOpen(_ number: Int) -> Bool { connections[number] != nil }

  /// Takes bytes that came on a connection, and answers what they ask.
  public mutating func receive(_ bytes: some Collection<UInt8>, on number: Int, at time: PumpTime) {
    receive(Array(bytes).span, on: number, at: time)
  }

  /// Takes bytes that came on a connection, and answers what they ask.
  public mutating func receive(_ bytes: Span<UInt8>, on number: Int, at time: PumpTime) {
    // Taken out, so that it is the only one and changes where it stands.
    guard var connection = connections.removeValue(forKey: number) else { return }
    battery.spendOnBytes(bytes.count)
    charge(Int64(bytes.count) * Battery.byteNanojoules, connection: &connection.value)
    take(bytes, &connection.value, at: time)
    let isDone = connection.value.isDone(at: time)
    connections[number] = isDone ? nil : connection
    // A write was torn on the way: nothing of this is ever said.
    if !power.isOn, powerBack == nil { lightsOut(until: tornUntil ?? now) }
  }

  private mutating func take(
    _ bytes: Span<UInt8>,
    _ connection: inout PumpConnection,
    at time: PumpTime
  ) {
    connection.bytesIn += bytes.count
    var taken = 0
    while taken < bytes.count, !connection.isOver {
      taken += connection.frames.take(bytes, from: taken, at: time)
      while !connection.isOver, let event = connection.frames.next(at: time) {
        if event == .received { connection.received() }
        connection.flush(at: time)
        work(&connection, at: time)
      }
    }
    if !connection.isKnown, connection.bytesIn > PumpConnection.strangerBytes {
      connection.isOver = true
    }
  }

  /// Repeats what was not acknowledged, works on what had to wait, ends what has idled.
  public mutating func tick(at time: PumpTime) {
    for number in connections.keys.sorted() {
      guard var connection = connections.removeValue(forKey: number) else { continue }
      if connection.value.isStale(at: time) { connection.value.isOver = true }
      work(&connection.value, at: time)
      let isDone = connection.value.isDone(at: time)
      connections[number] = isDone ? nil : connection
    }
    if !power.isOn, powerBack == nil { lightsOut(until: tornUntil ?? now) }
  }

  /// What is to go out on a connection.
  public mutating func takeOutput(of number: Int) -> [UInt8] {
    guard var connection = connections.removeValue(forKey: number) else { return [] }
    var output: [UInt8] = []
    swap(&output, &connection.value.output)
    charge(Int64(output.count) * Battery.byteNanojoules, connection: &connection.value)
    connections[number] = connection
    battery.spendOnBytes(output.count)
    return output
  }

  private mutating func answersStrangers(_ way: Way, at time: PumpTime) -> Bool {
    way == .bedside ? nearBudget.allows(at: time) : remoteBudget.allows(at: time)
  }

  /// What a stranger costs comes out of its port's budget; what a known peer costs does not.
  private mutating func charge(_ nanojoules: Int64, connection: inout PumpConnection) {
    guard !connection.isKnown else { return }
    connection.charged += nanojoules
    if connection.way == .bedside {
      nearBudget.spend(nanojoules)
    } else {
      remoteBudget.spend(nanojoules)
    }
  }

  /// The peer is known: what it has cost so far was no stranger's.
  private mutating func giveBack(_ connection: inout PumpConnection) {
    if connection.way == .bedside {
      nearBudget.giveBack(connection.charged)
    } else {
      remoteBudget.giveBack(connection.charged)
    }
    connection.charged = 0
  }

  // MARK: Messages

  /// Works on the message that waits, where its turn has come.
  private mutating func work(_ connection: inout PumpConnection, at time: PumpTime) {
    guard !connection.isOver, connection.isFree, connection.waiting.count > 0 else { return }
    if connection.isKnown, !connection.allowance.take(at: time) { return }
    switch connection.phase {
    case .opening: begin(&connection, at: time)
    case .handshake(let handshake): shake(handshake, &connection, at: time)
    case .session(let session): answer(session, &connection, at: time)
    }
    connection.waiting.count = 0
    connection.flush(at: time)
  }

  private mutating func begin(_ connection: inout PumpConnection, at time: PumpTime) {
    let count = connection.waiting.count
    guard
      let opening = SessionOpening(
        decoding: connection.waiting.bytes.span.extracting(0..<count)
      ),
      let secret = pairingSecret(for: opening, connection.way, at: time)
    else {
      connection.isOver = true
      return
    }
    battery.spendOnLink(Battery.handshake)
    charge(Battery.handshake * 1_000, connection: &connection)
    connection.pattern = opening.pattern
    connection.role = opening.role
    let keys = HandshakeKeys(
      own: secrets.sessionKey,
      ephemeral: entropy(),
      pairingSecret: opening.pattern == .xxpsk3 ? secret : nil
    )
    let prologue = LinkPrologue(
      pump: secrets.id.bytes,
      role: opening.role,
      way: connection.linkWay
    )
    do throws(HandshakeError) {
      var handshake = try Handshake(
        opening.pattern,
        isOpener: false,
        prologue: prologue,
        keys: keys,
        crypto
      )
      try handshake.read(
        connection.waiting.bytes.span.extracting(SessionOpening.size..<count),
        crypto
      )
      try goOn(handshake, &connection, at: time)
    } catch {
      connection.isOver = true
    }
  }

  /// What a handshake is keyed with, where this port answers such a handshake at all.
  private func pairingSecret(
    for opening: SessionOpening,
    _ way: Way,
    at time: PumpTime
  ) -> Bytes32? {
    switch (opening.pattern, opening.role) {
    // Without the peer's key, which the pump has not before it is shown, there is no KK here.
    case (.kk, _), (.ik, .emergencyCard): return nil
    case (.ik, _): return Bytes32()
    case (.xxpsk3, let role):
      guard way == .bedside, pairing.allows(at: time) else { return nil }
      if role != .emergencyCard { return secrets.pairing }
      let card = server.desk.state.keys.emergencyCard
      return server.desk.state.isCommissioned && card != Bytes32() ? card : nil
    }
  }

  private mutating func shake(
    _ going: Handshake,
    _ connection: inout PumpConnection,
    at time: PumpTime
  ) {
    var handshake = going
    do throws(HandshakeError) {
      let count = connection.waiting.count
      try handshake.read(connection.waiting.bytes.span.extracting(0..<count), crypto)
      try goOn(handshake, &connection, at: time)
    } catch {
      // The last message of a pairing opens with the secret alone.
      if connection.pattern == .xxpsk3 {
        pairing.failed(at: time)
        tell("pairing refused: wrong secret (\(pairing.failures) in a row)")
        pump.note(.requestRefused, detail: RefusalReason.unknownKey.rawValue, value: 0)
      }
      connection.isOver = true
    }
  }

  /// The pump's next message of a handshake, and the session at its end.
  private mutating func goOn(
    _ going: Handshake,
    _ connection: inout PumpConnection,
    at time: PumpTime
  ) throws(HandshakeError) {
    var handshake = going
    if handshake.isOwnTurn {
      let answer = try handshake.write(crypto)
      connection.outbox.set(answer.bytes.span.extracting(0..<answer.count))
    }
    guard handshake.isComplete else {
      connection.phase = .handshake(handshake)
      return
    }
    connection.phase = .session(try handshake.session(at: time, crypto))
    guard connection.pattern == .xxpsk3 else { return }
    // The secret alone says that this is the bedside, not who stands there.
    pairing.succeeded()
    giveBack(&connection)
    connection.peer = Peer(
      role: connection.role == .emergencyCard ? .emergencyCard : .none,
      name: Bytes16(),
      way: .bedside,
      began: now
    )
    connection.standing = KeyStanding(server.desk.state)
    tell(connection.role == .emergencyCard ? "the emergency card is at the bedside" : "paired")
  }

  private mutating func answer(
    _ open: LinkSession,
    _ connection: inout PumpConnection,
    at time: PumpTime
  ) {
    var session = open
    battery.spendOnLink(Battery.message)
    charge(Battery.message * 1_000, connection: &connection)
    do throws(SessionError) {
      try session.open(&connection.waiting, at: time, crypto)
      connection.phase = .session(session)
      connection.messages += 1
      decide(&connection)
      try session.seal(&connection.outbox, at: time, crypto)
      connection.phase = .session(session)
    } catch {
      // Nothing may go out that is not sealed.
      connection.outbox.count = 0
      connection.isOver = true
    }
  }

  /// Puts into the outbox what the pump answers to the opened message that waits.
  private mutating func decide(_ connection: inout PumpConnection) {
    let count = connection.waiting.count
    let kind = count > 0 ? connection.waiting.bytes[0] : 0
    if isOutdated(&connection) {
      connection.isOver = true
      tell("a session ended: keys have changed since it began")
      LinkReply.refused(Refusal(.revoked)).encode(into: &connection.outbox)
      return
    }
    if kind == Self.introductionKind,
      case .introduce(let certificates, let challenge) = LinkMessage(
        decoding: connection.waiting.bytes.span.extracting(0..<count)
      )
    {
      introduce(certificates, challenge, &connection).encode(into: &connection.outbox)
      return
    }
    let stranger = Peer(role: .none, name: Bytes16(), way: connection.way, began: now)
    if !connection.isKnown {
      guard connection.messages <= PumpConnection.strangerMessages,
        Self.strangersKinds.contains(kind)
      else {
        connection.isOver = true
        LinkReply.refused(Refusal(.unknownKey)).encode(into: &connection.outbox)
        return
      }
    }
    let fresh = entropy()
    server.answer(
      connection.waiting.bytes.span.extracting(0..<count),
      from: connection.peer ?? stranger,
      fresh: fresh,
      into: &connection.outbox,
      &pump,
      crypto
    )
    if connection.outbox.bytes[0] == Self.challengeKind { connection.challenge = fresh }
    takeEvents()
    if Self.actingKinds.contains(kind) { tellOutcome(connection.outbox) }
  }

  /// Whether keys were replaced or revoked since the peer was known: it may be one of them.
  ///
  /// A session at the bedside that has seen the pump commissioned goes on.
  private func isOutdated(_ connection: inout PumpConnection) -> Bool {
    let current = KeyStanding(server.desk.state)
    guard let standing = connection.standing, standing != current else { return false }
    connection.standing = current
    return standing.isCommissioned
  }

  /// Identify, a list of revoked keys, a challenge: what nobody has to be known for.
  private static var strangersKinds: [UInt8] { [0x01, 0x08, 0x09] }
  /// Orders, requests, emergency acts.
  private static var actingKinds: [UInt8] { [0x06, 0x07, 0x0A, 0x0B] }
  private static var introductionKind: UInt8 { 0x0C }
  private static var receiptKind: UInt8 { 0x85 }
  private static var challengeKind: UInt8 { 0x88 }

  private mutating func introduce(
    _ certificates: CertificatePair,
    _ challenge: Bytes32,
    _ connection: inout PumpConnection
  ) -> LinkReply {
    guard case .session(let session) = connection.phase else {
      return .refused(Refusal(.malformed))
    }
    if connection.way == .bedside, connection.pattern == .ik {
      // Somebody who only relays to this port has not read what it gives out now.
      guard let given = connection.challenge, given == challenge else {
        connection.isOver = connection.messages >= PumpConnection.strangerMessages
        return .refused(Refusal(.way))
      }
      connection.challenge = nil
    } else if connection.way == .remote, challenge != Bytes32() {
      return .refused(Refusal(.way))
    }
    let wasKnown = connection.isKnown
    do throws(Refusal) {
      let peer = try server.introduce(
        certificates,
        of: session.peer,
        as: connection.role,
        by: connection.way,
        &pump,
        crypto
      )
      connection.peer = peer
      connection.standing = KeyStanding(server.desk.state)
      if !wasKnown { giveBack(&connection) }
      tell("session with \(peer.role), \(connection.way)")
      return server.identity(of: pump)
    } catch {
      if !wasKnown { connection.isOver = connection.messages >= PumpConnection.strangerMessages }
      return .refused(error)
    }
  }

  private mutating func tellOutcome(_ reply: WireBytes) {
    let span = reply.bytes.span.extracting(0..<reply.count)
    guard reply.count > 0, reply.bytes[0] == Self.receiptKind,
      case .receipt(let receipt)? = LinkReply(decoding: span)
    else { return }
    tell("\(receipt.subject) \(receipt.sequence): \(receipt.words)")
  }
}
