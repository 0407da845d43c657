/// How much of everything the controller can hold: it allocates nothing after start (SR-075).
///
/// The relations between these numbers are checked by a test.
public enum Capacity {
  /// Different drugs over the life of one pump record.
  public static let drugs = 8
  /// Different mixtures that can be in the reservoir, in the fluid path or in the 24-h windows.
  public static let mixtures = 6
  /// Pieces of different fluid that can stand in the fluid path at once.
  public static let pathSegments = 16
  /// Steps of one day's pattern.
  public static let stepsOfPattern = 48
  /// Patterns of a week: one for each day at most.
  public static let patterns = 7
  /// Steps of all patterns together.
  public static let steps = 336
  /// Patient and clinician boluses that can begin in any 24 h.
  public static let bolusesOfDay = 48
  /// Uncommanded strokes that are remembered one by one: as many as halt the pump.
  public static let extraStrokes = 40
  /// Buckets of a quarter of an hour in the window of the limits.
  public static let buckets = 96
}

/// The ranges of what a pump of this kind can be told.
///
/// No dose limits: they keep every sum and product of the controller inside its integers over ten
/// years, and a number beyond them is a mistake of entry in any clinic.
public enum Bounds {
  /// One litre: volumes of reservoir, fluid path and bolus, nL.
  public static let volumeMax: Int64 = 1_000_000_000
  /// One litre a day, nL/d.
  public static let rateMax: Int64 = 1_000_000_000
  /// One gram per millilitre, ng/mL.
  public static let concentrationMax: Int64 = 1_000_000_000
  /// One kilogram a day, fg: a dose limit above it would be none.
  public static let massMax: Int64 = 1_000_000_000_000_000_000
  /// A century, ms: intervals and pump times.
  public static let timeMax: Int64 = 3_155_760_000_000
  /// A week, ms: how long one bolus may run.
  public static let bolusTimeMax: Int64 = 604_800_000
}
