/// A length, held as a whole number of micrometres.
public struct Length: Equatable, Hashable, Comparable, Sendable {
  public let micrometres: Int64

  @inlinable
  public init(micrometres: Int64) {
    self.micrometres = micrometres
  }

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.micrometres < rhs.micrometres
  }
}

/// What a catheter holds along its length, in whole picolitres per centimetre.
public struct LinearVolume: Equatable, Hashable, Comparable, Sendable {
  public let picolitresPerCentimetre: Int64

  @inlinable
  public init(picolitresPerCentimetre: Int64) {
    self.picolitresPerCentimetre = picolitresPerCentimetre
  }

  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.picolitresPerCentimetre < rhs.picolitresPerCentimetre
  }

  /// The volume of a length of catheter, rounded half to even to the nanolitre.
  ///
  /// - Returns: nothing where the product overflows.
  public func volume(of length: Length) -> Volume? {
    // 1 pL/cm × 1 µm = 1e-4 pL = 1e-7 nL.
    let (product, overflow) = picolitresPerCentimetre.multipliedReportingOverflow(
      by: length.micrometres
    )
    guard !overflow else { return nil }
    return Rounding.halfEven(product, over: 10_000_000).map(Volume.init(nanolitres:))
  }
}
