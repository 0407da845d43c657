import JSONText
import PumpCore
import PumpScenario
import Testing

@testable import Formulary

struct CompareResultTests {
  private func text(_ result: CompareResult) throws -> String {
    try result.text(names: (before: "before.json", after: "after.json"))
  }

  @Test
  func `SR-044 H-08 an hourly dose for a daily one shows both totals, percent and 24 times`() throws
  {
    let result = try CompareSample.result(
      CompareSample.file(CompareSample.constant("60 ug/d")),
      CompareSample.file(
        #"{"mode":"periodic","dose":"60 ug","over":"10 min","every":"1 h"}"#
      )
    )
    let row = try #require(result.row("dose24h", drug: "baclofen"))
    #expect(try row.text(row.before) == "60 ug")
    #expect(try row.text(row.after) == "1440 ug")
    #expect(try row.percent() == Rational(2_300))
    let finding = try #require(result.warnings.first)
    #expect(finding.code == "doseManyTimes")
    #expect(finding.message.contains("60 ug before, 1440 ug after: 24 TIMES AS MUCH (+2300 %)"))
    #expect(finding.message.contains("an hourly dose in place of a daily one"))
    #expect(try text(result).contains("24 times as much"))
    #expect(try String(decoding: result.json(), as: UTF8.self).contains("\"times\":24"))
    let svg = try ComparePicture(of: result).svg()
    #expect(svg.contains("60 ug → 1440 ug") && svg.contains("+2300 %, 24 times as much"))
  }

