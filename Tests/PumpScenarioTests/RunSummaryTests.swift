import PumpCore
import Quantities
import Testing

@testable import PumpScenario

@Suite struct RunSummaryTests {
  private static func text(
    _ scenario: String,
    width: Int = 80,
    withChart: Bool = false
  ) throws -> String {
    RunSummary(of: try RunSample.story(scenario), width: width, withChart: withChart).text()
  }

  @Test func `the program stands with its 24 h total and its doses`() throws {
    let text = try Self.text(RunSample.eventful)
    #expect(text.contains("24 h total 0.15 mL/d, baclofen 300 ug/d"))
    #expect(text.contains("daily: 00:00 0.1 mL/d, 12:00 0.2 mL/d"))
    #expect(text.contains("morphine 0.75 mg/d, bupivacaine 2.25 mg/d"))
  }

  @Test func `a changed program stands beside the one before, with the percentage`() throws {
    let program = """
      {"basal":{"mode":"constant","rate":"0.3 mL/d"},"limits":{"maxRate":"24 mL/d",
      "maxVolumePer24h":"0.4 mL","maxDosePer24h":{"baclofen":"900 ug"}},"safeRate":"0.05 mL/d",
      "restartGap":"24 h","lowReservoir":"4 mL"}
      """
    let text = try Self.text(
      RunSample.scenario(events: #"{"at":"24 h","do":"program","program":\#(program)}"#)
    )
    #expect(text.contains("baclofen 600 ug/d (before: 300 ug/d; +100.0 %)"))
  }

  @Test func `the balance adds up to the nanolitre, over a refill too`() throws {
    for scenario in [RunSample.scenario(), RunSample.eventful, RunSample.scenario(fill: "0.1 mL")] {
      #expect(try Self.text(scenario).contains("0 nL: it adds up"))
    }
  }

  @Test func `alarms stand with their priority, when, and whether they were acknowledged`() throws {
    let text = try Self.text(RunSample.eventful)
    #expect(text.contains("HIGH    motor stall"))
    #expect(text.contains("HIGH    over-delivery"))
    let dry = try Self.text(RunSample.scenario(fill: "0.1 mL"))
    #expect(dry.contains("medium  reservoir low"))
    #expect(dry.contains("NOT YET"))
    #expect(dry.contains("STILL ON"))
    #expect(try Self.text(RunSample.scenario()).contains("ALARMS\n  none"))
  }

  @Test func `what happens often is counted`() throws {
    let events = (1...9).map { #"{"at":"\#($0) h","do":"patientDose"}"# }.joined(separator: ",")
    let text = try Self.text(RunSample.scenario(events: events))
    #expect(text.contains("9 ×  patient dose refused: notPrescribed"))
  }

  @Test(arguments: [60, 80, 132])
  func `no line is longer than the terminal`(width: Int) throws {
    let text = try Self.text(RunSample.scenario(), width: width, withChart: true)
    for line in text.split(separator: "\n") where !line.hasPrefix("EACH") {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test func `the chart has the width of the terminal and no other signs`() {
    let chart = DotChart(
      values: [(0, 0), (50, 100), (100, 0)],
      end: 100,
      columns: 10,
      rows: 4
    )
    let lines = chart.lines()
    #expect(lines.count == 4)
    for line in lines {
      #expect(line.count == 10)
      #expect(line.unicodeScalars.allSatisfy { (0x2800...0x28FF).contains($0.value) })
    }
  }

  @Test(arguments: [
    (0, "0.0000"), (50, "0.0001"), (49, "0.0000"), (1_234_567, "1.2346"),
    (-1_234_567, "-1.2346"), (-10, "0.0000"), (1_234_567_890_123, "1,234,567.8901"),
  ])
  func `a number is rounded to its places`(value: Int64, text: String) {
    #expect(Figures.decimal(value, per: 1_000_000, places: 4) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (999, "999 ms"), (90_000, "1 min 30 s"), (86_400_000, "1 d"),
    (90_061_000, "1 d 1 h"), (86_460_000, "1 d"),
  ])
  func `a span is told in its two largest units`(milliseconds: Int64, text: String) {
    #expect(Figures.span(TimeSpan(milliseconds: milliseconds)) == text)
  }

  @Test(arguments: [
    (0, "1970-01-01 00:00"), (1_767_600_000_000, "2026-01-05 08:00"),
    (951_782_400_000, "2000-02-29 00:00"), (-60_000, "1969-12-31 23:59"),
  ])
  func `a local time is told as date and time`(milliseconds: Int64, text: String) {
    #expect(Figures.local(.init(milliseconds: milliseconds)) == text)
  }
}
