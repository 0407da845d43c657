import PumpTesting
import Testing

@testable import Formulary

/// `titrate` (contract: plan.md).
struct TitratePlanTests {
  /// A request in whole micrograms, years and minutes.
  struct Change {
    var drug = "baclofen"
    var indication = "spasticity"
    var origin: String? = "spinal"
    var age = 40
    var current = 300
    var proposed = 330
    var minutes = 24 * 60
    var setting = "clinic"

    var json: String {
      let origin = origin.map { "\"origin\":\"\($0)\"," } ?? ""
      return """
        {"drug":"\(drug)","indication":"\(indication)",\(origin)"age":\(age),\
        "current":"\(current) ug/d","proposed":"\(proposed) ug/d",\
        "lastChange":"2026-03-01T00:00:00","now":"\(now)","setting":"\(setting)"}
        """
    }

    private var now: String {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "2026-03-\(two(1 + minutes / 1_440))T\(two(minutes / 60 % 24)):\(two(minutes % 60)):00"
    }
  }

  /// The rules as a pharmacist would list them for one patient: percent or micrograms, up and down,
  /// minutes to wait, and whether the list has a source that was read.
  private struct Rule {
    var percentUp: Int?
    var microgramsUp: Double?
    var percentDown: Int?
    var minutes: Int?
    var isRead = true
    var isDownRead = true
    var isWaitRead = true
  }

  private static func rules(_ change: Change) -> [Rule] {
    let isRefill = change.setting == "refill"
    switch change.drug {
    case "baclofen":
      let isSpinal = change.origin == "spinal"
      let up = isRefill ? (isSpinal ? 40 : 20) : (isSpinal ? 30 : 15)
      let adult = Rule(percentUp: up, percentDown: 20, minutes: 1_440)
      return change.age < 18 ? [adult, Rule(percentUp: 15, isRead: false)] : [adult]
    case "ziconotide":
      return [Rule(microgramsUp: 2.4, minutes: 56 * 60)]
    default:
      let percent = change.indication == "cancer" ? 50 : 30
      let hasDown = !["bupivacaine", "ropivacaine"].contains(change.drug)
      return [
        Rule(
          percentUp: percent,
          percentDown: hasDown ? percent : nil,
          minutes: 1_440,
          isDownRead: false,
          isWaitRead: false
        )
      ]
    }
  }

  private struct Answer: Equatable {
    var refused: Set<FindingCode> = []
    var warned: Set<FindingCode> = []
    /// In tenths of a nanogram a day: whole for whole micrograms and percents.
    var least = 0
    var most = 0
  }

  /// In units of a hundredth of a microgram, so that percents of micrograms are whole.
  private static func answer(_ change: Change) -> Answer {
    var answer = Answer(most: .max)
    let (current, proposed) = (change.current * 100, change.proposed * 100)
    let isUp = proposed > current
    func over(_ isOver: Bool, _ isRead: Bool, _ code: FindingCode) {
      guard isOver else { return }
      if isRead { answer.refused.insert(code) } else { answer.warned.insert(.unverifiedLimit) }
    }
    for rule in rules(change) {
      let up = rule.percentUp.map { change.current * $0 } ?? Int((rule.microgramsUp ?? 0) * 100)
      over(proposed > current + up, rule.isRead, .stepTooLarge)
      answer.most = min(answer.most, current + up)
      if let down = rule.percentDown {
        over(proposed < current - change.current * down, rule.isDownRead, .stepTooLarge)
        answer.least = max(answer.least, current - change.current * down)
      }
      if let wait = rule.minutes, isUp {
        over(change.minutes < wait, rule.isWaitRead, .tooSoon)
      }
    }
    if change.setting == "remote" {
      let step = change.current * 10
      if abs(proposed - current) > step { answer.refused.insert(.remoteNotAllowed) }
      if isUp, change.minutes < 1_440 { answer.refused.insert(.tooSoon) }
      answer.least = max(answer.least, current - step)
      answer.most = min(answer.most, current + step)
    }
    maximum(change, &answer)
    if abs(change.proposed - change.current) * 5 > change.current {
      answer.warned.insert(.secondConfirmation)
    }
    let harmless = ["ziconotide", "bupivacaine", "ropivacaine"]
    if change.proposed == 0, !harmless.contains(change.drug) {
      answer.warned.insert(.withdrawalRisk)
    }
    let isTooYoung = change.age < ["baclofen": 4, "ziconotide": 18][change.drug, default: 0]
    if isTooYoung { answer.warned.insert(.outsideLabel) }
    let isFast = change.proposed - change.current > 0 && change.minutes < 7 * 1_440
    if change.drug == "ziconotide", isFast || (proposed - current) > 50 {
      answer.warned.insert(.fasterThanAdvised)
    }
    return answer
  }

