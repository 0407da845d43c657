import Testing

@testable import Clinic

struct SignInDelayTests {
  @Test
  func `delays grow, and none is longer than five minutes`() {
    let delay = SignInDelay(free: 3)
    let delays = (0...40).map(delay.delay(after:))
    #expect(delays[0...3].allSatisfy { $0 == 0 })
    #expect(delays[4] == 1_000 && delays[5] == 2_000)
    #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(delays.max() == SignInDelay.delayMax)
    #expect(delay.delay(after: .max) == SignInDelay.delayMax)
  }

  @Test
  func `many attempts at once count each`() {
    var delay = SignInDelay(free: 3)
    let waits = (0..<10).map { _ in delay.attempt("a", at: 0) }
    #expect(waits.filter { $0 == 0 }.count == 4)
    #expect(waits[5...].allSatisfy { $0 == 1_000 })
  }

  @Test
  func `success clears a name, and takes one from an address`() {
    var delay = SignInDelay(free: 3)
    for _ in 0..<4 { _ = delay.attempt("a", at: 0) }
    #expect(delay.attempt("a", at: 0) > 0)
    delay.takeBack("a")
    #expect(delay.attempt("a", at: 0) == 0)
    delay.clear("a")
    #expect(delay.count == 0)
  }

  @Test
  func `a clock set back makes nobody wait for longer than the bound`() {
    var delay = SignInDelay(free: 0)
    for turn in 0..<20 { _ = delay.attempt("a", at: Int64(turn) * 400_000) }
    #expect(delay.attempt("a", at: 0) <= SignInDelay.delayMax)
  }

  @Test
  func `a flood of names takes no more than its room`() {
    var delay = SignInDelay(free: 3)
    for number in 0..<25_000 { _ = delay.attempt("name-\(number)", at: Int64(number)) }
    #expect(delay.count <= SignInDelay.entriesMax)
  }
}
