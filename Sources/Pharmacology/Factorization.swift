/// A step of one length at one flow, factored: seven shifted systems side by side, solved in two sweeps.
///
/// For each pole p the step needs x with (h M − p) x = y. Tissue stands beside its cell and is
/// eliminated there, the rest of the body and the gut likewise; what is left is tridiagonal with blood
/// as a bordering row and column, which a Schur complement resolves.
struct Factorization: Sendable {
  /// The lanes of one member of the chain.
  struct Member: Sendable {
    /// 1 / (what leaves the tissue − p).
    var tissue: ComplexLanes
    /// 1 / pivot.
    var pivot: ComplexLanes
    /// The row above the diagonal, over the pivot.
    var above: ComplexLanes
    /// The column of blood, over the pivot.
    var blood: ComplexLanes
    /// The row of blood after elimination.
    var row: ComplexLanes
    /// The real coefficients, times the length of the step.
    var below: Double
    var fromTissue: Double
    var toTissue: Double
    var tissueToBlood: Double
    var tissueFromBlood: Double
  }

  /// h.
  let length: Double
  let members: [Member]
  /// 1 / the Schur complement of blood.
  let bloodPivot: ComplexLanes
  /// 1 / (what leaves the rest of the body − p).
  let peripheral: ComplexLanes
  let gut: ComplexLanes
  /// 1 / (what leaves the effect site − p).
  let effect: ComplexLanes
  let bloodFromPeripheral: Double
  let peripheralExchange: Double
  let bloodFromGut: Double
  let effectRate: Double
  /// The weight of the effect's own value and, for the tissue's, times its lanes.
  let effectWeight: ComplexLanes

  /// - Parameters:
  ///   - system: the rates.
  ///   - h: the length of the step, h; greater than 0.
  init(_ system: TransportSystem, length h: Double) {
    let pole = RationalExponential.pole
    func shifted(_ rate: Double) -> ComplexLanes {
      (ComplexLanes(real: h * rate) - pole).inverse
    }
    var members: [Member] = []
    members.reserveCapacity(system.count)
    var carried = ComplexLanes.zero
    var carriedRow = ComplexLanes.zero
    var carriedBlood = ComplexLanes.zero
    peripheral = shifted(-system.peripheralExchange)
    gut = shifted(-system.gutRate)
    effect = shifted(-system.effectRate)
    let fromPeripheral = h * system.bloodFromPeripheral
    let exchange = h * system.peripheralExchange
    var schur = ComplexLanes(real: h * system.bloodDiagonal) - pole
    schur = schur - (fromPeripheral * exchange) * peripheral
    for i in 0..<system.count {
      let tissue = shifted(system.tissueDiagonal[i])
      let from = h * system.fromTissue[i]
      let to = h * system.toTissue[i]
      let tissueOut = h * system.tissueToBlood[i]
      let tissueIn = h * system.tissueFromBlood[i]
      let below = h * system.lower[i]
      var diagonal = ComplexLanes(real: h * system.diagonal[i]) - pole
      diagonal = diagonal - (from * to) * tissue - below * carried
      var column = ComplexLanes(real: h * system.fromBlood[i]) - (from * tissueIn) * tissue
      column = column - below * carriedBlood
      var row = ComplexLanes(real: h * system.toBlood[i]) - (tissueOut * to) * tissue
      row = row - carriedRow * carried
      let pivot = diagonal.inverse
      carried = (h * system.upper[i]) * pivot
      carriedBlood = column * pivot
      carriedRow = row
      schur = schur - row * carriedBlood - (tissueOut * tissueIn) * tissue
      members.append(
        Member(
          tissue: tissue,
          pivot: pivot,
          above: carried,
          blood: carriedBlood,
          row: row,
          below: below,
          fromTissue: from,
          toTissue: to,
          tissueToBlood: tissueOut,
          tissueFromBlood: tissueIn
        )
      )
    }
    self.length = h
    self.members = members
    bloodPivot = schur.inverse
    bloodFromPeripheral = fromPeripheral
    peripheralExchange = exchange
    bloodFromGut = h * system.bloodFromGut
    effectRate = h * system.effectRate
    effectWeight = RationalExponential.weight * effect
  }
}
