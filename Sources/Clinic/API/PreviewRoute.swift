import Formulary
import JSONText
import PumpScenario
import Therapy

/// The comparison as a route of a patient.
struct PreviewRoute: Sendable {
  let care: ClinicCare

  struct Body: Decodable, Sendable {
    let program: ProgramJSON
    let fluid: Fluid?
  }

  var route: Route {
    let care = care
    return Route(
      .post,
      "/api/v1/patients/{patient}/preview",
      "The program in force beside a proposed one; records nothing but that it was looked at.",
      tag: PlanRoutes.tag,
      face: .api,
      access: .roles(AccountRole.clinical),
      audit: .init("compared a program with the one in force"),
      request: .object([
        SchemaField("program", TherapySchemas.program),
        SchemaField("fluid", TherapySchemas.fluid, isRequired: false),
      ]),
      response: .free(
        "assumed, in words; comparison: rows, warnings, refusals; prediction: the flow at the tip of both, "
          + "with which the patient model runs"
      )
    ) { call throws(WebError) in
      let body: Body = try APIBody.read(call)
      let record = try await care.records.patient(try CommandRoute.patient(call))
      let compared: ProgramComparison
      let predicted: ProgramPrediction
      do throws(ProgramComparison.Fault) {
        compared = try ProgramComparison(record, body.program, with: body.fluid)
        predicted = try ProgramPrediction(
          record,
          body.program,
          with: body.fluid,
          at: Instant(milliseconds: call.therapyNow)
        )
      } catch { throw error.web }
      let comparison: JSONValue
      do { comparison = try JSONValue(parsing: try compared.result.json()) } catch {
        throw WebError(422, "badField", "The comparison cannot be worked out: \(error).")
      }
      return WebResponse { writer in
        writer.beginObject()
        writer.key("assumed")
        writer.beginArray()
        for text in compared.assumed { writer.string(text) }
        writer.endArray()
        writer.key("comparison")
        writer.value(comparison)
        writer.key("prediction")
        predicted.write(&writer)
        writer.endObject()
      }
    }
  }
}
