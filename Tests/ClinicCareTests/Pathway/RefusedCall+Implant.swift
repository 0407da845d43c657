import Quantities
import Therapy

@testable import Clinic

/// The implant, its checklist, and the days after it.
extension RefusedCall {
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

  static let checks: [RefusedCall] = [
    check("26 mm deep", .site, "limit", "figures.depth", "2 cm", becomes: "26 mm"),
    check("no depth", .site, "value", "figures.depth", #","depth":"2 cm""#, becomes: ""),
    check(
      "figures of another item",
      .antidote,
      "badField",
      "$.figures",
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
    check(
      "consent does not apply",
      .consent,
      "badField",
      "$.finding",
      "good",
      becomes: "notApplicable"
    ),
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

  static let implants: [RefusedCall] = [
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
      "badField",
      "$.pump.model",
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

  static let after: [RefusedCall] = [
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
}
