import Foundation
import PumpScenario
import Testing

@Suite struct ExamplesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

  private static func names(ending: String) throws -> Set<String> {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    return Set(files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) })
  }

  @Test func `every example has its page, and the table names it`() throws {
    let scenarios = try Self.names(ending: ".json")
    #expect(scenarios.count >= 10)
    #expect(try Self.names(ending: ".md") == scenarios.union(["README"]))
    let table = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    for name in scenarios { #expect(table.contains("[\(name)](\(name).md)"), "\(name)") }
  }

  @Test func `every example runs, and its fluid adds up`() throws {
    for name in try Self.names(ending: ".json") {
      let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
      let scenario = try Scenario(bytes: Array(data))
      if name == "prime-wrong-tubing" {
        #expect(throws: RunFailure.self) { try scenario.run() }
        continue
      }
      let story = try scenario.run()
      #expect(RunSummary(of: story).text().contains("0 nL: it adds up"), "\(name)")
    }
  }

  @Test func `every page cites a source`() throws {
    for name in try Self.names(ending: ".json") {
      let page = try String(
        contentsOf: Self.folder.appending(path: "\(name).md"),
        encoding: .utf8
      )
      #expect(page.contains("## Source and confidence"), "\(name)")
      #expect(page.contains("http"), "\(name)")
    }
  }
}
