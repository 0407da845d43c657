import JSONText
public import PumpScenario

/// The calculators, by the names that the command line and the pages use (contract: plan.md).
public enum PlanName: String, Sendable, CaseIterable {
  case flow, refill, prime, bridge, residual, admixture, patientDose
  case convert, titrate, propose, screen
}

/// Calls a calculator by its name; each is a pure function of its request.
public enum Planner {
  /// Works out one request.
  ///
  /// - Parameters:
  ///   - name: of the calculator.
  ///   - request: its fields, with no others.
  /// - Returns: values, findings and working; where `refused` is not empty it must not be used.
  /// - Throws: the first fault of the request, with its path.
  public static func plan(
    _ name: PlanName,
    _ request: PlanRequest
  ) throws(PlanError) -> PlanResult {
    switch name {
    case .flow: try FlowPlan.plan(request)
    case .refill: try RefillPlan.plan(request)
    case .prime: try PrimePlan.plan(request)
    case .bridge: try BridgePlan.plan(request)
    case .residual: try ResidualPlan.plan(request)
    case .admixture: try AdmixturePlan.plan(request)
    case .patientDose: try PatientDosePlan.plan(request)
    case .convert: try ConvertPlan.plan(request)
    case .titrate: try TitratePlan.plan(request)
    case .propose: try ProposePlan.plan(request)
    case .screen: try ScreenPlan.plan(request)
    }
  }

  /// Works out one request.
  ///
  /// - Parameters:
  ///   - name: as in the contract, such as `flow`; the nearest one is suggested for another.
  ///   - request: its fields, with no others.
  /// - Returns: see ``plan(_:_:)``.
  /// - Throws: where there is no such calculator, or the first fault of the request.
  public static func plan(
    name: String,
    request: PlanRequest
  ) throws(PlanError) -> PlanResult {
    guard let known = PlanName(rawValue: name) else { throw unknown(name) }
    return try plan(known, request)
  }

  private static func unknown(_ name: String) -> PlanError {
    let names = PlanName.allCases.map(\.rawValue)
    let near = EditDistance.nearest(to: name, in: names).map { "\"\($0)\"?" }
    return PlanError(
      path: "NAME",
      given: PlanError.quoted(name),
      expected: near ?? "one of " + names.joined(separator: ", ")
    )
  }
}
