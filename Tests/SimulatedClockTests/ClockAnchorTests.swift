import SimulatedClock
import Testing

struct ClockAnchorTests {
  @Test(arguments: [0, 1, 60, 600] as [Int64])
  func `time goes by its speed, exactly`(speed: Int64) {
    let anchor = ClockAnchor(wall: 1_000, simulated: 5_000, speed: speed)
    #expect(anchor.simulated(at: 1_000) == 5_000)
    #expect(anchor.simulated(at: 1_001) == 5_000 + speed)
    #expect(anchor.simulated(at: 87_401_000) == 5_000 + 87_400_000 * speed)
  }

  @Test
  func `time does not go back where the wall's clock is set back (SR-086)`() {
    let anchor = ClockAnchor(wall: 1_000, simulated: 5_000, speed: 60)
    #expect(anchor.simulated(at: 0) == 5_000)
    #expect(anchor.simulated(at: .min) == 5_000)
    let later = anchor.changed(to: 600, chosen: 600, at: 500)
    #expect(later.simulated(at: 900) == 5_000)
    #expect(later.simulated(at: 1_001) == 5_600)
  }

  @Test
  func `no millisecond is lost or doubled at a thousand changes of speed`() {
    var anchor = ClockAnchor(wall: 0, simulated: 0, speed: 1)
    var wall: Int64 = 0
    var expected: Int64 = 0
    for index in 0..<1_000 {
      let step = Int64(index * 7_919 % 997)
      expected += step * anchor.speed
      wall += step
      let before = anchor.simulated(at: wall)
      anchor = anchor.changed(
        to: [0, 1, 60, 600][index % 4],
        chosen: [0, 1, 60, 600][index % 4],
        at: wall
      )
      #expect(anchor.simulated(at: wall) == before)
      #expect(before == expected)
    }
  }

  @Test
  func `an order under way holds time to the wall's, and it goes on as chosen afterwards (H-74)`() {
    let fast = ClockAnchor(wall: 0, simulated: 0, speed: 600)
    let held = fast.held(at: 10)
    #expect(held.speed == 1 && held.chosen == 600)
    #expect(held.simulated(at: 20) == 6_010)
    #expect(held.held(at: 20) == held)
    let resumed = held.resumed(at: 20)
    #expect(resumed.speed == 600)
    #expect(resumed.simulated(at: 21) == 6_610)
    let still = ClockAnchor(wall: 0, simulated: 0, speed: 0)
    #expect(still.held(at: 5) == still)
  }

  @Test
  func `the wall's wait for an instant is long enough and no longer`() {
    let anchor = ClockAnchor(wall: 0, simulated: 0, speed: 60)
    for instant in [1, 59, 60, 61, 12_345] as [Int64] {
      let wait = anchor.wallMilliseconds(until: instant, at: 0)
      #expect(wait.map { anchor.simulated(at: $0) >= instant } == true)
      #expect(wait.map { anchor.simulated(at: $0 - 1) < instant } == true)
    }
    #expect(ClockAnchor(wall: 0, simulated: 0, speed: 0).wallMilliseconds(until: 1, at: 0) == nil)
  }

  @Test
  func `the end of time is the last instant, not a trap`() {
    let anchor = ClockAnchor(wall: .min, simulated: .max - 5, speed: 600)
    #expect(anchor.simulated(at: .max) == .max - 5 || anchor.simulated(at: .max) == .max)
    let late = ClockAnchor(wall: 0, simulated: .max - 5, speed: 600)
    #expect(late.simulated(at: 1) == .max)
  }
}
