import JSONText
import PumpScenario
import Testing

/// A good scenario with one of everything, and ways to spoil it.
enum ScenarioSample {
  static let text = #"""
    {
      "pump": {"strokeVolume":"250 nL","capacity":"40 mL","minimumRate":"0.006 mL/d",
               "maximumRate":"24 mL/d","tubing":"0.14 mL",
               "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}},
      "clock": {"localStart":"2026-01-05T08:00:00"},
      "fill": {"volume":"20 mL","drugs":[{"drug":"baclofen","concentration":"2000 ug/mL"}]},
      "pathEmpty": false,
      "program": {"basal":{"mode":"constant","rate":"300 ug/d"},
                  "limits":{"maxRate":"6 mL/d","maxVolumePer24h":"1 mL",
                            "maxDosePer24h":{"baclofen":"1 mg"}},
                  "safeRate":"100 ug/d", "restartGap":"24 h", "lowReservoir":"4 mL",
                  "patientDose":{"volume":"25 ug","over":"10 min","lockout":"2 h","maxPer24h":4},
                  "prime":{"volume":"0.3 mL","over":"1 h"},
                  "bridge":{"rate":"0.1 mL/d","volume":"0.2 mL"}},
      "events": [
        {"at":"6 h","do":"patientDose"},
        {"at":"12 h","do":"clinicianBolus","volume":"25 uL","over":"10 min"},
        {"at":"24 h","do":"program","program":{
          "basal":{"mode":"daily","steps":[{"at":"06:00","rate":"300 ug/d"},
                                           {"at":"22:30","rate":"0.2 mL/d"}]},
          "limits":{"maxRate":"6 mL/d","maxVolumePer24h":"1 mL","maxDosePer24h":{"baclofen":"1 mg"}},
          "safeRate":"0 mL/d", "restartGap":"24 h", "lowReservoir":"4 mL"}},
        {"at":"48 h","do":"refill","aspirated":"9.1 mL",
         "fill":{"volume":"18 mL","drugs":[{"drug":"baclofen","concentration":"1 mg/mL"},
                                           {"drug":"morphine","concentration":"5 mg/mL"}]},
         "program":{
          "basal":{"mode":"weekly","patterns":[[{"at":"00:00","rate":{"dose":"200 ug/d","of":"baclofen"}}],
            [{"at":"00:00","rate":"0.1 mL/d"},{"at":"12:00","rate":"0.2 mL/d"}]],
            "days":[0,0,0,0,0,1,1]},
          "limits":{"maxRate":"6 mL/d","maxVolumePer24h":"1 mL",
                    "maxDosePer24h":{"baclofen":"1 mg","morphine":"5 mg"}},
          "safeRate":"0.1 mL/d", "restartGap":"24 h", "lowReservoir":"4 mL"}},
        {"at":"50 h","do":"setClock","local":"2026-01-07T11:00:00"},
        {"at":"55 h","do":"program","program":{
          "basal":{"mode":"periodic","dose":"10 uL","over":"5 min","every":"6 h",
                   "background":"0.05 mL/d"},
          "limits":{"maxRate":"6 mL/d","maxVolumePer24h":"1 mL",
                    "maxDosePer24h":{"baclofen":"1 mg","morphine":"5 mg"}},
          "safeRate":"0.1 mL/d", "restartGap":"24 h", "lowReservoir":"4 mL"}},
        {"at":"60 h","fault":"motorStall","until":"62 h"},
        {"at":"70 h","fault":"extraStrokes","count":5},
        {"at":"71 h","do":"clear","alarm":"overDelivery"},
        {"at":"71 h","do":"acknowledge","alarm":"motorStall"},
        {"at":"71 h","do":"resumeTherapy"},
        {"at":"72 h","fault":"powerLoss","for":"10 s"},
        {"at":"80 h","fault":"corruptProgram","copies":1},
        {"at":"90 h","fault":"battery","level":"replacement"},
        {"at":"91 h","do":"suspend","for":"4 h"},
        {"at":"92 h","do":"mri","for":"2 h"},
        {"at":"93 h","do":"catheter","length":"60 cm","path":"empty"},
        {"at":"94 h","do":"cancelBolus"},
        {"at":"95 h","do":"enterSafeRate"},
        {"at":"96 h","fault":"clockStep","back":"10 min"},
        {"at":"97 h","do":"program","program":{
          "basal":{"mode":"stopped"},
          "limits":{"maxRate":"6 mL/d","maxVolumePer24h":"1 mL",
                    "maxDosePer24h":{"baclofen":"1 mg","morphine":"5 mg"}},
          "safeRate":"0.1 mL/d", "restartGap":"24 h", "lowReservoir":"4 mL"}}
      ],
      "until":"30 d", "sampleEvery":"1 h"
    }
    """#

  /// A change of the good scenario: the value at a path, or nothing to take it out.
  struct Change: Sendable {
    let path: String
    let json: String?

    static func set(_ path: String, _ json: String) -> Self { Self(path: path, json: json) }
    static func drop(_ path: String) -> Self { Self(path: path, json: nil) }
  }

  /// The good scenario with some changes.
  static func bytes(_ changes: [Change] = []) throws -> [UInt8] {
    var root = try JSONValue(parsing: Array(text.utf8))
    for change in changes {
      let value = try change.json.map { try JSONValue(parsing: Array($0.utf8)) }
      root = try #require(replaced(root, change.path.split(separator: ".")[...], value))
    }
    var writer = JSONWriter()
    writer.value(root)
    return writer.bytes
  }

  static func scenario(_ changes: Change...) throws -> Scenario {
    try Scenario(bytes: try bytes(changes))
  }

  /// A value with another one at a path such as `events.3.at`; a new member is put at the end.
  private static func replaced(
    _ value: JSONValue,
    _ path: ArraySlice<Substring>,
    _ new: JSONValue?
  ) -> JSONValue? {
    guard let step = path.first else { return new }
    let rest = path.dropFirst()
    switch value {
    case .object(var members):
      let place = members.firstIndex { $0.name == step }
      let inner = replaced(place.map { members[$0].value } ?? .null, rest, new)
      if let place { members.remove(at: place) }
      if let inner {
        members.insert(
          JSONMember(name: String(step), value: inner),
          at: place ?? members.endIndex
        )
      }
      return .object(members)
    case .array(var elements):
      guard let index = Int(step), elements.indices.contains(index) else { return nil }
      let inner = replaced(elements[index], rest, new)
      elements.remove(at: index)
      if let inner { elements.insert(inner, at: index) }
      return .array(elements)
    case .null, .bool, .number, .string:
      return nil
    }
  }
}
