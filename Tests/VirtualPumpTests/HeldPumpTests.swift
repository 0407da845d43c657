import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Synchronization
import Testing

@testable import VirtualPump

/// A pump in memory: reached as over its sockets, and brought to now whenever somebody looks.
struct HeldPumpTests {
  private final class Time: Sendable {
    private let at = Mutex(Int64(0))
    var now: PumpTime { PumpTime(milliseconds: at.withLock { $0 }) }
    func pass(days: Int64) { at.withLock { $0 += days * 86_400_000 } }
  }

  private static func held(_ time: Time) throws -> HeldPump {
    let entropy = CountedEntropy()
    let held = HeldPump(
      Clinic.secrets,
      local: Clinic.local,
      entropy: { entropy.next() },
      now: { time.now }
    )
    return try #require(held)
  }

  private static func target(
    _ pump: Bytes16 = Clinic.secrets.id,
    secret: Bytes32 = Clinic.secrets.pairing
  ) -> LinkTarget {
    LinkTarget(
      address: "",
      way: .bedside,
      pump: pump,
      pumpKey: nil,
      secret: secret,
      key: Bytes32(repeating: 9),
      role: .person,
      certificates: CertificatePair()
    )
  }

  @Test func `who has its pairing code reads who it is; who has another one does not (SR-101)`()
    throws
  {
    let held = try Self.held(Time())
    let client = try held.call(Self.target())
    guard case .identity(let identity) = try client.ask(.identify) else {
      Issue.record("no identity")
      return
    }
    #expect(identity.id == Clinic.secrets.id)
    #expect(identity.key == Clinic.crypto.ed25519PublicKey(of: Clinic.secrets.signingSeed))
    #expect(client.pumpKey == Clinic.crypto.x25519PublicKey(of: Clinic.secrets.sessionKey))
    // The last message of the handshake is the caller's: that the pump does not take it shows at the first question.
    #expect(throws: LinkFailure.self) {
      let other = try held.call(Self.target(secret: Bytes32(repeating: 0x92)))
      _ = try other.ask(.identify)
    }
  }

  @Test func `it is brought to now when somebody looks, and no sooner`() throws {
    let time = Time()
    let held = try Self.held(time)
    #expect(held.with { $0.now } == time.now)
    time.pass(days: 400)
    #expect(held.with { $0.now } == time.now)
  }

  @Test func `a motor that moves uncounted moves, and the controller knows nothing of it`() throws {
    let held = try Self.held(Time())
    let before = held.with { ($0.strokes, $0.pump.controller.sample.delivered) }
    held.driveUncounted(40)
    let after = held.with { ($0.strokes, $0.pump.controller.sample.delivered) }
    #expect(after.0 == before.0 + 40)
    #expect(after.1 == before.1)
  }

  @Test func `a port gives what the pump sends, and its bytes end when it is closed`() async throws
  {
    let held = try Self.held(Time())
    let port = try #require(held.open(.remote))
    // No frame: the pump hangs up on whoever speaks otherwise, and says nothing of itself.
    port.put(Array(repeating: 0xFF, count: 64))
    held.tick()
    port.close()
    var heard: [UInt8] = []
    for await bytes in port.bytes { heard += bytes }
    #expect(!heard.contains { _ in heard.count > 64 })
    #expect(held.open(.remote) != nil)
  }
}
