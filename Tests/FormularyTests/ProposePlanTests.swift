import PumpTesting
import Testing

@testable import Formulary

/// `propose` (contract: plan.md).
struct ProposePlanTests {
  /// Drug, indication, share of the safe rate in %, low mark in mL, maximum in ug/d.
  private static let drugs: [(String, String, Int, Int, Int?)] = [
    ("baclofen", "spasticity", 50, 4, nil), ("clonidine", "cancer", 50, 4, 600),
    ("morphine", "cancer", 0, 2, 15_000), ("hydromorphone", "nonCancer", 0, 2, 10_000),
    ("fentanyl", "cancer", 0, 2, 1_000), ("sufentanil", "nonCancer", 0, 2, 500),
    ("bupivacaine", "cancer", 0, 2, 20_000), ("ropivacaine", "cancer", 0, 2, nil),
    ("ziconotide", "nonCancer", 0, 2, nil),
  ]

  /// Rates in nL/d, over the whole day or as the fullest one; `parts` of them make one.
  private struct Day {
    var json = ""
    var peak: Int128 = 0
    var fullest: Int128 = 0
    var average: Int128 = 0
    var parts: Int128 = 1

    init(_ random: inout Seeded) {
      func milli(_ nanolitres: Int) -> String {
        let digits = String(nanolitres + 1_000_000_000)
        return "\(nanolitres / 1_000_000).\(digits.suffix(6))"
      }
      switch random.pick(1...3) {
      case 1:
        let rate = random.pick(1...2_000_000)
        json = #"{"mode":"constant","rate":"\#(milli(rate)) mL/d"}"#
        (peak, fullest, average) = (Int128(rate), Int128(rate), Int128(rate))
      case 2:
        let (first, second) = (random.pick(0...2_000_000), random.pick(1...2_000_000))
        let hour = random.pick(1...23)
        let at = hour < 10 ? "0\(hour)" : "\(hour)"
        json = """
          {"mode":"daily","steps":[{"at":"00:00","rate":"\(milli(first)) mL/d"},\
          {"at":"\(at):00","rate":"\(milli(second)) mL/d"}]}
          """
        peak = Int128(max(first, second)) * 24
        fullest = Int128(first * hour + second * (24 - hour))
        (average, parts) = (fullest, 24)
      default:
        let (volume, background) = (random.pick(1...100) * 1_000, random.pick(0...500_000))
        let (over, every) = (random.pick(1...59), random.pick(1...30))
        json = """
          {"mode":"periodic","dose":"\(milli(volume)) mL","over":"\(over) min",\
          "every":"\(every) h","background":"\(milli(background)) mL/d"}
          """
        // Of every × over parts.
        parts = Int128(every * over)
        let rest = min(24 * 60 % (every * 60), over)
        peak = Int128(background * every * over + volume * 1_440 * every)
        fullest = Int128(background * every * over)
        fullest += Int128(volume * every * (24 / every * over + rest))
        average = Int128(background * every * over + volume * 24 * over)
      }
    }
  }

