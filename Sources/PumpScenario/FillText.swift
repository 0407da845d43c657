public import PumpCore
public import Quantities

/// A fill of the reservoir as given.
public struct FillText: Equatable, Sendable {
  /// A drug of the fluid.
  public struct Drug: Equatable, Sendable {
    public let name: String
    /// Greater than nothing.
    public let concentration: Concentration
    /// Where it stands in the scenario.
    public let path: String
  }

  public let volume: Volume
  /// Each drug once; none in drug-free fluid.
  public let drugs: [Drug]
  /// Where it stands in the scenario.
  public let path: String

  package init(volume: Volume, drugs: [Drug], path: String) {
    self.volume = volume
    self.drugs = drugs
    self.path = path
  }

  /// The mixture, each drug under its number.
  ///
  /// - Parameter list: has every drug of the fill; a drug that is missing there is a bug and traps.
  /// - Returns: the mixture for the controller.
  public func mixture(drugs list: DrugList) -> Mixture {
    var mixture = Mixture()
    for drug in drugs {
      guard let id = list.id(of: drug.name) else {
        preconditionFailure("a drug list has the drugs of all fills")
      }
      mixture[id] = drug.concentration
    }
    return mixture
  }
}
