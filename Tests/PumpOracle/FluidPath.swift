/// What a fill holds: drugs and their concentrations in fg/nL. Empty is drug-free fluid.
struct Mixture: Equatable {
  var concentrations: [String: Int64]
}

/// "It is a queue of (volume, mixture) segments, moved one stroke at a time, without mixing."
struct FluidPath {
  /// From the tip to the reservoir; the mixture is an index into the machine's list of mixtures.
  var segments: [(volume: Int64, mixture: Int)]

  init(volume: Int64, mixture: Int) { segments = [(volume, mixture)] }

  /// Takes a stroke of the reservoir's mixture in, and gives what leaves the tip.
  mutating func move(_ stroke: Int64, of mixture: Int) -> [(volume: Int64, mixture: Int)] {
    if let last = segments.last, last.mixture == mixture {
      segments[segments.count - 1].volume += stroke
    } else {
      segments.append((stroke, mixture))
    }
    var left: [(volume: Int64, mixture: Int)] = []
    var wanted = stroke
    while wanted > 0 {
      let taken = min(wanted, segments[0].volume)
      left.append((taken, segments[0].mixture))
      segments[0].volume -= taken
      wanted -= taken
      if segments[0].volume == 0 { segments.removeFirst() }
    }
    return left
  }
}
