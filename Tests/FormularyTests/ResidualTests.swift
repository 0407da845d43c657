import Formulary
import PumpTesting
import Testing

struct ResidualTests {
  /// All in µL, so that every bound can be looked at in whole numbers.
  private struct Refill {
    let capacity: Int
    let filled: Int
    let expected: Int
    let aspirated: Int
    let hasSymptoms: Bool
    /// In tenths of a percent.
    let previous: [Int]

    init(_ seeded: inout Seeded) {
      capacity = seeded.pick([10_000, 20_000, 40_000])
      filled = seeded.pick(2_000...capacity)
      expected = seeded.pick(0...(filled - 1))
      // Mostly near the bounds.
      let off = seeded.pick([-2_001, -2_000, -1_001, -1_000, -999, 0, 999, 1_000, 1_001, 2_001])
      aspirated =
        seeded.once(in: 2) ? max(0, expected + off) : seeded.pick(0...(capacity + 1_000))
      hasSymptoms = seeded.once(in: 3)
      previous = (0..<seeded.pick(0...3)).map { _ in seeded.pick([-300, -151, -150, 12, 150, 151]) }
    }

    var json: String {
      let errors = previous.map { "\($0 < 0 ? "-" : "")\(abs($0) / 10).\(abs($0) % 10)" }
      return """
        {"capacity":"\(capacity) uL","filled":"\(filled) uL","expected":"\(expected) uL",
         "aspirated":"\(aspirated) uL","symptoms":\(hasSymptoms),
         "previous":[\(errors.joined(separator: ","))]}
        """
    }

    /// |error| > percent, without a division.
    func isOver(_ percent: Int) -> Bool {
      abs(expected - aspirated) * 100 > percent * (filled - expected)
    }

    var finding: String {
      let off = abs(aspirated - expected)
      let isMuch = off > (capacity <= 20_000 ? 1_000 : 2_000)
      let last = previous.last ?? 0
      let isAgain = abs(last) > 150 && last * (expected - aspirated) > 0
      if isMuch || (isOver(25) && off >= 1_000) { return "investigate" }
      guard isOver(15) else { return "withinSpecification" }
      return hasSymptoms || isAgain ? "investigate" : "recheck"
    }
  }

  @Test
  func `two thousand residuals are judged as whole microlitres judge them (H-21)`() {
    let campaign = Campaign(name: "residual", seed: 0x8E51D, cases: 2_000)
    let failure = campaign.firstFailure { seeded in
      let refill = Refill(&seeded)
      let ratio = Share(refill.filled - refill.aspirated) / Share(refill.filled - refill.expected)
      let difference = refill.aspirated - refill.expected
      let direction =
        difference == 0 ? "none" : difference > 0 ? "moreThanExpected" : "lessThanExpected"
      do {
        return try Answer(.residual, refill.json).difference([
          ("ratio", .number(ratio)),
          ("error", .number((ratio - Share(1)) * Share(100))),
          ("difference", .quantity(Share(difference * 1_000), "mL")),
          ("direction", .text(direction)), ("finding", .text(refill.finding)),
          ("firstAction", .text("aspirate again")),
        ]).map { "\(refill.json): \($0)" }
      } catch {
        return "\(refill.json): \(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test(
    "likely causes follow the direction, and the commonest comes first",
    arguments: [("3 mL", "incomplete aspiration"), ("9.1 mL", "motor stall")]
  )
  func causes(aspirated: String, first: String) throws {
    let answer = try Answer(
      .residual,
      """
      {"capacity":"20 mL","filled":"20 mL","expected":"6.2 mL","aspirated":"\(aspirated)"}
      """
    )
    #expect(answer.text("likelyCauses.0") == first)
    #expect(answer.codes("warnings") == ["investigate"])
  }
}
