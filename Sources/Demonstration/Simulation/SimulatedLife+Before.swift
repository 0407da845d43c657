import Foundation
import Therapy

/// What comes before a pump: the referral, the evaluation, the trial.
extension SimulatedLife {
  /// From the referral on, until the pump is in place.
  ///
  /// - Throws: ``End/therapy`` where it never is.
  func comeToPump() async throws {
    try await enroll()
    try await evaluate()
    var isImplant = false
    while !isImplant {
      try await decide()
      isImplant = try await tryDrug()
    }
    try await sleep(until: morning(after: chance.among(5...20)))
    try await implant()
  }

  private func enroll() async throws {
    try await act(
      "noor",
      "enroll",
      [
        "identity": [
          "givenName": "Patient", "familyName": familyName, "born": born,
          "recordNumber": recordNumber, "language": "en",
        ], "referredBy": "Dr. Invented",
      ]
    )
    tell("enrolled", regimen.condition)
  }

  private func evaluate() async throws {
    try await refused(
      "ada",
      "pathway/decision",
      ["outcome": "proceed", "reasons": "asked for"],
      as: "outOfOrder"
    )
    var diagnosis: Fields = ["condition": regimen.condition]
    diagnosis["since"] = "2015-03-01"
    try await act("ada", "pathway/diagnosis", diagnosis)
    try await act("noor", "pathway/history", ["text": "As invented."])
    try await act("ada", "pathway/examination", ["text": "As invented."])
    try await act("noor", "pathway/regimen", ["name": "paracetamol", "dose": "1 g 3 times a day"])
    try await sleep(until: morning(after: chance.among(1...6)))
    try await act(
      "noor",
      "pathway/tried",
      ["what": "by mouth", "outcome": "failed", "why": "not enough"]
    )
    if regimen.isCancer {
      try await act("ada", "pathway/survival", ["survival": "threeMonthsOrMore"])
    } else if !regimen.isSpastic {
      try await act(
        "noor",
        "pathway/psychology",
        ["finding": "suitable", "summary": "invented", "examiner": "Dr. Invented", "on": today]
      )
    }
    var answers: Fields = [:]
    for what in Contraindication.allCases { answers[what.rawValue] = ["holds": false] as Fields }
    try await act("noor", "pathway/contraindications", answers)
    try await act("noor", "pathway/goal", ["text": "To sit through a meal."])
    try await act(
      "ada",
      "pathway/expectations",
      ["summary": "No cure; refills for life.", "on": today]
    )
    try await consent("trial")
    try await score(isGood: false)
  }

  func consent(_ scope: String) async throws {
    try await act(
      "noor",
      "pathway/consent",
      ["scope": scope, "isGiven": true, "on": today] as Fields
    )
  }

  /// Yes, no, or not yet and then yes.
  private func decide() async throws {
    if chance.happens(120) {
      try await act(
        "ada",
        "pathway/decision",
        ["outcome": "decline", "reasons": "not for this patient", "plan": "care as it was"]
      )
      tell("evaluation: declined")
      throw End.therapy
    }
    if chance.happens(80) {
      try await act(
        "ada",
        "pathway/decision",
        ["outcome": "wait", "reasons": "an ulcer is to heal", "plan": "seen again in a month"]
      )
      tell("evaluation: wait")
      try await sleep(until: morning(after: 30))
    }
    try await act("ada", "pathway/decision", ["outcome": "proceed", "reasons": "all was tried"])
    tell("evaluation: proceed")
  }

  /// Scores as of now, good ones or bad ones, of the scales of the indication.
  func score(isGood: Bool) async throws {
    func record(_ score: Fields) async throws {
      try await act("noor", "scores", ["score": score, "takenAt": now])
    }
    guard regimen.isSpastic else {
      return try await record([
        "scale": "nrs", "value": isGood ? chance.among(1...3) : chance.among(7...9),
      ])
    }
    try await record([
      "scale": "modifiedAshworth", "value": isGood ? "1" : "3", "muscle": "kneeFlexors",
    ])
    let frequency = isGood ? 1 : chance.among(3...4)
    try await record(["scale": "penn", "frequency": frequency, "severity": 2])
  }

  /// - Returns: whether an implant follows; a failed trial leads back to the decision.
  private func tryDrug() async throws -> Bool {
    if regimen.isCancer, chance.happens(250) {
      try await act(
        "ada",
        "pathway/trial-waiver",
        ["reason": "cancer; a trial would take what time is left"]
      )
      tell("trial left out")
      return true
    }
    try await sleep(until: morning(after: chance.among(2...10)))
    try await act(
      "ada",
      "pathway/trial",
      [
        "method": regimen.isSpastic ? "repeatedInjections" : "intrathecalInfusion",
        "drug": regimen.drug, "rule": regimen.isSpastic ? "ashworth" : "pain",
        "falls": regimen.isSpastic ? "1" : "50", "isInpatient": true,
      ]
    )
    // Baclofen by its protocol: 50, 75, 100 ug, a day apart.
    let doses = regimen.isSpastic ? ["50 ug", "75 ug", "100 ug"] : ["500 ug", "1 mg", "1.5 mg"]
    let volumes = ["1 mL", "1.5 mL", "2 mL"]
    let works = chance.happens(850) ? chance.among(0...2) : 3
    if regimen.isSpastic {
      try await refused(
        "noor",
        "pathway/trial-dose",
        ["dose": "100 ug", "volume": "2 mL", "givenAt": now],
        as: "limit"
      )
    }
    for step in 0...min(2, works) {
      if step > 0 { try await sleep(hours: 24) }
      try await act(
        "noor",
        "pathway/trial-dose",
        ["dose": doses[step], "volume": volumes[step], "givenAt": now]
      )
      try await sleep(hours: 4)
      try await act(
        "noor",
        "pathway/trial-observation",
        ["takenAt": now, "breathsPerMinute": 14, "sedation": 0]
      )
      try await score(isGood: step == works)
    }
    return try await conclude(worked: works < 3)
  }

  private func conclude(worked: Bool) async throws -> Bool {
    var conclusion: Fields = [
      "outcome": worked ? "succeeded" : "failed", "reasons": "by the rule of the plan",
    ]
    if worked { conclusion["effectLasted"] = "8 h" }
    try await act("ada", "pathway/trial-conclusion", conclusion)
    tell(worked ? "trial: succeeded" : "trial: failed")
    if !worked {
      try await sleep(until: morning(after: 7))
      try await act(
        "ada",
        "pathway/decision",
        ["outcome": "decline", "reasons": "the trial failed", "plan": "care as it was"]
      )
      throw End.therapy
    }
    return true
  }
}
