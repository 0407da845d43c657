public import Quantities

/// How often something may happen: a bucket of tokens, one for each time.
///
/// Over any span t it happens at most `capacity + t / every` times.
public struct TrafficBudget: Equatable, Sendable {
  public let capacity: Int64
  /// How long one token takes to come back.
  public let every: TimeSpan
  private var tokens: Int64
  /// Up to when returned tokens are counted.
  private var counted: PumpTime

  public init(capacity: Int64, every: TimeSpan, at now: PumpTime) {
    precondition(capacity > 0 && every > .zero, "a budget lets something through")
    self.capacity = capacity
    self.every = every
    tokens = capacity
    counted = now
  }

  /// Takes a token; false where none is left.
  public mutating func take(at now: PumpTime) -> Bool {
    let back = max(0, (now - counted).milliseconds) / every.milliseconds
    counted = counted + back * every
    tokens = min(capacity, tokens + back)
    guard tokens > 0 else { return false }
    tokens -= 1
    return true
  }
}
