import Foundation
import PatientModel
import Pharmacology
import Testing
import Therapy

@testable import Clinic

/// What the browser's model is given: the flow of the real controller, and whose it is.
struct ProgramPredictionTests {
  /// Monday, 2026-01-05, 00:00: as a program of `cisterna simulate` starts.
  private static let midnight = Instant(milliseconds: 1_767_571_200_000)

  private static func basal(_ rate: String) -> ProgramJSON {
    ProgramJSON(
      """
      {"basal":{"mode":"constant","rate":"\(rate)"},"limits":{"maxRate":"1 mL/d","maxVolumePer24h":"0.5 mL",
      "maxDosePer24h":{"baclofen":"700 ug"}},"safeRate":"150 ug/d","restartGap":"24 h","lowReservoir":"4 mL"}
      """
    )
  }

  /// The same by the way that `cisterna simulate` goes.
  private static func simulated(_ program: ProgramJSON, days: Int) throws -> [FlowSegment] {
    let text = """
      {"program":\(program.text),"fill":{"volume":"40 mL","drugs":[{"drug":"baclofen",
      "concentration":"2000 ug/mL"}]},"drug":"baclofen","days":\(days)}
      """
    return try ProgramCase.anyCase(bytes: Array(text.utf8), cells: 120).model.flow
  }

  @Test
  func `the flow before and after a change is the controller's own (SR-044, H-08)`() throws {
    let record = try PageSample().record("bauer-lena")
    let inForce = try #require(record.program?.program)
    let proposed = Self.basal("480 ug/d")
    let prediction = try ProgramPrediction(record, proposed, at: Self.midnight)
    let before = try #require(prediction.before)
    let after = try #require(prediction.after)
    #expect(before == (try Self.simulated(inForce, days: 14)))
    #expect(after == (try Self.simulated(proposed, days: 7)))
    // Four rates a day for 14 days, and one rate; 480 ug/d of 2000 ug/mL are 0.01 mL/h.
    #expect(Set(before.map(\.flow)).count == 3)
    #expect(after == [FlowSegment(start: 0, end: 168, flow: 0.01)])
    #expect(prediction.drugs == [.init(name: "baclofen", index: 3, before: 2_000, after: 2_000)])
    #expect(DrugDefaults.all[3].drug.name == "baclofen")
    // The sample's pump has no model, so that no catheter's volume is known.
    #expect(prediction.deadVolume == 0)
    #expect(prediction.assumed.contains { $0.contains("catheter is not counted") })
    #expect(prediction.tip == TipPlace("T10"))
    #expect(prediction.refused.isEmpty)
  }

  @Test
  func `the steps of a day stand where the clinic's clock puts them`() throws {
    let record = try PageSample().record("bauer-lena")
    let inForce = try #require(record.program?.program)
    // 08:12: 480 ug/d for 48 min more, then 240 ug/d until 21:00.
    let prediction = try ProgramPrediction(record, inForce, at: PageSample.now)
    let after = try #require(prediction.after)
    #expect(after.prefix(2).map(\.flow) == [0.01, 0.005])
    #expect(abs(after[0].end - 0.8) < 1e-9)
    #expect(abs(after[1].end - 12.8) < 1e-9)
    // A week has the same hours of the same days at its end.
    let week = try #require(prediction.before).filter { $0.start < 168 - 1e-9 }
    #expect(week.map(\.flow) == after.map(\.flow))
  }

  @Test
  func `a program that the pump refuses has no flow, and says why (SR-013)`() throws {
    let record = try PageSample().record("bauer-lena")
    let prediction = try ProgramPrediction(record, Self.basal("2500 ug/d"), at: Self.midnight)
    #expect(prediction.after == nil)
    #expect(prediction.before != nil)
    #expect(!prediction.refused.isEmpty)
  }

  @Test
  func `what is not known of a catheter is said`() throws {
    let record = try PageSample().record("jensen-ida")
    let program = try #require(record.program?.program)
    let prediction = try ProgramPrediction(record, program, at: Self.midnight)
    #expect(prediction.tip == .assumed)
    #expect(prediction.assumed.contains { $0.contains("T10 is taken") })
    #expect(prediction.assumed.contains { $0.contains("length of the catheter is not known") })
  }

  @Test(
    arguments: [
      ("T10", 26.0), ("t11", 23.5), ("T9", 28.25), ("L1", 19.5), ("L3/4", 11), ("C5", 50.5),
      ("S1", 2),
    ]
  )
  func `a level lies between those beside it`(level: String, place: Double) {
    #expect(TipPlace(level).place == place)
    #expect(!TipPlace(level).isAssumed)
  }

  @Test
  func `every level that a film shows has a place, from the head down`() {
    let places = Therapy.SpinalLevel.allCases.compactMap { TipPlace.place(of: $0.rawValue) }
    #expect(places.count == Therapy.SpinalLevel.allCases.count)
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 > $1 })
    for text in [nil, "", "T13", "near the liver"] { #expect(TipPlace(text) == .assumed) }
  }

  @Test
  func `a page's form and the API answer with the same prediction, or with what is wrong`()
    async throws
  {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let refused = try await world.post("/patients/\(id)/program/prediction", ["rate": "4,12"])
    #expect(refused.status == 200)
    #expect(refused.page.contains("\"fault\":"))
    #expect(refused.page.contains("Field: "))
    let other = try await world.post("/patients/\(id)/program/prediction", [:], as: .auditor)
    #expect(other.status == 403)
  }
}
