import PumpLink
import PumpLinkCrypto
import Testing

/// The one rule for Ed25519 encodings (SR-100).
struct Ed25519RuleTests {
  let crypto = SwiftCrypto()
  static let zeros = String(repeating: "00", count: 31)
  static let ones = String(repeating: "ff", count: 30)

  /// Every encoding of a point of small order, the ones that are not canonical too.
  static let smallOrder = [
    "00" + zeros, "00" + String(repeating: "00", count: 30) + "80",
    "01" + zeros, "01" + String(repeating: "00", count: 30) + "80",
    "ec" + ones + "7f", "ec" + ones + "ff",
    "ed" + ones + "7f", "ed" + ones + "ff",
    "ee" + ones + "7f", "ee" + ones + "ff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  ]

  @Test(arguments: smallOrder)
  func `a key of small order is refused (H-62)`(key: String) {
    #expect(Ed25519Encoding.isRefused(Bytes32(hex: key)))
  }

  @Test func `under the neutral point anything would be signed, and is not (H-62)`() {
    // With R the neutral point and S = 0 the equation holds for every text. It is refused by the
    // rule: the library below takes it, as `docs/dependencies.md` says.
    var neutral = Bytes32()
    neutral[0] = 1
    var forged = Bytes64()
    forged[0] = 1
    for text in ["", "therapy off", "another"] {
      #expect(!isValid(forged, of: Array(text.utf8), by: neutral, crypto))
      #expect(LibraryAlone.isValid(forged.array, of: Array(text.utf8), by: neutral.array))
    }
  }

  @Test func `a y of 2^255 - 19 or more is refused, one below is not for that (H-62)`() {
    for first in 0xED...0xFF {
      for last in [0x7F, 0xFF] {
        var key = Bytes32(repeating: 0xFF)
        key[0] = UInt8(first)
        key[31] = UInt8(last)
        #expect(Ed25519Encoding.isRefused(key))
        key[17] = 0xFE
        #expect(!Ed25519Encoding.isRefused(key))
      }
    }
    var below = Bytes32(repeating: 0xFF)
    below[0] = 0xEB
    below[31] = 0x7F
    #expect(!Ed25519Encoding.isRefused(below))
  }

  @Test func `S is below the group's order or refused (H-62)`() {
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    func isCanonical(_ s: [UInt8]) -> Bool {
      Bytes64(exactly: [UInt8](repeating: 7, count: 32) + s).map(Ed25519Encoding.hasCanonicalS)
        ?? false
    }
    #expect(!isCanonical(order))
    var other = order
    other[0] -= 1
    #expect(isCanonical(other))
    for index in 0..<32 {
      var above = order
      guard above[index] < 0xFF else { continue }
      above[index] += 1
      #expect(!isCanonical(above))
      var below = order
      guard below[index] > 0 else { continue }
      below[index] -= 1
      #expect(isCanonical(below))
    }
  }

  @Test func `a signature with the order added to S is refused (H-62)`() throws {
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    let seed = Bytes32(repeating: 5)
    let text: [UInt8] = [1, 2, 3]
    let signature = crypto.sign(text.span, seed: seed)
    let key = crypto.ed25519PublicKey(of: seed)
    #expect(isValid(signature, of: text, by: key, crypto))
    var other = signature
    var carry = 0
    for index in 0..<32 {
      let sum = Int(signature[32 + index]) + Int(order[index]) + carry
      other[32 + index] = UInt8(sum & 0xFF)
      carry = sum >> 8
    }
    #expect(!Ed25519Encoding.hasCanonicalS(other))
    #expect(!isValid(other, of: text, by: key, crypto))
  }
}
