import JSONText
import PumpCore
import PumpScenario
import Quantities
import Testing

/// Reading of good scenarios.
struct ScenarioReaderTests {
  @Test func `the head of a scenario is read to the last digit`() throws {
    let scenario = try ScenarioSample.scenario()
    #expect(scenario.model.strokeVolume == Volume(nanolitres: 250))
    #expect(scenario.model.capacity == Volume(nanolitres: 40_000_000))
    #expect(scenario.model.minimumRate == FlowRate(nanolitresPerDay: 6_000))
    #expect(scenario.model.maximumRate == FlowRate(nanolitresPerDay: 24_000_000))
    #expect(scenario.model.fluidPath(catheter: scenario.catheterLength)?.text == "316 uL")
    #expect(scenario.localStart.text == "2026-01-05T08:00:00")
    #expect(scenario.fill.volume == Volume(nanolitres: 20_000_000))
    #expect(!scenario.pathEmpty)
    #expect(scenario.until == .commissioning + 30 * .day)
    #expect(scenario.sampleEvery == .hour)
    #expect(scenario.drugs.names == ["baclofen", "morphine"])
    #expect(scenario.drugs.id(of: "morphine") == DrugID(1))
    #expect(scenario.drugs.id(of: "clonidine") == nil)
  }

  @Test func `every command and fault of the contract is read`() throws {
    let actions = try ScenarioSample.scenario().events.map(\.action)
    #expect(actions.count == 21)
    guard case .clinicianBolus(let bolus, let over) = actions[1] else {
      Issue.record("the clinician bolus is not second")
      return
    }
    #expect(bolus.amount == .volume(Volume(nanolitres: 25_000)) && over == 10 * .minute)
    guard case .refill(let aspirated, let fill, .some) = actions[3] else {
      Issue.record("the refill is not fourth")
      return
    }
    #expect(aspirated.text == "9.1 mL" && fill.drugs.map(\.name) == ["baclofen", "morphine"])
    guard case .motorStall(let until) = actions[6], case .extraStrokes(5) = actions[7],
      case .clear(.overDelivery) = actions[8], case .acknowledge(.motorStall) = actions[9],
      case .powerLoss(let off) = actions[11], case .corruptProgram(1) = actions[12],
      case .battery(.replacement) = actions[13], case .suspend(let pause) = actions[14],
      case .catheter(let length, pathFull: false) = actions[16],
      case .clockStep(let back) = actions[19]
    else {
      Issue.record("the events are not as in the file")
      return
    }
    #expect(until == .commissioning + 62 * .hour && off == TimeSpan(milliseconds: 10_000))
    #expect(pause == 4 * .hour && length.text == "60 cm" && back == 10 * .minute)
    #expect(actions.filter(\.isFault).count == 6)
  }

  @Test func `stroke volume, path and events have the defaults of the contract`() throws {
    let scenario = try ScenarioSample.scenario(
      .drop("pump.strokeVolume"),
      .drop("pathEmpty"),
      .drop("events")
    )
    #expect(scenario.model.strokeVolume == Volume(nanolitres: 250))
    #expect(!scenario.pathEmpty && scenario.events.isEmpty)
    #expect(try ScenarioSample.scenario(.set("pathEmpty", "true")).pathEmpty)
  }

