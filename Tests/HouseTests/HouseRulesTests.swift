import Foundation
import Testing

/// What every file of the repository keeps to; the reasons stand in `CONTRIBUTING.md`.
struct HouseRulesTests {
  /// What each module of `Sources` may import; `docs/architecture.md` says why.
  static let mayImport: [String: Set<String>] = [
    "Quantities": [],
    "PumpCore": ["Quantities"],
    "PumpLink": ["Quantities", "PumpCore"],
    "PumpLinkCrypto": ["PumpLink", "Crypto"],
    "JSONText": [],
    "PumpCatalog": ["Quantities", "PumpCore", "JSONText"],
    "PumpScenario": ["Quantities", "PumpCore", "JSONText"],
    "Formulary": ["Quantities", "PumpCore", "JSONText", "PumpCatalog", "PumpScenario"],
    "Pharmacology": [],
    "PatientModel": ["Quantities", "PumpCore", "JSONText", "PumpScenario", "Pharmacology"],
    "Therapy": [
      "Quantities", "PumpCore", "PumpLink", "JSONText", "PumpScenario", "PumpCatalog", "Formulary",
    ],
    "VirtualPump": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "SimulatedClock",
      "Synchronization", "Glibc", "Musl", "Darwin",
    ],
    "OrderText": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
      "Formulary",
    ],
    "Ledger": ["Foundation", "Dispatch", "GRDB", "Crypto", "Synchronization"],
    "Signer": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
      "OrderText", "Crypto", "CryptoExtras", "Hummingbird", "Mustache", "HTTPTypes", "Logging",
      "NIOCore",
      "Dispatch", "Foundation",
    ],
    "SimulatedClock": ["Synchronization", "Glibc", "Musl", "Darwin"],
    "Clinic": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
      "PumpCatalog", "Formulary", "OrderText", "Therapy", "Ledger", "HTTPCall", "Pharmacology",
      "PatientModel", "Crypto", "CryptoExtras",
      "Hummingbird", "Mustache", "HTTPTypes", "Logging", "NIOCore", "NIOPosix",
      "ServiceLifecycle", "Synchronization", "Foundation", "Glibc", "Musl", "Darwin",
    ],
    "Demonstration": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "Formulary", "OrderText",
      "Signer", "Therapy", "VirtualPump", "Ledger", "SimulatedClock", "Clinic", "Dispatch",
      "Foundation", "Synchronization",
      // The body behind the tip.
      "Pharmacology", "PatientModel",
      // The simulated world reaches the server as everyone does, and carries for its pumps.
      "HTTPCall", "Relay", "NIOCore", "NIOPosix",
    ],
    "HTTPCall": ["NIOCore", "NIOHTTP1", "NIOPosix"],
    "PatientController": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "PumpScenario", "OrderText",
      "Signer", "VirtualPump",
    ],
    "Relay": ["HTTPCall", "NIOCore", "NIOPosix"],
    "cisterna": [
      "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpCatalog",
      "PumpScenario", "Formulary", "OrderText", "Signer", "PatientController",
      "VirtualPump", "Ledger", "Relay", "SimulatedClock", "Clinic", "Demonstration",
      "Pharmacology", "PatientModel",
      "ArgumentParser", "Dispatch", "Foundation", "Synchronization", "Glibc",
      "Musl", "Darwin",
    ],
  ]

  /// The modules that may read a clock, a disk or a source of randomness.
  static let shells: Set<String> = ["cisterna", "VirtualPump", "Ledger", "Demonstration"]

  /// Files of more than 400 lines, each with its reason.
  static let longFiles: [String: String] = [
    "Sources/Demonstration/DemoPatients.swift": "data as one literal, written by a script",
    "Package.swift": "the manifest, an entry for each module",
  ]

  let tree = Tree()

  @Test
  func `a module imports only what the map allows (SR-080)`() {
    let importLine =
      #/
      (?m) ^ \s* (?: @\w+ (?: \( [^)]* \) )? \s+ )*
      (?: (?: public | package | internal | fileprivate | private ) \s+ )?
      import \s+ (?: (?: struct | class | enum | protocol | func | var | let | typealias ) \s+ )?
      (\w+)
      /#
    for file in tree.files(under: "Sources", ending: ".swift") {
      let module = file.module
      guard let allowed = Self.mayImport[module] else {
        Issue.record("\(module) is not in the map: add it here and to docs/architecture.md")
        continue
      }
      for match in file.text.matches(of: importLine) {
        let imported = String(match.output.1)
        if !allowed.contains(imported) { Issue.record("\(file.path) imports \(imported)") }
      }
    }
  }

  @Test
  func `the page on architecture shows the map that the tests hold`() throws {
    let page = try tree.text(of: "docs/architecture.md")
    var shown: [String: Set<String>] = [:]
    for row in page.matches(of: #/(?m)^\| `(\w+)` \| [^|]* \| ([^|]*) \|/#) {
      let names = row.output.2.matches(of: #/`(\w+)`/#).map { String($0.output.1) }
      shown[String(row.output.1)] = Set(names)
    }
    #expect(shown == Self.mayImport)
  }

  @Test
  func `no file is longer than 400 lines without a reason`() {
    for file in tree.swiftFiles {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      if Self.longFiles[file.path] != nil {
        #expect(lines > 400, "\(file.path) needs its exception no more")
      } else {
        #expect(lines <= 400, "\(file.path) has \(lines) lines")
      }
    }
    for path in Self.longFiles.keys {
      let isThere = tree.exists(path)
      #expect(isThere, "\(path) has an exception and does not exist")
    }
  }

  @Test
  func `nothing is left for later in the code`() {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for file in tree.swiftFiles {
      for mark in marks where file.text.contains(mark) {
        Issue.record("\(file.path) says \(mark)")
      }
    }
  }

  @Test
  func `no error is forced away`() {
    for file in tree.swiftFiles {
      if file.text.contains("try" + "!") { Issue.record("\(file.path)") }
    }
  }

  @Test
  func `types are named for what they are`() {
    let vague =
      #/\b(?:class|struct|enum|actor|protocol|typealias) +(\w*(?:Manager|Helper|Utils?))\b/#
      .wordBoundaryKind(.simple)
    for file in tree.swiftFiles {
      for match in file.text.matches(of: vague) {
        Issue.record("\(file.path) declares \(match.output.1)")
      }
    }
  }

  @Test
  func `below the shells time and chance are arguments`() {
    let ambient =
      #/
      \bDate\(\) | \bDate\.now\b | \b(?:Continuous|Suspending)Clock\b | \bclock_gettime\b
      | \bDispatch\w*Time\b | \bTask\.sleep\b | \.random\( | \bSystemRandomNumberGenerator\b
      /#.wordBoundaryKind(.simple)
    for file in tree.files(under: "Sources", ending: ".swift")
    where !Self.shells.contains(file.module) {
      // A script runs in the reader's browser and decides nothing.
      for match in file.code.matches(of: ambient)
      where !file.path.hasPrefix("Sources/Clinic/Pages/Script/") {
        Issue.record("\(file.path) uses \(match.output)")
      }
    }
  }

  @Test
  func `a file of tests expects something`() {
    for file in tree.files(under: "Tests", ending: ".swift") where file.code.contains("@Test") {
      let expects = ["#expect", "#require", "Issue.record"].contains { file.code.contains($0) }
      #expect(expects, "\(file.path)")
    }
  }

  @Test
  func `every make command that the documents name is in the Makefile`() throws {
    let makefile = try tree.text(of: "Makefile")
    let targets = Set(makefile.matches(of: #/(?m)^([a-z-]+):/#).map { String($0.output.1) })
    var named: Set<String> = []
    for page in tree.pages {
      for match in page.text.matches(of: #/(?:`|(?m:^ *))make ([a-z-]+)/#) {
        named.insert(String(match.output.1))
        let isThere = targets.contains(String(match.output.1))
        #expect(isThere, "\(page.path): make \(match.output.1)")
      }
    }
    #expect(named.isSuperset(of: ["run", "test"]))
  }

  @Test
  func `every file that the documents link or run exists`() {
    let named = #/\b(?:Examples|scripts)\/[\w.\/-]*\w/#.wordBoundaryKind(.simple)
    for page in tree.pages {
      let folder = page.path.split(separator: "/").dropLast().joined(separator: "/")
      for match in page.text.matches(of: #/\]\(([^)#:\s]+)(?:#[^)]*)?\)/#) {
        let isThere = tree.exists(normal("\(folder)/\(match.output.1)"))
        #expect(isThere, "\(page.path) links \(match.output.1)")
      }
      for match in page.text.matches(of: named) {
        let isThere = tree.exists(String(match.output))
        #expect(isThere, "\(page.path) names \(match.output)")
      }
    }
  }

  @Test
  func `nothing points to a path outside of the repository`() {
    let outside = try? Regex("\\.\\./" + "shared|(?m:^|[^\\w./])/" + "work/")
    guard let outside else {
      Issue.record("the pattern is malformed")
      return
    }
    for file in tree.textFiles {
      if file.text.contains(outside) { Issue.record("\(file.path)") }
    }
  }
}

/// A path without its empty, `.` and `..` parts.
private func normal(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return parts.joined(separator: "/")
}
