import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Halts, their ends, and what an interruption leaves (contract: Faults; The safe rate).
struct HaltTests {
  /// A stroke a minute.
  static let program = Program.constant(360_000).with { $0.restartGap = .hours(3) }

  private func bench() throws -> ControllerDriver { try ControllerDriver(Self.program) }

  // MARK: Suspensions

  @Test(arguments: [HaltReason.suspended, .mri])
  func `a suspension ends by itself, to the millisecond (SR-022, SR-023, H-49, H-57)`(
    reason: HaltReason
  ) throws {
    var bench = try bench()
    bench.at(hour) { Self.halt(&$0, reason, for: .hours(2)) }
    #expect(bench.halts == [reason] && bench.rate == 0)
    bench.go(to: 3 * hour - 1)
    #expect(bench.state == .halted && bench.demand == 60 * 250)
    bench.go(to: 3 * hour)
    #expect(bench.state == .running && bench.times(of: .resumed) == [3 * hour])
    bench.go(to: 4 * hour)
    #expect(bench.demand == 120 * 250 && bench.strokes.count == 120)
    #expect(bench.events.filter { if case .alarmRaised = $0 { true } else { false } }.isEmpty)
  }

  static func halt(_ controller: inout Controller, _ reason: HaltReason, for span: TimeSpan) {
    reason == .mri ? controller.enterMRI(for: span) : controller.suspend(for: span)
  }

  @Test(arguments: [HaltReason.suspended, .mri])
  func `no suspension outlasts its bound, whatever was asked (SR-022, H-57)`(
    reason: HaltReason
  ) throws {
    let longest: Int64 = reason == .mri ? 2 : 4
    for asked in [
      TimeSpan.hours(longest), .hours(longest) + TimeSpan(milliseconds: 1), .hours(24_000),
    ] {
      var bench = try bench()
      bench.at(hour) { Self.halt(&$0, reason, for: asked) }
      bench.go(to: (1 + longest) * hour - 1)
      #expect(bench.state == .halted)
      bench.go(to: (1 + longest) * hour)
      #expect(bench.times(of: .resumed) == [(1 + longest) * hour])
    }
  }

  @Test(arguments: [HaltReason.suspended, .mri])
  func `a further suspension sets a new end, later or earlier (SR-023, H-57)`(
    reason: HaltReason
  ) throws {
    for (span, end) in [(TimeSpan.hours(2), 150), (.minutes(10), 40)] as [(TimeSpan, Int64)] {
      var bench = try bench()
      bench.act { Self.halt(&$0, reason, for: .hours(1)) }
      bench.at(30 * minute) { Self.halt(&$0, reason, for: span) }
      bench.go(to: 4 * hour)
      #expect(bench.count(of: .halted(reason)) == 1)
      #expect(bench.times(of: .resumed) == [end * minute])
    }
  }

  @Test
  func `suspended and mri each have an end of their own (SR-023, H-57)`() throws {
    for isMRIFirst in [true, false] {
      var bench = try bench()
      bench.act {
        Self.halt(&$0, isMRIFirst ? .mri : .suspended, for: .minutes(30))
        Self.halt(&$0, isMRIFirst ? .suspended : .mri, for: .minutes(50))
      }
      #expect(bench.halts == [.suspended, .mri])
      bench.go(to: 30 * minute)
      #expect(bench.halts == (isMRIFirst ? [.suspended] : [.mri]))
      #expect(bench.count(of: .resumed) == 0)
      bench.go(to: 50 * minute)
      #expect(bench.halts.isEmpty && bench.times(of: .resumed) == [50 * minute])
    }
  }

  @Test
  func `resuming therapy ends both at once, and nothing else (SR-023, SR-025)`() throws {
    var bench = try bench()
    bench.act {
      $0.suspend(for: .hours(2))
      $0.enterMRI(for: .hours(2))
    }
    bench.at(minute) { $0.resumeTherapy() }
    #expect(bench.state == .running && bench.times(of: .resumed) == [minute])
    bench.stalls = [minute..<day]
    bench.go(to: 10 * minute)
    bench.act { $0.suspend(for: .hours(1)) }
    bench.act { $0.resumeTherapy() }
    #expect(bench.halts == [.stalled])
  }

