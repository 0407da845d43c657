import Therapy

/// What the world knows of why a pump may refuse a small step from afar, so that a refusal for any other reason,
/// or of a step that nothing speaks against, is found (contracts/authority.md, Envelope).
struct RemoteBounds {
  /// µg a day.
  let asked: Int
  /// µg a day, as last set at the bedside.
  let inPerson: Int
  /// How long ago somebody certified was at the bedside, ms.
  let visited: Int64
  /// nL that the pump counts.
  let reservoir: Int64

  /// The bounds of each simulated envelope: 20 % against the program set in person, 120 days, no alarm.
  ///
  /// - Parameter refusal: the pump's reason, as `envelope (week): given …`.
  /// - Returns: whether it is one that the world knows to hold; rates are rounded, so 1 µg a day is let be.
  func mayRefuse(_ refusal: String) -> Bool {
    switch refusal.prefix(while: { $0 != ":" }) {
    case "envelope (week)": 100 * (abs(asked - inPerson) + 1) >= 20 * inPerson
    case "envelope (bedsideAge)": visited > 120 * SimulationTime.day
    // Its low mark is an alarm.
    case "envelope (fault)": reservoir <= 2_000_000
    default: false
    }
  }
}
