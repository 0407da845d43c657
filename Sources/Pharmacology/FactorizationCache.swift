/// Factored steps by flow, dispersion and length, the latest used kept.
struct FactorizationCache: Sendable {
  private struct Entry: Sendable {
    let flow: Double
    let scale: Double
    let length: Double
    var lastUse: Int
    let factors: Factorization
  }

  private let capacity: Int
  private var entries: [Entry] = []
  private var uses = 0
  /// How many were factored in all.
  private(set) var made = 0

  /// - Parameter capacity: how many are kept, one at least.
  init(capacity: Int) {
    precondition(capacity >= 1, "a cache keeps something")
    self.capacity = capacity
  }

  /// As many as 32 MB hold, 256 at the most.
  static func capacity(members: Int) -> Int {
    max(4, min(256, 32_000_000 / (members * MemoryLayout<Factorization.Member>.stride)))
  }

  /// A factored step; one that differs by less than a grain of time is the same.
  mutating func find(
    flow: Double,
    scale: Double,
    length: Double,
    grain: Double,
    system: () -> TransportSystem
  ) -> Factorization {
    uses += 1
    for index in entries.indices {
      let entry = entries[index]
      if entry.flow == flow, entry.scale == scale, (entry.length - length).magnitude <= grain {
        entries[index].lastUse = uses
        return entry.factors
      }
    }
    made += 1
    let factors = Factorization(system(), length: length)
    let entry = Entry(flow: flow, scale: scale, length: length, lastUse: uses, factors: factors)
    if entries.count < capacity {
      entries.append(entry)
    } else {
      var oldest = 0
      for index in entries.indices where entries[index].lastUse < entries[oldest].lastUse {
        oldest = index
      }
      entries[oldest] = entry
    }
    return factors
  }
}
