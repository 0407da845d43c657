import PumpTesting

/// A random basal, worked out minute by minute of the week instead of step by step.
struct PaperBasal {
  let json: String
  /// nL in each minute of the week, times 1440; a periodic bolus apart.
  private let week: [Share]
  private let bolus: (volume: Share, over: Given, every: Given)?

  init(concentration: Given, _ seeded: inout Seeded) {
    switch seeded.pick(0...3) {
    case 0:
      let (text, rate) = Self.rate(concentration, &seeded)
      json = seeded.once(in: 2) ? "\"\(text)\"" : #"{"mode":"constant","rate":"\#(text)"}"#
      week = [rate]
      bolus = nil
    case 1:
      let (text, rates) = Self.steps(concentration, atMidnight: false, &seeded)
      json = #"{"mode":"daily","steps":[\#(text)]}"#
      week = rates
      bolus = nil
    case 2:
      let patterns = (0..<seeded.pick(1...3)).map { _ in
        Self.steps(concentration, atMidnight: true, &seeded)
      }
      let days = (0..<7).map { _ in seeded.pick(0...(patterns.count - 1)) }
      let list = patterns.map { "[\($0.0)]" }.joined(separator: ",")
      json = #"{"mode":"weekly","patterns":[\#(list)],"days":\#(days)}"#
      week = days.flatMap { patterns[$0].1 }
      bolus = nil
    default:
      let dose = Given(1...200, decimals: 1, "uL", &seeded)
      let over = Given(1...55, "min", &seeded)
      let every = Given(1...30, "h", &seeded)
      let (text, rate) = Self.rate(concentration, &seeded)
      json =
        #"{"mode":"periodic","dose":"\#(dose.text)","over":"\#(over.text)","#
        + #""every":"\#(every.text)","background":"\#(text)"}"#
      week = [rate]
      bolus = (dose.stored, over, every)
    }
  }

  private static func rate(_ concentration: Given, _ seeded: inout Seeded) -> (String, Share) {
    guard seeded.once(in: 2) else {
      let rate = Given(5...900, decimals: 3, "mL/d", &seeded)
      return (rate.text, rate.stored)
    }
    let dose = Given(1...900, decimals: 2, "mg/d", &seeded)
    return (dose.text, dose.stored / concentration.stored)
  }

  /// Steps, and the rate of each of the day's minutes.
  private static func steps(
    _ concentration: Given,
    atMidnight: Bool,
    _ seeded: inout Seeded
  ) -> (String, [Share]) {
    var minutes = Set((0..<seeded.pick(1...4)).map { _ in seeded.pick(1...95) * 15 })
    if atMidnight { minutes.insert(0) }
    let steps = minutes.sorted().map { ($0, rate(concentration, &seeded)) }
    let text = steps.map { minute, rate in
      let hour = String(100 + minute / 60).suffix(2)
      return #"{"at":"\#(hour):\#(String(100 + minute % 60).suffix(2))","rate":"\#(rate.0)"}"#
    }
    let rates = (0..<1_440).map { minute in
      // The last step at or before the minute, else the last one of the day before.
      (steps.last { $0.0 <= minute } ?? steps[steps.count - 1]).1.1
    }
    return (text.joined(separator: ","), rates)
  }

  /// nL/d.
  var average: Share {
    let rate = Self.sum(week) / Share(week.count)
    guard let bolus else { return rate }
    return rate + bolus.volume * Share(86_400_000) / bolus.every.stored
  }

  /// nL: the fullest of all windows that begin on a minute.
  var largestDay: Share {
    guard week.count > 1 else {
      guard let bolus else { return week[0] }
      return week[0] + bolusesOfDay(bolus)
    }
    // Steps begin on quarter hours here. Doubles find the windows that may be the fullest.
    let quarters = stride(from: 0, to: week.count, by: 15).map { week[$0] }
    let rough = quarters.map(\.double)
    let sums = quarters.indices.map { start in
      (0..<96).reduce(0.0) { $0 + rough[(start + $1) % rough.count] }
    }
    let most = sums.max() ?? 0
    var largest = Share(0)
    for start in quarters.indices where sums[start] > most * (1 - 1e-9) && isNew(start, sums) {
      let window = (0..<96).map { quarters[(start + $0) % quarters.count] }
      largest = max(largest, Self.sum(window) / Share(96))
    }
    return largest
  }

  /// Windows of one sum that follow each other are looked at once.
  private func isNew(_ start: Int, _ sums: [Double]) -> Bool {
    start == 0 || sums[start] != sums[start - 1]
  }

  /// Whole boluses in 24 h from the begin of one, and the part of one more that runs by then.
  private func bolusesOfDay(_ bolus: (volume: Share, over: Given, every: Given)) -> Share {
    var volume = Share(0)
    var start = Share(0)
    let day = Share(86_400_000)
    while start < day {
      let runs = min(day - start, bolus.over.stored)
      volume = volume + bolus.volume * runs / bolus.over.stored
      start = start + bolus.every.stored
    }
    return volume
  }

  /// A sum that adds up equal shares first, so that its divisor stays short.
  private static func sum(_ shares: [Share]) -> Share {
    var counts: [String: (Share, Int)] = [:]
    for share in shares {
      counts["\(share.top)/\(share.bottom)", default: (share, 0)].1 += 1
    }
    return counts.values.reduce(Share(0)) { $0 + $1.0 * Share($1.1) }
  }
}
