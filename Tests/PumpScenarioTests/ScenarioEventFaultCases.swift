/// Doses with the wrong mixture, and events.
extension ScenarioFaultTests {
  static let doses: [Case] = [
    Case(
      "no dose limit",
      .set("program.limits.maxDosePer24h", "{}"),
      at: "$.program.limits.maxDosePer24h",
      "baclofen"
    ),
    Case(
      "limit of another drug",
      .set("program.limits.maxDosePer24h.morphine", "\"1 mg\""),
      at: "$.program.limits.maxDosePer24h",
      "a limit for \"morphine\""
    ),
    Case(
      "limit of an unknown drug",
      .set("program.limits.maxDosePer24h.baclofne", "\"1 mg\""),
      at: "$.program.limits.maxDosePer24h",
      "baclofne"
    ),
    Case(
      "of another drug",
      .set("program.safeRate", #"{"dose":"1 ug/d","of":"morphine"}"#),
      at: "$.program.safeRate",
      "\"morphine\""
    ),
    Case(
      "of no name",
      .set("program.safeRate", #"{"dose":"1 ug/d","of":""}"#),
      at: "$.program.safeRate.of",
      "name"
    ),
    Case(
      "several drugs and no of",
      .set("events.3.program.safeRate", "\"100 ug/d\""),
      at: "$.events[3].program.safeRate",
      "\"of\""
    ),
    Case(
      "several drugs and no of in a bolus",
      .set(
        "events.3.program.patientDose",
        #"{"volume":"5 ug","over":"1 min","lockout":"1 h","maxPer24h":1}"#
      ),
      at: "$.events[3].program.patientDose.volume",
      "\"of\""
    ),
    Case(
      "dose of drug-free fluid",
      [.set("fill.drugs", "[]"), .set("program.limits.maxDosePer24h", "{}"), .drop("events")],
      at: "$.program.basal.rate",
      "no drug"
    ),
    Case(
      "bolus rounds to 0",
      .set("program.patientDose.volume", "\"1 fg\""),
      at: "$.program.patientDose.volume",
      "rounds to no"
    ),
    Case(
      "rate rounds to 0",
      .set("program.safeRate", "\"1 fg/d\""),
      at: "$.program.safeRate",
      "rounds to no"
    ),
    Case(
      "dose over a litre",
      [.set("program.safeRate", "\"1.1 g/d\""), .set("fill.drugs.0.concentration", "\"1 mg/mL\"")],
      at: "$.program.safeRate",
      "at most"
    ),
    Case(
      "later program",
      .set("events.2.program.limits.maxDosePer24h", "{}"),
      at: "$.events[2].program.limits.maxDosePer24h",
      "no limit"
    ),
    Case(
      "refill program",
      .set("events.3.program.limits.maxDosePer24h", #"{"baclofen":"1 mg"}"#),
      at: "$.events[3].program.limits.maxDosePer24h",
      "no limit for \"morphine\""
    ),
    Case(
      "clinician bolus",
      .set("events.1.volume", "\"1 fg\""),
      at: "$.events[1].volume",
      "rounds to no"
    ),
    Case(
      "nine drugs",
      .set("events.3.fill.drugs", drugs(9)),
      at: "$.events[3].fill.drugs[8]",
      "at most 8"
    ),
    Case(
      "nine drugs in all",
      [.set("events.3.fill.drugs", drugs(8))],
      at: "$.events[3].fill.drugs[7]",
      "in all fills"
    ),
  ]

  static let events: [Case] = [
    Case("no time", .drop("events.0.at"), at: "$.events[0].at", "given nothing"),
    Case("time a number", .set("events.0.at", "6"), at: "$.events[0].at", "the number 6"),
    Case("before 0", .set("events.0.at", "\"-1 h\""), at: "$.events[0].at", "cannot be negative"),
    Case("after the end", .set("events.0.at", "\"31 d\""), at: "$.events[0].at", "30 d"),
    Case("neither", .drop("events.0.do"), at: "$.events[0]", "neither"),
    Case("both", .set("events.0.fault", "\"motorStall\""), at: "$.events[0]", "both"),
    Case(
      "unknown do",
      .set("events.0.do", "\"patientdose\""),
      at: "$.events[0].do",
      "\"patientDose\"?"
    ),
    Case("fault as do", .set("events.0.do", "\"motorStall\""), at: "$.events[0].do", "one of"),
    Case(
      "unknown fault",
      .set("events.7.fault", "\"extraStroke\""),
      at: "$.events[7].fault",
      "\"extraStrokes\"?"
    ),
    Case(
      "field of another",
      .set("events.0.volume", "\"1 uL\""),
      at: "$.events[0].volume",
      "unknown field"
    ),
    Case("event no object", .set("events.0", "[]"), at: "$.events[0]", "an object"),
    Case(
      "bolus 0",
      .set("events.1.volume", "\"0 uL\""),
      at: "$.events[1].volume",
      "greater than 0"
    ),
    Case(
      "bolus over 0",
      .set("events.1.over", "\"0 min\""),
      at: "$.events[1].over",
      "greater than 0"
    ),
    Case("bolus no over", .drop("events.1.over"), at: "$.events[1].over", "nothing"),
    Case("no program", .drop("events.2.program"), at: "$.events[2].program", "nothing"),
    Case(
      "empty program",
      .set("events.2.program", "{}"),
      at: "$.events[2].program.basal",
      "nothing"
    ),
    Case(
      "deep in a program",
      .set("events.2.program.basal.steps.1.at", "\"05:00\""),
      at: "$.events[2].program.basal.steps[1].at",
      "later"
    ),
    Case("no aspirated", .drop("events.3.aspirated"), at: "$.events[3].aspirated", "nothing"),
    Case(
      "overfill",
      .set("events.3.fill.volume", "\"41 mL\""),
      at: "$.events[3].fill.volume",
      "40 mL"
    ),
    Case("clock", .set("events.4.local", "\"11:00\""), at: "$.events[4].local", "a local time"),
    Case("stall ends first", .set("events.6.until", "\"60 h\""), at: "$.events[6].until", "later"),
    Case("0 strokes", .set("events.7.count", "0"), at: "$.events[7].count", "1 to"),
    Case("strokes text", .set("events.7.count", "\"5\""), at: "$.events[7].count", "whole number"),
    Case(
      "alarm",
      .set("events.8.alarm", "\"overdelivery\""),
      at: "$.events[8].alarm",
      "\"overDelivery\"?"
    ),
    Case("off for 0", .set("events.11.for", "\"0 s\""), at: "$.events[11].for", "greater than 0"),
    Case(
      "off while off",
      [
        .set("events.11.for", "\"1 h\""),
        .set("events.12", #"{"at":"72.5 h","fault":"powerLoss","for":"1 s"}"#),
      ],
      at: "$.events[12].at",
      "73 h"
    ),
    Case("3 copies", .set("events.12.copies", "3"), at: "$.events[12].copies", "1 to 2"),
    Case("battery", .set("events.13.level", "\"low\""), at: "$.events[13].level", "replacement"),
    Case("suspend 5 h", .set("events.14.for", "\"5 h\""), at: "$.events[14].for", "at most 4 h"),
    Case("suspend 0", .set("events.14.for", "\"0 h\""), at: "$.events[14].for", "greater than 0"),
    Case("no end of suspend", .drop("events.14.for"), at: "$.events[14].for", "nothing"),
    Case(
      "mri 121 min",
      .set("events.15.for", "\"121 min\""),
      at: "$.events[15].for",
      "at most 2 h"
    ),
    Case("path", .set("events.16.path", "\"ful\""), at: "$.events[16].path", "\"full\"?"),
    Case(
      "length",
      .set("events.16.length", "\"60\""),
      at: "$.events[16].length",
      "unit is missing"
    ),
    Case("clock step", .set("events.19.back", "\"-1 s\""), at: "$.events[19].back", "negative"),
  ]

  private static func drugs(_ count: Int) -> String {
    let texts = (0..<count).map { #"{"drug":"drug \#($0)","concentration":"1 mg/mL"}"# }
    return "[\(texts.joined(separator: ","))]"
  }
}
