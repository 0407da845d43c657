import PumpLinkCrypto
import Quantities
import Testing

@testable import PumpLink

/// An open session under everything that can be done to its messages, T-12 and T-16.
struct LinkSessionTests {
  let crypto = SwiftCrypto()
  let text = Array("the program as it is in force now".utf8)

  @Test func `every bit of a message flipped ends the session (H-62)`() throws {
    var (opener, pump) = try Sides.sessions()
    let message = try opener.seal(text)
    var taken = 0
    for bit in 0..<message.count * 8 {
      var flipped = message
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      if !pump.refuses(flipped) { taken += 1 }
    }
    print("session bits flipped: \(message.count * 8) cases, \(taken) taken")
    #expect(taken == 0)
    same(try pump.open(message), text)
  }

  @Test func `every message cut short or with bytes behind ends the session (H-62)`() throws {
    var (opener, pump) = try Sides.sessions()
    let message = try opener.seal(text)
    for count in 0..<message.count { #expect(pump.refuses(Array(message.prefix(count)))) }
    for more in 1...32 {
      #expect(pump.refuses(message + [UInt8](repeating: 0, count: more)))
    }
    #expect(pump.refuses([UInt8](repeating: 0, count: 5_000)))
    same(try pump.open(message), text)
  }

  @Test func `a message twice, swapped, left out or sent back ends the session (H-63)`() throws {
    let (opener, pump) = try Sides.sessions()
    var writer = opener
    let messages = try (0..<5).map { try writer.seal([UInt8($0)]) }
    var cases = 0
    // Every way to give three of five messages; only the first three in order open.
    for first in 0..<5 {
      for second in 0..<5 {
        for third in 0..<5 {
          var reader = pump
          var opened: [UInt8] = []
          for number in [first, second, third] {
            if let plain = try? reader.open(messages[number]) { opened += plain }
          }
          let inOrder = Array(
            [first, second, third].enumerated().prefix { $0 == $1 }.map(\.element)
          )
          cases += 1
          #expect(opened == inOrder.map { UInt8($0) })
        }
      }
    }
    print("session messages in every order: \(cases) cases, \(bound(cases))")
    for message in messages { #expect(opener.refuses(message), "its own message came back") }
  }

  @Test func `a session that has ended opens and seals nothing more (H-62)`() throws {
    var (opener, pump) = try Sides.sessions()
    let message = try opener.seal(text)
    refused(SessionError.notGenuine) { _ = try pump.open([1, 2, 3]) }
    refused(SessionError.ended) { _ = try pump.open(message) }
    refused(SessionError.ended) { _ = try pump.seal(text) }
    opener.end()
    refused(SessionError.ended) { _ = try opener.seal(text) }
    same(opener.hasEnded(by: Sides.start), true)
    var cipher = CipherState(key: Bytes32(repeating: 1))
    cipher.erase()
    var bytes = text + [UInt8](repeating: 0, count: 16)
    var buffer = bytes.mutableSpan
    let count = cipher.seal(
      &buffer,
      count: text.count,
      authenticating: Span<UInt8>(),
      crypto
    )
    #expect(count == nil, "an erased key must not pass for none being needed")
  }

  @Test func `two minutes without a genuine message end it, and sending does not count (SR-104)`()
    throws
  {
    let (opener, pump) = try Sides.sessions()
    let limit = Sides.start + LinkSession.idleLimit
    let late = limit + TimeSpan(milliseconds: 1)
    #expect(LinkSession.idleLimit.milliseconds == 120_000)
    var first = opener
    let message = try first.seal(text, at: limit)
    var reader = pump
    same(try reader.open(message, at: limit), text)
    same(reader.hasEnded(by: limit + LinkSession.idleLimit), false)
    var second = first
    refused(SessionError.idle) { _ = try second.seal(text, at: late) }
    #expect(!second.isOpen)
    reader = pump
    refused(SessionError.idle) { _ = try reader.open(message, at: late) }
    refused(SessionError.ended) { _ = try reader.open(message, at: limit) }
    reader = pump
    same(reader.hasEnded(by: late), true)
    reader = pump
    same(reader.hasEnded(by: Sides.start + TimeSpan(milliseconds: -1)), true)
    reader = pump
    same(reader.hasEnded(by: PumpTime(milliseconds: .min)), true)
  }

  @Test func `a message that is too long is refused and the session goes on (SR-104)`() throws {
    var (opener, pump) = try Sides.sessions()
    let longest = [UInt8](repeating: 7, count: LinkSession.plainLimit)
    #expect(LinkSession.plainLimit == 4_080)
    refused(SessionError.tooLong) { _ = try opener.seal(longest + [7]) }
    #expect(opener.isOpen)
    let message = try opener.seal(longest)
    #expect(message.count == FrameLimits.message)
    same(try pump.open(message), longest)
    var bytes = [UInt8](repeating: 0, count: 20)
    refused(SessionError.tooLong) {
      var buffer = bytes.mutableSpan
      _ = try opener.seal(&buffer, count: 5, at: Sides.start, crypto)
    }
  }

  @Test func `the key is replaced as Noise says (SR-104)`() throws {
    let key = Bytes32(repeating: 0x5A)
    var cipher = CipherState(key: key)
    cipher.rekey(crypto)
    // §11.3: the first 32 bytes of 32 zeros sealed under the number that no message gets.
    let zeros = [UInt8](repeating: 0, count: 32)
    let made = sealed(zeros, key: key, nonce: .max, authenticating: [], crypto)
    let next = Bytes32(hex: hex(Array(made.prefix(32))))
    #expect(
      hex(Array(made.prefix(32)))
        == "ebb5df2d0afe271bdfd74246e90fbb75cc7bd10ab2ee50fa5b0e2242acaa5dc8"
    )
    var bytes = text + [UInt8](repeating: 0, count: 16)
    var buffer = bytes.mutableSpan
    _ = cipher.seal(&buffer, count: text.count, authenticating: Span<UInt8>(), crypto)
    #expect(bytes == sealed(text, key: next, nonce: 0, authenticating: [], crypto))
  }

  @Test func `each way gets a new key after every 1,024 messages of its own (SR-104)`() throws {
    let key = Bytes32(repeating: 0x5A)
    var writer = Self.session(sending: CipherState(key: key), receiving: CipherState(key: key))
    var reader = writer
    var current = key
    for number in 0..<UInt64(2_100) {
      let message = try writer.seal([1, 2])
      if number > 0, number % 1_024 == 0 {
        let stale = sealed([1, 2], key: current, nonce: number, authenticating: [], crypto)
        #expect(message != stale)
        let zeros = [UInt8](repeating: 0, count: 32)
        let made = sealed(zeros, key: current, nonce: .max, authenticating: [], crypto)
        current = Bytes32(hex: hex(Array(made.prefix(32))))
        #expect(reader.refuses(stale))
      }
      let expected = sealed([1, 2], key: current, nonce: number, authenticating: [], crypto)
      if message != expected { Issue.record("message \(number)") }
      same(try reader.open(message), [1, 2])
    }
  }

  @Test func `no number is ever used twice: at the last one the session ends (H-62)`() throws {
    let key = Bytes32(repeating: 0x5A)
    let last = CipherState(key: key, nonce: .max - 1)
    var writer = Self.session(sending: last, receiving: last)
    var reader = writer
    same(try reader.open(writer.seal(text)), text)
    refused(SessionError.exhausted) { _ = try writer.seal(text) }
    #expect(!writer.isOpen)
    let reserved = sealed(text, key: key, nonce: .max, authenticating: [], crypto)
    refused(SessionError.exhausted) { _ = try reader.open(reserved) }
    #expect(!reader.isOpen)
  }

  static func session(sending: CipherState, receiving: CipherState) -> LinkSession {
    LinkSession(
      sending: sending,
      receiving: receiving,
      peer: Bytes32(),
      prologue: Sides.prologue,
      binding: Bytes32(),
      time: Sides.start
    )
  }
}
