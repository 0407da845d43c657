import JSONText
import PumpScenario
import PumpTesting
import Quantities
import Testing

@testable import Formulary

/// Schedules: every step is one that `titrate` takes, and a refusal is the one that it gives.
struct TitrationScheduleTests {
  private func plan(_ text: String) throws -> PlanResult {
    try TitrationSchedule.plan(PlanRequest(bytes: Array(text.utf8)))
  }

  private struct Step {
    let date: String
    /// fg/d.
    let dose: Int64
    let members: [PlanMember]
  }

  private func steps(_ result: PlanResult) throws -> [Step] {
    guard case .list(let values)? = result["steps"] else { return [] }
    return try values.map { value in
      guard case .object(let members) = value,
        case .text(let date)? = members.first(where: { $0.name == "date" })?.value,
        case .quantity(let dose)? = members.first(where: { $0.name == "dose" })?.value
      else { throw PlanError(path: "$", given: "no step", expected: "a step") }
      return Step(date: date, dose: dose.storedUnits, members: members)
    }
  }

  /// A patient as `titrate` and the schedule are told of one.
  private func patient(_ random: inout Seeded) -> String {
    let drug = random.pick(["baclofen", "morphine", "ziconotide", "hydromorphone", "clonidine"])
    let age = random.pick([8, 17, 40, 80])
    let setting = random.pick(["clinic", "clinic", "refill", "remote"])
    let isBaclofen = drug == "baclofen"
    let indication = isBaclofen ? "spasticity" : random.pick(["cancer", "nonCancer"])
    let origin = isBaclofen ? ",\"origin\":\"\(random.pick(["spinal", "cerebral"]))\"" : ""
    return "\"drug\":\"\(drug)\",\"indication\":\"\(indication)\"\(origin),\"age\":\(age),"
      + "\"setting\":\"\(setting)\""
  }

  /// What `titrate` itself says to one step.
  private func titrate(_ patient: String, _ from: Step, _ to: Step) throws -> PlanResult {
    let request = """
      {\(patient),"current":"\(DailyDose(storedUnits: from.dose).text)",
      "proposed":"\(DailyDose(storedUnits: to.dose).text)",
      "lastChange":"\(from.date)","now":"\(to.date)"}
      """
    return try Planner.plan(.titrate, PlanRequest(bytes: Array(request.utf8)))
  }

  @Test
  func `of 400 random schedules no step is one that titrate refuses, and dates ascend`() throws {
    var random = Seeded(seed: 5)
    var (reached, stopped) = (0, 0)
    for _ in 0..<400 {
      let patient = patient(&random)
      let current = random.pick([2, 5, 24, 60, 100, 300, 800])
      let target = random.pick([0, 0, 3, 10, 50, 200, 700, 3_000])
      let every = random.pick(["1 d", "56 h", "7 d", "30 h"])
      let start = random.pick(["2026-01-05", "2026-01-05T08:30", "2026-12-30T23:59:59"])
      let request = """
        {\(patient),"current":"\(current) ug/d","target":"\(target) ug/d","every":"\(every)",
        "start":"\(start)"}
        """
      let result = try plan(request)
      let steps = try steps(result)
      for (from, to) in zip(steps, steps.dropFirst()) {
        let answer = try titrate(patient, from, to)
        // Only the stated last step of a weaning is left to the prescriber.
        let isStop = to.dose == 0 && result["lastStep"] != nil
        #expect(answer.refused.isEmpty != isStop, "\(request): \(from) to \(to)")
        if isStop {
          stopped += 1
          #expect(answer.refused.allSatisfy { $0.code == .stepTooLarge }, "\(request)")
          #expect(from.dose * 10 <= Int64(current) * 1_000_000_000, "\(request)")
          #expect(result.warnings.contains { $0.code == .stopByPrescriber }, "\(request)")
        }
        let dates = (PlanDate(text: from.date), PlanDate(text: to.date))
        let (before, after) = (try #require(dates.0), try #require(dates.1))
        #expect(before < after, "\(request)")
        let isTowards = target > current ? to.dose > from.dose : to.dose < from.dose
        #expect(isTowards, "\(request): \(from.dose) to \(to.dose)")
      }
      let isThere = steps.last?.dose == Int64(target) * 1_000_000_000
      #expect(result["reached"] == .flag(isThere), "\(request)")
      #expect((result["why"] == nil) == isThere, "\(request)")
      if isThere { reached += 1 } else { stopped += 1 }
    }
    #expect(reached > 100 && stopped > 10, "\(reached) reached, \(stopped) not")
  }

  @Test
  func `a step that titrate refuses ends a schedule with the same refusals, 300 times`() throws {
    var random = Seeded(seed: 6)
    var refusedCount = 0
    for _ in 0..<300 {
      let patient = patient(&random)
      let percent = random.pick(1...100)
      let request = """
        {\(patient),"current":"100 ug/d","target":"\(random.pick([150, 400, 2_000])) ug/d",
        "every":"60 h","start":"2026-01-05T08:00","stepPercent":\(percent)}
        """
      let result = try plan(request)
      let steps = try steps(result)
      let last = try #require(steps.last)
      guard result["reached"] == .flag(false) else {
        #expect(result.refused.isEmpty, "\(request)")
        continue
      }
      refusedCount += 1
      // The step that was asked for, worked out anew: three digits, rounded towards the dose before.
      guard case .text(let why)? = result["why"] else {
        Issue.record("no reason: \(request)")
        continue
      }
      let words = why.split(separator: ":").first?.split(separator: " ") ?? []
      let next = try DailyDose(text: words.dropFirst(3).prefix(2).joined(separator: " "))
      let before = try #require(PlanDate(text: last.date))
      let wait = try #require(try before.later(by: Rational(216_000_000)))
      let step = Step(date: wait.text, dose: next.mass.femtograms, members: [])
      let answer = try titrate(patient, last, step)
      #expect(result.refused == answer.refused, "\(request)")
      #expect(!answer.refused.isEmpty, "\(request)")
    }
    #expect(refusedCount >= 50, "\(refusedCount)")
  }

  @Test
  func `from a screening with the oral taper beside it`() throws {
    let result = try plan(
      """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
      "screening":{"step":1,"effect":"full","effectHours":6},"target":"300 ug/d",
      "start":"2026-01-05T08:00","setting":"clinic","concentration":"2 mg/mL",
      "oral":{"dose":"80 mg/d"}}
      """
    )
    let steps = try steps(result)
    #expect(steps.map { $0.dose / 1_000_000_000 } == [100, 130, 169, 219, 284, 300])
    #expect(steps.map(\.date).last == "2026-01-10T08:00")
    let oral = steps.map { step in step.members.first { $0.name == "oral" }?.value }
    let expected = [80, 64, 48, 32, 16, 0].map { milligrams in
      PlanValue.quantity(PlanQuantity(Int64(milligrams) * 1_000_000_000_000, in: .milligramPerDay))
    }
    #expect(oral == expected)
    let rate = steps.first?.members.first { $0.name == "rate" }?.value
    #expect(rate == .quantity(PlanQuantity(50_000, in: .millilitrePerDay)))
    #expect(result.warnings.contains { $0.message.contains("only a proposal for the prescriber") })
    #expect(result.refused.isEmpty)
    #expect(TitrationSchedule.text(result).contains("The target is reached"))
  }

  @Test
  func `baclofen is weaned to none, and the last step is stated as the prescriber's (H-75)`() throws
  {
    let result = try plan(
      """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
      "current":"300 ug/d","target":"0 ug/d","start":"2026-01-05","setting":"clinic","every":"2 d"}
      """
    )
    #expect(result["reached"] == .flag(true))
    #expect(result.refused.isEmpty)
    let doses = try steps(result).map(\.dose)
    // By a fifth each, three digits, rounded towards the dose before; then from a tenth on none.
    let expected = [300, 240, 192, 154, 124, 99.2, 79.4, 63.6, 50.9, 40.8, 32.7, 26.2, 0]
    #expect(doses == expected.map { Int64($0 * 10) * 100_000_000 })
    guard case .object(let last)? = result["lastStep"] else {
      Issue.record("the last step is not stated")
      return
    }
    #expect(
      last.contains(
        PlanMember("from", .quantity(PlanQuantity(26_200_000_000, in: .microgramPerDay)))
      )
    )
    #expect(last.contains(PlanMember("verified", .flag(false))))
    let warning = try #require(result.warnings.first { $0.code == .stopByPrescriber })
    #expect(warning.message.contains("stepTooLarge") && warning.message.contains("UNVERIFIED"))
    #expect(warning.source.contains("own choice"))
    #expect(result.warnings.contains { $0.code == .withdrawalRisk })
  }

