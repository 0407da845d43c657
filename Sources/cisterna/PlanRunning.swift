import Formulary
import PumpScenario

/// Reads a request from a file, standard input or the terminal, and calls its calculator.
enum PlanRunning {
  static func run(_ name: PlanName, file: String?) throws -> PlanResult {
    guard let file else { return try ask(name) }
    let bytes = try Files.read(file)
    do {
      return try Planner.plan(name, try PlanRequest(bytes: bytes))
    } catch {
      throw Failure(.badInput, error.description)
    }
  }

  /// Asks on the terminal; prompts go to standard error, so that the sheet can be sent on.
  private static func ask(_ name: PlanName) throws -> PlanResult {
    guard Streams.isInputTerminal else {
      throw Failure(.badInput, "no request: give a file, or - for standard input")
    }
    Streams.standardError("\(name.title): \(name.abstract)\n")
    var dialogue = PlanDialogue(name)
    while let prompt = dialogue.prompt {
      Streams.standardError("\(prompt): ")
      guard let answer = readLine() else {
        throw Failure(.badInput, "\nthe input ended before all was answered")
      }
      if let refusal = dialogue.answer(answer) { Streams.standardError("  \(refusal)\n") }
    }
    do {
      return try Planner.plan(name, dialogue.request)
    } catch {
      throw Failure(.badInput, error.description)
    }
  }
}
