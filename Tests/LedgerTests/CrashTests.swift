import Foundation
import PumpTesting
import Synchronization
import Testing

@testable import Ledger

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A process that appends is killed at random instants, test method T-01s.
///
/// A kill loses nothing that the process handed to the kernel; what a power cut loses, this cannot
/// show. That the commits are synced is held by the test of `synchronous`.
struct CrashTests {
  static let writers = 4

  @Test
  func
    `whatever was acknowledged before a kill is there, once, and the chain holds (SR-113, H-71)`()
    throws
  {
    let start = ContinuousClock.now
    var generator = Seeded(seed: 20_261_121)
    var kills = 0, acknowledged = 0, unanswered = 0
    for _ in 0..<12 {
      let scratch = try Scratch()
      var life = Life(path: scratch.file("ledger.sqlite"))
      for round in 0..<10 {
        try life.killOnce(round: round, after: .milliseconds(generator.pick(0...25)))
        kills += 1
        let fault = try life.fault()
        #expect(fault == nil, "kill \(kills)")
      }
      acknowledged += life.acknowledged.reduce(0, +)
      unanswered += life.unanswered
    }
    print(
      """
      kills: \(kills), \(acknowledged) appends acknowledged by \(Self.writers) writers, \
      \(unanswered) stored without their answer heard (sent again: stored once), 0 lost, 0 double; \
      3/n = \(3 / Double(kills)); \(ContinuousClock.now - start)
      """
    )
    #expect(kills >= 100)
    #expect(acknowledged > kills)
  }
}

/// A ledger and what was acknowledged of it, over many lives of the process that writes it.
private struct Life {
  let path: String
  /// The number of each writer's last acknowledged event.
  var acknowledged = [Int](repeating: 0, count: CrashTests.writers)
  /// Events that were stored and whose acknowledgment was never heard.
  var unanswered = 0

  init(path: String) {
    self.path = path
  }

  /// Starts the appender, lets it run from its first acknowledgment on, and kills it.
  mutating func killOnce(round: Int, after delay: Duration) throws {
    let process = Process()
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("ledger-appender")
    // Each begins with the event that it does not know the fate of: the same id, sent again.
    process.arguments = [path, "\(round)"] + acknowledged.map { "\($0 + 1)" }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let reading = pipe.fileHandleForReading
    var heard = reading.availableData
    Thread.sleep(forTimeInterval: Double(delay.components.attoseconds) / 1e18)
    kill(process.processIdentifier, SIGKILL)
    heard += reading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it was killed, and did not give up")
    // What was cut in the middle of a line was not heard.
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
    var stored = [Int](repeating: 0, count: CrashTests.writers)
    var fault: String?
    try LedgerFile(path: path).read { db in
      var check = ChainCheck()
      try LedgerFile.walk(db, &check, { _, _ in }) { event in
        guard let writer = Int(event.stream.dropFirst("stream-".count)) else { return }
        stored[writer] += 1
        let number = stored[writer]
        let isIt = event.draft.id == "w\(writer)-\(number)" && event.version == number
        if !isIt { fault = "\(event.stream): \(event.draft.id) at version \(event.version)" }
      }
    }
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
