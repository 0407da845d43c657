import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Local time, the hardware counter, and the look at the memory each midnight (contract: Faults).
struct ClockTests {
  private func bench(hour: Int64 = 8, minute: Int64 = 0) throws -> ControllerDriver {
    try ControllerDriver(.constant(360_000), local: .monday(hour: hour, minute: minute))
  }

  @Test
  func `setting the clock is told and moves neither time, demand nor halts (SR-085, SR-086)`()
    throws
  {
    var bench = try bench()
    bench.act { $0.suspend(for: .hours(2)) }
    for hours in [-1_000, 0, 5, 90_000] as [Int64] {
      bench.go(by: 10 * minute)
      bench.act { $0.setClock(to: .monday(hour: hours)) }
      #expect(bench.controller.localTime == .monday(hour: hours))
    }
    bench.go(to: 2 * hour)
    #expect(bench.times(of: .resumed) == [2 * hour] && bench.count(of: .clockSet) == 4)
    bench.go(to: 3 * hour)
    #expect(bench.demand == 60 * 250)
  }

  @Test
  func `setting the clock moves no alarm, end of service or trial stroke (SR-086, H-07)`() throws {
    var bench = try bench()
    bench.act { $0.batteryShows(.replacement) }
    bench.answers = [false, false, false]
    bench.at(3 * minute) { $0.setClock(to: .monday(hour: 900)) }
    bench.at(5 * minute) { $0.setClock(to: .monday(hour: -900)) }
    bench.go(to: 90 * day)
    #expect(bench.strokeTimes(.trial) == [13, 23].map { $0 * minute })
    #expect(bench.times(of: .alarmRepeated(.motorStall)) == [13 * minute])
    #expect(bench.times(of: .halted(.endOfService)) == [90 * day])
    #expect(bench.times(of: .alarmRepeated(.electiveReplacement)).first == hour)
  }

  @Test
  func `a step of the counter backwards is told, and pump time goes on (SR-085, H-07)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.clockStepped() }
    #expect(bench.events.last == .alarmRaised(.clockFault) && bench.now == hour)
    #expect(Alarm.clockFault.priority == .medium)
    bench.go(to: 5 * hour)
    #expect(bench.demand == 300 * 250 && bench.state == .running)
    #expect(bench.count(of: .alarmRepeated(.clockFault)) == 0)
    bench.act { $0.clockStepped() }
    #expect(bench.count(of: .alarmRaised(.clockFault)) == 2)
    bench.act { $0.acknowledge(.clockFault) }
    #expect(bench.events.last == .alarmCleared(.clockFault))
    // Advanced to an instant before its own, it stays where it is.
    bench.go(to: hour)
    #expect(bench.now == 5 * hour && bench.demand == 300 * 250)
  }

  @Test
  func `the program in memory is looked at each local midnight (SR-072, H-40)`() throws {
    var bench = try bench()
    bench.go(to: 5 * day)
    #expect(bench.checks == (0..<5).map { 16 * hour + $0 * day })
    var midnight = try self.bench(hour: 0)
    midnight.go(to: day)
    #expect(midnight.checks == [day])
  }

  @Test
  func `the look follows the clock; a clock set over midnight brings none (SR-072)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.setClock(to: .monday(hour: 23)) }
    bench.go(to: 2 * hour)
    #expect(bench.checks == [2 * hour])
    bench.act { $0.setClock(to: .monday(hour: 24, day: 4)) }
    bench.go(by: minute)
    bench.act { $0.setClock(to: .monday(hour: 1, day: 9)) }
    #expect(bench.checks == [2 * hour])
    bench.go(by: 23 * hour)
    #expect(bench.checks == [2 * hour, 25 * hour + minute])
  }

  @Test
  func `a look at midnight that finds one copy corrupt mends it, alarms and goes on (H-40)`() throws
  {
    var bench = try ControllerDriver(.constant(360_000).with(dose: 6_000))
    bench.memory = [.restored]
    bench.at(16 * hour - minute) { $0.requestPatientDose() }
    bench.go(to: 16 * hour)
    #expect(bench.events(at: 16 * hour) == [.programRestored, .alarmRaised(.memoryFault)])
    bench.go(to: 17 * hour)
    #expect(bench.events.last == .bolusEnded(.patient) && bench.rate == 360_000)
    bench.go(to: 3 * day)
    #expect(bench.count(of: .programRestored) == 1)
    #expect(bench.count(of: .alarmRepeated(.memoryFault)) == 0)
  }

  @Test
  func `a look at midnight that finds both corrupt brings the safe rate (SR-020, H-41)`() throws {
    for stage in 0..<3 {
      let program = Program.constant(360_000).with {
        if stage == 0 { $0.prime = Prime(volume: .nL(90_000), over: .hours(17)) }
        if stage == 1 { $0.bridge = Bridge(rate: .nLPerDay(96_000), volume: .nL(90_000)) }
      }
      var bench = try ControllerDriver(program, pathEmpty: true)
      bench.memory = [.lost(safeRate: .nLPerDay(77_777))]
      bench.go(to: 16 * hour)
      #expect(bench.safeReasons == [.memoryFault] && bench.rate == 77_777)
      #expect(bench.events.contains(.primeEnded) == (stage == 0))
      #expect(bench.events.contains(.bridgeEnded) == (stage == 1))
      bench.go(to: 17 * hour)
      bench.act { $0.resumeTherapy() }
      #expect(bench.safeReasons == [.memoryFault])
      try bench.activate(.constant(48_000))
      #expect(bench.state == .running && bench.rate == 48_000)
    }
  }

  @Test
  func `the counter alone makes pump time, over ten years and any clock (SR-085)`() throws {
    var bench = try ControllerDriver(.test(.minimum))
    for year in 1...10 as ClosedRange<Int64> {
      bench.act { $0.setClock(to: .monday(hour: -year * 9_999)) }
      try bench.refill()
      bench.go(to: year * 365 * day)
      #expect(bench.demand == year * 365 * 6_000)
    }
    #expect((3_640...3_651).contains(bench.checks.count))
  }
}
