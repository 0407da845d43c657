/// A stream of numbers that its seed decides (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of any size: each count of bits is as likely as any other.
  mutating func anySize() -> Int64 {
    Int64(bitPattern: next() >> UInt64.random(in: 0...63, using: &self))
  }

  /// A positive number of any size.
  mutating func positive() -> Int64 {
    max(1, anySize() & .max)
  }
}

/// Many random cases of one law: prints seed, cases, failures and what zero failures say.
struct Campaign {
  let name: String
  let seed: UInt64
  let cases: Int

  /// Runs the law on every case.
  ///
  /// - Parameter law: nothing where it holds, else what went wrong.
  /// - Returns: the first failure, or nothing.
  func firstFailure(_ law: (inout Seeded) -> String?) -> String? {
    var generator = Seeded(seed: seed)
    var failures = 0
    var first: String?
    for number in 0..<cases {
      guard let failure = law(&generator) else { continue }
      failures += 1
      if first == nil { first = "seed \(seed), case \(number): \(failure)" }
    }
    let bound = failures == 0 ? ", so at 95 % confidence fewer than \(3.0 / Double(cases))" : ""
    print("\(name): seed \(seed), \(cases) cases, \(failures) failures\(bound)")
    return first
  }
}
