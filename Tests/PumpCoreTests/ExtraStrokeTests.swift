import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Strokes that the encoder saw and nobody commanded (contract: Faults), H-01, H-38.
struct ExtraStrokeTests {
  private let program = Program.constant(360_000).with { $0.restartGap = .days(9) }

  private func bench() throws -> ControllerDriver { try ControllerDriver(program) }

  private func check(_ bench: ControllerDriver, isSafe: Bool, isHalted: Bool) {
    #expect(bench.safeReasons == (isSafe ? [.overDelivery] : []))
    #expect(bench.halts == (isHalted ? [.overDelivery] : []))
    #expect(bench.controller.alarms.holds(.overDelivery) == isSafe)
  }

  @Test(
    arguments: [
      (1, false, false), (19, false, false), (20, true, false), (39, true, false), (40, true, true),
      (100, true, true),
    ] as [(Int, Bool, Bool)]
  )
  func `from 20 in 24 h the pump is safe, from 40 it halts (SR-004, SR-021, H-01, H-38)`(
    count: Int,
    isSafe: Bool,
    isHalted: Bool
  ) throws {
    var atOnce = try bench()
    atOnce.act { $0.extraStrokesSeen(count) }
    check(atOnce, isSafe: isSafe, isHalted: isHalted)
    var oneByOne = try bench()
    for _ in 0..<count {
      oneByOne.go(by: 10 * minute)
      oneByOne.act { $0.extraStrokesSeen(1) }
    }
    check(oneByOne, isSafe: isSafe, isHalted: isHalted)
    #expect(oneByOne.count(of: .alarmRaised(.overDelivery)) == (isSafe ? 1 : 0))
    #expect(oneByOne.count(of: .safeRateEntered(.overDelivery)) == (isSafe ? 1 : 0))
    #expect(Alarm.overDelivery.priority == .high)
  }

  @Test
  func `those of 24 h ago count no more, to the millisecond (H-01)`() throws {
    for (late, isSafe) in [(-1, true), (0, false), (1, false)] as [(Int64, Bool)] {
      var bench = try bench()
      bench.at(hour) { $0.extraStrokesSeen(19) }
      bench.at(hour + day + late) { $0.extraStrokesSeen(1) }
      check(bench, isSafe: isSafe, isHalted: false)
      var more = try self.bench()
      more.at(hour) { $0.extraStrokesSeen(39) }
      more.at(hour + day + late) { $0.extraStrokesSeen(1) }
      check(more, isSafe: true, isHalted: isSafe)
    }
  }

  @Test
  func `one leaves the count as another comes, however many there were`() throws {
    var bench = try bench()
    // One every 76 min: the 24 h hold 19 of them, for ever.
    for _ in 0..<200 {
      bench.go(by: 76 * minute)
      bench.act { $0.extraStrokesSeen(1) }
    }
    check(bench, isSafe: false, isHalted: false)
    bench.act { $0.extraStrokesSeen(1) }
    check(bench, isSafe: true, isHalted: false)
  }

