import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000
/// What a stroke of 2 mg/mL holds, fg.
private let dose: Int64 = 500_000_000

/// What lies between reservoir and tip, and what leaves it (contract: Reservoir, fluid path, tip).
struct FluidPathTests {
  @Test
  func `fluid leaves in the order in which it came, nanolitre for nanolitre (H-15, H-16)`() {
    let campaign = Campaign(name: "fluid paths", seed: 0xF1, cases: 500)
    let failure = campaign.firstFailure { random in
      let volume = random.pick([0, 1, 100, 249, 250, 251, 1_000, 1_100])
      var path = FluidPath(volume: Int64(volume), of: MixtureIndex(0))
      var slow: [UInt8] = Array(repeating: 0, count: volume)
      var mixture: UInt8 = 0
      for _ in 0..<40 {
        if random.once(in: 3), path.canTake(MixtureIndex(Int(mixture + 1) % 5)) {
          mixture = (mixture + 1) % 5
        }
        path.push(250, of: MixtureIndex(rawValue: mixture))
        slow += Array(repeating: mixture, count: 250)
        var out: [UInt8] = []
        while out.count < 250 {
          let (some, of) = path.pop(atMost: Int64(250 - out.count))
          out += Array(repeating: of.rawValue, count: Int(some))
        }
        guard out == Array(slow.prefix(250)) else { return "volume \(volume): another order" }
        slow.removeFirst(250)
        let sum = (0..<path.count).reduce(0) { $0 + path.nanolitres[$1] }
        guard sum == volume else { return "volume \(volume) became \(sum)" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test(
    arguments: [(5_000_000, 140_000), (15_000_000, 140_002), (25_000_000, 140_002)]
      as [(Int64, Int64)]
  )
  func `the path is tubing and catheter, rounded half to even`(length: Int64, volume: Int64) {
    let model = PumpModel(
      strokeVolume: .nL(250),
      capacity: .nL(40_000_000),
      minimumRate: .nLPerDay(6_000),
      maximumRate: .nLPerDay(24_000_000),
      tubing: .nL(140_000),
      catheterVolume: LinearVolume(picolitresPerCentimetre: 1)
    )
    #expect(model.fluidPath(catheter: Length(micrometres: length)) == .nL(volume))
  }

  @Test
  func `a path filled at commissioning gives drug from the first stroke on`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    bench.go(to: minute - 1)
    #expect(bench.tip == 0)
    bench.go(to: 10 * minute)
    #expect(bench.tip == 10 * dose && bench.controller.sample.drugsSeen == 1)
  }

  @Test
  func `an empty path gives none until its volume has passed, then exactly the rest (H-15)`()
    throws
  {
    var bench = try ControllerDriver(.constant(360_000), pathEmpty: true)
    // 316,000 nL are 1264 strokes.
    bench.go(to: 1264 * minute)
    #expect(bench.tip == 0 && bench.delivered == 316_000)
    bench.go(to: 1265 * minute)
    #expect(bench.tip == dose)
  }

  @Test
  func `a path that is no whole number of strokes splits the one between (H-15)`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    bench.act { $0.setCatheter(pathVolume: .nL(1_100), full: false) }
    bench.go(to: 4 * minute)
    #expect(bench.tip == 0)
    bench.go(to: 5 * minute)
    #expect(bench.tip == 150 * 2_000_000)
    bench.go(to: 6 * minute)
    #expect(bench.tip == 400 * 2_000_000)
  }

  @Test
  func `a pump without any path gives at the tip what it moves`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    bench.act { $0.setCatheter(pathVolume: .zero, full: false) }
    bench.go(to: 3 * minute)
    try bench.refill(20_000_000, .of(microgramsPerMillilitre: 500), program: .constant(360_000))
    bench.go(to: 5 * minute)
    #expect(bench.tip == 3 * dose + 2 * dose / 4)
  }

  @Test
  func `a catheter event empties the path, or fills it with the present mixture (H-15)`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    try bench.refill(20_000_000, .of(microgramsPerMillilitre: 500), program: .constant(360_000))
    bench.act { $0.setCatheter(pathVolume: .nL(1_000), full: true) }
    bench.go(to: minute)
    #expect(bench.tip == dose / 4)
    bench.act { $0.setCatheter(pathVolume: .nL(1_000), full: false) }
    bench.go(to: 5 * minute)
    #expect(bench.tip == dose / 4)
    bench.go(to: 6 * minute)
    #expect(bench.tip == dose / 2)
    #expect(bench.count(of: .catheterSet) == 2)
  }

