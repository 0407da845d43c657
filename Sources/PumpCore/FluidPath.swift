/// The place of a mixture in the pump's table; `none` is drug-free fluid.
struct MixtureIndex: Equatable, Sendable {
  var rawValue: UInt8
  static let none = MixtureIndex(rawValue: .max)

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ index: Int) { self.rawValue = UInt8(index) }

  var index: Int { Int(rawValue) }
}

/// The fluid between reservoir and tip: a queue of segments, moved without mixing.
///
/// Contract: Reservoir, fluid path, tip. The first segment is the one at the tip.
struct FluidPath: Sendable {
  var nanolitres = InlineArray<16, Int64>(repeating: 0)
  var mixtures = InlineArray<16, UInt8>(repeating: MixtureIndex.none.rawValue)
  var count = 0
  /// The whole path, nL.
  var volume: Int64

  /// A path full of one fluid.
  init(volume: Int64, of mixture: MixtureIndex) {
    self.volume = volume
    if volume > 0 {
      nanolitres[0] = volume
      mixtures[0] = mixture.rawValue
      count = 1
    }
  }

  /// Whether it holds nothing but one fluid.
  func isFilled(with mixture: MixtureIndex) -> Bool {
    count == 0 || (count == 1 && mixtures[0] == mixture.rawValue)
  }

  func holds(_ mixture: MixtureIndex) -> Bool {
    for index in 0..<count where mixtures[index] == mixture.rawValue { return true }
    return false
  }

  /// Whether one more kind of fluid can be pushed in behind the last.
  func canTake(_ mixture: MixtureIndex) -> Bool {
    count < Capacity.pathSegments - 1 || mixtures[count - 1] == mixture.rawValue
  }

  /// Pushes fluid in at the reservoir's end.
  mutating func push(_ volume: Int64, of mixture: MixtureIndex) {
    if count > 0, mixtures[count - 1] == mixture.rawValue {
      nanolitres[count - 1] += volume
    } else {
      nanolitres[count] = volume
      mixtures[count] = mixture.rawValue
      count += 1
    }
  }

  /// Takes up to a volume of one fluid out at the tip.
  ///
  /// - Returns: what came out; less than asked for where another fluid follows.
  mutating func pop(atMost volume: Int64) -> (nanolitres: Int64, mixture: MixtureIndex) {
    let mixture = MixtureIndex(rawValue: mixtures[0])
    let first = nanolitres[0]
    guard first <= volume else {
      nanolitres[0] = first - volume
      return (volume, mixture)
    }
    count -= 1
    for index in 0..<count {
      nanolitres[index] = nanolitres[index + 1]
      mixtures[index] = mixtures[index + 1]
    }
    return (first, mixture)
  }
}
