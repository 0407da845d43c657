import Clinic
import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

/// A pump, a relay and a clinic on sockets of their own.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct CarriedTests {
  private func failure(_ work: () async throws(LineFailure) -> Void) async -> String {
    do throws(LineFailure) {
      try await work()
      return "none"
    } catch { return error.word }
  }

  @Test
  func
    `the clinic asks a pump through the relay, and brings it an order that it applies (SR-100, SR-101)`()
    async throws
  {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    #expect(
      await failure { () async throws(LineFailure) in _ = try await clinic.remote.status() }
        == "unreachable"
    )
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    let status = try await clinic.remote.status()
    #expect(status.inForce.sequence == 2)
    let journal = try await clinic.remote.journal(from: 0)
    #expect(journal.contains { $0.kind == .commissioned })
    let later = try await clinic.remote.journal(from: journal[0].sequence + 1)
    #expect(later.count >= journal.count - 1)

    let order = try Ward.order(
      .safeRate,
      for: pump.id,
      after: status.inForce,
      at: status[.demand].time
    )
    let certificates = Ward.pair(Ward.prescriberSigns)
    guard case .receipt(let receipt) = try await clinic.remote.submit(order, certificates) else {
      Issue.record("no receipt")
      return
    }
    #expect(receipt.outcome == .applied)
    // SR-102: the same bytes again get the same receipt, and nothing else.
    guard case .receipt(let again) = try await clinic.remote.submit(order, certificates) else {
      Issue.record("no receipt")
      return
    }
    #expect(again.hash == receipt.hash && again.time == receipt.time)
    #expect(try await clinic.remote.receipt(of: receipt.hash)?.time == receipt.time)
    #expect(try await clinic.remote.receipt(of: Bytes32(repeating: 9)) == nil)
  }

  @Test
  func `an order that nobody signed for this pump changes nothing (H-62, H-72)`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    let status = try await clinic.remote.status()
    var order = try Ward.order(
      .safeRate,
      for: pump.id,
      after: status.inForce,
      at: status[.demand].time
    )
    order[order.count - 1] ^= 1
    let answer = try await clinic.remote.submit(order, Ward.pair(Ward.prescriberSigns))
    guard case .refused(let refusal) = answer else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.reason == .badSignature)
    #expect(try await clinic.remote.status().inForce.sequence == status.inForce.sequence)
  }

  @Test
  func `at the near port a session is bound to a challenge read there just now`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    #expect(try await clinic.near.status().inForce.sequence == 2)
    #expect(try await clinic.near.status().lastBedside != nil)
  }

  @Test
  func `many ask at once, and each gets its own answer`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    let line = clinic.remote
    let counts = try await withThrowingTaskGroup(of: (Bool, Int).self) { group in
      for turn in 0..<12 {
        group.addTask {
          if turn.isMultiple(of: 2) { return (true, Int(try await line.status().inForce.sequence)) }
          return (false, try await line.journal(from: 0).count)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.filter(\.0).allSatisfy { $0.1 == 2 })
    #expect(counts.filter { !$0.0 }.allSatisfy { $0.1 >= 1 })
  }

  @Test
  func `a relay that is started anew carries on; what was asked meanwhile was not sent`()
    async throws
  {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let first = try await clinic.relay(pump)
    _ = try await clinic.remote.status()
    first.cancel()
    await first.value
    let second = try await clinic.relay(pump)
    defer { second.cancel() }
    // The session of the first relay is lost with it: the first question may find that out.
    var answered = false
    for _ in 0..<3 where !answered {
      answered =
        await failure { () async throws(LineFailure) in _ = try await clinic.remote.status() }
        == "none"
    }
    #expect(answered)
  }

  @Test
  func `a clinic whose key the pump was not told of is not taken (H-62)`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump, key: Bytes32(repeating: 77))
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    #expect(
      await failure { () async throws(LineFailure) in _ = try await clinic.remote.status() }
        == "notTaken"
    )
  }

  @Test
  func `a relay with another token reaches nothing`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = Task { try await clinic.relay(pump, token: String(repeating: "x", count: 40)) }
    let inner = try await relay.value
    defer { inner.cancel() }
    #expect(!clinic.remote.isReached)
  }

  @Test
  func `the server ends at once, whatever relays wait for`() async throws {
    let pump = try ServedPump()
    let clinic = try await ServedClinic(pump)
    let relay = try await clinic.relay(pump)
    defer { relay.cancel() }
    _ = try await clinic.remote.status()
    #expect(await clinic.end() < 3_000)
  }
}
