import OrderText
import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic
@testable import VirtualPump

/// Orders besides programs: what the page asks for, said in the signer's words, drafted, taken by the pump.
@Suite(.timeLimit(.minutes(2)))
struct OrderFormTests {
  private static let common = ["reason": "as agreed", "way": "bedside"]

  private static func fields(_ order: OrderForm) -> [String: String] {
    switch order {
    case .safeRate, .resume, .clearOverDelivery, .setClock: [:]
    case .suspend: ["for": "2", "for.unit": "h"]
    case .mri: ["for": "45", "for.unit": "min"]
    case .clinicianBolus: ["volume": "0.02", "volume.unit": "mL", "over": "5"]
    case .limits:
      [
        "limits.maxRate": "1", "limits.maxRate.unit": "mL/d", "limits.maxVolumePer24h": "0.9",
        "limits.dose.baclofen": "2000", "limits.dose.baclofen.unit": "ug", "safeRate": "0.05",
        "safeRate.unit": "mL/d", "restartGap": "24", "lowReservoir": "2",
      ]
    case .envelope:
      [
        "stepPercent": "5", "weekPercent": "15", "betweenIncreases": "48", "delay": "120",
        "bedsideAge": "90",
      ]
    case .catheter: ["pathVolume": "0.3", "path": "full"]
    }
  }

  @Test(
    "each kind is looked at in words, and nothing is drafted by looking",
    arguments: OrderForm.allCases
  )
  func looked(_ order: OrderForm) async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let path = "/patients/\(Ward.patient.text)/new-order/\(order.rawValue)"
    let empty = try await PageOrderTests.ask(ward, .get, path)
    #expect(empty.status == 200 && empty.html.contains("See what it does"))
    let looked = try await PageOrderTests.ask(
      ward,
      .post,
      path,
      Self.fields(order).merging(Self.common) { $1 }
    )
    #expect(looked.status == 200)
    #expect(looked.html.contains("Every field of the bytes"), "\(looked.html)")
    #expect(!looked.html.contains("aria-invalid"), "\(looked.html)")
    #expect(try await ward.record().orders.isEmpty)
    await pump.stop()
  }

  @Test("a suspension is drafted by its page, signed elsewhere, and suspends the pump (SR-101)")
  func suspended() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let version = try await ward.record().position
    var fields = Self.fields(.suspend).merging(Self.common) { $1 }
    (fields["do"], fields["version"]) = ("suspend", "\(version)")
    let path = "/patients/\(Ward.patient.text)/orders"
    var wrong = fields
    wrong["for"] = "9"
    let long = try await PageOrderTests.ask(ward, .post, path, wrong)
    #expect(long.status == 422 && long.html.contains("aria-invalid=\"true\""), "\(long.html)")
    let drafted = try await PageOrderTests.ask(ward, .post, path, fields)
    #expect(drafted.status == 303, "\(drafted.html)")
    let life = try #require(try await ward.record().orders.last)
    #expect(life.draft.act == .suspend)
    let page = try await PageOrderTests.ask(ward, .get, try #require(drafted[header: "location"]))
    #expect(page.html.contains("Suspend: no delivery for 2 h"))
    let signed = try People.prescriber.sign(SignedOrder.bytes(life.draft.bytes))
    #expect(await ward.signed(signed).status == 303)
    #expect(await rounds.round())
    #expect(try await ward.record().orders.last?.answer?.outcome == .applied)
    ward.time.pass(20 * .minute)
    #expect(await rounds.round())
    #expect(try await ward.record().lastHeard?.state == .halted)
    await pump.stop()
  }

  @Test("the same is asked for by the API, as the signer would say it")
  func asked() async throws {
    let ward = try await Ward()
    let pump = try await ward.linked()
    let (line, rounds, _) = try await ward.line(.near)
    try await pump.carry(line)
    #expect(await rounds.round())
    let said = await ward.post(
      ward.path("/order-preview"),
      #"{"order":{"do":"mri","for":"1 h"},"way":"bedside","reason":"a scan"}"#
    )
    #expect(said.status == 200 && said.text.contains("MRI: no delivery for 1 h"), "\(said.text)")
    #expect(try await ward.record().orders.isEmpty)
    await pump.stop()
  }
}
