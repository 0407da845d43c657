import JSONText
import PumpScenario
import Quantities

/// What a program's basal gives, exactly: on average, and in the fullest 24 h.
struct BasalFlow {
  /// nL/d; of a week where its days differ.
  let average: Rational
  /// nL, in any 24 h.
  let largestDay: Rational
  /// The rates that stand in it but for none, nL/d.
  let rates: [Rational]
  /// How the average was found, for a line of working.
  let text: String

  static let expectation =
    "a program's basal such as {\"mode\":\"constant\",\"rate\":\"0.15 mL/d\"}, or a rate"

  /// Reads a basal; a rate by itself is a constant one.
  ///
  /// - Parameters:
  ///   - object: has it as `basal`.
  ///   - fill: turns doses into rates, without rounding them.
  ///   - pump: has the rate of the mode `minimum`; the mode is refused where there is none.
  /// - Throws: where it is no basal, or a dose is of no drug of the fill.
  init(
    _ object: ScenarioObject,
    fill: PlanFill,
    pump: PlanPump?
  ) throws(PlanError) {
    let field = try object.required("basal", Self.expectation)
    let basal: ProgramText.Basal
    if case .string = field.cursor.value {
      basal = .constant(try ProgramReader.rate(field))
    } else {
      basal = try ProgramReader.basal(field)
    }
    switch basal {
    case .stopped:
      self.init(constant: .zero, text: "nothing, as the pump is stopped")
    case .minimum:
      guard let least = pump?.minimumRate else {
        let why = pump.map { "the catalogue does not tell the minimum of \($0.title)" }
        throw field.fault(
          given: "the mode \"minimum\"",
          expected: "a rate, as \(why ?? "the request has no pump")"
        )
      }
      self.init(constant: least.value.exact, text: "\(least.value.text), the pump's minimum")
    case .constant(let rate):
      let exact = try fill.rate(rate)
      let result = try exact.text(in: .millilitrePerDay)
      guard case .dose(let dose, let name) = rate.amount else {
        self.init(constant: exact, text: result)
        return
      }
      let scale = MassScale(fitting: dose)
      let concentration = try fill.concentration(of: name, path: rate.path)
      self.init(
        constant: exact,
        text: "\(scale.text(dose)) ÷ \(scale.text(concentration)) = \(result)"
      )
    case .daily(let steps):
      try self.init(week: Week(patterns: [steps], days: [0, 0, 0, 0, 0, 0, 0], fill: fill))
    case .weekly(let patterns, let days):
      try self.init(week: Week(patterns: patterns, days: days, fill: fill))
    case .periodic(let dose, let over, let every, let background):
      let background = if let background { try fill.rate(background) } else { Rational.zero }
      try self.init(
        periodic: try fill.volume(dose),
        over: over,
        every: every,
        background: background
      )
    }
  }

  private init(constant rate: Rational, text: String) {
    average = rate
    largestDay = rate
    rates = rate == .zero ? [] : [rate]
    self.text = text
  }

  private init(week: Week) throws(PlanError) {
    average = try week.volume(from: 0, minutes: Week.minutes) / Rational(7)
    largestDay = try week.largestDay()
    rates = week.steps.map(\.rate).filter { $0 > .zero }
    let day = try average.text(in: .millilitrePerDay)
    text = average == largestDay ? "\(day), the sum of the day's steps" : "\(day) over the week"
  }

  /// The fullest 24 h begin with a bolus: the whole ones, and the begin of one more.
  private init(
    periodic dose: Rational,
    over: TimeSpan,
    every: TimeSpan,
    background: Rational
  ) throws(PlanError) {
    let day = TimeSpan.day.milliseconds
    average = try background + dose * Rational(day, over: every.milliseconds)
    let (whole, rest) = day.quotientAndRemainder(dividingBy: every.milliseconds)
    let begun = Rational(min(rest, over.milliseconds), over: over.milliseconds)
    largestDay = try background + dose * (Rational(whole) + begun)
    rates = background == .zero ? [] : [background]
    text =
      "\(try background.text(in: .millilitrePerDay)) + \(try dose.text(in: .millilitre)) "
      + "every \(every.text) = \(try average.text(in: .millilitrePerDay))"
  }
}

/// The steps of a week of local time, one after the other; the last one holds into the first.
private struct Week {
  static let minutes = 7 * 1_440

  /// `minute` is of the week, from Monday 00:00, ascending.
  let steps: [(minute: Int, rate: Rational)]

  init(
    patterns: [[ProgramText.Step]],
    days: [Int],
    fill: PlanFill
  ) throws(PlanError) {
    var steps: [(minute: Int, rate: Rational)] = []
    for (day, pattern) in days.enumerated() {
      for step in patterns[pattern] {
        steps.append((day * 1_440 + step.minute, try fill.rate(step.rate)))
      }
    }
    self.steps = steps
  }

  /// The volume of some minutes from a minute of the week on, at most a week; nL.
  func volume(from start: Int, minutes: Int) throws(PlanError) -> Rational {
    var sum = Rational.zero
    for (index, step) in steps.enumerated() {
      let isLast = index + 1 == steps.count
      let end = isLast ? steps[0].minute + Self.minutes : steps[index + 1].minute
      // The step of this week, of the one before and of the one after.
      for shift in [-Self.minutes, 0, Self.minutes] {
        let from = max(start, step.minute + shift)
        let to = min(start + minutes, end + shift)
        if from < to { sum = try sum + step.rate * Rational(to - from) }
      }
    }
    return try sum / Rational(1_440)
  }

  /// The fullest 24 h begin or end where a step begins.
  func largestDay() throws(PlanError) -> Rational {
    var largest = Rational.zero
    for step in steps {
      for start in [step.minute, (step.minute + Self.minutes - 1_440) % Self.minutes] {
        largest = max(largest, try volume(from: start, minutes: 1_440))
      }
    }
    return largest
  }
}
