import PumpTesting
import Quantities
import Testing

@testable import PumpLink

/// Bytes come in blocks as large as the line gives them; the frames in them are the same.
struct FrameBlockTests {
  /// Whole frames, some with a byte changed, some cut short, and noise that looks like their beginning.
  static func stream(_ random: inout Seeded) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<random.pick(1...6) {
      let payload = (0..<random.pick(1...FrameLimits.payload)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      let header = FrameHeader(
        kind: .piece,
        isLast: true,
        isFromOpener: true,
        connection: 7,
        sequence: UInt32(number)
      )
      var frame = FrameBytes()
      header.write(payload.span, from: 0, count: payload.count, into: &frame)
      var made = (0..<frame.count).map { frame[$0] }
      switch random.pick(0...4) {
      case 0: made[random.pick(0...made.count - 1)] ^= UInt8(random.pick(1...255))
      case 1: made.removeLast(random.pick(1...made.count))
      case 2: bytes += [0xC5, 0x1A, UInt8(random.pick(0...255)), UInt8(random.pick(0...3))]
      default: break
      }
      bytes += made
    }
    return bytes
  }

  /// Each frame's sequence, length of payload and last byte.
  static func found(_ reader: inout FrameReader) -> [[Int]] {
    var found: [[Int]] = []
    while let header = reader.next() {
      let last = reader.held[FrameHeader.size + reader.payloadCount - 1]
      found.append([Int(header.sequence), reader.payloadCount, Int(last)])
    }
    return found
  }

  @Test func `bytes in blocks give the frames that the same bytes one by one give`() {
    var frames = 0
    let failure = Campaign(name: "frames in blocks", seed: 9, cases: 2_000).firstFailure { random in
      let bytes = Self.stream(&random)
      var (single, block) = (FrameReader(), FrameReader())
      var (one, other): ([[Int]], [[Int]]) = ([], [])
      for byte in bytes {
        single.take(byte, at: .commissioning)
        one += Self.found(&single)
      }
      var place = 0
      while place < bytes.count {
        let end = min(bytes.count, place + random.pick(1...1_100))
        while place < end {
          place += block.take(bytes.span.extracting(0..<end), from: place, at: .commissioning)
          other += Self.found(&block)
        }
      }
      frames += one.count
      return one == other && single.held.count == block.held.count ? nil : "\(bytes)"
    }
    #expect(failure == nil)
    #expect(frames > 2_000)
  }
}
