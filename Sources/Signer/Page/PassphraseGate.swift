/// Lets passphrases be tried one at a time, and ever more slowly after wrong ones.
actor PassphraseGate {
  /// Seconds from any fixed instant.
  private let clock: @Sendable () -> Double
  private var wrong = 0
  private var next = 0.0
  private var isTrying = false

  init(clock: @escaping @Sendable () -> Double) { self.clock = clock }

  enum Entry: Equatable {
    case open
    /// Not before so many seconds.
    case wait(Int)
  }

  /// Asks to try; whoever is let in must tell the end with ``leave(right:)``.
  func enter() -> Entry {
    if isTrying { return .wait(1) }
    let left = next - clock()
    if left > 0 { return .wait(Int(left.rounded(.up))) }
    isTrying = true
    return .open
  }

  /// Tells whether the passphrase was right: after the n-th wrong one in a row 2^(n−1) seconds pass,
  /// at most a minute.
  func leave(right: Bool) {
    isTrying = false
    wrong = right ? 0 : wrong + 1
    next = right ? 0 : clock() + Double(min(60, 1 << min(wrong - 1, 6)))
  }
}
