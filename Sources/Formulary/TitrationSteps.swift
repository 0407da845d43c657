import PumpScenario
import Quantities

/// The steps of a schedule, each taken only where `titrate` refuses nothing.
struct TitrationSteps {
  struct Step: Equatable {
    let date: PlanDate
    let dose: DailyDose
    /// From the dose before; none for the first.
    let percent: Rational
  }

  /// A step to nothing that no rule in percent reaches.
  struct Stop: Equatable {
    let from: DailyDose
    let date: PlanDate
    /// What `titrate` says to it.
    let refused: [Finding]
  }

  /// From this share of the first dose on a weaning takes its last step, %.
  static let stopShare = Rational(10)

  private let request: TitrationRequest
  private(set) var steps: [Step] = []
  /// The last step of a weaning, which `titrate` refuses and only the prescriber orders.
  private(set) var stop: Stop?
  /// Why the target is not reached; nothing where it is.
  private(set) var why: String?
  private(set) var warnings: [Finding] = []
  /// What `titrate` says to the step at which the schedule ends.
  private(set) var refused: [Finding] = []

  static let stepsMax = 400

  init(_ request: TitrationRequest, from first: DailyDose) throws(PlanError) {
    self.request = request
    steps = [Step(date: request.start, dose: first, percent: .zero)]
    while let last = steps.last, last.dose != request.target, why == nil {
      guard steps.count <= Self.stepsMax else {
        why = "more than \(Self.stepsMax) steps"
        return
      }
      try addStep(after: last)
    }
  }

  private mutating func addStep(after last: Step) throws(PlanError) {
    let probe = request.step(from: last.dose, since: last.date, to: last.dose, at: last.date)
    let bounds = try TitrateBounds(TitrateRequest(probe), DrugLibrary.standard.policy)
    guard let date = try date(after: last, bounds) else {
      why = "the dates go beyond the year 9999"
      return
    }
    let isFinal = try isFinal(last)
    var next = isFinal ? request.target : try dose(after: last, bounds, at: date)
    if next == last.dose { next = request.target }
    let answer = try TitratePlan.plan(
      request.step(from: last.dose, since: last.date, to: next, at: date)
    )
    guard answer.refused.isEmpty else {
      let codes = answer.refused.map(\.code.rawValue).joined(separator: ", ")
      guard isFinal else {
        why = "\(last.dose.text) to \(next.text) is refused: \(codes)"
        refused = answer.refused
        return
      }
      // Only the size of the step is the prescriber's to judge; an order from afar stops nothing.
      guard answer.refused.allSatisfy({ $0.code == .stepTooLarge }) else {
        why =
          "the last step, from \(last.dose.text) to none, is refused (\(codes)): the prescriber orders "
          + "it in the clinic"
        return
      }
      stop = Stop(from: last.dose, date: date, refused: answer.refused)
      for finding in answer.warnings { note(finding, at: date) }
      steps.append(Step(date: date, dose: next, percent: Rational(-100)))
      return
    }
    for finding in answer.warnings { note(finding, at: date) }
    let percent = try (next.exact - last.dose.exact) / last.dose.exact * Rational(100)
    steps.append(Step(date: date, dose: next, percent: percent))
  }

  /// A warning that comes with many steps is told once, with the first of them.
  private mutating func note(_ finding: Finding, at date: PlanDate) {
    guard !warnings.contains(where: { $0.code == finding.code && $0.source == finding.source })
    else { return }
    warnings.append(
      Finding(finding.code, "first at \(date.text): \(finding.message)", source: finding.source)
    )
  }

  /// Whether a dose that is weaned to nothing is down to a tenth of the first one.
  ///
  /// Steps in percent never reach nothing, and no source tells where to stop, so that this is the
  /// project's own choice.
  private func isFinal(_ last: Step) throws(PlanError) -> Bool {
    guard request.target.mass == .zero, let first = steps.first else { return false }
    return try last.dose.exact * Rational(100) <= first.dose.exact * Self.stopShare
  }

  // MARK: - When

  /// The first date, in the form of the request, at which every rule has waited long enough.
  private func date(
    after last: Step,
    _ bounds: TitrateBounds
  ) throws(PlanError) -> PlanDate? {
    var waits = bounds.intervals.map(\.value.milliseconds)
    if request.target > last.dose {
      waits += bounds.advice.compactMap { $0.interval?.value.milliseconds }
    }
    if let every = request.every { waits.append(every.milliseconds) }
    guard let wait = waits.max() else {
      throw PlanError(
        path: "$.every",
        given: "nothing",
        expected: "the time from step to step, as no rule of \(request.drug.name) tells one here"
      )
    }
    // A date is rounded down to what its form shows.
    for extra: Int64 in [0, 999, 59_999, 86_399_999] {
      guard let date = try last.date.later(by: Rational(wait + extra)) else { return nil }
      if date.instant - last.date.instant >= wait { return date }
    }
    return nil
  }

  // MARK: - How much

  /// The largest step that every rule allows, verified or not, and no further than the target.
  private func dose(
    after last: Step,
    _ bounds: TitrateBounds,
    at date: PlanDate
  ) throws(PlanError) -> DailyDose {
    let current = last.dose.exact
    let isUp = request.target > last.dose
    var limits = (isUp ? bounds.increases : bounds.decreases).map(\.dose)
    if isUp {
      for rule in bounds.advice {
        limits.append(try current + rule.increase.value.most(of: current))
      }
    }
    if request.setting == .remote { limits.append(try weekBound(at: date, isUp: isUp)) }
    if let percent = request.stepPercent {
      let size = try current * percent / Rational(100)
      // What was asked for, even where a rule will refuse it.
      limits = [isUp ? try current + size : try current - size]
    }
    let target = request.target.exact
    guard let limit = isUp ? limits.min() : limits.max() else { return request.target }
    guard isUp ? limit < target : limit > target else { return request.target }
    return try Self.rounded(limit, from: last.dose, isUp: isUp)
  }

  /// The remote envelope of any 7 days, from the dose in force a week before.
  private func weekBound(at date: PlanDate, isUp: Bool) throws(PlanError) -> Rational {
    let week = 7 * TimeSpan.day.milliseconds
    let base = steps.last { date.instant - $0.date.instant >= week } ?? steps.first
    guard let base else { return request.target.exact }
    let part = try base.dose.exact * DrugLibrary.standard.policy.remoteWeek.value / Rational(100)
    return isUp ? try base.dose.exact + part : try base.dose.exact - part
  }

  /// Three significant digits, towards the dose before, so that no rule is passed by rounding.
  private static func rounded(
    _ limit: Rational,
    from dose: DailyDose,
    isUp: Bool
  ) throws(PlanError) -> DailyDose {
    var step: Int64 = 1
    while step < 1_000_000_000_000_000, limit >= Rational(step * 1_000) { step *= 10 }
    let part = try limit / Rational(step)
    let whole = isUp ? Rational.floored(part.numerator, part.denominator) : part.roundedUp()
    let rounded = DailyDose(storedUnits: Int64(clamping: whole) * step)
    if rounded != dose { return rounded }
    let exact = isUp ? Rational.floored(limit.numerator, limit.denominator) : limit.roundedUp()
    return DailyDose(storedUnits: Int64(clamping: exact))
  }
}