  @Test func `events are sorted by time, faults first, ties by the file`() throws {
    let scenario = try ScenarioSample.scenario(
      .set(
        "events",
        #"""
        [{"at":"2 h","do":"cancelBolus"},{"at":"1 h","do":"resumeTherapy"},
         {"at":"60 min","do":"enterSafeRate"},{"at":"1 h","fault":"extraStrokes","count":1}]
        """#
      )
    )
    #expect(
      scenario.events.map(\.path) == ["$.events[3]", "$.events[1]", "$.events[2]", "$.events[0]"]
    )
    #expect(scenario.events.map(\.order) == [3, 1, 2, 0])
  }

  @Test func `drug-free fluid has an empty list of drugs and no dose limit`() throws {
    let scenario = try ScenarioSample.scenario(
      .set("fill.drugs", "[]"),
      .set("program.basal.rate", "\"0.1 mL/d\""),
      .set("program.limits.maxDosePer24h", "{}"),
      .set("program.safeRate", "\"0.1 mL/d\""),
      .set("program.patientDose.volume", "\"5 uL\""),
      .drop("events")
    )
    #expect(scenario.fill.mixture(drugs: scenario.drugs) == Mixture())
  }

  @Test func `one-millisecond runs and ten-year runs are read`() throws {
    let short = try ScenarioSample.scenario(.set("until", "\"1 ms\""), .drop("events"))
    #expect(short.until.milliseconds == 1)
    let long = try ScenarioSample.scenario(.set("until", "\"3653 d\""))
    #expect(long.until.milliseconds == 315_619_200_000)
  }
}

/// Masses to volumes, at activation (contract: Program).
struct ProgramResolutionTests {
  private func resolved(_ changes: ScenarioSample.Change...) throws -> ResolvedProgram {
    let scenario = try Scenario(bytes: try ScenarioSample.bytes(changes + [.drop("events")]))
    return try scenario.program.resolve(
      mixture: scenario.fill.mixture(drugs: scenario.drugs),
      drugs: scenario.drugs
    )
  }

  @Test func `a daily dose becomes a rate with the mixture in the reservoir, H-08`() throws {
    let resolved = try resolved()
    let program = resolved.program
    #expect(program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    #expect(program.safeRate == FlowRate(nanolitresPerDay: 50_000))
    #expect(program.limits[DrugID(0)] == Mass(femtograms: 1_000_000_000_000))
    #expect(program.limits[DrugID(1)] == nil)
    #expect(program.patientDose?.volume == Volume(nanolitres: 12_500))
    #expect(program.prime?.volume == Volume(nanolitres: 300_000))
    #expect(program.bridge?.rate == FlowRate(nanolitresPerDay: 100_000))
    #expect(resolved.roundings.map(\.path) == ["$.program.basal.rate", "$.program.safeRate"])
    #expect(resolved.roundings.allSatisfy { $0.deviation.mass == .zero })
  }

  @Test func `a rate rounds half to even to the nanolitre a day and tells the deviation, H-08`()
    throws
  {
    let resolved = try resolved(
      .set("fill.drugs.0.concentration", "\"900 ug/mL\"")
    )
    let rounding = try #require(resolved.roundings.first)
    #expect(rounding.rate == FlowRate(nanolitresPerDay: 333_333))
    #expect(rounding.asked.text == "300 ug/d" && rounding.given.text == "299.9997 ug/d")
    #expect(rounding.deviation.text == "-300 pg/d")
    let even = try self.resolved(
      .set("fill.drugs.0.concentration", "\"2 mg/mL\""),
      .set("program.safeRate", "\"5 ng/d\"")
    )
    #expect(even.program.safeRate == FlowRate(nanolitresPerDay: 2))
    let odd = try self.resolved(
      .set("fill.drugs.0.concentration", "\"2 mg/mL\""),
      .set("program.safeRate", "\"7 ng/d\"")
    )
    #expect(odd.program.safeRate == FlowRate(nanolitresPerDay: 4))
  }

  @Test func `with several drugs each dose names its own, H-08`() throws {
    let scenario = try ScenarioSample.scenario()
    guard case .refill(_, let fill, let text?) = scenario.events[3].action else {
      Issue.record("the refill is not fourth")
      return
    }
    let program = try text.resolve(
      mixture: fill.mixture(drugs: scenario.drugs),
      drugs: scenario.drugs
    ).program
    #expect(program.basal == .scheduled && program.schedule.patternCount == 2)
    #expect(program.schedule.step(0, of: 0).rate == FlowRate(nanolitresPerDay: 200_000))
    #expect(program.schedule.step(1, of: 1).minute == 720)
    #expect(program.schedule.pattern(ofDay: 4) == 0 && program.schedule.pattern(ofDay: 5) == 1)
    #expect(program.limits[DrugID(1)]?.text == "5 mg")
  }

  @Test func `the same program gives other volumes with another mixture, H-08`() throws {
    let scenario = try ScenarioSample.scenario()
    var half = Mixture()
    half[DrugID(0)] = Concentration(nanogramsPerMillilitre: 1_000_000)
    let program = try scenario.program.resolve(mixture: half, drugs: scenario.drugs).program
    #expect(program.basal == .constant(FlowRate(nanolitresPerDay: 300_000)))
    #expect(program.patientDose?.volume == Volume(nanolitres: 25_000))
  }

  @Test func `a bolus of a mass resolves with the mixture when it begins`() throws {
    let scenario = try ScenarioSample.scenario(
      .set("events.1.volume", #"{"dose":"50 ug","of":"baclofen"}"#)
    )
    guard case .clinicianBolus(let bolus, _) = scenario.events[1].action else {
      Issue.record("the bolus is not second")
      return
    }
    let mixture = scenario.fill.mixture(drugs: scenario.drugs)
    #expect(try bolus.resolve(mixture: mixture, drugs: scenario.drugs).text == "25 uL")
    #expect(throws: ScenarioError.self) {
      try bolus.resolve(mixture: Mixture(), drugs: scenario.drugs)
    }
  }

  @Test func `a program that waits for a refill is not refused before the run`() throws {
    // After an accepted refill it fits; whether it is accepted is known in the run only.
    let scenario = try ScenarioSample.scenario()
    guard case .program(let text) = scenario.events[5].action else {
      Issue.record("the program is not sixth")
      return
    }
    let first = scenario.fill.mixture(drugs: scenario.drugs)
    #expect(throws: ScenarioError.self) {
      try text.resolve(mixture: first, drugs: scenario.drugs)
    }
  }

  @Test func `a periodic bolus and its background resolve`() throws {
    let program = try resolved(
      .set(
        "program.basal",
        #"{"mode":"periodic","dose":"20 ug","over":"5 min","every":"6 h","background":"48 ug/d"}"#
      )
    ).program
    #expect(
      program.basal
        == .periodic(
          dose: Volume(nanolitres: 10_000),
          over: 5 * .minute,
          every: 6 * .hour,
          background: FlowRate(nanolitresPerDay: 24_000)
        )
    )
    let plain = try resolved(
      .set("program.basal", #"{"mode":"periodic","dose":"20 uL","over":"5 min","every":"6 h"}"#)
    )
    #expect(
      plain.program.basal
        == .periodic(
          dose: Volume(nanolitres: 20_000),
          over: 5 * .minute,
          every: 6 * .hour,
          background: .zero
        )
    )
  }

  @Test func `minimum and stopped need no rate`() throws {
    #expect(try resolved(.set("program.basal", #"{"mode":"minimum"}"#)).program.basal == .minimum)
    let stopped = try resolved(
      .set("program.basal", #"{"mode":"stopped"}"#),
      .drop("program.prime"),
      .drop("program.bridge"),
      .drop("program.patientDose")
    )
    #expect(stopped.program.basal == .stopped)
  }
}

/// Local times as text.
struct LocalTimeTextTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00", 0), ("1969-12-31T23:59:59.999", -1),
      ("2026-01-05T08:00:00", 1_767_600_000_000),
      ("2000-02-29T12:34:56", 951_827_696_000), ("2024-02-29T00:00:00", 1_709_164_800_000),
      ("0001-01-01T00:00:00", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999", 253_402_300_799_999),
      ("1900-03-01T00:00:00", -2_203_891_200_000),
    ] as [(String, Int64)]
  )
  func `local times are those of the Gregorian calendar`(text: String, milliseconds: Int64) throws {
    let time = try #require(LocalTime(text: text))
    #expect(time.milliseconds == milliseconds && time.text == text)
  }

  @Test func `fractions of one to three digits are milliseconds`() {
    #expect(LocalTime(text: "1970-01-01T00:00:00.5")?.milliseconds == 500)
    #expect(LocalTime(text: "1970-01-01T00:00:00.05")?.milliseconds == 50)
    #expect(LocalTime(text: "1970-01-01T00:00:00.050")?.text == "1970-01-01T00:00:00.050")
  }

  @Test(arguments: [
    "", "2026-01-05", "2026-01-05T08:00", "2026-01-05 08:00:00", "2026-01-05T08:00:00Z",
    "2026-01-05T08:00:00+01:00", "2026-02-30T00:00:00", "2026-02-29T00:00:00",
    "1900-02-29T00:00:00",
    "2026-13-01T00:00:00", "2026-00-01T00:00:00", "2026-01-00T00:00:00", "2026-04-31T00:00:00",
    "2026-01-05T24:00:00", "2026-01-05T08:60:00", "2026-01-05T08:00:60", "2026-01-05T08:00:00.",
    "2026-01-05T08:00:00.1234", "2026-1-5T08:00:00", "0000-01-01T00:00:00", "+026-01-05T08:00:00",
    "20260105T080000", "2026-01-05t08:00:00", " 2026-01-05T08:00:00",
  ])
  func `what is no local time is refused`(text: String) {
    #expect(LocalTime(text: text) == nil)
  }

  @Test func `every day of four centuries reads back to itself`() throws {
    let first = try #require(LocalTime(text: "1800-01-01T00:00:00"))
    for day in Int64(0)..<146_097 {
      let time = LocalTime(milliseconds: first.milliseconds + day * 86_400_000)
      #expect(LocalTime(text: time.text) == time)
    }
    let last = LocalTime(milliseconds: first.milliseconds + 146_097 * 86_400_000)
    #expect(last.text == "2200-01-01T00:00:00")
  }
}