  @Test
  func `an over-delivery holds until a clinician clears it, whatever the count (SR-025)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.extraStrokesSeen(40) }
    bench.act { $0.acknowledge(.overDelivery) }
    bench.at(3 * day) { $0.resumeTherapy() }
    check(bench, isSafe: true, isHalted: true)
    try bench.activate(program)
    check(bench, isSafe: true, isHalted: true)
    bench.act { $0.clear(.motorStall) }
    check(bench, isSafe: true, isHalted: true)
    bench.act { $0.clear(.overDelivery) }
    check(bench, isSafe: false, isHalted: false)
    #expect(bench.state == .running && !bench.controller.alarms.isLatched(.overDelivery))
    #expect(
      bench.events(at: 3 * day).suffix(3)
        == [.safeRateLeft(.overDelivery), .alarmCleared(.overDelivery), .resumed]
    )
  }

  @Test
  func `clearing acknowledges too, and the count begins anew (SR-025, H-38)`() throws {
    var bench = try bench()
    bench.at(hour) { $0.extraStrokesSeen(25) }
    bench.act { $0.clear(.overDelivery) }
    #expect(
      bench.events(at: hour).suffix(3) == [
        .safeRateLeft(.overDelivery), .alarmAcknowledged(.overDelivery),
        .alarmCleared(.overDelivery),
      ]
    )
    bench.act { $0.extraStrokesSeen(19) }
    check(bench, isSafe: false, isHalted: false)
    bench.act { $0.extraStrokesSeen(1) }
    check(bench, isSafe: true, isHalted: false)
    #expect(bench.count(of: .alarmRaised(.overDelivery)) == 2)
  }

  @Test
  func `clearing where there is no such alarm empties the count and says nothing`() throws {
    var bench = try bench()
    bench.act { $0.extraStrokesSeen(19) }
    let before = bench.happenings.count
    bench.act { $0.clear(.overDelivery) }
    #expect(bench.happenings.count == before)
    bench.act { $0.extraStrokesSeen(19) }
    check(bench, isSafe: false, isHalted: false)
  }

  @Test
  func `clearing another alarm only acknowledges it`() throws {
    var bench = try bench()
    bench.act { $0.extraStrokesSeen(19) }
    bench.act { $0.raise(.reservoirLow) }
    bench.act { $0.clear(.reservoirLow) }
    #expect(bench.events.last == .alarmAcknowledged(.reservoirLow))
    #expect(bench.controller.alarms.isLatched(.reservoirLow))
    bench.act { $0.extraStrokesSeen(1) }
    check(bench, isSafe: true, isHalted: false)
  }

  @Test
  func `each takes fluid out through the path and is no demand (SR-030, H-01, H-38)`() throws {
    var bench = try bench()
    bench.go(to: 10 * minute)
    bench.act { $0.extraStrokesSeen(5) }
    #expect(bench.delivered == 15 * 250 && bench.demand == 10 * 250)
    #expect(bench.reservoir == 20_000_000 - 15 * 250)
    #expect(bench.tip == 15 * 500_000_000 && bench.controller.window.volume == 15 * 250)
    bench.go(to: 20 * minute)
    #expect(bench.strokeTimes() == (1...20).map { $0 * minute } && bench.demand == 20 * 250)
  }

  @Test
  func `a dry one only counts, and halts nothing by itself (H-25, H-38)`() throws {
    var bench = try ControllerDriver(program.with { $0.lowReservoir = .zero }, fill: 600)
    bench.act { $0.extraStrokesSeen(5) }
    #expect(bench.delivered == 500 && bench.reservoir == 100 && bench.halts.isEmpty)
    #expect(bench.count(of: .alarmRaised(.reservoirEmpty)) == 0)
    bench.act { $0.extraStrokesSeen(15) }
    check(bench, isSafe: true, isHalted: false)
    #expect(bench.delivered == 500)
    bench.go(to: hour)
    #expect(bench.halts == [.empty])
  }

  @Test
  func `they can take the reservoir to its low mark`() throws {
    var bench = try ControllerDriver(program, fill: 2_001_000)
    bench.act { $0.extraStrokesSeen(3) }
    #expect(bench.count(of: .alarmRaised(.reservoirLow)) == 0)
    bench.act { $0.extraStrokesSeen(1) }
    #expect(bench.count(of: .alarmRaised(.reservoirLow)) == 1)
  }

  @Test
  func `a bolus ends with the over-delivery and is not made up (SR-014, H-27)`() throws {
    var bench = try ControllerDriver(program.with(dose: 10_000))
    bench.at(hour) { $0.requestPatientDose() }
    bench.at(hour + 5 * minute) { $0.extraStrokesSeen(20) }
    #expect(
      bench.events(at: hour + 5 * minute).contains(
        .bolusAbandoned(.patient, remaining: .nL(5_000))
      )
    )
    #expect(bench.state == .safe && bench.rate == 50_000)
    let before = bench.demand
    bench.at(hour + 65 * minute) { $0.clear(.overDelivery) }
    bench.go(by: hour)
    #expect(bench.demand - before == (50_000 + 360_000) / 24)
  }

  @Test
  func `without power there are none, and those before count on (H-06)`() throws {
    var pump = try TestPump.commissioned(program)
    pump.extraStrokesSeen(19)
    pump = try pump.withoutPower(until: .hours(2))
    #expect(!pump.controller.isSafe(.overDelivery))
    pump.extraStrokesSeen(1)
    #expect(pump.controller.isSafe(.overDelivery))
    var off = try bench()
    off.losePower(from: hour, to: 2 * hour) { $0.extraStrokesSeen(40) }
    check(off, isSafe: false, isHalted: false)
    #expect(off.delivered == 60 * 250)
  }

  @Test
  func `a halt of over-delivery is an interruption like any other (SR-024, H-17)`() throws {
    for (late, isGap) in [(-1, false), (0, true)] as [(Int64, Bool)] {
      var bench = try bench()
      bench.at(hour) { $0.extraStrokesSeen(40) }
      bench.at(hour + 9 * day + late) { $0.clear(.overDelivery) }
      #expect(bench.safeReasons == (isGap ? [.gap] : []))
    }
  }
}
