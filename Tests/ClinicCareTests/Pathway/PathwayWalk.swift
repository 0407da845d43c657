import Foundation
import Ledger
import Quantities
import Testing
import Therapy

@testable import Clinic

/// A patient who is led along the pathway by the API alone.
struct PathwayWalk: Sendable {
  /// Where patients stand; each is led there once.
  enum Start: CaseIterable {
    case fresh, evaluated, trial, dosed, implant, checked, implanted, adopted, beside, ended
  }

  let ward: Ward
  let patient: PatientID

  var now: Instant { Instant(milliseconds: ward.clock.therapy()) }
  var bodies: PathwayBodies { PathwayBodies(now: now) }
  var stage: PatientStage { get async throws { try await record().stage } }

  func record() async throws -> PatientRecord { try await ward.care.records.patient(patient) }

  func path(_ act: String) -> String {
    "/api/v1/patients/\(patient.text)/pathway/\(act)"
  }

  /// Gives a body to an act, on the record as it is.
  func send(
    _ act: String,
    _ body: String,
    as role: AccountRole = .physician,
    version: Int? = nil
  ) async throws -> WebResponse {
    let position = try await record().position
    return await ward.post(path(act), body, as: role, version: version ?? position)
  }

  /// Confirms whatever is asked.
  func give(
    _ act: String,
    _ body: String? = nil,
    as role: AccountRole = .physician
  ) async throws {
    let body = body ?? bodies.good(act)
    let answer = try await send(act, Self.confirmed(body), as: role)
    guard answer.status == 200 else { throw NotMade("\(act) \(body): \(answer.text)") }
  }

  static func confirmed(_ body: String) -> String {
    body == "{}" ? #"{"confirmed":true}"# : body.dropLast() + #","confirmed":true}"#
  }

  func score(_ grade: String) async throws {
    let body =
      #"{"score":{"scale":"modifiedAshworth","value":"\#(grade)","muscle":"kneeFlexors"},"takenAt":\#(now.milliseconds)}"#
    let answer = await ward.post("/api/v1/patients/\(patient.text)/scores", body)
    guard answer.status == 200 else { throw NotMade("a score: \(answer.text)") }
  }

  static func to(_ start: Start, _ ward: Ward) async throws -> PathwayWalk {
    switch start {
    case .adopted, .beside, .ended:
      let key = "adopt-\(start)-1"
      let adopted = await ward.post("/api/v1/patients", try ward.adoption(), key: key)
      guard adopted.status == 200 else { throw NotMade(adopted.text) }
      let walk = PathwayWalk(ward: ward, patient: ClinicCare.patientID(of: key))
      if start == .beside { try await walk.openAll() }
      if start == .ended { try await walk.give("transfer") }
      return walk
    case .fresh, .evaluated, .trial, .dosed, .implant, .checked, .implanted:
      let key = "enroll-\(start)-1"
      let body =
        #"{"identity":{"givenName":"Greta","familyName":"Larsen","born":"1968-02-11","recordNumber":"\#(start)","language":"en"}}"#
      let enrolled = await ward.post("/api/v1/patients/enroll", body, key: key)
      guard enrolled.status == 200 else { throw NotMade(enrolled.text) }
      let walk = PathwayWalk(ward: ward, patient: ClinicCare.patientID(of: key))
      try await walk.go(to: start)
      return walk
    }
  }

  private func go(to start: Start) async throws {
    guard start != .fresh else { return }
    for act in [
      "diagnosis", "history", "examination", "regimen", "tried", "contraindications", "goal",
      "expectations", "consent",
    ] { try await give(act) }
    try await score("3")
    let penn =
      #"{"score":{"scale":"penn","frequency":3,"severity":2},"takenAt":\#(now.milliseconds)}"#
    let answer = await ward.post("/api/v1/patients/\(patient.text)/scores", penn)
    guard answer.status == 200 else { throw NotMade("a score: \(answer.text)") }
    guard start != .evaluated else { return }
    try await give("decision")
    guard start != .trial else { return }
    // Scores count by the dose that they come before or after.
    ward.time.pass(.minute)
    try await give("trial")
    try await give("trial-dose")
    ward.time.pass(.minute)
    guard start != .dosed else { return }
    try await score("1")
    try await give("trial-conclusion")
    try await give("consent", #"{"scope":"implant","isGiven":true,"on":"\#(now.day.text)"}"#)
    guard start != .implant else { return }
    for what in ImplantCheck.allCases {
      try await give(PathwayActs.name(of: what), as: what == .drugSecond ? .nurse : .physician)
    }
    guard start != .checked else { return }
    try await give("implanted")
  }

  /// One of each thing beside the stages: an alert, a complication, a scan, a taper, plans.
  private func openAll() async throws {
    try await give(
      "outcome",
      #"{"scale":"phq9","value":"9","item9":1,"takenAt":\#(now.milliseconds)}"#
    )
    for act in ["complication", "scan", "taper", "check", "visit", "replacement"] {
      try await give(act)
    }
  }
}
