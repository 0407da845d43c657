import Foundation
import Testing

/// The clinic's server over its real processes, killed and over disks that refuse.
///
/// What is asked and checked stands in `crash.py` and `disk.py`, beside this file; `make kill-server` runs
/// the first one at length.
@Suite(.serialized)
struct ServerCrashTests {
  private static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/python3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  private static let kills = ProcessInfo.processInfo.environment["CISTERNA_SERVER_KILLS"] ?? "4"
  private static let seed = ProcessInfo.processInfo.environment["CISTERNA_SEED"] ?? "21"

  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(60)))
  func
    `a server killed with orders in flight loses nothing, does nothing twice and says nothing false (SR-101, SR-102, SR-113)`()
    throws
  {
    try Self.play("crash.py", [Self.kills, Self.seed])
  }

  #if os(Linux)
  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(60)))
  func
    `the same where what was not synced is lost with the power (SR-101, SR-102, SR-113)`()
    throws
  {
    try Self.play("crash.py", [Self.kills, Self.seed, try Self.library()])
  }

  @Test(.enabled(if: python != nil, "skipped: no python3 is here"), .timeLimit(.minutes(10)))
  func
    `a disk that takes nothing is told, reads go on, and it recovers by itself (SR-088, SR-113)`()
    throws
  {
    try Self.play("disk.py", [try Self.library()])
  }
  #endif

  /// Beside the tests' own program.
  private static func built(_ name: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: name).path
  }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// The library that stands between the server and its disk.
  private static func library() throws -> String {
    let source = tests.deletingLastPathComponent().appending(path: "LostWrites/lost-writes.c").path
    let path = built("lost-writes-of-server.so")
    let made = try run(["/usr/bin/env", "cc", "-shared", "-fPIC", "-O2", "-o", path, source])
    try #require(made.status == 0, "\(made.told)")
    return path
  }

  private static func play(_ script: String, _ words: [String]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-crash-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let command = [
      try #require(python), tests.appending(path: script).path, built("cisterna"),
      built("server-victim"), folder,
    ]
    let played = try run(command + words)
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
