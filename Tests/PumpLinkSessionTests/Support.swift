import PumpLinkCrypto
import Quantities
import Testing

@testable import PumpLink

/// Two sides with fixed keys, so that every transcript is the same each time.
struct Sides {
  static let crypto = SwiftCrypto()
  static let openersKey = Bytes32(repeating: 0x11)
  static let pumpsKey = Bytes32(repeating: 0x22)
  static let secret = Bytes32(repeating: 0x55)
  static let pumpID: InlineArray<16, UInt8> = InlineArray { UInt8($0) }
  static let start = PumpTime(milliseconds: 1_000_000)

  static var prologue: LinkPrologue { LinkPrologue(pump: pumpID, role: .person, way: .remote) }

  var opener: Handshake
  var pump: Handshake

  init(
    _ pattern: NoisePattern,
    openersPrologue: LinkPrologue = prologue,
    pumpsPrologue: LinkPrologue = prologue,
    openersSecret: Bytes32 = secret,
    openersEphemeral: UInt8 = 0x33,
    pumpsEphemeral: UInt8 = 0x44
  ) throws {
    opener = try Handshake(
      pattern,
      isOpener: true,
      prologue: openersPrologue,
      keys: Self.keys(pattern, isOpener: true, openersEphemeral, openersSecret),
      Self.crypto
    )
    pump = try Handshake(
      pattern,
      isOpener: false,
      prologue: pumpsPrologue,
      keys: Self.keys(pattern, isOpener: false, pumpsEphemeral, Self.secret),
      Self.crypto
    )
  }

  static func keys(
    _ pattern: NoisePattern,
    isOpener: Bool,
    _ ephemeral: UInt8,
    _ secret: Bytes32 = secret
  ) -> HandshakeKeys {
    let other = isOpener ? pumpsKey : openersKey
    let knows = isOpener ? pattern.opensWithPumpsKey : pattern.opensWithOpenersKey
    return HandshakeKeys(
      own: isOpener ? openersKey : pumpsKey,
      ephemeral: Bytes32(repeating: ephemeral),
      peer: knows ? crypto.x25519PublicKey(of: other) : nil,
      pairingSecret: pattern.hasPairingSecret ? secret : nil
    )
  }

  /// Goes on with the handshake until so many messages are read.
  mutating func run(messages: Int) throws -> [[UInt8]] {
    var all: [[UInt8]] = []
    for number in 0..<messages {
      let message = try write(number)
      try read(number, message)
      all.append(message)
    }
    return all
  }

  mutating func write(_ number: Int) throws -> [UInt8] {
    try number % 2 == 0 ? opener.write(Self.crypto).array : pump.write(Self.crypto).array
  }

  mutating func read(_ number: Int, _ message: [UInt8]) throws {
    if number % 2 == 0 {
      try pump.read(message.span, Self.crypto)
    } else {
      try opener.read(message.span, Self.crypto)
    }
  }

  /// Whether the reader of that message refuses these bytes, and its handshake is over then.
  func refuses(_ number: Int, _ message: [UInt8]) -> Bool {
    var sides = self
    do {
      try sides.read(number, message)
      return false
    } catch {
      let reader = number % 2 == 0 ? sides.pump : sides.opener
      return !reader.isOwnTurn && !reader.isComplete && reader.peer == nil
    }
  }

  mutating func sessions() throws -> (opener: LinkSession, pump: LinkSession) {
    (
      try opener.session(at: Self.start, Self.crypto),
      try pump.session(at: Self.start, Self.crypto)
    )
  }

  static func sessions(
    _ pattern: NoisePattern = .ik
  ) throws -> (opener: LinkSession, pump: LinkSession) {
    var sides = try Sides(pattern)
    _ = try sides.run(messages: pattern.messageCount)
    return try sides.sessions()
  }
}

extension LinkSession {
  mutating func seal(_ plain: [UInt8], at time: PumpTime = Sides.start) throws -> [UInt8] {
    var bytes = plain + [UInt8](repeating: 0, count: 16)
    var buffer = bytes.mutableSpan
    let count = try seal(&buffer, count: plain.count, at: time, Sides.crypto)
    return Array(bytes.prefix(count))
  }

  mutating func open(_ sealed: [UInt8], at time: PumpTime = Sides.start) throws -> [UInt8] {
    var bytes = sealed
    var buffer = bytes.mutableSpan
    let count = try open(&buffer, count: sealed.count, at: time, Sides.crypto)
    return Array(bytes.prefix(count))
  }

  /// Whether these bytes are refused and the session is over.
  func refuses(_ sealed: [UInt8]) -> Bool {
    var session = self
    do {
      _ = try session.open(sealed)
      return false
    } catch {
      return !session.isOpen
    }
  }
}

/// The error that a call throws; nil where it throws none.
func error<Failure: Error>(_: Failure.Type, of call: () throws -> Void) -> Failure? {
  do {
    try call()
    return nil
  } catch {
    return error as? Failure
  }
}

/// What no failure in so many cases says.
func bound(_ cases: Int) -> String { "3/n = \(3 / Double(cases))" }

/// Expects a call to throw that reason; expectations cannot change what they look at themselves.
func refused<Failure: Error & Equatable>(
  _ reason: Failure,
  at location: SourceLocation = #_sourceLocation,
  by call: () throws -> Void
) {
  #expect(error(Failure.self, of: call) == reason, sourceLocation: location)
}

/// Expects two values to be the same.
func same<Value: Equatable>(
  _ value: Value,
  _ expected: Value,
  at location: SourceLocation = #_sourceLocation
) {
  #expect(value == expected, sourceLocation: location)
}
