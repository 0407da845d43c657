import Testing

@testable import PumpLink
@testable import PumpLinkCrypto

/// The primitives against Wycheproof's cases, most of which are made to mislead, T-16.
struct WycheproofTests {
  let crypto = SwiftCrypto()

  @Test(.enabled(if: Vectors.has(Wycheproof<Ed25519Group>.ed25519), "the vectors are not there"))
  func `Ed25519 takes every valid signature and refuses every other (H-62, SR-100)`() throws {
    let file = try Vectors.read(
      Wycheproof<Ed25519Group>.ed25519,
      as: Wycheproof<Ed25519Group>.self
    )
    var taken = 0
    var refused = 0
    var wrong: [Int] = []
    for group in file.testGroups {
      for test in group.tests {
        // A signature of another length does not even become one.
        let isValid =
          Bytes64(exactly: hex(test.sig)).map {
            crypto.isValid($0, of: hex(test.msg).span, by: Bytes32(hex: group.publicKey.pk))
          } ?? false
        if isValid != (test.result == "valid") { wrong.append(test.tcId) }
        if isValid { taken += 1 } else { refused += 1 }
      }
    }
    print("Wycheproof Ed25519: \(taken) taken, \(refused) refused, wrong: \(wrong)")
    #expect(wrong == [])
    #expect(taken + refused == file.numberOfTests)
    #expect(refused >= 63)
  }

  @Test(.enabled(if: Vectors.has(Wycheproof<X25519Group>.x25519), "the vectors are not there"))
  func `X25519 gives every secret but zeros, which it refuses (H-62)`() throws {
    let file = try Vectors.read(Wycheproof<X25519Group>.x25519, as: Wycheproof<X25519Group>.self)
    var right = 0
    var refused = 0
    var wrong: [Int] = []
    for test in file.testGroups.flatMap(\.tests) {
      let secret = crypto.x25519(Bytes32(hex: test.private), Bytes32(hex: test.public))
      let isZero = hex(test.shared).allSatisfy { $0 == 0 }
      switch secret {
      case nil where isZero: refused += 1
      case Bytes32(hex: test.shared) where !isZero: right += 1
      default: wrong.append(test.tcId)
      }
    }
    print("Wycheproof X25519: \(right) right, \(refused) of zeros refused, wrong: \(wrong)")
    #expect(wrong == [])
    #expect(right + refused == file.numberOfTests)
    #expect(refused >= 31)
  }

  @Test(.enabled(if: Vectors.has(Wycheproof<ChaChaGroup>.chacha), "the vectors are not there"))
  func `ChaCha20-Poly1305 opens what is genuine and nothing else (H-62)`() throws {
    let file = try Vectors.read(Wycheproof<ChaChaGroup>.chacha, as: Wycheproof<ChaChaGroup>.self)
    var right = 0
    var refused = 0
    var wrong: [Int] = []
    for test in file.testGroups.flatMap(\.tests) {
      let key = Bytes32(hex: test.key)
      let nonce = hex(test.iv)
      let text = hex(test.ct) + hex(test.tag)
      let plain = SwiftCrypto.opened(
        text,
        key: key,
        nonce: nonce,
        authenticating: hex(test.aad)
      )
      if test.result == "valid" {
        let again = SwiftCrypto.sealed(
          hex(test.msg),
          key: key,
          nonce: nonce,
          authenticating: hex(test.aad)
        )
        if plain == hex(test.msg), again == text { right += 1 } else { wrong.append(test.tcId) }
      } else if plain == nil {
        refused += 1
      } else {
        wrong.append(test.tcId)
      }
    }
    print("Wycheproof ChaCha20-Poly1305: \(right) right, \(refused) refused, wrong: \(wrong)")
    #expect(wrong == [])
    #expect(right + refused == file.numberOfTests)
    #expect(refused >= 69)
  }

  @Test(.enabled(if: Vectors.has(Wycheproof<HKDFGroup>.hkdf), "the vectors are not there"))
  func `HKDF over the HMAC of the link gives every output (H-62)`() throws {
    let file = try Vectors.read(Wycheproof<HKDFGroup>.hkdf, as: Wycheproof<HKDFGroup>.self)
    var right = 0
    var tooLarge = 0
    var byHandshake = 0
    var wrong: [Int] = []
    for test in file.testGroups.flatMap(\.tests) {
      guard test.result == "valid" else {
        tooLarge += test.size > 255 * 32 ? 1 : 0
        continue
      }
      // RFC 5869 by the link's HMAC; without an info, by the code of the handshake as well.
      let extracted = crypto.hmacSHA256(key: hex(test.salt).span, hex(test.ikm).span)
      var output: [UInt8] = []
      var block: [UInt8] = []
      var mark: UInt8 = 1
      while output.count < test.size {
        let input = block + hex(test.info) + [mark]
        block = crypto.hmacSHA256(key: extracted.bytes.span, input.span).array
        output += block
        mark &+= 1
      }
      if Array(output.prefix(test.size)) == hex(test.okm) {
        right += 1
      } else {
        wrong.append(test.tcId)
      }
      guard test.info.isEmpty, test.salt.count == 64 || test.salt.isEmpty, test.size <= 96 else {
        continue
      }
      let own = SymmetricState.derive(Bytes32(hex: test.salt), hex(test.ikm).span, crypto)
      let all = own.0.array + own.1.array + own.2.array
      if Array(all.prefix(test.size)) != hex(test.okm) { wrong.append(test.tcId) }
      byHandshake += 1
    }
    print(
      """
      Wycheproof HKDF-SHA256: \(right) right, \(byHandshake) of them by the handshake's own code too, \
      \(tooLarge) invalid ones ask for more than there is, wrong: \(wrong)
      """
    )
    #expect(wrong == [])
    #expect(right + tooLarge == file.numberOfTests)
  }
}
