import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Rates by local time (contract: Program, `daily` and `weekly`).
struct ScheduleTests {
  private func error(_ build: (inout Schedule) throws(ScheduleError) -> Void) -> ScheduleError? {
    var schedule = Schedule()
    do throws(ScheduleError) {
      try build(&schedule)
      return nil
    } catch { return error }
  }

  private static func fill(_ schedule: inout Schedule, steps: Int) throws(ScheduleError) {
    try schedule.beginPattern()
    for minute in 0..<steps { try schedule.addStep(minute: minute, rate: .nLPerDay(6_000)) }
  }

  @Test
  func `a malformed schedule is refused with what is wrong with it`() {
    let rate = FlowRate.nLPerDay(6_000)
    #expect(error { schedule throws(ScheduleError) in try Self.fill(&schedule, steps: 48) } == nil)
    #expect(
      error { schedule throws(ScheduleError) in try Self.fill(&schedule, steps: 49) }
        == .tooManySteps(max: 48)
    )
    for minute in [-1, 1440] {
      #expect(
        error { schedule throws(ScheduleError) in
          try schedule.beginPattern()
          try schedule.addStep(minute: minute, rate: rate)
        } == .minuteOutsideDay(minute)
      )
    }
    for minute in [599, 600] {
      #expect(
        error { schedule throws(ScheduleError) in
          try schedule.beginPattern()
          try schedule.addStep(minute: 600, rate: rate)
          try schedule.addStep(minute: minute, rate: rate)
        } == .notAscending(minute: minute, previous: 600)
      )
    }
    #expect(
      error { schedule throws(ScheduleError) in
        try schedule.beginPattern()
        try schedule.beginPattern()
      } == .noSteps
    )
    #expect(
      error { schedule throws(ScheduleError) in
        for _ in 0..<8 { try Self.fill(&schedule, steps: 48) }
      } == .tooManyPatterns(max: 7)
    )
    for pattern in [-1, 1] {
      #expect(
        error { schedule throws(ScheduleError) in
          try Self.fill(&schedule, steps: 1)
          try schedule.setPattern(pattern, ofDay: 6)
        } == .noSuchPattern(pattern)
      )
    }
  }

  @Test
  func `a full schedule keeps all of its steps`() throws {
    var schedule = Schedule()
    for pattern in 0..<7 {
      try schedule.beginPattern()
      for step in 0..<48 {
        try schedule.addStep(
          minute: step * 30,
          rate: .nLPerDay(Int64(6_000 + pattern * 100 + step))
        )
      }
    }
    for weekday in 0..<7 { try schedule.setPattern(6 - weekday, ofDay: weekday) }
    for weekday in 0..<7 {
      let pattern = schedule.pattern(ofDay: weekday)
      #expect(pattern == 6 - weekday && schedule.stepCount(of: pattern) == 48)
      for step in 0..<48 {
        let (minute, rate) = schedule.step(step, of: pattern)
        #expect(minute == step * 30)
        #expect(rate == .nLPerDay(Int64(6_000 + pattern * 100 + step)))
      }
    }
  }

  @Test
  func `the step in force and the time to the next are those of a count by minutes (SR-087)`() {
    let campaign = Campaign(name: "steps in force", seed: 0x5C, cases: 300)
    let failure = campaign.firstFailure { random in
      do throws(ScheduleError) {
        var schedule = Schedule()
        try schedule.beginPattern()
        var steps: [Int: Int64] = [:]
        for index in 0..<random.pick(1...8) {
          steps[random.pick(0...1439)] = 6_000 + Int64(index)
        }
        let begins = steps.keys.sorted()
        for begin in begins {
          try schedule.addStep(minute: begin, rate: .nLPerDay(steps[begin] ?? 0))
        }
        for _ in 0..<20 {
          let local = Int64(random.pick(-500_000_000...500_000_000)) * 60_007
          let ofDay = ((local % day) + day) % day
          let (rate, untilNext) = schedule.rate(at: LocalTime(milliseconds: local))
          let inForce = begins.last { Int64($0) * minute <= ofDay } ?? begins[begins.count - 1]
          let next = begins.first { Int64($0) * minute > ofDay } ?? begins[0] + 1440
          guard rate == steps[inForce], untilNext == Int64(next) * minute - ofDay else {
            return "at \(ofDay) ms of the day"
          }
        }
        return nil
      } catch { return "\(error)" }
    }
    #expect(failure == nil)
  }

  @Test
  func `before the first step of a day the last one of the day before holds`() throws {
    let program = try Program.daily([(360, 48_000), (1_320, 96_000)])
    var bench = try ControllerDriver(program, local: .monday(hour: 0))
    #expect(bench.rate == 96_000)
    for (instant, rate) in [
      (6 * hour - 1, 96_000), (6 * hour, 48_000), (22 * hour - 1, 48_000), (22 * hour, 96_000),
      (day, 96_000), (day + 6 * hour, 48_000),
    ] as [(Int64, Int64)] {
      bench.go(to: instant)
      #expect(bench.rate == rate, "\(instant)")
    }
  }

  @Test
  func `a step acts from its millisecond on, not before (SR-002)`() throws {
    let program = try Program.daily([(0, 864_000), (600, 2_160_000)])
    var bench = try ControllerDriver(program, local: .monday(hour: 9, minute: 59))
    // 10 nL a second, then 25.
    bench.go(to: minute)
    #expect(bench.demand == 600)
    bench.go(to: minute + 1_000)
    #expect(bench.demand == 625)
    #expect(bench.times(of: .stepChanged(.nLPerDay(2_160_000))) == [minute])
  }

  @Test
  func `each day of the week follows its own pattern from midnight on`() throws {
    var program = Program.test(.scheduled)
    for pattern in 0..<3 {
      try program.schedule.beginPattern()
      try program.schedule.addStep(minute: 0, rate: .nLPerDay(Int64(10_000 * (pattern + 1))))
      try program.schedule.addStep(minute: 720, rate: .nLPerDay(Int64(10_000 * (pattern + 1)) + 1))
    }
    let patterns = [0, 1, 0, 1, 2, 2, 1]
    for (weekday, pattern) in patterns.enumerated() {
      try program.schedule.setPattern(pattern, ofDay: weekday)
    }
    var bench = try ControllerDriver(program, local: .monday(hour: 23, day: 4))
    for instant in 0..<15 as Range<Int64> {
      let midnight = hour + instant * day
      bench.go(to: midnight - 1)
      let yesterday = Int64(10_000 * (patterns[Int(instant + 4) % 7] + 1))
      #expect(bench.rate == yesterday + 1)
      bench.go(to: midnight)
      let today = Int64(10_000 * (patterns[Int(instant + 5) % 7] + 1))
      #expect(bench.rate == today)
      bench.go(to: midnight + 12 * hour)
      #expect(bench.rate == today + 1)
    }
  }

  @Test
  func `local time runs on evenly through the nights in which clocks are changed (SR-087)`() throws
  {
    let program = try Program.daily([(0, 6_000), (120, 360_000), (180, 6_000)])
    // 29 March and 25 October 2026, when central European clocks change.
    for days in [83, 293] as [Int64] {
      var bench = try ControllerDriver(program, local: .monday(hour: 0, day: days))
      bench.go(to: day)
      #expect(bench.demand == 360_000 / 24 + 6_000 * 23 / 24)
      #expect(bench.controller.localTime == .monday(hour: 0, day: days + 1))
    }
  }

  @Test
  func `setting the clock moves to the step of the new local time (SR-086, SR-087)`() throws {
    let program = try Program.daily([(0, 6_000), (720, 360_000)])
    var bench = try ControllerDriver(program, local: .monday(hour: 8))
    for (hours, minutes, rate, untilNext) in [
      (11, 59, 6_000, minute), (12, 0, 360_000, 12 * hour), (23, 59, 360_000, minute),
      (0, 0, 6_000, 12 * hour),
    ] as [(Int64, Int64, Int64, Int64)] {
      bench.go(by: 1_000)
      let before = bench.demand
      bench.act { $0.setClock(to: .monday(hour: hours, minute: minutes)) }
      #expect(bench.rate == rate && bench.demand == before)
      bench.go(by: untilNext - 1)
      #expect(bench.rate == rate)
      bench.go(by: 1)
      #expect(bench.rate != rate)
    }
    #expect(bench.count(of: .clockSet) == 4)
  }

  @Test
  func `a step that comes while delivery is halted or safe is in force when it resumes`() throws {
    let program = try Program.daily([(0, 6_000), (600, 360_000)])
    var bench = try ControllerDriver(program, local: .monday(hour: 9))
    bench.at(30 * minute) { $0.suspend(for: .hours(1)) }
    bench.go(to: 90 * minute)
    #expect(bench.rate == 360_000 && bench.state == .running)
    bench.at(15 * hour - 1) { $0.enterSafeRate() }
    bench.go(to: 15 * hour)
    #expect(bench.rate == 50_000)
    bench.act { $0.resumeTherapy() }
    #expect(bench.rate == 6_000)
  }
}
