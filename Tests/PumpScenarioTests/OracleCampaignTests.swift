import Foundation
import PumpCore
import PumpOracle
import PumpScenario
import PumpTesting
import Testing

/// Random scenarios against a second implementation that was written from the contract alone.
@Suite struct OracleCampaignTests {
  /// Cases of each of the eight campaigns; `make campaign` sets more: one for 25 histories.
  static let cases =
    (ProcessInfo.processInfo.environment["CISTERNA_HISTORIES"].flatMap(Int.init) ?? 100_000) / 200

  @Test(arguments: 0..<8)
  func `random scenarios agree with the oracle (SR-002, SR-010, SR-011, SR-024, H-04, H-17)`(
    part: Int
  ) throws {
    var failures: [String] = []
    var refused = 0
    var permitsRefused = 0
    let first = UInt64(part) * 10_000_000
    for seed in first..<first + UInt64(Self.cases) {
      let outcome = try compare(seed: seed)
      refused += outcome.isRefused ? 1 : 0
      permitsRefused += outcome.permitsRefused
      if !outcome.differences.isEmpty {
        failures.append("seed \(seed): \(outcome.differences.joined(separator: "; "))")
      }
    }
    print(
      "against the oracle: seeds \(first)..<\(first + UInt64(Self.cases)), "
        + "\(Self.cases) scenarios (\(refused) with the first program refused by both), "
        + "\(failures.count) failures, \(permitsRefused) permits refused, "
        + "3/n \(3 / Double(Self.cases))"
    )
    #expect(failures.prefix(5) == [])
    #expect(permitsRefused == 0, "the supervisor never stands in the way of a correct controller")
  }

  @Test func `a seed gives the same run twice (SR-077)`() throws {
    for seed in UInt64(0)..<40 {
      var one = ScenarioGenerator(seed: seed)
      var other = ScenarioGenerator(seed: seed)
      let text = one.scenario()
      #expect(text == other.scenario())
      let scenario = try Scenario(bytes: Array(text.utf8))
      let first = try? scenario.run().run.json()
      #expect(first == (try? scenario.run().run.json()))
    }
  }

  private func compare(
    seed: UInt64
  ) throws -> (differences: [String], isRefused: Bool, permitsRefused: Int) {
    var generator = ScenarioGenerator(seed: seed)
    let text = generator.scenario()
    let expected = try runOracle(json: Data(text.utf8))
    let story: RunStory
    do {
      story = try Scenario(bytes: Array(text.utf8)).run()
    } catch let failure as RunFailure {
      guard case .refused(let refusal) = failure, case .refused(let other) = expected else {
        return (["\(failure), the oracle ran or refused otherwise"], false, 0)
      }
      let agrees = "\(refusal)".hasPrefix("\(other.reason)")
      return (agrees ? [] : ["\(refusal), the oracle: \(other.reason)"], true, 0)
    }
    guard case .ran(let run) = expected else { return (["only the oracle refused"], false, 0) }
    // When a step is told of is not in the contract.
    let ignored: Set = ["stepChanged"]
    let found = try RunFigures(json: Data(story.run.json()), ignoring: ignored)
    let wanted = try RunFigures(json: Data(run.json.utf8), ignoring: ignored)
    let refusedPermits = story.run.journal.count { $0.kind == .permitRefused }
    return (found.differences(from: wanted), false, refusedPermits)
  }
}
