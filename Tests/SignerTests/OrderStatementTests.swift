import Foundation
import PumpCore
import PumpLink
import Quantities
import Testing

@testable import OrderText
@testable import Signer

/// What the signer says that bytes say.
struct OrderStatementTests {
  @Test
  func `an hourly dose entered for a daily one cannot be missed (H-08, SR-044)`() throws {
    // 60 ug a day is in force; the prescriber means 60 ug a day and enters 60 ug each hour.
    let statement = try SignerSample.statement(SignerSample.program("60 ug/h"))
    let text = statement.text()
    #expect(text.contains("1440 ug"))
    #expect(text.contains("one thousand four hundred and forty micrograms in 24 hours"))
    #expect(text.contains("in force 60 ug   ordered 1440 ug: +2300 %, 24 times as much <<<"))
    let dangers = statement.findings.filter { $0.weight == .danger }.map(\.text)
    #expect(
      dangers.contains {
        $0.contains("24 TIMES AS MUCH") && $0.contains("an hourly dose in place of a daily one")
      }
    )
    // It cannot be signed by reflex: the wrong total has to be typed.
    #expect(statement.confirmation?.figure == "1440 ug")
    #expect(!statement.isConfirmed(by: nil))
    #expect(!statement.isConfirmed(by: "60 ug"))
    #expect(statement.isConfirmed(by: "1440mcg"))
    #expect(statement.isConfirmed(by: "1.44 mg"))
    // The answer does not stand beside the question.
    #expect(statement.confirmation?.question.contains("1440") == false)
  }

  /// Worked out by hand, at 2 mg/mL.
  @Test(arguments: [
    // Five days of 0.04 mL, two of 8 h at 0.02 and 16 h at 0.03 mL/d: the fullest has 80 ug.
    (4, "0.04 mL", "80 ug"),
    // 0.01 mL every 6 h is 4 times in 24 h, on 0.01 mL: 0.05 mL. Its patient doses: 3 of 0.005 mL.
    (5, "0.05 mL", "100 ug"),
  ])
  func `the total is that of the fullest 24 h (H-55, SR-044)`(
    place: Int,
    volume: String,
    dose: String
  ) throws {
    let statement = try SignerSample.statement(OrderKinds.all[place].json)
    func after(_ title: String) -> String? {
      statement.totals.first { $0.title == title }?.after
    }
    #expect(after("Volume in the fullest 24 h") == volume)
    #expect(after("baclofen in the fullest 24 h") == dose)
    guard place == 5 else { return }
    #expect(after("Patient doses on top, all of 24 h") == "0.015 mL")
    #expect(after("baclofen in 24 h with every patient dose") == "130 ug")
    #expect(after("24 h of the bridge") == "0.05 mL")
  }

  @Test
  func `the examples of orders are read, and the hourly one gives 24 times as much (H-08)`() throws
  {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/orders")
    func total(_ name: String) throws -> String? {
      let data = try Data(contentsOf: folder.appending(path: name))
      let order = try OrderDraft(bytes: Array(data), receipt: nil).order
      return try OrderStatement(order, beside: try SignerSample.verified()).lead?.after
    }
    #expect(try total("daily-60-ug.json") == "60 ug")
    #expect(try total("hourly-for-daily.json") == "1440 ug")
  }

  @Test
  func `the same dose needs no figure to be typed, and is told in words`() throws {
    let statement = try SignerSample.statement(SignerSample.program("60 ug/d"))
    #expect(statement.confirmation == nil)
    #expect(statement.text().contains("sixty micrograms in 24 hours"))
    #expect(!statement.totals.contains { $0.isChanged })
  }

  @Test(arguments: [
    ("300 ug/d", "300 ug", "+400 %, 5 times as much"), ("66 ug/d", "66 ug", "+10 %"),
    ("30 ug/d", "30 ug", "−50 %, less by a factor of 2"),
    ("600 ug/d", "600 ug", "+900 %, 10 times as much"),
  ])
  func `a change is told with its percentage (SR-044)`(rate: String, dose: String, change: String)
    throws
  {
    let statement = try SignerSample.statement(SignerSample.program(rate))
    let total = try #require(
      statement.totals.first { $0.title == "baclofen in the fullest 24 h" }
    )
    #expect(total.before == "60 ug")
    #expect(total.after == dose)
    #expect(total.change == change)
  }

  @Test
  func `without a receipt that is said first, and a figure must be typed (SR-044)`() throws {
    let order = try SignerSample.draft(SignerSample.program("60 ug/d"))
    let statement = try OrderStatement(order, beside: nil)
    #expect(statement.text().contains("*** NO RECEIPT OF THE PUMP"))
    #expect(statement.findings.first?.text.hasPrefix("NO RECEIPT") == true)
    #expect(statement.inForce == nil)
    #expect(statement.totals.allSatisfy { $0.before == "–" && $0.change.isEmpty })
    #expect(statement.confirmation?.figure == "0.03 mL")
  }

  @Test
  func `every drug number of the formulary reads back to its name`() {
    for drug in DrugNumber.all {
      #expect(DrugNumber.number(of: drug.name) == drug.number)
      #expect(DrugNumber.name(of: drug.number) == drug.name)
    }
    #expect(DrugNumber.number(of: "RxNorm 99") == 99)
    #expect(DrugNumber.number(of: "RxNorm 0") == nil)
    #expect(DrugNumber.number(of: "aspirin") == nil)
  }

  @Test
  func `what crosses a limit is found, and by whom it is set (SR-041, SR-043)`() throws {
    func texts(_ json: String) throws -> String {
      try SignerSample.statement(json).findings
        .map { "\($0.weight.words): \($0.text)" }.joined(separator: "\n")
    }
    let overOwn = try texts(SignerSample.program("0.5 mL/d", limits: "\"maxRate\": \"0.4 mL/d\""))
    #expect(
      overOwn.contains(
        "REFUSED BY THE PUMP: its rate of 0.5 mL/d is over its own limit of 0.4 mL/d"
      )
    )
    let overDose = try texts(SignerSample.program("1.2 mL/d"))
    #expect(overDose.contains("baclofen: 2400 ug in 24 h is over its own limit of 2000 ug"))
    #expect(overDose.contains("1.2 mL in 24 h is over its own limit of 1 mL"))
    let overCeiling = try texts(SignerSample.program("25 mL/d", limits: "\"maxRate\": \"30 mL/d\""))
    #expect(overCeiling.contains("a rate of 25 mL/d is over the pump's ceiling of 24 mL/d"))
    #expect(overCeiling.contains("a rate limit of 30 mL/d is over the pump's ceiling of 24 mL/d"))
    #expect(overCeiling.contains("25 mL in 24 h is over the pump's ceiling of 10 mL"))
    let care = try texts(SignerSample.program("1440 ug/d"))
    #expect(care.contains("above which care is asked for"))
  }

  @Test
  func `an order that comes too late, too early or after another is told (SR-100)`() throws {
    let json = SignerSample.program("60 ug/d")
    let order = try SignerSample.draft(json)
    func refused(_ change: (inout Receipt) -> Void) throws -> [String] {
      try OrderStatement(order, beside: try SignerSample.verified(change: change)).findings
        .filter { $0.weight == .refused }.map(\.text)
    }
    #expect(try refused { _ in } == [])
    #expect(try refused { $0.inForce.sequence = 3 }.contains { $0.contains("sequence 3") })
    #expect(
      try refused { $0.inForce.order = Bytes32(repeating: 1) }.contains {
        $0.contains("follows on")
      }
    )
    #expect(
      try refused { $0.time = PumpTime(milliseconds: 9 * 86_400_000) }.contains {
        $0.contains("expired")
      }
    )
  }

  @Test
  func `a receipt that is older than the order by days is told with its age (SR-114)`() throws {
    func findings(_ begin: String) throws -> String {
      let json = "{\"do\": \"resume\", \"from\": \"\(begin)\"}"
      return try SignerSample.statement(json).findings.map(\.text).joined()
    }
    #expect(try findings("7 d").contains("the receipt is 4 days older"))
    #expect(try !findings("4 d").contains("older"))
    let inForce = try #require(try SignerSample.statement("{\"do\": \"resume\"}").inForce)
    #expect(inForce.first?.value == "pump day 3, 00:00:00")
  }

  @Test
  func `what would become of it from a distance is told (SR-105, SR-106)`() throws {
    let ten = try SignerSample.statement(SignerSample.program("66 ug/d")).remote.joined()
    #expect(ten.contains("inside the default envelope of 10 %"))
    #expect(ten.contains("two prescribers must sign"))
    let twenty = try SignerSample.statement(SignerSample.program("70 ug/d")).remote.joined()
    #expect(twenty.contains("unless this pump's envelope was signed wider"))
    let more = try SignerSample.statement(SignerSample.program("73 ug/d")).remote.joined()
    #expect(more.contains("refused by any pump"))
    let suspend = try SignerSample.statement("{\"do\": \"suspend\", \"for\": \"2 h\"}").remote
    #expect(suspend == ["It is taken at the bedside only; from a distance it is refused."])
  }

  @Test
  func `another mixture is shouted, with the need of a second person (H-16, H-59)`() throws {
    let refill = """
      {"do": "refill", "aspirated": "2 mL", "fill": {"volume": "18 mL", "drugs": [{"drug": "baclofen",
       "concentration": "0.5 mg/mL"}]}}
      """
    let statement = try SignerSample.statement(refill)
    #expect(statement.headline == "Refill: 18 mL of baclofen 500 ug/mL")
    let text = statement.text()
    #expect(text.contains("ANOTHER MIXTURE: baclofen 2 mg/mL in the reservoir, baclofen 500 ug/mL"))
    #expect(text.contains("another mixture needs a new program"))
    let total = try #require(statement.totals.first { $0.title.hasPrefix("baclofen") })
    #expect(total.before == "60 ug" && total.after == "15 ug")
  }

  @Test
  func `numbers are told in words that no slip makes alike`() {
    let cases: [(String, String)] = [
      ("300 ug", "three hundred micrograms"), ("1 mg", "one milligram"),
      ("0.15 mL", "zero point one five millilitres"),
      ("1440 ug", "one thousand four hundred and forty micrograms"),
      ("21 ug", "twenty-one micrograms"),
      ("0.108 mg/d", "zero point one zero eight milligrams a day"),
      ("1000001 ug", "one million and one micrograms"),
      ("≈ 33.3333 ug", "about thirty-three point three three three three micrograms"),
    ]
    for (text, words) in cases { #expect(NumberWords.words(ofQuantity: text) == words) }
    var seen: Set<String> = []
    for number: UInt64 in 0...20_000 { seen.insert(NumberWords.words(number)) }
    #expect(seen.count == 20_001)
  }
}
