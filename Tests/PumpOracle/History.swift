// Everything that ever left the pump is kept; windows are sums over it.

/// One stroke that the encoder saw and the fluid followed.
struct StrokeRecord {
  var time: Int64
  var volume: Int64
  /// "prime strokes neither counted nor withheld" (by the volume limit).
  var isPrime: Bool
  /// What left the tip, in fg, by drug.
  var masses: [(drug: Int, mass: Int64)]
}

/// "monotonic time is cut into 15-minute buckets, and the window is the current bucket and the 95
/// before it".
struct StrokeHistory {
  static let bucket: Int64 = 15 * minute
  private(set) var strokes: [StrokeRecord] = []
  private(set) var delivered: Int64 = 0
  private(set) var tip: [Int64] = []

  // The window's sums, kept as strokes come in and grow old: the first stroke still inside.
  private var oldest = 0
  private var windowVolume: Int64 = 0
  private var windowMasses: [Int64] = []

  mutating func knowDrugs(_ count: Int) {
    while tip.count < count {
      tip.append(0)
      windowMasses.append(0)
    }
  }

  mutating func add(_ stroke: StrokeRecord) {
    strokes.append(stroke)
    delivered += stroke.volume
    if !stroke.isPrime { windowVolume += stroke.volume }
    for part in stroke.masses {
      tip[part.drug] += part.mass
      windowMasses[part.drug] += part.mass
    }
  }

  /// What the window at `now` holds: non-prime volume, and mass by drug from all strokes.
  mutating func window(at now: Int64) -> (volume: Int64, masses: [Int64]) {
    let first = now / Self.bucket - 95
    while oldest < strokes.count, strokes[oldest].time / Self.bucket < first {
      let stroke = strokes[oldest]
      if !stroke.isPrime { windowVolume -= stroke.volume }
      for part in stroke.masses { windowMasses[part.drug] -= part.mass }
      oldest += 1
    }
    return (windowVolume, windowMasses)
  }
}
