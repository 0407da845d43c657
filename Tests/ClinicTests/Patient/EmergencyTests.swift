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
      "baclofen 10 to 20 mg by mouth every 6 h", "Physostigmine", "unverified", "openFDA",
    ] { #expect(page.contains(HTML.escaped(text)), "\(text)") }
    let spanish = try await world.get("/emergency/\(code.lowercased())?lang=es", as: nil).page
    #expect(spanish.contains("<html lang=\"es\">"))
    #expect(spanish.contains("baclofeno oral 10 a 20 mg cada 6 h"))
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
    for text in ["Quarrels", "Walked", "C-p-own", "p-own\"", "Otto", "spasticity", "One "] {
      #expect(!page.contains(text), "\(text)")
    }
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
    // Whoever has the card cannot fill the ledger with it.
    var last = 200
    for _ in 0..<EmergencyRoutes.looksMax {
      last = try await world.get("/emergency/\(code)", as: nil).status
    }
    #expect(last == 429)
    world.time.pass(EmergencyRoutes.hour + 1)
    #expect(try await world.get("/emergency/\(code)", as: nil).status == 200)
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
