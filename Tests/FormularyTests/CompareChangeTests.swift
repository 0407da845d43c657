import PumpCore
import PumpScenario
import PumpTesting
import Quantities
import Testing

@testable import Formulary

/// What reaches the tip while the mixture changes, counted with the worse of both (H-16).
struct CompareChangeTests {
  private struct Change {
    let old: (concentration: Int, rate: Int)
    let new: (concentration: Int, rate: Int)
    let bridge: Int?

    init(_ random: inout Seeded) {
      // ug/mL, and uL/d.
      let before = random.pick([500, 1_000, 2_000])
      old = (before, random.pick(100...800))
      new = (random.pick([250, 500, 1_000, 2_000].filter { $0 != before }), random.pick(100...800))
      bridge = random.once(in: 2) ? random.pick(100...800) : nil
    }

    private func rate(_ microlitres: Int) -> String { "\(microlitres) uL/d" }

    private func fill(_ concentration: Int) -> String {
      #"{"volume":"20 mL","drugs":[{"drug":"testdrug","concentration":"\#(concentration) ug/mL"}]}"#
    }

    private static let pump = """
      {"capacity":"20 mL","minimumRate":"0.006 mL/d","maximumRate":"24 mL/d","tubing":"0.14 mL",
      "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}}
      """

    private func program(_ rate: Int, bridged: Bool) -> String {
      let bridge =
        bridged ? bridge.map { #","bridge":{"rate":"\#(self.rate($0))","volume":"316 uL"}"# } : nil
      return """
        {"basal":{"mode":"constant","rate":"\(self.rate(rate))"},"limits":{"maxRate":"24 mL/d",
        "maxVolumePer24h":"24 mL","maxDosePer24h":{"testdrug":"100 mg"}},"safeRate":"0 mL/d",
        "restartGap":"24 h","lowReservoir":"1 mL"\(bridge ?? "")}
        """
    }

    func side(isAfter: Bool) throws -> CompareSide {
      let text = """
        {"pump":\(Self.pump),"fill":\(fill(isAfter ? new.concentration : old.concentration)),
        "program":\(program(isAfter ? new.rate : old.rate, bridged: isAfter))}
        """
      return try CompareSample.side(text)
    }

    /// Two days before the change and as long as the path can take after it.
    var scenario: String {
      """
      {"pump":\(Self.pump),"clock":{"localStart":"2026-01-05T08:00:00"},
       "fill":\(fill(old.concentration)),"program":\(program(old.rate, bridged: false)),
       "events":[{"at":"48 h","do":"refill","aspirated":"15 mL","fill":\(fill(new.concentration)),
       "program":\(program(new.rate, bridged: true))}],"until":"240 h","sampleEvery":"30 min"}
      """
    }
  }

  @Test
  func `no 24 h at the tip of a real pump give more than compare says (SR-036, H-16)`() {
    var reached = 0
    let campaign = Campaign(name: "worse of old and new", seed: 0xC4A, cases: 120)
    let failure = campaign.firstFailure { random in
      let change = Change(&random)
      do {
        let result = try CompareResult(
          before: try change.side(isAfter: false),
          after: try change.side(isAfter: true)
        )
        guard let row = result.row("tipDose24h", drug: "testdrug"), let before = row.before,
          let after = row.after
        else { return "no figure: \(change)" }
        let most = max(before, after).nearestDouble
        let samples = try Scenario(bytes: Array(change.scenario.utf8)).run().run.samples
        let given = samples.map { Double($0.tipFemtograms[0]) }
        let day = zip(given, given.dropFirst(48)).map { $1 - $0 }.max() ?? 0
        // A stroke of the stronger fluid.
        let stroke = 250_000.0 * Double(max(change.old.concentration, change.new.concentration))
        if day > most - stroke { reached += 1 }
        return day <= most + stroke ? nil : "\(change): \(day) fg in 24 h, and \(most) was said"
      } catch {
        return "\(change): \(error)"
      }
    }
    #expect(failure == nil)
    // It is a bound that is reached, not one that is far off.
    #expect(reached >= 60, "\(reached) of 120")
  }

  private static func file(_ rate: String, _ strength: String, _ more: String = "") -> String {
    CompareSample.file(
      CompareSample.constant(rate),
      more: more,
      drugs: #"{"drug":"ziconotide","concentration":"\#(strength)"}"#
    )
  }

  @Test
  func `a dose limit that only the change passes refuses it, and a bridge helps (SR-041, H-16)`()
    throws
  {
    // 10 ug/d of 25 ug/mL are 0.4 mL/d, which of 100 ug/mL give 40 ug/d.
    let before = Self.file("10 ug/d", "100 ug/mL")
    let after = Self.file("10 ug/d", "25 ug/mL")
    let result = try CompareSample.result(before, after)
    #expect(result.refused.map(\.code) == ["doseLimit"])
    #expect(result.refused.first?.message.contains("40 ug in 24 h at the tip") == true)
    let svg = try ComparePicture(of: result).svg()
    #expect(svg.contains("at the tip during the change: up to 40 ug"))
    let bridge = #","bridge":{"rate":"0.1 mL/d","volume":"0.316 mL"}"#
    let bridged = try CompareSample.result(before, Self.file("10 ug/d", "25 ug/mL", bridge))
    #expect(bridged.refused.isEmpty)
    let short = #","bridge":{"rate":"0.1 mL/d","volume":"0.2 mL"}"#
    let tooShort = try CompareSample.result(before, Self.file("10 ug/d", "25 ug/mL", short))
    #expect(tooShort.refused.map(\.code) == ["doseLimit"])
  }

  @Test
  func `a program's own limit that only the change passes is told (H-16)`() throws {
    let limits = """
      {"maxRate":"24 mL/d","maxVolumePer24h":"6 mL","maxDosePer24h":{"baclofen":"70 ug"}}
      """
    let weak = CompareSample.file(
      CompareSample.constant("60 ug/d"),
      drugs: #"{"drug":"baclofen","concentration":"250 ug/mL"}"#,
      limits: limits
    )
    let strong = CompareSample.file(CompareSample.constant("60 ug/d"))
    let warning = try #require(
      try CompareSample.result(strong, weak).warnings.first { $0.code == "doseLimit" }
    )
    #expect(warning.planned == "120 ug" && warning.limit == "70 ug")
    let same = try CompareSample.result(strong, strong)
    #expect(same.row("tipDose24h", drug: "baclofen") == nil)
  }
}
