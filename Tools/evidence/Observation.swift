/// One published observation and what the model makes of it.
struct Observation {
  /// How the model's numbers stand to the observation.
  enum Role: String {
    /// The observation was in view when defaults were chosen: a fit, not a prediction.
    case fitted = "fitted"
    /// It follows from systemic numbers taken from elsewhere.
    case input = "from published inputs"
    /// Nobody looked at it when defaults were chosen.
    case free = "not fitted"
  }

  let id: String
  let words: String
  let source: String
  /// As published, in words.
  let published: String
  /// The published interval, in ``unit``.
  let interval: ClosedRange<Double>
  let unit: String
  let role: Role
  /// What the model gives; nothing where it does not come about.
  let model: Double?

  var isInside: Bool { model.map(interval.contains) ?? false }
}
