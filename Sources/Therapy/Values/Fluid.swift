public import Quantities

/// What is in a reservoir or a syringe: drugs at their concentrations; no drug is drug-free fluid.
public struct Fluid: Codable, Equatable, Sendable {
  /// A drug of a fluid.
  public struct Drug: Codable, Equatable, Sendable {
    /// As the formulary names it, where it knows it.
    public let name: String
    /// Greater than nothing.
    public let concentration: Concentration

    public init(name: String, concentration: Concentration) {
      self.name = name
      self.concentration = concentration
    }
  }

  /// In the order of their names, each once.
  public let drugs: [Drug]

  /// A fluid; the order in which its drugs are named makes no difference.
  public init(drugs: [Drug]) {
    self.drugs = drugs.sorted { $0.name < $1.name }
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    self.init(drugs: try box.decode([Drug].self, forKey: .drugs))
  }

  /// As in `baclofen 2 mg/mL`.
  public var text: String {
    drugs.isEmpty
      ? "no drug"
      : drugs.map { "\($0.name) \($0.concentration.text)" }.joined(separator: ", ")
  }

  /// The concentration of a drug; nothing where it is not in the fluid.
  public func concentration(of name: String) -> Concentration? {
    drugs.first { $0.name == name }?.concentration
  }
}