  @Test
  func `H-16 a concentration change without a bridge says what the tip gives, and how long`() throws
  {
    let old = #"{"drug":"morphine","concentration":"10 mg/mL"}"#
    let new = #"{"drug":"morphine","concentration":"20 mg/mL"}"#
    let before = CompareSample.file(CompareSample.constant("2 mg/d"), drugs: old)
    let after = CompareSample.file(CompareSample.constant("2 mg/d"), drugs: new)
    let warning = try #require(
      try CompareSample.result(before, after).warnings.first { $0.code == "noBridge" }
    )
    #expect(warning.message.contains("morphine 1 mg/d, which is 50 % of the 2 mg/d planned"))
    #expect(warning.message.contains("75.84 h"))
    let back = try #require(
      try CompareSample.result(after, before).warnings.first { $0.code == "noBridge" }
    )
    #expect(back.message.contains("morphine 4 mg/d, which is 200 % of the 2 mg/d planned"))
    #expect(back.message.contains("37.92 h"))
    let bridged = CompareSample.file(
      CompareSample.constant("2 mg/d"),
      more: #","bridge":{"rate":"0.2 mL/d","volume":"0.316 mL"}"#,
      drugs: new
    )
    let codes = try CompareSample.result(before, bridged).warnings.map(\.code)
    #expect(codes.contains("mixtureChanged") && codes.contains("bridge"))
    #expect(!codes.contains("noBridge") && !codes.contains("bridgeVolume"))
    let short = CompareSample.file(
      CompareSample.constant("2 mg/d"),
      more: #","bridge":{"rate":"0.2 mL/d","volume":"0.2 mL"}"#,
      drugs: new
    )
    #expect(try CompareSample.result(before, short).warnings.contains { $0.code == "bridgeVolume" })
  }

  @Test
  func `another drug is said, with what is no longer given`() throws {
    let result = try CompareSample.result(
      CompareSample.file(CompareSample.constant("60 ug/d")),
      CompareSample.file(
        CompareSample.constant("2 mg/d"),
        drugs: #"{"drug":"morphine","concentration":"20 mg/mL"}"#
      )
    )
    let stopped = try #require(result.warnings.first { $0.code == "drugStopped" })
    #expect(stopped.message.contains("baclofen is no longer given: 60 ug in 24 h before"))
    let path = try #require(result.warnings.first { $0.code == "noBridge" })
    #expect(path.message.contains("baclofen 50 ug/d, although none is planned any more"))
    #expect(path.message.contains("morphine 0 mg/d, which is 0 % of the 2 mg/d planned"))
    let row = try #require(result.row("dose24h", drug: "morphine"))
    #expect(try row.changeText() == "new")
  }

  @Test
  func `the worked refill and patient dose of the contract come out the same`() throws {
    let side = try CompareSample.side(
      CompareSample.file(
        CompareSample.constant("1 mg/d"),
        more: ",\"patientDose\":{\"volume\":\"0.1 mg\",\"over\":\"5 min\",\"lockout\":\"4 h\","
          + "\"maxPer24h\":4}",
        drugs: #"{"drug":"morphine","concentration":"5 mg/mL"}"#
      )
    )
    #expect(side.figures.expectedDays == Rational(90))
    #expect(side.figures.earliestDays == Rational(450, over: 7))
    #expect(side.figures.patientDoses == 4)
    let most = try side.mass(of: "morphine", in: side.figures.mostWithDoses)
    #expect(most == Rational(1_400_000_000_000))
  }

  @Test
  func `H-55 a week shows its busiest and least busy day beside those before`() throws {
    let week = """
      {"mode":"weekly","days":[0,0,0,0,0,0,1],"patterns":[
      [{"at":"00:00","rate":"100 ug/d"},{"at":"12:00","rate":"300 ug/d"}],
      [{"at":"00:00","rate":"500 ug/d"}]]}
      """
    let result = try CompareSample.result(
      CompareSample.file(CompareSample.constant("200 ug/d")),
      CompareSample.file(week)
    )
    let most = try #require(result.row("dose24h", drug: "baclofen"))
    #expect(try most.text(most.after) == "500 ug")
    #expect(try most.percent() == Rational(150))
    let least = try #require(result.row("leastDose24h", drug: "baclofen"))
    #expect(try least.text(least.after) == "200 ug")
    #expect(try least.percent() == .zero)
    // Saturday noon to Sunday noon holds less than the whole Sunday.
    #expect(result.row("mostOfAny24h") == nil)
    #expect(try ComparePicture(of: result).svg().contains("before any day, after Sunday"))
  }

  @Test
  func `SR-044 H-55 a change of more than 20 percent asks twice and tells the refill dates`() throws
  {
    let before = try CompareSample.side(CompareSample.file(CompareSample.constant("100 ug/d")))
    let small = try CompareSample.side(CompareSample.file(CompareSample.constant("120 ug/d")))
    let large = try CompareSample.side(CompareSample.file(CompareSample.constant("121 ug/d")))
    let calm = try CompareResult(before: before, after: small, filledAt: "2026-01-05")
    #expect(calm.warnings.isEmpty)
    let dates = calm.refillDates.map { [$0.before, $0.after] }
    #expect(dates == [["2026-04-05", "2026-03-21"], ["2026-04-05", "2026-03-21"]])
    let loud = try CompareResult(before: before, after: large)
    #expect(loud.warnings.map(\.code) == ["secondConfirmation"])
    #expect(throws: ScenarioError.self) {
      try CompareResult(before: before, after: small, filledAt: "2026-02-30")
    }
  }

  @Test
  func `a raised limit is said`() throws {
    let result = try CompareSample.result(
      CompareSample.file(
        CompareSample.constant("60 ug/d"),
        limits:
          #"{"maxRate":"1 mL/d","maxVolumePer24h":"1 mL","maxDosePer24h":{"baclofen":"90 ug"}}"#
      ),
      CompareSample.file(CompareSample.constant("60 ug/d"))
    )
    #expect(result.warnings.count { $0.code == "limitRaised" } == 3)
  }

  @Test
  func `the same program twice has nothing to say`() throws {
    let file = CompareSample.file(CompareSample.constant("60 ug/d"))
    let result = try CompareSample.result(file, file)
    #expect(result.warnings.isEmpty && result.refused.isEmpty)
    for row in result.rows { #expect(try row.changeText() == "the same") }
  }

  @Test(arguments: [
    ("\"pump\":", "\"pumb\":", "$.pumb"),
    ("\"fill\":", "\"until\":\"x\",\"fil\":", "$.fil"),
    ("\"rate\":\"60 ug/d\"", "\"rate\":\"60\"", "$.program.basal.rate"),
    ("\"rate\":\"60 ug/d\"", "\"rate\":\"60 ug\"", "$.program.basal.rate"),
    ("\"rate\":\"60 ug/d\"", "\"rate\":\"-60 ug/d\"", "$.program.basal.rate"),
    ("\"20 mL\"", "\"50 mL\"", "$.fill.volume"),
    ("\"baclofen\":\"9 mg\"", "\"morphine\":\"9 mg\"", "$.program.limits.maxDosePer24h"),
    ("\"tubing\":\"0.14 mL\",", "", "$.pump.tubing"),
    ("\"safeRate\":\"0.01 mL/d\",", "", "$.program.safeRate"),
    ("{\"pump\"", "[{\"pump\"", "$"),
  ])
  func `a bad file is told with its path`(old: String, new: String, path: String) throws {
    let good = CompareSample.file(CompareSample.constant("60 ug/d"))
    let parts = try #require(good.split(around: old))
    let error = #expect(throws: ScenarioError.self) {
      try CompareSample.side(parts.before + new + parts.after)
    }
    #expect(error.map { $0.path.hasPrefix(path) } ?? false, "\(error?.description ?? "")")
  }

  @Test
  func `a whole scenario is taken, and only an empty path of it counts`() throws {
    let good = try JSONValue(
      parsing: Array(
        CompareSample.file(
          CompareSample.constant("60 ug/d"),
          more: #","prime":{"volume":"0.316 mL","over":"20 min"}"#
        ).utf8
      )
    )
    let more = good.with("events", .string("whatever")).with("until", .null)
    #expect(try CompareSide(bytes: more.bytes).refusal == .primeNotAllowed)
    #expect(try CompareSide(bytes: more.with("pathEmpty", .bool(true)).bytes).refusal == nil)
  }

  @Test
  func `the picture escapes names and has no number that is none`() throws {
    let drugs = #"{"drug":"a<b>&c","concentration":"1 mg/mL"}"#
    let result = try CompareSample.result(
      CompareSample.file(#"{"mode":"stopped"}"#, drugs: drugs),
      CompareSample.file(CompareSample.constant("0.1 mL/d"), drugs: drugs)
    )
    let svg = try ComparePicture(of: result).svg()
    #expect(svg.contains("a&lt;b&gt;&amp;c"))
    #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("a<b"))
    #expect(result.warnings.contains { $0.message.contains("FROM NONE") })
  }
}
