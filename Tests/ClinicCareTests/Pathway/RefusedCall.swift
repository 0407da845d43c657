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
  static func at(_ walk: PathwayWalk, hours: Int64) -> String {
    "\(walk.now.milliseconds + hours * 3_600_000)"
  }

  static func day(_ walk: PathwayWalk, _ days: Int64) -> String {
    (walk.now + days * .day).day.text
  }

  static let all = evaluation + trial + checks + implants + after + visits + beside + ends

  static let evaluation: [RefusedCall] = [
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

  static let trial: [RefusedCall] = [
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
      "badField",
      "$.drug",
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
}
