// "the largest planned volume in any 24 h of basal, periodic boluses exactly included", by brute
// force: lay the plan out as a function of time, slide a window of 24 h over it.

/// A volume in nL as an exact fraction: `flow / day + bolus / over`.
struct PlannedVolume {
  /// Σ rate × ms, in nL/d × ms.
  var flow: Int128
  /// Σ volume × ms of the periodic boluses, in nL × ms, of boluses that last `over`.
  var bolus: Int128
  var over: Int64

  /// Whether this and `extra` are together more than `limit`.
  func exceeds(_ limit: Int64, with extra: Int128) -> Bool {
    let scale = Int128(day) * Int128(over)
    let total = flow * Int128(over) + bolus * Int128(day) + extra * scale
    return total > Int128(limit) * scale
  }

  var text: String {
    let scale = Int128(day) * Int128(over)
    return "\(floorDivide(flow * Int128(over) + bolus * Int128(day), scale)) nL"
  }
}

extension Basal {
  /// The largest planned volume in any 24 h.
  var largestIn24h: PlannedVolume {
    switch self {
    case .stopped: PlannedVolume(flow: 0, bolus: 0, over: 1)
    case .constant(let rate): PlannedVolume(flow: Int128(rate) * Int128(day), bolus: 0, over: 1)
    case .weekly(let patterns, let days): largestWeekly(patterns, days)
    case .periodic(let dose, let over, let every, let background):
      PlannedVolume(
        flow: Int128(background) * Int128(day),
        bolus: Int128(dose) * Int128(longestOverlap(over: over, every: every)),
        over: over
      )
    }
  }

  /// The week repeats for ever; the volume of a window changes linearly between the moments at
  /// which its start or its end meets the start of a step, so those windows are all that count.
  private func largestWeekly(_ patterns: [[Step]], _ days: [Int]) -> PlannedVolume {
    let monday = 4 * day  // 1970-01-05.
    let week = 7 * day
    var starts: [Int64] = []
    for number in 0..<7 {
      for step in patterns[days[number]] {
        starts.append(monday + Int64(number) * day + step.minute * minute)
      }
    }
    // Two weeks and a day of (start, rate), so that no window needs to wrap round.
    var pieces: [(start: Int64, rate: Int64)] = []
    for copy: Int64 in -1...1 {
      for start in starts { pieces.append((start + copy * week, rate(atLocal: start))) }
    }
    // The volume from the first piece's start to the start of each piece.
    var sums: [Int128] = [0]
    for index in 1..<pieces.count {
      let length = pieces[index].start - pieces[index - 1].start
      sums.append(sums[index - 1] + Int128(pieces[index - 1].rate) * Int128(length))
    }
    func volume(until moment: Int64) -> Int128 {
      var low = 0
      var high = pieces.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if pieces[middle].start <= moment { low = middle } else { high = middle }
      }
      return sums[low] + Int128(pieces[low].rate) * Int128(moment - pieces[low].start)
    }
    var largest: Int128 = 0
    for start in starts {
      largest = max(largest, volume(until: start + day) - volume(until: start))
      largest = max(largest, volume(until: start) - volume(until: start - day))
    }
    return PlannedVolume(flow: largest, bolus: 0, over: 1)
  }

  /// The most milliseconds of bolus in any window of 24 h, boluses being at k × `every`.
  private func longestOverlap(over: Int64, every: Int64) -> Int64 {
    var longest: Int64 = 0
    // Windows that start, or end, where a bolus starts or ends.
    for start in [0, over, -day, over - day] {
      var overlap: Int64 = 0
      var bolus = (start / every - 2) * every
      while bolus < start + day {
        overlap += max(0, min(bolus + over, start + day) - max(bolus, start))
        bolus += every
      }
      longest = max(longest, overlap)
    }
    return longest
  }
}

/// Why a program is refused, "and both figures".
public struct Refusal: Sendable, Equatable {
  public let reason: String
  public let planned: String
  public let allowed: String
}

/// What the pump's state says about a prime.
struct PrimeStanding {
  var isAllowed: Bool
  var path: Int64
}

/// volume / over > rate, exactly: V nL in T ms is V × 86,400,000 / T nL/d.
func bolusRate(_ volume: Int64, over: Int64, exceeds rate: Int64) -> Bool {
  Int128(volume) * Int128(day) > Int128(rate) * Int128(over)
}

