/// The rates of the whole body at one flow of the pump: a chain with tissue beside it, and blood.
///
/// The chain is the canal's cells, then whatever follows them in line. All coefficients are 1/h; each
/// row is divided by its own volume, so that unknowns are concentrations (of the gut: ug).
public struct TransportSystem: Sendable {
  /// From the member of the chain below.
  public var lower: [Double]
  /// What leaves the member itself.
  public var diagonal: [Double]
  /// From the member above.
  public var upper: [Double]
  /// From the member's tissue into it; 0 where it has none.
  public var fromTissue: [Double]
  /// From the member into its tissue.
  public var toTissue: [Double]
  /// What leaves the tissue, less than 0.
  public var tissueDiagonal: [Double]
  /// From blood into the member.
  public var fromBlood: [Double]
  /// From blood into the tissue of the member.
  public var tissueFromBlood: [Double]
  /// From the member into blood.
  public var toBlood: [Double]
  /// From the tissue of the member into blood.
  public var tissueToBlood: [Double]
  /// What leaves blood, less than 0.
  public var bloodDiagonal = -1.0
  /// From the rest of the body into blood, and back.
  public var bloodFromPeripheral = 0.0
  public var peripheralExchange = 0.0
  /// From the gut: as it empties (1/h), and into blood (1/h/mL).
  public var gutRate = 0.0
  public var bloodFromGut = 0.0
  /// Of the effect site.
  public var effectRate = 1.0

  /// A chain of which nothing flows yet.
  public init(count: Int) {
    let zeros = [Double](repeating: 0, count: count)
    lower = zeros
    diagonal = zeros
    upper = zeros
    fromTissue = zeros
    toTissue = zeros
    tissueDiagonal = zeros
    fromBlood = zeros
    tissueFromBlood = zeros
    toBlood = zeros
    tissueToBlood = zeros
  }

  /// Members of the chain.
  public var count: Int { diagonal.count }

  /// Lets fluid flow from a member of the chain to the one above, both ways where it only mixes.
  ///
  /// Central where the cell's Péclet number is at most 2; beyond, the conductance is raised to what
  /// keeps every coefficient between two members from falling below 0 (limited upwind).
  ///
  /// - Parameters:
  ///   - index: of the lower member.
  ///   - flow: upwards, mL/h.
  ///   - conductance: of mixing, mL/h.
  ///   - volumes: of the two members, mL.
  ///   - boundary: whether the face carries the upper member's own value, as where the canal opens
  ///     into the cisterna.
  public mutating func connect(
    _ index: Int,
    flow: Double,
    conductance: Double,
    volumes: (Double, Double),
    boundary: Bool = false
  ) {
    let fromBelow: Double
    let fromAbove: Double
    if boundary {
      let mixing = max(conductance, flow)
      fromBelow = mixing
      fromAbove = mixing - flow
    } else {
      let mixing = max(conductance, flow.magnitude / 2)
      fromBelow = mixing + flow / 2
      fromAbove = mixing - flow / 2
    }
    diagonal[index] -= fromBelow / volumes.0
    upper[index] += fromAbove / volumes.0
    lower[index + 1] += fromBelow / volumes.1
    diagonal[index + 1] -= fromAbove / volumes.1
  }
}

extension TransportSystem {
  /// The patient at one flow of the pump (docs/model.md, "What it computes").
  ///
  /// - Parameters:
  ///   - grid: the canal.
  ///   - geometry: what its fluid does.
  ///   - drug: what the drug does.
  ///   - flow: of the pump, mL/h.
  ///   - scale: of dispersion at the time.
  public init(
    grid: SpinalGrid,
    geometry: SpinalGeometry,
    drug: Drug,
    flow: Double,
    scale: Double
  ) {
    self.init(count: grid.count + 2)
    let cells = grid.count
    for cell in 0..<cells { addCell(cell, grid: grid, geometry: geometry, drug: drug) }
    for face in 1...cells {
      let place = Double(face) / Double(cells)
      let through = -geometry.spinalAbsorption * place + flow * grid.sourceBelow[face]
      let isTop = face == cells
      connect(
        face - 1,
        flow: through,
        conductance: scale * grid.conductance[face],
        volumes: (grid.fluid[face - 1], isTop ? geometry.cisternaVolume : grid.fluid[face]),
        boundary: isTop
      )
    }
    // The cisterna takes what the canal gives and the ventricles' fresh fluid, and passes it on.
    let outflow = geometry.production - geometry.spinalAbsorption + flow
    let cisterna = cells
    let cranial = cells + 1
    diagonal[cisterna] -= (outflow + geometry.mixing) / geometry.cisternaVolume
    upper[cisterna] += geometry.mixing / geometry.cisternaVolume
    lower[cranial] += (outflow + geometry.mixing) / geometry.cranialVolume
    let loss = outflow + geometry.mixing + drug.cranialClearance
    diagonal[cranial] -= loss / geometry.cranialVolume
    fromBlood[cranial] = drug.cranialClearance * drug.fluidToPlasma / geometry.cranialVolume
    toBlood[cranial] = (outflow + drug.cranialClearance) / drug.centralVolume
    addBlood(grid: grid, drug: drug)
  }

  private mutating func addCell(
    _ cell: Int,
    grid: SpinalGrid,
    geometry: SpinalGeometry,
    drug: Drug
  ) {
    let exchange = drug.permeability * geometry.exchangePerimeter * grid.spacing
    let fluid = grid.fluid[cell]
    let tissue = grid.tissue[cell]
    let absorption = geometry.spinalAbsorption * grid.spacing / geometry.length
    diagonal[cell] = -(drug.fluidLoss + (exchange + absorption) / fluid)
    fromTissue[cell] = exchange / drug.tissuePartition / fluid
    toTissue[cell] = exchange / tissue
    tissueDiagonal[cell] = -(exchange / drug.tissuePartition / tissue + drug.tissueLoss)
    fromBlood[cell] = drug.fluidLoss * drug.fluidToPlasma
    tissueFromBlood[cell] = drug.tissueLoss * drug.tissueToPlasma
    toBlood[cell] = (drug.fluidLoss * fluid + absorption) / drug.centralVolume
    tissueToBlood[cell] = drug.tissueLoss * tissue / drug.centralVolume
  }

  private mutating func addBlood(grid: SpinalGrid, drug: Drug) {
    var back = drug.cranialClearance * drug.fluidToPlasma
    for cell in 0..<grid.count {
      back += drug.fluidLoss * drug.fluidToPlasma * grid.fluid[cell]
      back += drug.tissueLoss * drug.tissueToPlasma * grid.tissue[cell]
    }
    bloodDiagonal = -(drug.clearance + drug.distribution + back) / drug.centralVolume
    bloodFromPeripheral = drug.distribution / drug.centralVolume
    peripheralExchange = drug.distribution / drug.peripheralVolume
    gutRate = drug.absorption
    bloodFromGut = drug.bioavailability * drug.absorption / drug.centralVolume
    effectRate = drug.effectRate
  }
}
