public import Quantities

/// An opioid by mouth or skin, with its factor to morphine by mouth (pathway: Outcome scales).
///
/// The factors are those of the CDC 2022, recalled and unverified: a figure that rests on them is shown
/// so. Intrathecal doses are not converted with them.
public enum OralDrug: String, Codable, Sendable, CaseIterable {
  case morphine, codeine, tramadol, tapentadol, hydrocodone, oxycodone, oxymorphone
  case hydromorphone, methadone
  /// A patch; its factor is of mcg/h to mg/d.
  case fentanylPatch

  /// mg/d of morphine for each mg/d; for the patch for each mcg/h.
  public var factor: String {
    switch self {
    case .morphine: "1"
    case .codeine: "0.15"
    case .tramadol: "0.2"
    case .tapentadol: "0.4"
    case .hydrocodone: "1"
    case .oxycodone: "1.5"
    case .oxymorphone: "3"
    case .hydromorphone: "5"
    case .methadone: "4.7"
    case .fentanylPatch: "2.4"
    }
  }

  public var source: String {
    self == .morphine ? "by definition" : "CDC 2022 factors (recalled, unverified)"
  }

  public var isVerified: Bool { self == .morphine }

  /// Hundredths of the factor.
  private var hundredths: Int64 {
    switch self {
    case .morphine, .hydrocodone: 100
    case .codeine: 15
    case .tramadol: 20
    case .tapentadol: 40
    case .oxycodone: 150
    case .oxymorphone: 300
    case .hydromorphone: 500
    case .methadone: 470
    case .fentanylPatch: 240
    }
  }

  /// The dose of morphine by mouth, rounded half to even to the femtogram.
  ///
  /// - Parameter dose: a day's; of the patch what it gives in a day.
  /// - Returns: nothing where it cannot be held.
  public func morphine(for dose: DailyDose) -> DailyDose? {
    // A patch of 1 mcg/h gives 24 mcg a day, and counts as 2.4 mg/d of morphine.
    let (numerator, denominator): (Int64, Int64) =
      self == .fentanylPatch ? (hundredths * 1_000, 2_400) : (hundredths, 100)
    let wide = Int128(dose.mass.femtograms) * Int128(numerator)
    let (whole, rest) = wide.quotientAndRemainder(dividingBy: Int128(denominator))
    let twice = rest * 2
    let isUp = twice > Int128(denominator) || (twice == Int128(denominator) && whole & 1 == 1)
    guard let value = Int64(exactly: isUp ? whole + 1 : whole) else { return nil }
    return DailyDose(mass: Mass(femtograms: value))
  }
}