/// "Refused before activation, with the first reason that applies in this order".
func refusal(of program: Program, _ model: PumpModel, _ prime: PrimeStanding) -> Refusal? {
  modelRange(program, model) ?? rateLimit(program) ?? volumeLimit(program)
    ?? primeRefusal(program, prime)
}

/// "a non-zero basal, bridge or safe rate under the model's minimum or over its maximum; a
/// patient, periodic or prime bolus rate over its maximum".
private func modelRange(_ program: Program, _ model: PumpModel) -> Refusal? {
  var rates = program.basal.ratesNamed
  rates.append(program.safeRate)
  if let bridge = program.bridge { rates.append(bridge.rate) }
  let range = "\(model.minimumRate)...\(model.maximumRate) nL/d"
  for rate in rates where rate != 0 && (rate < model.minimumRate || rate > model.maximumRate) {
    return Refusal(reason: "modelRange", planned: "\(rate) nL/d", allowed: range)
  }
  var boluses: [(volume: Int64, over: Int64)] = []
  if let dose = program.patientDose { boluses.append((dose.volume, dose.over)) }
  if case .periodic(let dose, let over, _, _) = program.basal { boluses.append((dose, over)) }
  if let prime = program.prime { boluses.append((prime.volume, prime.over)) }
  for bolus in boluses
  where bolusRate(bolus.volume, over: bolus.over, exceeds: model.maximumRate) {
    return Refusal(
      reason: "modelRange",
      planned: "\(bolus.volume) nL in \(bolus.over) ms",
      allowed: range
    )
  }
  return nil
}

/// "the highest planned instantaneous rate: basal + the larger of periodic and patient bolus rate,
/// or the bridge rate > maxRate".
private func rateLimit(_ program: Program) -> Refusal? {
  let limit = program.limits.maxRate
  let basal = program.basal.ratesPlanned.max() ?? 0
  func refusal(_ planned: String) -> Refusal {
    Refusal(reason: "rateLimit", planned: planned, allowed: "\(limit) nL/d")
  }
  if basal > limit { return refusal("\(basal) nL/d") }
  if case .periodic(let dose, let over, _, _) = program.basal,
    bolusRate(dose, over: over, exceeds: limit - basal)
  {
    return refusal("\(basal) nL/d + \(dose) nL in \(over) ms")
  }
  if let dose = program.patientDose, bolusRate(dose.volume, over: dose.over, exceeds: limit - basal)
  {
    return refusal("\(basal) nL/d + \(dose.volume) nL in \(dose.over) ms")
  }
  if let bridge = program.bridge, bridge.rate > limit { return refusal("\(bridge.rate) nL/d") }
  return nil
}

/// "the largest planned volume in any 24 h … + maxPer24h × the patient dose, or 24 h of the bridge
/// rate > maxVolumePer24h".
private func volumeLimit(_ program: Program) -> Refusal? {
  let limit = program.limits.maxVolumePer24h
  let doses = program.patientDose.map { Int128($0.maxPer24h) * Int128($0.volume) } ?? 0
  let basal = program.basal.largestIn24h
  if basal.exceeds(limit, with: doses) {
    return Refusal(
      reason: "volumeLimit",
      planned: "\(basal.text) + \(doses) nL",
      allowed: "\(limit) nL"
    )
  }
  if let bridge = program.bridge, bridge.rate > limit {
    return Refusal(reason: "volumeLimit", planned: "\(bridge.rate) nL", allowed: "\(limit) nL")
  }
  return nil
}

private func primeRefusal(_ program: Program, _ standing: PrimeStanding) -> Refusal? {
  guard let prime = program.prime else { return nil }
  if !standing.isAllowed {
    return Refusal(reason: "primeNotAllowed", planned: "\(prime.volume) nL", allowed: "0 nL")
  }
  // "(V > 1.1 × the fluid path)".
  if Int128(prime.volume) * 10 > Int128(standing.path) * 11 {
    return Refusal(
      reason: "primeTooLarge",
      planned: "\(prime.volume) nL",
      allowed: "\(standing.path * 11 / 10) nL"
    )
  }
  return nil
}