  @Test
  func `an order from afar never takes the last step of a weaning`() throws {
    let result = try plan(
      """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
      "current":"300 ug/d","target":"0 ug/d","start":"2026-01-05","setting":"remote","every":"7 d"}
      """
    )
    #expect(result["reached"] == .flag(false))
    #expect(try #require(try steps(result).last).dose > 0)
    guard case .text(let why)? = result["why"] else {
      Issue.record("no reason is given")
      return
    }
    #expect(why.contains("remoteNotAllowed") && why.contains("in the clinic"))
  }

  @Test
  func `no candidate gives no steps and says so`() throws {
    let result = try plan(
      """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
      "screening":{"step":3,"effect":"none"},"target":"300 ug/d",
      "start":"2026-01-05","setting":"clinic"}
      """
    )
    #expect(try steps(result).isEmpty)
    #expect(result["reached"] == .flag(false))
  }

  @Test(arguments: [
    ("\"baclofen\"", "\"baclofin\"", "$.drug"),
    ("\"spasticity\"", "\"pain\"", "$.indication"),
    ("\"age\":40,", "", "$.age"),
    ("\"100 ug/d\"", "\"100 ug\"", "$.current"),
    (
      "\"current\":\"100 ug/d\"", "\"screening\":{\"step\":4,\"effect\":\"full\"}",
      "$.screening.step"
    ),
    ("\"300 ug/d\"", "\"-1 ug/d\"", "$.target"),
    ("\"2026-01-05\"", "\"2026-02-30\"", "$.start"),
    ("\"clinic\"", "\"home\"", "$.setting"),
    ("\"every\":\"1 d\"", "\"every\":\"1\"", "$.every"),
    ("\"every\":\"1 d\"", "\"stepPercent\":0", "$.stepPercent"),
    ("\"every\":\"1 d\"", "\"pump\":\"SynchroMed II\"", "$.pump"),
    ("\"every\":\"1 d\"", "\"oral\":{\"dose\":\"80 mg\"}", "$.oral.dose"),
    ("\"every\":\"1 d\"", "\"evry\":\"1 d\"", "$.evry"),
  ])
  func `a bad request is told with its path`(old: String, new: String, path: String) throws {
    let good = """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,"current":"100 ug/d",
      "target":"300 ug/d","start":"2026-01-05","setting":"clinic","every":"1 d"}
      """
    #expect(throws: Never.self) { try plan(good) }
    let parts = try #require(good.split(around: old))
    let error = #expect(throws: ScenarioError.self) { try plan(parts.before + new + parts.after) }
    #expect(error?.path == path, "\(error?.description ?? "")")
  }
}
