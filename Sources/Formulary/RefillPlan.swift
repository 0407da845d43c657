import JSONText
import PumpScenario
import Quantities

/// `refill`: how long the fill lasts and when the next one is due (contract: plan.md).
enum RefillPlan {
  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object([
      "fill", "reserve", "basal", "patientDose", "filledAt", "stability", "endOfService", "pump",
    ])
    let fillField = try object.required("fill", PlanFill.expectation)
    let fill = try PlanFill(fillField)
    let pump = try PlanPump(try object.required("pump", PlanPump.expectation))
    var result = PlanResult()
    try result.holdFill(fill.volume, to: pump, fill.volumeField)
    let reserve = try fill.reserve(object)
    let basal = try BasalFlow(object, fill: fill, pump: pump)
    let dose = try object.optional("patientDose").map { field throws(PlanError) in
      try PlanPatientDose(field, fill: fill)
    }
    let filledAt = try object.required("filledAt", PlanDate.expectation).date()
    let dates = try Dates(object, fill: fill, filledAt: filledAt)
    let figures = try RefillFigures(
      fill: fill.volume,
      reserve: reserve,
      basal: basal.average,
      patientDoses: try dose.map { given throws(PlanError) in
        try given.volume * given.dosesPerDay
      } ?? .zero
    )
    let most = figures.most
    result.set("expectedInterval", try RefillInterval.value(figures.expected))
    result.set("earliestInterval", try RefillInterval.value(figures.earliest))
    result.set("lowDate", try dates.after(figures.expected))
    result.set("emptyDate", try dates.after(figures.empty))
    work(&result, fill: fill.volume, reserve: reserve, basal: basal, dose: dose)
    result.work(
      try RefillInterval.working(
        "expected, to the low mark",
        fill: fill.volume,
        less: reserve,
        at: basal.average
      )
    )
    result.work(
      try RefillInterval.working(
        "to empty",
        fill: fill.volume,
        less: .zero,
        at: basal.average
      )
    )
    if dose != nil {
      result.work(
        "most a day = \(try most.text(in: .millilitrePerDay)), every allowed dose taken"
      )
      result.work(
        try RefillInterval.working(
          "earliest, to the low mark",
          fill: fill.volume,
          less: reserve,
          at: most
        )
      )
    }
    try dates.setDue(earliest: figures.earliest, &result)
    result.questionReserve(reserve)
    try hold(&result, fill: fill, basal: basal, dose: dose, pump: pump)
    return result
  }

  /// The same limits as on every other path: a program that must not run has no refill (SR-041).
  private static func hold(
    _ result: inout PlanResult,
    fill: PlanFill,
    basal: BasalFlow,
    dose: PlanPatientDose?,
    pump: PlanPump
  ) throws(PlanError) {
    var mostInDay = basal.largestDay
    if let dose { mostInDay = try mostInDay + dose.volume * Rational(dose.dosesPer24h) }
    for drug in fill.drugs {
      try result.holdDrug(
        drug.name,
        concentration: drug.concentration.exact,
        dose: try mostInDay * drug.concentration.exact
      )
    }
    try result.holdBasal(basal, to: pump)
    if let dose { try result.holdBolus(dose, basal: basal, to: pump) }
  }

  private static func work(
    _ result: inout PlanResult,
    fill: Volume,
    reserve: Volume,
    basal: BasalFlow,
    dose: PlanPatientDose?
  ) {
    result.work("basal = \(basal.text)")
    guard let dose else { return }
    for line in dose.workingOfDoses { result.work(line) }
  }

  /// The dates that make a refill due.
  private struct Dates {
    let filledAt: PlanDate
    /// The shortest stability, ms.
    let stability: Rational?
    let endOfService: PlanDate?

    init(
      _ object: ScenarioObject,
      fill: PlanFill,
      filledAt: PlanDate
    ) throws(PlanError) {
      self.filledAt = filledAt
      stability = try Self.stability(object, fill: fill)
      guard let field = object.optional("endOfService") else {
        endOfService = nil
        return
      }
      let end = try field.date()
      guard end >= filledAt else {
        throw field.fault(given: end.text, expected: "a date not before that of the fill")
      }
      endOfService = end
    }

    /// The shortest of the stabilities of the drugs; a bare number is one of days.
    private static func stability(
      _ object: ScenarioObject,
      fill: PlanFill
    ) throws(PlanError) -> Rational? {
      guard let field = object.optional("stability") else { return nil }
      let fields = try field.array()
      guard !fields.isEmpty, fill.drugs.isEmpty || fields.count == fill.drugs.count else {
        throw field.fault(
          given: "\(fields.count) stabilities",
          expected: fill.drugs.isEmpty ? "at least one" : "one for each drug of the fill"
        )
      }
      var shortest: Rational?
      for field in fields {
        let span: TimeSpan
        if case .number = field.cursor.value {
          span = Int64(try field.integer(in: 1...36_500)) * .day
        } else {
          span = try field.quantity(in: ScenarioRange.someTime)
        }
        shortest = min(shortest ?? span.exact, span.exact)
      }
      return shortest
    }

    func after(_ interval: Rational?) throws(PlanError) -> PlanValue {
      guard let interval else { return .none("nothing flows") }
      guard let date = try filledAt.later(by: interval) else {
        return .none("after the year 9999")
      }
      return .text(date.text)
    }

    /// The due date is the earliest of its candidates, the first one where two are the same.
    func setDue(earliest: Rational?, _ result: inout PlanResult) throws(PlanError) {
      var candidates: [(because: String, date: PlanDate)] = []
      if let earliest, let date = try filledAt.later(by: earliest) {
        candidates.append(("lowReservoir", date))
      }
      if let stability, let date = try filledAt.later(by: stability) {
        candidates.append(("stability", date))
        result.work("stability: \(try stability.text(in: .day)) from the fill")
      }
      if let endOfService { candidates.append(("endOfService", endOfService)) }
      let due = candidates.min { $0.date < $1.date }
      result.set("dueDate", due.map { .text($0.date.text) } ?? .none("nothing makes it due"))
      result.set("dueBecause", due.map { .text($0.because) } ?? .none("nothing makes it due"))
      let list = candidates.map { "\($0.date.text) (\($0.because))" }.joined(separator: ", ")
      result.work(list.isEmpty ? "due: never" : "due: the earliest of \(list)")
      result.set(
        "candidates",
        .object(candidates.map { PlanMember($0.because, .text($0.date.text)) })
      )
    }
  }
}
