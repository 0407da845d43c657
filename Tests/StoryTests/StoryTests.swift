import Foundation
import Testing

/// The clinic over its real processes: server, relay, signers and pumps; one after the other, as their
/// clocks go by the wall.
///
/// Each script has ports of its own.
@Suite(.serialized)
struct StoryTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let pythons = (environment["PATH"] ?? "").split(separator: ":").map {
    "\($0)/python3"
  }
  .filter { FileManager.default.isExecutableFile(atPath: $0) }
  private static let python = pythons.first
  private static let chromium = environment["CHROMIUM"] ?? "/usr/bin/chromium"
  /// With Playwright: as scripts/ensure-browser.sh found or made it for `make test`, or one that has it.
  static let driver: String? = {
    let made = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/browser/bin/python3").standardizedFileURL.path
    let given = environment["CISTERNA_PYTHON"].map { $0.isEmpty ? [] : [$0] } ?? []
    return (given + [made] + pythons).first { path in
      FileManager.default.isExecutableFile(atPath: path)
        && (try? run([path, "-B", "-c", "import playwright"]))?.status == 0
    }
  }()
  /// Beside the tests' own program.
  private static let cisterna = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "cisterna").path

  static let hasBrowser =
    driver != nil && FileManager.default.isExecutableFile(atPath: chromium)

  /// Everything that is asked of it is checked where it is told: `story.py`, beside this file.
  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(10)))
  func
    `thirty days of eight patients: every book balances, and nothing is lost (SR-101, SR-113, H-72)`()
    throws
  {
    try Self.play("story.py", with: Self.python)
  }

  /// Likewise `tour.py`: sign in, program, sign, see it applied, refill by two people, an alarm that comes;
  /// every page wide and narrow, with axe.
  @Test(
    .enabled(
      if: hasBrowser,
      "skipped: no chromium, or no Playwright for Python, is here; scripts/ensure-browser.sh says what is missing"
    ),
    .timeLimit(.minutes(10))
  )
  func `the tour goes through a browser, wide and narrow, light and dark`() throws {
    try Self.play("tour.py", with: Self.driver)
  }

  /// `dry.py`: the effect wears off as the patient model says, and everyone who must hear of it does.
  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(5)))
  func
    `a pump that runs dry is told by alarm, list, score and withdrawal, when the model says (H-25)`()
    throws
  {
    try Self.play("dry.py", with: Self.python)
  }

  /// Likewise `serve.py`: a clinic outside of the demonstration.
  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(3)))
  func `a clinic is founded, served, signed in to, and ends within 2 s (SR-111, H-71)`() throws {
    try Self.play("serve.py", with: Self.python)
  }

  /// `pages.py`: every page, wide and narrow, light and dark, by axe and by Tab.
  @Test(
    .enabled(if: hasBrowser, "skipped: scripts/ensure-browser.sh says what is missing"),
    .timeLimit(.minutes(30))
  )
  func `every page is whole, readable, and reached by Tab`() throws {
    try Self.play("pages.py", with: Self.driver)
  }

  /// `keyboard.py`: everything that a clinician does, without a mouse.
  @Test(
    .enabled(if: hasBrowser, "skipped: scripts/ensure-browser.sh says what is missing"),
    .timeLimit(.minutes(10))
  )
  func `all of it is done by keyboard alone, and nobody's typing is taken from them`() throws {
    try Self.play("keyboard.py", with: Self.driver)
  }

  /// `entries.py`: wrong units, slips, double clicks, two at once, a session that ends.
  @Test(
    .enabled(if: hasBrowser, "skipped: scripts/ensure-browser.sh says what is missing"),
    .timeLimit(.minutes(10))
  )
  func `a wrong entry is told at its field, done once, and loses nothing (SR-113, SR-120)`() throws
  {
    try Self.play("entries.py", with: Self.driver)
  }

  /// `prediction.py`: the model beside the form of a program, against `cisterna simulate`.
  @Test(
    .enabled(if: hasBrowser, "skipped: scripts/ensure-browser.sh says what is missing"),
    .timeLimit(.minutes(10))
  )
  func `the model predicts in the browser what the command line does, as one types (SR-044)`()
    throws
  {
    try Self.play("prediction.py", with: Self.driver)
  }

  static func play(_ script: String, with python: String?) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-story-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: script).path
    let played = try run([try #require(python), "-B", path, cisterna, folder])
    print(played.told)
    #expect(played.status == 0, "\(played.told)")
  }

  private static func run(_ words: [String]) throws -> (status: Int32, told: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let told = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: told, as: UTF8.self))
  }
}
