import Formulary
import JSONText
import PumpScenario

/// The calculators, and two programs side by side; they record nothing.
struct PlanRoutes: Sendable {
  static let tag = "Calculators"

  var routes: [Route] {
    PlanName.allCases.map(plan) + [compare, drugs] + DrugLibrary.standard.drugs.map(drug)
  }

  private func plan(_ name: PlanName) -> Route {
    Route(
      .post,
      RouteTemplate("/api/v1/plan/\(name.rawValue)"),
      "The calculator \(name.rawValue) (docs/contracts/plan.md).",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      needsKey: false,
      request: .free("the request of the calculator"),
      response: .free("values, findings, working; where refused is not empty it must not be used")
    ) { call throws(WebError) in
      guard case .json(let cursor) = call.body else { throw RouteCall.noBody }
      do throws(PlanError) {
        return WebResponse(json: try Planner.plan(name, PlanRequest(root: cursor.value)).json())
      } catch { throw WebError(plan: error) }
    }
  }

  private var compare: Route {
    Route(
      .post,
      "/api/v1/plan/compare",
      "Two programs side by side, each with pump and fill as in a scenario.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      needsKey: false,
      request: .object([
        SchemaField("before", .free("pump, fill and program")),
        SchemaField("after", .free("pump, fill and program")),
        SchemaField("filledAt", TherapySchemas.day, isRequired: false),
      ]),
      response: .free("rows, warnings, refusals")
    ) { call throws(WebError) in
      let object = try call.object()
      let filled = try JSONFault.web { () throws(JSONMismatch) in
        try object.optional("filledAt")?.string()
      }
      let before = try Self.side("before", object)
      let after = try Self.side("after", object)
      do throws(PlanError) {
        let result = try CompareResult(before: before, after: after, filledAt: filled)
        return WebResponse(json: try result.json())
      } catch { throw WebError(plan: error) }
    }
  }

  private static func side(
    _ name: String,
    _ object: JSONObject
  ) throws(WebError) -> CompareSide {
    var writer = JSONWriter()
    writer.value(
      try JSONFault.web { () throws(JSONMismatch) in try object.required(name) }.value
    )
    do throws(PlanError) { return try CompareSide(bytes: writer.bytes) } catch {
      throw WebError(plan: error, under: name)
    }
  }

  private var drugs: Route {
    Route(
      .get,
      "/api/v1/formulary",
      "The names of the drugs that the formulary knows.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.staff)
    ) { _ throws(WebError) in try .value(DrugLibrary.standard.drugs.map(\.name)) }
  }

  /// Each fact with its source, and whether somebody has read it there.
  private func drug(_ drug: Drug) -> Route {
    let text = DrugText.files.first { $0.name == drug.name }?.text ?? "null"
    return Route(
      .get,
      RouteTemplate("/api/v1/formulary/\(drug.name)"),
      "What the formulary knows of \(drug.name), fact by fact with its source.",
      tag: Self.tag,
      face: .api,
      access: .roles(AccountRole.staff)
    ) { _ throws(WebError) in WebResponse(json: Array(text.utf8)) }
  }
}

extension WebError {
  /// A fault of a request to a calculator.
  init(plan error: ScenarioError, under name: String? = nil) {
    let path = String(error.path.dropFirst())
    self.init(
      422,
      "badField",
      "The calculator does not take this: \(error.description).",
      field: "$" + (name.map { ".\($0)" } ?? "") + path,
      todo: "Correct the field and send it again."
    )
  }
}
