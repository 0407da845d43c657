import Foundation
import PumpTesting
import Testing

@testable import Ledger

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs what waits for other processes on a thread of its own: the tests beside it share a few.
///
/// Still in the test's task, so that what it finds is the test's.
func onOwnThread<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withTaskExecutorPreference(OwnThread()) { try work() }
}

private final class OwnThread: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
  }
}

/// A ledger and what was acknowledged of it, over many lives of the process that writes it.
struct AppenderLife {
  static let writers = 4

  let path: String
  /// The number of each writer's last acknowledged event.
  var acknowledged = [Int](repeating: 0, count: AppenderLife.writers)
  /// Events that were stored and whose acknowledgment was never heard.
  var unanswered = 0

  init(path: String) {
    self.path = path
  }

  private func appender(_ round: Int, _ environment: [String: String]) -> (Process, FileHandle) {
    let process = Process()
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("ledger-appender")
    // Each begins with the event that it does not know the fate of: the same id, sent again.
    process.arguments = [path, "\(round)"] + acknowledged.map { "\($0 + 1)" }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    return (process, pipe.fileHandleForReading)
  }

  /// Starts the appender, lets it run on from so many acknowledgments, and kills it.
  ///
  /// Without a delay it is left to be killed by what its environment says.
  mutating func killOnce(
    round: Int,
    heard least: Int = 1,
    after delay: Duration?,
    environment: [String: String] = [:]
  ) throws {
    let (process, reading) = appender(round, environment)
    try process.run()
    var heard = reading.availableData
    while !heard.isEmpty, heard.count(where: { $0 == UInt8(ascii: "\n") }) < least {
      let more = reading.availableData
      if more.isEmpty { break }
      heard += more
    }
    if let delay {
      Thread.sleep(forTimeInterval: Double(delay.components.attoseconds) / 1e18)
      kill(process.processIdentifier, SIGKILL)
    }
    heard += reading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it was killed, and did not give up")
    take(heard)
  }

  /// Lets the appender run until the disk refuses; what it says then, line by line.
  mutating func runUntilRefused(environment: [String: String]) throws -> [String] {
    let (process, reading) = appender(0, environment)
    try process.run()
    let heard = reading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 3)
    take(heard)
    return String(decoding: heard, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !($0.first?.isNumber ?? false) }
  }

  /// Takes note of acknowledgments; what was cut in the middle of a line was not heard.
  private mutating func take(_ heard: Data) {
    let text = String(decoding: heard, as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ").compactMap { Int($0) }
      guard words.count == 4 else { continue }
      let (writer, number) = (words[0], words[1])
      #expect(number == acknowledged[writer] + 1, "acknowledged in order")
      #expect(words[3] == number, "stored at the version that was expected")
      acknowledged[writer] = number
    }
  }

  /// What is wrong with the ledger as it lies there; nothing where all is well.
  mutating func fault() throws -> String? {
    do {
      _ = try LedgerFile(path: path).verify()
    } catch {
      return "\(error)"
    }
    var stored = [Int](repeating: 0, count: Self.writers)
    var last: LedgerEvent?
    var audited = 0
    var fault: String?
    try LedgerFile(path: path).read { db in
      var check = ChainCheck()
      try LedgerFile.walk(db, &check, { _, _ in }) { event in
        defer { last = event }
        // The other half of an append stands beside the first, or neither is there.
        if event.stream == "audit" {
          audited += 1
          let isIt = last.map { "audit" + $0.draft.id.dropFirst() } == event.draft.id
          if !isIt { fault = "\(event.draft.id) stands alone" }
          return
        }
        guard let writer = Int(event.stream.dropFirst("stream-".count)) else { return }
        stored[writer] += 1
        let number = stored[writer]
        let isIt = event.draft.id == "w\(writer)-\(number)" && event.version == number
        if !isIt { fault = "\(event.stream): \(event.draft.id) at version \(event.version)" }
      }
    }
    if audited != stored.reduce(0, +) { fault = "\(audited) halves of \(stored)" }
    for writer in stored.indices {
      if stored[writer] < acknowledged[writer] {
        fault = "writer \(writer): \(acknowledged[writer]) acknowledged, \(stored[writer]) stored"
      }
      // One append at a time is under way for each writer.
      if stored[writer] > acknowledged[writer] + 1 {
        fault = "writer \(writer): \(stored[writer]) stored, \(acknowledged[writer]) acknowledged"
      }
    }
    unanswered += zip(stored, acknowledged).map(-).reduce(0, +)
    return fault
  }
}
