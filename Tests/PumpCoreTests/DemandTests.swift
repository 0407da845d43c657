import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000
private let stroke: Int64 = 250

/// What the pump is asked to give, to the nanolitre and the millisecond (contract: Delivery law).
struct DemandTests {
  /// A stroke a minute.
  static let even: Int64 = 360_000

  @Test(arguments: [6_000, 6_001, 48_000, 123_457, 360_000, 2_000_000] as [Int64])
  func `each stroke comes in the first millisecond that calls for it (SR-002, H-09, H-14)`(
    rate: Int64
  ) throws {
    var bench = try ControllerDriver(.constant(rate))
    let first = (stroke * day + rate - 1) / rate
    bench.go(to: first - 1)
    #expect(bench.strokes.isEmpty && bench.demand == stroke - 1)
    bench.go(to: first)
    #expect(bench.strokeTimes() == [first] && bench.demand == stroke)
    bench.go(to: first * 300)
    let expected = (1...300).map { count in
      let need = Int64(count) * stroke * day
      return (need + rate - 1) / rate
    }
    #expect(bench.strokeTimes().prefix(300) == expected[...])
  }

  @Test
  func `the strokes of a bolus on top of basal are those of a count by ms (SR-002, H-14)`() {
    let campaign = Campaign(name: "strokes of boluses", seed: 0xD1, cases: 400)
    let failure = campaign.firstFailure { random in
      let rate = Int64(random.pick([6_000, 48_001, 359_999, 1_999_999]))
      let over = Int64(random.pick(1...20_000))
      let volume = Int64(random.pick([1, 249, 250, 251, 999, 25_001, random.pick(1...60_000)]))
      let begin = Int64(random.pick(0...400_000))
      guard var bench = try? ControllerDriver(.constant(rate)) else { return "not built" }
      bench.at(begin) { $0.begin(.clinician, .nL(volume), over: TimeSpan(milliseconds: over)) }
      let before = bench.strokes.count
      bench.go(to: begin + over + 100)
      var expected: [Int64] = []
      var commanded: Int64 = rate * begin / day / stroke
      for instant in begin...begin + over + 100 {
        let elapsed: Int64 = min(instant - begin, over)
        let basal: Int64 = rate * instant / day
        let demand: Int64 = basal + volume * elapsed / over
        while commanded < demand / stroke {
          commanded += 1
          expected.append(instant)
        }
      }
      let got = Array(bench.strokeTimes().dropFirst(before))
      return got == expected ? nil : "\(rate) \(volume)/\(over) at \(begin): \(got) \(expected)"
    }
    #expect(failure == nil)
  }

  @Test
  func `what is left under a nanolitre goes from program to program (SR-002, H-09)`() throws {
    var random = Seeded(seed: 0xD2)
    var bench = try ControllerDriver(.constant(6_001))
    var exact: Int64 = 0
    var rate: Int64 = 6_001
    for _ in 0..<2_000 {
      let span = Int64(random.pick(1...3_000_000))
      exact += rate * span
      bench.go(by: span)
      #expect(bench.demand == exact / day)
      #expect((0..<stroke).contains(bench.demand - bench.delivered))
      if random.once(in: 40) { try bench.refill() }
      rate = Int64(random.pick([0, 6_000, 6_001, 99_991, 360_000, 1_999_993]))
      try bench.activate(rate == 0 ? .test(.stopped) : .constant(rate))
    }
    #expect(bench.delivered == exact / day / stroke * stroke)
  }

  @Test
  func `what is left under a nanolitre goes from step to step (SR-002, SR-087, H-09)`() throws {
    let steps = (0..<48).map { index in
      (minute: index * 29 + 7, nanolitresPerDay: 6_001 + Int64(index) * 9_973)
    }
    var bench = try ControllerDriver(try .daily(steps), local: .monday(hour: 0))
    var exact: Int64 = 0
    for ofPump in 0..<12 * 1440 {
      let rate = steps.last { $0.minute <= ofPump % 1440 } ?? steps[47]
      exact += rate.nanolitresPerDay * minute
      bench.go(by: minute)
      guard bench.demand == exact / day, bench.delivered == exact / day / stroke * stroke else {
        Issue.record("minute \(ofPump): \(bench.demand), \(bench.delivered), \(exact)")
        return
      }
    }
  }

  @Test
  func `halts neither lose nor add a fraction of the basal (SR-002, SR-014)`() throws {
    var random = Seeded(seed: 0xD3)
    var bench = try ControllerDriver(.constant(99_991))
    var running: Int64 = 0
    for _ in 0..<500 {
      let span = Int64(random.pick(1...900_000))
      running += span
      bench.go(by: span)
      #expect(bench.demand == 99_991 * running / day)
      let pause = Int64(random.pick(1...600_000))
      bench.act { $0.suspend(for: TimeSpan(milliseconds: pause)) }
      bench.go(by: pause)
      #expect(bench.demand == 99_991 * running / day && bench.state == .running)
    }
    #expect((0..<stroke).contains(bench.demand - bench.delivered))
  }

