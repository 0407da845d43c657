import Formulary
import Foundation
import PumpLink
import Therapy

/// Life with a pump: one thing after another from the agenda.
extension SimulatedLife {
  /// All of it.
  func live() async {
    do {
      let isAdopted = chance.happens(300)
      let days = max(1, world.options.days * (isAdopted ? 1 : 4) / 10)
      try await sleep(until: morning(after: chance.among(0...days)))
      if isAdopted { try await adopt() } else { try await comeToPump() }
      plan(isAdopted: isAdopted)
      try await planRefill(at: nil)
      while let next = agenda.next() {
        try await sleep(until: next.at)
        try await happen(next.item, next.what)
      }
    } catch End.simulation {
      tell("in care at the end")
    } catch End.therapy {
      tell("the course ends")
    } catch {
      let (number, id, at) = (number, id, Instant(milliseconds: now).text)
      world.change { $0.faults.append("patient \(number) \(id), \(at): \(error)") }
    }
    pump?.end()
    await world.time.leave()
  }

  private func later(_ days: ClosedRange<Int>) -> Int64 { morning(after: chance.among(days)) }

  private func plan(isAdopted: Bool) {
    agenda.add(.refill, at: later(30...45))
    if !isAdopted {
      agenda.add(.visit, at: morning(after: 8), "woundCheck-1")
      if !regimen.isSpastic {
        agenda.add(.visit, at: morning(after: 10), "firstReview-1")
        agenda.add(.visit, at: morning(after: 35), "secondReview-1")
      }
      for days in [3, 7, 14] { agenda.add(.bedside, at: morning(after: days)) }
    }
    agenda.add(.visit, at: morning(after: 350), "annualReview-1")
    agenda.add(.remote, at: later(20...40))
    agenda.add(.score, at: later(20...30))
    agenda.add(.check, at: later(25...35))
    if regimen.takesDoses { agenda.add(.doses, at: later(3...10)) }
    agenda.add(.complication, at: later(20...900))
    agenda.add(.scan, at: later(30...1_200))
    let end = chance.among(0...99)
    switch end {
    case 0..<8: agenda.add(.wean, at: later(40...700))
    case 8..<14: agenda.add(.transfer, at: later(40...700))
    case 14..<(regimen.isCancer ? 50 : 18): agenda.add(.death, at: later(40...700))
    case 50..<58: agenda.add(.replace, at: later(40...600))
    default: break
    }
  }

  private func happen(_ item: SimulatedAgenda.Item, _ what: String) async throws {
    switch item {
    case .refill: try await refill(changes: chance.happens(200))
    case .visit: try await visit(what)
    case .bedside:
      let more = min(regimen.doses.upperBound, dose * chance.among(108...118) / 100)
      if more > dose { try await setAtBedside(more, "titration") }
    case .remote:
      try await adjustFromAfar()
      agenda.add(.remote, at: later(25...70))
    case .doses:
      try await askForDoses()
      agenda.add(.doses, at: later(4...20))
    case .score:
      try await score(isGood: chance.happens(850))
      agenda.add(.score, at: later(25...40))
    case .check:
      try await sideEffect()
      agenda.add(.check, at: later(80...100))
    case .complication:
      try await complicate()
      agenda.add(.complication, at: later(150...900))
    case .scan:
      try await scan()
      agenda.add(.scan, at: later(300...1_200))
    case .wean: try await weanOff()
    case .replace:
      try await replace()
      // The fill at the table counts for the date, as any.
      try await planRefill(at: later(25...35))
    case .transfer: try await transfer()
    case .death: try await die()
    }
  }

  private func visit(_ visit: String) async throws {
    if chance.happens(100) {
      try await act(
        "noor",
        "pathway/visit-missed",
        ["visit": visit, "reason": "did not come", "next": day(after: 3)]
      )
      tell("visit missed", visit)
      try await sleep(until: morning(after: 3))
    }
    try await act(
      "noor",
      "pathway/visit-held",
      ["visit": visit, "on": today, "done": "examined; all as it should be"]
    )
    tell("visit", String(visit.prefix { $0 != "-" }))
    guard visit.hasPrefix("annualReview"), let number = Int(visit.split(separator: "-")[1]) else {
      return
    }
    try await checkForSideEffects(isYearly: true)
    agenda.add(.visit, at: morning(after: 350), "annualReview-\(number + 1)")
  }

  /// The checks for side effects that the drug's class asks for at each refill, or once a year.
  ///
  /// - Parameter isYearly: which of them.
  /// - Throws: where the record asks whether any drug asks for it at all: then it does not know the drug.
  func checkForSideEffects(isYearly: Bool) async throws {
    guard let drug = DrugLibrary.standard.drug(regimen.drug) else { return }
    for check in CareCheck.allCases where check.concerns(drug) {
      let isAtRefills = check.facts.rhythm == .refills
      guard isAtRefills != isYearly else { continue }
      try await act(
        "noor",
        "pathway/check",
        [
          "check": check.rawValue, "doneAt": now, "findings": "none, as invented",
          "isConcerning": false,
        ],
        confirmed: false
      )
      tell("check: \(check.rawValue)")
    }
  }

  private func sideEffect() async throws {
    try await act(
      "noor",
      "side-effects",
      [
        "what": chance.one(of: ["constipation", "itching", "dizziness"]), "severity": "mild",
        "since": today,
      ]
    )
    tell("side effect")
  }

  /// The patient's own controller asks; the second time too early.
  private func askForDoses() async throws {
    guard let pump else { return }
    let first = try pump.ask(.patientDose, nonce: chance.bytes(16))
    tell(first ? "patient dose given" : "patient dose refused")
    guard chance.happens(300) else { return }
    try await sleep(hours: 1)
    if try pump.ask(.patientDose, nonce: chance.bytes(16)) {
      throw SimulationFault("a second dose within the lockout was given")
    }
    tell("patient dose refused")
  }

  // MARK: The end

  private func weanOff() async throws {
    var steps: [(day: Int, dose: Int)] = []
    var (rest, after) = (dose, 1)
    while rest > dose / 5 {
      rest = rest * 60 / 100
      steps.append((after, rest))
      after += 4
    }
    try await act(
      "ada",
      "pathway/weaning",
      [
        "drug": regimen.drug, "instead": "by mouth",
        "steps": steps.map { ["on": day(after: $0.day), "dose": "\($0.dose) ug/d"] as Fields },
      ]
    )
    tell("weaning planned")
    let begin = now
    for step in steps {
      try await sleep(until: begin + Int64(step.day) * SimulationTime.day)
      try await setAtBedside(step.dose, "weaning")
    }
    try await sleep(until: now + SimulationTime.day)
    guard let pump else { return }
    let drawn = pump.account.syringe
    try await act(
      "ada",
      "pathway/explanted",
      [
        "reason": "wish", "explantedAt": now, "emptied": Self.text(drawn), "catheter": "removed",
        "isReturned": true, "isCardWithdrawn": true, "instead": "by mouth",
      ]
    )
    tell("explanted")
    throw End.therapy
  }

  private func transfer() async throws {
    try await act("ada", "pathway/transfer", ["to": "Clinic elsewhere", "reason": "moves away"])
    let document = FieldText.object(try await read("/pathway/transfer"))
    guard document["patient"] as? String == id else {
      throw SimulationFault("no transfer document of \(id)")
    }
    tell("transferred")
    throw End.therapy
  }

  private func die() async throws {
    try await act(
      "ada",
      "pathway/death",
      ["on": today, "cause": regimen.isCancer ? "cancer" : "not known", "pump": "switchedOff"]
    )
    tell("died")
    throw End.therapy
  }
}
