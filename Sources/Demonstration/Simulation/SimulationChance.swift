import PumpLink

/// Chance that is the same for the same seed: SplitMix64 (Steele, Lea, Flood 2014).
///
/// Each patient has a stream of their own, so that what happens to one changes nothing for another.
struct SimulationChance: Sendable {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: of the run.
  ///   - stream: which of its streams.
  init(seed: UInt64, stream: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ (stream &+ 1) &* 0xD1B5_4A32_D192_ED03
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of the range, each as likely.
  mutating func among(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether something happens that does so many times in a thousand.
  mutating func happens(_ permille: Int) -> Bool { among(0...999) < permille }

  /// One of several; none must not be asked for.
  mutating func one<Value>(of values: [Value]) -> Value { values[among(0...values.count - 1)] }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }
}
