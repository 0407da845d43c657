import JSONText
import PumpCore
import PumpScenario
import PumpTesting
import Quantities
import Testing

@testable import Formulary

/// The figures of a comparison against a simulated pump and against the pump's own check.
struct CompareTotalsTests {
  /// A random program alone: no bolus of the patient, no prime, no bridge, and no limit in its way.
  private static func program(_ seed: UInt64, stroke: String) throws -> JSONValue {
    var generator = ScenarioGenerator(seed: seed)
    let scenario = try JSONValue(parsing: Array(generator.scenario().utf8))
    let program = scenario["program"] ?? .null
    let limits = (program["limits"] ?? .null)
      .with("maxRate", .string("1000 mL/d")).with("maxVolumePer24h", .string("1000 mL"))
    let doses = (limits["maxDosePer24h"] ?? .null).members
      .map { JSONMember(name: $0.name, value: .string("1000 g")) }
    let free = program.without(["patientDose", "prime", "bridge"])
      .with("limits", limits.with("maxDosePer24h", .object(doses)))
      .with("lowReservoir", .string("0 mL"))
    let pump = (scenario["pump"] ?? .null)
      .with("capacity", .string("900 mL")).with("strokeVolume", .string(stroke))
    return scenario.without(["events"]).with("program", free).with("pump", pump)
      .with("fill", (scenario["fill"] ?? .null).with("volume", .string("900 mL")))
      .with("clock", .object([JSONMember(name: "localStart", value: monday)]))
      .with("pathEmpty", .bool(false))
  }

  private static let monday = JSONValue.string("2026-01-05T00:00:00")

  /// What the real pump delivered at each sample, nL.
  private static func run(_ scenario: JSONValue, _ until: String, every: String) throws -> [Int64] {
    let timed = scenario.with("until", .string(until)).with("sampleEvery", .string(every))
    let story = try Scenario(bytes: timed.bytes).run()
    return story.run.samples.map(\.delivered.nanolitres)
  }

  private static func near(_ exact: Rational, _ delivered: Int64, stroke: Int64) throws -> Bool {
    try (exact - Rational(delivered)).magnitude <= Rational(stroke)
  }

  /// What of a side is not as the pump delivered it, and whether a pump runs it at all.
  private static func fault(_ seed: UInt64) throws -> (isRun: Bool, fault: String?) {
    var scenario = try program(seed, stroke: "250 nL")
    let basal = scenario["program"]?["basal"] ?? .null
    let isWeekly = basal["mode"] == .string("weekly")
    let stroke: Int64 = isWeekly || !seed.isMultiple(of: 4) ? 1_000 : 250
    if stroke == 1_000 { scenario = try program(seed, stroke: "1000 nL") }
    let side = try CompareSide(bytes: scenario.bytes)
    guard side.refusal == nil else { return (false, nil) }
    let figures = side.figures
    let delivered = try run(scenario, isWeekly ? "7 d" : "1 d", every: "1 d")
    let days = zip(delivered, delivered.dropFirst()).map { $1 - $0 }
    let (most, least) = (days.max() ?? 0, days.min() ?? 0)
    guard try near(figures.mostDay, most, stroke: stroke) else {
      return (true, "busiest \(figures.mostDay), delivered \(most)")
    }
    if case .periodic(_, let over, _, _) = side.program.basal {
      let later = TimeSpan(milliseconds: over.milliseconds + TimeSpan.day.milliseconds)
      let start = try run(scenario, over.text, every: over.text).last ?? 0
      let end = try run(scenario, later.text, every: later.text).last ?? 0
      guard try near(figures.leastDay, end - start, stroke: stroke) else {
        return (true, "least \(figures.leastDay), delivered \(end - start)")
      }
      return (true, nil)
    }
    guard try near(figures.leastDay, least, stroke: stroke) else {
      return (true, "least \(figures.leastDay), delivered \(least)")
    }
    let whole = try figures.average * Rational(isWeekly ? 7 : 1)
    guard try near(whole, delivered.last ?? 0, stroke: stroke) else {
      return (true, "average \(figures.average), delivered \(delivered)")
    }
    return (true, nil)
  }

  @Test
  func `the totals of 300 random pairs are what the real pump delivers, to a stroke`() throws {
    var failures: [String] = []
    var runs = 0
    for seed in UInt64(0)... where runs < 600 {
      let (isRun, fault) = try Self.fault(seed)
      if isRun { runs += 1 }
      if let fault { failures.append("seed \(seed): \(fault)") }
      if runs == 600 { break }
    }
    #expect(failures.isEmpty, "\(failures.count) of 600: \(failures.first ?? "")")
  }

  /// The pump's own check finds the bound: it takes the next greater limit and no smaller one.
  @Test
  func `highest rate and fullest 24 h are the bounds at which the pump refuses`() throws {
    for seed in UInt64(1_000)..<1_300 {
      let scenario = try Self.program(seed, stroke: "250 nL")
      let side = try CompareSide(bytes: scenario.bytes)
      // Outside of the model's range whatever the limits.
      if side.refusal != nil { continue }
      let rate = Int64(clamping: side.figures.highestRate.roundedUp())
      let volume = Int64(clamping: side.figures.mostOfAny.roundedUp())
      func refusal(_ name: String, _ value: String) throws -> ProgramRefusal? {
        let program = scenario["program"] ?? .null
        let limits = (program["limits"] ?? .null).with(name, .string(value))
        let changed = scenario.with("program", program.with("limits", limits))
        return try CompareSide(bytes: changed.bytes).refusal
      }
      #expect(try refusal("maxRate", "\(rate) nL/d") == nil, "seed \(seed)")
      #expect(try refusal("maxVolumePer24h", "\(volume) nL") == nil, "seed \(seed)")
      if rate > 0 {
        #expect(try refusal("maxRate", "\(rate - 1) nL/d")?.code == .rateLimit, "seed \(seed)")
      }
      if volume > 0 {
        let found = try refusal("maxVolumePer24h", "\(volume - 1) nL")?.code
        #expect(found == .volumeLimit, "seed \(seed)")
      }
    }
  }

  @Test(arguments: [(fill: "3 mL", rate: "0.25 mL/d"), (fill: "2.5 mL", rate: "0.1 mL/d")])
  func `the expected refill is when the real pump reaches its low mark`(
    fill: String,
    rate: String
  ) throws {
    let text = CompareSample.file(CompareSample.constant(rate))
    let value = try JSONValue(parsing: Array(text.utf8))
    let scenario = value.with("fill", (value["fill"] ?? .null).with("volume", .string(fill)))
      .with("clock", .object([JSONMember(name: "localStart", value: Self.monday)]))
      .with("until", .string("10 d")).with("sampleEvery", .string("10 d"))
    let story = try Scenario(bytes: scenario.bytes).run()
    let low = story.run.events.first { $0.event == .alarmRaised(.reservoirLow) }
    let days = try CompareSide(bytes: scenario.bytes).figures.expectedDays ?? .zero
    #expect(low?.time.milliseconds == (try (days * Rational(86_400_000)).stored()))
  }
}
