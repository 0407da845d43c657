import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// A motor that does not move (contract: Faults), H-11, H-12.
struct StallTests {
  /// A stroke a minute, at whole minutes.
  static let program = Program.constant(360_000).with { $0.restartGap = .days(3) }

  private func bench(_ program: Program = program) throws -> ControllerDriver {
    try ControllerDriver(program)
  }

  /// Stalled by the strokes of the first three minutes.
  private func stalled(_ program: Program = program) throws -> ControllerDriver {
    var bench = try bench(program)
    bench.answers = [false, false, false]
    bench.go(to: 3 * minute)
    #expect(bench.halts == [.stalled])
    return bench
  }

  @Test
  func `exactly three strokes in a row without the encoder halt (SR-005, SR-021, H-11, H-38)`()
    throws
  {
    var bench = try bench()
    bench.answers = [false, false, false]
    bench.go(to: 3 * minute - 1)
    #expect(bench.state == .running && bench.strokes.count == 2)
    bench.go(to: 3 * minute)
    #expect(
      bench.events(at: 3 * minute) == [.alarmRaised(.motorStall), .halted(.stalled)]
    )
    #expect(Alarm.motorStall.priority == .high && bench.delivered == 0)
  }

  @Test
  func `a confirmed stroke in between begins the count anew, and tells nothing (H-12)`() throws {
    var bench = try bench()
    bench.answers = [false, false, true, false, false, true, true, false, true]
    bench.go(to: hour)
    #expect(bench.state == .running && bench.events == [.programActivated])
    // Two lost, one seen, two lost, two seen, one lost: five that are never made up.
    #expect(bench.demand == 60 * 250 && bench.delivered == 55 * 250)
  }

  @Test
  func `the row goes on over halts, programs and losses of power (SR-005, H-11)`() throws {
    let breaks: [(inout ControllerDriver) throws -> Void] = [
      {
        $0.act { $0.suspend(for: .minutes(1)) }; $0.go(by: minute)
      },
      { try $0.activate(Self.program) },
      { $0.losePower(from: $0.now, to: $0.now + minute) },
      {
        $0.act { $0.enterSafeRate() }; $0.act { $0.resumeTherapy() }
      },
      { $0.act { $0.extraStrokesSeen(5) } },
      { try $0.refill() },
    ]
    for interrupt in breaks {
      var bench = try bench()
      bench.answers = [false, false, false]
      bench.go(to: 2 * minute)
      try interrupt(&bench)
      #expect(bench.halts.isEmpty)
      bench.go(by: minute)
      #expect(bench.halts == [.stalled])
    }
  }

  @Test
  func
    `a trial stroke comes every 10 min; the second in a row that is seen resumes (SR-025, H-11)`()
    throws
  {
    var bench = try stalled()
    bench.answers = [false, true, false, true, true]
    bench.go(to: 53 * minute - 1)
    #expect(bench.strokeTimes(.trial) == [13, 23, 33, 43].map { $0 * minute })
    #expect(bench.halts == [.stalled])
    bench.go(to: 53 * minute)
    #expect(bench.times(of: .resumed) == [53 * minute] && bench.state == .running)
    #expect(!bench.controller.alarms.holds(.motorStall))
    #expect(bench.controller.alarms.isLatched(.motorStall))
    bench.go(to: 56 * minute)
    #expect(bench.strokeTimes(.therapy).suffix(3) == [54, 55, 56].map { $0 * minute })
    bench.act { $0.acknowledge(.motorStall) }
    #expect(bench.events.last == .alarmCleared(.motorStall))
    // No trial any more.
    bench.go(to: 3 * hour)
    #expect(bench.strokeTimes(.trial).count == 5)
  }

  @Test
  func `a stall that lasts calls for help for ever and is tried for ever (SR-022, H-11, H-50)`()
    throws
  {
    var bench = try stalled()
    bench.stalls = [0..<100 * day]
    bench.go(to: 30 * day)
    #expect(bench.halts == [.stalled] && bench.strokeTimes(.trial).count == 30 * 144 - 1)
    #expect(bench.count(of: .alarmRepeated(.motorStall)) == 30 * 144 - 1)
    #expect(bench.delivered == 0 && bench.demand == 750)
  }

  @Test
  func `trial strokes deliver and are no demand; what was lost is lost (SR-014, H-27)`() throws {
    var bench = try stalled()
    bench.go(to: 23 * minute)
    #expect(bench.demand == 750 && bench.delivered == 500)
    #expect(bench.reservoir == 20_000_000 - 500 && bench.tip == 2 * 500_000_000)
    bench.go(to: 33 * minute)
    #expect(bench.demand == 13 * 250 && bench.delivered == 12 * 250)
    #expect(bench.strokeTimes(.therapy).suffix(10) == (24...33).map { $0 * minute }[...])
  }

  @Test
  func `no trial while another reason halts, which moves none and breaks no row (SR-021)`() throws {
    var bench = try stalled()
    bench.go(to: 13 * minute)
    #expect(bench.strokeTimes(.trial) == [13 * minute])
    bench.act { $0.suspend(for: .minutes(25)) }
    bench.go(to: 38 * minute)
    #expect(bench.strokeTimes(.trial) == [13 * minute] && bench.halts == [.stalled])
    bench.go(to: 43 * minute)
    #expect(bench.strokeTimes(.trial) == [13, 43].map { $0 * minute } && bench.halts.isEmpty)
    for (name, halt) in [
      ("mri", { $0.enterMRI(for: .hours(2)) }), ("extra", { $0.extraStrokesSeen(40) }),
      ("battery", { $0.batteryShows(.endOfService) }),
    ] as [(String, (inout Controller) -> Void)] {
      var bench = try stalled()
      bench.act(halt)
      bench.go(to: hour)
      #expect(bench.strokeTimes(.trial).isEmpty, "\(name)")
    }
    var stopped = try stalled()
    try stopped.activate(.test(.stopped))
    stopped.go(to: hour)
    #expect(stopped.strokeTimes(.trial).isEmpty && stopped.halts == [.stopped, .stalled])
  }

  @Test
  func `a trial that the reservoir cannot give counts as not seen and halts nothing (H-25)`() throws
  {
    var bench = try stalled()
    bench.go(to: 13 * minute)
    bench.act { $0.reservoir = 100 }
    bench.go(to: 33 * minute)
    #expect(bench.halts == [.stalled] && bench.count(of: .alarmRaised(.reservoirEmpty)) == 0)
    #expect(bench.strokeTimes(.trial) == [13 * minute])
    try bench.refill()
    // The row was broken: two more are needed.
    bench.go(to: 43 * minute)
    #expect(bench.halts == [.stalled])
    bench.go(to: 53 * minute)
    #expect(bench.halts.isEmpty)
  }

  @Test
  func `a trial that takes the last stroke out is made`() throws {
    var bench = try stalled()
    bench.act { $0.reservoir = 250 }
    bench.go(to: 13 * minute)
    #expect(bench.strokeTimes(.trial) == [13 * minute] && bench.reservoir == 0)
  }

  @Test
  func `limits do not withhold a trial, which counts in them (SR-010)`() throws {
    var bench = try stalled()
    bench.addToWindow(strokes: 8_100)
    bench.go(to: 23 * minute)
    #expect(bench.strokeTimes(.trial).count == 2 && bench.halts.isEmpty)
    #expect(bench.controller.window.volume == 8_102 * 250)
    bench.go(to: 24 * minute)
    #expect(bench.safeReasons == [.limit])
  }

  @Test
  func `at boot an overdue trial is made at once, the next one 10 min later (SR-062, H-11)`() throws
  {
    var bench = try stalled()
    bench.go(to: 13 * minute)
    bench.losePower(from: 14 * minute, to: 27 * minute)
    #expect(bench.strokeTimes(.trial) == [13, 27].map { $0 * minute })
    #expect(bench.halts.isEmpty && bench.times(of: .resumed) == [27 * minute])
    // One not overdue keeps its time.
    var early = try stalled()
    early.losePower(from: 4 * minute, to: 12 * minute)
    early.go(to: 23 * minute)
    #expect(early.strokeTimes(.trial) == [13, 23].map { $0 * minute })
    // One that another reason prevents at boot is not made later by itself.
    var suspended = try stalled()
    suspended.at(4 * minute) { $0.suspend(for: .minutes(26)) }
    suspended.losePower(from: 5 * minute, to: 27 * minute)
    suspended.go(to: 47 * minute)
    #expect(suspended.strokeTimes(.trial) == [37, 47].map { $0 * minute })
  }

  @Test
  func `three strokes after an MRI show that the motor did not come back (SR-026, H-77)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.enterMRI(for: .hours(2)) }
    bench.stalls = [hour..<day]
    bench.go(to: 3 * hour + 3 * minute - 1)
    #expect(bench.count(of: .alarmRaised(.motorStall)) == 0)
    bench.go(to: 3 * hour + 3 * minute)
    #expect(bench.times(of: .alarmRaised(.motorStall)) == [3 * hour + 3 * minute])
    // Field and stall over: it comes back by itself.
    bench.stalls = []
    bench.go(by: 20 * minute)
    #expect(bench.state == .running)
  }

  @Test(arguments: [StrokeKind.safe, .prime])
  func `a stall is found at the safe rate and in a prime too (SR-021, H-11)`(
    kind: StrokeKind
  ) throws {
    let program = Self.program.with {
      $0.safeRate = .nLPerDay(360_000)
      if kind == .prime { $0.prime = Prime(volume: .nL(10_000), over: .minutes(40)) }
    }
    var bench = try ControllerDriver(program, pathEmpty: kind == .prime)
    if kind == .safe { bench.act { $0.enterSafeRate() } }
    bench.answers = [false, false, false]
    bench.go(to: 3 * minute)
    #expect(bench.strokeTimes(kind).count == 3 && bench.halts == [.stalled])
    #expect(bench.events.contains(.primeEnded) == (kind == .prime))
  }

  @Test
  func `a second stall is like the first`() throws {
    var bench = try stalled()
    bench.go(to: 23 * minute)
    bench.answers = [false, false, false]
    bench.go(to: 26 * minute)
    #expect(bench.times(of: .halted(.stalled)) == [3, 26].map { $0 * minute })
    bench.go(to: 46 * minute)
    #expect(bench.strokeTimes(.trial) == [13, 23, 36, 46].map { $0 * minute })
    #expect(bench.count(of: .resumed) == 2)
  }

  @Test
  func `a stall as long as restartGap ends in the safe rate (SR-024, H-17)`() throws {
    for (gap, isGap) in [(20 * minute, true), (20 * minute + 1, false)] {
      var bench = try stalled(Self.program.with { $0.restartGap = TimeSpan(milliseconds: gap) })
      bench.go(to: 23 * minute)
      #expect(bench.safeReasons == (isGap ? [.gap] : []))
    }
  }
}
