import Quantities

/// What was delivered in the current quarter of an hour and the 95 before it.
///
/// Contract: Limits. By monotonic time, so that setting the clock opens no window (SR-085, H-07).
/// Volumes are kept by mixture, which makes the mass of each drug exact at the tip.
struct LimitWindow: Sendable {
  static let bucketMilliseconds: Int64 = 900_000

  /// The bucket that is filled now, and where its part of the arrays is.
  var current: Int64 = 0
  private var place = 0
  /// All but prime strokes, nL, by bucket modulo 96.
  var volumes = InlineArray<96, UInt32>(repeating: 0)
  /// What left the tip, nL, by bucket modulo 96 and mixture.
  var tips = InlineArray<576, UInt32>(repeating: 0)
  /// Sums over the window.
  var volume: Int64 = 0
  var doseFemtograms = InlineArray<8, Int64>(repeating: 0)
  var tipOfMixture = InlineArray<6, Int64>(repeating: 0)

  /// The end of the bucket that is filled now.
  var boundary: Int64 { (current + 1) * Self.bucketMilliseconds }

  /// Moves the window to the bucket of an instant.
  mutating func move(to instant: Int64, _ table: borrowing MixtureTable) {
    guard instant >= boundary else { return }
    let bucket = instant / Self.bucketMilliseconds
    var expiring = max(current + 1, bucket - Int64(Capacity.buckets) + 1)
    while expiring <= bucket {
      expire(Int(expiring % Int64(Capacity.buckets)), table)
      expiring += 1
    }
    current = bucket
    findPlace()
  }

  /// Looks where the bucket that is filled now has its part of the arrays.
  mutating func findPlace() {
    place = Int(current % Int64(Capacity.buckets))
  }

  private mutating func expire(_ place: Int, _ table: borrowing MixtureTable) {
    volume -= Int64(volumes[place])
    volumes[place] = 0
    for mixture in 0..<Capacity.mixtures {
      let left = Int64(tips[place * Capacity.mixtures + mixture])
      guard left > 0 else { continue }
      tips[place * Capacity.mixtures + mixture] = 0
      tipOfMixture[mixture] -= left
      table.forEachDrug(of: MixtureIndex(mixture)) { drug, nanogramsPerMillilitre in
        doseFemtograms[drug] -= left * nanogramsPerMillilitre
      }
    }
  }

  /// Counts a stroke towards the volume limit; the window stands at its bucket.
  mutating func addVolume(_ nanolitres: Int64) {
    volumes[place] += UInt32(nanolitres)
    volume += nanolitres
  }

  /// Counts fluid that left the tip, without the doses in it.
  mutating func addTip(_ nanolitres: Int64, _ mixture: MixtureIndex) {
    tips[place * Capacity.mixtures + mixture.index] += UInt32(nanolitres)
    tipOfMixture[mixture.index] += nanolitres
  }

  /// Counts a dose that left the tip.
  mutating func addDose(_ femtograms: Int64, _ drug: Int) {
    doseFemtograms[drug] += femtograms
  }

  /// Whether the window already holds more than a limit; the volume limit does not hold a stroke
  /// that primes.
  func exceeds(_ limits: borrowing Limits, prime: Bool) -> Bool {
    if !prime, volume > limits.maxVolumePer24h.nanolitres { return true }
    for drug in 0..<Capacity.drugs {
      let limit = limits.doseFemtograms[drug]
      if limit >= 0, doseFemtograms[drug] > limit { return true }
    }
    return false
  }

  /// Whether the window holds at most 90 % of each limit.
  func allows(_ limits: borrowing Limits) -> Bool {
    guard isWithinNineTenths(volume, of: limits.maxVolumePer24h.nanolitres) else { return false }
    for drug in 0..<Capacity.drugs {
      let limit = limits.doseFemtograms[drug]
      if limit >= 0, !isWithinNineTenths(doseFemtograms[drug], of: limit) { return false }
    }
    return true
  }

  private func isWithinNineTenths(_ value: Int64, of limit: Int64) -> Bool {
    // 10 × value ≤ 9 × limit, for any value that an Int64 holds.
    value <= limit / 10 * 9 + limit % 10 * 9 / 10
  }
}
