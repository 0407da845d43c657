import Foundation
import Testing

/// `cisterna clinic simulate` as a shell starts it.
struct SimulateCommandTests {
  /// Beside the tests' own program.
  private static let folder = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().path

  private static func run(
    _ words: [String],
    temporary: String
  ) throws -> (status: Int32, error: String) {
    let process = Process()
    let error = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // By its name alone, from a folder in which it is not.
    process.arguments = ["-c", "exec cisterna clinic simulate \(words.joined(separator: " "))"]
    process.currentDirectoryURL = URL(fileURLWithPath: temporary)
    process.environment = ["PATH": "\(folder):/usr/bin:/bin", "TMPDIR": temporary]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    let told = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: told, as: UTF8.self))
  }

  private static func inFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-command-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test(.timeLimit(.minutes(3)))
  func `found through the path it starts its own server, and leaves no folder`() throws {
    try Self.inFolder { folder in
      let run = try Self.run(
        ["--patients", "1", "--days", "1", "--port", "17497"],
        temporary: folder
      )
      #expect(run.status == 0, "\(run.error)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}
