import Foundation
import Testing

/// The clinic over its real processes: server, relay, signers and pumps.
struct StoryTests {
  private static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/python3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  /// Beside the tests' own program.
  private static let cisterna = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "cisterna").path

  private static let hasBrowser: Bool = {
    guard let python, FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium") else {
      return false
    }
    return (try? run([python, "-c", "import playwright"]))?.status == 0
  }()

  /// Everything that is asked of it is checked where it is told: `story.py`, beside this file.
  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(10)))
  func `patients are programmed and watched, and nothing is lost (SR-101, SR-113, H-72)`() throws {
    try Self.play("story.py")
  }

  /// Likewise `tour.py`: sign in, program, sign, see it applied; every page wide and narrow, with axe.
  @Test(
    .enabled(if: hasBrowser, "skipped: no chromium, or no playwright for python3, is here"),
    .timeLimit(.minutes(10))
  )
  func `the tour goes through a browser, wide and narrow, light and dark`() throws {
    try Self.play("tour.py")
  }

  /// `pages.py`: every page, wide and narrow, light and dark, by axe and by Tab.
  @Test(
    .enabled(if: hasBrowser, "skipped: no chromium, or no playwright for python3, is here"),
    .timeLimit(.minutes(15))
  )
  func `every page is whole, readable, and reached by Tab`() throws {
    try Self.play("pages.py")
  }

  /// `keyboard.py`: everything that a clinician does, without a mouse.
  @Test(
    .enabled(if: hasBrowser, "skipped: no chromium, or no playwright for python3, is here"),
    .timeLimit(.minutes(10))
  )
  func `all of it is done by keyboard alone, and nobody's typing is taken from them`() throws {
    try Self.play("keyboard.py")
  }

  /// `entries.py`: wrong units, slips, double clicks, two at once, a session that ends.
  @Test(
    .enabled(if: hasBrowser, "skipped: no chromium, or no playwright for python3, is here"),
    .timeLimit(.minutes(10))
  )
  func `a wrong entry is told at its field, done once, and loses nothing (SR-113, SR-120)`() throws
  {
    try Self.play("entries.py")
  }

  private static func play(_ script: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-story-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: script).path
    let played = try run([try #require(python), path, cisterna, folder])
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
