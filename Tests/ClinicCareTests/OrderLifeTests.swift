import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic

/// An order from its draft to the pump's receipt, through the server and a real virtual pump.
@Suite(.timeLimit(.minutes(2)))
struct OrderLifeTests {
  @Test
  func `an order is drafted, signed elsewhere, brought, and ended by the receipt alone (SR-100, SR-101)`()
    async throws
  {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    await pump.carry(line)
    #expect(await rounds.round())
    let life = try await ward.drafted(#"{"do":"suspend","for":"1 h"}"#)
    #expect(life.state == .drafted)
    let signed = try People.nurse.sign(SignedOrder.bytes(life.draft.bytes))
    let taken = await ward.signed(signed)
    #expect(taken.status == 303, "\(taken.text)")
    #expect(try await ward.record().orders.last?.state == .queued)
    #expect(ward.held.all == [true])
    #expect(await rounds.round())
    let ended = try #require(try await ward.record().orders.last)
    #expect(ended.state == .applied)
    #expect(ended.answer?.receipt != nil)
    #expect(ward.held.all == [true, false])
    #expect(try await ward.record().lastHeard?.state == .halted)
    await pump.stop()
  }
}