  @Test
  func `four hours after the last of any suspensions there is none (SR-022, H-49, H-57)`() {
    let campaign = Campaign(name: "suspensions", seed: 0x5A, cases: 300)
    let failure = campaign.firstFailure { random in
      guard var bench = try? ControllerDriver(Self.program) else { return "not built" }
      for _ in 0..<random.pick(1...12) {
        let instant = bench.now + Int64(random.pick(0...7_200_000))
        let span = TimeSpan.minutes(Int64(random.pick(1...120)))
        switch random.pick(0...6) {
        case 0, 1: bench.at(instant) { $0.suspend(for: 2 * span) }
        case 2, 3: bench.at(instant) { $0.enterMRI(for: span) }
        case 4: bench.losePower(from: instant, to: instant + span.milliseconds)
        case 5: bench.at(instant) { $0.setClock(to: .monday(hour: instant % 50)) }
        default: bench.at(instant) { $0.enterSafeRate() }
        }
      }
      bench.go(by: 4 * hour)
      return bench.halts.isEmpty ? nil : "\(bench.halts)"
    }
    #expect(failure == nil)
  }

  // MARK: Nothing is made up

  /// A halt for each reason, from 1 h on, that ends at 3 h; `off` is none of them.
  static let outages: [(name: String, bring: @Sendable (inout ControllerDriver) throws -> Void)] = [
    ("suspended", { $0.at(hour) { $0.suspend(for: .hours(2)) } }),
    ("mri", { $0.at(hour) { $0.enterMRI(for: .hours(2)) } }),
    (
      "overDelivery",
      {
        $0.at(hour) { $0.extraStrokesSeen(40) }
        $0.at(3 * hour) { $0.clear(.overDelivery) }
      }
    ),
    (
      "empty",
      {
        $0.at(hour) { $0.reservoir = 100 }
        $0.go(to: 3 * hour)
        try $0.refill()
      }
    ),
    (
      "stopped",
      {
        $0.go(to: hour)
        try $0.activate(.test(.stopped))
        $0.go(to: 3 * hour)
        try $0.activate(program)
      }
    ),
    ("off", { $0.losePower(from: hour, to: 3 * hour) }),
  ]

  @Test
  func `after a halt the program goes on as planned, and nothing is made up (SR-014, H-27)`() throws
  {
    for (name, bring) in Self.outages {
      var bench = try bench()
      try bring(&bench)
      bench.go(to: 3 * hour)
      let before = bench.demand
      #expect(before <= 61 * 250, "\(name)")
      bench.forget()
      bench.go(to: 5 * hour)
      #expect(bench.demand - before == 120 * 250, "\(name)")
      let times = bench.strokeTimes()
      #expect(abs(times.count - 120) <= 1, "\(name)")
      #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 == minute }, "\(name)")
    }
  }

  @Test
  func `a halt abandons the running bolus, whatever its kind (SR-014)`() throws {
    let program = Program.periodic(6_000, over: .minutes(30), every: .hours(8))
    for reason in [HaltReason.suspended, .mri, .overDelivery, .endOfService] {
      var bench = try ControllerDriver(program)
      bench.at(10 * minute) {
        switch reason {
        case .overDelivery: $0.extraStrokesSeen(40)
        case .endOfService: $0.batteryShows(.endOfService)
        default: Self.halt(&$0, reason, for: .hours(1))
        }
      }
      let events = bench.events(at: 10 * minute)
      #expect(events.contains(.bolusAbandoned(.periodic, remaining: .nL(4_000))))
      #expect(events.contains(.halted(reason)) && bench.demand == 2_000)
      bench.go(to: 7 * hour)
      #expect(bench.demand == 2_000)
    }
  }

