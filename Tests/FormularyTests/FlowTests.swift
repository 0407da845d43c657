import Formulary
import PumpTesting
import Testing

struct FlowTests {
  private struct Drug {
    let name: String
    let dose: Given
    let concentration: Given
    /// nL/d.
    var rate: Share { dose.stored / concentration.stored }

    var json: String {
      #"{"drug":"\#(name)","dose":"\#(dose.text)","concentration":"\#(concentration.text)"}"#
    }
  }

  private static func drugs(_ seeded: inout Seeded) -> [Drug] {
    let first = Drug(
      name: unknownDrugs[0],
      dose: .dose(&seeded),
      concentration: .concentration(&seeded)
    )
    var drugs = [first]
    for name in unknownDrugs.dropFirst().prefix(seeded.pick(0...2)) {
      guard seeded.once(in: 2) else {
        drugs.append(
          Drug(name: name, dose: .dose(&seeded), concentration: .concentration(&seeded))
        )
        continue
      }
      // The same rate: dose and concentration times the same whole number.
      let factor = Share(seeded.pick(2...9))
      let dose = (first.dose.stored * factor).nearest
      let concentration = (first.concentration.stored * factor).nearest
      drugs.append(
        Drug(
          name: name,
          dose: Given("\(dose) fg/d"),
          concentration: Given("\(concentration) ng/mL")
        )
      )
    }
    return drugs
  }

  @Test
  func `four hundred flows are those of long arithmetic on decimal digits (H-08)`() {
    let campaign = Campaign(name: "flow", seed: 0xF10, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let drugs = Self.drugs(&seeded)
      let pump = RandomPump(&seeded)
      let list = drugs.map(\.json).joined(separator: ",")
      let request = #"{"drugs":[\#(list)],"pump":\#(pump.json)}"#
      do {
        return Self.difference(try Answer(.flow, request), drugs, pump).map { "\(request): \($0)" }
      } catch {
        return "\(request): \(error)"
      }
    }
    #expect(failure == nil)
  }

  private static func difference(_ answer: Answer, _ drugs: [Drug], _ pump: RandomPump) -> String? {
    var lowest = drugs[0].rate
    for drug in drugs where drug.rate < lowest { lowest = drug.rate }
    let rate = Share(lowest.nearest)
    var expected: [(String, Expected)] = [("rate", .quantity(rate, "mL/d"))]
    var refused: Set<String> = []
    for (index, drug) in drugs.enumerated() {
      let delivered = rate * drug.concentration.stored
      let deviation = (delivered - drug.dose.stored) / drug.dose.stored * Share(100)
      expected.append(("drugs.\(index).ownRate", .quantity(drug.rate, "mL/d")))
      expected.append(("drugs.\(index).delivered", .quantity(delivered, "ug/d")))
      expected.append(("drugs.\(index).deviation", .number(deviation)))
      if drug.rate != drugs[0].rate { refused.insert("incompatibleDoses") }
      refused.formUnion(pump.codes(drug.rate))
    }
    return answer.difference(expected) ?? answer.difference(refused: refused)
  }

  @Test
  func `a rate that rounds to nothing is refused on a pump without a minimum`() throws {
    let answer = try Answer(
      .flow,
      """
      {"drugs":[{"drug":"alpha","dose":"1 ng/d","concentration":"50 mg/mL"}],
       "pump":{"capacity":"20 mL","minimumRate":"0 mL/d","maximumRate":"24 mL/d","tubing":"0 mL"}}
      """
    )
    #expect(answer.codes("refused") == ["belowMinimumRate"])
  }

  @Test
  func `doses that no one rate gives are told each with its own rate`() throws {
    let answer = try Answer(
      .flow,
      """
      {"drugs":[{"drug":"alpha","dose":"2 mg/d","concentration":"10 mg/mL"},
                {"drug":"beta","dose":"60 ug/d","concentration":"500 ug/mL"}],
       "pump":"SynchroMed II"}
      """
    )
    #expect(answer.codes("refused") == ["incompatibleDoses"])
    #expect(answer.quantity("drugs.0.ownRate")?.value == 0.2)
    #expect(answer.quantity("drugs.1.ownRate")?.value == 0.12)
    #expect(answer.text("refused.0.message")?.contains("alpha 0.2 mL/d, beta 0.12 mL/d") == true)
    // At the lower one nobody is over the dose.
    #expect(answer.quantity("rate")?.value == 0.12)
  }
}
