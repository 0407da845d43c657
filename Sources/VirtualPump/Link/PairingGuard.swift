import Quantities

/// Holds off whoever guesses at the pairing secret: five tries, then a delay that doubles from 10 s
/// up to an hour, and never a lock for good (SR-108).
struct PairingGuard: Sendable {
  static let freeTries = 5
  static let firstDelay = TimeSpan(milliseconds: 10_000)
  private(set) var failures = 0
  private var blockedUntil = PumpTime.commissioning

  func allows(at time: PumpTime) -> Bool { time >= blockedUntil }

  mutating func failed(at time: PumpTime) {
    failures += 1
    guard failures >= Self.freeTries else { return }
    let doublings = min(failures - Self.freeTries, 10)
    let delay = min(Self.firstDelay.milliseconds << Int64(doublings), TimeSpan.hour.milliseconds)
    blockedUntil = time + TimeSpan(milliseconds: delay)
  }

  mutating func succeeded() { self = PairingGuard() }
}
