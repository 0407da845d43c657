import Formulary
import Testing

/// The worked cases of the contract, each checked there by hand (contract: plan.md).
struct WorkedCasesTests {
  private let pump = #""pump":"SynchroMed II""#
  private let path =
    #""tubing":"0.140 mL","catheter":{"length":"80 cm","volumePerCm":"0.0022 mL/cm"}"#

  private func flow(_ dose: String, _ concentration: String) throws -> Answer {
    try Answer(
      .flow,
      """
      {"drugs":[{"drug":"baclofen","dose":"\(dose)","concentration":"\(concentration)"}],\(pump)}
      """
    )
  }

  @Test
  func `case 1: flow`() throws {
    let answer = try flow("300 ug/d", "2000 ug/mL")
    #expect(answer.quantity("rate")?.value == 0.15)
    #expect(answer.quantity("rate")?.unit == "mL/d")
    #expect(answer.text("rate.text") == "0.15 mL/d")
    #expect(answer.codes("refused") == [])
    let slow = try flow("100 ug/d", "3000 ug/mL")
    #expect(slow.quantity("rate")?.value == 0.033333)
    #expect(slow.quantity("drugs.0.delivered")?.value == 99.999)
    #expect(slow.codes("refused") == ["belowMinimumRate"])
    #expect(slow.text("refused.0.message")?.contains("0.048 mL/d") == true)
  }

  @Test
  func `case 2: refill`() throws {
    let answer = try Answer(
      .refill,
      """
      {"fill":"20 mL","reserve":"2 mL","basal":{"mode":"constant","rate":"0.150 mL/d"},
       "filledAt":"2026-01-05T08:00:00",\(pump)}
      """
    )
    #expect(answer.quantity("expectedInterval")?.value == 120)
    #expect(answer.text("lowDate") == "2026-05-05T08:00:00")
    // 133.3 d: 133 d and 8 h.
    #expect(answer.text("emptyDate") == "2026-05-18T16:00:00")
    let dose = try Answer(
      .refill,
      """
      {"fill":{"volume":"20 mL","drugs":[{"drug":"morphine","concentration":"5 mg/mL"}]},
       "reserve":"2 mL","basal":{"mode":"constant","rate":"1.5 mg/d"},
       "filledAt":"2026-01-05",\(pump)}
      """
    )
    #expect(dose.quantity("expectedInterval")?.value == 60)
  }

  @Test
  func `case 3: prime (H-15)`() throws {
    let answer = try Answer(
      .prime,
      """
      {\(path),"pathEmpty":"both","concentration":"2 mg/mL","over":"20 min"}
      """
    )
    #expect(answer.quantity("volume")?.value == 0.316)
    #expect(answer.quantity("volume")?.unit == "mL")
  }

  @Test
  func `case 4: bridge (SR-036, H-16)`() throws {
    func bridge(_ old: String, _ new: String) throws -> Answer {
      try Answer(
        .bridge,
        """
        {"old":{"concentration":"\(old)","dose":"2 mg/d"},
         "new":{"concentration":"\(new)","dose":"2 mg/d"},\(path),
         "residual":"1.4 mL","fillVolume":"20 mL",\(pump)}
        """
      )
    }
    let up = try bridge("10 mg/mL", "20 mg/mL")
    #expect(up.quantity("volume")?.value == 0.316)
    #expect(up.quantity("rate")?.value == 0.2)
    #expect(up.quantity("duration")?.value == 37.92)
    #expect(up.quantity("newRate")?.value == 0.1)
    #expect(up.quantity("withoutBridge.dose")?.value == 1_000)
    #expect(up.number("withoutBridge.percentOfPrescribed") == 50)
    #expect(up.quantity("withoutBridge.duration")?.value == 75.84)
    #expect(up.quantity("mixedConcentration")?.value == 19.345794)
    #expect(up.codes("warnings").contains("doseWithoutBridge"))
    let down = try bridge("20 mg/mL", "10 mg/mL")
    #expect(down.quantity("withoutBridge.dose")?.value == 4_000)
    #expect(down.number("withoutBridge.percentOfPrescribed") == 200)
    #expect(down.quantity("withoutBridge.duration")?.value == 37.92)
    #expect(down.codes("warnings").contains("doseWithoutBridge"))
  }

  @Test(
    "case 5: residual (H-21)",
    arguments: [
      ("9.1 mL", 0.790, -21.0, "investigate"), ("6.9 mL", 0.949, -5.1, "withinSpecification"),
      ("3.0 mL", 1.232, 23.2, "investigate"),
    ]
  )
  func residual(aspirated: String, ratio: Double, error: Double, finding: String) throws {
    let answer = try Answer(
      .residual,
      """
      {"capacity":"20 mL","filled":"20 mL","expected":"6.2 mL","aspirated":"\(aspirated)"}
      """
    )
    #expect(abs((answer.number("ratio") ?? .nan) - ratio) < 0.000_5)
    #expect(abs((answer.number("error") ?? .nan) - error) < 0.05)
    #expect(answer.text("finding") == finding)
  }

  @Test
  func `case 6: admixture`() throws {
    let answer = try Answer(
      .admixture,
      """
      {"rate":"0.40 mL/d","volume":"20 mL","drugs":[
       {"drug":"morphine","dose":"2 mg/d","stock":["25 mg/mL"]},
       {"drug":"bupivacaine","dose":"6 mg/d","stock":["30 mg/mL"]},
       {"drug":"clonidine","dose":"60 ug/d","stock":["500 ug/mL"]}],\(pump)}
      """
    )
    for (index, figures) in [(5, 100, 4), (15, 300, 10), (0.15, 3, 6)].enumerated() {
      #expect(answer.quantity("drugs.\(index).concentration")?.value == figures.0)
      #expect(answer.quantity("drugs.\(index).mass")?.value == Double(figures.1))
      #expect(answer.quantity("drugs.\(index).stockVolume")?.value == Double(figures.2))
    }
    #expect(answer.quantity("diluent")?.value == 0)
    #expect(answer.quantity("minimumRate")?.value == 0.4)
    #expect(answer.codes("refused") == [])
  }

  @Test
  func `case 7: patientDose`() throws {
    let answer = try Answer(
      .patientDose,
      """
      {"basal":{"mode":"constant","rate":"1.0 mg/d"},
       "patientDose":{"dose":"0.1 mg","over":"10 min","lockout":"6 h","maxPer24h":4},
       "fill":{"volume":"20 mL","drugs":[{"drug":"morphine","concentration":"5 mg/mL"}]},
       "reserve":"2 mL",\(pump)}
      """
    )
    #expect(answer.number("dosesPer24h") == 4)
    #expect(answer.quantity("maximumDaily")?.value == 1_400)
    #expect(answer.quantity("expectedInterval")?.value == 90)
    #expect(answer.text("earliestInterval.text") == "≈ 64.29 d")
    #expect(answer.codes("refused") == [])
  }

  @Test
  func `a constant of the catalogue that nobody has read is told by its name`() throws {
    let answer = try flow("300 ug/d", "2000 ug/mL")
    #expect(answer.codes("warnings") == ["unverifiedConstant"])
    #expect(answer.text("warnings.0.message")?.hasPrefix("maximumRate:") == true)
    #expect(answer.text("warnings.0.source") == "recalled, unverified")
  }
}
