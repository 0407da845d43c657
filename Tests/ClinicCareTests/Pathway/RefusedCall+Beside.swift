import Quantities
import Therapy

@testable import Clinic

/// Visits, what stands beside the stages, and ends.
extension RefusedCall {
  static let visits: [RefusedCall] = [
    .init("a visit for nothing", .adopted, "visit", "value", "purpose", "gait", becomes: ""),
    .init("a visit last month", .adopted, "visit", "value", "on") {
      #"{"kind":"clinic","on":"\#(day($0, -40))","purpose":"gait"}"#
    },
    .init(
      "a refill as a visit",
      .adopted,
      "visit",
      "badField",
      "$.kind",
      "clinic",
      becomes: "refill"
    ),
    .init("held, and nobody planned it", .adopted, "visit-held", "unknown", "visit") {
      $0.bodies.good("visit-held")
    },
    .init("held next week", .beside, "visit-held", "value", "on") {
      #"{"visit":"visit-1","on":"\#(day($0, 7))","done":"x"}"#
    },
    .init("held with nothing done", .beside, "visit-held", "value", "done", "walked", becomes: " "),
    .init(
      "moved without a reason",
      .beside,
      "visit-moved",
      "value",
      "reason",
      "holiday",
      becomes: ""
    ),
    .init("moved into the past", .beside, "visit-moved", "value", "to") {
      #"{"visit":"visit-1","to":"\#(day($0, -40))","reason":"x"}"#
    },
    .init(
      "missed without a reason",
      .beside,
      "visit-missed",
      "value",
      "reason",
      "ill",
      becomes: ""
    ),
    .init("a call about no order", .adopted, "call", "unknown", "order") { $0.bodies.good("call") },
  ]

  static let beside: [RefusedCall] = [
    .init("101 % of Oswestry", .adopted, "outcome", "value", "value", "\"40\"", becomes: "\"101\""),
    .init("a score of tomorrow", .adopted, "outcome", "value", "takenAt") {
      #"{"scale":"oswestry","value":"40","takenAt":\#(at($0, hours: 24))}"#
    },
    .init("ninth item over the total", .adopted, "outcome", "mismatch", "item9") {
      #"{"scale":"phq9","value":"1","item9":3,"takenAt":\#($0.now.milliseconds)}"#
    },
    .init("a goal that is not set", .adopted, "outcome", "unknown", "goal") {
      #"{"scale":"goal","value":"0","goal":3,"takenAt":\#($0.now.milliseconds)}"#
    },
    .init("an alert that is none", .adopted, "alert", "unknown", "score") {
      $0.bodies.good("alert")
    },
    .init("a check of tomorrow", .adopted, "check", "value", "doneAt") {
      #"{"check":"baclofenEffects","doneAt":\#(at($0, hours: 24)),"findings":"none","isConcerning":false}"#
    },
    .init("a check without findings", .adopted, "check", "value", "findings", "none", becomes: " "),
    .init(
      "kinase without its figure",
      .adopted,
      "check",
      "mismatch",
      "creatineKinase",
      "baclofenEffects",
      becomes: "creatineKinase"
    ),
    .init("a taper up", .adopted, "taper", "value", "steps[0].dose", "9 mg/d", becomes: "13 mg/d"),
    .init("a taper by half", .adopted, "taper", "confirm", nil, "9 mg/d", becomes: "6 mg/d"),
    .init("a taper of yesterday", .adopted, "taper", "value", "steps[0].on") {
      #"{"other":"tizanidine","from":"12 mg/d","steps":[{"on":"\#(day($0, -3))","dose":"9 mg/d"}]}"#
    },
    .init("the same taper twice", .beside, "taper", "twice", "medicine") {
      $0.bodies.good("taper")
    },
    .init("a step of no taper", .adopted, "taper-step", "unknown", "plan") {
      $0.bodies.good("taper-step")
    },
    .init("a stop of no taper", .adopted, "taper-stop", "unknown", "plan") {
      $0.bodies.good("taper-stop")
    },
    .init("signs of tomorrow", .adopted, "complication", "value", "since") {
      #"{"kind":"bleeding","signs":"x","since":\#(at($0, hours: 24))}"#
    },
    .init("no signs", .adopted, "complication", "value", "signs", "spasms", becomes: " "),
    .init("the same one open twice", .beside, "complication", "twice", "kind") {
      $0.bodies.good("complication")
    },
    .init("a test of nothing", .adopted, "complication-test", "unknown", "complication") {
      $0.bodies.good("complication-test")
    },
    .init("an end of nothing", .adopted, "complication-closed", "unknown", "complication") {
      $0.bodies.good("complication-closed")
    },
    .init(
      "a scan without a field",
      .adopted,
      "scan",
      "badField",
      "$.fieldMillitesla",
      "1500",
      becomes: "0"
    ),
    .init("a scan for nothing", .adopted, "scan", "value", "reason", "a knee", becomes: " "),
    .init("a step of no scan", .adopted, "scan-step", "unknown", "scan") {
      $0.bodies.good("scan-step")
    },
    .init("an end of no scan", .adopted, "scan-closed", "unknown", "scan") {
      $0.bodies.good("scan-closed")
    },
    .init("no scan called off", .adopted, "scan-cancelled", "unknown", "scan") {
      $0.bodies.good("scan-cancelled")
    },
  ]

