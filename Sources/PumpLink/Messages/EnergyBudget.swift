public import Quantities

/// What strangers may cost at a port, in nJ of the energy model (SR-110).
///
/// It is charged with what each has really cost, so that a knock with nothing behind it uses up
/// little of it, and gets all of that back once the peer is known. Over any span t strangers cost at
/// most `capacity + t × perSecond`, and what those cost more that were let in with the last of it.
/// The near-field port has a budget of its own, so that a flood by radio keeps nobody at the bedside
/// out. Both together are at most 6.2 J a day: a thousandth of a battery of 6.5 kJ. The figures of
/// the model are assumptions, not measured.
public struct EnergyBudget: Equatable, Sendable {
  public let capacity: Int64
  public let perSecond: Int64
  /// Below zero after strangers that cost more than was left.
  private var left: Int64
  /// Up to when what comes back is counted.
  private var counted: PumpTime

  public init(capacity: Int64, perSecond: Int64, at now: PumpTime) {
    precondition(capacity > 0 && perSecond > 0, "a budget lets something through")
    self.capacity = capacity
    self.perSecond = perSecond
    left = capacity
    counted = now
  }

  /// 0.8 J at once and 3.5 J a day: some 400 handshakes, and then one in 50 s.
  public static func remote(at now: PumpTime) -> EnergyBudget {
    EnergyBudget(capacity: 800_000_000, perSecond: 40_000, at: now)
  }

  /// 0.2 J at once and 1.7 J a day: some 100 handshakes, and then one in 100 s.
  public static func near(at now: PumpTime) -> EnergyBudget {
    EnergyBudget(capacity: 200_000_000, perSecond: 20_000, at: now)
  }

  /// Whether a stranger is answered: while there is anything left.
  public mutating func allows(at now: PumpTime) -> Bool {
    let seconds = max(0, (now - counted).milliseconds) / 1_000
    counted = counted + TimeSpan(milliseconds: seconds * 1_000)
    // However long ago: no more than what fills it.
    left = min(capacity, left + min(seconds, (capacity - left) / perSecond + 1) * perSecond)
    return left > 0
  }

  public mutating func spend(_ nanojoules: Int64) { left -= nanojoules }

  /// The peer has proved who it is: what it cost was not wasted.
  public mutating func giveBack(_ nanojoules: Int64) { left = min(capacity, left + nanojoules) }
}
