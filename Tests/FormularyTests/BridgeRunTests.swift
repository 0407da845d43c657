import Formulary
import PumpCore
import PumpScenario
import PumpTesting
import Quantities
import Testing

/// What `bridge` says is programmed into the real controller, and the tip is watched.
struct BridgeRunTests {
  private struct Change {
    let old: (concentration: Given, dose: Given)
    let new: (concentration: Given, dose: Given)
    let length: Given

    init(_ seeded: inout Seeded) {
      // Rates from 0.01 to 2 mL/d.
      func side() -> (concentration: Given, dose: Given) {
        let tenths = seeded.pick(10...200)
        return (
          Given("\(tenths / 10).\(tenths % 10) mg/mL"), Given(200...2_000, "ug/d", &seeded)
        )
      }
      old = side()
      new = side()
      length = Given(50...110, "cm", &seeded)
    }

    init(old: (Given, Given), new: (Given, Given), length: Given) {
      self.old = old
      self.new = new
      self.length = length
    }

    var request: String {
      """
      {"old":{"concentration":"\(old.concentration.text)","dose":"\(old.dose.text)"},
       "new":{"concentration":"\(new.concentration.text)","dose":"\(new.dose.text)"},
       "tubing":"0.14 mL","catheter":{"length":"\(length.text)","volumePerCm":"2.2 uL/cm"},
       "pump":{"capacity":"20 mL","minimumRate":"0.006 mL/d","maximumRate":"24 mL/d",
       "tubing":"0.14 mL"}}
      """
    }
  }

  /// A day of the old program, the refill with the bridge, and two days of the new program.
  private static func scenario(_ change: Change, _ plan: Answer, hours: Int) -> String {
    func fill(_ concentration: Given) -> String {
      #"{"volume":"20 mL","drugs":[{"drug":"alpha","concentration":"\#(concentration.text)"}]}"#
    }
    func program(_ rate: String, _ more: String = "") -> String {
      """
      {"basal":{"mode":"constant","rate":"\(rate)"},"limits":{"maxRate":"24 mL/d",
       "maxVolumePer24h":"24 mL","maxDosePer24h":{"alpha":"100 mg"}},"safeRate":"0 mL/d",
       "restartGap":"24 h","lowReservoir":"1 mL"\(more)}
      """
    }
    let bridge =
      #","bridge":{"rate":"\#(plan.text("rate.text") ?? "")","#
      + #""volume":"\#(plan.text("volume.text") ?? "")"}"#
    return """
      {"pump":{"capacity":"20 mL","minimumRate":"0.006 mL/d","maximumRate":"24 mL/d",
       "tubing":"0.14 mL","catheter":{"length":"\(change.length.text)","volumePerCm":"2.2 uL/cm"}},
       "clock":{"localStart":"2026-01-05T08:00:00"},"fill":\(fill(change.old.concentration)),
       "program":\(program(change.old.dose.text)),
       "events":[{"at":"24 h","do":"refill","aspirated":"15 mL",
       "fill":\(fill(change.new.concentration)),
       "program":\(program(plan.text("newRate.text") ?? "", bridge))}],
       "until":"\(hours) h","sampleEvery":"7 min"}
      """
  }

  /// How far a change is off the prescription over its worst window, in strokes of the stronger
  /// fluid, beyond what the rounding of the rates explains.
  private static func worst(_ change: Change) throws -> Double {
    let plan = try Answer(.bridge, change.request)
    let duration = try #require(plan.quantity("duration")).value
    let hours = 24 + Int(duration) + 48
    let text = scenario(change, plan, hours: hours)
    let story = try Scenario(bytes: Array(text.utf8)).run()
    let end = 24 + duration
    let (oldDose, newDose) = (change.old.dose.stored.double, change.new.dose.stored.double)
    var low = 0.0
    var high = 0.0
    for sample in story.run.samples {
      let at = Double(sample.time.milliseconds) / 3_600_000
      let prescribed = (min(at, end) * oldDose + max(0, at - end) * newDose) / 24
      let off = Double(sample.tipFemtograms[0]) - prescribed
      low = min(low, off)
      high = max(high, off)
    }
    let strongest = max(
      change.old.concentration.stored.double,
      change.new.concentration.stored.double
    )
    // Half a nL/d of rate, over the whole run.
    let rounding = 0.5 * strongest * Double(hours) / 24
    return (high - low - rounding) / (250 * strongest)
  }

  @Test
  func `bridge then run gives the prescribed dose at the tip over any window (SR-036, H-15, H-16)`()
    throws
  {
    var largest = -Double.infinity
    let campaign = Campaign(name: "bridge then run", seed: 0x71B, cases: 60)
    let failure = campaign.firstFailure { seeded in
      let change = Change(&seeded)
      do {
        let worst = try Self.worst(change)
        largest = max(largest, worst)
        return worst <= 1 ? nil : "\(change.request): \(worst) strokes"
      } catch {
        return "\(change.request): \(error)"
      }
    }
    #expect(failure == nil)
    print("bridge then run: at the most \(largest) strokes off over any window")
  }

  @Test(
    "the bridges of the worked cases run as they say (SR-036, H-16)",
    arguments: [("10 mg/mL", "20 mg/mL"), ("20 mg/mL", "10 mg/mL")]
  )
  func workedCase(old: String, new: String) throws {
    let change = Change(
      old: (Given(old), Given("2 mg/d")),
      new: (Given(new), Given("2 mg/d")),
      length: Given("80 cm")
    )
    #expect(try Self.worst(change) <= 1)
  }
}
