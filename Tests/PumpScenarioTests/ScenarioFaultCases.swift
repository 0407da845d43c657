/// The head of the scenario and its programs.
extension ScenarioFaultTests {
  static let heads: [Case] = [
    Case("unknown field", .set("pmup", "{}"), at: "$.pmup", "expected \"pump\"?"),
    Case("far field", .set("comment", "1"), at: "$.comment", "an unknown field"),
    Case("pump no object", .set("pump", "5"), at: "$.pump", "the number 5"),
    Case("unknown in pump", .set("pump.volume", "\"1 mL\""), at: "$.pump.volume", "unknown field"),
    Case("capacity a number", .set("pump.capacity", "40"), at: "$.pump.capacity", "a volume"),
    Case("no unit", .set("pump.capacity", "\"40\""), at: "$.pump.capacity", "unit is missing"),
    Case("capacity 0", .set("pump.capacity", "\"0 mL\""), at: "$.pump.capacity", "greater than 0"),
    Case("2 L", .set("pump.capacity", "\"2 L\""), at: "$.pump.capacity", "at most 1000 mL"),
    Case("stroke 0", .set("pump.strokeVolume", "\"0 nL\""), at: "$.pump.strokeVolume", "greater"),
    Case("stroke < 1 nL", .set("pump.strokeVolume", "\"0.5 nL\""), at: "$.pump.strokeVolume", "nL"),
    Case(
      "rate as volume",
      .set("pump.minimumRate", "\"6 uL\""),
      at: "$.pump.minimumRate",
      "a volume"
    ),
    Case(
      "rate as dose",
      .set("pump.minimumRate", "\"6 ug/d\""),
      at: "$.pump.minimumRate",
      "a dose per"
    ),
    Case("min > max", .set("pump.minimumRate", "\"25 mL/d\""), at: "$.pump.maximumRate", "minimum"),
    Case("tubing < 0", .set("pump.tubing", "\"-1 mL\""), at: "$.pump.tubing", "cannot be negative"),
    Case(
      "length in mL",
      .set("pump.catheter.length", "\"80 mL\""),
      at: "$.pump.catheter.length",
      "a volume"
    ),
    Case(
      "km of catheter",
      .set("pump.catheter.length", "\"1000 m\""),
      at: "$.pump.catheter.length",
      "at most"
    ),
    Case(
      "wide catheter",
      .set("pump.catheter.volumePerCm", "\"100 mL/cm\""),
      at: "$.pump.catheter.length",
      "fluid path"
    ),
    Case(
      "30 February",
      .set("clock.localStart", "\"2026-02-30T08:00:00\""),
      at: "$.clock.localStart",
      "exists"
    ),
    Case(
      "zone",
      .set("clock.localStart", "\"2026-01-05T08:00:00Z\""),
      at: "$.clock.localStart",
      "zone"
    ),
    Case("unknown in clock", .set("clock.zone", "\"CET\""), at: "$.clock.zone", "unknown field"),
    Case("overfill", .set("fill.volume", "\"40.000001 mL\""), at: "$.fill.volume", "capacity"),
    Case(
      "no concentration",
      .drop("fill.drugs.0.concentration"),
      at: "$.fill.drugs[0].concentration",
      "nothing"
    ),
    Case(
      "0 mg/mL",
      .set("fill.drugs.0.concentration", "\"0 mg/mL\""),
      at: "$.fill.drugs[0].concentration",
      "0"
    ),
    Case(
      "mass for strength",
      .set("fill.drugs.0.concentration", "\"2 mg\""),
      at: "$.fill.drugs[0].concentration",
      "a mass"
    ),
    Case(
      "2 kg/L",
      .set("fill.drugs.0.concentration", "\"2 kg/L\""),
      at: "$.fill.drugs[0].concentration",
      "at most"
    ),
    Case("no name", .set("fill.drugs.0.drug", "\"\""), at: "$.fill.drugs[0].drug", "1 to 64"),
    Case(
      "name of two lines",
      .set("fill.drugs.0.drug", "\"a\\nb\""),
      at: "$.fill.drugs[0].drug",
      "a\\u{a}b"
    ),
    Case(
      "drug twice",
      .set(
        "fill.drugs",
        #"[{"drug":"a","concentration":"1 mg/mL"},{"drug":"a","concentration":"2 mg/mL"}]"#
      ),
      at: "$.fill.drugs[1].drug",
      "each drug once"
    ),
    Case("drugs no array", .set("fill.drugs", "{}"), at: "$.fill.drugs", "an array"),
    Case("pathEmpty text", .set("pathEmpty", "\"no\""), at: "$.pathEmpty", "true or false"),
    Case("until 0", [.set("until", "\"0 d\""), .drop("events")], at: "$.until", "greater than 0"),
    Case("until forever", .set("until", "\"40000 d\""), at: "$.until", "at most"),
    Case("sample 0", .set("sampleEvery", "\"0 s\""), at: "$.sampleEvery", "greater than 0"),
    Case("samples", .set("sampleEvery", "\"1 s\""), at: "$.sampleEvery", "2000000 samples"),
    Case("months", .set("until", "\"1 mo\""), at: "$.until", "unknown unit"),
    Case("events no array", .set("events", "{}"), at: "$.events", "an array"),
  ]

