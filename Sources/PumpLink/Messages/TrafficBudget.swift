public import Quantities

/// What unauthenticated traffic may cost: a bucket of tokens, one for each handshake begun (SR-110).
///
/// It bounds energy, not time: however many peers knock, over any span t at most
/// `capacity + t / every` handshakes are answered. With the standard figures, and if a handshake
/// costs 1.5 mJ of radio and arithmetic, that is at most 1.4 J a day: 0.02 % of a battery of 6.5 kJ.
/// Both figures are assumptions of the energy model, not measured. The near-field port has a bucket of its own, so that a flood by radio keeps
/// nobody at the bedside out; handshakes that end well give their token back.
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

  /// Forty at once, and then one in 100 s: 904 in the first day.
  public static func standard(at now: PumpTime) -> TrafficBudget {
    TrafficBudget(capacity: 40, every: TimeSpan(milliseconds: 100_000), at: now)
  }

  /// Takes a token; false where none is left: the handshake is not answered.
  public mutating func take(at now: PumpTime) -> Bool {
    let back = max(0, (now - counted).milliseconds) / every.milliseconds
    counted = counted + back * every
    tokens = min(capacity, tokens + back)
    guard tokens > 0 else { return false }
    tokens -= 1
    return true
  }

  /// The peer has proved who it is: what it cost was not wasted.
  public mutating func giveBack() { tokens = min(capacity, tokens + 1) }
}
