/// Scores within the ranges of their scales, and the alert that one of them may be.
extension PatientRecord {
  /// A score that its scale can give.
  func hold(_ score: Score, _ decision: Decision) throws(TherapyRefusal) {
    let range = score.scale.facts.range
    switch score {
    case .pain(let value): try decision.hold(value, in: range, "value")
    case .ashworth: break
    case .spasms(let frequency, let severity):
      try decision.hold(frequency, in: range, "frequency")
      if let severity { try decision.hold(severity, in: 1...3, "severity") }
      guard (frequency > 0) == (severity != nil) else {
        throw TherapyRefusal(
          .mismatch,
          "severity",
          given: severity.map { "\($0)" } ?? "nothing",
          expected: frequency > 0 ? "1 to 3" : "none, as there are no spasms",
          remedy: "Severity is of spasms that there are."
        )
      }
    case .depression(let total, let item9):
      try decision.hold(total, in: range, "value")
      try decision.hold(item9, in: 0...3, "item9")
      // The other eight items give 0 to 24.
      guard (item9...item9 + 24).contains(total) else {
        throw TherapyRefusal(
          .mismatch,
          "item9",
          given: "\(item9) in a total of \(total)",
          expected: "a total of \(item9) to \(item9 + 24)",
          remedy: "Add the nine items again."
        )
      }
    case .healthIndex(let thousandths, let valueSet):
      try decision.hold(thousandths, in: range, "thousandths")
      try decision.hold(valueSet, "valueSet", TextLimit.name)
    case .goal(let value, let number):
      try decision.hold(value, in: range, "value")
      try holdGoal(number)
    case .hospitalVisits(let count, let days):
      try decision.hold(days, in: 1...366, "days")
      try decision.hold(count, in: range, "value")
    case .rated(let scale, let steps):
      try decision.hold(steps, in: range, scale.scale.facts.step == 100 ? "tenths" : "value")
    }
  }

  private func holdGoal(_ number: Int) throws(TherapyRefusal) {
    let goals = pathway.evaluation.goals.count
    guard number > 0, number <= goals else {
      throw TherapyRefusal(
        .unknown,
        "goal",
        given: "goal \(number)",
        expected: goals == 0 ? "a goal of this patient: none is set" : "1 to \(goals)",
        remedy: "Set the goal first."
      )
    }
  }

  /// Depression scores whose ninth item is above 0 and that nobody has answered, the oldest first.
  ///
  /// Such an answer is an alert by itself, whatever the total (pathway: PHQ-9; recalled, unverified). A
  /// later score without it does not take it away: a person answers it.
  public var openAlerts: [Observed<ScoreRecorded>] {
    scores.filter { entry in
      guard entry.struckOut == nil, case .depression(_, let item9) = entry.value.score else {
        return false
      }
      return item9 > 0 && pathway.answeredAlerts[entry.event] == nil
    }
  }

  func answerAlert(
    _ value: AlertAnswered,
    _ decision: Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.hold(value.action, "action")
    guard pathway.answeredAlerts[value.score] == nil else {
      throw TherapyRefusal(
        .twice,
        "score",
        given: "event \(value.score.position)",
        expected: "an alert that nobody has answered",
        remedy: "Nothing needs to be done."
      )
    }
    guard openAlerts.contains(where: { $0.event == value.score }) else {
      throw TherapyRefusal(
        .unknown,
        "score",
        given: "event \(value.score.position)",
        expected: "a PHQ-9 that stands, with its ninth item above 0",
        remedy: "Look at the scores of this patient."
      )
    }
    return .alertAnswered(value)
  }
}