  @Test
  func `each reason is told, and the end of the last one alone resumes (SR-025)`() throws {
    var bench = try bench()
    bench.act { $0.suspend(for: .hours(1)) }
    bench.at(10 * minute) { $0.extraStrokesSeen(40) }
    bench.at(20 * minute) { $0.enterMRI(for: .minutes(10)) }
    try bench.activate(.test(.stopped))
    #expect(bench.halts == [.stopped, .overDelivery, .suspended, .mri])
    bench.go(to: 2 * hour)
    #expect(bench.halts == [.stopped, .overDelivery])
    try bench.activate(Self.program)
    #expect(bench.count(of: .resumed) == 0)
    bench.act { $0.clear(.overDelivery) }
    #expect(bench.times(of: .resumed) == [2 * hour])
    let halted = bench.events.filter { if case .halted = $0 { true } else { false } }
    #expect(
      halted == [.halted(.suspended), .halted(.overDelivery), .halted(.mri), .halted(.stopped)]
    )
  }

  // MARK: Gaps

  private func hasGap(_ bring: (inout ControllerDriver) throws -> Void) throws -> Bool {
    var bench = try bench()
    try bring(&bench)
    let isRaised = bench.count(of: .alarmRaised(.therapyGap)) > 0
    #expect(isRaised == bench.events.contains(.safeRateEntered(.gap)))
    return isRaised
  }

  @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)])
  func `an interruption as long as restartGap ends in the safe rate (SR-024, H-17)`(
    late: Int64,
    isGap: Bool
  ) throws {
    let span = TimeSpan(milliseconds: 3 * hour + late)
    #expect(
      try hasGap {
        $0.at(hour) { $0.suspend(for: span) }; $0.go(to: 5 * hour)
      } == isGap
    )
    #expect(try hasGap { $0.losePower(from: hour, to: 4 * hour + late) } == isGap)
    // From the first halt to the last one's end, of whatever reasons.
    let overlapping = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(1)) }
      $0.at(2 * hour - 1) { $0.extraStrokesSeen(40) }
      $0.at(3 * hour) { $0.enterMRI(for: TimeSpan(milliseconds: hour + late)) }
      $0.act { $0.clear(.overDelivery) }
      $0.go(to: 6 * hour)
    }
    #expect(overlapping == isGap)
    // Time switched off is part of it, in the middle, at its begin and at its end.
    let off = try hasGap {
      $0.losePower(from: hour, to: 90 * minute)
      $0.at(90 * minute) { _ in }
      $0.at(2 * hour) { $0.suspend(for: .hours(1)) }
      $0.losePower(from: 150 * minute, to: 5 * hour + late)
    }
    #expect(off == isGap)
  }

  @Test
  func `two outages that only touch are two (SR-024)`() throws {
    let isGap = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(2)) }
      $0.at(3 * hour) { $0.suspend(for: .hours(2)) }
      $0.go(to: 9 * hour)
    }
    #expect(!isGap)
  }

  @Test
  func `a program sent meanwhile does not reset the gap, it decides how long (SR-024, H-17)`()
    throws
  {
    let isGap = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(4)) }
      $0.go(to: 4 * hour + 59 * minute)
      try $0.activate(Self.program)
      $0.go(to: 6 * hour)
    }
    #expect(isGap)
    let isLonger = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(4)) }
      $0.go(to: 2 * hour)
      try $0.activate(Self.program.with { $0.restartGap = TimeSpan(milliseconds: 4 * hour + 1) })
      $0.go(to: 6 * hour)
    }
    #expect(!isLonger)
  }

  @Test
  func `what a clinician stopped is no gap, before, during or after (SR-024)`() throws {
    let alone = try hasGap {
      try $0.activate(.test(.stopped))
      $0.go(to: 30 * day)
      try $0.activate(Self.program)
    }
    let atEnd = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(4)) }
      $0.go(to: 2 * hour)
      try $0.activate(.test(.stopped).with { $0.restartGap = .hours(3) })
      $0.go(to: 6 * hour)
      try $0.activate(Self.program)
    }
    let off = try hasGap {
      try $0.activate(.test(.stopped).with { $0.restartGap = .hours(3) })
      $0.losePower(from: hour, to: 9 * hour)
      try $0.activate(Self.program)
    }
    let before = try hasGap {
      try $0.activate(.test(.stopped))
      $0.at(hour) { $0.suspend(for: .hours(2)) }
      try $0.activate(Self.program)
      $0.go(to: 4 * hour)
    }
    #expect(!alone && !atEnd && !off && !before)
    // Stopped in between only: the other halts span it.
    let between = try hasGap {
      $0.at(hour) { $0.suspend(for: .hours(3)) }
      $0.go(to: 2 * hour)
      try $0.activate(.test(.stopped).with { $0.restartGap = .hours(3) })
      $0.go(to: 3 * hour)
      try $0.activate(Self.program)
      $0.go(to: 5 * hour)
    }
    #expect(between)
  }

  @Test
  func `a safe rate of none is no interruption`() throws {
    let isGap = try hasGap {
      try $0.activate(Self.program.with { $0.safeRate = .zero })
      $0.at(hour) { $0.enterSafeRate() }
      $0.at(9 * day) { $0.resumeTherapy() }
    }
    #expect(!isGap)
  }

  @Test
  func `resuming leaves a gap that held, not one that it has just shown (SR-024, H-17)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.suspend(for: .hours(4)) }
    bench.at(4 * hour) { $0.resumeTherapy() }
    #expect(bench.safeReasons == [.gap] && bench.rate == 50_000)
    bench.act { $0.resumeTherapy() }
    #expect(bench.state == .running && !bench.controller.alarms.holds(.therapyGap))
    // Held before a further long outage: not entered again, and left.
    bench.at(5 * hour) { $0.suspend(for: .hours(4)) }
    bench.at(10 * hour) { $0.suspend(for: .hours(4)) }
    #expect(bench.count(of: .safeRateEntered(.gap)) == 2)
    bench.at(13 * hour) { $0.resumeTherapy() }
    #expect(bench.state == .running && bench.count(of: .safeRateEntered(.gap)) == 2)
  }
}
