import Pharmacology
import Testing

/// What leaves the tip: plug flow, cut where it changes.
struct CatheterTests {
  @Test func `fluid leaves the tip when what was loaded has been pushed through (PA7)`() {
    let catheter = Catheter(tip: 26, deadVolume: 0.2, initialConcentration: 0)
    let schedule = PumpSchedule(
      base: StepTable([.init(time: 0, value: 0.02), .init(time: 20, value: 0.04)])
    )
    let reservoir = StepTable([.init(time: 0, value: 500), .init(time: 30, value: 2_000)])
    let segments = catheter.exit(of: schedule.flow(until: 60), from: reservoir)
    let golden = [
      (0.0, 10.0, 0.02, 0.0), (10, 20, 0.02, 500), (20, 35, 0.04, 500), (35, 60, 0.04, 2_000),
    ]
    #expect(segments.count == golden.count)
    for (own, expected) in zip(segments, golden) {
      #expect((own.start - expected.0).magnitude <= 1e-9)
      #expect((own.end - expected.1).magnitude <= 1e-9)
      #expect(own.flow == expected.2)
      #expect(own.concentration == expected.3)
    }
  }

  @Test func `what leaves is what was pumped, whatever the schedule, to 1e-12`() {
    let boluses = (0..<40).map { index in
      PumpSchedule.Bolus(
        time: 1.7 * Double(index) + 0.3,
        volume: 0.03 + 0.001 * Double(index),
        duration: 0.05 + 0.11 * Double(index % 23)
      )
    }
    let schedule = PumpSchedule(
      base: StepTable(constant: 0),
      daily: StepTable([
        .init(time: 2, value: 0.03), .init(time: 6, value: 0), .init(time: 22, value: 0.01),
      ]),
      boluses: boluses
    )
    let flow = schedule.flow(until: 100)
    var volume = 0.0
    for segment in flow { volume += segment.flow * (segment.end - segment.start) }
    // The first day begins as the day before ended; then four days, and 2 h of the fifth.
    let base = 2 * 0.01 + 4 * (4 * 0.03 + 4 * 0.01) + 2 * 0.03
    let given = boluses.reduce(0.0) { $0 + $1.volume }
    #expect((volume - given - base).magnitude <= 1e-12 * volume, "\(volume - given) \(base)")
    let tip = Catheter(tip: 26, deadVolume: 0.2).exit(of: flow, from: StepTable(constant: 800))
    var mass = 0.0
    for segment in tip { mass += segment.mass }
    #expect((mass - 800 * volume).magnitude <= 1e-12 * mass)
    for (before, after) in zip(tip, tip.dropFirst()) {
      #expect(before.end == after.start)
      #expect(before.flow != after.flow || before.concentration != after.concentration)
    }
  }

  @Test func `several fluids can stand in the catheter at once`() {
    let catheter = Catheter(tip: 26, deadVolume: 1, initialConcentration: nil)
    let reservoir = StepTable([
      .init(time: 0, value: 1), .init(time: 2, value: 2), .init(time: 4, value: 3),
      .init(time: 6, value: 4),
    ])
    let flow = [FlowSegment(start: 0, end: 30, flow: 0.1)]
    let segments = catheter.exit(of: flow, from: reservoir)
    #expect(segments.map(\.concentration) == [1, 2, 3, 4])
    for (segment, end) in zip(segments, [12.0, 14, 16, 30]) {
      #expect((segment.end - end).magnitude < 1e-12)
    }
  }

  @Test func `while the pump stands still nothing leaves, and the fluid waits`() {
    let catheter = Catheter(tip: 26, deadVolume: 0.1, initialConcentration: 0)
    let flow = [
      FlowSegment(start: 0, end: 1, flow: 0.05), FlowSegment(start: 1, end: 5, flow: 0),
      FlowSegment(start: 5, end: 8, flow: 0.05),
    ]
    let segments = catheter.exit(of: flow, from: StepTable(constant: 9))
    #expect(segments.map(\.concentration) == [0, 0, 0, 9])
    #expect((segments[3].start - 6).magnitude < 1e-12)
  }
}
