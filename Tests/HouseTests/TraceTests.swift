import Testing
import trace

/// The trace tool finds every kind of gap that it is there to find (SR-123).
struct TraceTests {
  static let requirements = """
    | ID | Requirement | Src |
    |---|---|---|
    | SR-901 | Strokes keep \\|D − d\\| under one | own |
    | SR-902 | Doses have a lockout | own |
    | SR-903 | Orders are signed | own |
    """
  static let hazards = """
    | H-91 | Drift | rounding |
    | H-92 | Forged orders | no keys |
    """
  static let deviations = """
    | SR-901 | tested | |
    | SR-902 | deviation; later: clinic | by count |
    | SR-903 | later: link | |
    | H-91 | SR-901, SR-902 | |
    | H-92 | later: link | |
    """
  static let test = """
    import Testing

    @Test(arguments: [1, 2]) func `a stroke is never lost (SR-901)`(count: Int) {}
    """

  static func findings(
    requirements: String = requirements,
    hazards: String = hazards,
    deviations: String = deviations,
    test: String = test
  ) -> [String] {
    matrix(requirements: requirements, hazards: hazards, deviations: deviations, test: test)
      .findings
  }

  static func matrix(
    requirements: String = requirements,
    hazards: String = hazards,
    deviations: String = deviations,
    test: String = test
  ) -> Matrix {
    let register = Register(requirements: requirements, hazards: hazards, deviations: deviations)
    return Matrix(register: register, tests: tests(inSwift: test, file: "Tests/T.swift"))
  }

  @Test
  func `a whole set of documents has no findings (SR-123)`() {
    #expect(Self.findings() == [])
  }

  @Test(
    "a planted orphan is caught (SR-123)",
    arguments: [
      ("| SR-901 | tested | |", "", "SR-901 has no line"),
      ("| SR-903 | later: link | |", "| SR-903 | tested | |", "SR-903 is said to be tested"),
      ("| SR-903 | later: link | |", "| SR-903 | later: someone | |", "unknown status"),
      ("| SR-903 | later: link | |", "| SR-903 | | |", "SR-903 in deviations.md has no status"),
      ("| by count |", "| |", "SR-902 in deviations.md deviates without saying"),
      ("| H-92 | later: link | |", "", "H-92 has no line"),
      ("| H-92 | later: link | |", "| H-92 | SR-902 | |", "H-92 is held by no test"),
      ("| H-92 | later: link | |", "| H-92 | SR-903 | |", "H-92 is held by SR-903, which only"),
      ("| H-92 | later: link | |", "| H-92 | SR-999 | |", "H-92 is held by SR-999"),
      ("| H-92 | later: link | |", "| H-92 | luck | |", "\"luck\", which is no requirement"),
      ("| H-92 |", "| H-93 | later: link | |\n| H-92 |", "H-93 in deviations.md is not in"),
      ("| SR-903 |", "| SR-904 | tested | |\n| SR-903 |", "SR-904 in deviations.md is not in"),
      ("| SR-903 |", "| SR-901 | tested | |\n| SR-903 |", "SR-901 is twice"),
    ]
  )
  func orphanInDeviations(line: String, instead: String, finding: String) {
    let planted = Self.deviations.replacing(line, with: instead)
    #expect(planted != Self.deviations)
    #expect(Self.findings(deviations: planted).contains { $0.contains(finding) })
  }

  @Test(
    "a test that names what does not exist is caught (SR-123)",
    arguments: ["SR-999", "SR-90", "H-9", "H-910"]
  )
  func orphanTest(id: String) {
    let planted = Self.test + "\n@Test func `nothing (\(id))`() {}\n"
    let findings = Self.findings(test: planted)
    #expect(findings.contains { $0.hasSuffix("names \(id), which does not exist") })
  }

  @Test
  func `a requirement or hazard named twice, or none at all, is caught (SR-123)`() {
    let twice = Self.requirements + "\n| SR-901 | Again | own |"
    #expect(Self.findings(requirements: twice) == ["SR-901 is twice in requirements.md"])
    #expect(Self.findings(hazards: "").contains("hazards.md has no H table"))
  }

  @Test(
    "an id counts in a name, a display name and the comment above",
    arguments: [
      "@Test func `is so (SR-901)`() {}",
      "@Test(\"is so (SR-901)\") func so() {}",
      "@Test(\n  \"is so \\(1 + (2)) (SR-901)\",\n  arguments: [\")\"]\n)\nstatic func so() {}",
      "/// Is so.\n///\n/// SR-901.\n@Test\nfunc `is so`() {}",
      "@Suite(\"SR-901\") struct Strokes {}",
      "// SR-901\nfinal class StrokeTests {}",
      "let s = #\"\\(\"#\n/* SR-901 */\n@Test func so() {}",
    ]
  )
  func idCounts(source: String) {
    #expect(tests(inSwift: source, file: "T.swift").map(\.ids) == [["SR-901"]])
  }

  @Test(
    "an id counts nowhere else",
    arguments: [
      "func `is so (SR-901)`() {}",
      "/// SR-901\nfunc so() {}",
      "// SR-901\n\n@Test func so() {}",
      "@Test func so() { let text = \"@Test func `SR-901`() {}\" }",
      "let text = \"\"\"\n  @Test func `SR-901`() {}\n  \"\"\"",
      "/* @Test func `SR-901`() {} */",
      "@Test(.disabled(\"slow\")) func `is so (SR-901)`() {}",
      "@Test func so() {\n  // SR-901\n  #expect(true)\n}",
      "@Test func `SHA-901 and XSR-901`() {}",
    ]
  )
  func idDoesNotCount(source: String) {
    #expect(tests(inSwift: source, file: "T.swift") == [])
  }

  @Test
  func `a gate of a script counts by its own line`() {
    let script = "#!/bin/sh\n# Holds: SR-901, links without an allocator\n# SR-902\n"
    let found = gates(inScript: script, file: "gate.sh")
    #expect(found.map(\.ids) == [["SR-901"]])
    #expect(found.map(\.name) == ["SR-901, links without an allocator"])
  }

  @Test
  func `the page is the same whatever the order in which files are read`() {
    let register = Self.matrix().register
    let first = NamedTest(file: "A.swift", name: "a | b", ids: ["SR-901"])
    let second = NamedTest(file: "B.swift", name: "c", ids: ["H-91", "SR-901"])
    let page = Matrix(register: register, tests: [first, second]).page
    #expect(page == Matrix(register: register, tests: [second, first]).page)
    #expect(page.contains("| SR-901 | tested | `A.swift`: a \\| b<br>`B.swift`: c |"))
    #expect(page.contains("| H-91 | Drift | SR-901 (2), SR-902 (0) |  | `B.swift`: c |"))
  }
}
