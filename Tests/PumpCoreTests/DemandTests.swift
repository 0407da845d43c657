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
    var steps: [(minute: Int, nanolitresPerDay: Int64)] = []
    for index in 0..<48 {
      let rate: Int64 = 6_001 + Int64(index) * 9_973
      steps.append((minute: index * 29 + 7, nanolitresPerDay: rate))
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
    let last: [Int64] = [600_000, 630_000, 660_000]
    #expect(bench.strokeTimes().suffix(3) == last[...])
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

/// What comes first where several things fall on one millisecond (contract: Delivery law, 4).
struct InstantOrderTests {
  static let periodic = Program.periodic(1_000, over: .minutes(10), every: .hours(3))
  static let started = PumpEvent.bolusStarted(.periodic, .nL(1_000))

  /// Whether the periodic bolus due at 3 h begins, after something that ends at an instant.
  private func begins(
    _ program: Program = periodic,
    _ prepare: (inout ControllerDriver) throws -> Void
  ) throws -> Bool {
    var bench = try ControllerDriver(program)
    try prepare(&bench)
    bench.go(to: 3 * hour)
    let begins = bench.times(of: Self.started).contains(3 * hour)
    #expect(bench.times(of: .bolusSkipped).contains(3 * hour) != begins)
    return begins
  }

  @Test(arguments: [0, 1] as [Int64])
  func `the end of a suspension comes before a periodic bolus due`(late: Int64) throws {
    let begins = try begins {
      $0.at(hour + late) { $0.suspend(for: .hours(2)) }
    }
    #expect(begins == (late == 0))
  }

  @Test(arguments: [0, 1] as [Int64])
  func `the trial stroke that ends a stall comes before a periodic bolus due`(late: Int64) throws {
    let program = Program.periodic(
      1_000,
      over: .minutes(10),
      every: .hours(3),
      background: 360_000
    )
    let begins = try begins(program) {
      // The third stroke at 2 h 40 min; trial strokes at 2 h 50 min and 3 h.
      $0.go(to: 2 * hour + 37 * minute)
      if late > 0 { $0.act { $0.suspend(for: TimeSpan(milliseconds: late)) } }
      $0.answers = [false, false, false]
    }
    #expect(begins == (late == 0))
  }

  /// Past a limit of 160 strokes from 1 h on; at 24 h the window loses 60 of 161.
  private func limited(_ program: Program, from instant: Int64) throws -> ControllerDriver {
    let limited = program.with { $0.limits.maxVolumePer24h = .nL(40_000) }
    var bench = try ControllerDriver(
      limited.with {
        $0.basal = .constant(.nLPerDay(6_000))
        $0.bridge = nil
      }
    )
    bench.go(to: 899_999)
    bench.addToWindow(strokes: 60)
    bench.go(to: 900_000)
    bench.addToWindow(strokes: 101)
    bench.go(to: instant)
    #expect(bench.safeReasons == [.limit])
    try bench.activate(limited)
    bench.go(to: day)
    #expect(bench.times(of: .safeRateLeft(.limit)) == [day])
    return bench
  }

  @Test(arguments: [0, 1] as [Int64])
  func `leaving limit comes before a periodic bolus due`(late: Int64) throws {
    let program = Program.periodic(600, over: .minutes(10), every: .hours(1)).with {
      $0.safeRate = .zero
    }
    let bench = try limited(program, from: 2 * hour - late)
    let begun = bench.times(of: .bolusStarted(.periodic, .nL(600)))
    #expect(begun == (late == 0 ? [day] : []))
    #expect(bench.count(of: .bolusSkipped) == (late == 0 ? 22 : 23))
  }

  @Test
  func `leaving limit comes before the first periodic bolus of a basal that a bridge begins`()
    throws
  {
    // At the safe rate a stroke an hour: the bridge of 22 of them ends at 24 h too.
    let program = Program.periodic(600, over: .minutes(10), every: .hours(1)).with {
      $0.safeRate = .nLPerDay(6_000)
      $0.bridge = Bridge(rate: .nLPerDay(6_000), volume: .nL(5_500))
    }
    let bench = try limited(program, from: 2 * hour)
    #expect(bench.times(of: .bridgeEnded) == [day])
    #expect(bench.times(of: .bolusStarted(.periodic, .nL(600))) == [day])
    #expect(bench.count(of: .bolusSkipped) == 0)
  }

  @Test
  func `strokes due come first: they can end the bolus that ends there`() throws {
    var bench = try ControllerDriver(.constant(6_000))
    bench.act { $0.giveClinicianBolus(.nL(1_000), over: .minutes(10)) }
    // 4 strokes by 10 min, with the basal a little sooner; the last three are not seen.
    bench.answers = [true, false, false, false]
    bench.go(to: 10 * minute)
    let stalled = try #require(bench.times(of: .halted(.stalled)).first)
    #expect(stalled < 10 * minute)
    let given = 1_000 * stalled / (10 * minute)
    #expect(bench.events.contains(.bolusAbandoned(.clinician, remaining: .nL(1_000 - given))))
    // Without basal the fourth stroke and the end are one instant: the stroke comes first.
    var exact = try ControllerDriver(Self.periodic)
    exact.answers = [true, false, false, false]
    exact.go(to: 10 * minute)
    #expect(exact.times(of: .halted(.stalled)) == [10 * minute])
    #expect(exact.events.contains(.bolusAbandoned(.periodic, remaining: .zero)))
    #expect(exact.count(of: .bolusEnded(.periodic)) == 0)
  }

  @Test
  func `a periodic bolus due comes before the end of service`() throws {
    var bench = try ControllerDriver(Self.periodic)
    bench.at(3 * hour) { $0.batteryShows(.replacement) }
    bench.go(to: 3 * hour + 90 * day)
    let end = 3 * hour + 90 * day
    #expect(
      bench.events(at: end).filter { $0 != .alarmRepeated(.electiveReplacement) } == [
        Self.started, .alarmRaised(.endOfService),
        .bolusAbandoned(.periodic, remaining: .nL(1_000)), .halted(.endOfService),
      ]
    )
  }

  @Test
  func `faults and commands come after all that is due`() throws {
    var bench = try ControllerDriver(.constant(360_000).with(dose: 5_000, lockout: .zero))
    bench.act { $0.requestPatientDose() }
    bench.at(10 * minute) { $0.suspend(for: .minutes(30)) }
    #expect(
      bench.events(at: 10 * minute) == [.bolusEnded(.patient), .halted(.suspended)]
    )
    #expect(bench.delivered == 10 * stroke + 5_000)
    bench.at(40 * minute) { $0.suspend(for: .minutes(30)) }
    #expect(bench.events(at: 40 * minute) == [.resumed, .halted(.suspended)])
    bench.at(90 * minute) { $0.powerFailed() }
    #expect(bench.delivered == 30 * stroke + 5_000 && bench.strokeTimes().last == 90 * minute)
  }
}
