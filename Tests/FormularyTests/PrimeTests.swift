import Formulary
import PumpTesting
import Testing

struct PrimeTests {
  @Test
  func `four hundred primes are those of long arithmetic on decimal digits (H-15)`() {
    let campaign = Campaign(name: "prime", seed: 0x9818E, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let tubing = Given(0...300, decimals: 3, "mL", &seeded)
      let catheter = Given.catheter(&seeded)
      let concentration = Given.concentration(&seeded)
      let over = Given(1...90, decimals: 1, seeded.pick(["min", "h"]), &seeded)
      let empty = seeded.pick(["both", "catheter", "none"])
      let request = """
        {"tubing":"\(tubing.text)","catheter":{"length":"\(catheter.length.text)",
         "volumePerCm":"\(catheter.perCm.text)"},"pathEmpty":"\(empty)",
         "concentration":"\(concentration.text)","over":"\(over.text)"}
        """
      // 1 cm is 10,000 um, 1 nL is 1000 pL.
      let held = catheter.length.stored * catheter.perCm.stored / Share(10_000_000)
      let volume = empty == "none" ? Share(0) : empty == "both" ? tubing.stored + held : held
      do {
        return try Answer(.prime, request).difference([
          ("volume", .quantity(volume, "mL")),
          ("mass", .quantity(volume * concentration.stored, "ug")),
          ("rate", .quantity(volume * Share(86_400_000) / over.stored, "mL/d")),
        ]).map { "\(request): \($0)" }
      } catch {
        return "\(request): \(error)"
      }
    }
    #expect(failure == nil)
  }
}
