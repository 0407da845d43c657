import PumpLinkCrypto
import Testing

@testable import PumpLink

/// The primitives against the values printed in their standards, T-16.
struct PublishedCaseTests {
  let crypto = SwiftCrypto()

  @Test func `X25519 gives what RFC 7748 prints (H-62)`() {
    let first = crypto.x25519(
      Bytes32(hex: "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
      Bytes32(hex: "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    )
    #expect(
      first == Bytes32(hex: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
    )
    // §6.1: both sides come to the same secret.
    let alice = Bytes32(hex: "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    let alicesKey = crypto.x25519PublicKey(of: alice)
    let bob = Bytes32(hex: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    let bobsKey = crypto.x25519PublicKey(of: bob)
    #expect(
      bobsKey == Bytes32(hex: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    )
    let secret = Bytes32(hex: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
    #expect(crypto.x25519(alice, bobsKey) == secret)
    #expect(crypto.x25519(bob, alicesKey) == secret)
  }

  @Test func `X25519 a thousand times over gives what RFC 7748 prints (H-62)`() {
    var scalar = Bytes32()
    scalar[0] = 9
    var point = scalar
    for round in 1...1_000 {
      guard let next = crypto.x25519(scalar, point) else {
        Issue.record("round \(round)")
        return
      }
      point = scalar
      scalar = next
      if round == 1 {
        #expect(
          scalar == Bytes32(hex: "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")
        )
      }
    }
    #expect(
      scalar == Bytes32(hex: "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")
    )
  }

  @Test(
    arguments: [
      (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        """
        e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b
        d25bf5f0595bbe24655141438e7a100b
        """
      ),
      (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        """
        92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c
        387b2eaeb4302aeeb00d291612bb0c00
        """
      ),
    ]
  )
  func `Ed25519 gives what RFC 8032 prints (H-62)`(
    seed: String,
    publicKey: String,
    message: String,
    signature: String
  ) throws {
    let key = Bytes32(hex: publicKey)
    #expect(crypto.ed25519PublicKey(of: Bytes32(hex: seed)) == key)
    let printed = try #require(Bytes64(exactly: hex(signature)))
    #expect(isValid(printed, of: hex(message), by: key, crypto))
    #expect(!isValid(printed, of: (hex(message) + [0]), by: key, crypto))
    let own = crypto.sign(hex(message).span, seed: Bytes32(hex: seed))
    // Where the platform's library signs with fresh chance, only the verification holds.
    #expect(isValid(own, of: hex(message), by: key, crypto))
  }

  @Test func `ChaCha20-Poly1305 gives what RFC 8439 prints (H-62)`() {
    // A.5, whose nonce begins with four zeros as Noise's does.
    let key = Bytes32(hex: "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0")
    let associated = hex("f33388860000000000004e91")
    let number: UInt64 = 0x0807_0605_0403_0201
    let printed = hex(
      """
      64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d
      26b0bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1
      ff37c8559797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b
      5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea
      1b422273f548271a0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d36
      1094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709b
      eead9d67890cbb22392336fea1851f38
      """
    )
    let text = Array(
      """
      Internet-Drafts are draft documents valid for a maximum of six months and may be updated, \
      replaced, or obsoleted by other documents at any time. It is inappropriate to use \
      Internet-Drafts as reference material or to cite them other than as /“work in progress./”
      """.utf8
    )
    #expect(opened(printed, key: key, nonce: number, authenticating: associated, crypto) == text)
    #expect(sealed(text, key: key, nonce: number, authenticating: associated, crypto) == printed)
    #expect(opened(printed, key: key, nonce: number + 1, authenticating: associated, crypto) == nil)
    #expect(opened(printed, key: key, nonce: number, authenticating: [], crypto) == nil)
  }

  @Test func `HKDF gives what RFC 5869 prints (H-62)`() {
    // Case 3 has neither salt nor info, as the link's has no info; its 42 bytes are the first
    // output and ten of the second.
    let outputs = SymmetricState.derive(
      Bytes32(),
      [UInt8](repeating: 0x0B, count: 22).span,
      crypto
    )
    #expect(
      hex(outputs.0.array + outputs.1.array.prefix(10))
        == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )
  }
}
