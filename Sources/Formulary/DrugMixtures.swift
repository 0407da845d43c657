public import Quantities

/// What is known of drugs in one reservoir.
public struct DrugMixtures: Equatable, Sendable {
  /// A mixture that someone has tested.
  public struct Combination: Equatable, Sendable {
    /// In alphabetical order.
    public let drugs: [String]
    public let stability: DrugFact<TimeSpan>
  }

  /// A drug that should not be mixed with others.
  public struct Discouraged: Equatable, Sendable {
    public let drug: String
    public let others: [String]
    public let reason: DrugFact<String>
  }

  public let combinations: [Combination]
  public let discouraged: [Discouraged]
  /// How far an assay of a compounded fill may be off, %.
  public let compoundingTolerance: DrugFact<Rational>

  /// The test of exactly these drugs together; nothing where there is none.
  public func combination(of drugs: [String]) -> Combination? {
    let wanted = drugs.sorted()
    return combinations.first { $0.drugs == wanted }
  }

  /// The reasons against mixing these drugs.
  public func discouraged(in drugs: [String]) -> [Discouraged] {
    discouraged.filter { entry in
      drugs.contains(entry.drug) && drugs.contains { entry.others.contains($0) }
    }
  }
}
