import Foundation
import PumpCore
import PumpLinkCrypto

/// What the commands take from the machine: chance, the clock, the primitives.
enum Chance {
  static let crypto = SwiftCrypto()

  /// Bytes of the system's own source for keys.
  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// What the clock on the wall shows here.
  static func now() -> LocalTime {
    let now = Date()
    let seconds = now.timeIntervalSince1970 + Double(TimeZone.current.secondsFromGMT(for: now))
    return LocalTime(milliseconds: Int64(seconds * 1_000))
  }
}
