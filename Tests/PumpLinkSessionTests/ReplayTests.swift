import PumpLinkCrypto
import Testing

@testable import PumpLink

/// What was recorded of one session is of no use in another, T-12.
struct ReplayTests {
  @Test(arguments: NoisePattern.allCases)
  func `a pump answers an old opener with a session that nobody can use (SR-103, H-63)`(
    pattern: NoisePattern
  ) throws {
    var recorded = try Sides(pattern)
    let messages = try recorded.run(messages: pattern.messageCount)
    var (old, _) = try recorded.sessions()
    let order = try old.seal([9, 9, 9])

    // The same pump later, with a fresh ephemeral key.
    var later = try Sides(pattern, pumpsEphemeral: 0x66)
    try later.read(0, messages[0])
    _ = try later.write(1)
    if pattern == .xxpsk3 {
      #expect(later.refuses(2, messages[2]))
    } else {
      var pump = try later.pump.session(at: Sides.start, Sides.crypto)
      #expect(!pump.isConfirmed)
      refused(SessionError.notGenuine) { _ = try pump.open(order) }
      #expect(!pump.isOpen && !pump.isConfirmed)
    }
  }

  @Test(arguments: NoisePattern.allCases)
  func `an opener refuses an old pump's answer (H-63)`(pattern: NoisePattern) throws {
    var recorded = try Sides(pattern)
    let messages = try recorded.run(messages: pattern.messageCount)
    var later = try Sides(pattern, openersEphemeral: 0x66)
    _ = try later.write(0)
    #expect(later.refuses(1, messages[1]))
  }

  @Test func `every message of one pattern is refused in each other place (H-63)`() throws {
    var all: [(pattern: NoisePattern, number: Int, bytes: [UInt8])] = []
    for pattern in NoisePattern.allCases {
      var sides = try Sides(pattern)
      for (number, bytes) in try sides.run(messages: pattern.messageCount).enumerated() {
        all.append((pattern, number, bytes))
      }
    }
    var cases = 0
    for pattern in NoisePattern.allCases {
      for number in 0..<pattern.messageCount {
        var sides = try Sides(pattern)
        _ = try sides.run(messages: number)
        _ = try sides.write(number)
        for other in all where (other.pattern, other.number) != (pattern, number) {
          cases += 1
          #expect(sides.refuses(number, other.bytes))
        }
      }
    }
    print("handshake messages in another's place: \(cases) cases, \(bound(cases))")
  }

  @Test func `two sessions of the same keys share nothing (SR-104)`() throws {
    var first = try Sides(.kk)
    var second = try Sides(.kk, openersEphemeral: 0x66, pumpsEphemeral: 0x67)
    _ = try first.run(messages: 2)
    _ = try second.run(messages: 2)
    var (one, _) = try first.sessions()
    let (_, other) = try second.sessions()
    #expect(one.binding != other.binding)
    let message = try one.seal([1])
    #expect(other.refuses(message))
  }
}
