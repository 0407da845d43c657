public import PumpScenario
import Quantities

/// `schedule`: dates and doses from a first dose to a target by the rules of the drug.
///
/// Each step is given to `titrate`, and none is taken that it refuses, so that both refuse the same.
/// It is a proposal for the prescriber to judge.
public enum TitrationSchedule {
  /// Works out a schedule.
  ///
  /// - Parameter request: `drug`, `indication`, `origin`, `age`, `setting` as for `titrate`; `start`;
  ///   `current` or `screening` (as for `screen`); `target`, which is none for weaning; and where
  ///   wanted `every`, `stepPercent`, `concentration`, `pump`, `oral`.
  /// - Returns: the steps, whether the target is reached and else why not, and the findings.
  /// - Throws: the first fault of the request, with its path.
  public static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let request = try TitrationRequest(request)
    var result = PlanResult()
    result.set("proposal", .text("for the prescriber to judge"))
    for finding in request.screening?.warnings ?? [] { result.warn(finding) }
    for line in request.screening?.working ?? [] { result.work(line) }
    guard let first = request.current else {
      result.set("steps", .list([]))
      result.set("reached", .flag(false))
      result.set("why", .text("the screening gives no starting dose yet"))
      return result
    }
    let schedule = try TitrationSteps(request, from: first)
    try addSteps(&result, request, schedule)
    result.set("reached", .flag(schedule.why == nil))
    if let why = schedule.why { result.set("why", .text(why)) }
    try addStop(&result, request, schedule)
    result.set("stop", .list(stops(request, first).map { .text($0) }))
    for finding in schedule.warnings { result.warn(finding) }
    for finding in schedule.refused { result.refuse(finding) }
    try hold(&result, request, first)
    addOral(&result, request, first)
    return result
  }

  /// What the dose to begin with and the fluid pass by themselves, before any step (SR-041).
  ///
  /// As with `titrate`, a dose over the maximum is no obstacle to one that comes down from it.
  private static func hold(
    _ result: inout PlanResult,
    _ request: TitrationRequest,
    _ first: DailyDose
  ) throws(PlanError) {
    let drug = request.drug
    // A step up from it that is refused has told of the maximum already.
    if request.target >= first, !result.refused.contains(where: { $0.code == .aboveMaximum }) {
      result.hold(
        first.exact,
        to: DrugLimits.maximumDailyDose(of: drug.name),
        what: "\(drug.name) \(first.text)",
        code: .aboveMaximum
      )
    }
    guard let concentration = request.concentration else { return }
    result.hold(
      concentration.exact,
      to: DrugLimits.maximumConcentration(of: drug.name),
      what: "\(drug.name): \(concentration.text)",
      code: .concentrationLimit
    )
    try result.questionDrug(drug.name, concentration: concentration.exact, dose: first.exact)
  }

  private static func addSteps(
    _ result: inout PlanResult,
    _ request: TitrationRequest,
    _ schedule: TitrationSteps
  ) throws(PlanError) {
    var values: [PlanValue] = []
    let unit = request.drug.unit.perDay
    let last = schedule.steps.count - 1
    for (index, step) in schedule.steps.enumerated() {
      var members = [
        PlanMember("date", .text(step.date.text)),
        PlanMember("dose", try .rounded(step.dose.exact, in: unit)),
        PlanMember("percent", .percent(step.percent)),
      ]
      let change = index == 0 ? "the dose to begin with" : step.percent.percentText
      var line = "\(step.date.text): \(try step.dose.exact.text(in: unit)) (\(change))"
      if let concentration = request.concentration {
        let rate = try (step.dose.exact / concentration.exact).stored()
        members.append(PlanMember("rate", .quantity(PlanQuantity(rate, in: .millilitrePerDay))))
        line += ", \(try Rational(rate).text(in: .millilitrePerDay))"
        if let pump = request.pump, rate > 0 {
          result.holdRate(
            Rational(rate),
            what: "\(step.date.text): \(try Rational(rate).text(in: .millilitrePerDay))",
            to: pump
          )
        }
      }
      if let oral = request.oral, request.target > (schedule.steps.first?.dose ?? request.target) {
        let left = try oral.dose.exact * Rational(last - index) / Rational(max(1, last))
        members.append(PlanMember("oral", try .rounded(left, in: .milligramPerDay)))
        line += "; oral \(try left.text(in: .milligramPerDay))"
      }
      members.append(PlanMember("observe", .text(observe(step, request))))
      values.append(.object(members))
      if index == last, schedule.stop != nil { line += ", for the prescriber alone to order" }
      result.work(line)
    }
    result.set("steps", .list(values))
  }

  /// The last step of a weaning, where no rule allows it: stated, and left to the prescriber.
  private static func addStop(
    _ result: inout PlanResult,
    _ request: TitrationRequest,
    _ schedule: TitrationSteps
  ) throws(PlanError) {
    guard let stop = schedule.stop else { return }
    let source =
      "this project's own choice, unverified: no source tells at which dose a weaning ends"
    let rule =
      "Steps in percent never reach none: from a tenth of the first dose on, the next step is none"
    let said = stop.refused.map { "\($0.code.rawValue): \($0.message)" }.joined(separator: "; ")
    result.set(
      "lastStep",
      .object([
        PlanMember("date", .text(stop.date.text)),
        PlanMember("from", try .rounded(stop.from.exact, in: request.drug.unit.perDay)),
        PlanMember("orderedBy", .text("the prescriber, by itself: no rule of the drug allows it")),
        PlanMember("titrate", .text(said)),
        PlanMember("rule", .text(rule)),
        PlanMember("source", .text(source)),
        PlanMember("verified", .flag(false)),
      ])
    )
    result.warn(
      .stopByPrescriber,
      "the last step, \(stop.from.text) to none on \(stop.date.text), is one that titrate refuses "
        + "(\(said)); it is the prescriber's to order. \(rule), UNVERIFIED",
      source: source
    )
  }

  /// What to look for after a step.
  private static func observe(
    _ step: TitrationSteps.Step,
    _ request: TitrationRequest
  ) -> String {
    let isDown = step.dose > request.target || step.percent < .zero
    let danger = isDown ? request.drug.withdrawal : request.drug.overdose
    let kind = isDown ? "withdrawal" : "overdose"
    return "until the next step, for \(kind): \(danger.signs.value)"
  }

  /// When to go no further.
  private static func stops(_ request: TitrationRequest, _ first: DailyDose) -> [String] {
    let isUp = request.target > first
    var stops = [
      isUp
        ? "as soon as the effect is enough, whatever the target"
        : "where what the drug was given for comes back",
      isUp
        ? "at signs of overdose: \(request.drug.overdose.signs.value)"
        : "at signs of withdrawal: \(request.drug.withdrawal.signs.value)",
    ]
    if isUp, let most = request.drug.doses.maximum {
      let standing = most.isVerified ? "" : " (UNVERIFIED)"
      stops.append("at the maximum of \(most.value.text)\(standing)")
    }
    return stops
  }

  private static func addOral(
    _ result: inout PlanResult,
    _ request: TitrationRequest,
    _ first: DailyDose
  ) {
    guard let oral = request.oral else { return }
    let name = oral.drug ?? request.drug.name
    let isUp = request.target > first
    result.warn(
      .withdrawalRisk,
      isUp
        ? "the taper of oral \(name) from \(oral.dose.text) in equal parts is only a proposal for the "
          + "prescriber to judge; stopping it too fast can bring withdrawal (UNVERIFIED)"
        : "no oral taper is proposed while the intrathecal dose falls; oral \(name) "
          + "\(oral.dose.text) is left as it is",
      source: "this project's own choice, unverified: equal parts, one with each step"
    )
  }
}
