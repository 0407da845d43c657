import Formulary
import JSONText
import Testing

struct PlanDialogueTests {
  /// Answers one after the other; what was refused.
  private func refusals(_ dialogue: inout PlanDialogue, _ answers: [String]) -> [String] {
    answers.compactMap { dialogue.answer($0) }
  }

  @Test
  func `a flow is asked input by input and gives the result of its example`() throws {
    var dialogue = PlanDialogue(.flow)
    #expect(dialogue.prompt?.hasPrefix("drugs 1 drug") == true)
    let answers = ["baclofen", "300 ug/d", "2000 ug/mL", "", "n", "SynchroMed II"]
    let refused1 = refusals(&dialogue, answers)
    #expect(refused1 == [])
    #expect(dialogue.prompt == nil)
    let example = try PlanRequest(bytes: Array(PlanName.flow.example.utf8))
    #expect(
      try Planner.plan(.flow, dialogue.request) == Planner.plan(.flow, example)
    )
  }

  @Test
  func `a bad input is refused at once with what was expected, and asked again`() {
    var dialogue = PlanDialogue(.flow)
    _ = dialogue.answer("baclofen")
    #expect(dialogue.prompt == #"drugs 1 dose (a dose per time such as "300 ug/d")"#)
    let refusal = dialogue.answer("300 ug")
    #expect(refusal?.contains(#"given "300 ug", expected a dose per time"#) == true)
    #expect(dialogue.prompt?.hasPrefix("drugs 1 dose") == true)
    let answer1 = dialogue.answer("")
    #expect(answer1 == "it is needed")
    let answer2 = dialogue.answer("300 ug/d")
    #expect(answer2 == nil)
    #expect(dialogue.prompt?.hasPrefix("drugs 1 concentration") == true)
  }

  @Test
  func `an unknown pump is refused with the nearest name`() {
    var dialogue = PlanDialogue(.flow)
    _ = refusals(&dialogue, ["alpha", "300 ug/d", "2000 ug/mL", "280 ug/d", "no"])
    let refusal = dialogue.answer("SynchroMed IV")
    #expect(refusal?.contains("SynchroMed") == true)
    let answer3 = dialogue.answer("SynchroMed II")
    #expect(answer3 == nil)
  }

  @Test
  func `lists, groups and what may be left out are asked in their order`() throws {
    var dialogue = PlanDialogue(.admixture)
    let answers = [
      "0.4 mL/d", "20 mL", "morphine", "2 mg/d", "10 mg/mL, 25 mg/mL", "1.8 mg/d", "y",
      "clonidine", "60 ug/d", "500 ug/mL", "", "n", "SynchroMed II",
    ]
    let refused2 = refusals(&dialogue, answers)
    #expect(refused2 == [])
    let result = try Planner.plan(.admixture, dialogue.request)
    #expect(result["minimumRate"] == .quantity(PlanQuantity(320_000, in: .millilitrePerDay)))
    var refill = PlanDialogue(.refill)
    let plain = [
      "20 mL", "SynchroMed II", "2 mL", "0.15 mL/d", "n", "2026-01-05", "90 d, 60 d", "",
    ]
    let refused3 = refusals(&refill, plain)
    #expect(refused3 == [])
    #expect(try Planner.plan(.refill, refill.request)["dueDate"] == .text("2026-03-06"))
  }

  @Test
  func `an earlier answer that a later one shows to be bad is asked again`() throws {
    var dialogue = PlanDialogue(.residual)
    let refused4 = refusals(&dialogue, ["20 mL"])
    #expect(refused4 == [])
    let answer4 = dialogue.answer("40 mL")
    #expect(answer4?.contains("at most the capacity") == true)
    let refused5 = refusals(&dialogue, ["20 mL", "6.2 mL", "9.1 mL", "[1, 16]", "true"])
    #expect(refused5 == [])
    #expect(try Planner.plan(.residual, dialogue.request)["finding"] == .text("investigate"))
  }

  @Test("every calculator can be asked for to the end", arguments: PlanName.allCases)
  func complete(name: PlanName) throws {
    let root = try JSONValue(parsing: Array(name.example.utf8))
    var dialogue = PlanDialogue(name)
    var rounds = 0
    while let prompt = dialogue.prompt, rounds < 60 {
      rounds += 1
      if prompt.hasSuffix("(y/n)") {
        // The groups of the examples have no optional ones; a list stops at its first element.
        let answer5 = dialogue.answer("n")
        #expect(answer5 == nil)
        continue
      }
      let words = prompt.prefix { $0 != "(" && $0 != "," }
      let path = words.split(separator: " ").map(String.init)
      let answer = Self.answer(root, path[...]) ?? ""
      let refusal = dialogue.answer(answer)
      #expect(refusal == nil, "\(prompt): \(answer)")
      if refusal != nil { return }
    }
    _ = try Planner.plan(name, dialogue.request)
  }

  /// The answer that an example gives to words such as `drugs 1 dose` or `fill volume`.
  private static func answer(_ value: JSONValue, _ words: ArraySlice<String>) -> String? {
    switch value {
    case .string(let text): return text
    case .number(let digits): return digits
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return nil
    case .array(let elements):
      if let index = words.first.flatMap({ Int($0) }), elements.indices.contains(index - 1) {
        return answer(elements[index - 1], words.dropFirst())
      }
      fallthrough
    case .object where words.isEmpty:
      var writer = JSONWriter()
      writer.value(value)
      return String(decoding: writer.bytes, as: UTF8.self)
    case .object(let members):
      // A name of several words, such as `patient dose`, is one member.
      for count in (1...max(1, words.count)).reversed() {
        let name = words.prefix(count).joined().lowercased()
        guard let member = members.first(where: { $0.name.lowercased() == name }) else { continue }
        return answer(member.value, words.dropFirst(count))
      }
      return nil
    }
  }
}