  private static func failure(_ random: inout Seeded) -> String? {
    let day = Day(&random)
    var mixture = [random.pick(drugs)]
    let second = random.pick(drugs)
    if random.once(in: 2), second.0 != mixture[0].0 { mixture.append(second) }
    let concentrations = mixture.map { _ in Int128(random.pick(1...random.pick([50, 5_000]))) }
    let parts = zip(mixture, concentrations).map {
      #"{"drug":"\#($0.0)","concentration":"\#($1) ug/mL"}"#
    }
    let json = """
      {"drug":"\(mixture[0].0)","mixture":[\(parts.joined(separator: ","))],"basal":\(day.json),\
      "indication":"\(mixture[0].1)"}
      """
    guard let result = try? DrugAsk.plan(.propose, json) else { return "\(json): not taken" }
    func fail(_ what: String) -> String { "\(json): \(what): \(result)" }
    func rounded(_ value: Int128, _ share: Int128) -> Int64 {
      DrugArithmetic.halfEven(value * share, day.parts * 100)
    }
    guard result.member("limits", "maxRate")?.storedUnits == rounded(day.peak, 120),
      result.member("limits", "maxVolumePer24h")?.storedUnits == rounded(day.fullest, 120)
    else { return fail("limits") }
    guard case .object(let doses)? = result.member("limits", "maxDosePer24h"),
      doses.map(\.name) == mixture.map(\.0)
    else { return fail("doses") }
    for (index, drug) in mixture.enumerated() {
      // ng/mL × nL are fg.
      let planned = day.fullest * concentrations[index] * 1_000
      var limit = rounded(planned, 120)
      let most = drug.0 == "ziconotide" ? 19_200_000_000 : drug.4.map { Int128($0) * 1_000_000_000 }
      let isOver = most.map { planned > $0 * day.parts } ?? false
      if let most, !isOver { limit = min(limit, Int64(most)) }
      guard doses[index].value.storedUnits == limit else { return fail(drug.0) }
      let isRefused = result.refused.contains { $0.message.hasPrefix("\(drug.0): ") }
      guard isRefused == (isOver && drug.0 == "ziconotide") else { return fail("refused") }
    }
    let share = Int128(mixture.map(\.2).max() ?? 0)
    let safe = Rational(rounded(day.average, share), over: 1_000_000)
    guard result.member("safeRate", "value") == .number(safe) else { return fail("safe rate") }
    let mark = Int64(mixture.map(\.3).max() ?? 0) * 1_000_000
    let low = max(mark, min(rounded(day.average, 700), 8_000_000))
    guard result.member("lowReservoir", "value") == .number(Rational(low, over: 1_000_000)),
      result.member("restartGap", "value") == .number(Rational(48))
    else { return fail("low mark or gap") }
    return nil
  }

  @Test
  func `three hundred and more random mixtures get limits with little room (SR-040)`() {
    let failure = Campaign(name: "propose", seed: 77, cases: 3_000).firstFailure(Self.failure)
    #expect(failure == nil)
  }

  private static func request(
    _ drug: String = "baclofen",
    mixture: String = #"{"drug":"baclofen","concentration":"2000 ug/mL"}"#,
    basal: String = #"{"mode":"constant","rate":"300 ug/d"}"#,
    indication: String = "spasticity"
  ) -> String {
    #"{"drug":"\#(drug)","mixture":[\#(mixture)],"basal":\#(basal),"indication":"\#(indication)"}"#
  }

  @Test
  func `each proposal has its reason, source and standing`() throws {
    let result = try DrugAsk.plan(.propose, Self.request())
    for name in ["limits", "safeRate", "restartGap", "lowReservoir", "envelope"] {
      for member in ["reason", "source"] {
        guard case .text(let text)? = result.member(name, member) else {
          Issue.record("\(name) has no \(member)")
          continue
        }
        #expect(!text.isEmpty)
      }
    }
    #expect(result.member("safeRate", "text") == .text("0.075 mL/d"))
    #expect(result.member("lowReservoir", "text") == .text("4 mL"))
    #expect(result.member("lowReservoir", "verified") == .flag(true))
    #expect(result.member("safeRate", "verified") == .flag(false))
    #expect(result.member("limits", "maxRate")?.storedUnits == 180_000)
    #expect(result.refused.isEmpty)
  }

  @Test
  func `an hourly dose for a daily one is asked about at once`() throws {
    // 60 ug each hour entered for 60 ug a day, of a fluid of 2000 ug/mL.
    let meant = #"{"mode":"constant","rate":"60 ug/d"}"#
    let slip = #"{"mode":"constant","rate":"60 ug/h"}"#
    let right = try DrugAsk.plan(.propose, Self.request(basal: meant))
    let wrong = try DrugAsk.plan(.propose, Self.request(basal: slip))
    #expect(!right.warnedCodes.contains(.aboveCaution))
    #expect(wrong.warnings.filter { $0.code == .aboveCaution }.count == 1)
  }

  @Test(arguments: [(999, 1_000), (1_000, 1_000), (1_001, 1_201), (800, 960)])
  func `a dose limit stops at the maximum unless the plan is over it already`(
    micrograms: Int64,
    limit: Int64
  ) throws {
    let result = try DrugAsk.plan(
      .propose,
      Self.request(
        "fentanyl",
        mixture: #"{"drug":"fentanyl","concentration":"1 mg/mL"}"#,
        basal: #"{"mode":"constant","rate":"\#(micrograms) ug/d"}"#,
        indication: "cancer"
      )
    )
    guard case .object(let doses)? = result.member("limits", "maxDosePer24h") else {
      Issue.record("no dose limits")
      return
    }
    let given = try #require(doses.first?.value.storedUnits)
    #expect((given + 500_000_000) / 1_000_000_000 == limit)
    #expect(result.warnedCodes.contains(.unverifiedLimit) == (micrograms > 900))
    #expect(result.refused.isEmpty)
  }