  @Test
  func `a bolus never changes the basal under it (SR-013)`() throws {
    let program = Program.constant(123_457).with(dose: 7_001, maxPer24h: 24)
    var plain = try ControllerDriver(program)
    var dosed = try ControllerDriver(program)
    var given: Int64 = 0
    for index in 1...20 as ClosedRange<Int64> {
      let begin = index * 61 * minute
      dosed.at(begin) { $0.requestPatientDose() }
      for part in 0...4 as ClosedRange<Int64> {
        let instant = begin + part * 149_999
        plain.go(to: instant)
        dosed.go(to: instant)
        #expect(dosed.demand - plain.demand == given + 7_001 * part * 149_999 / 600_000)
        #expect(dosed.rate == 123_457 && dosed.state == .running)
      }
      given += 7_001
      plain.go(to: begin + 600_000)
      dosed.go(to: begin + 600_000)
      #expect(dosed.demand - plain.demand == given)
    }
    #expect(dosed.count(of: .bolusEnded(.patient)) == 20)
  }

  @Test(arguments: [0, 1, 23_995, 23_996, 300_000, 599_999] as [Int64])
  func `an abandoned bolus keeps what it had contributed, the rest is told (SR-014)`(
    elapsed: Int64
  ) throws {
    var bench = try ControllerDriver(.constant(6_000))
    bench.at(hour) { $0.giveClinicianBolus(.nL(25_005), over: .minutes(10)) }
    bench.at(hour + elapsed) { $0.cancelBolus() }
    let given = 25_005 * elapsed / 600_000
    #expect(
      bench.events(at: hour + elapsed).last
        == .bolusAbandoned(.clinician, remaining: .nL(25_005 - given))
    )
    #expect(bench.demand == 6_000 * (hour + elapsed) / day + given)
    bench.go(to: day)
    #expect(bench.demand == 6_000 + given)
  }

  @Test
  func `a bolus ends at T with all of V and not a millisecond before`() throws {
    var bench = try ControllerDriver(.constant(6_000))
    bench.at(hour) { $0.giveClinicianBolus(.nL(25_005), over: .minutes(10)) }
    let end = hour + 10 * minute
    bench.go(to: end - 1)
    #expect(bench.demand == 6_000 * (end - 1) / day + 25_005 * 599_999 / 600_000)
    #expect(bench.count(of: .bolusEnded(.clinician)) == 0)
    bench.go(to: end)
    #expect(bench.demand == 6_000 * end / day + 25_005)
    #expect(bench.times(of: .bolusEnded(.clinician)) == [end])
  }

  @Test
  func `strokes that fall due in one millisecond are all given (SR-002)`() throws {
    var bench = try ControllerDriver(.constant(6_000))
    bench.at(minute) { $0.begin(.clinician, .nL(10_000), over: TimeSpan(milliseconds: 4)) }
    bench.go(to: 2 * minute)
    let expected = (1...4).flatMap { Array(repeating: minute + Int64($0), count: 10) }
    #expect(bench.strokeTimes() == expected)
  }

  @Test
  func `a stroke due at the instant of a change is of the old rate (SR-002)`() throws {
    var bench = try ControllerDriver(.constant(Self.even))
    bench.go(to: 10 * minute)
    #expect(bench.strokeTimes().last == 10 * minute)
    try bench.activate(.constant(2 * Self.even))
    bench.go(to: 11 * minute)
    #expect(bench.strokeTimes().suffix(3) == [10 * minute, 10 * minute + 30_000, 11 * minute])
    bench.act { $0.suspend(for: .minutes(5)) }
    #expect(bench.demand == 12 * stroke && bench.strokes.count == 12)
  }

  @Test
  func `demand, strokes and books agree in a whole year of small changes (SR-002, H-09)`() throws {
    var random = Seeded(seed: 0xD4)
    var bench = try ControllerDriver(.constant(48_000))
    var exact: Int64 = 0
    var boluses: Int64 = 0
    var rate: Int64 = 48_000
    for _ in 0..<365 {
      if random.once(in: 3) {
        let volume = Int64(random.pick(1...20_000))
        bench.act { $0.giveClinicianBolus(.nL(volume), over: .minutes(17)) }
        boluses += volume
      }
      bench.go(by: day)
      exact += rate * day
      #expect(bench.demand == exact / day + boluses)
      #expect((0..<stroke).contains(bench.demand - bench.delivered))
      #expect(bench.reservoir + bench.delivered <= 40_000_000 + bench.demand)
      rate = 48_000 + Int64(random.pick(-40_000...40_000))
      try bench.activate(.constant(rate))
      try bench.refill()
    }
    #expect(bench.safeReasons.isEmpty && bench.halts.isEmpty)
  }
}
