#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
public import PumpLink
import PumpLinkCrypto
import Quantities

/// Why a pump could not be asked, or what it did not answer.
public enum LinkFailure: Error, Sendable, CustomStringConvertible {
  /// Nothing was sent: no such port, or the pump does not answer strangers now.
  case unreachable(String)
  /// The handshake or the introduction failed: nothing was asked.
  case notTaken(String)
  /// A message was sent and no answer came: what became of it is unknown.
  case unknown(String)

  public var description: String {
    switch self {
    case .unreachable(let why), .notTaken(let why), .unknown(let why): why
    }
  }
}

/// How a pump is called.
public struct LinkTarget: Sendable {
  public var address: String
  public var way: Way
  public var pump: Bytes16
  /// The pump's static key; nothing where it is not known yet.
  public var pumpKey: Bytes32?
  /// The secret of a pairing code or of the emergency card.
  public var secret: Bytes32?
  /// The caller's X25519 private key.
  public var key: Bytes32
  public var role: LinkRole
  public var certificates: CertificatePair

  public init(
    address: String,
    way: Way,
    pump: Bytes16,
    pumpKey: Bytes32?,
    secret: Bytes32?,
    key: Bytes32,
    role: LinkRole,
    certificates: CertificatePair
  ) {
    self.address = address
    self.way = way
    self.pump = pump
    self.pumpKey = pumpKey
    self.secret = secret
    self.key = key
    self.role = role
    self.certificates = certificates
  }
}

/// What carries a caller's bytes to a pump and back.
protocol LinkWire {
  /// - Returns: how many of the bytes were taken; nothing where the pump has closed.
  func put(_ bytes: ArraySlice<UInt8>) -> Int?
  /// Waits a moment for bytes.
  ///
  /// - Returns: an empty array where the pump has closed; nil where no bytes came.
  func take() -> [UInt8]?
  func close()
}

/// A socket to a pump's port.
struct SocketWire: LinkWire {
  let socket: Int32

  func put(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let sent = Posix.send(socket, bytes) else { return nil }
    if sent == 0 {
      var files = [pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)]
      Posix.wait(&files, 50)
    }
    return sent
  }

  func take() -> [UInt8]? {
    var files = [pollfd(fd: socket, events: Int16(POLLIN), revents: 0)]
    Posix.wait(&files, 50)
    return files[0].revents == 0 ? nil : Posix.receive(socket, max: 4_096)
  }

  func close() { systemClose(socket) }
}

private func systemClose(_ file: Int32) { _ = close(file) }

/// A caller of a pump: opens a session, asks one thing at a time and waits for the answer.
public final class LinkClient {
  private let crypto = SwiftCrypto()
  private let wire: any LinkWire
  private var call: LinkCall
  private var frame = FrameBytes()
  private let answerLimit: Int64
  /// What the pump said of itself, where it has taken the introduction.
  public private(set) var description: PumpDescription?

  /// Opens a session.
  ///
  /// - Parameters:
  ///   - target: whom to call, and as whom.
  ///   - answerLimit: how many ms an answer may take.
  /// - Throws: why there is no session.
  public convenience init(
    _ target: LinkTarget,
    answerLimit: Int64 = 6_000
  ) throws(LinkFailure) {
    let socket: Int32
    do throws(HostError) {
      socket = try Posix.connect(target.address, within: Int32(clamping: answerLimit))
    } catch {
      throw .unreachable(error.description)
    }
    try self.init(target, over: SocketWire(socket: socket), answerLimit: answerLimit)
  }