  static let ends: [RefusedCall] = [
    .init("replaced last year", .adopted, "replacement", "value", "on") {
      #"{"on":"\#(day($0, -300))","because":"endOfLife"}"#
    },
    .init(
      "another reason that is none",
      .adopted,
      "replacement",
      "value",
      "note",
      "endOfLife",
      becomes: "other"
    ),
    .init("the same plan again", .beside, "replacement", "twice", "on") {
      $0.bodies.good("replacement")
    },
    .init(
      "weaned of what is not in it",
      .adopted,
      "weaning",
      "unknown",
      "drug",
      "baclofen",
      becomes: "clonidine"
    ),
    .init("weaned up", .adopted, "weaning", "value", "steps.0.dose", "100 ug/d", becomes: "9 mg/d"),
    .init("weaned last week", .adopted, "weaning", "value", "steps.0.on") {
      #"{"drug":"baclofen","steps":[{"on":"\#(day($0, -7))","dose":"100 ug/d"}],"instead":"x"}"#
    },
    .init("weaned at once to a tenth", .adopted, "weaning", "confirm") {
      $0.bodies.good("weaning")
    },
    .init("baclofen stopped at once", .adopted, "explanted", "stop", "emergency") {
      $0.bodies.good("explanted")
    },
    .init(
      "an emergency that is none",
      .adopted,
      "explanted",
      "value",
      "emergency",
      #""instead""#,
      becomes: #""emergency":" ","instead""#
    ),
    .init("taken out tomorrow", .adopted, "explanted", "value", "explantedAt") {
      $0.bodies.good("explanted").replacing(
        "\"explantedAt\":",
        with: "\"emergency\":\"sepsis\",\"explantedAt\":1"
      )
    },
    .init("emptied of more than it holds", .adopted, "explanted", "limit", "emptied") {
      $0.bodies.good("explanted").replacing("17 mL", with: "21 mL")
        .replacing(#""instead""#, with: #""emergency":"sepsis","instead""#)
    },
    .init(
      "a transfer to nobody",
      .adopted,
      "transfer",
      "value",
      "to",
      "Clinic at the lake",
      becomes: " "
    ),
    .init(
      "a transfer for no reason",
      .adopted,
      "transfer",
      "value",
      "reason",
      "moves",
      becomes: ""
    ),
    .init("a transfer with things not known", .adopted, "transfer", "confirm") {
      $0.bodies.good("transfer")
    },
    .init("death next week", .adopted, "death", "value", "on") {
      #"{"on":"\#(day($0, 7))","pump":"switchedOff"}"#
    },
    .init("death before birth", .adopted, "death", "value", "on") { _ in
      #"{"on":"1960-01-01","pump":"switchedOff"}"#
    },
    .init(
      "no pump where there is one",
      .adopted,
      "death",
      "mismatch",
      "pump",
      "switchedOff",
      becomes: "noPump"
    ),
  ]
}
