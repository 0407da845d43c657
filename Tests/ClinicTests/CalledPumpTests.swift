import PumpLink
import PumpLinkCrypto
import Testing

@testable import Clinic

struct CalledPumpTests {
  private let crypto = SwiftCrypto()
  private let seed = Bytes32(repeating: 1)

  private func receipt(by seed: Bytes32, of pump: Bytes16) -> Receipt {
    var receipt = Receipt()
    receipt.pump = pump
    receipt.hash = Bytes32(repeating: 3)
    receipt.outcome = .applied
    receipt.signature = receipt.signature(by: seed, crypto) ?? KeySignature()
    return receipt
  }

  @Test
  func `a receipt is believed only with the pump's own signature over all of it (SR-101, H-72)`()
    throws
  {
    let id = Bytes16(repeating: 0xC1)
    let pump = CalledPump(
      id: id,
      sessionKey: Bytes32(),
      signingKey: crypto.ed25519PublicKey(of: seed)
    )
    let genuine = receipt(by: seed, of: id)
    #expect(pump.vouches(for: genuine, crypto))
    #expect(!pump.vouches(for: receipt(by: Bytes32(repeating: 2), of: id), crypto))
    #expect(!pump.vouches(for: receipt(by: seed, of: Bytes16(repeating: 1)), crypto))
    // Signed by another key, and named as the pump's.
    var named = receipt(by: Bytes32(repeating: 2), of: id)
    named.signature.key = genuine.signature.key
    #expect(!pump.vouches(for: named, crypto))
    let bytes = try #require(genuine.encoded).octets
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      guard let read = Receipt(decoding: changed.span) else { continue }
      #expect(!pump.vouches(for: read, crypto), "byte \(place)")
    }
  }
}
