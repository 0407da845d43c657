import Foundation

/// A program that the demonstration runs beside itself, and that ends when it ends.
///
/// The program watches the pipe that it has as standard input: it closes with this process, however
/// that one ends.
final class DemoProcess {
  let name: String
  private let process = Process()
  private let hold = Pipe()

  /// - Parameters:
  ///   - name: for messages.
  ///   - program: the path of the program.
  ///   - arguments: of the program.
  ///   - log: takes what it prints.
  /// - Throws: where the program or the log cannot be opened.
  init(_ name: String, _ program: String, _ arguments: [String], log: String) throws {
    self.name = name
    if !FileManager.default.fileExists(atPath: log) {
      _ = FileManager.default.createFile(atPath: log, contents: nil)
    }
    guard let output = FileHandle(forWritingAtPath: log) else {
      throw DemoError("\(log): cannot be written")
    }
    try output.seekToEnd()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments + ["--end-with-parent"]
    process.standardInput = hold
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  var isRunning: Bool { process.isRunning }
  var id: Int32 { process.processIdentifier }

  /// Asks it to end and waits until it has.
  func stop() {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
  }
}
