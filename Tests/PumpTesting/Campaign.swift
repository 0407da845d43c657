/// Many random cases of one law: prints seed, cases, failures and what zero failures say.
public struct Campaign: Sendable {
  public let name: String
  public let seed: UInt64
  public let cases: Int

  public init(name: String, seed: UInt64, cases: Int) {
    self.name = name
    self.seed = seed
    self.cases = cases
  }

  /// Runs the law on every case.
  ///
  /// - Parameter law: nothing where it holds, else what went wrong.
  /// - Returns: the first failure, or nothing.
  public func firstFailure(_ law: (inout Seeded) -> String?) -> String? {
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
