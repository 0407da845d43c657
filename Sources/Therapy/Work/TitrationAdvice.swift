public import Formulary
import JSONText
import PumpScenario
public import Quantities

extension PatientRecord {
  /// What the rules of the drug say of another dose (contract: plan.md, titrate).
  ///
  /// - Parameters:
  ///   - drug: of the fluid in the reservoir.
  ///   - proposed: a day's dose by the basal.
  ///   - now: therapy time.
  ///   - setting: where the change is made.
  /// - Returns: what is allowed, with rule and source; `refused` where the proposal is not.
  /// - Throws: ``TherapyRefusal/Code/notKnown``, naming what is missing.
  public func titration(
    of drug: String,
    to proposed: DailyDose,
    at now: Instant,
    setting: TitrationSetting
  ) throws(TherapyRefusal) -> PlanResult {
    guard let adopted, let identity, let program,
      let current = programFigures?.doses.first(where: { $0.drug == drug })
    else { throw noAdvice("program, fill and a dose of \(drug)") }
    let years = ageYears(of: identity.born, on: now.day)
    var members = [
      JSONMember(name: "drug", value: .string(drug)),
      JSONMember(name: "indication", value: .string(adopted.indication.rawValue)),
      JSONMember(name: "age", value: .number("\(years)")),
      JSONMember(name: "current", value: .string(current.mean.text)),
      JSONMember(name: "proposed", value: .string(proposed.text)),
      JSONMember(name: "lastChange", value: .string(Self.seconds(program.since))),
      JSONMember(name: "now", value: .string(Self.seconds(now))),
      JSONMember(name: "setting", value: .string(setting.rawValue)),
    ]
    if let origin = adopted.origin {
      members.append(JSONMember(name: "origin", value: .string(origin.rawValue)))
    }
    do {
      return try Planner.plan(.titrate, PlanRequest(root: .object(members)))
    } catch {
      throw noAdvice(error.description)
    }
  }

  /// Whole years, as people count them.
  func ageYears(of born: Day, on day: Day) -> Int {
    func parts(_ day: Day) -> (year: Int, rest: Substring) {
      let text = day.text
      return (Int(text.prefix(4)) ?? 0, text.suffix(5))
    }
    let (from, to) = (parts(born), parts(day))
    let years = to.year - from.year - (to.rest < from.rest ? 1 : 0)
    return min(max(years, 0), 120)
  }

  /// To the second, in UTC.
  private static func seconds(_ instant: Instant) -> String {
    String(instant.text.prefix(19)) + "Z"
  }

  private func noAdvice(_ what: String) -> TherapyRefusal {
    TherapyRefusal(
      .notKnown,
      "titration",
      given: "nothing",
      expected: what,
      remedy: "Record what is missing; until then there is no advice."
    )
  }
}
