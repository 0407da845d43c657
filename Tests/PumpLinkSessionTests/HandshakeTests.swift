import PumpLinkCrypto
import Testing

@testable import PumpLink

/// Handshakes between two sides, and all that must not make one, T-16.
struct HandshakeTests {
  let crypto = SwiftCrypto()

  @Test(arguments: NoisePattern.allCases)
  func `both sides come to one session and know each other (H-62)`(pattern: NoisePattern) throws {
    var sides = try Sides(pattern)
    let messages = try sides.run(messages: pattern.messageCount)
    #expect(messages.map(\.count) == messages.indices.map { pattern.length(ofMessage: $0) })
    #expect(messages.allSatisfy { $0.count <= 96 })
    #expect(sides.opener.isComplete && sides.pump.isComplete)
    var (opener, pump) = try sides.sessions()
    #expect(opener.binding == pump.binding)
    #expect(opener.peer == crypto.x25519PublicKey(of: Sides.pumpsKey))
    #expect(pump.peer == crypto.x25519PublicKey(of: Sides.openersKey))
    #expect(!opener.isConfirmed && !pump.isConfirmed)
    same(try pump.open(opener.seal([1, 2, 3])), [1, 2, 3])
    same(try opener.open(pump.seal([])), [])
    #expect(opener.isConfirmed && pump.isConfirmed)
    #expect(!sides.opener.isComplete, "a handshake gives its session once")
  }

  @Test func `every bit of every message flipped is refused (H-62, H-64)`() throws {
    var cases = 0
    var taken = 0
    for pattern in NoisePattern.allCases {
      var sides = try Sides(pattern)
      for number in 0..<pattern.messageCount {
        let message = try sides.write(number)
        for bit in 0..<message.count * 8 {
          var flipped = message
          flipped[bit / 8] ^= 1 << UInt8(bit % 8)
          cases += 1
          if !sides.refuses(number, flipped) { taken += 1 }
        }
        try sides.read(number, message)
      }
    }
    print("handshake bits flipped: \(cases) cases, \(taken) taken, \(bound(cases))")
    #expect(taken == 0)
    #expect(cases == 8 * (96 + 48 + 48 + 48 + 48 + 96 + 64))
  }

  @Test func `every message cut short or with bytes behind is refused (SR-103, H-62)`() throws {
    var cases = 0
    var taken = 0
    for pattern in NoisePattern.allCases {
      var sides = try Sides(pattern)
      for number in 0..<pattern.messageCount {
        let message = try sides.write(number)
        for count in 0..<message.count {
          cases += 1
          if !sides.refuses(number, Array(message.prefix(count))) { taken += 1 }
        }
        for more in 1...64 {
          cases += 1
          if !sides.refuses(number, message + [UInt8](repeating: 0, count: more)) { taken += 1 }
        }
        try sides.read(number, message)
      }
    }
    print("handshake messages of other lengths: \(cases) cases, \(taken) taken, \(bound(cases))")
    #expect(taken == 0)
  }

  @Test(arguments: NoisePattern.allCases)
  func `a genuine message that carries something is refused (SR-103)`(
    pattern: NoisePattern
  ) throws {
    for number in 0..<pattern.messageCount {
      var sides = try Sides(pattern)
      _ = try sides.run(messages: number)
      // The same side without the rule, which lets it write a payload.
      var writer = try HandshakeState(
        pattern,
        isOpener: number % 2 == 0,
        prologue: Sides.prologue.bytes.span,
        keys: Sides.keys(pattern, isOpener: number % 2 == 0, number % 2 == 0 ? 0x33 : 0x44),
        crypto
      )
      var other = try Sides(pattern)
      for before in 0..<number {
        let message = try other.write(before)
        try other.read(before, message)
        if before % 2 == number % 2 {
          _ = try writer.write(payload: Span<UInt8>(), crypto)
        } else {
          _ = try writer.read(message.span, crypto)
        }
      }
      let order: [UInt8] = [7]
      let message = try writer.write(payload: order.span, crypto).array
      let refusal = error(HandshakeError.self) { try sides.read(number, message) }
      #expect(refusal == .wrongLength)
    }
  }

