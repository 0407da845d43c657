import Foundation
import Testing
import Therapy

@testable import Clinic

/// The emergency page: by the code of a card, and only as long as the card holds.
struct EmergencyTests {
  @Test
  func `the code of a card shows what an emergency needs, in both languages (SR-111)`() async throws
  {
    let world = try await PatientWorld()
    let code = try await world.card()
    let page = try await world.get("/emergency/\(code)", as: nil).page
    for text in [
      "Lena Bauer", "1974-06-02", "SynchroMed II", "NGP-p-own", "baclofen 2000 ug/mL",
      "baclofen 300 ug", "10 November 2026, 08:30", "left lower abdomen", "+1 555 0100",
      "Baclofen by mouth. 10 to 20 mg every 6 h.", "Physostigmine", "unverified",
      "0.02 mg/kg IM or IV, at most 0.5 mg/min", "itch without rash",
    ] { #expect(page.contains(HTML.escaped(text)), "\(text)") }
    let spanish = try await world.get("/emergency/\(code.lowercased())?lang=es", as: nil).page
    #expect(spanish.contains("<html lang=\"es\">"))
    #expect(spanish.contains("Baclofeno oral. 10 a 20 mg cada 6 h."))
    let typed = try await world.post(
      "/emergency",
      ["code": code.replacing("-", with: "").lowercased(), "lang": "es"],
      as: nil
    )
    #expect(typed[header: "location"] == "/emergency/\(code)?lang=es")
  }

  @Test
  func `it says no more than an emergency needs (H-72)`() async throws {
    let world = try await PatientWorld()
    let note = ["text": "Quarrels with the neighbour"]
    #expect(try await world.post("/patients/p-own/notes", note).status == 303)
    _ = try await world.post("/me/diary", MyPagesTests.diary, as: "one-patient")
    let code = try await world.card()
    let page = try await world.get("/emergency/\(code)", as: nil).page
    for text in ["Quarrels", "Walked", "C-p-own", "p-own\"", "Otto", "One "] {
      #expect(!page.contains(text), "\(text)")
    }
    // Among the signs of a withdrawal; what this patient is treated for is not on it.
    #expect(page.components(separatedBy: "spasticity").count == 2)
    #expect(page.contains("<meta") && !page.contains("<script"))
  }

  @Test
  func `each look is recorded before it is given, and patient and staff see it (SR-088)`()
    async throws
  {
    let world = try await PatientWorld()
    let code = try await world.card()
    for address in ["192.0.2.7", "192.0.2.8", "192.0.2.7"] {
      #expect(try await world.get("/emergency/\(code)", as: nil, from: address).status == 200)
    }
    for (path, name) in [("/me/sharing", "one-patient"), ("/patients/p-own/access", "one-nurse")] {
      let page = try await world.get(path, as: name).page
      #expect(page.contains("192.0.2.7") && page.contains("192.0.2.8"), "\(path)")
    }
    let all = try await world.everything()
    #expect(all.matches(of: #/access\.cardLooked/#).count == 3)
    #expect(all.contains("looked with an emergency card"))
    // Neither the code nor a path with it is anywhere in the record.
    #expect(!all.contains(code) && !all.contains(code.replacing("-", with: "")))
  }

  @Test
  func `a card that was replaced or made worthless opens nothing`() async throws {
    let world = try await PatientWorld()
    let first = try await world.card()
    let second = try await world.card()
    #expect(first != second)
    #expect(try await world.get("/emergency/\(first)", as: nil).status == 404)
    #expect(try await world.get("/emergency/\(second)", as: nil).status == 200)
    let revoked = try await world.post("/patients/p-own/access/card/revoke", [:], as: "one-nurse")
    #expect(revoked.status == 303)
    let gone = try await world.get("/emergency/\(second)", as: nil)
    #expect(gone.status == 404)
    #expect(!gone.page.contains("Bauer"))
    let again = try await PatientWorld(on: world.ledger)
    #expect(try await again.get("/emergency/\(second)", as: nil).status == 404)
  }

  @Test
  func `guesses are slowed, and a right code is taken all the same (H-65, H-66)`() async throws {
    let world = try await PatientWorld()
    let code = try await world.card()
    var slow = 0
    for number in 0..<60 {
      let guess = AccessToken(ClinicChance { _ in (0..<16).map { UInt8($0 * 3 + number) } }).text
      let status = try await world.get("/emergency/\(guess)", as: nil, from: "198.51.100.1").status
      #expect(status == 404 || status == 429)
      if status == 429 { slow += 1 }
    }
    #expect(slow > 30)
    let right = try await world.get("/emergency/\(code)", as: nil, from: "198.51.100.1")
    #expect(right.status == 200)
    // Whoever has the card cannot fill the ledger with it, and is shown the page all the same.
    let looks = EmergencyRoutes.looksMax + 150
    for _ in 0..<looks {
      #expect(try await world.get("/emergency/\(code)", as: nil).status == 200)
    }
    let all = try await world.everything()
    #expect(all.matches(of: #/access\.cardLooked/#).count == EmergencyRoutes.looksMax)
    #expect(all.contains("look 61 of an hour") && all.contains("look 161 of an hour"))
    #expect(all.matches(of: #/of an hour, counted by the hundred/#).count == 2)
    world.time.pass(EmergencyRoutes.hour + 1)
    #expect(try await world.get("/emergency/\(code)", as: nil).status == 200)
    #expect(
      try await world.everything().matches(of: #/access\.cardLooked/#).count
        == EmergencyRoutes.looksMax + 1
    )
  }

  @Test
  func `the audit says whose record a session, a card or a feed opened (SR-088)`() async throws {
    let world = try await PatientWorld()
    func told(_ text: String) async throws -> [String] {
      try await world.everything().split(separator: "\n").map(String.init)
        .filter { $0.contains("audit/") && $0.contains(text) }
    }
    for path in ["/me", "/me/card", "/me/sharing", "/me/diary"] {
      #expect(try await world.get(path).status == 200)
    }
    _ = try await world.post("/me/diary", MyPagesTests.diary, as: "one-patient")
    let code = try await world.card()
    _ = try await world.get("/emergency/\(code)", as: nil)
    let made = try await world.post("/me/calendar", [:], as: "one-patient").page
    let own = try #require(made.firstMatch(of: #/\/calendar\/[0-9A-Z-]{30}\.ics/#)?.output)
    #expect(try await world.get(String(own), as: nil).status == 200)
    for text in [
      "read a patient's own page", "read a travel card", "read who sees the page", "opened a diary",
      "wrote in a diary", "looked with an emergency card", "made a calendar's address",
      "read the calendar of account-",
    ] {
      let entries = try await told(text)
      #expect(entries.count == 1, "\(text): \(entries)")
      #expect(entries.allSatisfy { $0.contains("\"patient\":\"p-own\"") }, "\(text): \(entries)")
    }
    let nurse = try #require(await world.accounts.all.first { $0.name == "one-nurse" })
    let staff = try await world.post("/settings/links/calendar", [:], as: "one-nurse").page
    let all = try #require(staff.firstMatch(of: #/\/calendar\/[0-9A-Z-]{30}\.ics/#)?.output)
    #expect(try await world.get(String(all), as: nil).status == 200)
    #expect(try await told("read the calendar of \(nurse.id)").count == 1)
    // A caregiver's look names whose page it was, and one that was refused names nobody else's.
    _ = try await world.post("/me/caregivers", ["name": "one-caregiver"], as: "one-patient")
    _ = try await world.get("/me?of=p-own", as: "one-caregiver")
    let seen = try await told("read a patient's own page")
    #expect(seen.count == 2 && seen.allSatisfy { $0.contains("\"patient\":\"p-own\"") }, "\(seen)")
  }

  @Test
  func `a patient gets one account, whoever opens it in between (SR-113)`() async throws {
    let world = try await PatientWorld()
    func open(_ name: String, _ patient: String) async throws(WebError) -> String {
      try await world.accounts.open(
        NewAccount(
          name: name,
          fullName: "Otto Bauer",
          roles: [.patient],
          patient: patient,
          password: "correct horse battery"
        ),
        AccountAct(key: "open-\(name)", who: "setup", time: world.time.now)
      ).account.id
    }
    async let first = open("otto-1", "p-three")
    async let second = open("otto-2", "p-three")
    var codes: [String] = []
    do { _ = try await first } catch let error as WebError { codes.append(error.code) }
    do { _ = try await second } catch let error as WebError { codes.append(error.code) }
    #expect(codes == ["accountThere"])
    let account = try #require(await world.accounts.all.first { $0.patient == "p-three" })
    try await world.accounts.close(
      account.id,
      AccountAct(key: "close-otto", who: "setup", time: world.time.now)
    )
    _ = try await open("otto-3", "p-three")
  }

  @Test
  func `only who treats makes a card, and it names whom to call`() async throws {
    let world = try await PatientWorld()
    let fields = ["call": "Clinic: 1"]
    for name in ["one-patient", "two-patient", "one-caregiver", "one-auditor", "one-pharmacist"] {
      let answer = try await world.post("/patients/p-own/access/card", fields, as: name)
      #expect(answer.status == 403, "\(name)")
    }
    let missing = try await world.post("/patients/p-own/access/card", ["call": " "])
    #expect(missing.status == 422)
    #expect(missing.page.contains("aria-invalid=\"true\""))
    #expect(try await world.get("/emergency", as: nil).status == 200)
  }
}
