import JSONText
import PumpCore
import Quantities
import Testing

@testable import PumpScenario

@Suite struct PumpRunJSONTests {
  private static func run(_ scenario: String) throws -> [String: JSONValue] {
    let story = try RunSample.story(scenario)
    return RunSample.object(try JSONValue(parsing: story.run.json()))
  }

  @Test func `the object has samples, events and final, in this order`() throws {
    let story = try RunSample.story(RunSample.scenario())
    guard case .object(let members) = try JSONValue(parsing: story.run.json()) else {
      Issue.record("not an object")
      return
    }
    #expect(members.map(\.name) == ["samples", "events", "final"])
  }

  @Test func `a sample has the keys of the contract in its order, whole numbers`() throws {
    let root = try Self.run(RunSample.scenario())
    guard case .object(let members)? = RunSample.array(root["samples"]).last else {
      Issue.record("no sample")
      return
    }
    #expect(
      members.map(\.name) == ["t", "demand", "delivered", "reservoir", "rate", "state", "tip"]
    )
    let final = RunSample.object(root["final"])
    #expect(final["t"] == .number("172800000"))
    #expect(final["demand"] == .number("300000"))
    #expect(final["delivered"] == .number("300000"))
    #expect(final["reservoir"] == .number("17700000"))
    #expect(final["rate"] == .number("150000"))
    #expect(final["state"] == .string("running"))
    #expect(RunSample.object(final["tip"]) == ["baclofen": .number("600000000000")])
  }

  @Test func `the tip lists a drug from its fill on`() throws {
    let samples = RunSample.array(try Self.run(RunSample.eventful)["samples"])
    let tips = samples.map { RunSample.object(RunSample.object($0)["tip"]).keys.sorted() }
    #expect(tips[23] == ["baclofen"])
    #expect(tips[24] == ["baclofen", "bupivacaine", "morphine"])
    let refused = RunSample.scenario(
      events: """
        {"at":"1 h","do":"refill","aspirated":"17 mL",
        "fill":{"volume":"18 mL","drugs":[{"drug":"morphine","concentration":"5 mg/mL"}]}}
        """
    )
    let final = RunSample.object(try Self.run(refused)["final"])
    #expect(RunSample.object(final["tip"]).keys.sorted() == ["baclofen"])
  }

  /// Each event with its fields after `seq`, `t` and `event`.
  @Test(arguments: [
    (PumpEvent.programActivated, #""programActivated""#),
    (.programRefused(.primeNotAllowed), #""programRefused","reason":"primeNotAllowed""#),
    (
      .stepChanged(FlowRate(nanolitresPerDay: 120_000)), #""stepChanged","rate":120000"#
    ),
    (
      .bolusStarted(.patient, Volume(nanolitres: 25_000)),
      #""bolusStarted","kind":"patient","volume":25000"#
    ),
    (.bolusEnded(.periodic), #""bolusEnded","kind":"periodic""#),
    (
      .bolusAbandoned(.prime, remaining: Volume(nanolitres: 7)),
      #""bolusAbandoned","kind":"prime","remaining":7"#
    ),
    (.bolusSkipped, #""bolusSkipped""#),
    (.patientDoseRefused(.dailyMaximum), #""patientDoseRefused","reason":"dailyMaximum""#),
    (.clinicianBolusRefused(.busy), #""clinicianBolusRefused","reason":"busy""#),
    (.halted(.endOfService), #""halted","reason":"endOfService""#),
    (.alarmRepeated(.therapyGap), #""alarmRepeated","alarm":"therapyGap""#),
    (.safeRateLeft(.command), #""safeRateLeft","reason":"command""#),
    (.refillRefused(.mixtureChanged), #""refillRefused","reason":"mixtureChanged""#),
    (
      .refillRefused(.program(.primeNotAllowed)),
      #""refillRefused","reason":"primeNotAllowed""#
    ),
    (
      .refilled(
        expected: Volume(nanolitres: 17_419_750),
        aspirated: Volume(nanolitres: 8_700_000),
        previousFill: Volume(nanolitres: 18_000_000)
      ),
      #""refilled","expected":17419750,"aspirated":8700000,"ratio":16.027574321413184"#
    ),
    (
      .refilled(
        expected: Volume(nanolitres: 9),
        aspirated: Volume(nanolitres: 9),
        previousFill: Volume(nanolitres: 9)
      ),
      #""refilled","expected":9,"aspirated":9,"ratio":null"#
    ),
  ])
  func `an event has exactly the fields of the contract`(event: PumpEvent, fields: String) {
    var run = PumpRun()
    run.events = [PumpRun.Entry(sequence: 3, time: PumpTime(milliseconds: 60_000), event: event)]
    let text = String(decoding: run.json(), as: UTF8.self)
    #expect(text.contains(#"{"seq":3,"t":60000,"event":\#(fields)}"#), "\(text)")
  }

  @Test func `an empty run is JSON too`() throws {
    _ = try JSONValue(parsing: PumpRun().json())
  }

  @Test func `the journal has one object a line, in the order of writing`() throws {
    let story = try RunSample.story(RunSample.eventful)
    let lines = story.run.journalLines().split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == story.run.journal.count)
    var last: Int64 = -1
    for line in lines {
      let entry = RunSample.object(try JSONValue(parsing: Array(line)))
      guard case .number(let digits)? = entry["seq"], let sequence = Int64(digits) else {
        Issue.record("no sequence number")
        return
      }
      #expect(sequence > last)
      last = sequence
    }
    let text = String(decoding: story.run.journalLines(), as: UTF8.self)
    #expect(text.contains(#""entry":"halted","reason":"stalled""#))
    #expect(text.contains(#""entry":"dailyDose","drug":"baclofen""#))
  }
}
