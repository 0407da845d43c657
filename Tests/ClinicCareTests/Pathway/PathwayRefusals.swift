import Quantities
import Therapy

@testable import Clinic

/// A call that must not be taken: one thing of it is wrong.
struct RefusedCall: Sendable {
  let name: String
  let start: PathwayWalk.Start
  let act: String
  let code: String
  let field: String?
  let role: AccountRole
  let isConfirmed: Bool
  let body: @Sendable (PathwayWalk) -> String

  init(
    _ name: String,
    _ start: PathwayWalk.Start,
    _ act: String,
    _ code: String,
    _ field: String? = nil,
    by role: AccountRole = .physician,
    _ body: @escaping @Sendable (PathwayWalk) -> String
  ) {
    (self.name, self.start, self.act, self.code, self.field) = (name, start, act, code, field)
    (self.role, isConfirmed, self.body) = (role, code != "confirm", body)
  }

  /// The good body with one of its members changed.
  init(
    _ name: String,
    _ start: PathwayWalk.Start,
    _ act: String,
    _ code: String,
    _ field: String? = nil,
    by role: AccountRole = .physician,
    _ good: String,
    becomes bad: String
  ) {
    self.init(name, start, act, code, field, by: role) { walk in
      let body = walk.bodies.good(act)
      precondition(body.contains(good), "\(name): nothing of \(good) in \(body)")
      return body.replacing(good, with: bad)
    }
  }
}

extension RefusedCall {
  private static func at(_ walk: PathwayWalk, hours: Int64) -> String {
    "\(walk.now.milliseconds + hours * 3_600_000)"
  }

  private static func day(_ walk: PathwayWalk, _ days: Int64) -> String {
    (walk.now + days * .day).day.text
  }

  static let all = evaluation + trial + checks + implants + after + visits + beside + ends

  private static let evaluation: [RefusedCall] = [
    .init("a decision on nothing", .fresh, "decision", "outOfOrder", "outcome") {
      $0.bodies.good("decision")
    },
    .init(
      "a decision without reasons",
      .evaluated,
      "decision",
      "value",
      "reasons",
      "all was tried",
      becomes: " "
    ),
    .init(
      "declined without a plan",
      .evaluated,
      "decision",
      "value",
      "plan",
      "proceed",
      becomes: "decline"
    ),
    .init("a history of nothing", .fresh, "history", "value", "text", "ten years", becomes: ""),
    .init("an indication of tomorrow", .fresh, "diagnosis", "value", "since") {
      #"{"condition":"multipleSclerosis","since":"\#(day($0, 3))"}"#
    },
    .init(
      "a code of another indication",
      .fresh,
      "diagnosis",
      "confirm",
      nil,
      "G35.D",
      becomes: "M54.5"
    ),
    .init(
      "a code that is none",
      .fresh,
      "diagnosis",
      "value",
      "code",
      "G35.D",
      becomes: "everything"
    ),
    .init(
      "a medicine without a name",
      .fresh,
      "regimen",
      "value",
      "name",
      "tizanidine",
      becomes: " "
    ),
    .init("a contraindication without what was found", .fresh, "contraindications", "value", "note")
    {
      $0.bodies.good("contraindications").replacing(
        #""activeInfection":{"holds":false}"#,
        with: #""activeInfection":{"holds":true}"#
      )
    },
    .init("a consent of next week", .fresh, "consent", "value", "on") {
      #"{"scope":"trial","isGiven":true,"on":"\#(day($0, 7))"}"#
    },
    .init("a talk of next week", .fresh, "expectations", "value", "on") {
      #"{"summary":"no cure","on":"\#(day($0, 7))"}"#
    },
    .init(
      "a screening by nobody",
      .fresh,
      "psychology",
      "value",
      "examiner",
      "Dr. Ott",
      becomes: ""
    ),
  ]