  @Test
  func `after a refill the old concentration goes on until it is pushed out (H-15, H-16)`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    bench.act { $0.setCatheter(pathVolume: .nL(1_100), full: true) }
    try bench.refill(20_000_000, .of(microgramsPerMillilitre: 500), program: .constant(360_000))
    bench.go(to: 4 * minute)
    #expect(bench.tip == 4 * dose)
    bench.go(to: 5 * minute)
    #expect(bench.tip == 1_100 * 2_000_000 + 150 * 500_000)
    bench.go(to: 7 * minute)
    #expect(bench.tip == 1_100 * 2_000_000 + 650 * 500_000)
  }

  /// 2 mg/mL at 0.09 mL/d becomes 0.5 mg/mL at 0.36 mL/d: 180 µg a day before and after.
  private func changed(bridge: Bridge?) throws -> ControllerDriver {
    func program(_ rate: Int64) -> Program {
      .constant(rate).with {
        $0.limits[.baclofen] = Mass(femtograms: 200_000_000_000)
        $0.safeRate = .nLPerDay(6_000)
      }
    }
    var bench = try ControllerDriver(program(90_000))
    bench.act { $0.setCatheter(pathVolume: .nL(25_000), full: true) }
    bench.go(to: 3 * day)
    #expect(bench.tip == 3 * 180_000_000_000)
    let next = program(360_000).with { $0.bridge = bridge }
    try bench.refill(20_000_000, .of(microgramsPerMillilitre: 500), program: next)
    bench.go(to: 3 * day + 2 * hour)
    return bench
  }

  @Test
  func `a change of concentration without a bridge is caught at the tip (SR-010, H-16)`() throws {
    let bench = try changed(bridge: nil)
    #expect(bench.safeReasons == [.limit] && bench.count(of: .alarmRaised(.doseLimit)) == 1)
    // 200 µg and the one stroke that passes them; the safe rate adds little.
    let inWindow = bench.controller.window.doseFemtograms[0]
    #expect(inWindow < 200_000_000_000 + 10 * dose)
  }

  @Test
  func `a bridge as slow as the old rate keeps the dose at the tip (H-15, H-16)`() throws {
    let bridge = Bridge(rate: .nLPerDay(90_000), volume: .nL(25_000))
    var bench = try changed(bridge: bridge)
    let end = 3 * day + 25_000 * day / 90_000
    bench.go(to: end)
    #expect(bench.times(of: .bridgeEnded) == [end] && bench.safeReasons.isEmpty)
    bench.go(to: 6 * day)
    #expect(bench.safeReasons.isEmpty && bench.count(of: .alarmRaised(.doseLimit)) == 0)
    let ofDay = bench.tip - 3 * 180_000_000_000
    let expected = 25_000 * 2_000_000 + (6 * day - end) / day * 180_000_000_000
    #expect(ofDay >= expected && bench.tip < 6 * 181_000_000_000)
  }

  @Test
  func `each drug of a mixture is counted by itself, and those of every fill`() throws {
    var both = Mixture()
    both[.morphine] = Concentration(nanogramsPerMillilitre: 10_000_000)
    both[.baclofen] = Concentration(nanogramsPerMillilitre: 1_000_000)
    var bench = try ControllerDriver(.constant(360_000))
    bench.act { $0.setCatheter(pathVolume: .zero, full: true) }
    bench.go(to: 2 * minute)
    let next = Program.constant(360_000).with {
      $0.limits[.morphine] = Mass(femtograms: 1_000_000_000_000_000)
    }
    try bench.refill(20_000_000, both, program: next)
    bench.go(to: 5 * minute)
    let sample = bench.controller.sample
    #expect(sample.tipFemtograms[0] == 2 * dose + 3 * dose / 2)
    #expect(sample.tipFemtograms[1] == 3 * 250 * 10_000_000)
    #expect(sample.drugsSeen == 3 && sample.tipFemtograms[2] == 0)
  }

  @Test
  func `what was filled is in the reservoir or was moved out of it, path or not`() throws {
    var bench = try ControllerDriver(.constant(360_000), pathEmpty: true)
    bench.at(hour) { $0.extraStrokesSeen(5) }
    bench.stalls = [2 * hour..<2 * hour + 2 * minute]
    bench.go(to: 5 * hour)
    #expect(bench.reservoir + bench.delivered == 20_000_000)
    #expect(bench.delivered == (300 - 2 + 5) * 250)
  }
}
