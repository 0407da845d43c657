import Foundation
import PumpTesting
import Testing

@testable import Ledger

/// A process that appends is killed at random instants, test method T-01s.
///
/// A kill loses nothing that the process handed to the kernel; what a power cut loses is in
/// `PowerCutTests`.
struct CrashTests {
  @Test
  func
    `whatever was acknowledged before a kill is there, once, and the chain holds (SR-113, H-71)`()
    async throws
  {
    try await onOwnThread { try Self.kill() }
  }

  private static func kill() throws {
    let start = ContinuousClock.now
    var generator = Seeded(seed: 20_261_121)
    var kills = 0, acknowledged = 0, unanswered = 0
    for _ in 0..<20 {
      let scratch = try Scratch()
      var life = AppenderLife(path: scratch.file("ledger.sqlite"))
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
      kills: \(kills), \(acknowledged) appends acknowledged by \(AppenderLife.writers) writers, \
      \(unanswered) stored without their answer heard (sent again: stored once), 0 lost, 0 double; \
      3/n = \(3 / Double(kills)); \(ContinuousClock.now - start)
      """
    )
    #expect(kills >= 200)
    #expect(acknowledged > kills)
  }
}