  private static let trial: [RefusedCall] = [
    .init("a dose before the plan", .trial, "trial-dose", "outOfOrder") {
      $0.bodies.good("trial-dose")
    },
    .init("a conclusion before the plan", .trial, "trial-conclusion", "outOfOrder") {
      $0.bodies.good("trial-conclusion")
    },
    .init("a rule of pain for spasticity", .trial, "trial", "mismatch", "rule") {
      $0.bodies.good("trial").replacing("ashworth", with: "pain").replacing("\"1\"", with: "\"50\"")
    },
    .init(
      "success by two tenths of a grade",
      .trial,
      "trial",
      "value",
      nil,
      "\"1\"",
      becomes: "\"0.2\""
    ),
    .init("an opioid for spasticity at home", .trial, "trial", "confirm") {
      $0.bodies.good("trial").replacing("baclofen", with: "morphine")
    },
    .init(
      "a drug of no formulary",
      .trial,
      "trial",
      "unknown",
      "drug",
      "baclofen",
      becomes: "water"
    ),
    .init("a second trial beside the first", .dosed, "trial", "twice") { $0.bodies.good("trial") },
    .init("75 ug at first", .dosed, "trial-dose", "limit", "givenAt") {
      $0.bodies.good("trial-dose").replacing("50 ug", with: "75 ug")
    },
    .init("50 ug again", .dosed, "trial-dose", "limit", "dose") { $0.bodies.good("trial-dose") },
    .init("a dose of nothing", .dosed, "trial-dose", "value", "dose", "50 ug", becomes: "0 ug"),
    .init("a dose of tomorrow", .dosed, "trial-dose", "value", "givenAt") {
      #"{"dose":"75 ug","volume":"1.5 mL","givenAt":\#(at($0, hours: 24))}"#
    },
    .init("a dose before the trial", .dosed, "trial-dose", "value", "givenAt") {
      #"{"dose":"75 ug","volume":"1.5 mL","givenAt":\#(at($0, hours: -24))}"#
    },
    .init("seen before the first dose", .dosed, "trial-observation", "outOfOrder", "takenAt") {
      #"{"takenAt":\#(at($0, hours: -2)),"sedation":0}"#
    },
    .init("nothing seen", .dosed, "trial-observation", "value") {
      #"{"takenAt":\#($0.now.milliseconds)}"#
    },
    .init("success without a score", .dosed, "trial-conclusion", "stop", "outcome") {
      $0.bodies.good("trial-conclusion")
    },
    .init(
      "an effect of four days",
      .dosed,
      "trial-conclusion",
      "value",
      "effectLasted",
      "6 h",
      becomes: "96 h"
    ),
    .init("a waiver in the middle of a trial", .dosed, "trial-waiver", "outOfOrder") {
      $0.bodies.good("trial-waiver")
    },
    .init(
      "a waiver without a reason",
      .trial,
      "trial-waiver",
      "value",
      "reason",
      "no hospital takes her",
      becomes: " "
    ),
  ]

  private static func check(
    _ name: String,
    _ what: ImplantCheck,
    _ code: String,
    _ field: String,
    _ good: String,
    becomes bad: String
  ) -> RefusedCall {
    .init(name, .implant, PathwayActs.name(of: what), code, field, good, becomes: bad)
  }

