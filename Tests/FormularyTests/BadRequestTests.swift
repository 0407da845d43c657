import Formulary
import PumpScenario
import Testing

/// One change to a good request, and the fault that must be told.
struct BadRequest: Sendable, CustomTestStringConvertible {
  let name: PlanName
  /// What stands in the request of ``BadRequestTests/good``, and what stands there instead.
  let old: String
  let new: String
  let path: String
  let given: String
  let expected: String

  init(
    _ name: PlanName,
    _ old: String,
    _ new: String,
    _ path: String,
    _ given: String,
    _ expected: String
  ) {
    (self.name, self.old, self.new) = (name, old, new)
    (self.path, self.given, self.expected) = (path, given, expected)
  }

  var testDescription: String { "\(name.rawValue): \(new)" }
}

struct BadRequestTests {
  static let good: [PlanName: String] = [
    .flow: """
    {"drugs":[{"drug":"alpha","dose":"300 ug/d","concentration":"2 mg/mL"},
    {"drug":"beta","dose":"150 ug/d","concentration":"1 mg/mL"}],"pump":"SynchroMed II"}
    """,
    .refill: """
    {"fill":{"volume":"20 mL","drugs":[{"drug":"alpha","concentration":"5 mg/mL"}]},
    "reserve":"2 mL","basal":{"mode":"constant","rate":"1.5 mg/d"},
    "patientDose":{"dose":"0.1 mg","over":"10 min","lockout":"6 h","maxPer24h":4},
    "filledAt":"2026-01-05T08:00:00","stability":["90 d"],"endOfService":"2030-01-01",
    "pump":{"capacity":"20 mL","minimumRate":"0.048 mL/d","maximumRate":"24 mL/d","tubing":"0.14 mL"}}
    """,
    .prime: """
    {"tubing":"0.14 mL","catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"},
    "pathEmpty":"both","concentration":"2 mg/mL","over":"20 min"}
    """,
    .bridge: """
    {"old":{"concentration":"10 mg/mL","dose":"2 mg/d"},
    "new":{"concentration":"20 mg/mL","dose":"3 mg/d"},"tubing":"0.14 mL",
    "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"},"residual":"1.4 mL",
    "fillVolume":"18 mL","pump":"8637-20"}
    """,
    .residual: """
    {"capacity":"20 mL","filled":"20 mL","expected":"6.2 mL","aspirated":"9.1 mL",
    "symptoms":false,"previous":[-3.1]}
    """,
    .admixture: """
    {"rate":"0.4 mL/d","volume":"20 mL","drugs":[
    {"drug":"alpha","dose":"2 mg/d","stock":["25 mg/mL","10 mg/mL"]}],"pump":"SynchroMed II"}
    """,
    .patientDose: """
    {"basal":"1.0 mg/d","patientDose":{"dose":"0.1 mg","over":"10 min","lockout":"6 h","maxPer24h":4},
    "fill":{"volume":"20 mL","drugs":[{"drug":"alpha","concentration":"5 mg/mL"}]},
    "reserve":"2 mL","pump":"SynchroMed II"}
    """,
  ]

  static let cases: [BadRequest] = flowCases + refillCases + pathCases + mixtureCases + doseCases

