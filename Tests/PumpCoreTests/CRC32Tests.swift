import PumpTesting
import Testing

@testable import PumpCore

/// The check of every record in memory, H-40.
struct CRC32Tests {
  static func check(_ bytes: [UInt8]) -> UInt32 {
    CRC32.of(bytes.span, from: 0, count: bytes.count)
  }

  /// The same by its definition: a division of polynomials, bit by bit, without a table.
  static func divided(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      for bit in 0..<8 {
        let top = remainder & 1 ^ UInt32(byte >> UInt8(bit)) & 1
        remainder = remainder >> 1 ^ (top == 1 ? 0xEDB8_8320 : 0)
      }
    }
    return ~remainder
  }

  @Test(
    arguments: [
      ("123456789", 0xCBF4_3926), ("", 0), ("a", 0xE8B7_BE43),
      ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ] as [(String, UInt32)]
  )
  func `published values come out (H-40)`(text: String, value: UInt32) {
    #expect(Self.check(Array(text.utf8)) == value)
  }

  @Test func `ten thousand random records give what the division gives (H-40)`() {
    let failure = Campaign(name: "CRC-32", seed: 5, cases: 10_000).firstFailure { random in
      let bytes = (0..<random.pick(0...300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      return Self.check(bytes) == Self.divided(bytes) ? nil : "\(bytes)"
    }
    #expect(failure == nil)
  }

  @Test func `it looks at the stretch that it is told and at nothing else (H-40)`() {
    let bytes = Array("xx123456789yy".utf8)
    #expect(CRC32.of(bytes.span, from: 2, count: 9) == 0xCBF4_3926)
  }

  @Test func `every error of one or two bits in a record is found (H-40)`() {
    var random = Seeded(seed: 6)
    var bytes = (0..<48).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let whole = Self.check(bytes)
    var missed = 0
    for first in 0..<48 * 8 {
      bytes[first / 8] ^= 1 << UInt8(first % 8)
      if Self.check(bytes) == whole { missed += 1 }
      for second in first + 1..<48 * 8 {
        bytes[second / 8] ^= 1 << UInt8(second % 8)
        if Self.check(bytes) == whole { missed += 1 }
        bytes[second / 8] ^= 1 << UInt8(second % 8)
      }
      bytes[first / 8] ^= 1 << UInt8(first % 8)
    }
    #expect(missed == 0)
  }
}
