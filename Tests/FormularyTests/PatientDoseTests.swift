import Formulary
import PumpTesting
import Testing

struct PatientDoseTests {
  @Test
  func `four hundred patient doses are those of starts counted one by one (H-08)`() {
    let campaign = Campaign(name: "patientDose", seed: 0xD05E, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let concentration = Given.concentration(&seeded)
      let basal = PaperBasal(concentration: concentration, &seeded)
      let dose = PaperPatientDose(concentration, &seeded)
      let fill = Given(5...20, "mL", &seeded)
      let reserve = Given(0...4, "mL", &seeded)
      let request =
        #"{"basal":\#(basal.json),"patientDose":\#(dose.json),"fill":{"volume":"#
        + #""\#(fill.text)","drugs":[{"drug":"alpha","concentration":"\#(concentration.text)"}]},"#
        + #""reserve":"\#(reserve.text)","pump":{"capacity":"20 mL","minimumRate":"0 mL/d","#
        + #""maximumRate":"1000 mL/d","tubing":"0.14 mL"}}"#
      let volume = basal.largestDay + dose.volume * Share(dose.mostPer24h)
      let room = (fill.stored - reserve.stored) * Share(86_400_000)
      let most = basal.average + dose.volume * dose.perDay
      do {
        let answer = try Answer(.patientDose, request)
        let difference = answer.difference([
          ("dosesPer24h", .number(Share(dose.mostPer24h))),
          ("maximumDaily", .quantity(volume * concentration.stored, "ug/d")),
          ("percentOfBasal", .number(volume / basal.average * Share(100))),
          ("expectedInterval", .quantity(room / basal.average, "d")),
          ("earliestInterval", .quantity(room / most, "d")),
        ])
        guard let earliest = answer.number("earliestInterval.value"),
          let expected = answer.number("expectedInterval.value"), earliest <= expected
        else { return "\(request): earliest after expected" }
        return difference.map { "\(request): \($0)" }
      } catch {
        return "\(request): \(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test
  func `a bolus faster than the pump can is refused`() throws {
    let answer = try Answer(
      .patientDose,
      """
      {"basal":"1 mg/d","patientDose":{"dose":"0.1 mg","over":"1 min","lockout":"6 h",
       "maxPer24h":4},"fill":{"volume":"20 mL","drugs":[{"drug":"alpha","concentration":"5 mg/mL"}]},
       "reserve":"2 mL","pump":"SynchroMed II"}
      """
    )
    #expect(answer.codes("refused") == ["aboveMaximumRate"])
    #expect(answer.quantity("maximumDaily")?.value == 1_400)
  }
}
