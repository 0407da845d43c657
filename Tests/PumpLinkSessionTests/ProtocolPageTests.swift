import Foundation
import PumpLinkCrypto
import Testing

@testable import PumpLink

/// The values on `docs/protocol.md` are what the code writes.
struct ProtocolPageTests {
  /// The page without spaces, line ends and table rules, so that values may be broken anywhere.
  static func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let url = root.appending(path: "docs/protocol.md")
    return try String(contentsOf: url, encoding: .utf8).filter { !$0.isWhitespace }
  }

  private func expect(_ bytes: [UInt8], _ name: String, on page: String) {
    let value = hex(bytes)
    if !page.contains(value) { Issue.record("the page lacks \(name): \(value)") }
  }

  @Test(arguments: NoisePattern.allCases)
  func `the handshakes and first messages on the page are the ones written (SR-103, SR-104)`(
    pattern: NoisePattern
  ) throws {
    let page = try Self.page()
    let name = "\(pattern)"
    var sides = try Sides(pattern)
    for (number, message) in try sides.run(messages: pattern.messageCount).enumerated() {
      expect(message, "\(name) message \(number + 1)", on: page)
    }
    var (opener, pump) = try sides.sessions()
    expect(opener.binding.array, "\(name) hash", on: page)
    let status = try opener.seal(Array("status?".utf8))
    expect(status, "\(name) status?", on: page)
    _ = try pump.open(status)
    expect(try pump.seal(Array("running".utf8)), "\(name) running", on: page)
  }

  @Test func `the keys, the prologue and the frames on the page are the ones used (SR-108)`() throws
  {
    let page = try Self.page()
    let crypto = SwiftCrypto()
    expect(crypto.x25519PublicKey(of: Sides.openersKey).array, "opener's key", on: page)
    expect(crypto.x25519PublicKey(of: Sides.pumpsKey).array, "pump's key", on: page)
    let prologue = Sides.prologue.bytes
    expect((0..<27).map { prologue[$0] }, "prologue", on: page)
    var line = CleanLine()
    var simulation = LineSimulation()
    simulation.run(&line, question: Array("status?".utf8), answer: Array("running".utf8))
    for (number, frame) in simulation.frames.enumerated() {
      expect(frame, "frame \(number)", on: page)
    }
  }

  @Test func `the key after the 1,024th message on the page is the one made (SR-104)`() throws {
    let page = try Self.page()
    let zeros = [UInt8](repeating: 0, count: 32)
    let key = Bytes32(repeating: 0x5A)
    let made = sealed(zeros, key: key, nonce: .max, authenticating: [], SwiftCrypto())
    expect(Array(made.prefix(32)), "new key", on: page)
  }
}
