import Quantities
import Testing
import Therapy

@testable import Clinic

struct DetailsPageTests {
  private static let pump = String(repeating: "0a", count: 16)
  private static let key = String(repeating: "3f", count: 32)

  private func record(_ world: PageWorld, _ id: String) async throws -> PatientRecord {
    try await world.care.records.patient(try #require(PatientID(id)))
  }

  @Test(
    "a pump is linked by what was taken down at the bedside, and unlinked with a reason (SR-101)"
  )
  func link() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let path = "/patients/\(id)"
    let short = try await world.post("\(path)/link", ["pump": "0a0a", "receiptKey": Self.key])
    #expect(short.status == 422)
    #expect(short.page.contains("32 hex digits"))
    #expect(short.page.contains("value=\"0a0a\""))
    // As it is read out: in groups, in capitals.
    let spoken = Self.pump.uppercased().enumerated().map {
      $0.offset % 4 == 3 ? "\($0.element) " : "\($0.element)"
    }
    let linked = try await world.post(
      "\(path)/link",
      ["pump": spoken.joined(), "receiptKey": Self.key]
    )
    #expect(linked.status == 303, "\(linked.page)")
    guard case .linked(let link) = try await record(world, id).link else {
      Issue.record("not linked")
      return
    }
    #expect(link.pump.text == Self.pump && link.receiptKey.text == Self.key)
    #expect(try await world.get("\(path)/details").page.contains(Self.pump))
    let nurse = try await world.post("\(path)/unlink", ["reason": ""], as: .nurse)
    #expect(nurse.status == 422)
    #expect(try await world.post("\(path)/unlink", ["reason": "x"], as: .pharmacist).status == 403)
    let unlinked = try await world.post("\(path)/unlink", ["reason": "moved away"], as: .nurse)
    #expect(unlinked.status == 303, "\(unlinked.page)")
    #expect(try await record(world, id).isLinked == false)
  }

  @Test("identity, pump, catheter, contact and fill are put right, each with what was there before")
  func corrected() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let path = "/patients/\(id)"
    var identity = PageWorld.adoption.filter { $0.key.hasPrefix("identity.") }
    identity["identity.familyName"] = "Baur"
    let unreasoned = try await world.post("\(path)/identity", identity)
    #expect(unreasoned.status == 422 && unreasoned.page.contains("value=\"Baur\""))
    identity["reason"] = "misspelt"
    #expect(try await world.post("\(path)/identity", identity).status == 303)
    #expect(try await record(world, id).identity?.familyName == "Baur")

    var pump = PageWorld.adoption.filter { $0.key.hasPrefix("pump.") }
    pump["reason"] = "read from the card"
    pump["pump.capacity"] = "18"
    let small = try await world.post("\(path)/pump-in-place", pump)
    #expect(small.status == 422 && small.page.contains("at least 20 mL"), "\(small.page)")
    pump["pump.capacity"] = "40"
    pump["pump.serial"] = "NGP-9"
    #expect(try await world.post("\(path)/pump-in-place", pump).status == 303)
    #expect(try await record(world, id).pump?.serial == "NGP-9")
    #expect(try await record(world, id).pump?.capacity.text == "40 mL")

    let catheter = try await world.post(
      "\(path)/catheter",
      [
        "catheter.implantedLength": "89", "catheter.volumePerLength": "0.0022",
        "catheter.tip": "T8",
      ]
    )
    #expect(catheter.status == 303, "\(catheter.page)")
    let page = try await world.get("\(path)/details").page
    #expect(page.contains("89 cm") && page.contains("T8") && page.contains("Baur"))

    let contact = try await world.post("\(path)/contact", ["contact.phone": "+41 44 000 00 00"])
    #expect(contact.status == 303, "\(contact.page)")
    #expect(try await record(world, id).contact?.phone == "+41 44 000 00 00")

    var fill = PageWorld.adoption.filter { $0.key.hasPrefix("fill.") }
    fill["fill.volume"] = "60"
    let much = try await world.post("\(path)/fill", fill)
    #expect(much.status == 422 && much.page.contains("aria-invalid=\"true\""), "\(much.page)")
    fill["fill.volume"] = "19.5"
    fill["confirmed"] = "yes"
    let filled = try await world.post("\(path)/fill", fill)
    #expect(filled.status == 303, "\(filled.page)")
    #expect(try await record(world, id).reservoir?.volume.text == "19.5 mL")
  }

  @Test("a form that is older than the record is refused, and tells what came in between")
  func old() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let version = try await record(world, id).position
    _ = try await world.post("/patients/\(id)/contact", ["contact.phone": "1"])
    let late = try await world.post(
      "/patients/\(id)/contact",
      ["contact.phone": "2", "version": "\(version)"]
    )
    #expect(late.status == 412)
    #expect(late.page.contains("Since then") && late.page.contains("value=\"2\""))
    #expect(try await record(world, id).contact?.phone == "1")
  }

  @Test("a patient sees the essentials of their own record, and nothing to do with it")
  func own() async throws {
    let world = try await PageWorld()
    var fields = PageWorld.adoption
    fields["patient"] = "p-own"
    #expect(try await world.post("/adopt", fields).status == 303)
    let page = try await world.get("/patients/p-own", as: .patient)
    #expect(page.status == 200)
    #expect(page.page.contains("Program in force") && page.page.contains("Reservoir"))
    #expect(!page.page.contains("/patients/p-own/"))
    #expect(!page.page.contains("href=\"/alarms\""))
    for rest in ["/details", "/program", "/orders", "/pump", "/new-order"] {
      #expect(try await world.get("/patients/p-own\(rest)", as: .patient).status == 403, "\(rest)")
    }
  }
}
