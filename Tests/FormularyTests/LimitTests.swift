import Formulary
import Testing

/// Limits of the formulary bind every calculator that is told a drug; what nobody has read only warns.
struct LimitTests {
  private static let pump = #""pump":"SynchroMed II""#

  private static func flow(_ drug: String, _ dose: String, _ concentration: String) -> String {
    """
    {"drugs":[{"drug":"\(drug)","dose":"\(dose)","concentration":"\(concentration)"}],\(pump)}
    """
  }

  @Test(
    "a dose over a verified limit is refused on every path, with its source (SR-040, SR-041)",
    arguments: [
      (PlanName.flow, flow("ziconotide", "21 ug/d", "100 ug/mL")),
      (
        .admixture,
        """
        {"rate":"0.21 mL/d","volume":"20 mL",
         "drugs":[{"drug":"ziconotide","dose":"21 ug/d","stock":["100 ug/mL"]}],\(pump)}
        """
      ),
      (
        .patientDose,
        """
        {"basal":"15 ug/d","patientDose":{"dose":"1 ug","over":"10 min","lockout":"4 h",
         "maxPer24h":6},"fill":{"volume":"20 mL",
         "drugs":[{"drug":"ziconotide","concentration":"25 ug/mL"}]},"reserve":"2 mL",\(pump)}
        """
      ),
    ]
  )
  func verified(name: PlanName, request: String) throws {
    let answer = try Answer(name, request)
    #expect(answer.codes("refused") == ["doseLimit"])
    #expect(
      answer.text("refused.0.message")
        == "ziconotide: 21 ug/d is over the formulary's maximum of 19.2 ug/d"
    )
    #expect(answer.text("refused.0.source")?.hasPrefix("https://") == true)
  }

  @Test
  func `a dose at its limit is taken`() throws {
    let answer = try Answer(.flow, Self.flow("ziconotide", "19.2 ug/d", "100 ug/mL"))
    #expect(answer.codes("refused") == [])
  }

  @Test
  func `a limit that nobody has read warns, and never refuses (SR-041)`() throws {
    let answer = try Answer(.flow, Self.flow("morphine", "16 mg/d", "80 mg/mL"))
    #expect(answer.codes("refused") == [])
    let warnings = answer.codes("warnings")
    #expect(warnings.filter { $0 == "unverifiedLimit" }.count == 2)
    #expect(answer.text("warnings.1.message")?.contains("UNVERIFIED") == true)
  }

  @Test
  func `a drug that the formulary does not know has no limits`() throws {
    let answer = try Answer(.flow, Self.flow("alpha", "16 mg/d", "80 mg/mL"))
    #expect(answer.codes("refused") == [])
    #expect(answer.codes("warnings") == ["unverifiedConstant"])
  }

  @Test
  func `a fill that only the larger model holds is told (H-22)`() throws {
    let request = """
      {"fill":"30 mL","reserve":"2 mL","basal":"0.15 mL/d","filledAt":"2026-01-05",\(Self.pump)}
      """
    func ofFill(_ request: String) throws -> [String] {
      try Answer(.refill, request).codes("warnings").filter { $0 != "unverifiedConstant" }
    }
    #expect(try ofFill(request) == ["capacityOfLargerModel"])
    let known = request.replacing("SynchroMed II", with: "8637-40")
    #expect(try ofFill(known) == [])
    #expect(try ofFill(known.replacing("30 mL", with: "19 mL")) == ["smallFill"])
    let small = request.replacing("SynchroMed II", with: "8637-20")
    #expect(throws: PlanError.self) { try Answer(.refill, small) }
  }
}
