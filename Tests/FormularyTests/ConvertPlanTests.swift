import PumpTesting
import Testing

@testable import Formulary

/// `convert` (contract: plan.md).
struct ConvertPlanTests {
  /// What one part becomes, as least and most: numerators over denominators.
  private struct Span {
    var low: (Int128, Int128)
    var high: (Int128, Int128)
  }

  /// The page on calculations, section 9, worked out per drug, without a search through ratios.
  private static func span(_ drug: String, _ route: String, to target: String) -> Span? {
    let perMorphine: [String: (Int128, Int128)] = [
      "morphine": (1, 1), "codeine": (15, 100), "tramadol": (2, 10), "tapentadol": (4, 10),
      "hydrocodone": (1, 1), "oxycodone": (15, 10), "oxymorphone": (3, 1), "hydromorphone": (5, 1),
      "methadone": (47, 10),
    ]
    var span: Span
    switch (drug, route, target) {
    case ("fentanyl", "iv", "fentanyl"): return Span(low: (1, 200), high: (1, 100))
    case ("hydromorphone", "iv", "hydromorphone"): return Span(low: (1, 50), high: (1, 25))
    case ("morphine", "iv", "morphine"), ("morphine", "iv", "hydromorphone"):
      span = Span(low: (1, 200), high: (1, 100))
    case (_, "oral", "morphine"), (_, "oral", "hydromorphone"):
      guard let oral = perMorphine[drug] else { return nil }
      span = Span(low: (oral.0, oral.1 * 300), high: (oral.0, oral.1 * 100))
    default: return nil
    }
    if target == "hydromorphone" {
      span = Span(low: (span.low.0, span.low.1 * 6), high: (span.high.0, span.high.1 * 5))
    }
    if drug != target {
      span = Span(low: (span.low.0, span.low.1 * 2), high: (span.high.0 * 3, span.high.1 * 4))
    }
    return span
  }

  /// ug/d, from the label or the table as recalled.
  private static func ceiling(_ drug: String, _ population: String, _ setting: String) -> Int64 {
    switch drug {
    case "morphine": population == "tolerant" && setting == "cancer" ? 10_000 : 500
    case "hydromorphone": 150
    default: 75
    }
  }

  private static let drugs = [
    "morphine", "hydromorphone", "fentanyl", "sufentanil", "codeine", "tramadol", "tapentadol",
    "hydrocodone", "oxycodone", "oxymorphone", "methadone", "baclofen", "ziconotide",
  ]

  private static func request(
    _ from: String,
    _ route: String,
    _ dose: String,
    to: String,
    _ population: String,
    _ setting: String
  ) -> String {
    """
    {"from":{"drug":"\(from)","route":"\(route)","dose":"\(dose)"},"to":{"drug":"\(to)"},\
    "population":"\(population)","setting":"\(setting)"}
    """
  }

  private static func failure(_ random: inout Seeded) -> String? {
    let (from, route) = (random.pick(drugs), random.pick(["oral", "iv"]))
    let to = random.pick(["morphine", "hydromorphone", "fentanyl", random.pick(drugs)])
    let (population, setting) = (
      random.pick(["naive", "tolerant"]), random.pick(["cancer", "nonCancer"])
    )
    let micrograms = Int128(random.pick(1...random.pick([100, 10_000, 2_000_000])))
    let json = request(from, route, "\(micrograms) ug/d", to: to, population, setting)
    let result = try? DrugAsk.plan(.convert, json)
    guard let span = span(from, route, to: to) else {
      return result == nil ? nil : "\(json): no ratio is known, and it was taken"
    }
    guard let result else { return "\(json): not taken" }
    let dose = micrograms * 1_000_000_000
    let ceiling = Int128(ceiling(to, population, setting)) * 1_000_000_000
    let low = DrugArithmetic.halfEven(dose * span.low.0, span.low.1)
    let high = DrugArithmetic.halfEven(dose * span.high.0, span.high.1)
    let isCapped = ceiling * span.low.1 < dose * span.low.0
    let isCeilingRead = to == "morphine" && ceiling == 10_000_000_000_000
    guard result.stored("low") == low, result.stored("high") == high, low <= high,
      result.stored("start") == (isCapped ? Int64(ceiling) : low),
      result.warnedCodes.contains(.ratioUncertain), result.refused.isEmpty,
      !isCapped || isCeilingRead || result.warnedCodes.contains(.unverifiedLimit)
    else { return "\(json): \(result)" }
    return nil
  }

