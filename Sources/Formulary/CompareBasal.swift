import PumpCore
import PumpScenario
import Quantities

/// The basal of a program, periodic boluses included: volumes in nL, rates in nL/d, exact.
struct CompareBasal {
  var least = Rational.zero
  var most = Rational.zero
  var mostOfAny = Rational.zero
  var average = Rational.zero
  /// Without boluses.
  var highestRate = Rational.zero
  /// Of the periodic bolus alone.
  var bolusRate = Rational.zero
  var busiest = CompareDay()

  init(of program: borrowing Program, _ model: borrowing PumpModel) throws(PlanError) {
    switch program.basal {
    case .stopped: constant(.zero)
    case .minimum: constant(model.minimumRate)
    case .constant(let rate): constant(rate)
    case .scheduled: schedule(CompareWeek(program.schedule))
    case .periodic(let dose, let over, let every, let background):
      try periodic(dose, over: over, every: every, background)
    }
  }

  private mutating func constant(_ rate: FlowRate) {
    least = rate.exact
    most = rate.exact
    mostOfAny = rate.exact
    average = rate.exact
    highestRate = rate.exact
    busiest.stretches = [
      CompareStretch(from: 0, until: 24, rate: Double(rate.nanolitresPerDay))
    ]
  }

  private mutating func schedule(_ week: CompareWeek) {
    let days = (0..<7).map { week.volume(from: $0 * 1440, minutes: 1440) }
    least = Rational(days.min() ?? 0, over: 1440)
    most = Rational(days.max() ?? 0, over: 1440)
    average = Rational(days.reduce(0, +), over: 7 * 1440)
    mostOfAny = Rational(week.mostOfAnyDay, over: 1440)
    highestRate = Rational(week.steps.map(\.rate).max() ?? 0)
    let busiestDay = days.indices.max { days[$0] < days[$1] } ?? 0
    busiest.stretches = week.stretches(ofDay: busiestDay)
    busiest.weekday = least == most ? nil : busiestDay
  }

  /// The fullest 24 h begin with a bolus; the emptiest begin where one has ended.
  private mutating func periodic(
    _ dose: Volume,
    over: TimeSpan,
    every: TimeSpan,
    _ background: FlowRate
  ) throws(PlanError) {
    let day = TimeSpan.day.milliseconds
    let (whole, rest) = day.quotientAndRemainder(dividingBy: every.milliseconds)
    let wholes = try dose.exact * Rational(whole) + background.exact
    func part(_ milliseconds: Int64) throws(PlanError) -> Rational {
      try dose.exact * Rational(milliseconds, over: over.milliseconds)
    }
    most = try wholes + part(min(rest, over.milliseconds))
    least = try wholes + part(max(0, over.milliseconds + rest - every.milliseconds))
    mostOfAny = most
    average = try dose.exact * Rational(day, over: every.milliseconds) + background.exact
    highestRate = background.exact
    bolusRate = try CompareFigures.rate(dose, over: over)
    guard whole <= 288 else {
      // Boluses this close cannot be told apart in a picture.
      return busiest.stretches = [Self.stretch(0, day, average.nearestDouble)]
    }
    let low = Double(background.nanolitresPerDay)
    let high = low + bolusRate.nearestDouble
    for begin in stride(from: 0, to: day, by: Int(every.milliseconds)) {
      let end = min(day, begin + over.milliseconds)
      busiest.stretches.append(Self.stretch(begin, end, high))
      let next = min(day, begin + every.milliseconds)
      if next > end { busiest.stretches.append(Self.stretch(end, next, low)) }
    }
  }

  private static func stretch(_ from: Int64, _ until: Int64, _ rate: Double) -> CompareStretch {
    let hour = 3_600_000.0
    return CompareStretch(from: Double(from) / hour, until: Double(until) / hour, rate: rate)
  }
}

/// A schedule laid out over the week, the last step of a day holding into the next.
struct CompareWeek {
  /// Ascending from Monday 00:00, where the first one begins.
  private(set) var steps: [(minute: Int, rate: Int64)] = []

  init(_ schedule: borrowing Schedule) {
    for day in 0..<7 {
      let pattern = schedule.pattern(ofDay: day)
      for index in 0..<schedule.stepCount(of: pattern) {
        let step = schedule.step(index, of: pattern)
        steps.append((day * 1440 + step.minute, step.rate.nanolitresPerDay))
      }
    }
    if let first = steps.first, let last = steps.last, first.minute > 0 {
      steps.insert((0, last.rate), at: 0)
    }
  }

  /// The volume from a minute of the week on, in nL·min/d: 1,440 of them are a nanolitre.
  func volume(from minute: Int, minutes: Int) -> Int64 {
    let start = minute % 10_080
    let end = start + minutes
    let wrapped = max(0, end - 10_080)
    return upTo(min(end, 10_080)) - upTo(start) + upTo(wrapped)
  }

  private func upTo(_ minute: Int) -> Int64 {
    var sum: Int64 = 0
    for (index, step) in steps.enumerated() where step.minute < minute {
      let next = index + 1 < steps.count ? steps[index + 1].minute : 10_080
      sum += step.rate * Int64(min(next, minute) - step.minute)
    }
    return sum
  }

  /// The most of any 24 h: they begin or end where a step does.
  var mostOfAnyDay: Int64 {
    var most: Int64 = 0
    for step in steps {
      most = max(most, volume(from: step.minute, minutes: 1440))
      most = max(most, volume(from: step.minute + 10_080 - 1440, minutes: 1440))
    }
    return most
  }

  func stretches(ofDay day: Int) -> [CompareStretch] {
    let (from, until) = (day * 1440, (day + 1) * 1440)
    var stretches: [CompareStretch] = []
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1].minute : 10_080
      guard next > from, step.minute < until else { continue }
      stretches.append(
        CompareStretch(
          from: Double(max(step.minute, from) - from) / 60,
          until: Double(min(next, until) - from) / 60,
          rate: Double(step.rate)
        )
      )
    }
    return stretches
  }
}