  /// Opens a session over what was connected already.
  init(
    _ target: LinkTarget,
    over wire: any LinkWire,
    answerLimit: Int64 = 6_000
  ) throws(LinkFailure) {
    self.answerLimit = answerLimit
    self.wire = wire
    let pattern: NoisePattern = target.secret == nil ? .ik : .xxpsk3
    guard let ephemeral = Bytes32(bytes: Posix.random(32)) else { throw .notTaken("no randomness") }
    let number = Posix.random(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    do throws(HandshakeError) {
      call = try LinkCall(
        SessionOpening(pattern, target.role),
        prologue: LinkPrologue(
          pump: target.pump.bytes,
          role: target.role,
          way: target.way == .bedside ? .near : .remote
        ),
        keys: HandshakeKeys(
          own: target.key,
          ephemeral: ephemeral,
          peer: target.pumpKey,
          pairingSecret: target.secret
        ),
        connection: number,
        at: PumpTime(milliseconds: Posix.monotonic()),
        crypto
      )
    } catch {
      wire.close()
      throw .notTaken(error == .missingKey ? "the pump's key is not known: pair first" : "\(error)")
    }
    try begin(target)
  }

  deinit { wire.close() }

  /// The pump's static key.
  public var pumpKey: Bytes32? { call.peer }

  private func begin(_ target: LinkTarget) throws(LinkFailure) {
    guard try wait(for: .opened, within: answerLimit) else {
      throw .notTaken(
        "the pump does not answer the handshake: other keys, a wrong code or no power"
      )
    }
    var challenge = Bytes32()
    if target.way == .bedside, target.secret == nil {
      guard case .challenge(let fresh) = try ask(.challenge) else {
        throw .notTaken("the pump gives no challenge at this port")
      }
      challenge = fresh
    }
    let isAlone = target.certificates.count == 0 && target.role != .patient
    // With the pairing secret nobody needs to be certified; the card's session is the card's.
    if target.secret != nil, isAlone { return }
    switch try ask(.introduce(target.certificates, challenge: challenge)) {
    case .identity(let description): self.description = description
    case .refused(let refusal):
      // A pump that knows no clinic yet knows nobody.
      if target.secret != nil { return }
      throw .notTaken("the pump does not take this key: \(refusal.words)")
    default: throw .notTaken("the pump answers something else")
    }
  }

  /// Sends a message and waits for its answer.
  public func ask(_ message: LinkMessage) throws(LinkFailure) -> LinkReply {
    guard let bytes = message.encoded else { throw .notTaken("the message is too long") }
    return try ask(bytes.array)
  }

  /// The same with the bytes of a message.
  public func ask(_ bytes: [UInt8]) throws(LinkFailure) -> LinkReply {
    let deadline = Posix.monotonic() + answerLimit
    while !call.isReady {
      guard Posix.monotonic() < deadline, try pump(until: deadline) != .over else {
        throw .notTaken("the session is over")
      }
    }
    guard call.send(bytes.span, at: PumpTime(milliseconds: Posix.monotonic()), crypto) else {
      throw .notTaken("the session is over")
    }
    guard try wait(for: .message, within: answerLimit) else {
      throw .unknown("no answer within \(answerLimit / 1_000) s")
    }
    let message = call.message.array
    guard let reply = LinkReply(decoding: message.span) else {
      throw .unknown("an answer that this version does not understand")
    }
    return reply
  }

  private func wait(for wanted: CallEvent, within limit: Int64) throws(LinkFailure) -> Bool {
    let deadline = Posix.monotonic() + limit
    while Posix.monotonic() < deadline {
      switch try pump(until: deadline) {
      case wanted: return true
      case .over: return false
      default: continue
      }
    }
    return false
  }

  /// Moves bytes until something comes of them, or for a moment.
  private func pump(until deadline: Int64) throws(LinkFailure) -> CallEvent? {
    while call.write(into: &frame, at: PumpTime(milliseconds: Posix.monotonic())) {
      try put((0..<frame.count).map { frame[$0] }, until: deadline)
    }
    if let event = call.next(at: PumpTime(milliseconds: Posix.monotonic()), crypto) { return event }
    guard let bytes = wire.take() else { return nil }
    if bytes.isEmpty { return .over }
    let now = PumpTime(milliseconds: Posix.monotonic())
    var first: CallEvent?
    var taken = 0
    while taken < bytes.count {
      taken += call.take(bytes.span, from: taken, at: now)
      while let event = call.next(at: now, crypto) { first = first ?? event }
    }
    // The acknowledgement goes out even if nothing more is asked.
    while call.write(into: &frame, at: now) {
      try put((0..<frame.count).map { frame[$0] }, until: deadline)
    }
    return first
  }

  private func put(_ bytes: [UInt8], until deadline: Int64) throws(LinkFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let sent = wire.put(rest), Posix.monotonic() < deadline else {
        throw .unknown("the pump has closed the connection")
      }
      rest = rest.dropFirst(sent)
    }
  }
}
