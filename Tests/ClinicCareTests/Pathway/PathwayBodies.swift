import Therapy

@testable import Clinic

/// A body for each act of the pathway that the API takes at the right time.
struct PathwayBodies {
  let now: Instant

  private var at: String { "\(now.milliseconds)" }
  private var day: String { now.day.text }

  static let fluid = #"{"drugs":[{"name":"baclofen","concentration":"2 mg/mL"}]}"#

  /// The body of an act by its name.
  func good(_ name: String) -> String {
    if name.hasPrefix("check-") {
      let what = ImplantCheck.allCases.first { PathwayActs.name(of: $0) == name }
      return what.map { check($0) } ?? "{}"
    }
    return evaluation(name) ?? trial(name) ?? implant(name) ?? followUp(name) ?? beside(name)
      ?? end(name) ?? "{}"
  }

  private func evaluation(_ name: String) -> String? {
    switch name {
    case "diagnosis": #"{"condition":"multipleSclerosis","code":"G35.D"}"#
    case "history", "examination", "goal": #"{"text":"ten years"}"#
    case "regimen": #"{"name":"tizanidine","dose":"4 mg"}"#
    case "tried": #"{"what":"oral baclofen","outcome":"notTolerated","why":"sleepy"}"#
    case "psychology":
      #"{"finding":"suitable","summary":"an hour","examiner":"Dr. Ott","on":"\#(day)"}"#
    case "contraindications":
      "{"
        + Contraindication.allCases.map { "\"\($0.rawValue)\":{\"holds\":false}" }
        .joined(separator: ",") + "}"
    case "survival": #"{"survival":"threeMonthsOrMore"}"#
    case "expectations": #"{"summary":"no cure","on":"\#(day)"}"#
    case "consent": #"{"scope":"trial","isGiven":true,"on":"\#(day)"}"#
    case "arrival-check": #"{"part":"pump","agrees":true,"note":"interrogated"}"#
    case "decision": #"{"outcome":"proceed","reasons":"all was tried"}"#
    default: nil
    }
  }

  private func trial(_ name: String) -> String? {
    switch name {
    case "trial":
      #"{"method":"repeatedInjections","drug":"baclofen","rule":"ashworth","falls":"1","#
        + #""isInpatient":true}"#
    case "trial-dose": #"{"dose":"50 ug","volume":"1 mL","givenAt":\#(at)}"#
    case "trial-observation": #"{"takenAt":\#(at),"sedation":0}"#
    case "trial-conclusion":
      #"{"outcome":"succeeded","reasons":"sat for an hour","effectLasted":"6 h"}"#
    case "trial-waiver": #"{"reason":"no hospital takes her"}"#
    default: nil
    }
  }

  func check(_ what: ImplantCheck) -> String {
    let figures: String? =
      switch what {
      case .site: #"{"side":"left","pocketSite":"abdomen","depth":"2 cm"}"#
      case .pumpSize: #"{"capacity":"20 mL"}"#
      case .drug, .drugSecond: #"{"fluid":\#(Self.fluid)}"#
      case .interrogated: #"{"serial":"NGP1"}"#
      case .calibration: #"{"calibration":"121","calibrationLabel":"121"}"#
      case .warmed: #"{"temperatureTenths":370}"#
      case .drained: #"{"predicted":"20 mL","drained":"18 mL"}"#
      case .consent, .trial, .anticoagulants, .infection, .antibiotic, .levelImaging,
        .oralWeaning, .antidote:
        nil
      }
    let note = what.needsNote ? #","note":"as planned""# : ""
    return #"{"finding":"good"\#(note)\#(figures.map { ",\"figures\":\($0)" } ?? "")}"#
  }

  private func implant(_ name: String) -> String? {
    switch name {
    case "implanted":
      #"{"pump":{"model":"SynchroMed II","capacity":"20 mL","serial":"NGP1","implantedOn":"#
        + #""\#(day)","replaceBy":"2033-01-01"},"catheter":{"implantedLength":"80 cm","#
        + #""trimmedLength":"34 cm","volumePerLength":"0.0022 mL/cm","tip":"T10","imaging":"X-ray"},"#
        + #""pocket":{"side":"left","site":"abdomen","depth":"2 cm"},"surgeon":"Dr. Graf","#
        + #""fill":{"fluid":\#(Self.fluid),"volume":"18 mL","lot":"B-1","expiresOn":"2027-12-31","#
        + #""filledAt":\#(at)},"prime":{"volume":"0.316 mL"}}"#
    case "primed": #"{"volume":"0.316 mL","endedAt":\#(at)}"#
    case "recovery": #"{"takenAt":\#(at),"sedation":0}"#
    case "aftercare": #"{"items":["binder"]}"#
    default: nil
    }
  }

  private func followUp(_ name: String) -> String? {
    switch name {
    case "visit": #"{"kind":"clinic","on":"\#(day)","purpose":"gait"}"#
    case "visit-held": #"{"visit":"visit-1","on":"\#(day)","done":"walked"}"#
    case "visit-moved": #"{"visit":"visit-1","to":"\#(day)","reason":"holiday"}"#
    case "visit-missed": #"{"visit":"visit-1","reason":"ill"}"#
    case "call":
      #"{"order":"\#(String(repeating: "ab", count: 32))","calledAt":\#(at),"isReached":true,"#
        + #""note":"well"}"#
    default: nil
    }
  }

  private func beside(_ name: String) -> String? {
    switch name {
    case "outcome": #"{"scale":"oswestry","value":"40","takenAt":\#(at)}"#
    case "alert": #"{"score":1,"action":"talked"}"#
    case "check":
      #"{"check":"baclofenEffects","doneAt":\#(at),"findings":"none","isConcerning":false}"#
    case "taper":
      #"{"other":"tizanidine","from":"12 mg/d","steps":[{"on":"\#(day)","dose":"9 mg/d"}]}"#
    case "taper-step": #"{"plan":1,"step":1,"dose":"9 mg/d","on":"\#(day)"}"#
    case "taper-stop": #"{"plan":1,"reason":"other","what":"moved","dose":"9 mg/d"}"#
    case "complication": #"{"kind":"lostEffect","signs":"spasms","since":\#(at)}"#
    case "complication-test":
      #"{"complication":1,"test":"vitals","answer":"stable","doneAt":\#(at),"vitals":{"pulse":70}}"#
    case "complication-closed": #"{"complication":1,"finding":"noFault","done":"looked"}"#
    case "scan":
      #"{"at":\#(now.milliseconds + 86_400_000),"reason":"a knee","family":"other","#
        + #""fieldMillitesla":1500}"#
    case "scan-step": #"{"scan":1,"step":"conditions","doneAt":\#(at),"isGood":true}"#
    case "scan-closed": #"{"scan":1}"#
    case "scan-cancelled": #"{"scan":1,"reason":"no need"}"#
    default: nil
    }
  }

  private func end(_ name: String) -> String? {
    switch name {
    case "replacement": #"{"on":"\#(day)","because":"endOfLife"}"#
    case "weaning":
      #"{"drug":"baclofen","steps":[{"on":"\#(day)","dose":"100 ug/d"}],"instead":"by mouth"}"#
    case "explanted":
      #"{"reason":"wish","explantedAt":\#(at),"emptied":"17 mL","catheter":"removed","#
        + #""isReturned":true,"isCardWithdrawn":true,"instead":"by mouth"}"#
    case "transfer": #"{"to":"Clinic at the lake","reason":"moves"}"#
    case "death": #"{"on":"\#(day)","pump":"switchedOff"}"#
    default: nil
    }
  }
}