  @Test
  func `three hundred and more random doses give the range of the ratios`() {
    let failure = Campaign(name: "convert", seed: 9, cases: 3_000).firstFailure(Self.failure)
    #expect(failure == nil)
  }

  @Test
  func `200 mg a day by mouth are 0.67 to 2.0 mg a day, and the least of them is the start`() throws
  {
    let json = Self.request("morphine", "oral", "200 mg/d", to: "morphine", "tolerant", "cancer")
    let result = try DrugAsk.plan(.convert, json)
    #expect(result.stored("low") == 666_666_666_667)
    #expect(result.stored("high") == 2_000_000_000_000)
    #expect(result.stored("start") == 666_666_666_667)
    let naive = Self.request("morphine", "oral", "200 mg/d", to: "morphine", "naive", "cancer")
    #expect(try DrugAsk.plan(.convert, naive).stored("start") == 500_000_000_000)
  }

  @Test
  func `each ratio comes with its source and standing, those too that are not used`() throws {
    let json = Self.request("oxycodone", "oral", "80 mg/d", to: "morphine", "tolerant", "cancer")
    let result = try DrugAsk.plan(.convert, json)
    guard case .list(let ratios)? = result["ratios"] else {
      Issue.record("no list of ratios")
      return
    }
    #expect(ratios.count == 5)
    for ratio in ratios {
      guard case .object(let members) = ratio else { continue }
      let names = members.map(\.name)
      for name in ["from", "to", "ratio", "used", "source", "confidence", "verified"] {
        #expect(names.contains(name))
      }
    }
    #expect(result.warnings.filter { $0.code == .unverifiedConstant }.count == 2)
  }

  @Test
  func `an end over the recalled maximum warns and does not refuse (SR-041)`() throws {
    let json = Self.request("morphine", "oral", "1501 mg/d", to: "morphine", "tolerant", "cancer")
    let result = try DrugAsk.plan(.convert, json)
    #expect(result.refused.isEmpty)
    #expect(result.warnings.contains { $0.message.contains("15 mg/d") })
    let at = Self.request("morphine", "oral", "1500 mg/d", to: "morphine", "tolerant", "cancer")
    #expect(try DrugAsk.plan(.convert, at).warnedCodes == [.ratioUncertain])
  }

  @Test(arguments: [
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"0 mg/d"},"to":{"drug":"morphine"}}"#,
      "$.from.dose: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"200 mg"},"to":{"drug":"morphine"}}"#,
      "$.from.dose: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":200},"to":{"drug":"morphine"}}"#,
      "$.from.dose: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"nasal","dose":"1 mg/d"},"to":{"drug":"morphine"}}"#,
      "$.from.route: "
    ),
    (
      #"{"from":{"drug":"aspirin","route":"oral","dose":"1 mg/d"},"to":{"drug":"morphine"}}"#,
      "$.from.drug: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"1 mg/d"},"to":{"drug":"morfine"}}"#,
      "\"morphine\"?"
    ),
    (
      #"{"from":{"drug":"baclofen","route":"oral","dose":"1 mg/d"},"to":{"drug":"baclofen"}}"#,
      "screening"
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"1 mg/d"},"to":{"drug":"morphine"},"population":"new"}"#,
      "$.population: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"1 mg/d"},"to":{"drug":"morphine"},"population":"naive"}"#,
      "$.setting: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"1 mg/d"},"to":{"drug":"morphine"},"population":"naive","setting":"spasticity"}"#,
      "$.setting: "
    ),
    (
      #"{"from":{"drug":"morphine","route":"oral","dose":"1 mg/d","mass":1},"to":{"drug":"morphine"}}"#,
      "$.from.mass: "
    ),
  ])
  func `a bad request is refused with its path`(json: String, fault: String) throws {
    let given = try #require(DrugAsk.fault(.convert, json))
    #expect(given.contains(fault), "\(given)")
  }
}
