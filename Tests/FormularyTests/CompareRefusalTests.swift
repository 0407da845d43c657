import JSONText
import PumpCore
import PumpScenario
import PumpTesting
import Quantities
import Testing

@testable import Formulary

/// One request is refused with the same code and figures on every path.
struct CompareRefusalTests {
  /// What activation in the real controller says to the first program of a scenario.
  private func activation(_ scenario: JSONValue) throws -> ProgramRefusal? {
    let parsed = try Scenario(bytes: scenario.bytes)
    let mixture = parsed.fill.mixture(drugs: parsed.drugs)
    let resolved = try parsed.program.resolve(mixture: mixture, drugs: parsed.drugs)
    var controller = try #require(
      Controller(
        model: parsed.model,
        catheter: parsed.catheterLength,
        local: parsed.localStart,
        fill: parsed.fill.volume,
        mixture: mixture,
        pathEmpty: parsed.pathEmpty
      )
    )
    do throws(ProgramRefusal) {
      try controller.activate(resolved.program)
      return nil
    } catch {
      return error
    }
  }

  @Test
  func `compare refuses what the pump refuses, code and both figures, in 400 random programs`()
    throws
  {
    var refusedCount = 0
    var codes: Set<String> = []
    for seed in UInt64(5_000)..<5_400 {
      var generator = ScenarioGenerator(seed: seed)
      var scenario = try JSONValue(parsing: Array(generator.scenario().utf8))
      // Half of them with limits that the program may pass.
      if seed.isMultiple(of: 2), let program = scenario["program"], let limits = program["limits"] {
        let tight = limits.with("maxRate", .string(seed.isMultiple(of: 4) ? "0.4 mL/d" : "9 mL/d"))
          .with("maxVolumePer24h", .string("0.3 mL"))
        scenario = scenario.with("program", program.with("limits", tight))
      }
      let result = try CompareResult(
        before: try CompareSample.side(CompareSample.file(CompareSample.constant("0.1 mL/d"))),
        after: try CompareSide(bytes: scenario.bytes)
      )
      let expected = try activation(scenario)
      #expect(result.after.refusal == expected, "seed \(seed)")
      let pump = result.refused.filter { $0.source == CompareFinding.fromPump }
      #expect(pump.map(\.code) == (expected.map { [$0.code.jsonName] } ?? []), "seed \(seed)")
      guard let expected else { continue }
      refusedCount += 1
      codes.insert(expected.code.jsonName)
      switch expected {
      case .modelRange(let given, let limit):
        #expect(pump.first?.planned == given.text && pump.first?.limit == limit.text)
      case .rateLimit(let planned, let limit):
        #expect(pump.first?.planned == planned.text && pump.first?.limit == limit.text)
      case .volumeLimit(let planned, let limit):
        #expect(pump.first?.planned == planned.text && pump.first?.limit == limit.text)
      case .primeTooLarge(let given, let limit):
        #expect(pump.first?.planned == given.text && pump.first?.limit == limit.text)
      case .primeNotAllowed: #expect(pump.first?.planned == nil)
      }
    }
    #expect(refusedCount >= 100, "\(refusedCount)")
    #expect(codes.isSuperset(of: ["rateLimit", "volumeLimit", "primeTooLarge"]), "\(codes)")
  }

  /// `flow` tells of a rate outside of the model's range exactly where the pump does.
  @Test
  func `flow and compare refuse the same of 300 random rates`() throws {
    var random = Seeded(seed: 44)
    var refusedCount = 0
    for _ in 0..<300 {
      let least = random.pick(["0.006 mL/d", "0.048 mL/d"])
      let most = random.pick(["1 mL/d", "24 mL/d"])
      let concentration = random.pick([50, 500, 2_000, 20_000])
      let dose = random.pick([1, 10, 100, 1_000, 10_000]) * random.pick(1...9)
      // More than any pump record holds is bad input, not a refusal.
      guard dose < 900 * concentration else { continue }
      let pump = """
        {"capacity":"40 mL","minimumRate":"\(least)","maximumRate":"\(most)","tubing":"0.14 mL",
        "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}}
        """
      let request = """
        {"drugs":[{"drug":"testdrug","dose":"\(dose) ug/d","concentration":"\(concentration) ug/mL"}],
        "pump":\(pump)}
        """
      let plan = try Planner.plan(.flow, PlanRequest(bytes: Array(request.utf8)))
      let file = CompareSample.file(
        CompareSample.constant("\(dose) ug/d"),
        drugs: "{\"drug\":\"testdrug\",\"concentration\":\"\(concentration) ug/mL\"}",
        limits: """
          {"maxRate":"1000 mL/d","maxVolumePer24h":"1000 mL","maxDosePer24h":{"testdrug":"9 g"}}
          """
      )
      let value = try JSONValue(parsing: Array(file.utf8))
        .with("pump", try JSONValue(parsing: Array(pump.utf8)))
      let side = try CompareSide(bytes: value.bytes)
      let flowCodes = plan.refused.map(\.code)
      guard case .modelRange(let given, let limit)? = side.refusal else {
        // The safe rate of the sample is under the larger minimum and is refused on its own.
        #expect(flowCodes.isEmpty, "\(request)")
        continue
      }
      if given == side.program.safeRate { continue }
      refusedCount += 1
      #expect(flowCodes == [given < limit ? .belowMinimumRate : .aboveMaximumRate], "\(request)")
      let figures = plan.refused.map(\.message).joined()
      #expect(figures.contains(limit.text), "\(figures)")
    }
    #expect(refusedCount >= 50, "\(refusedCount)")
  }

  @Test
  func `what the formulary refuses blocks, and what nobody has read only warns`() throws {
    var result = PlanResult()
    let fact = LimitFact(
      limit: Concentration(nanogramsPerMillilitre: 1_000),
      source: "a page",
      isVerified: true
    )
    result.hold(Rational(2_000), to: fact, what: "drug", code: .concentrationLimit)
    #expect(result.refused.map(CompareFinding.init).map(\.code) == ["concentrationLimit"])
    #expect(result.warnings.isEmpty)
  }

  @Test
  func `a program before that would be refused is a warning and does not block`() throws {
    let result = try CompareSample.result(
      CompareSample.file(CompareSample.constant("0.001 mL/d")),
      CompareSample.file(CompareSample.constant("0.1 mL/d"))
    )
    #expect(result.refused.isEmpty)
    #expect(result.warnings.map(\.code).contains("beforeRefused"))
  }
}
