import PumpTesting
import Testing

@testable import Formulary

/// `screen` (contract: plan.md).
struct ScreenPlanTests {
  /// The protocol as its label words it, in micrograms and tenths of a millilitre.
  private static let doses: [Int64] = [50, 75, 100]
  private static let tenths: [Int64] = [10, 15, 20]

  private static func request(_ step: Int, _ effect: String, _ hours: String) -> String {
    """
    {"drug":"baclofen","step":\(step),"effect":"\(effect)","effectHours":\(hours)}
    """
  }

  /// What is wrong with the answer; nothing where it is right.
  private static func failure(step: Int, effect: String, tenthsOfHours: Int) -> String? {
    let hours = "\(tenthsOfHours / 10).\(tenthsOfHours % 10)"
    guard let result = try? DrugAsk.plan(.screen, request(step, effect, hours)) else {
      return "\(step) \(effect) \(hours): not taken"
    }
    let isRight: Bool
    if effect == "full" {
      let factor: Int64 = tenthsOfHours > 80 ? 1 : 2
      isRight =
        result["candidate"] == .flag(true) && result["dose"] == nil
        && result.stored("start") == doses[step - 1] * factor * 1_000_000_000
    } else if step == 3 {
      isRight = result["candidate"] == .flag(false) && result.stored("start") == nil
    } else {
      isRight =
        result["candidate"] == nil && result.stored("dose") == doses[step] * 1_000_000_000
        && result.stored("volume") == tenths[step] * 100_000
        && result.stored("earliest") == 24 * 3_600_000
        && result.stored("observe") == 8 * 3_600_000
        && result.stored("observeAtLeast") == 4 * 3_600_000
    }
    let isUnclear = effect == "partial" && step == 3 || (effect == "none") != (tenthsOfHours == 0)
    let warned: Set<FindingCode> = isUnclear ? [.unclearResponse] : []
    guard isRight, result.warnedCodes == warned, result.refused.isEmpty, !result.working.isEmpty
    else { return "\(step) \(effect) \(hours): \(result)" }
    return nil
  }

  @Test
  func `three hundred and more random answers follow the protocol`() {
    let failure = Campaign(name: "screen", seed: 41, cases: 600).firstFailure { random in
      Self.failure(
        step: random.pick(1...3),
        effect: random.pick(["none", "partial", "full"]),
        tenthsOfHours: random.pick([0, 80, 81, random.pick(0...720)])
      )
    }
    #expect(failure == nil)
  }

  @Test
  func `an effect of eight hours doubles the dose, a longer one does not`() throws {
    let at = try DrugAsk.plan(.screen, Self.request(1, "full", "8"))
    #expect(at.stored("start") == 100_000_000_000)
    let over = try DrugAsk.plan(.screen, Self.request(1, "full", "8.01"))
    #expect(over.stored("start") == 50_000_000_000)
  }

  @Test
  func `no effect needs no hours`() throws {
    let json = "{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"none\"}"
    #expect(try DrugAsk.plan(.screen, json).stored("dose") == 75_000_000_000)
  }

  @Test(arguments: [
    ("{\"drug\":\"baclofen\",\"step\":0,\"effect\":\"none\",\"effectHours\":0}", "$.step: "),
    ("{\"drug\":\"baclofen\",\"step\":4,\"effect\":\"none\",\"effectHours\":0}", "$.step: "),
    ("{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"some\",\"effectHours\":0}", "$.effect: "),
    ("{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"full\"}", "$.effectHours: given nothing"),
    (
      "{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"full\",\"effectHours\":-1}", "$.effectHours: "
    ),
    (
      "{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"full\",\"effectHours\":73}", "$.effectHours: "
    ),
    (
      "{\"drug\":\"baclofen\",\"step\":1,\"effect\":\"full\",\"effectHours\":\"8 h\"}",
      "$.effectHours: given the text"
    ),
    ("{\"drug\":\"morphine\",\"step\":1,\"effect\":\"none\"}", "$.drug: given \"morphine\""),
    ("{\"drug\":\"baclofenn\",\"step\":1,\"effect\":\"none\"}", "\"baclofen\"?"),
    ("{\"drug\":\"baclofen\",\"steps\":1,\"effect\":\"none\"}", "$.steps: given an unknown field"),
  ])
  func `a bad request is refused with its path`(json: String, fault: String) throws {
    let given = try #require(DrugAsk.fault(.screen, json))
    #expect(given.contains(fault), "\(given)")
  }
}
