public import Formulary
import JSONText
import PumpScenario
import Quantities

extension PatientRecord {
  /// The dose of a day to begin with after the last trial that succeeded, where the formulary has a rule
  /// for it (contract: plan.md, screen).
  ///
  /// - Returns: the calculator's result with its working; nothing where there is no such trial, no
  ///   protocol, or the length of the effect was not recorded.
  public var startAfterTrial: PlanResult? {
    guard let trial = pathway.trials.last, trial.conclusion?.outcome == .succeeded,
      let hours = trial.conclusion?.effectLasted, let screening = trial.screening,
      let response = response(to: trial),
      let step = screening.steps.firstIndex(where: { $0.dose.value == response.dose.dose })
    else { return nil }
    let request = JSONValue.object([
      JSONMember(name: "drug", value: .string(trial.plan.drug)),
      JSONMember(name: "step", value: .number("\(step + 1)")),
      JSONMember(name: "effect", value: .string("full")),
      JSONMember(name: "effectHours", value: .number(Self.hours(hours))),
    ])
    return try? Planner.plan(.screen, PlanRequest(root: request))
  }

  /// A span in hours, to the hundredth.
  private static func hours(_ span: TimeSpan) -> String {
    let hundredths = span.milliseconds / 36_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
