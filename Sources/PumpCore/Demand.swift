import Quantities

/// Milliseconds of a day: the divisor of a rate in nL/d.
let millisecondsPerDay: Int64 = 86_400_000

/// A bolus while it runs.
struct RunningBolus: Sendable {
  var kind: BolusKind
  var nanolitres: Int64
  /// How long it runs, ms; positive.
  var over: Int64
  var begin: Int64

  var end: Int64 { begin + over }

  /// ⌊V × elapsed / T⌋, V when it has run (contract: Delivery law, 1).
  func contributed(at instant: Int64) -> Int64 {
    let elapsed = instant - begin
    return elapsed >= over ? nanolitres : nanolitres * elapsed / over
  }
}

/// The demand D(t): ⌊basal⌋ + Σ⌊bolus⌋ over every bolus ever begun, exactly (SR-001, SR-002).
///
/// The basal part is a whole number of nanolitres and a remainder in nL·ms/d, carried from segment
/// to segment and from program to program.
struct Demand: Sendable {
  var basalNanolitres: Int64 = 0
  /// Below ``millisecondsPerDay``.
  var basalRemainder: Int64 = 0
  /// What boluses that have ended or were abandoned contributed.
  var endedBolusNanolitres: Int64 = 0
  var bolus: RunningBolus?

  /// D at an instant up to which the basal has been accrued.
  func total(at instant: Int64) -> Int64 {
    basalNanolitres + endedBolusNanolitres + (bolus?.contributed(at: instant) ?? 0)
  }

  /// Adds a stretch of basal; at most a day, so that the product fits.
  mutating func accrue(rate: Int64, milliseconds: Int64) {
    basalRemainder += rate * milliseconds
    let whole = basalRemainder / millisecondsPerDay
    basalNanolitres += whole
    basalRemainder -= whole * millisecondsPerDay
  }

  /// The first instant after `now` at which D reaches a goal above D(now), at a constant rate.
  ///
  /// - Returns: `Int64.max` where it is not reached, or not before the running bolus ends.
  func instant(reaching goal: Int64, from now: Int64, rate: Int64) -> Int64 {
    guard let bolus else {
      guard rate > 0 else { return .max }
      let need = goal - basalNanolitres - endedBolusNanolitres
      return now + Rounding.up(need * millisecondsPerDay - basalRemainder, over: rate)
    }
    return instant(reaching: goal, from: now, rate: rate, with: bolus)
  }

  private func instant(
    reaching goal: Int64,
    from now: Int64,
    rate: Int64,
    with bolus: RunningBolus
  ) -> Int64 {
    func total(at instant: Int64) -> Int64 {
      basalNanolitres + endedBolusNanolitres
        + (basalRemainder + rate * (instant - now)) / millisecondsPerDay
        + bolus.contributed(at: instant)
    }
    var low = now
    var high = bolus.end
    guard high > low, total(at: high) >= goal else { return .max }
    // Both parts rise in small steps, so the real-valued crossing is a close first guess.
    let need = goal - self.total(at: now)
    let byBolus = need * bolus.over / bolus.nanolitres + 1
    let byBasal = rate > 0 ? need * millisecondsPerDay / rate + 1 : Int64.max
    let guessable = byBolus < 1 << 31 && byBasal < 1 << 31
    let guess = guessable ? byBolus * byBasal / (byBolus + byBasal) : byBolus
    var probe = now + guess
    var stride: Int64 = 1
    while high - low > 1 {
      if probe <= low || probe >= high { probe = low + (high - low) / 2 }
      if total(at: probe) >= goal {
        high = probe
        probe -= stride
      } else {
        low = probe
        probe += stride
      }
      stride *= 2
    }
    return high
  }
}