  static let programs: [Case] =
    [
      Case("unknown field", .set("program.limit", "{}"), at: "$.program.limit", "\"limits\"?"),
      Case(
        "unknown mode",
        .set("program.basal.mode", "\"constnat\""),
        at: "$.program.basal.mode",
        "\"constant\"?"
      ),
      Case("mode number", .set("program.basal.mode", "1"), at: "$.program.basal.mode", "one of"),
      Case(
        "field of a mode",
        .set("program.basal.steps", "[]"),
        at: "$.program.basal.steps",
        "unknown"
      ),
      Case(
        "ml/d",
        .set("program.basal.rate", "\"0.1 ml/d\""),
        at: "$.program.basal.rate",
        "case matters"
      ),
      Case(
        "ug per mL",
        .set("program.basal.rate", "\"300 ug/mL\""),
        at: "$.program.basal.rate",
        "a concentration"
      ),
      Case(
        "dose with no time",
        .set("program.basal.rate", "\"300 ug\""),
        at: "$.program.basal.rate",
        "a mass"
      ),
      Case(
        "rate < 0",
        .set("program.basal.rate", "\"-1 mL/d\""),
        at: "$.program.basal.rate",
        "negative"
      ),
      Case(
        "1e2",
        .set("program.basal.rate", "\"1e2 ug/d\""),
        at: "$.program.basal.rate",
        "exponent"
      ),
      Case(
        ".5",
        .set("program.basal.rate", "\".5 mL/d\""),
        at: "$.program.basal.rate",
        "zero before"
      ),
      Case("2 L/d", .set("program.basal.rate", "\"2 L/d\""), at: "$.program.basal.rate", "at most"),
      Case("null", .set("program.safeRate", "null"), at: "$.program.safeRate", "given null"),
      Case("dose array", .set("program.safeRate", "[]"), at: "$.program.safeRate", "an array"),
      Case(
        "dose field",
        .set("program.safeRate", #"{"rate":"1 ug/d"}"#),
        at: "$.program.safeRate.rate",
        "unknown"
      ),
      Case(
        "dose mass",
        .set("program.safeRate", #"{"dose":"1 ug"}"#),
        at: "$.program.safeRate.dose",
        "a mass"
      ),
      Case(
        "gap",
        .set("program.restartGap", "\"24\""),
        at: "$.program.restartGap",
        "length of time"
      ),
      Case("low", .set("program.lowReservoir", "\"4 mg\""), at: "$.program.lowReservoir", "a mass"),
      Case("limit field", .set("program.limits.max", "1"), at: "$.program.limits.max", "unknown"),
      Case(
        "limit mass",
        .set("program.limits.maxVolumePer24h", "\"1 mg\""),
        at: "$.program.limits.maxVolumePer24h",
        "a mass"
      ),
      Case(
        "dose limit rate",
        .set("program.limits.maxDosePer24h.baclofen", "\"1 mg/d\""),
        at: "$.program.limits.maxDosePer24h.baclofen",
        "a dose per time"
      ),
      Case(
        "dose 0",
        .set("program.patientDose.volume", "\"0 uL\""),
        at: "$.program.patientDose.volume",
        "greater"
      ),
      Case(
        "over 0",
        .set("program.patientDose.over", "\"0 s\""),
        at: "$.program.patientDose.over",
        "greater"
      ),
      Case(
        "over 8 d",
        .set("program.patientDose.over", "\"8 d\""),
        at: "$.program.patientDose.over",
        "at most 7 d"
      ),
      Case(
        "1.5 doses",
        .set("program.patientDose.maxPer24h", "1.5"),
        at: "$.program.patientDose.maxPer24h",
        "whole"
      ),
      Case(
        "1441 doses",
        .set("program.patientDose.maxPer24h", "1441"),
        at: "$.program.patientDose.maxPer24h",
        "1440"
      ),
      Case(
        "prime 0",
        .set("program.prime.volume", "\"0 mL\""),
        at: "$.program.prime.volume",
        "greater"
      ),
      Case(
        "bridge rate 0",
        .set("program.bridge.rate", "\"0 mL/d\""),
        at: "$.program.bridge.rate",
        "greater"
      ),
      Case(
        "bridge dose 0",
        .set("program.bridge.rate", "\"0 ug/d\""),
        at: "$.program.bridge.rate",
        "greater"
      ),
      Case(
        "bridge 0",
        .set("program.bridge.volume", "\"0 mL\""),
        at: "$.program.bridge.volume",
        "greater"
      ),
      Case(
        "stopped with dose",
        .set("program.basal", #"{"mode":"stopped"}"#),
        at: "$.program.patientDose",
        "stopped"
      ),
      Case(
        "stopped with prime",
        [.set("program.basal", #"{"mode":"stopped"}"#), .drop("program.patientDose")],
        at: "$.program.prime",
        "stopped"
      ),
      Case(
        "T = P",
        .set("program.basal", #"{"mode":"periodic","dose":"1 uL","over":"1 h","every":"60 min"}"#),
        at: "$.program.basal.every",
        "more than \"over\", 1 h"
      ),
      Case(
        "no steps",
        .set("program.basal", #"{"mode":"daily","steps":[]}"#),
        at: "$.program.basal.steps",
        "1 to 48"
      ),
      Case(
        "49 steps",
        .set("program.basal", daily((0..<49).map { ($0, "0.1 mL/d") })),
        at: "$.program.basal.steps",
        "49 steps"
      ),
      Case(
        "steps unsorted",
        .set("program.basal", daily([(5, "0.1 mL/d"), (9, "0.1 mL/d"), (7, "0.1 mL/d")])),
        at: "$.program.basal.steps[2].at",
        "later"
      ),
      Case(
        "steps equal",
        .set("program.basal", daily([(5, "0.1 mL/d"), (5, "0.1 mL/d")])),
        at: "$.program.basal.steps[1].at",
        "later"
      ),
      Case(
        "24:00",
        .set("program.basal", #"{"mode":"daily","steps":[{"at":"24:00","rate":"1 mL/d"}]}"#),
        at: "$.program.basal.steps[0].at",
        "23:59"
      ),
      Case(
        "6:00",
        .set("program.basal", #"{"mode":"daily","steps":[{"at":"6:00","rate":"1 mL/d"}]}"#),
        at: "$.program.basal.steps[0].at",
        "given \"6:00\""
      ),
      Case(
        "step rate",
        .set("program.basal", daily([(5, "0.1 mL")])),
        at: "$.program.basal.steps[0].rate",
        "a volume"
      ),
    ] + weeklyPrograms

  private static let weeklyPrograms: [Case] = [
    Case(
      "6 days",
      .set("events.3.program.basal.days", "[0,0,0,0,0,0]"),
      at: "$.events[3].program.basal.days",
      "6 days"
    ),
    Case(
      "day 2",
      .set("events.3.program.basal.days.6", "2"),
      at: "$.events[3].program.basal.days[6]",
      "0 to 1"
    ),
    Case(
      "day -1",
      .set("events.3.program.basal.days.0", "-1"),
      at: "$.events[3].program.basal.days[0]",
      "0 to 1"
    ),
    Case(
      "no patterns",
      .set("events.3.program.basal.patterns", "[]"),
      at: "$.events[3].program.basal.patterns",
      "1 to 7"
    ),
    Case(
      "weekly not at 00:00",
      .set("events.3.program.basal.patterns.1.0.at", "\"00:01\""),
      at: "$.events[3].program.basal.patterns[1][0].at",
      "00:00"
    ),
  ]

  /// A daily basal with steps at minutes of the first hours.
  private static func daily(_ steps: [(Int, String)]) -> String {
    let texts = steps.map { minute, rate in
      #"{"at":"00:\#(minute < 10 ? "0" : "")\#(minute)","rate":"\#(rate)"}"#
    }
    return #"{"mode":"daily","steps":[\#(texts.joined(separator: ","))]}"#
  }
}
