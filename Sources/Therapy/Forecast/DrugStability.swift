import Formulary
import Quantities

/// How long a fluid may stay in a reservoir, and whether that is verified.
struct StabilityLimit: Equatable {
  let span: TimeSpan
  let isVerified: Bool
  let source: String

  /// The shortest stability that is told for the fluid; nothing where none is told of any of its drugs.
  ///
  /// Of a mixture that the formulary does not know, the shortest of its drugs by themselves is taken and
  /// called unverified: nobody has told that it holds for the mixture.
  static func of(_ fluid: Fluid, in library: DrugLibrary, confirmed: Set<String>) -> Self? {
    let names = fluid.drugs.map(\.name)
    if names.count > 1, let mixture = library.mixtures.combination(of: names) {
      let fact = mixture.stability
      return Self(
        span: fact.value,
        isVerified: fact.isVerified
          || confirmed.contains("stability.\(names.joined(separator: "+"))"),
        source: fact.source
      )
    }
    let limits = names.compactMap { name -> Self? in
      let told = library.drug(name)?.stability.filter { $0.condition != .firstFill } ?? []
      guard let shortest = told.min(by: { $0.limit.value < $1.limit.value }) else { return nil }
      return Self(
        span: shortest.limit.value,
        isVerified: shortest.limit.isVerified || confirmed.contains("stability.\(name)"),
        source: shortest.limit.source
      )
    }
    guard let shortest = limits.min(by: { $0.span < $1.span }) else { return nil }
    guard names.count > 1 else { return shortest }
    return Self(
      span: shortest.span,
      isVerified: false,
      source: "\(shortest.source); of one drug by itself, not of the mixture"
    )
  }
}
