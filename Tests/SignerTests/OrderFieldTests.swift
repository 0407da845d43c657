import PumpCore
import PumpLink
import PumpScenario
import Quantities
import Testing

@testable import OrderText
@testable import Signer

/// Nothing that is signed is left unsaid.
struct OrderFieldTests {
  @Test(arguments: OrderKinds.all)
  func `every kind of order says what was written down (SR-100)`(sample: OrderKinds.Sample) throws {
    let statement = try SignerSample.statement(sample.json)
    let lines = OrderKinds.lines(statement)
    for line in sample.lines {
      #expect(lines.contains { $0 == line || $0.hasPrefix(line + " (") }, "\(line)\n\(lines)")
    }
    let common = [
      "Pump: \(String(repeating: "c1", count: 16))", "Sequence: 3",
      "Follows on the order: \(String(repeating: "ab", count: 32))",
      "Valid from: pump day 3, 00:00:00", "Signatures: none yet",
    ]
    for line in common { #expect(lines.contains(line)) }
    let page = String(decoding: statement.json(), as: UTF8.self)
    #expect(page.contains("\"hash\":\"\(Hex.text(statement.hash))\""))
  }

  @Test
  func `all kinds of order are among the samples`() throws {
    let kinds = try OrderKinds.all.map { try SignerSample.draft($0.json).content.kind }
    #expect(Set(kinds.map(\.rawValue)) == Set(OrderKind.allCases.map(\.rawValue)))
  }

  @Test
  func `two orders that differ in any bit of a field are told differently (SR-100)`() throws {
    var pairs = 0
    var alike = 0
    for sample in OrderKinds.all {
      let order = try SignerSample.draft(sample.json)
      let bytes = try #require(order.array)
      let told = OrderKinds.lines(try OrderStatement(order, beside: nil))
      for place in bytes.indices {
        for bit in 0..<8 {
          var changed = bytes
          changed[place] ^= 1 << bit
          guard let other = Order(bytes: changed) else { continue }
          pairs += 1
          guard OrderKinds.lines(try OrderStatement(other, beside: nil)) == told else { continue }
          alike += 1
          Issue.record("\(sample): byte \(place) bit \(bit) is not told")
        }
      }
    }
    print("fields: \(pairs) pairs of orders that differ in one bit, \(alike) told alike")
    #expect(pairs > 5_000)
  }

  @Test(arguments: ["root", "secondRoot", "patient"])
  func `a signing key of small order is named where it stands, with what to do (SR-100)`(
    field: String
  ) throws {
    // The neutral element: it verifies a signature of nothing under anything.
    let small = "01" + String(repeating: "00", count: 31)
    let good = Hex.text(SignerSample.rootKey)
    let root = field == "root" ? small : good
    let other = field == "root" ? "" : ", \"\(field)\": \"\(small)\""
    let error = #expect(throws: ScenarioError.self) {
      try SignerSample.draft("{\"do\": \"keys\", \"keys\": {\"root\": \"\(root)\"\(other)}}")
    }
    #expect(error?.path == "$.keys.\(field)")
    let message = error?.message ?? ""
    #expect(message.contains(small) && message.contains("small order"), "what was given")
    #expect(message.contains("`cisterna key new`"), "what was expected")
  }

  @Test(arguments: [
    ("{\"do\": \"program\"}", "$.program"), ("{\"do\": \"dance\"}", "$.do"),
    ("{\"do\": \"safeRate\", \"for\": \"1 h\"}", "$.for"),
    ("{\"do\": \"suspend\", \"for\": \"5 h\"}", "$.for"),
    ("{\"do\": \"safeRate\", \"pump\": \"c2\"}", "$.pump"),
    ("{\"do\": \"safeRate\", \"pump\": \"\(String(repeating: "c2", count: 16))\"}", "$.pump"),
    ("{\"do\": \"safeRate\", \"sequence\": 0}", "$.sequence"),
    ("{\"do\": \"safeRate\", \"validFor\": \"2\"}", "$.validFor"),
    (
      "{\"do\": \"clinicianBolus\", \"volume\": \"50 ug\", \"over\": \"1 min\", \"mixture\": "
        + "[{\"drug\": \"baclofen\", \"concentration\": \"0.5 mg/mL\"}]}", "$.mixture"
    ),
  ])
  func `a draft that is wrong is refused with its path (H-59)`(json: String, path: String) throws {
    let receipt = try SignerSample.verified()
    do {
      _ = try OrderDraft(bytes: Array(json.utf8), receipt: receipt)
      Issue.record("taken")
    } catch { #expect(error.path == path, "\(error)") }
  }

  @Test
  func `a draft without a receipt names pump, sequence, hash and mixture itself`() throws {
    let json = """
      {"do": "clinicianBolus", "volume": "50 ug", "over": "1 min", "sequence": 7, "from": "2 d",
       "pump": "\(String(repeating: "c2", count: 16))", "previous": "\(String(repeating: "0", count: 64))",
       "mixture": [{"drug": "baclofen", "concentration": "0.5 mg/mL"}]}
      """
    let order = try OrderDraft(bytes: Array(json.utf8), receipt: nil).order
    #expect(order.sequence == 7)
    #expect(order.notBefore.milliseconds == 172_800_000)
    let statement = try OrderStatement(order, beside: nil)
    #expect(statement.headline == "Clinician bolus: 0.1 mL over 1 min")
  }
}
