import Foundation

/// Joins hazards, requirements and tests (SR-123), and refuses a gap.
@main
struct Trace {
  static let usage = """
    usage: trace [--check] [--root DIRECTORY]
      Writes docs/safety/traceability.md from docs/safety and the tests.
      --check   writes nothing; exits 1 if the page is stale or something is an orphan
      Example:  swift run trace --check

    """

  static func main() throws {
    var root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    var isCheck = false
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      switch argument {
      case "--check": isCheck = true
      case "--help", "-h":
        print(usage, terminator: "")
        return
      case "--root":
        guard let path = arguments.popFirst() else { fail("--root needs a directory", status: 2) }
        root = URL(fileURLWithPath: path)
      default: fail("unknown argument \(argument)\n\(usage)", status: 2)
      }
    }

    let matrix = try readMatrix(root: root)
    var findings = matrix.findings
    let page = root.appending(path: "docs/safety/traceability.md")
    if isCheck {
      let standing = try? String(contentsOf: page, encoding: .utf8)
      if standing != matrix.page {
        findings.append("docs/safety/traceability.md is stale: run `make docs`")
      }
    } else {
      try matrix.page.write(to: page, atomically: true, encoding: .utf8)
    }
    guard findings.isEmpty else {
      for finding in findings { complain(finding) }
      fail("\(findings.count) findings", status: 1)
    }
    print("traced: \(matrix.register.requirements.count) requirements, ", terminator: "")
    print("\(matrix.register.hazards.count) hazards, \(matrix.tests.count) tests and gates")
  }

  static func readMatrix(root: URL) throws -> Matrix {
    func safety(_ name: String) throws -> String {
      try String(contentsOf: root.appending(path: "docs/safety/\(name).md"), encoding: .utf8)
    }
    let register = Register(
      requirements: try safety("requirements"),
      hazards: try safety("hazards"),
      deviations: try safety("deviations")
    )
    var found: [NamedTest] = []
    for file in files(under: ["Tests"], of: root) where file.hasSuffix(".swift") {
      found += tests(inSwift: try text(of: file, in: root), file: file)
    }
    for file in files(under: [".ci", "Firmware", "scripts"], of: root)
    where file.hasSuffix(".sh") || file == ".ci/run" {
      found += gates(inScript: try text(of: file, in: root), file: file)
    }
    return Matrix(register: register, tests: found)
  }

  /// Every file under some folders, as paths from the root; build folders left out.
  static func files(under folders: [String], of root: URL) -> [String] {
    folders.flatMap { folder -> [String] in
      let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      return (paths?.compactMap { $0 as? String } ?? [])
        .filter { !$0.hasPrefix(".build") && !$0.contains("/.build") }
        .map { "\(folder)/\($0)" }
        .sorted()
    }
  }

  static func text(of file: String, in root: URL) throws -> String {
    try String(contentsOf: root.appending(path: file), encoding: .utf8)
  }

  static func complain(_ text: String) {
    FileHandle.standardError.write(Data("trace: \(text)\n".utf8))
  }

  static func fail(_ text: String, status: Int32) -> Never {
    complain(text)
    exit(status)
  }
}
