import Foundation
import Therapy

/// Complications and scans, each down its own list.
extension SimulatedLife {
  /// Something is wrong: one test after another, as the path asks for them, to the finding.
  func complicate() async throws {
    let kind = chance.one(of: ComplicationKind.allCases)
    let opened = try await act(
      "noor",
      "pathway/complication",
      ["kind": kind.rawValue, "signs": "invented", "since": now]
    )
    let complication = try position(of: "complicationOpened", in: opened)
    let path = TroubleshootingPath.of(kind)
    var answers: [TroubleshootingTest: TestAnswer] = [:]
    while case .ask(let test) = path.standing(answers) {
      let answer = answer(to: test, of: path)
      try await act("noor", "pathway/complication-test", body(test, answer, complication))
      answers[test] = answer
      if test == .vitals { try await sleep(hours: 1) }
    }
    guard case .ended(let finding) = path.standing(answers) else { return }
    try await act(
      "ada",
      "pathway/complication-closed",
      ["complication": complication, "finding": finding.rawValue, "done": finding.action]
    )
    tell("complication: \(kind.rawValue)", finding.rawValue)
  }

  /// Mostly the good answer; now and then the one that ends the path.
  private func answer(to test: TroubleshootingTest, of path: TroubleshootingPath) -> TestAnswer {
    let row = path.rows.first { $0.test == test }
    let ending = row?.ends.keys.sorted { $0.rawValue < $1.rawValue } ?? []
    if !ending.isEmpty, test != .rotor, chance.happens(250) { return chance.one(of: ending) }
    return test.facts.answers[0]
  }

  private func body(
    _ test: TroubleshootingTest,
    _ answer: TestAnswer,
    _ complication: Int
  ) -> Fields {
    var body: Fields = [
      "complication": complication, "test": test.rawValue, "answer": answer.rawValue, "doneAt": now,
    ]
    if answer != test.facts.answers[0] { body["note"] = "as invented" }
    switch test {
    case .vitals:
      body["vitals"] = [
        "breathsPerMinute": 14, "oxygenSaturation": 97, "systolic": 120, "pulse": 70,
        "temperatureTenths": 368, "comaScale": 15,
      ]
    case .residual:
      // Nothing is drawn out for it here: what should be there is there.
      let volume = Self.text(pump?.account.reservoir ?? 0)
      (body["volume"], body["expected"]) = (volume, volume)
    case .aspiration: body["volume"] = "0.4 mL"
    case .contrast: body["volume"] = "1.5 mL"
    case .reprime: body["volume"] = "0.2 mL"
    default: break
    }
    return body
  }

  /// A scan: the steps of the pump's family, with the pump stopped for it by an order.
  func scan() async throws {
    let family = MRIPumpFamily(model: Self.model)
    let planned = try await act(
      "ada",
      "pathway/scan",
      [
        "at": now + 2 * SimulationTime.day, "reason": "of the spine, invented",
        "family": family.rawValue, "fieldMillitesla": 1_500,
      ]
    )
    let scan = try position(of: "mriPlanned", in: planned)
    if chance.happens(100) {
      try await act(
        "ada",
        "pathway/scan-cancelled",
        ["scan": scan, "reason": "not wanted any more"]
      )
      tell("scan called off")
      return
    }
    try await sleep(days: 2)
    for facts in family.steps {
      var body: Fields = [
        "scan": scan, "step": facts.step.rawValue, "doneAt": now, "isGood": true,
      ]
      switch facts.step {
      case .scan:
        try visit(by: "ada")
        try await orderApplied(["do": "mri", "for": "1 h"], "bedside", "the scan", by: ["ada"])
        try await sleep(until: now + 2 * SimulationTime.hour)
        body["doneAt"] = now
        body["exposure"] = ["fieldMillitesla": 1_500, "sarMilliwattsPerKilogram": 800]
      case .volumeBefore, .volumeAfter:
        body["volume"] = Self.text(pump?.account.reservoir ?? 0)
      default: break
      }
      try await act("noor", "pathway/scan-step", body)
    }
    try await act("noor", "pathway/scan-closed", ["scan": scan])
    tell("scan")
  }
}
