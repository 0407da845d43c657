import Quantities

/// What the basal of a program plans at the most: in any 24 h, and at any instant.
struct DayPlan: Sendable {
  /// The largest volume of any 24 h, as a fraction of nanolitres.
  var numerator: Int64 = 0
  var denominator: Int64 = 1
  /// The highest rate of basal or background, nL/d.
  var highestRate: Int64 = 0
  /// The bounds of all rates that stand in it, but for none, nL/d; `Int64.max` and 0 where it has
  /// none.
  var extremes: (lowest: Int64, highest: Int64) = (.max, 0)

  init(of program: borrowing Program, _ model: borrowing PumpModel) {
    switch program.basal {
    case .stopped: break
    case .minimum: plan(constant: model.minimumRate.nanolitresPerDay)
    case .constant(let rate): plan(constant: rate.nanolitresPerDay)
    case .scheduled:
      highestRate = program.schedule.highestPlanned
      extremes = program.schedule.extremes
      numerator = program.schedule.largestDay
      denominator = 1440
    case .periodic(let dose, let over, let every, let background):
      plan(constant: background.nanolitresPerDay)
      // The fullest window begins with a bolus: ⌊24 h / P⌋ whole ones and the begin of one more.
      let (whole, rest) = millisecondsPerDay.quotientAndRemainder(
        dividingBy: every.milliseconds
      )
      denominator = over.milliseconds
      numerator =
        (whole * dose.nanolitres + background.nanolitresPerDay) * denominator
        + dose.nanolitres * min(rest, denominator)
    }
  }

  private mutating func plan(constant rate: Int64) {
    numerator = rate
    highestRate = rate
    if rate > 0 { extremes = (rate, rate) }
  }

  /// Whether the largest day and further boluses pass a limit, compared exactly.
  func exceeds(_ limit: Volume, with boluses: Int64) -> Bool {
    // The largest prescription that can be written down still fits.
    Int128(numerator) > Int128(limit.nanolitres - boluses) * Int128(denominator)
  }

  /// The largest day and further boluses, rounded up to the nanolitre.
  func total(with boluses: Int64) -> Volume {
    Volume(nanolitres: Rounding.up(numerator, over: denominator) + boluses)
  }
}

/// The rate of a bolus against a limit, exactly: V of nL over T of ms > rate of nL/d.
func bolusExceeds(_ volume: Int64, over: Int64, _ rate: Int64) -> Bool {
  volume * millisecondsPerDay > rate * over
}

/// The rate of a bolus, rounded up to the nL/d, for a figure in a refusal.
func bolusRate(_ volume: Volume, over: TimeSpan) -> Int64 {
  Rounding.up(volume.nanolitres * millisecondsPerDay, over: over.milliseconds)
}
