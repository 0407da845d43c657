/// The canal cut into cells of one length: what each cell holds, and what stands at the faces between.
public struct SpinalGrid: Sendable {
  /// Of cells.
  public let count: Int
  /// The length of a cell, cm.
  public let spacing: Double
  /// Fluid of each cell, mL; cell-exact integrals.
  public let fluid: [Double]
  /// Tissue of each cell, mL; cell-exact integrals.
  public let tissue: [Double]
  /// A D / dx at the faces, mL/h before scaling by time; face i is below cell i.
  ///
  /// The face at the foramen magnum has half a cell.
  let conductance: [Double]
  /// The share of the source at or below each face: 0 at the first, 1 at the last.
  let sourceBelow: [Double]

  /// - Parameters:
  ///   - geometry: of the canal.
  ///   - catheter: its tip and spread.
  ///   - count: of cells; a multiple of 120 puts the default tables' nodes on faces.
  public init(geometry: SpinalGeometry, catheter: Catheter, count: Int) {
    precondition(count >= 1, "a grid has cells")
    self.count = count
    let length = geometry.length
    let spacing = length / Double(count)
    self.spacing = spacing
    let scale = geometry.spinalVolume / geometry.area.integral(from: 0, to: length)
    var fluid: [Double] = []
    var tissue: [Double] = []
    var conductance: [Double] = []
    var sourceBelow: [Double] = []
    let tip = catheter.tip
    let spread = catheter.tipSpread
    let lowest = Elementary.normalCDF(-tip / spread)
    let whole = Elementary.normalCDF((length - tip) / spread) - lowest
    for index in 0...count {
      let place = index == count ? length : Double(index) * spacing
      let share = (Elementary.normalCDF((place - tip) / spread) - lowest) / whole
      sourceBelow.append(index == 0 ? 0 : index == count ? 1 : share)
      let half = index == count ? 2.0 : 1.0
      conductance.append(
        index == 0
          ? 0
          : half * scale * geometry.area.value(at: place) * geometry.dispersion(at: place) / spacing
      )
      guard index < count else { break }
      let end = index + 1 == count ? length : Double(index + 1) * spacing
      fluid.append(scale * geometry.area.integral(from: place, to: end))
      tissue.append(geometry.tissueArea.integral(from: place, to: end))
    }
    self.fluid = fluid
    self.tissue = tissue
    self.conductance = conductance
    self.sourceBelow = sourceBelow
  }

  /// The share of the source in a cell.
  func source(_ cell: Int) -> Double { sourceBelow[cell + 1] - sourceBelow[cell] }

  /// How long a step may be where fluid moves faster than it mixes.
  ///
  /// - Parameters:
  ///   - flow: of the pump, mL/h.
  ///   - absorption: of the whole canal, mL/h.
  ///   - scale: of dispersion.
  /// - Returns: infinite where every cell's Péclet number is at most 2; else the time that the fastest
  ///   cell takes to be filled anew, h.
  public func longestStep(flow: Double, absorption: Double, scale: Double) -> Double {
    var isFast = false
    var turnover = 0.0
    for face in 1..<count {
      let share = Double(face) / Double(count)
      let through = -absorption * share + flow * sourceBelow[face]
      isFast = isFast || scale * conductance[face] < through.magnitude / 2
      turnover = max(turnover, through.magnitude / min(fluid[face - 1], fluid[face]))
    }
    return isFast && turnover > 0 ? 1 / turnover : .infinity
  }

  /// The middle of a cell, cm.
  public func center(_ cell: Int) -> Double { (Double(cell) + 0.5) * spacing }

  /// How a value at a place follows from the cells: Lagrange's polynomial through the four nearest.
  public func sampling(at place: Double) -> LinearReading {
    let points = min(4, count)
    let nearest = Int((place / spacing - 0.5).rounded(.down)) - 1
    let first = max(0, min(nearest, count - points))
    var weights: [Double] = []
    for i in 0..<points {
      var weight = 1.0
      for j in 0..<points where j != i {
        weight *= (place - center(first + j)) / (center(first + i) - center(first + j))
      }
      weights.append(weight)
    }
    return LinearReading(first: first, weights: weights)
  }

  /// How the mean over a stretch follows from the cells, each by its overlap.
  public func mean(over window: SpinalWindow) -> LinearReading {
    let first = max(0, min(count - 1, Int((window.from / spacing).rounded(.down))))
    let last = max(first, min(count - 1, Int((window.to / spacing).rounded(.up)) - 1))
    var weights: [Double] = []
    for cell in first...last {
      let low = max(window.from, Double(cell) * spacing)
      let high = min(window.to, Double(cell + 1) * spacing)
      weights.append(max(0, high - low) / (window.to - window.from))
    }
    return LinearReading(first: first, weights: weights)
  }
}

/// A stretch of the canal over which the effect is averaged, cm from S2.
public struct SpinalWindow: Equatable, Sendable {
  public var from: Double
  public var to: Double

  public init(from: Double, to: Double) {
    self.from = from
    self.to = to
  }
}

/// A weighted sum of some neighbouring cells.
public struct LinearReading: Equatable, Sendable {
  public let first: Int
  public let weights: [Double]

  /// The sum for a field of cells.
  public func value(of field: [Double]) -> Double {
    var sum = 0.0
    for (offset, weight) in weights.enumerated() { sum += weight * field[first + offset] }
    return sum
  }
}
