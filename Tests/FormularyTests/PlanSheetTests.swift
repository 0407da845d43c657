import Formulary
import Testing

struct PlanSheetTests {
  @Test("an example of each calculator works and prints on one page", arguments: PlanName.allCases)
  func onePage(name: PlanName) throws {
    let result = try Planner.plan(name, PlanRequest(bytes: Array(name.example.utf8)))
    let lines = result.sheet(name).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 66)
    for line in lines where !line.contains("http") { #expect(line.count <= 80, "\(line)") }
    for line in result.working {
      let start = line.prefix { $0 != " " }
      #expect(lines.contains { $0.contains(start) })
    }
    #expect(result.refused.isEmpty)
  }

  @Test
  func `a sheet says what is refused before anything else, and gives every source`() throws {
    let request = """
      {"drugs":[{"drug":"alpha","dose":"100 ug/d","concentration":"3000 ug/mL"}],
       "pump":"SynchroMed II"}
      """
    let result = try Planner.plan(.flow, PlanRequest(bytes: Array(request.utf8)))
    let sheet = result.sheet(.flow)
    let refused = try #require(sheet.firstRange(of: "REFUSED, do not use"))
    let values = try #require(sheet.firstRange(of: "Result"))
    #expect(refused.lowerBound < values.lowerBound)
    // A long source is folded.
    let words = sheet.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for finding in result.refused + result.warnings { #expect(words.contains(finding.source)) }
    #expect(sheet.contains("0.033333 mL/d"))
  }

  @Test
  func `the lines of working can be followed by hand`() throws {
    let result = try Planner.plan(.flow, PlanRequest(bytes: Array(PlanName.flow.example.utf8)))
    #expect(
      result.working == [
        "baclofen: rate = dose ÷ concentration = 300 ug/d ÷ 2000 ug/mL = 0.15 mL/d",
        "baclofen: delivered = 0.15 mL/d × 2000 ug/mL = 300 ug/d, 0 % off",
      ]
    )
  }
}
