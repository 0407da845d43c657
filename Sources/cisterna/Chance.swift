import Foundation
import PumpCore
import PumpLinkCrypto

/// What the commands take from the machine: chance, the clock, the primitives.
enum Chance {
  static let crypto = SwiftCrypto()

  /// Bytes of the system's own source for keys.
  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    // Eight at a time: each asks the system.
    while bytes.count < count {
      var word = generator.next()
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
    }
    bytes.removeSubrange(count...)
    return bytes
  }

  /// What the clock on the wall shows here.
  static func now() -> LocalTime {
    let now = Date()
    let seconds = now.timeIntervalSince1970 + Double(TimeZone.current.secondsFromGMT(for: now))
    return LocalTime(milliseconds: Int64(seconds * 1_000))
  }
}