  private static func maximum(_ change: Change, _ answer: inout Answer) {
    let care = ["baclofen": 1_000, "morphine": 20_000, "bupivacaine": 15_000]
    if let care = care[change.drug], change.proposed > care { answer.warned.insert(.aboveCaution) }
    let most = [
      "morphine": 15_000, "hydromorphone": 10_000, "fentanyl": 1_000, "sufentanil": 500,
      "bupivacaine": 20_000, "clonidine": 600,
    ]
    let isDown = change.proposed < change.current
    if let most = most[change.drug], change.proposed > most {
      answer.warned.insert(isDown ? .aboveMaximum : .unverifiedLimit)
    }
    guard change.drug == "ziconotide" else { return }
    if change.current * 10 <= 192 { answer.most = min(answer.most, 1_920) }
    if change.proposed * 10 > 192 {
      if isDown {
        answer.warned.insert(.aboveMaximum)
      } else {
        answer.refused.insert(.aboveMaximum)
      }
    }
  }

  private static func failure(_ random: inout Seeded) -> String? {
    var change = Change()
    change.drug = random.pick([
      "baclofen", "baclofen", "baclofen", "ziconotide", "ziconotide", "morphine", "hydromorphone",
      "fentanyl", "sufentanil", "bupivacaine", "ropivacaine", "clonidine",
    ])
    let isSpasticity = change.drug == "baclofen"
    change.indication = isSpasticity ? "spasticity" : random.pick(["cancer", "nonCancer"])
    change.origin = isSpasticity ? random.pick(["spinal", "cerebral"]) : nil
    change.age = random.pick([0, 3, 4, 17, 18, 40, 99])
    let most = ["ziconotide": 22, "morphine": 25_000, "bupivacaine": 25_000][
      change.drug,
      default: 1_200
    ]
    change.current = random.pick(1...most)
    let percent = random.pick([-100, -51, -50, -20, -10, 0, 10, 15, 20, 30, 40, 50, 51, 300])
    change.proposed = max(0, change.current * (100 + percent) / 100 + random.pick(-1...1))
    change.minutes = random.pick([0, 1_439, 1_440, 56 * 60 - 1, 56 * 60, 10_079, 10_080])
    change.setting = random.pick(["clinic", "refill", "remote"])
    guard let result = try? DrugAsk.plan(.titrate, change.json) else {
      return "\(change.json): not taken"
    }
    let answer = answer(change)
    let least = result.member("allowed", "minDose")?.storedUnits
    let largest = result.member("allowed", "maxDose")?.storedUnits
    let share = Rational((change.proposed - change.current) * 100)
    guard result.refusedCodes == answer.refused, result.warnedCodes == answer.warned,
      least == Int64(max(0, answer.least)) * 10_000_000, largest == Int64(answer.most) * 10_000_000,
      case .percent(let given)? = result["percent"],
      (try? given * Rational(change.current)) == share
    else { return "\(change.json): \(result), expected \(answer)" }
    return nil
  }

  @Test
  func `three hundred and more random changes keep to the rules (SR-040)`() {
    let failure = Campaign(name: "titrate", seed: 23, cases: 4_000).firstFailure(Self.failure)
    #expect(failure == nil)
  }

  private func codes(_ edit: (inout Change) -> Void) throws -> Set<FindingCode> {
    var change = Change()
    edit(&change)
    return try DrugAsk.plan(.titrate, change.json).refusedCodes
  }

