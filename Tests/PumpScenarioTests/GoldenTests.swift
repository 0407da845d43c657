import Foundation
import PumpScenario
import Testing

/// The golden cases: scenarios and what an independent calculation expects of them.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/pump")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted()
  }()

  @Test func `all golden cases are here`() {
    #expect(Self.names.count == 28)
  }

  @Test(arguments: names)
  func `a golden case agrees to the nanolitre and the millisecond (SR-002, SR-010, SR-011)`(
    name: String
  ) throws {
    let file = try Data(contentsOf: Self.folder.appending(path: name))
    let object = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    let scenario = try JSONSerialization.data(withJSONObject: try #require(object["scenario"]))
    let expected = try #require(object["expected"] as? [String: Any])
    // The golden lists leave repeats and steps out.
    let ignored: Set = ["alarmRepeated", "stepChanged"]
    let figures = RunFigures(
      samples: try #require(expected["samples"] as? [[String: Any]]),
      events: try #require(expected["events"] as? [[String: Any]]),
      final: try #require(expected["final"] as? [String: Any]),
      ignoring: ignored
    )
    let run = try Scenario(bytes: Array(scenario)).run().run
    let found = try RunFigures(json: Data(run.json()), ignoring: ignored)
    #expect(found.differences(from: figures) == [])
  }
}
