import Testing
import Therapy

@testable import Clinic

/// The patients' own pages.
struct MyPagesTests {
  static let diary = [
    "day": "2026-11-21", "pain": "4", "spasms": "2", "sleep": "3", "mood": "",
    "words": "Walked <far>",
    "trouble.itching": "yes",
  ]

  @Test
  func `a patient sees what is known, and what is not is told as not known`() async throws {
    let world = try await PatientWorld()
    #expect(try await world.get("/").headers.contains { $0.value == "/me" })
    let page = try await world.get("/me").page
    #expect(page.contains("<html lang=\"en\">"))
    #expect(page.contains("Your pump does not speak with this clinic."))
    #expect(page.contains("300 ug baclofen"))
    #expect(page.contains("It must not be later than"))
    #expect(page.contains("No change is waiting."))
    for path in ["/me/diary", "/me/aftercare", "/me/card", "/me/sharing"] {
      let answer = try await world.get(path)
      #expect(answer.status == 200, "\(path)")
      #expect(answer.page.contains("<h1>"))
    }
    #expect(try await world.get("/me/card").page.contains("NGP-p-own"))
  }

  @Test
  func `a patient's page is in the language that they choose`() async throws {
    let world = try await PatientWorld()
    let answer = try await world.post("/me/language", ["language": "es"], as: "one-patient")
    #expect(answer.status == 303)
    for path in ["/me", "/me/diary", "/me/aftercare", "/me/card", "/me/sharing"] {
      let page = try await world.get(path).page
      #expect(page.contains("<html lang=\"es\">"), "\(path)")
      // No phrase of the other language is left on it.
      for (phrase, both) in MyPhrase.table where both.0.count > 12 {
        #expect(!page.contains(HTML.escaped(both.0)), "\(path): \(phrase)")
      }
    }
    #expect(try await world.get("/me").page.contains("300 ug baclofeno"))
    let other = try await world.post("/me/language", ["language": "fr"], as: "one-patient")
    #expect(other.status == 422)
  }

  @Test
  func `the diary is written once, shown back, and staff see it`() async throws {
    let world = try await PatientWorld()
    for _ in 0..<2 {
      let answer = try await world.post(
        "/me/diary",
        Self.diary,
        as: "one-patient",
        key: "diary-000001"
      )
      #expect(answer.status == 303, "\(answer.page)")
    }
    let id = try #require(PatientID(PatientWorld.own))
    let record = try await world.care.records.patient(id)
    #expect(record.diary.count == 1)
    #expect(record.diary.first?.value.pain == 4)
    #expect(record.diary.first?.value.mood == nil)
    let mine = try await world.get("/me").page
    #expect(mine.contains("4 / 10") && mine.contains("Walked &lt;far&gt;"))
    let staff = try await world.get("/patients/p-own", as: "one-nurse").page
    #expect(staff.contains("4 of 10") && staff.contains("Walked &lt;far&gt;"))
    var later = Self.diary
    later["pain"] = "7"
    _ = try await world.post("/me/diary", later, as: "one-patient")
    #expect(try await world.get("/me").page.contains("7 / 10"))
    #expect(try await world.care.records.patient(id).scores.isEmpty)
  }

  @Test
  func `a diary that says nothing, or of another day, is refused with what to do`() async throws {
    let world = try await PatientWorld()
    let empty = try await world.post("/me/diary", ["day": "2026-11-21"], as: "one-patient")
    #expect(empty.status == 422)
    #expect(empty.page.contains("Answer at least one question."))
    for (name, value) in [
      ("day", "2027-01-01"), ("day", "2026-10-01"), ("pain", "11"), ("mood", "-1"),
    ] {
      var fields = Self.diary
      fields[name] = value
      let answer = try await world.post("/me/diary", fields, as: "one-patient")
      #expect(answer.status == 422, "\(name) \(value)")
      #expect(answer.page.contains("NOT SAVED"))
      #expect(answer.page.contains("Walked &lt;far&gt;"), "what was typed is kept")
    }
  }

  @Test
  func `nobody sees another's page, by whatever name they ask for it (H-54, H-72)`() async throws {
    let world = try await PatientWorld()
    for path in ["/me", "/me/diary", "/me/aftercare", "/me/card", "/me/sharing"] {
      #expect(try await world.get("\(path)?of=p-two").status == 403, "\(path)")
      #expect(try await world.get(path, as: nil).status == 303, "\(path)")
      for role in ["one-physician", "one-nurse", "one-administrator", "one-auditor"] {
        #expect(try await world.get(path, as: role).status == 403, "\(path) \(role)")
      }
    }
    var fields = Self.diary
    fields["of"] = "p-two"
    #expect(try await world.post("/me/diary", fields, as: "one-patient").status == 403)
    #expect(try await world.post("/me/diary", fields, as: "one-caregiver").status == 403)
    #expect(try await world.get("/patients/p-two").status == 403)
    #expect(try await world.get("/patients/p-own", as: "one-caregiver").status == 403)
    #expect(!(try await world.get("/me").page).contains("Otto"))
  }

