/// A concentration of drug in fluid, held as a whole number of nanograms per millilitre.
public struct Concentration: Equatable, Hashable, Comparable, Sendable {
  public let nanogramsPerMillilitre: Int64

  @inlinable
  public init(nanogramsPerMillilitre: Int64) {
    self.nanogramsPerMillilitre = nanogramsPerMillilitre
  }

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.nanogramsPerMillilitre < rhs.nanogramsPerMillilitre
  }

  /// The mass of drug in a volume of this concentration: 1 nL × 1 ng/mL = 1 fg, exactly.
  @inlinable
  public static func * (lhs: Volume, rhs: Self) -> Mass {
    Mass(femtograms: lhs.nanolitres * rhs.nanogramsPerMillilitre)
  }

  /// The volume that holds a mass of drug, rounded half to even to the nanolitre.
  ///
  /// - Returns: nothing where the concentration is not positive or the volume overflows.
  public func volume(holding mass: Mass) -> Volume? {
    guard nanogramsPerMillilitre > 0 else { return nil }
    return Rounding.halfEven(mass.femtograms, over: nanogramsPerMillilitre)
      .map(Volume.init(nanolitres:))
  }
}
