import Foundation
import PumpTesting
import Testing

@testable import PumpCore

/// Random lives of whole pumps: supervisor, store and journal included.
@Suite struct HistoryCampaignTests {
  /// All histories together; `make campaign` sets a million.
  static let histories =
    ProcessInfo.processInfo.environment["CISTERNA_HISTORIES"].flatMap(Int.init) ?? 100_000

  @Test(arguments: 0..<8)
  func `no history breaks a law (SR-002, SR-010, SR-011, SR-014, SR-022, H-04, H-07, H-27, H-57)`(
    part: Int
  ) {
    let cases = Self.histories / 8
    let first = UInt64(part) << 32
    var failures: [String] = []
    var ran = 0
    var seed = first
    while ran < cases {
      seed += 1
      guard var run = HistoryRun(History(seed: seed)) else { continue }
      ran += 1
      if let broken = run.brokenLaw() { failures.append("seed \(seed): \(broken)") }
    }
    print(
      "histories: seeds \(first + 1)...\(seed), \(ran) histories (\(seed - first - UInt64(ran)) "
        + "more had their first program refused), \(failures.count) failures, "
        + "3/n \(3 / Double(ran))"
    )
    #expect(failures.prefix(5) == [])
  }

  @Test func `a bolus never changes basal (SR-013)`() {
    var compared = 0
    var failures: [UInt64] = []
    for seed in UInt64(1)...6_000 {
      let history = History(seed: seed &* 7_919)
      guard history.isQuiet, let with = HistoryRun(history),
        let without = HistoryRun(history, skippingDoses: true)
      else { continue }
      // The safe rate that a limit brings is basal changed by the limit, not by the bolus.
      let isLimited = with.pump.sink.events.contains { $0.event == .safeRateEntered(.limit) }
      guard !isLimited else { continue }
      compared += 1
      let one = with.pump.controller.demand
      let other = without.pump.controller.demand
      if one.basalNanolitres != other.basalNanolitres
        || one.basalRemainder != other.basalRemainder
      {
        failures.append(seed)
      }
    }
    print("basal with and without boluses: \(compared) pairs, \(failures.count) failures")
    #expect(failures == [])
    #expect(compared > 1_000)
  }
}
