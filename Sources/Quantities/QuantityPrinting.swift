#if !hasFeature(Embedded)
/// The units that a kind of quantity is printed in, and how one of them is chosen.
public struct QuantityPrinting: Sendable {
  private let units: [(name: String, storedUnits: Int64)]
  /// Whether only a unit that divides the value is chosen, as with time: `90 s`, not `1.5 min`.
  private let isWhole: Bool

  /// The largest unit of which the value has at least one; each is a power of ten stored units.
  ///
  /// - Parameter units: largest first.
  /// - Returns: the way of printing.
  static func decimal(_ units: [(String, Int64)]) -> Self {
    Self(units: units.map { (name: $0.0, storedUnits: $0.1) }, isWhole: false)
  }

  /// The largest unit of which the value is a multiple.
  ///
  /// - Parameter units: largest first; the last one is the stored unit.
  /// - Returns: the way of printing.
  static func whole(_ units: [(String, Int64)]) -> Self {
    Self(units: units.map { (name: $0.0, storedUnits: $0.1) }, isWhole: true)
  }

  /// Number and unit of a count of stored units.
  func text(of value: Int64) -> String {
    let magnitude = value.magnitude
    let sign = value < 0 ? "-" : ""
    for (name, storedUnits) in units {
      let (count, rest) = magnitude.quotientAndRemainder(dividingBy: UInt64(storedUnits))
      let fits = isWhole ? rest == 0 && (count > 0 || name == "s") : count > 0
      guard fits || name == units.last?.name else { continue }
      let fraction = Self.fraction(rest, of: UInt64(storedUnits))
      return "\(sign)\(count)\(fraction) \(name)"
    }
    preconditionFailure("a kind of quantity has a unit")
  }

  /// The decimals of a rest below a power of ten, with the point, without trailing zeros.
  private static func fraction(_ rest: UInt64, of unit: UInt64) -> String {
    var digits = ""
    var rest = rest
    var place = unit
    while rest > 0 {
      place /= 10
      let (digit, below) = rest.quotientAndRemainder(dividingBy: place)
      digits += String(digit)
      rest = below
    }
    return digits.isEmpty ? "" : ".\(digits)"
  }
}
#endif
