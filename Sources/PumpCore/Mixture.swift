public import Quantities

/// A drug, by its place in the pump's own list; names stay outside of the controller.
public struct DrugID: Equatable, Hashable, Sendable {
  public let rawValue: UInt8

  /// A place in the list; traps outside of ``Capacity/drugs``.
  public init(_ index: Int) {
    precondition(index >= 0 && index < Capacity.drugs, "a pump record knows eight drugs")
    self.rawValue = UInt8(index)
  }

  @inlinable
  public var index: Int { Int(rawValue) }
}

/// The drugs dissolved in one fluid and their concentrations; drug-free fluid has none.
public struct Mixture: Sendable {
  /// By drug, ng/mL; 0 where the drug is not in it.
  @usableFromInline var nanogramsPerMillilitre = InlineArray<8, Int64>(repeating: 0)

  /// Drug-free fluid.
  public init() {}

  /// The concentration of a drug, or nothing where the drug is not in the mixture.
  public subscript(drug: DrugID) -> Concentration? {
    get {
      let value = nanogramsPerMillilitre[drug.index]
      return value > 0 ? Concentration(nanogramsPerMillilitre: value) : nil
    }
    set {
      nanogramsPerMillilitre[drug.index] = newValue?.nanogramsPerMillilitre ?? 0
    }
  }

  /// How many drugs are in it.
  public var drugCount: Int {
    var count = 0
    for index in 0..<Capacity.drugs where nanogramsPerMillilitre[index] > 0 { count += 1 }
    return count
  }
}

extension Mixture: Equatable {
  public static func == (lhs: Self, rhs: Self) -> Bool {
    for index in 0..<Capacity.drugs
    where lhs.nanogramsPerMillilitre[index] != rhs.nanogramsPerMillilitre[index] {
      return false
    }
    return true
  }
}
