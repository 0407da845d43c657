import Testing

@testable import Formulary

/// Questions that a single entry raises, at their bounds; none of them ever refuses.
struct EntryQuestionTests {
  private static func flow(_ drug: String, _ dose: String, _ strength: String, _ more: String = "")
    throws -> PlanResult
  {
    try DrugAsk.plan(
      .flow,
      #"{"drugs":[{"drug":"\#(drug)","dose":"\#(dose)","concentration":"\#(strength)"\#(more)}],"#
        + #""pump":{"capacity":"20 mL","minimumRate":"0 mL/d","maximumRate":"24 mL/d","#
        + #""tubing":"0.14 mL"}}"#
    )
  }

  @Test(
    "a rate is asked about outside of a band that is a factor of ten wide (H-08)",
    arguments: [
      ("90 ug/d", false), ("89.9 ug/d", true), ("900 ug/d", false), ("900.1 ug/d", true),
    ]
  )
  func rate(dose: String, isAsked: Bool) throws {
    let result = try Self.flow("testdrug", dose, "1000 ug/mL")
    #expect(result.warnedCodes.contains(.unusualRate) == isAsked)
    #expect(result.refused.isEmpty)
  }

  @Test(
    "60 ug each hour for 60 ug a day shows both, the percentage and the likely slip (H-08, SR-044)"
  )
  func hourly() throws {
    let result = try Self.flow("baclofen", "60 ug/h", "500 ug/mL", #","previous":"60 ug/d""#)
    let message = try #require(result.warnings.first { $0.code == .doseManyTimes }).message
    #expect(message.contains("60 ug/d before, 1440 ug/d after, 2300 %: 24 TIMES"))
    #expect(message.contains("24 is the ratio of an hourly dose in place of a daily one"))
    #expect(result.warnedCodes.contains(.secondConfirmation))
    #expect(result.warnedCodes.contains(.aboveCaution))
    guard case .list(let drugs)? = result["drugs"], case .object(let members)? = drugs.first else {
      Issue.record("no drug")
      return
    }
    #expect(members.contains(PlanMember("change", .percent(Rational(2_300)))))
  }

  @Test(
    "a change is asked about from a factor of two on, and twice over 20 % (SR-044)",
    arguments: [
      ("120 ug/d", false, false), ("121 ug/d", true, false), ("199 ug/d", true, false),
      ("200 ug/d", true, true), ("80 ug/d", false, false), ("79 ug/d", true, false),
      ("51 ug/d", true, false), ("50 ug/d", true, true),
    ]
  )
  func change(dose: String, isTwice: Bool, isMany: Bool) throws {
    let result = try Self.flow("testdrug", dose, "500 ug/mL", #","previous":"100 ug/d""#)
    #expect(result.warnedCodes.contains(.secondConfirmation) == isTwice)
    #expect(result.warnedCodes.contains(.doseManyTimes) == isMany)
  }

  @Test(
    "a dose outside of all that the formulary tells is asked about, with its standing (SR-041)",
    arguments: [
      ("baclofen", "12 ug/d", false), ("baclofen", "11.9 ug/d", true),
      ("baclofen", "2003 ug/d", false), ("baclofen", "2004 ug/d", true),
      ("ziconotide", "0.5 ug/d", false), ("ziconotide", "0.49 ug/d", true),
      ("testdrug", "0.001 ug/d", false),
    ]
  )
  func dose(drug: String, dose: String, isAsked: Bool) throws {
    let result = try Self.flow(drug, dose, "500 ug/mL")
    #expect(result.warnedCodes.contains(.unusualDose) == isAsked)
  }

  @Test(
    "a strength under half of the weakest is asked about (H-59)",
    arguments: [("250 ug/mL", false), ("249 ug/mL", true), ("50 ug/mL", true)]
  )
  func strength(strength: String, isAsked: Bool) throws {
    let result = try Self.flow("baclofen", "100 ug/d", strength)
    #expect(result.warnedCodes.contains(.unusualConcentration) == isAsked)
  }

  @Test(
    "a stock that nobody sells is asked about (H-59)",
    arguments: [("25 mg/mL", false), ("2.5 mg/mL", true), ("250 mg/mL", true)]
  )
  func stock(stock: String, isAsked: Bool) throws {
    let result = try DrugAsk.plan(
      .admixture,
      #"{"rate":"0.4 mL/d","volume":"18 mL","drugs":[{"drug":"morphine","dose":"2 mg/d","#
        + #""stock":["\#(stock)"]}],"pump":"8637-20"}"#
    )
    #expect(result.warnedCodes.contains(.unusualConcentration) == isAsked)
  }

  @Test(
    "fill, low mark, patient dose and lockout are asked about at their bounds (H-22)",
    arguments: [
      ("20 mL", "20 mL", nil), ("20 mL", "10 mL", nil),
      ("20 mL", "9.9 mL", FindingCode.smallFill),
      ("2 mL", "0.9 mL", .unusualReserve), ("2 mL", "8.1 mL", .unusualReserve),
      ("2 mL", "8 mL", nil), ("0.1 mg", "0.025 mg", nil),
      ("0.1 mg", "0.024 mg", .unusualPatientDose), ("0.1 mg", "0.25 mg", nil),
      ("0.1 mg", "0.26 mg", .unusualPatientDose), ("6 h", "30 min", nil),
      ("6 h", "29 min", .unusualLockout), ("6 h", "24 h", nil),
      ("6 h", "25 h", .unusualLockout),
    ] as [(String, String, FindingCode?)]
  )
  func fill(old: String, new: String, code: FindingCode?) throws {
    let request = PlanName.patientDose.example.replacing("\"\(old)\"", with: "\"\(new)\"")
      .replacing("SynchroMed II", with: "8637-20")
    let asked: Set<FindingCode> = [
      .smallFill, .unusualReserve, .unusualPatientDose, .unusualLockout,
    ]
    let result = try DrugAsk.plan(.patientDose, request)
    #expect(Set(result.warnedCodes).intersection(asked) == Set([code].compactMap(\.self)))
    #expect(result.refused.allSatisfy { $0.code == .aboveMaximumRate })
  }
}
