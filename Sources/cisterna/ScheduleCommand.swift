import ArgumentParser
import Formulary

/// `cisterna plan schedule`.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Propose dates and doses from a first dose to a target, or down to none.",
    usage: "cisterna plan schedule REQUEST.json [--json]",
    discussion: """
      The steps follow the rules of the drug: each is one that "cisterna plan titrate" takes. It is \
      a proposal for the prescriber to judge. An example of a request:

        {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
         "screening":{"step":1,"effect":"full","effectHours":6},
         "target":"300 ug/d","start":"2026-01-05T08:00","setting":"clinic",
         "concentration":"2 mg/mL","oral":{"dose":"80 mg/d"}}

      "current":"100 ug/d" in place of "screening" begins with a dose; "target":"0 ug/d" weans. \
      "every" makes the wait between steps longer, "stepPercent" the steps other than the largest.

      Exit status: 0, 2 where the request is bad (one line says where), 3 where a step is refused.
      """
  )

  @Argument(help: ArgumentHelp("The request; - reads standard input.", valueName: "request.json"))
  var request: String

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let bytes = try Files.read(request)
    let result: PlanResult
    do {
      result = try TitrationSchedule.plan(PlanRequest(bytes: bytes))
    } catch {
      throw Failure(.badInput, "\(error)")
    }
    let width = Streams.columns ?? 80
    try Streams.standardOutput(
      json ? result.json() : Array(TitrationSchedule.text(result, width: width).utf8)
    )
    guard result.refused.isEmpty else {
      let codes = result.refused.map(\.code.rawValue).joined(separator: ", ")
      throw Failure(.refused, "refused: \(codes)")
    }
  }
}
