import Testing
import Therapy

@testable import Clinic

struct PageRoutesTests {
  @Test("a patient is adopted by the form, and every page of theirs is there")
  func adopted() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    for rest in ["", "/program", "/orders", "/refill", "/refill/sheet", "/pump", "/routes"] {
      let response = try await world.get("/patients/\(id)\(rest)")
      #expect(response.status == 200, "\(rest): \(response.page)")
      #expect(response.page.contains("Bauer, Lena"), "\(rest)")
    }
    for path in [
      "/", "/patients", "/patients?q=bau", "/alarms", "/planner", "/planner/flow", "/model",
    ] {
      #expect(try await world.get(path).status == 200, "\(path)")
    }
    for path in ["/formulary", "/formulary/baclofen", "/settings", "/adopt", "/static/clinic.js"] {
      #expect(try await world.get(path).status == 200, "\(path)")
    }
    #expect(try await world.get("/audit", as: .auditor).status == 200)
  }

  @Test("a slip in the form to adopt comes back with what was typed and the field it is in")
  func slip() async throws {
    let world = try await PageWorld()
    var fields = PageWorld.adoption
    fields["identity.born"] = "02.06.1974"
    let response = try await world.post("/adopt", fields)
    #expect(response.status == 422)
    #expect(response.page.contains("href=\"#f-adopt-identity-born\""))
    #expect(response.page.contains("value=\"Lena\""))
    #expect(response.page.contains("value=\"NGP-1\""))
    #expect(await world.care.records.summaries().isEmpty)
  }

  @Test("what is unusual is asked about on the same page, and recorded once it is confirmed")
  func asked() async throws {
    let world = try await PageWorld()
    var fields = PageWorld.adoption
    fields["confirmed"] = nil
    fields["origin"] = ""
    let response = try await world.post("/adopt", fields)
    #expect(response.status == 422)
    #expect(response.page.contains("LOOK AGAIN"))
    #expect(response.page.contains("name=\"confirmed\""))
    fields["confirmed"] = "yes"
    #expect(try await world.post("/adopt", fields).status == 303)
  }

  @Test("a double click records a score once")
  func doubleClick() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let fields = [
      "scale": "modifiedAshworth", "value": "1+", "muscle": "kneeFlexors",
      "takenAt": "2026-01-05T08:00", "severity": "",
    ]
    for _ in 0..<2 {
      let response = try await world.post("/patients/\(id)/scores", fields, key: "form-12345678")
      #expect(response.status == 303, "\(response.page)")
    }
    let patient = try #require(PatientID(id))
    let record = try await world.care.records.patient(patient)
    #expect(record.scores.count == 1)
    let event = try #require(record.scores.first?.event.position)
    let struck = try await world.post(
      "/patients/\(id)/corrections",
      ["event": "\(event)", "reason": "Another patient's"]
    )
    #expect(struck.status == 303, "\(struck.page)")
    #expect(try await world.get("/patients/\(id)").page.contains("struck out"))
    #expect(try await world.get("/patients/\(id)").page.contains("MAS 1+, knee flexors"))
  }

  @Test("a program is compared before anything is recorded, then recorded as programmed")
  func program() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let fields = [
      "mode": "constant", "rate": "330", "rate.unit": "ug/d", "limits.maxRate": "1",
      "limits.maxRate.unit": "mL/d", "limits.maxVolumePer24h": "0.5",
      "limits.dose.baclofen": "700", "limits.dose.baclofen.unit": "ug", "safeRate": "0.05",
      "safeRate.unit": "mL/d", "restartGap": "24", "lowReservoir": "2",
    ]
    let compared = try await world.post("/patients/\(id)/program", fields)
    #expect(compared.status == 200)
    #expect(compared.page.contains("+10 %"))
    #expect(compared.page.contains("Record what was programmed"))
    let text = try #require(
      compared.page.firstMatch(of: #/name="program" value="([^"]+)"/#)
    )
    let recorded = try await world.post(
      "/patients/\(id)/program/recorded",
      [
        "program": String(text.1).replacing("&quot;", with: "\""),
        "programmedAt": "2026-01-05T08:05", "reason": "Spasms in the evening",
        "confirmed": "yes",
      ]
    )
    #expect(recorded.status == 303, "\(recorded.page)")
    let patient = try #require(PatientID(id))
    let record = try await world.care.records.patient(patient)
    #expect(record.program?.program.text.contains("330 ug/d") == true)
  }

  @Test("a program that cannot be read says at which field")
  func unreadable() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let response = try await world.post(
      "/patients/\(id)/program",
      ["mode": "constant", "rate": "many", "rate.unit": "ug/d"]
    )
    #expect(response.page.contains("aria-invalid=\"true\""))
    #expect(response.page.contains("value=\"many\""))
  }

  @Test("a refill goes step by step, and a step out of order says which is next")
  func refill() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let path = "/patients/\(id)/refill"
    let begun = try await world.post(
      "\(path)/begin",
      ["mixture": "same", "plannedVolume": "20", "confirmed": "yes"]
    )
    #expect(begun.status == 303, "\(begun.page)")
    #expect(try await world.get(path).page.contains("1. The right patient, the right pump"))
    let early = try await world.post("\(path)/aspirate", ["volume": "15"])
    #expect(early.status == 409)
    #expect(early.page.contains("identity"))
    let identity = try await world.post(
      "\(path)/identity",
      ["name": "Lena Bauer", "born": "1974-06-02", "pumpSerial": "NGP-1"]
    )
    #expect(identity.status == 303, "\(identity.page)")
    let wrong = try await world.post("\(path)/expected", ["volume": "a lot"])
    #expect(wrong.status == 422)
    #expect(try await world.post("\(path)/expected", ["volume": ""]).status == 303)
    #expect(try await world.get(path).page.contains("3. Draw out what is left"))
  }

  @Test("a page decided on an older record is refused, and says what has changed")
  func conflict() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let response = try await world.post(
      "/patients/\(id)/refill/begin",
      ["mixture": "same", "plannedVolume": "20", "version": "1"]
    )
    #expect(response.status == 412)
    #expect(response.page.contains("Since then"))
  }

  @Test("whoever treats nobody sees no patient, and is sent to a page of theirs")
  func roles() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    for role in [AccountRole.administrator, .auditor, .patient] {
      #expect(try await world.get("/patients/\(id)", as: role).status == 403, "\(role)")
      #expect(try await world.get("/", as: role).status == 303, "\(role)")
    }
    #expect(try await world.get("/audit").status == 403)
  }

  @Test("a signer's address that is no address is refused, one that is stays")
  func signer() async throws {
    let world = try await PageWorld()
    let bad = try await world.post("/settings/signer", ["address": "javascript:alert(1)"])
    #expect(bad.status == 422)
    let good = try await world.post("/settings/signer", ["address": "http://127.0.0.1:7400/abc"])
    #expect(good.status == 303)
    #expect(try await world.get("/settings").page.contains("http://127.0.0.1:7400/abc"))
  }

  @Test("an administrator opens an account and is shown the authenticator's secret once")
  func people() async throws {
    let world = try await PageWorld()
    let response = try await world.post(
      "/settings/people",
      [
        "name": "tom.berg", "fullName": "Tom Berg", "role.nurse": "yes",
        "password": "a long enough passphrase",
      ],
      as: .administrator
    )
    #expect(response.status == 200, "\(response.page)")
    #expect(response.page.contains("SHOWN ONCE"))
    let again = try await world.get("/settings", as: .administrator)
    #expect(again.page.contains("Tom Berg"))
    #expect(!again.page.contains("SHOWN ONCE"))
  }

  @Test("an administrator changes what the clinic decided, nobody else does")
  func clinic() async throws {
    let world = try await PageWorld()
    let fields = [
      "singlePersonRefill": "Small clinic", "receiptWait": "3", "silenceTask": "24",
      "silenceCall": "72", "refillNotice": "21",
    ]
    #expect(try await world.post("/settings/clinic", fields).status == 403)
    let changed = try await world.post("/settings/clinic", fields, as: .administrator)
    #expect(changed.status == 303, "\(changed.page)")
    #expect(try await world.get("/settings").page.contains("yes: Small clinic"))
    let again = try await PageWorld(on: world.ledger)
    let page = try await again.get("/settings").page
    #expect(page.contains("yes: Small clinic"))
    #expect(page.contains("21 d before"))
  }
}