  private static let flowCases: [BadRequest] = [
    BadRequest(
      .flow,
      #""300 ug/d""#,
      "300",
      "$.drugs[0].dose",
      "the number 300",
      "a dose per time"
    ),
    BadRequest(.flow, #""300 ug/d""#, #""300""#, "$.drugs[0].dose", #""300""#, "unit is missing"),
    BadRequest(.flow, #""300 ug/d""#, #""300 ug""#, "$.drugs[0].dose", #""300 ug""#, "a mass"),
    BadRequest(.flow, #""300 ug/d""#, #""-3 ug/d""#, "$.drugs[0].dose", #""-3 ug/d""#, "negative"),
    BadRequest(
      .flow,
      #""300 ug/d""#,
      #""0 ug/d""#,
      "$.drugs[0].dose",
      #""0 ug/d""#,
      "greater than 0"
    ),
    BadRequest(
      .flow,
      #""300 ug/d""#,
      #"".3 mg/d""#,
      "$.drugs[0].dose",
      #"".3 mg/d""#,
      "zero before"
    ),
    BadRequest(.flow, #""300 ug/d""#, #""3,5 mg/d""#, "$.drugs[0].dose", "3,5", "no comma"),
    BadRequest(.flow, #""2 mg/mL""#, #""2 mg/ml""#, "$.drugs[0].concentration", "mg/ml", "mg/mL"),
    BadRequest(.flow, #""2 mg/mL""#, #""2 mg/d""#, "$.drugs[0].concentration", "2 mg/d", "a conc"),
    BadRequest(
      .flow,
      #""2 mg/mL""#,
      #""2 kg/mL""#,
      "$.drugs[0].concentration",
      "2 kg/mL",
      "at most"
    ),
    BadRequest(.flow, #""2 mg/mL""#, #""0.1 ng/mL""#, "$.drugs[0].concentration", "0.1", "whole"),
    BadRequest(
      .flow,
      "\"beta\"",
      "\"alpha\"",
      "$.drugs[1].drug",
      "\"alpha\" again",
      "each drug once"
    ),
    BadRequest(.flow, "\"alpha\"", "\"\"", "$.drugs[0].drug", "\"\"", "the name of a drug"),
    BadRequest(.flow, "\"drugs\":", "\"drug\":", "$.drug", "an unknown field", "\"drugs\"?"),
    BadRequest(.flow, "SynchroMed II\"", "SynchroMed\"", "$.pump", "\"SynchroMed\"", "one of"),
    BadRequest(.flow, "SynchroMed II\"", "Prometa\"", "$.pump", "\"Prometa\"", "catalogue"),
    BadRequest(.flow, "\"SynchroMed II\"", "7", "$.pump", "the number 7", "a pump: a name"),
    BadRequest(.flow, #","pump":"SynchroMed II""#, "", "$.pump", "nothing", "a pump: a name"),
  ]

  private static let refillCases: [BadRequest] = [
    BadRequest(
      .refill,
      #""volume":"20 mL""#,
      #""volume":"40 mL""#,
      "$.fill.volume",
      "40 mL",
      "20 mL"
    ),
    BadRequest(.refill, #""reserve":"2 mL""#, #""reserve":"21 mL""#, "$.reserve", "21 mL", "20 mL"),
    BadRequest(.refill, #""reserve":"2 mL""#, #""reserve":"2""#, "$.reserve", "\"2\"", "a volume"),
    BadRequest(.refill, "\"constant\"", "\"constan\"", "$.basal.mode", "constan", "\"constant\"?"),
    BadRequest(.refill, "\"1.5 mg/d\"", "\"1.5 mg\"", "$.basal.rate", "1.5 mg", "a flow rate"),
    BadRequest(.refill, "T08:00:00", "T25:00:00", "$.filledAt", "T25:00:00", "a day that exists"),
    BadRequest(.refill, "2026-01-05T08:00:00", "2026-02-30", "$.filledAt", "2026-02-30", "exists"),
    BadRequest(.refill, "[\"90 d\"]", "[]", "$.stability", "0 stabilities", "one for each drug"),
    BadRequest(
      .refill,
      "\"90 d\"",
      "\"90 d\",\"9 d\"",
      "$.stability",
      "2 stab",
      "one for each drug"
    ),
    BadRequest(.refill, "\"90 d\"", "\"90 mL\"", "$.stability[0]", "90 mL", "a length of time"),
    BadRequest(.refill, "\"90 d\"", "0", "$.stability[0]", "the number 0", "from 1 to"),
    BadRequest(.refill, "2030-01-01", "2025-01-01", "$.endOfService", "2025-01-01", "not before"),
    BadRequest(
      .refill,
      "\"maxPer24h\":4",
      "\"maxPer24h\":4.5",
      "$.patientDose.maxPer24h",
      "4.5",
      "whole"
    ),
    BadRequest(.refill, "\"10 min\"", "\"0 min\"", "$.patientDose.over", "0 min", "greater than 0"),
    BadRequest(
      .refill,
      #"{"volume":"20 mL","drugs":[{"drug":"alpha","concentration":"5 mg/mL"}]}"#,
      #""20 mL""#,
      "$.basal.rate",
      "a dose of drug",
      "a \"fill\" with its drugs"
    ),
    BadRequest(.refill, "\"24 mL/d\"", "\"0.04 mL/d\"", "$.pump.maximumRate", "0.04", "0.048 mL/d"),
  ]

  private static let pathCases: [BadRequest] = [
    BadRequest(.prime, "\"both\"", "\"bothe\"", "$.pathEmpty", "\"bothe\"", "\"both\"?"),
    BadRequest(.prime, "\"both\"", "true", "$.pathEmpty", "true", "\"catheter\""),
    BadRequest(.prime, "\"80 cm\"", "\"80 mL\"", "$.catheter.length", "80 mL", "a length"),
    BadRequest(.prime, "\"80 cm\"", "\"80 m\"", "$.catheter.length", "80 m", "at most"),
    BadRequest(.prime, "\"2.2 uL/cm\"", "\"9 L/cm\"", "$.catheter", "9000", "at most 1000 mL"),
    BadRequest(.prime, "\"20 min\"", "\"8 d\"", "$.over", "8 d", "7 d"),
    BadRequest(
      .bridge,
      "\"dose\":\"3 mg/d\"",
      "\"rate\":\"3 mL/d\"",
      "$.new.rate",
      "unknown",
      "dose"
    ),
    BadRequest(.bridge, ",\n\"fillVolume\":\"18 mL\"", "", "$.fillVolume", "nothing", "a volume"),
    BadRequest(.bridge, "\"18 mL\"", "\"21 mL\"", "$.fillVolume", "21 mL", "at most the capacity"),
    BadRequest(
      .residual,
      "\"filled\":\"20 mL\"",
      "\"filled\":\"40 mL\"",
      "$.filled",
      "40 mL",
      "20 mL"
    ),
    BadRequest(.residual, "\"6.2 mL\"", "\"20 mL\"", "$.expected", "20 mL", "less than was filled"),
    BadRequest(.residual, "-3.1", "\"3 %\"", "$.previous[0]", "\"3 %\"", "a decimal number"),
    BadRequest(.residual, "-3.1", "1e2", "$.previous[0]", "1e2", "without an exponent"),
    BadRequest(.residual, "false", "\"no\"", "$.symptoms", "\"no\"", "true or false"),
  ]

  private static let mixtureCases: [BadRequest] = [
    BadRequest(.admixture, "\"0.4 mL/d\"", "\"0 mL/d\"", "$.rate", "0 mL/d", "greater than 0"),
    BadRequest(.admixture, "\"0.4 mL/d\"", "\"2 mg/d\"", "$.rate", "2 mg/d", "a flow rate"),
    BadRequest(
      .admixture,
      "[\"25 mg/mL\",\"10 mg/mL\"]",
      "[]",
      "$.drugs[0].stock",
      "no stock",
      "at least one"
    ),
    BadRequest(
      .admixture,
      "[\"25 mg/mL\",\"10 mg/mL\"]",
      "\"25 mg/mL\"",
      "$.drugs[0].stock",
      "the text",
      "an array"
    ),
    BadRequest(
      .admixture,
      "\"10 mg/mL\"",
      "\"0 mg/mL\"",
      "$.drugs[0].stock[1]",
      "0 mg/mL",
      "greater than 0"
    ),
    BadRequest(.admixture, "\"20 mL\"", "\"41 mL\"", "$.volume", "41 mL", "at most the capacity"),
  ]

  private static let doseCases: [BadRequest] = [
    BadRequest(
      .patientDose,
      "\"dose\":\"0.1 mg\"",
      "\"dose\":\"0.1 mg\",\"volume\":\"20 uL\"",
      "$.patientDose.volume",
      "beside a dose",
      "one of the two"
    ),
    BadRequest(
      .patientDose,
      "\"dose\":\"0.1 mg\"",
      "\"dose\":{\"dose\":\"0.1 mg\",\"of\":\"beta\"}",
      "$.patientDose.dose",
      "\"beta\"",
      "a drug of the mixture"
    ),
    BadRequest(
      .patientDose,
      "\"lockout\":\"6 h\",",
      "",
      "$.patientDose.lockout",
      "nothing",
      "a length of time"
    ),
    BadRequest(
      .patientDose,
      "\"maxPer24h\":4",
      "\"maxPer24h\":-1",
      "$.patientDose.maxPer24h",
      "-1",
      "0"
    ),
    BadRequest(.patientDose, "\"1.0 mg/d\"", "1", "$.basal", "the number 1", "an object"),
    BadRequest(
      .patientDose,
      "{\"basal\"",
      "{,\"basal\"",
      "$",
      "malformed JSON at line 1",
      "a request"
    ),
    BadRequest(
      .patientDose,
      "\"reserve\":\"2 mL\"",
      "\"reserve\":\"2 mL\",\"reserve\":\"3 mL\"",
      "$.reserve",
      "malformed JSON",
      "a request"
    ),
  ]

  @Test("every good request is taken", arguments: good.keys.sorted { $0.rawValue < $1.rawValue })
  func taken(name: PlanName) throws {
    _ = try Planner.plan(name, PlanRequest(bytes: Array((Self.good[name] ?? "").utf8)))
  }

  @Test(
    "bad input is told with its path, what was given and what was expected (H-08, H-22)",
    arguments: cases
  )
  func bad(_ bad: BadRequest) {
    let good = Self.good[bad.name] ?? ""
    let request = good.replacing(bad.old, with: bad.new)
    #expect(request != good)
    let error = #expect(throws: PlanError.self) {
      try Planner.plan(bad.name, PlanRequest(bytes: Array(request.utf8)))
    }
    #expect(error?.path == bad.path)
    #expect(error?.message.contains(bad.given) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(bad.expected) == true, "\(error?.message ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test
  func `there are at least forty bad requests`() {
    #expect(Self.cases.count >= 40)
  }

  @Test
  func `an unknown calculator is refused with the nearest name`() throws {
    let request = try PlanRequest(bytes: Array("{}".utf8))
    let error = #expect(throws: PlanError.self) { try Planner.plan(name: "flwo", request: request) }
    #expect(error?.message == #"given "flwo", expected "flow"?"#)
  }
}
