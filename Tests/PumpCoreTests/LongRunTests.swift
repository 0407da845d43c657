import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000
private let week: Int64 = 7 * 86_400_000

/// Ten years, and what is nominal in them.
struct LongRunTests {
  /// Runs to an instant with a motor that always moves, and keeps no list of its strokes.
  ///
  /// - Returns: the high alarms raised on the way.
  private func run(_ controller: inout Controller, to instant: Int64) -> Int {
    var alarms = 0
    while true {
      switch controller.run(until: PumpTime(milliseconds: instant)) {
      case .reached: return alarms
      case .events: alarms += takeEvents(&controller)
      case .drive: controller.complete(confirmed: true)
      case .verifyProgram: controller.programVerified(.intact)
      }
    }
  }

  private func takeEvents(_ controller: inout Controller) -> Int {
    var alarms = 0
    while let event = controller.takeEvent() {
      if case .alarmRaised(let alarm) = event, alarm.priority == .high { alarms += 1 }
    }
    return alarms
  }

  /// A liter in the reservoir and room in the limits for any rate.
  private static func model(stroke: Int64) -> PumpModel {
    PumpModel(
      strokeVolume: .nL(stroke),
      capacity: .nL(1_000_000_000),
      minimumRate: .nLPerDay(6_000),
      maximumRate: .nLPerDay(24_000_000),
      tubing: .nL(14_000),
      catheterVolume: LinearVolume(picolitresPerCentimetre: 220_000)
    )
  }

  private static func program(_ rate: Int64) -> Program {
    .constant(rate).with {
      $0.limits.maxRate = .nLPerDay(24_000_000)
      $0.limits.maxVolumePer24h = .nL(24_000_000)
      $0.limits[.baclofen] = Mass(femtograms: 1_000_000_000_000_000)
    }
  }

  @Test(
    arguments: [(6_000, 13, 250), (331_337, 9_973, 250), (24_000_000, -997, 1_000)]
      as [(Int64, Int64, Int64)]
  )
  func `in ten years of weekly programs not a nanolitre drifts (SR-002, H-09, H-14)`(
    rate: Int64,
    step: Int64,
    stroke: Int64
  ) throws {
    let model = Self.model(stroke: stroke)
    var controller = try Controller.commissioned(model: model, fill: 1_000_000_000)
    var rate = rate
    let first = rate
    var exact: Int64 = 0
    var demand: Int64 = 0
    for index in 0..<522 as Range<Int64> {
      rate = first + index % 17 * step
      try controller.activate(Self.program(rate))
      _ = takeEvents(&controller)
      // In the middle of the week and at an odd millisecond, then at its end.
      let odd = index * week + 259_200_000 + index * 7_919
      for instant in [odd, (index + 1) * week] {
        exact += rate * (instant - controller.time.milliseconds)
        demand += exact / day
        exact %= day
        let alarms = run(&controller, to: instant)
        let sample = controller.sample
        let behind = sample.demand - sample.delivered
        guard alarms == 0, sample.demand == .nL(demand), behind >= .zero, behind < .nL(stroke)
        else {
          Issue.record("week \(index): \(sample.demand), not \(demand); \(behind) behind")
          return
        }
      }
      try controller.refill(
        aspirated: .zero,
        fill: .nL(1_000_000_000),
        mixture: .baclofen,
        program: nil
      )
      _ = takeEvents(&controller)
    }
    #expect(controller.strokesCommanded == demand / stroke)
    #expect(controller.sample.delivered == .nL(demand / stroke * stroke))
  }

  /// A nominal life: any basal, doses asked for at any time, weekly programs, refills in time.
  private func highAlarms(inYearFrom seed: UInt64) throws -> Int {
    var random = Seeded(seed: seed)
    var controller = try Controller.commissioned()
    var alarms = 0
    for _ in 0..<52 {
      try activate(&controller, &random)
      alarms += takeEvents(&controller)
      let end = controller.time.milliseconds + week
      while controller.time.milliseconds < end {
        let next = controller.time.milliseconds + Int64(random.pick(1...20)) * hour
        alarms += run(&controller, to: min(next, end))
        switch random.pick(0...9) {
        case 0: controller.giveClinicianBolus(.nL(5_000), over: .minutes(10))
        case 1: controller.setClock(to: .monday(hour: Int64(random.pick(0...300))))
        case 2: controller.suspend(for: .minutes(Int64(random.pick(1...120))))
        case 3: controller.enterSafeRate()
        case 4: controller.resumeTherapy()
        default: controller.requestPatientDose()
        }
        alarms += takeEvents(&controller)
      }
      if controller.reservoirVolume < .nL(8_000_000) {
        try controller.refill(
          aspirated: .zero,
          fill: .nL(20_000_000),
          mixture: .baclofen,
          program: nil
        )
      }
      alarms += takeEvents(&controller)
    }
    return alarms
  }

  private func activate(_ controller: inout Controller, _ random: inout Seeded) throws {
    let rate = Int64(random.pick(6_000...700_000))
    let program: Program =
      switch random.pick(0...3) {
      case 0: .test(.minimum)
      case 1: try .daily([(60, rate), (700, 6_000), (1_200, rate / 2 + 6_000)])
      case 2:
        .periodic(
          Int64(random.pick(1...30)) * 1_000,
          over: .minutes(Int64(random.pick(10...59))),
          every: .minutes(Int64(random.pick(60...1_500))),
          background: 6_000
        )
      default: .constant(rate)
      }
    try controller.activate(
      program.with(dose: 4_000, lockout: .hours(2), maxPer24h: 6)
    )
  }

  @Test
  func `a pump to which nothing happens raises no high alarm in a year (SR-059, H-51)`() {
    // Forty years without one bound the rate at 3/40 = 0.075 a year, with 95 % confidence.
    let campaign = Campaign(name: "high alarms in nominal pump-years", seed: 0x59, cases: 40)
    let failure = campaign.firstFailure { random in
      let seed = random.next()
      do {
        let alarms = try highAlarms(inYearFrom: seed)
        return alarms == 0 ? nil : "\(alarms) in the year of \(seed)"
      } catch { return "\(error) in the year of \(seed)" }
    }
    #expect(failure == nil)
  }
}