  @Test func `a side with another prologue is refused (SR-108, H-64, H-66)`() throws {
    var others: [LinkPrologue] = [
      LinkPrologue(version: 2, pump: Sides.pumpID, role: 2, way: 2),
      LinkPrologue(version: 0, pump: Sides.pumpID, role: 2, way: 2),
      LinkPrologue(pump: Sides.pumpID, role: .person, way: .near),
    ]
    for role in LinkRole.allCases where role != .person {
      others.append(LinkPrologue(pump: Sides.pumpID, role: role, way: .remote))
    }
    for bit in 0..<128 {
      var pump = Sides.pumpID
      pump[bit / 8] ^= 1 << UInt8(bit % 8)
      others.append(LinkPrologue(pump: pump, role: .person, way: .remote))
    }
    var cases = 0
    for pattern in NoisePattern.allCases {
      for other in others {
        var sides = try Sides(pattern, openersPrologue: other)
        let message = try sides.write(0)
        cases += 1
        #expect(sides.refuses(0, message))
      }
    }
    print("handshakes under another prologue: \(cases) cases, \(bound(cases))")
  }

  @Test func `the prologue's bytes are the ones on the page (SR-108)`() {
    let bytes = Sides.prologue.bytes
    let expected = "43495354 45524e41 01 000102030405060708090a0b0c0d0e0f 02 02"
    #expect((0..<27).map { bytes[$0] } == hex(expected))
  }

  @Test func `a pairing secret with any bit wrong is refused (SR-108, H-64)`() throws {
    var taken = 0
    for bit in 0..<256 {
      var secret = Sides.secret
      secret[bit / 8] ^= 1 << UInt8(bit % 8)
      var sides = try Sides(.xxpsk3, openersSecret: secret)
      _ = try sides.run(messages: 2)
      if try !sides.refuses(2, sides.write(2)) { taken += 1 }
    }
    print("pairing secrets with a bit wrong: 256 cases, \(taken) taken, \(bound(256))")
    #expect(taken == 0)
  }

  @Test func `a side that is not who is expected is refused (H-62, H-64)`() throws {
    let stranger = crypto.x25519PublicKey(of: Bytes32(repeating: 0x77))
    for pattern in NoisePattern.allCases {
      for isOpener in [true, false] {
        var sides = try Sides(pattern)
        var keys = Sides.keys(pattern, isOpener: isOpener, isOpener ? 0x33 : 0x44)
        keys.peer = stranger
        let side = try Handshake(
          pattern,
          isOpener: isOpener,
          prologue: Sides.prologue,
          keys: keys,
          crypto
        )
        if isOpener { sides.opener = side } else { sides.pump = side }
        let refusal = error(HandshakeError.self) {
          _ = try sides.run(messages: pattern.messageCount)
        }
        #expect(refusal == .notGenuine || refusal == .unexpectedPeer)
      }
    }
  }

  @Test(arguments: NoisePattern.allCases)
  func `what is missing, out of turn or over is refused (H-62)`(pattern: NoisePattern) throws {
    let isMissing = error(HandshakeError.self) {
      _ = try Handshake(
        pattern,
        isOpener: true,
        prologue: Sides.prologue,
        keys: HandshakeKeys(own: Sides.openersKey, ephemeral: Bytes32(repeating: 3)),
        crypto
      )
    }
    #expect(isMissing == .missingKey)
    var sides = try Sides(pattern)
    refused(HandshakeError.outOfTurn) { _ = try sides.pump.write(crypto) }
    #expect(!sides.pump.isOwnTurn && !sides.pump.isComplete)
    sides = try Sides(pattern)
    refused(HandshakeError.outOfTurn) { _ = try sides.opener.session() }
    let first = try sides.write(0)
    // A message that comes back to its writer, and one that comes twice.
    #expect(sides.refuses(1, first))
    try sides.read(0, first)
    refused(HandshakeError.outOfTurn) { try sides.read(0, first) }
    refused(HandshakeError.outOfTurn) { _ = try sides.pump.write(crypto) }
  }

  @Test func `an ephemeral key of small order is refused (H-62)`() throws {
    let small = [
      "00", "01", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]
    for key in small {
      #expect(crypto.x25519(Sides.pumpsKey, Bytes32(hex: key)) == nil)
      for pattern in [NoisePattern.ik, .kk] {
        var sides = try Sides(pattern)
        var message = try sides.write(0)
        message.replaceSubrange(0..<32, with: Bytes32(hex: key).array)
        refused(HandshakeError.smallOrderKey) { try sides.read(0, message) }
      }
    }
  }
}

extension Handshake {
  fileprivate mutating func session() throws -> LinkSession {
    try session(at: Sides.start, Sides.crypto)
  }
}
