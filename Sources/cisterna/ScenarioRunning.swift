import OrderText
import PumpScenario
import Quantities

/// The call of the runner, and what its failures look like on the command line.
enum ScenarioRunning {
  /// Runs a scenario; how far it is shows on standard error where that is a terminal.
  static func run(_ scenario: Scenario) throws -> RunStory {
    var progress = Progress(until: scenario.until)
    defer { progress.end() }
    do throws(RunFailure) {
      return try scenario.run { progress.reached($0) }
    } catch {
      switch error {
      case .malformed(let fault):
        throw Failure(.badInput, fault.description)
      case .refused(let refusal):
        throw Failure(.refused, "program refused: \(refusal.words)")
      }
    }
  }
}

/// How far a long run is, as a line on standard error that is wiped at the end.
private struct Progress {
  let until: PumpTime
  private let isShown = Streams.isErrorTerminal
  private let start = ContinuousClock.now
  private var percent: Int64 = -1

  init(until: PumpTime) {
    self.until = until
  }

  /// Nothing is shown of a run that takes less than a second.
  mutating func reached(_ time: PumpTime) {
    guard isShown, until.milliseconds > 0 else { return }
    let now = time.milliseconds / max(1, until.milliseconds / 100)
    guard now > percent, ContinuousClock.now - start > .seconds(1) else { return }
    percent = now
    Streams.standardError("\r\(percent) % of \((until - .commissioning).text)\u{1B}[K")
  }

  mutating func end() {
    if percent >= 0 { Streams.standardError("\r\u{1B}[K") }
  }
}
