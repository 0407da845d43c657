import Testing

@testable import Clinic

struct PollScheduleTests {
  private static let quarter = PollSchedule.every

  @Test
  func `a pump that was never heard is asked at once`() {
    #expect(PollSchedule().step(therapy: 0, wall: 0) == .ask)
  }

  @Test
  func `a pump is asked each quarter of an hour of therapy time, however fast that goes`() {
    let heard = PollSchedule(heardAt: 0, askedAt: 0)
    #expect(heard.step(therapy: Self.quarter - 1, wall: 5_000) == .wait(1_000))
    #expect(heard.step(therapy: Self.quarter, wall: 5_000) == .ask)
    // 600 times as fast: the quarter is over after 1.5 s, and the pump is left alone until 2 s.
    #expect(heard.step(therapy: Self.quarter, wall: 1_500) == .wait(500))
    #expect(heard.step(therapy: 2 * Self.quarter, wall: 2_000) == .ask)
  }

  @Test
  func `an order that waits is brought as soon as the pump may be asked (H-74)`() {
    let waiting = PollSchedule(heardAt: 0, askedAt: 0, ordersWaiting: 1)
    #expect(waiting.step(therapy: 0, wall: 1_999) == .wait(1))
    #expect(waiting.step(therapy: 0, wall: 2_000) == .ask)
  }

  @Test
  func `failures make the waits longer, to a bound, also for orders`() {
    let waits = (1...40).map(PollSchedule.backOff(after:))
    #expect(waits.first == 2_000 && waits.max() == PollSchedule.backOffMax)
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
    let failed = PollSchedule(heardAt: 0, askedAt: 0, ordersWaiting: 1, failures: 30)
    #expect(failed.step(therapy: 0, wall: 59_999) == .wait(1))
    #expect(failed.step(therapy: 0, wall: 60_000) == .ask)
  }

  @Test
  func `clocks that were set back keep no pump from being asked`() {
    let heard = PollSchedule(heardAt: 1_000_000, askedAt: 1_000_000)
    #expect(heard.step(therapy: 0, wall: 2_000_000) == .ask)
    #expect(heard.step(therapy: 1_000_001, wall: 0) == .wait(1_000))
    let failed = PollSchedule(heardAt: 0, askedAt: 1_000_000, failures: 3)
    #expect(failed.step(therapy: 0, wall: 0) == .ask)
  }
}
