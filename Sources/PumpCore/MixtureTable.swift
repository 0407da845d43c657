/// The mixtures that are somewhere in the pump or in its windows, and which drugs they hold.
struct MixtureTable: Sendable {
  var mixtures = InlineArray<6, Mixture>(repeating: Mixture())
  /// A bit for each drug that the mixture holds; 0 also where the place is free.
  var drugs = InlineArray<6, UInt8>(repeating: 0)

  /// Puts a mixture into a place.
  mutating func set(_ index: Int, to mixture: Mixture) {
    mixtures[index] = mixture
    var bits: UInt8 = 0
    for drug in 0..<Capacity.drugs where mixture.nanogramsPerMillilitre[drug] > 0 {
      bits |= 1 << UInt8(drug)
    }
    drugs[index] = bits
  }

  /// The place where a mixture already stands.
  func place(of mixture: Mixture) -> Int? {
    for index in 0..<Capacity.mixtures where drugs[index] != 0 && mixtures[index] == mixture {
      return index
    }
    return nil
  }

  /// Calls with each drug of a mixture and its concentration, ng/mL.
  @inline(__always)
  func forEachDrug(of mixture: MixtureIndex, _ body: (Int, Int64) -> Void) {
    guard mixture != .none else { return }
    var bits = drugs[mixture.index]
    while bits != 0 {
      let drug = bits.trailingZeroBitCount
      body(drug, mixtures[mixture.index].nanogramsPerMillilitre[drug])
      bits &= bits - 1
    }
  }
}
