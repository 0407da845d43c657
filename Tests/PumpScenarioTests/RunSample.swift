import JSONText
import PumpScenario

/// Scenarios whose runs the tests of text, picture and JSON look at.
enum RunSample {
  /// Baclofen with a patient dose, two days, with events of the test's choice.
  static func scenario(
    events: String = "",
    until: String = "48 h",
    sampleEvery: String = "1 h",
    drugs: String = #"{"drug":"baclofen","concentration":"2000 ug/mL"}"#,
    limits: String = #""baclofen":"900 ug""#,
    fill: String = "18 mL",
    program: String = ""
  ) -> String {
    """
    {"pump":{"strokeVolume":"250 nL","capacity":"20 mL","minimumRate":"0.048 mL/d",
    "maximumRate":"24 mL/d","tubing":"0.14 mL",
    "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}},
    "clock":{"localStart":"2026-01-05T08:00:00"},
    "fill":{"volume":"\(fill)","drugs":[\(drugs)]},
    "program":{"basal":{"mode":"constant","rate":"0.15 mL/d"},
    "limits":{"maxRate":"24 mL/d","maxVolumePer24h":"0.4 mL","maxDosePer24h":{\(limits)}},
    "safeRate":"0.05 mL/d","restartGap":"24 h","lowReservoir":"4 mL"\(program)},
    "events":[\(events)],"until":"\(until)","sampleEvery":"\(sampleEvery)"}
    """
  }

  /// A change to a mixture of two drugs, a stall, extra strokes, a suspension and a power loss.
  static let eventful = scenario(
    events: """
      {"at":"1 h","do":"patientDose"},{"at":"1.5 h","do":"patientDose"},
      {"at":"4 h","do":"mri","for":"45 min"},
      {"at":"8 h","fault":"motorStall","until":"10 h"},
      {"at":"12 h","do":"acknowledge","alarm":"motorStall"},
      {"at":"14 h","fault":"extraStrokes","count":25},
      {"at":"16 h","do":"clear","alarm":"overDelivery"},
      {"at":"20 h","fault":"powerLoss","for":"30 min"},
      {"at":"24 h","do":"refill","aspirated":"17.7 mL","fill":{"volume":"18 mL","drugs":[
      {"drug":"morphine","concentration":"5 mg/mL"},
      {"drug":"bupivacaine","concentration":"15 mg/mL"}]},
      "program":{"basal":{"mode":"daily","steps":[{"at":"00:00","rate":"0.1 mL/d"},
      {"at":"12:00","rate":"0.2 mL/d"}]},"limits":{"maxRate":"1 mL/d","maxVolumePer24h":"0.4 mL",
      "maxDosePer24h":{"morphine":"3 mg","bupivacaine":"9 mg"}},"safeRate":"0.05 mL/d",
      "restartGap":"24 h","lowReservoir":"2 mL",
      "bridge":{"rate":"0.15 mL/d","volume":"0.05 mL"}}}
      """,
    program: """
      ,"patientDose":{"volume":"0.02 mL","over":"10 min","lockout":"1 h","maxPer24h":4}
      """
  )

  static func story(_ scenario: String) throws -> RunStory {
    try Scenario(bytes: Array(scenario.utf8)).run()
  }

  static func object(_ value: JSONValue?) -> [String: JSONValue] {
    guard case .object(let members)? = value else { return [:] }
    return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
  }

  static func array(_ value: JSONValue?) -> [JSONValue] {
    guard case .array(let elements)? = value else { return [] }
    return elements
  }
}