  @Test
  func `a caregiver sees a page while the patient lets them, and writes where they may (H-72)`()
    async throws
  {
    let world = try await PatientWorld()
    #expect(try await world.get("/me", as: "one-caregiver").page.contains("Nobody lets you"))
    #expect(try await world.get("/me?of=p-own", as: "one-caregiver").status == 403)
    let wrong = try await world.post("/me/caregivers", ["name": "one-nurse"], as: "one-patient")
    #expect(wrong.status == 422)
    #expect(wrong.page.contains("no caregiver&#39;s account"))
    _ = try await world.post("/me/caregivers", ["name": "one-caregiver"], as: "one-patient")
    let seen = try await world.get("/me", as: "one-caregiver")
    #expect(seen.page.contains("Page of Lena Bauer"))
    #expect(!seen.page.contains("127.0.0.1:7350"), "a caregiver asks the pump for nothing")
    var fields = Self.diary
    fields["of"] = PatientWorld.own
    #expect(try await world.get("/me/diary?of=p-own", as: "one-caregiver").status == 403)
    #expect(try await world.post("/me/diary", fields, as: "one-caregiver").status == 403)
    #expect(try await world.get("/me/sharing?of=p-own", as: "one-caregiver").status == 403)
    let more = ["name": "one-caregiver", "diary": "yes"]
    _ = try await world.post("/me/caregivers", more, as: "one-patient")
    let wrote = try await world.post("/me/diary", fields, as: "one-caregiver")
    #expect(wrote.status == 303, "\(wrote.page)")
    let id = try #require(PatientID(PatientWorld.own))
    let by = try await world.care.records.patient(id).diary.first?.by.text
    let caregiver = await world.accounts.all.first { $0.name == "one-caregiver" }?.id
    #expect(by == caregiver && by != nil)
    let sharing = try await world.get("/me/sharing").page
    #expect(sharing.contains("Full one-caregiver sees your page and may write in the diary."))
    let path = try #require(sharing.firstMatch(of: #/\/me\/caregivers\/[\w-]+\/end/#))
    // Another patient cannot end it.
    #expect(try await world.post(String(path.output), [:], as: "two-patient").status == 404)
    #expect(try await world.post(String(path.output), [:], as: "one-patient").status == 303)
    #expect(try await world.get("/me?of=p-own", as: "one-caregiver").status == 403)
    let audit = try await world.everything()
    #expect(audit.contains("let a caregiver see their page"))
    #expect(audit.contains("ended that a caregiver sees their page"))
  }

  @Test
  func `a calendar's address opens the calendar of whose it is until it is ended`() async throws {
    let world = try await PatientWorld()
    let made = try await world.post("/me/calendar", [:], as: "one-patient").page
    let path = try #require(made.firstMatch(of: #/\/calendar\/[0-9A-Z-]{30}\.ics/#)?.output)
    let feed = try await world.get(String(path), as: nil)
    #expect(feed.status == 200)
    #expect(feed[header: "content-type"] == "text/calendar; charset=utf-8")
    let events = try CalendarTests.parse(feed.bytes)
    // The last day for a refill, and the yearly review.
    #expect(events.count == 2)
    #expect(events.allSatisfy { $0["SUMMARY"]?.contains("visit") == true })
    #expect(!(try await world.everything()).contains(path.dropFirst(10).dropLast(4)))
    let other = "/calendar/\(String(repeating: "0", count: 26)).ics"
    #expect(try await world.get(other, as: nil).status == 404)
    let id = try #require(made.firstMatch(of: #/\/me\/calendar\/feed-[0-9a-f]+\/end/#)?.output)
    #expect(try await world.post(String(id), [:], as: "two-patient").status == 404)
    #expect(try await world.post(String(id), [:], as: "one-patient").status == 303)
    #expect(try await world.get(String(path), as: nil).status == 404)
    let staff = try await world.post("/settings/links/calendar", [:], as: "one-nurse").page
    let all = try #require(staff.firstMatch(of: #/\/calendar\/[0-9A-Z-]{30}\.ics/#)?.output)
    let initials = try CalendarTests.parse(try await world.get(String(all), as: nil).bytes)
    #expect(initials.count == 4)
    #expect(
      Set(initials.compactMap { $0["SUMMARY"] }) == [
        "Refill due: L. B.", "Refill due: O. B.", "Annual review: L. B.", "Annual review: O. B.",
      ]
    )
    _ = try await world.post("/settings/links/names", ["names": "yes"], as: "one-administrator")
    let named = String(decoding: try await world.get(String(all), as: nil).bytes, as: UTF8.self)
    #expect(named.contains("Bauer\\, Lena"))
    let nurse = try #require(await world.accounts.all.first { $0.name == "one-nurse" })
    try await world.accounts.close(
      nurse.id,
      AccountAct(key: "close-nurse", who: "setup", time: world.time.now)
    )
    #expect(try await world.get(String(all), as: nil).status == 404)
  }
}