  private static let checks: [RefusedCall] = [
    check("26 mm deep", .site, "limit", "figures.depth", "2 cm", becomes: "26 mm"),
    check("no depth", .site, "value", "figures.depth", #","depth":"2 cm""#, becomes: ""),
    check(
      "figures of another item",
      .antidote,
      "value",
      "figures",
      "\"good\"",
      becomes: #""good","figures":{"serial":"1"}"#
    ),
    check(
      "another calibration",
      .calibration,
      "mismatch",
      "figures.calibration",
      #":"121","c"#,
      becomes: #":"122","c"#
    ),
    check("34 °C", .warmed, "limit", "figures.temperatureTenths", "370", becomes: "349"),
    check("41 °C", .warmed, "limit", "figures.temperatureTenths", "370", becomes: "401"),
    check(
      "drained a fifth too little",
      .drained,
      "limit",
      "figures.drained",
      "18 mL",
      becomes: "15.9 mL"
    ),
    check("a bad answer without words", .antidote, "value", "note", "good", becomes: "bad"),
    check("consent does not apply", .consent, "value", "finding", "good", becomes: "notApplicable"),
    check(
      "a second person before the first",
      .drugSecond,
      "outOfOrder",
      "what",
      "good",
      becomes: "good"
    ),
    .init("one person twice", .checked, PathwayActs.name(of: .drugSecond), "samePerson", "person") {
      $0.bodies.check(.drugSecond)
    },
    .init(
      "another drug by the second",
      .checked,
      PathwayActs.name(of: .drugSecond),
      "mismatch",
      "figures.fluid",
      by: .nurse,
      "2 mg/mL",
      becomes: "0.5 mg/mL"
    ),
  ]

  private static let implants: [RefusedCall] = [
    .init("an implant without its checklist", .implant, "implanted", "outOfOrder", "checks") {
      $0.bodies.good("implanted")
    },
    .init("no surgeon", .checked, "implanted", "value", "surgeon", "Dr. Graf", becomes: " "),
    .init("implanted next week", .checked, "implanted", "value", "pump.implantedOn") {
      $0.bodies.good("implanted").replacing($0.now.day.text, with: day($0, 7))
    },
    .init(
      "another pump than was looked at",
      .checked,
      "implanted",
      "mismatch",
      "pump.serial",
      "NGP1",
      becomes: "NGP2"
    ),
    .init(
      "another size",
      .checked,
      "implanted",
      "mismatch",
      "pump.capacity",
      #""capacity":"20 mL""#,
      becomes: #""capacity":"40 mL""#
    ),
    .init(
      "a pump of no catalogue",
      .checked,
      "implanted",
      "unknown",
      "pump.model",
      "SynchroMed II",
      becomes: "SynchroMed 9"
    ),
    .init(
      "a pocket of 3 cm",
      .checked,
      "implanted",
      "limit",
      "pocket.depth",
      #""depth":"2 cm""#,
      becomes: #""depth":"3 cm""#
    ),
    .init("overfilled", .checked, "implanted", "limit", "fill.volume", "18 mL", becomes: "21 mL"),
    .init(
      "another drug than was read",
      .checked,
      "implanted",
      "mismatch",
      "fill.fluid",
      "2 mg/mL",
      becomes: "1 mg/mL"
    ),
    .init(
      "past its date",
      .checked,
      "implanted",
      "limit",
      "fill.expiresOn",
      "2027-12-31",
      becomes: "2026-01-01"
    ),
    .init("no lot", .checked, "implanted", "value", "fill.lot", "B-1", becomes: " "),
    .init(
      "no prime and no reason",
      .checked,
      "implanted",
      "value",
      "prime.reason",
      #","prime":{"volume":"0.316 mL"}"#,
      becomes: ""
    ),
    .init(
      "a prime of twice the path",
      .checked,
      "implanted",
      "confirm",
      nil,
      "0.316 mL",
      becomes: "0.8 mL"
    ),
    .init(
      "a tip that nobody saw",
      .checked,
      "implanted",
      "confirm",
      nil,
      #","imaging":"X-ray""#,
      becomes: ""
    ),
    .init(
      "a catheter of no length",
      .checked,
      "implanted",
      "value",
      "catheter.implantedLength",
      "80 cm",
      becomes: "0 cm"
    ),
    .init("no catheter", .checked, "implanted", "value", "catheter") {
      let body = $0.bodies.good("implanted")
      guard let from = body.firstRange(of: #""catheter""#),
        let to = body.firstRange(of: #""pocket""#)
      else { return body }
      return String(body[..<from.lowerBound] + body[to.lowerBound...])
    },
    .init(
      "a replacement of nothing",
      .checked,
      "implanted",
      "value",
      "replaces",
      #""surgeon""#,
      becomes: #""replaces":"worn","surgeon""#
    ),
    .init("a second pump beside the first", .implanted, "implanted", "outOfOrder") {
      $0.bodies.good("implanted").replacing(#""surgeon""#, with: #""replaces":"worn","surgeon""#)
    },
  ]

  private static let after: [RefusedCall] = [
    .init(
      "primed by nothing",
      .implanted,
      "primed",
      "value",
      "volume",
      "0.316 mL",
      becomes: "0 mL"
    ),
    .init(
      "another prime than planned",
      .implanted,
      "primed",
      "confirm",
      nil,
      "0.316 mL",
      becomes: "0.3 mL"
    ),
    .init("primed tomorrow", .implanted, "primed", "value", "endedAt") {
      #"{"volume":"0.316 mL","endedAt":\#(at($0, hours: 24))}"#
    },
    .init("primed before the fill", .implanted, "primed", "value", "endedAt") {
      #"{"volume":"0.316 mL","endedAt":\#(at($0, hours: -48))}"#
    },
    .init("primed a pump that came along", .adopted, "primed", "unknown", "endedAt") {
      $0.bodies.good("primed")
    },
    .init("recovery of whom nobody implanted", .adopted, "recovery", "unknown", "takenAt") {
      $0.bodies.good("recovery")
    },
    .init("no recovery seen", .implanted, "recovery", "value") {
      #"{"takenAt":\#($0.now.milliseconds)}"#
    },
    .init(
      "aftercare of nothing",
      .implanted,
      "aftercare",
      "value",
      "items",
      #"["binder"]"#,
      becomes: "[]"
    ),
    .init(
      "aftercare twice in one",
      .implanted,
      "aftercare",
      "value",
      "items",
      #"["binder"]"#,
      becomes: #"["binder","binder"]"#
    ),
  ]

  private static let visits: [RefusedCall] = [
    .init("a visit for nothing", .adopted, "visit", "value", "purpose", "gait", becomes: ""),
    .init("a visit last month", .adopted, "visit", "value", "on") {
      #"{"kind":"clinic","on":"\#(day($0, -40))","purpose":"gait"}"#
    },
    .init("a refill as a visit", .adopted, "visit", "value", "kind", "clinic", becomes: "refill"),
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

  private static let beside: [RefusedCall] = [
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
      "value",
      "fieldMillitesla",
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

  private static let ends: [RefusedCall] = [
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
