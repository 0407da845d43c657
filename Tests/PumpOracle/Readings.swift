/// The places where the contract can be read in more than one way, and no golden case decides.
///
/// Each constant is one reading, so that flipping it shows what hangs on it. The list with the
/// reasons is `docs/readings.md`; the numbers below are its numbers.
enum Readings {
  /// A17: one bad copy is repaired from its twin, and the alarm `memoryFault` is raised all the
  /// same (its condition is gone at once, it stays latched until acknowledged).
  static let oneBadCopyRaisesMemoryFault = true
  /// A18: a copy that went bad before a new program came is found (and repaired) at that
  /// activation, not silently written over.
  static let activationChecksOldCopies = true
  /// A21: a prime stroke can be withheld by the dose limit (never by the volume limit).
  static let doseLimitWithholdsPrimeStrokes = true
  /// A24: a clinician bolus meets the model's maximum with basal and bolus rate together.
  static let clinicianMaximumIncludesBasal = true
  /// A30: an alarm repeat that fell due while the pump was off comes 10 min after boot.
  static let overdueRepeatAfterBoot: Int64 = 10 * minute
}
