import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// The battery's marks and the end of service (contract: Faults).
struct BatteryTests {
  private func bench() throws -> ControllerDriver {
    try ControllerDriver(.constant(6_000).with(dose: 6_000, over: .minutes(30)))
  }

  @Test
  func `at the replacement mark delivery goes on, with a medium alarm (SR-061)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.batteryShows(.replacement) }
    #expect(bench.events(at: hour) == [.alarmRaised(.electiveReplacement)])
    #expect(Alarm.electiveReplacement.priority == .medium)
    bench.act { $0.requestPatientDose() }
    #expect(bench.state == .running && bench.events.contains(.patientDoseAccepted))
    bench.act { $0.acknowledge(.electiveReplacement) }
    bench.go(to: 89 * day)
    #expect(bench.controller.alarms.isLatched(.electiveReplacement))
  }

  @Test
  func `90 days after the mark was noticed the pump halts for good (SR-021, SR-061)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.batteryShows(.replacement) }
    bench.at(40 * day) { $0.batteryShows(.replacement) }
    let end = hour + 90 * day
    bench.at(end - 10 * minute) { $0.requestPatientDose() }
    bench.go(to: end - 1)
    #expect(bench.state == .running && bench.count(of: .alarmRaised(.electiveReplacement)) == 1)
    bench.go(to: end)
    #expect(bench.times(of: .halted(.endOfService)) == [end])
    #expect(bench.times(of: .alarmRaised(.endOfService)) == [end])
    #expect(bench.events.contains(.bolusAbandoned(.patient, remaining: .nL(4_000))))
    #expect(Alarm.endOfService.priority == .high)
  }

  @Test
  func `the end of service halts at once and is left by nothing (SR-022, SR-025)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.batteryShows(.endOfService) }
    #expect(bench.events(at: hour) == [.alarmRaised(.endOfService), .halted(.endOfService)])
    bench.act { $0.resumeTherapy() }
    bench.act { $0.clear(.endOfService) }
    bench.act { $0.clear(.overDelivery) }
    try bench.activate(.constant(48_000))
    try bench.refill()
    bench.losePower(from: 2 * hour, to: 3 * hour)
    bench.act { $0.batteryShows(.replacement) }
    bench.go(to: 200 * day)
    #expect(bench.halts == [.endOfService] && bench.demand == 250)
    #expect(bench.count(of: .resumed) == 0 && bench.count(of: .halted(.endOfService)) == 1)
    #expect(bench.controller.alarms.isLatched(.endOfService))
  }

  @Test
  func `a mark without power is noticed at boot; the 90 days count from there (SR-061, SR-062)`()
    throws
  {
    var bench = try bench()
    bench.losePower(from: hour, to: 3 * hour) { $0.batteryShows(.replacement) }
    #expect(bench.events(at: 3 * hour) == [.reset, .alarmRaised(.electiveReplacement)])
    #expect(bench.events(at: hour).isEmpty)
    bench.go(to: 91 * day)
    #expect(bench.times(of: .halted(.endOfService)) == [3 * hour + 90 * day])
    var end = try self.bench()
    end.losePower(from: hour, to: 3 * hour) { $0.batteryShows(.endOfService) }
    #expect(
      end.events(at: 3 * hour) == [.reset, .alarmRaised(.endOfService), .halted(.endOfService)]
    )
  }

  @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)])
  func `90 days that end without power end at boot (SR-061, SR-062)`(
    late: Int64,
    isOver: Bool
  ) throws {
    var bench = try ControllerDriver(.constant(6_000).with { $0.restartGap = .days(9) })
    bench.act { $0.batteryShows(.replacement) }
    bench.losePower(from: 89 * day, to: 90 * day + late)
    #expect(bench.halts == (isOver ? [.endOfService] : []))
    #expect(bench.events(at: 90 * day + late).contains(.halted(.endOfService)) == isOver)
    bench.go(to: 90 * day)
    #expect(bench.halts == [.endOfService])
  }

  @Test
  func `a pump started from its memory notices what its battery shows (SR-061, SR-062)`() throws {
    var pump = try TestPump.commissioned(.constant(48_000))
    pump = try pump.withoutPower(until: .hours(1), battery: .replacement)
    #expect(pump.sink.events.suffix(2) == [.reset, .alarmRaised(.electiveReplacement)])
    pump = try pump.withoutPower(until: .hours(2), battery: .replacement)
    #expect(pump.sink.events.last == .reset)
    pump.advance(to: .hours(1) + .days(90))
    #expect(pump.controller.isHalted(.endOfService))
  }
}