  @Test
  func `spasticity of the spine takes thirty percent a day, of the brain fifteen`() throws {
    #expect(try codes { $0.proposed = 390 } == [])
    #expect(try codes { $0.proposed = 391 } == [.stepTooLarge])
    #expect(try codes { ($0.origin, $0.proposed) = ("cerebral", 345) } == [])
    #expect(try codes { ($0.origin, $0.proposed) = ("cerebral", 346) } == [.stepTooLarge])
    #expect(try codes { ($0.setting, $0.proposed) = ("refill", 420) } == [])
    #expect(try codes { $0.minutes = 1_439 } == [.tooSoon])
  }

  @Test
  func `a step down that is too large is refused, and a small one never waits (H-75)`() throws {
    #expect(try codes { $0.proposed = 239 } == [.stepTooLarge])
    #expect(try codes { ($0.proposed, $0.minutes) = (240, 0) } == [])
  }

  @Test
  func `a remote change keeps to the envelope`() throws {
    #expect(try codes { ($0.setting, $0.proposed) = ("remote", 330) } == [])
    #expect(try codes { ($0.setting, $0.proposed) = ("remote", 331) } == [.remoteNotAllowed])
    #expect(try codes { ($0.setting, $0.proposed) = ("remote", 269) } == [.remoteNotAllowed])
    let stopped = try codes { ($0.setting, $0.proposed) = ("remote", 0) }
    #expect(stopped == [.remoteNotAllowed, .stepTooLarge])
  }

  @Test
  func `a dose over a verified maximum is refused, over a recalled one it warns (SR-041)`() throws {
    let ziconotide = try codes {
      ($0.drug, $0.indication, $0.origin) = ("ziconotide", "nonCancer", nil)
      ($0.current, $0.proposed, $0.minutes) = (18, 20, 10_080)
    }
    #expect(ziconotide == [.aboveMaximum])
    let morphine = try codes {
      ($0.drug, $0.indication, $0.origin) = ("morphine", "cancer", nil)
      ($0.current, $0.proposed) = (14_000, 15_500)
    }
    #expect(morphine == [])
  }

  @Test
  func `a change of more than a fifth asks twice (SR-044)`() throws {
    for (proposed, isAsked) in [(360, false), (361, true), (240, false), (239, true)] {
      var change = Change()
      change.proposed = proposed
      let result = try DrugAsk.plan(.titrate, change.json)
      #expect(result.warnedCodes.contains(.secondConfirmation) == isAsked, "\(proposed)")
      #expect(result["percent"] != nil)
    }
  }

  @Test(arguments: [
    ("\"age\":40", "\"age\":\"40\"", "$.age: "), ("\"age\":40", "\"age\":\"40 y\"", "$.age: "),
    ("\"age\":40", "\"age\":121", "$.age: "), ("\"age\":40", "\"age\":4.5", "$.age: "),
    ("\"age\":40", "\"age\":-1", "$.age: "),
    ("\"origin\":\"spinal\",", "", "$.origin: given nothing"),
    ("\"spasticity\"", "\"cancer\"", "$.indication: "),
    ("\"300 ug/d\"", "\"0 ug/d\"", "$.current: "), ("\"300 ug/d\"", "300", "$.current: "),
    ("\"300 ug/d\"", "\"300 ug\"", "$.current: "),
    ("\"330 ug/d\"", "\"-1 ug/d\"", "$.proposed: "),
    ("2026-03-01", "2026-02-30", "$.lastChange: "), ("2026-03-02", "2026-02-28", "$.now: "),
    ("2026-03-02T00:00:00", "2026-03-02T00:00:00Z", "$.now: "),
    ("\"clinic\"", "\"home\"", "$.setting: "), ("baclofen", "saline", "$.drug: "),
    ("\"setting\"", "\"place\"", "$.place: given an unknown field"),
  ])
  func `a bad request is refused with its path`(
    text: String,
    instead: String,
    fault: String
  ) throws {
    let json = Change().json.replacing(text, with: instead)
    #expect(json != Change().json)
    let given = try #require(DrugAsk.fault(.titrate, json))
    #expect(given.hasPrefix(fault), "\(given)")
  }

  @Test
  func `an age may carry its unit`() throws {
    for age in ["\"40 a\"", "\"480 mo\""] {
      let json = Change().json.replacing("\"age\":40", with: "\"age\":\(age)")
      #expect(try DrugAsk.plan(.titrate, json) == DrugAsk.plan(.titrate, Change().json))
    }
  }
}
