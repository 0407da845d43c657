import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic

/// The server ends and starts again while an order is under way.
@Suite(.timeLimit(.minutes(2)))
struct RestartTests {
  /// Where the first server was when it ended.
  enum Moment: CaseIterable, CustomStringConvertible {
    case queued, sentAndLost, sentAndTaken

    var description: String {
      switch self {
      case .queued: "queued"
      case .sentAndLost: "recorded as sent, and never arrived"
      case .sentAndTaken: "taken by the pump, and the answer lost"
      }
    }
  }

  @Test(arguments: Moment.allCases)
  func `an order that was under way at a restart is ended by the pump, once (SR-102, H-69)`(
    _ moment: Moment
  ) async throws {
    let first = try await Ward()
    let pump = try await first.linked()
    let (line, rounds, keeper) = try await first.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await first.drafted(OrderLifeTests.suspend)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await first.signed(signed).status == 303)
    let waiting = await keeper.ordersWaiting(for: line.pump)
    if moment != .queued {
      try await keeper.record(.sending(order: life.draft.order.text), of: line.pump)
    }
    if moment == .sentAndTaken {
      try await pump.change { pump in try OrderLifeTests.bring(waiting, to: &pump) }
    }
    await pump.stop()
    await line.close()

    let second = try await Ward(first.ledger, time: first.time)
    #expect(second.held.all == [true])
    let (again, rounds2, keeper2) = try await second.line(.near)
    #expect(await keeper2.ordersWaiting(for: again.pump).map(\.bytes) == waiting.map(\.bytes))
    try await pump.carry(again)
    #expect(await rounds2.round())
    let ended = try #require(try await second.record().orders.last)
    #expect(ended.state == .applied)
    #expect(await pump.lastSequence == UInt64(life.draft.sequence))
    #expect(second.held.all == [true, false])
    #expect(try await second.record().irregular.isEmpty)
    await pump.stop()
  }

  @Test
  func `an increase that was pending at a restart is ended by the receipt that the pump kept`()
    async throws
  {
    let first = try await Ward()
    let pump = try await first.linked()
    let (line, rounds, _) = try await first.line(.remote)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await first.drafted(OrderLifeTests.program("0.53 mL/d"), way: "remote")
    let one = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await first.signed(try People.colleague.sign(one)).status == 303)
    #expect(await rounds.round())
    #expect(try await first.record().orders.last?.state == .pending)
    await pump.stop()
    await line.close()
    first.time.pass(2 * .hour)

    let second = try await Ward(first.ledger, time: first.time)
    #expect(second.held.all.isEmpty)
    let (again, rounds2, _) = try await second.line(.remote)
    try await pump.carry(again)
    #expect(await rounds2.round())
    #expect(try await second.record().orders.last?.state == .applied)
    await pump.stop()
  }

  @Test
  func `an order whose validity ended before it was sent lapses, and is never sent`() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, keeper) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(#"{"do":"suspend","for":"1 h","validFor":"30 min"}"#)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    ward.time.pass(31 * .minute)
    #expect(await keeper.ordersWaiting(for: line.pump).isEmpty)
    #expect(try await ward.record().orders.last?.state == .lapsed)
    #expect(await pump.lastSequence < UInt64(life.draft.sequence))
    #expect(ward.held.all == [true, false])
    await pump.stop()
  }
}
