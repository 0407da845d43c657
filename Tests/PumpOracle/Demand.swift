// "Demand D(t), in nL since commissioning, is ⌊basal⌋ + Σ⌊bolus⌋ over every bolus ever begun."

enum BolusKind: String {
  case patient, clinician, periodic, prime
}

/// One bolus ever begun: V from `start` over T.
struct Bolus {
  var kind: BolusKind
  var volume: Int64
  var over: Int64
  var start: Int64
  /// What it came to, once it has ended or been abandoned.
  var settled: Int64?

  var end: Int64 { start + over }

  /// "contributes ⌊V × elapsed / T⌋ while it runs, V when it has run".
  func contribution(at time: Int64) -> Int64 {
    if let settled { return settled }
    if time >= end { return volume }
    let product = volume.multipliedFullWidth(by: time - start)
    return over.dividingFullWidth(product).quotient
  }
}

struct Demand {
  /// "Basal is the exact sum of rate × ms / 86,400,000 over all running time": the sum up to
  /// `time`, before the division, so that nothing is ever dropped.
  private(set) var rateTimesMilliseconds: Int128 = 0
  private(set) var time: Int64 = 0
  /// Every bolus ever begun; the last may be running.
  var boluses: [Bolus] = []
  /// Σ of what the settled ones came to.
  private var settled: Int64 = 0

  /// The bolus that runs: never more than one.
  var running: Bolus? {
    guard let last = boluses.last, last.settled == nil else { return nil }
    return last
  }

  /// Lets the basal `rate` run up to `moment`.
  mutating func run(to moment: Int64, rate: Int64) {
    rateTimesMilliseconds += Int128(rate) * Int128(moment - time)
    time = moment
  }

  /// Ends the running bolus at `moment` with what it has contributed by then.
  mutating func settle(at moment: Int64) -> Bolus {
    let index = boluses.count - 1
    let contribution = boluses[index].contribution(at: moment)
    boluses[index].settled = contribution
    settled += contribution
    return boluses[index]
  }

  /// D(t), for a moment up to which nothing but the basal `rate` and the running bolus counts.
  func total(at moment: Int64, rate: Int64) -> Int64 {
    let basal = rateTimesMilliseconds + Int128(rate) * Int128(moment - time)
    let bolus = running?.contribution(at: moment) ?? 0
    return Int64(basal / Int128(day)) + settled + bolus
  }
}

/// The first moment in (low, high] at which something that stays true becomes true.
func firstMoment(after low: Int64, through high: Int64, _ holds: (Int64) -> Bool) -> Int64? {
  guard high > low, holds(high) else { return nil }
  var no = low
  var yes = high
  while yes - no > 1 {
    let middle = no + (yes - no) / 2
    if holds(middle) { yes = middle } else { no = middle }
  }
  return yes
}
