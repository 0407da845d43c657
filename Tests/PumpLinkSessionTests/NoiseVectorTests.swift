import PumpLinkCrypto
import Testing

@testable import PumpLink

/// The handshakes against the published transcripts, byte for byte, T-16.
struct NoiseVectorTests {
  let crypto = SwiftCrypto()

  @Test(.enabled(if: Vectors.has(NoiseVectors.name), "the vectors are not there"))
  func `every pattern writes and reads what is published (H-62, H-64)`() throws {
    let all = try Vectors.read(NoiseVectors.name, as: NoiseVectors.self).vectors
    var messages = 0
    var patterns = 0
    for pattern in NoisePattern.allCases {
      let cases = all.filter { $0.protocol_name == pattern.name.description }
      #expect(cases.count > 0)
      for test in cases { messages += try check(test, pattern) }
      patterns += cases.count
    }
    print("Noise vectors: \(patterns) handshakes, \(messages) messages, byte for byte")
    #expect(messages == 18)
  }

  /// Goes through a transcript; both sides write and read it.
  private func check(_ test: NoiseVectors.Case, _ pattern: NoisePattern) throws -> Int {
    var opener = try HandshakeState(
      pattern,
      isOpener: true,
      prologue: hex(test.init_prologue).span,
      keys: keys(test.init_static, test.init_ephemeral, test.init_remote_static, test.init_psks),
      crypto
    )
    var pump = try HandshakeState(
      pattern,
      isOpener: false,
      prologue: hex(test.resp_prologue).span,
      keys: keys(test.resp_static, test.resp_ephemeral, test.resp_remote_static, test.resp_psks),
      crypto
    )
    for (number, message) in test.messages.prefix(pattern.messageCount).enumerated() {
      let payload = hex(message.payload)
      let written =
        number % 2 == 0
        ? try opener.write(payload: payload.span, crypto)
        : try pump.write(payload: payload.span, crypto)
      #expect(hex(written.array) == message.ciphertext)
      let published = hex(message.ciphertext)
      let read =
        number % 2 == 0
        ? try pump.read(published.span, crypto)
        : try opener.read(published.span, crypto)
      #expect(read.array == payload)
    }
    #expect(opener.isComplete && pump.isComplete)
    #expect(hex(opener.hash.array) == test.handshake_hash)
    #expect(opener.hash == pump.hash)
    var openers = opener.split(crypto)
    var pumps = pump.split(crypto)
    for (number, message) in test.messages.enumerated().dropFirst(pattern.messageCount) {
      let payload = hex(message.payload)
      let isOpeners = number % 2 == 0
      let written = isOpeners ? seal(payload, &openers.opener) : seal(payload, &pumps.pump)
      #expect(hex(written) == message.ciphertext)
      let read = isOpeners ? open(written, &pumps.opener) : open(written, &openers.pump)
      #expect(read == payload)
    }
    return test.messages.count
  }

  private func keys(
    _ own: String?,
    _ ephemeral: String?,
    _ peer: String?,
    _ secrets: [String]?
  ) -> HandshakeKeys {
    HandshakeKeys(
      own: Bytes32(hex: own ?? ""),
      ephemeral: Bytes32(hex: ephemeral ?? ""),
      peer: peer.map { Bytes32(hex: $0) },
      pairingSecret: secrets?.first.map { Bytes32(hex: $0) }
    )
  }

  private func seal(_ plain: [UInt8], _ cipher: inout CipherState) -> [UInt8] {
    var bytes = plain + [UInt8](repeating: 0, count: 16)
    var buffer = bytes.mutableSpan
    let count = cipher.seal(
      &buffer,
      count: plain.count,
      authenticating: Span<UInt8>(),
      crypto
    )
    return count == bytes.count ? bytes : []
  }

  private func open(_ text: [UInt8], _ cipher: inout CipherState) -> [UInt8]? {
    var bytes = text
    var buffer = bytes.mutableSpan
    return cipher.open(&buffer, count: text.count, authenticating: Span<UInt8>(), crypto)
      .map { count in Array(bytes.prefix(count)) }
  }
}
