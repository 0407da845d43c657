import Foundation
import JSONText
import Ledger
import PumpTesting
import Quantities
import Testing

@testable import Clinic
@testable import Therapy

/// Today as it is kept in memory and given in parts.
@Suite(.timeLimit(.minutes(2)))
struct TodayListTests {
  @Test
  func `a part of the list is what an encoder gives of it, and says how many there are (H-70)`()
    async throws
  {
    let ward = try await Ward()
    for number in 0..<3 {
      let adopted = await ward.post(
        "/api/v1/patients",
        try ward.adoption().replacing("Muster", with: "Muster \\\"\(number)\\\" é"),
        key: "adopt-key-\(number)"
      )
      #expect(adopted.status == 200, "\(adopted.text)")
    }
    ward.time.pass(60 * .day)
    let items = await ward.care.records.today().items
    #expect(items.count >= 3)
    let whole = await ward.get("/api/v1/today")
    #expect(whole[header: "total-count"] == "\(items.count)")
    #expect(whole.bytes.dropLast() == (try TherapyText.payload(items))[...])
    let part = await ward.get("/api/v1/today", query: "from=1&count=1")
    #expect(part.bytes.dropLast() == (try TherapyText.payload([items[1]]))[...])
    #expect(part[header: "total-count"] == "\(items.count)")
    #expect(await ward.get("/api/v1/today", query: "from=1000").text == "[]\n")
    for bad in ["count=0", "count=1001", "from=-1", "from=x"] {
      let answer = await ward.get("/api/v1/today", query: bad)
      #expect(answer.status == 422 && answer.text.contains(String(bad.prefix(4))), "\(bad)")
    }
  }

  @Test
  func `a summary that was made under other settings is made anew (H-70)`() async throws {
    let ward = try await Ward()
    let key = "adopt-key-1"
    #expect(await ward.post("/api/v1/patients", try ward.adoption(), key: key).status == 200)
    let patient = try #require(await ward.care.records.summaries().first?.patient)
    let before = await ward.get("/api/v1/patients/\(patient)")
    #expect(before.status == 200, "\(before.text)")
    let event = ClinicEvent.factConfirmed(
      FactConfirmed(fact: "stability.baclofen", source: "the label of the maker")
    )
    let draft = EventDraft(
      id: "confirmed-1",
      time: ward.clock.therapy(),
      who: "account-1",
      what: ClinicEvent.Kind.factConfirmed.rawValue,
      payload: try TherapyText.payload(event)
    )
    let appended = try await ward.ledger.append([draft], to: "clinic", expecting: .any)
    try await ward.care.records.take(appended.events)
    let position = await ward.care.records.clinicRecord.position
    #expect(await ward.care.records.shelf[patient]?.settings != position)
    let after = await ward.get("/api/v1/patients/\(patient)")
    #expect(await ward.care.records.shelf[patient]?.settings == position)
    #expect(after[header: "etag"] == before[header: "etag"])
  }

  @Test
  func `a change of settings reaches every summary without an event of the patient (H-70)`()
    async throws
  {
    let ward = try await Ward()
    let records = ward.care.records
    for number in 0..<45 {
      let adopted = await ward.post(
        "/api/v1/patients",
        try ward.adoption().replacing("Muster", with: "Muster \(number)"),
        key: "adopt-key-\(number)"
      )
      #expect(adopted.status == 200, "\(adopted.text)")
    }
    #expect(await records.summaries().count == 45)
    #expect(await records.renewOutdated() == false)
    let before = await records.revision
    let source = #"{"source":"the maker's leaflet, 2024"}"#
    let fact = "/api/v1/formulary/baclofen/stability"
    #expect(await ward.post(fact, source, as: .pharmacist).status == 200)
    let events = try await ward.ledger.read(stream: "clinic", after: 0, limit: 1_000)
    try await records.take(events)
    let position = await records.clinicRecord.position
    _ = await records.summaries()
    #expect(await records.revision > before)
    #expect(await records.shelf.values.contains { $0.settings != position })
    var rounds = 1
    while await records.renewOutdated() { rounds += 1 }
    #expect(rounds == 3)
    #expect(await records.shelf.values.allSatisfy { $0.settings == position })
  }

