import JSONText
import Pharmacology
import PumpScenario

/// Reads tables of `[time, value]`.
enum StepTableReader {
  /// A table by hours from 0 on.
  ///
  /// - Parameters:
  ///   - field: an array of pairs.
  ///   - meaning: of a value, in words.
  ///   - above: whether 0 is too little.
  ///   - before: the times are below this one; by day where it is 24.
  ///   - most: no value is greater.
  /// - Returns: the table, one step at least.
  /// - Throws: the first fault, with its path.
  static func table(
    _ field: ScenarioField,
    meaning: String,
    above: Bool = false,
    before: Double? = nil,
    most: Double = CaseLimits.amount
  ) throws(ScenarioError) -> StepTable {
    var steps: [StepTable.Step] = []
    for (index, field) in try field.array().enumerated() {
      let pair = try field.array()
      guard pair.count == 2 else {
        throw field.fault(
          given: pair.count == 1 ? "1 number" : "\(pair.count) numbers",
          expected: "a time in h and \(meaning)"
        )
      }
      let time = try pair[0].number(in: 0...CaseLimits.hours, "a time in h")
      if let before, time >= before {
        throw pair[0].fault(
          given: "the number \(CaseNumber.text(time))",
          expected: "an hour of the day, below \(CaseNumber.text(before))"
        )
      }
      if before == nil, index == 0, time != 0 {
        throw pair[0].fault(
          given: "the number \(CaseNumber.text(time))",
          expected: "0: the table starts with the run"
        )
      }
      if let last = steps.last, time <= last.time {
        throw pair[0].fault(
          given: "the number \(CaseNumber.text(time))",
          expected: "a time after the one before, \(CaseNumber.text(last.time))"
        )
      }
      let value =
        above
        ? try pair[1].positive(meaning, most: most) : try pair[1].number(in: 0...most, meaning)
      steps.append(StepTable.Step(time: time, value: value))
      guard steps.count <= CaseLimits.events else {
        throw field.fault(given: "one step more", expected: "at most \(CaseLimits.events) steps")
      }
    }
    guard !steps.isEmpty else {
      throw field.fault(given: "an empty table", expected: "a time in h and \(meaning)")
    }
    return StepTable(steps)
  }
}

/// Reads what the pump is told to do.
enum PumpScheduleReader {
  static func pump(
    _ field: ScenarioField
  ) throws(ScenarioError) -> (schedule: PumpSchedule, concentration: StepTable) {
    let object = try field.object(["conc", "base", "daily", "boluses"])
    let concentration = try StepTableReader.table(
      try object.required("conc", "the concentration in the reservoir by time"),
      meaning: "a concentration in ug/mL"
    )
    let rate = "a rate in mL/h"
    var schedule = PumpSchedule(base: StepTable(constant: 0))
    let daily = object.given("daily")
    if daily == nil || object.given("base") != nil {
      schedule.base = try StepTableReader.table(
        try object.required("base", "the base rate by time"),
        meaning: rate,
        most: CaseLimits.flow
      )
    }
    if let daily {
      schedule.daily = try StepTableReader.table(
        daily,
        meaning: rate,
        before: 24,
        most: CaseLimits.flow
      )
    }
    for field in try object.given("boluses")?.array() ?? [] {
      let bolus = try field.object(["t", "volume", "duration"])
      schedule.boluses.append(
        PumpSchedule.Bolus(
          time: try bolus.required("t", "a time in h")
            .number(in: 0...CaseLimits.hours, "a time in h"),
          volume: try bolus.required("volume", "a volume in mL").positive("a volume in mL"),
          duration: try bolus.required("duration", "a duration in h")
            .positive("a duration in h", most: CaseLimits.hours)
        )
      )
      guard schedule.boluses.count <= CaseLimits.events else {
        throw field.fault(
          given: "one bolus more",
          expected: "at most \(CaseLimits.events) boluses"
        )
      }
    }
    return (schedule, concentration)
  }

  /// The flow of a schedule, boluses on top of the base.
  ///
  /// - Throws: where it is more than any pump's, with when.
  static func flow(
    of schedule: PumpSchedule,
    until end: Double
  ) throws(ScenarioError) -> [FlowSegment] {
    for (index, bolus) in schedule.boluses.enumerated() {
      guard bolus.volume / bolus.duration <= CaseLimits.flow else {
        throw ScenarioError(
          path: "$.pump.boluses[\(index)].duration",
          given: "\(CaseNumber.text(bolus.duration)) h for \(CaseNumber.text(bolus.volume)) mL",
          expected: "a bolus of at most \(CaseNumber.text(CaseLimits.flow)) mL/h"
        )
      }
    }
    let flow = schedule.flow(until: end)
    if let most = flow.first(where: { $0.flow > CaseLimits.flow }) {
      throw ScenarioError(
        path: "$.pump",
        given: "\(CaseNumber.text(most.flow)) mL/h in all at \(CaseNumber.text(most.start)) h",
        expected: "at most \(CaseNumber.text(CaseLimits.flow)) mL/h"
      )
    }
    return flow
  }
}
