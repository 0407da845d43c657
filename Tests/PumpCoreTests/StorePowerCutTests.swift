import PumpTesting
import Testing

@testable import PumpCore

/// Power cuts at every memory write of a day, test method T-01.
struct StorePowerCutTests {
  static let seed: UInt64 = 20_260_105

  @Test func `a cut at any write leaves the old or the new state (SR-074, H-40, H-56)`() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let day = try RecordedDay.scripted()
    var campaign = CutCampaign(day, seed: Self.seed, secondCuts: 3)
    campaign.run()
    Self.show(campaign, day, clock.now - start)
    #expect(campaign.failureCount == 0, "\(campaign.failures.joined(separator: "\n"))")
    #expect(day.writes.count > 2_000)
    #expect(day.doses.count == 4, "the day holds what it is meant to hold")
    #expect(day.programs.count == 4)
  }

  private static func show(_ campaign: CutCampaign, _ day: RecordedDay, _ wall: Duration) {
    let first = campaign.cases.values.reduce(0, +)
    let all = first + campaign.secondCases
    let outcomes = campaign.cases.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let units = day.writes.map(\.units)
    print(
      """
      power cuts: seed \(campaign.seed), W = \(day.writes.count) writes (\(units.reduce(0, +)) units \
      of 8 bytes, at most \(units.max() ?? 0) in one) of a day with \(day.moved) strokes; \
      \(first) cuts (\(outcomes.joined(separator: ", "))), of writes with more than \
      \(CutCampaign.unitsTried) units that many by seed; \(campaign.secondCases) second cuts in \
      the recovery; \(campaign.failureCount) failures; \(campaign.toldAsMemoryFault) torn commit \
      words of a program told as restored; 3/n = \(3 / Double(all)); \(wall)
      """
    )
  }

  @Test func `a recorded cut is what a pump leaves whose memory and motor stop there (H-40)`()
    throws
  {
    let day = try RecordedDay.scripted()
    var random = Seeded(seed: 11)
    var different = 0
    for _ in 0..<60 {
      let place = random.pick(6...day.writes.count - 1)
      let write = day.writes[place]
      let outcome = random.pick([
        .notStarted, .prefix(units: write.units / 2), .doneUnacknowledged,
        CutOutcome.torn(units: random.pick(0...write.units - 1), bits: random.next()),
      ])
      var recorded = TestMemory()
      for before in day.writes[..<place] {
        recorded.write(before.bytes, at: before.offset, cut: .doneUnacknowledged)
      }
      recorded.write(write.bytes, at: write.offset, cut: outcome)
      if try RecordedDay.memory(cutAt: place, outcome) != recorded { different += 1 }
    }
    #expect(different == 0)
  }

  @Test(arguments: StoreFault.allCases)
  func `a store without one of its rules is found out by the cuts (H-40, H-56)`(
    fault: StoreFault
  ) throws {
    let day = try RecordedDay.scripted(fault: fault)
    var campaign = CutCampaign(day, seed: Self.seed, secondCuts: 0)
    campaign.run(each: 3)
    print("planted \(fault): \(campaign.failureCount) failures, \(campaign.failures.first ?? "")")
    #expect(campaign.failureCount > 0)
  }
}
