import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// Bits of the memory that turn over, test method T-03.
struct StoreBitFlipTests {
  /// Of the programs in the memories that are looked at, and of the model.
  static let safeRates: [Int64] = [50_000, 80_000, 6_000]

  private static func every(
    bitOf snapshot: (memory: TestMemory, now: PumpTime),
    _ name: String
  ) throws -> FlipTally {
    let clock = ContinuousClock()
    let start = clock.now
    let judge = try FlipJudge(snapshot.memory, at: snapshot.now, safeRates: safeRates)
    var whole = FlipTally()
    for region in judge.regions {
      var tally = FlipTally()
      for bit in region.start * 8..<(region.start + region.length) * 8 {
        var memory = judge.memory
        memory.flip(bit: bit)
        let verdict = judge.verdict(of: memory)
        tally.add(verdict, "bit \(bit) of \(region.name)")
        whole.add(verdict, "bit \(bit) of \(region.name)")
      }
      print("flips, \(name), \(region.name) (\(region.used) bytes used): \(tally.text)")
    }
    print("flips, \(name), every single bit: \(whole.text); \(clock.now - start)")
    return whole
  }

  @Test func `any single bit that turns over is told or changes nothing (SR-074, SR-072, H-40)`()
    throws
  {
    let busy = try Self.every(bitOf: TestMemory.busy(), "busy pump")
    #expect(busy.wrong == 0, "\(busy.firstWrong ?? "")")
    #expect(busy.lost == 0)
    #expect(busy.told > 10_000)
    let activated = try Self.every(bitOf: TestMemory.justActivated(), "after an activation")
    #expect(activated.wrong == 0, "\(activated.firstWrong ?? "")")
    #expect(activated.lost == 0)
  }

  /// Two to eight bits of one region or of two, among the bytes that hold something.
  private static func flipSome(
    _ memory: inout TestMemory,
    _ regions: [FlipJudge.Region],
    _ random: inout Seeded
  ) -> String {
    let places = [random.pick(regions), random.pick(regions)]
    let bits = (0..<random.pick(2...8)).map { _ in
      let region = random.pick(places)
      return random.pick(region.start * 8...(region.start + region.used) * 8 - 1)
    }
    for bit in Set(bits) { memory.flip(bit: bit) }
    return "bits \(Set(bits).sorted())"
  }

  /// A burst of up to 32 bits.
  private static func burst(
    _ memory: inout TestMemory,
    _ regions: [FlipJudge.Region],
    _ random: inout Seeded
  ) -> String {
    let region = random.pick(regions)
    let length = random.pick(2...32)
    let first = random.pick(region.start * 8...(region.start + region.used) * 8 - length)
    memory.flip(bit: first)
    memory.flip(bit: first + length - 1)
    for bit in first + 1..<max(first + 1, first + length - 1) where random.once(in: 2) {
      memory.flip(bit: bit)
    }
    return "a burst of \(length) bits from \(first)"
  }

  private static func campaign(
    _ name: String,
    seed: UInt64,
    cases: Int,
    _ change: (inout TestMemory, [FlipJudge.Region], inout Seeded) -> String
  ) throws -> FlipTally {
    var random = Seeded(seed: seed)
    var tally = FlipTally()
    for snapshot in [try TestMemory.busy(), try TestMemory.justActivated()] {
      let judge = try FlipJudge(snapshot.memory, at: snapshot.now, safeRates: safeRates)
      let regions = judge.regions
      for _ in 0..<cases / 2 {
        var memory = judge.memory
        let what = change(&memory, regions, &random)
        tally.add(judge.verdict(of: memory), what)
      }
    }
    print("\(name): seed \(seed), \(tally.text); 3/n = \(3 / Double(tally.cases))")
    return tally
  }

  @Test func `a hundred thousand flips of several bits are told or change nothing (H-40, H-41)`()
    throws
  {
    let tally = try Self.campaign("flips of 2 to 8 bits", seed: 3, cases: 100_000, Self.flipSome)
    #expect(tally.wrong == 0, "\(tally.firstWrong ?? "")")
    #expect(tally.told > 10_000)
  }

  @Test func `bursts of up to 32 bits are told or change nothing (H-40)`() throws {
    let tally = try Self.campaign("bursts", seed: 4, cases: 20_000, Self.burst)
    #expect(tally.wrong == 0, "\(tally.firstWrong ?? "")")
  }

  /// Each is a field of the state that is wrong while the check of the record is right.
  private static let wrongs: [@Sendable (inout Controller) -> Void] = [
    { $0.confirmedStrokes += 1 }, { $0.reservoir -= 250 }, { $0.lastPatientDose = nil },
    { $0.demand.basalNanolitres += 1 }, { $0.demand.basalRemainder += 1 }, { $0.history.first = 1 },
    { $0.currentRate *= 2 }, { $0.tipFemtograms[1] += 1 }, { $0.window.volume += 250 },
    { $0.history.count -= 1 }, { $0.extraStrokes.count = 0 }, { $0.localOffset += 1 },
    { $0.path.nanolitres[0] -= 1 }, { $0.commandedStrokes += 1 }, { $0.nextStep += 1 },
  ]

  @Test func `a state that is whole and wrong is found silently wrong, so the judge can fail`()
    throws
  {
    let (memory, now) = try TestMemory.busy()
    let judge = try FlipJudge(memory, at: now, safeRates: Self.safeRates)
    let pump = try #require(memory.recovered(at: now))
    for (place, wrong) in Self.wrongs.enumerated() {
      var forged = pump
      var controller = forged.controller
      wrong(&controller)
      let isStored = forged.store.commit(&controller, &forged.memory)
      #expect(isStored)
      let verdict = judge.verdict(of: forged.memory)
      guard case .silentlyWrong = verdict else {
        Issue.record("wrong \(place) is \(verdict)")
        continue
      }
    }
  }
}
