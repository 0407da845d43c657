// A program, in stored units. Masses have become volumes with the mixture in the reservoir.

/// "1 to 48 steps by local time of day"; a step holds until the next.
struct Step: Equatable {
  var minute: Int64
  var rate: Int64
}

enum Basal: Equatable {
  case stopped
  case constant(rate: Int64)
  /// One pattern a weekday, Monday first: `daily` is the same pattern on each.
  case weekly(patterns: [[Step]], days: [Int])
  case periodic(dose: Int64, over: Int64, every: Int64, background: Int64)
}

struct PatientDose: Equatable {
  var volume: Int64
  var over: Int64
  var lockout: Int64
  var maxPer24h: Int
}

struct Prime: Equatable {
  var volume: Int64
  var over: Int64
}

struct Bridge: Equatable {
  var rate: Int64
  var volume: Int64
}

struct Limits: Equatable {
  var maxRate: Int64
  var maxVolumePer24h: Int64
  /// By drug, in fg.
  var maxDosePer24h: [String: Int64]
}

struct Program: Equatable {
  var basal: Basal
  var limits: Limits
  var safeRate: Int64
  var restartGap: Int64
  var lowReservoir: Int64
  var patientDose: PatientDose?
  var prime: Prime?
  var bridge: Bridge?
}

extension Basal {
  /// The basal rate as a function of local time.
  func rate(atLocal local: Int64) -> Int64 {
    switch self {
    case .stopped: 0
    case .constant(let rate): rate
    case .periodic(_, _, _, let background): background
    case .weekly(let patterns, let days): step(atLocal: local, patterns, days).rate
    }
  }

  /// The step in force: the last one that began, today or on a day before ("the last one over
  /// midnight").
  private func step(atLocal local: Int64, _ patterns: [[Step]], _ days: [Int]) -> Step {
    let (today, time) = splitLocal(local)
    let steps = patterns[days[weekday(ofDay: today)]]
    if let step = steps.last(where: { $0.minute * minute <= time }) { return step }
    return patterns[days[weekday(ofDay: today - 1)]].last!
  }

  /// The first moment after `local` at which a step begins.
  func nextStep(afterLocal local: Int64) -> Int64? {
    guard case .weekly(let patterns, let days) = self else { return nil }
    let (today, _) = splitLocal(local)
    for number in today...(today + 1) {
      for step in patterns[days[weekday(ofDay: number)]] {
        let start = number * day + step.minute * minute
        if start > local { return start }
      }
    }
    return nil
  }

  /// Every rate that stands in the program.
  var ratesNamed: [Int64] {
    switch self {
    case .stopped: []
    case .constant(let rate): [rate]
    case .periodic(_, _, _, let background): [background]
    case .weekly(let patterns, _): patterns.flatMap { $0.map(\.rate) }
    }
  }

  /// Every rate that some day of the week reaches.
  var ratesPlanned: [Int64] {
    guard case .weekly(let patterns, let days) = self else { return ratesNamed }
    return days.flatMap { patterns[$0].map(\.rate) }
  }
}
