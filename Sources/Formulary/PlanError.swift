public import PumpScenario

/// Bad input: the JSON path, what was given and what was expected, on one line.
///
/// The same as that of a scenario, since a request is read by the same rules and in part by the
/// same readers (contract: plan.md, the introduction).
public typealias PlanError = ScenarioError