  @Test
  func `the envelope is narrower where a drug's own steps are`() throws {
    let mixture = #"{"drug":"ziconotide","concentration":"100 ug/mL"}"#
    let result = try DrugAsk.plan(
      .propose,
      Self.request(
        "ziconotide",
        mixture: mixture,
        basal: #"{"mode":"constant","rate":"48 ug/d"}"#,
        indication: "cancer"
      )
    )
    guard case .object(let envelope)? = result["envelope"],
      case .object(let step)? = envelope.first(where: { $0.name == "step" })?.value,
      case .object(let between)? = envelope.first(where: { $0.name == "betweenIncreases" })?.value
    else {
      Issue.record("no envelope")
      return
    }
    #expect(step.first?.value == .percent(Rational(5)))
    #expect(between.first?.value == .number(Rational(56)))
    #expect(result.refusedCodes == [.doseLimit])
    #expect(result.warnings.contains { $0.message.contains("psychosis") })
  }

  @Test
  func `a mixture that labels advise against or nobody has tested warns (H-36)`()
    throws
  {
    func warned(_ first: String, _ second: String) throws -> Set<FindingCode> {
      let mixture = [first, second].map { #"{"drug":"\#($0)","concentration":"10 ug/mL"}"# }
      let request = Self.request(
        first,
        mixture: mixture.joined(separator: ","),
        basal: #"{"mode":"constant","rate":"0.1 mL/d"}"#,
        indication: "cancer"
      )
      return try DrugAsk.plan(.propose, request).warnedCodes
    }
    #expect(try warned("morphine", "ziconotide").contains(.mixtureDiscouraged))
    #expect(try warned("morphine", "ropivacaine").contains(.stabilityUnknown))
    let tested = try warned("morphine", "clonidine")
    #expect(!tested.contains(.stabilityUnknown))
    #expect(tested.isSuperset(of: [.safeRateConflict, .granulomaRisk, .outsideLabel]))
  }

  @Test
  func `the concentration and dose of a recalled table warn and do not refuse (SR-041, H-29)`()
    throws
  {
    let result = try DrugAsk.plan(
      .propose,
      Self.request(
        "morphine",
        mixture: #"{"drug":"morphine","concentration":"25 mg/mL"}"#,
        basal: #"{"mode":"constant","rate":"25 mg/d"}"#,
        indication: "nonCancer"
      )
    )
    #expect(result.refused.isEmpty)
    #expect(result.warnings.filter { $0.code == .unverifiedLimit }.count == 2)
    #expect(result.warnedCodes.isSuperset(of: [.aboveCaution, .granulomaRisk]))
  }

  @Test(arguments: [
    (request("morphine"), "$.drug: given \"morphine\", expected a drug of the mixture"),
    (request("saline"), "$.drug: "), (request(mixture: ""), "$.mixture: given no drug"),
    (request(mixture: #"{"drug":"baclofen"}"#), "$.mixture[0].concentration: "),
    (
      request(mixture: #"{"drug":"baclofen","concentration":"2 mg"}"#),
      "$.mixture[0].concentration: "
    ),
    (request(mixture: #"{"drug":"saline","concentration":"2 mg/mL"}"#), "$.mixture[0].drug: "),
    (request(basal: #"{"mode":"stopped"}"#), "$.basal: "),
    (request(basal: #"{"mode":"minimum"}"#), "$.basal: given the mode \"minimum\""),
    (request(basal: #"{"mode":"constant","rate":"0 mL/d"}"#), "$.basal: "),
    (request(basal: #"{"mode":"constant","rate":"1 mL"}"#), "$.basal.rate: "),
    (request(indication: "cancer"), "$.indication: "),
  ])
  func `a bad request is refused with its path`(json: String, fault: String) throws {
    let given = try #require(DrugAsk.fault(.propose, json))
    #expect(given.hasPrefix(fault), "\(given)")
  }
}
