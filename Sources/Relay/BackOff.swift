/// How long to wait before trying again: longer each time, and never longer than a bound.
struct BackOff: Equatable, Sendable {
  static let first: Int64 = 250
  static let most: Int64 = 10_000

  private(set) var failures = 0

  mutating func succeeded() { failures = 0 }

  /// The wait after one more failure, ms.
  mutating func failed() -> Int64 {
    defer { failures += 1 }
    return min(Self.most, Self.first << Int64(min(failures, 10)))
  }
}
