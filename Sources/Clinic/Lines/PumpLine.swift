public import PumpLink
import PumpLinkCrypto
import Quantities

/// One way to one pump: the clinic's end of the session, over bytes that a relay carries.
///
/// One message at a time. The session is opened when something is to be asked, kept while it is used,
/// and left when it was idle for long: the pump's battery pays for it (SR-104).
public actor PumpLine {
  /// An answer takes no longer, through relay and line.
  static let answerLimit: Int64 = 15_000
  /// A session that was not used for longer is not used again: the pump ends it after two minutes.
  static let idleLimit: Int64 = 90_000
  /// A relay that has not asked for longer is not there.
  static let relayLimit: Int64 = 30_000
  /// How long a relay's request waits for bytes.
  public static let pollLimit: Int64 = 20_000

  public nonisolated let pump: CalledPump
  public nonisolated let way: LinkWay
  private let caller: ClinicCaller
  private let clock: ClinicClock
  private let chance: ClinicChance
  private let crypto = SwiftCrypto()
  private nonisolated let pulse = LinePulse()

  private var pipe = LinePipe()
  private var call: LinkCall?
  private var turns = Turns()
  private var opened = false { didSet { pulse.isOpen = opened } }
  private var over = false
  private var closedByRelay = false
  private var incoming: [UInt8]?
  private var lastUsed: Int64 = 0
  private var pollNumber = 0
  private var isClosed = false
  private var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
  private var sleeperNumber = 0

  /// - Parameters:
  ///   - pump: with the keys that were taken down at the bedside.
  ///   - way: near for the port in the treatment room, remote for all else.
  ///   - caller: the clinic's session key.
  ///   - clock: waits and answers go by its elapsed time.
  ///   - chance: for ephemeral keys.
  public init(
    _ pump: CalledPump,
    _ way: LinkWay,
    _ caller: ClinicCaller,
    _ clock: ClinicClock,
    _ chance: ClinicChance
  ) {
    self.pump = pump
    self.way = way
    self.caller = caller
    self.clock = clock
    self.chance = chance
  }

  /// Whether a relay asks for this line.
  public nonisolated var isReached: Bool {
    pulse.lastPoll.map { clock.elapsed() - $0 <= Self.relayLimit } ?? false
  }

  /// How far the line reaches now.
  public nonisolated var state: LineState {
    isReached ? pulse.isOpen ? .open : .reached : .noRelay
  }

  private var isOpen: Bool { opened && !over && pipe.isWanted }

  // MARK: Asking

  /// Asks the pump and waits for its answer; a receipt is given out only if it is the pump's own word.
  ///
  /// - Parameter message: the bytes of a message of the link.
  /// - Returns: the answer.
  /// - Throws: how far it came; only ``LineFailure/unknown(_:)`` may have had an effect.
  public func ask(_ message: [UInt8]) async throws(LineFailure) -> LinkReply {
    if !turns.takeIfFree() {
      await withCheckedContinuation { turns.wait($0) }
    }
    defer { turns.pass() }
    do throws(LineFailure) {
      if !isUsable { try await open() }
      return try await exchange(message)
    } catch {
      leave()
      throw error
    }
  }

  private var isUsable: Bool {
    isOpen && call?.isReady == true && clock.elapsed() - lastUsed <= Self.idleLimit
  }

  private func exchange(_ message: [UInt8]) async throws(LineFailure) -> LinkReply {
    guard message.count <= LinkSession.plainLimit else {
      throw .notTaken("the message has \(message.count) bytes, more than the link takes")
    }
    let deadline = clock.elapsed() + Self.answerLimit
    while call?.isReady == false, !over, clock.elapsed() < deadline { await turn(until: deadline) }
    incoming = nil
    guard !over, call?.send(message.span, at: now, crypto) == true else {
      throw .notTaken("the session is over")
    }
    drive()
    while incoming == nil, !over, clock.elapsed() < deadline { await turn(until: deadline) }
    guard let answer = incoming else {
      throw .unknown(
        over ? "the connection ended without an answer" : "no answer within 15 s"
      )
    }
    lastUsed = clock.elapsed()
    guard let reply = LinkReply(decoding: answer.span) else {
      throw .unknown("an answer that this version does not understand")
    }
    if case .receipt(let receipt) = reply, !pump.vouches(for: receipt, crypto) {
      throw .unknown("a receipt that is not this pump's own word")
    }
    return reply
  }

  // MARK: The session

  private func open() async throws(LineFailure) {
    leave()
    guard !isClosed else { throw .unreachable("the clinic's server ends") }
    guard isReached else { throw .unreachable("no relay asks for this line: start it") }
    guard let ephemeral = Bytes32(octets: chance.bytes(32)) else {
      throw .notTaken("no randomness")
    }
    do throws(HandshakeError) {
      call = try LinkCall(
        SessionOpening(.ik, .clinicServer),
        prologue: LinkPrologue(pump: pump.id.bytes, role: .clinicServer, way: way),
        keys: HandshakeKeys(own: caller.key, ephemeral: ephemeral, peer: pump.sessionKey),
        connection: chance.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) },
        at: now,
        crypto
      )
    } catch { throw .notTaken("the handshake cannot begin: \(error)") }
    (opened, over, closedByRelay) = (false, false, false)
    pipe.open(at: clock.security())
    drive()
    let deadline = clock.elapsed() + Self.answerLimit
    while !opened, !over, clock.elapsed() < deadline { await turn(until: deadline) }
    guard opened else {
      if closedByRelay || !pipe.isTaken {
        throw .unreachable("the relay does not reach the pump")
      }
      throw .notTaken("the pump does not answer the handshake: other keys, or it is busy")
    }
    try await introduce()
  }

  /// Says who calls; at the bedside bound to a challenge that was read there just now.
  private func introduce() async throws(LineFailure) {
    var challenge = Bytes32()
    if way == .near {
      guard case .challenge(let fresh) = try await unasked(.challenge) else {
        throw .notTaken("the pump gives no challenge at this port")
      }
      challenge = fresh
    }
    switch try await unasked(.introduce(caller.certificates, challenge: challenge)) {
    case .identity(let description):
      guard description.id == pump.id, description.key == pump.signingKey else {
        throw .notTaken("another pump answers than the one whose keys are known")
      }
    case .refused(let refusal):
      throw .notTaken("the pump does not take the clinic's key: reason \(refusal.reason)")
    default: throw .notTaken("the pump answers something else")
    }
  }

  /// A message before anything was asked: a missing answer leaves nothing unknown.
  private func unasked(_ message: LinkMessage) async throws(LineFailure) -> LinkReply {
    guard let bytes = message.encoded else { throw .notTaken("the message is too long") }
    do throws(LineFailure) { return try await exchange(bytes.octets) } catch {
      throw .notTaken(error.description)
    }
  }

  private func leave() {
    call = nil
    opened = false
    incoming = nil
    if pipe.isWanted {
      pipe.end()
      wakeAll()
    }
  }

  private var now: PumpTime { PumpTime(milliseconds: clock.elapsed()) }

  /// Lets bytes out and events in, as far as there are any.
  private func drive() {
    var hasChanged = write()
    while let event = call?.next(at: now, crypto) {
      hasChanged = true
      switch event {
      case .opened: opened = true
      case .message: incoming = call?.message.octets
      case .over: over = true
      }
    }
    if write() { hasChanged = true }
    if hasChanged { wakeAll() }
  }

  private func write() -> Bool {
    var frame = FrameBytes()
    var hasWritten = false
    while call?.write(into: &frame, at: now) == true {
      if !pipe.put((0..<frame.count).map { frame[$0] }) { over = true }
      hasWritten = true
    }
    return hasWritten
  }

  /// Waits until something happens or is due, and lets it happen.
  private func turn(until deadline: Int64) async {
    let due = call?.nextDue.map { max($0.milliseconds, clock.elapsed() + 20) } ?? deadline
    await sleep(until: min(deadline, due))
    drive()
  }

  // MARK: The relay's side

  /// What a relay is answered.
  public struct Fetched: Sendable {
    /// 0 where none is wanted: whoever has one closes it.
    public var connection: Int64
    public var offset: Int64
    public var bytes: [UInt8]
  }

  /// Waits for bytes to the pump.
  ///
  /// - Parameters:
  ///   - connection: that the relay has; 0 for none.
  ///   - offset: how many bytes of it the relay has.
  /// - Returns: nothing where the request was overtaken by a later one.
  public func fetch(connection: Int64, offset: Int64) async -> Fetched? {
    pollNumber += 1
    let own = pollNumber
    pulse.lastPoll = clock.elapsed()
    // Whoever waits for a relay has one now, and an older request is over.
    wakeAll()
    let deadline = clock.elapsed() + Self.pollLimit
    while true {
      switch pipe.fetch(connection: connection, offset: offset) {
      case .bytes(let connection, let offset, let bytes):
        return Fetched(connection: connection, offset: offset, bytes: bytes)
      case .close: return Fetched(connection: 0, offset: 0, bytes: [])
      case .overtaken: return nil
      case .lost:
        over = true
        wakeAll()
        return Fetched(connection: 0, offset: 0, bytes: [])
      case .nothing: break
      }
      let left = clock.elapsed() < deadline && !Task.isCancelled && !isClosed && own == pollNumber
      guard left else {
        if own == pollNumber { pulse.lastPoll = clock.elapsed() }
        return Fetched(connection: pipe.isWanted ? connection : 0, offset: offset, bytes: [])
      }
      await sleep(until: deadline)
    }
  }

  /// Takes bytes of the pump.
  ///
  /// - Parameters:
  ///   - bytes: none where there is only to tell that it is closed.
  ///   - connection: of which they are.
  ///   - offset: of the first of them.
  ///   - isClosed: whether no more come: the pump has closed, or cannot be reached.
  /// - Returns: how many came so far; nothing where they are of another connection or have a gap.
  public func bring(
    _ bytes: [UInt8],
    connection: Int64,
    offset: Int64,
    isClosed: Bool
  ) -> Int64? {
    switch pipe.bring(bytes, connection: connection, offset: offset) {
    case .otherConnection, .gap: return nil
    case .taken(let fresh):
      for byte in fresh {
        call?.take(byte, at: now)
        drive()
      }
      if isClosed {
        closedByRelay = true
        over = true
        wakeAll()
      }
      return pipe.upCount
    }
  }

  /// Ends all waits: the server ends.
  public func close() {
    isClosed = true
    over = true
    pipe.end()
    wakeAll()
  }

  // MARK: Waits

  private func sleep(until deadline: Int64) async {
    sleeperNumber += 1
    let number = sleeperNumber
    let span = max(1, deadline - clock.elapsed())
    let timer = Task { [clock, weak self] in
      do { try await clock.sleep(span) } catch { return }
      await self?.wake(number)
    }
    await withCheckedContinuation { sleepers[number] = $0 }
    timer.cancel()
  }

  private func wake(_ number: Int) { sleepers.removeValue(forKey: number)?.resume() }

  private func wakeAll() {
    let all = sleepers.values
    sleepers = [:]
    for one in all { one.resume() }
  }
}