  @Test
  func
    `what Today shows is written once while nothing changes, and at once when something does (H-70)`()
    async throws
  {
    let ward = try await Ward()
    let shelf = TodayShelf()
    let records = ward.care.records
    _ = await shelf.content(of: records)
    let first = try #require(shelf.writtenAt)
    ward.time.pass(TimeSpan(milliseconds: 5_000))
    _ = await shelf.content(of: records)
    #expect(shelf.writtenAt == first)
    let key = "adopt-key-1"
    #expect(await ward.post("/api/v1/patients", try ward.adoption(), key: key).status == 200)
    #expect(await shelf.content(of: records).html.contains("1 patients"))
    let second = try #require(shelf.writtenAt)
    #expect(second > first)
    ward.time.pass(TimeSpan(milliseconds: TodayShelf.keptFor))
    _ = await shelf.content(of: records)
    #expect(shelf.writtenAt.map { $0 > second } == true)
  }

  @Test
  func `a summary is of the last event, however it was asked for before (H-70)`() async throws {
    let ward = try await Ward()
    let path = "/api/v1/patients/\(Ward.patient)"
    #expect(
      await ward.post("/api/v1/patients", try ward.adoption(), key: "adopt-key-1").status == 200
    )
    for _ in 0..<5 {
      let before = await ward.get(path)
      #expect(await ward.get(path)[header: "etag"] == before[header: "etag"])
      #expect(await ward.post("\(path)/notes", #"{"text":"Seen."}"#).status == 200)
      let position = try await ward.care.records.patient(Ward.patient).position
      #expect(await ward.get(path)[header: "etag"] == "\"\(position)\"")
      #expect(await ward.care.records.shelf[Ward.patient]?.version == Int64(position))
    }
  }

  @Test
  func
    `what is kept of the list is what it would be made anew, whatever changes and whenever (H-70)`()
  {
    var seeded = Seeded(seed: 0x70DA)
    let settings = ClinicSettings.standard
    var shelf = WorkShelf()
    var names = SummaryShelf()
    var all: [PatientID: PatientSummary] = [:]
    var now = Instant(milliseconds: 1_700_000_000_000)
    var looks = 0
    for step in 0..<4_000 {
      let number = seeded.pick(0...40)
      guard let id = PatientID("p-\(number)") else { continue }
      // Times of whole hours, far from the minutes that the list may be behind.
      let summary = Self.summary(id, seeded.pick(0...3), seeded.pick(-90...90), now)
      all[id] = summary
      shelf.changed(summary, at: now, settings)
      names.put(summary)
      if seeded.once(in: 3) {
        let list = shelf.list(all.values, at: now, wall: Int64(step) * 2_000, settings)
        let kinds = list.items.map { [$0.patient.text, "\($0.kind)"] }
        let fresh = WorkList(all.values, at: now, settings: settings).items
        #expect(Set(kinds) == Set(fresh.map { [$0.patient.text, "\($0.kind)"] }))
        #expect(list.items.count == fresh.count)
        #expect(names.all().map(\.name) == all.values.map(\.name).sorted())
        looks += 1
      }
      if seeded.once(in: 10) { now = now + TimeSpan(milliseconds: Int64(seeded.pick(1...90_000))) }
    }
    print("work list kept: \(looks) looks after 4,000 changes, none that differs")
  }

  private static func summary(
    _ id: PatientID,
    _ alarms: Int,
    _ hours: Int,
    _ now: Instant
  ) -> PatientSummary {
    let hour: Int64 = 3_600_000
    let at = Instant(milliseconds: (now.milliseconds / hour + Int64(hours)) * hour + hour / 2)
    return PatientSummary(
      patient: id,
      name: "Name \(abs(hours) % 7) \(id.text)",
      stage: .therapy,
      tasks: [],
      isLinked: hours % 2 == 0,
      heardAt: hours < 0 ? at : nil,
      linkedAt: nil,
      openAlarms: Array(PumpAlarm.allCases.prefix(alarms)),
      orders: [],
      hasOpenRequest: false,
      halts: [],
      isHalted: false,
      expectedEmptyAt: nil,
      earliestEmptyAt: nil,
      due: nil,
      expectedLowAt: nil,
      missing: hours % 5 == 0 ? "the pump" : nil,
      nextRefillAt: hours % 3 == 0 ? at : nil,
      discrepancy: nil,
      worse: [],
      isRefillUnderWay: false,
      isIncomplete: false
    )
  }
}
