import Formulary
import PumpTesting
import Testing

struct BridgeTests {
  @Test
  func `four hundred bridges are those of long arithmetic on decimal digits (SR-036, H-08, H-16)`()
  {
    let campaign = Campaign(name: "bridge", seed: 0xB81D6E, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let old = (concentration: Given.concentration(&seeded), dose: Given.dose(&seeded))
      let new = (
        concentration: Given.concentration(&seeded),
        dose: seeded.once(in: 2) ? old.dose : Given.dose(&seeded)
      )
      let tubing = Given(10...300, decimals: 3, "mL", &seeded)
      let catheter = Given.catheter(&seeded)
      let pump = RandomPump(&seeded)
      let residual = Given(0...30, decimals: 1, "mL", &seeded)
      let fill = Given(5...20, decimals: 0, "mL", &seeded)
      let request = """
        {"old":{"concentration":"\(old.concentration.text)","dose":"\(old.dose.text)"},
         "new":{"concentration":"\(new.concentration.text)","dose":"\(new.dose.text)"},
         "tubing":"\(tubing.text)","catheter":{"length":"\(catheter.length.text)",
         "volumePerCm":"\(catheter.perCm.text)"},"pump":\(pump.json),
         "residual":"\(residual.text)","fillVolume":"\(fill.text)"}
        """
      let volume =
        tubing.stored + catheter.length.stored * catheter.perCm.stored / Share(10_000_000)
      let rate = old.dose.stored / old.concentration.stored
      let newRate = new.dose.stored / new.concentration.stored
      let without = newRate * old.concentration.stored
      let percent = without / new.dose.stored * Share(100)
      let mixed =
        (residual.stored * old.concentration.stored + fill.stored * new.concentration.stored)
        / (residual.stored + fill.stored)
      let isWarned = Share(120) < percent || percent < Share(80)
      do {
        let answer = try Answer(.bridge, request)
        let difference = answer.difference([
          ("volume", .quantity(volume, "mL")), ("rate", .quantity(rate, "mL/d")),
          ("duration", .quantity(volume / rate * Share(86_400_000), "h")),
          ("newRate", .quantity(newRate, "mL/d")),
          ("withoutBridge.dose", .quantity(without, "ug/d")),
          ("withoutBridge.percentOfPrescribed", .number(percent)),
          ("withoutBridge.duration", .quantity(volume / newRate * Share(86_400_000), "h")),
          ("mixedConcentration", .quantity(mixed, "mg/mL")),
        ])
        if let difference { return "\(request): \(difference)" }
        guard answer.codes("warnings").contains("doseWithoutBridge") == isWarned else {
          return "\(request): doseWithoutBridge"
        }
        return answer.difference(refused: pump.codes(rate).union(pump.codes(newRate)))
          .map { "\(request): \($0)" }
      } catch {
        return "\(request): \(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test(
    "a dose without a bridge is warned of from just over 120 % and just under 80 % on (H-16)",
    arguments: [
      ("12 mg/mL", false), ("12.01 mg/mL", true), ("8 mg/mL", false), ("7.99 mg/mL", true),
    ]
  )
  func bounds(old: String, isWarned: Bool) throws {
    let answer = try Answer(
      .bridge,
      """
      {"old":{"concentration":"\(old)","dose":"2 mg/d"},
       "new":{"concentration":"10 mg/mL","dose":"2 mg/d"},"tubing":"0.14 mL",
       "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"},"pump":"SynchroMed II"}
      """
    )
    #expect(answer.codes("warnings").contains("doseWithoutBridge") == isWarned)
  }
}
