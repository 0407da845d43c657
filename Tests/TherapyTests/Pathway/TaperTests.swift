import Quantities
import Testing
@testable import Therapy

/// Tapers by mouth while the pump takes over.
struct TaperTests {
  static func begun(
    _ medicine: TaperedMedicine = .opioid(.oxycodone)
  ) throws -> (Journey, EventID) {
    var journey = try Journey.adopted()
    try journey.give(.pathway(.planTaper(PathwaySample.taper(medicine, at: journey.now))))
    return (journey, EventID(position: journey.record.position))
  }

  private static func step(_ number: Int, _ dose: Int64, _ id: EventID, _ day: Day)
    -> TherapyCommand
  {
    .pathway(
      .takeTaperStep(
        TaperStepTaken(plan: id, step: number, dose: PathwaySample.milligrams(dose), on: day)
      )
    )
  }

  @Test
  func `steps are due on their days, and what is taken is told in morphine`() throws {
    var (journey, id) = try Self.begun()
    func due() -> Bool {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items
        .contains { $0.kind == .taperDue }
    }
    for (index, dose) in [Int64(45), 34, 26, 20].enumerated() {
      #expect(due(), "step \(index + 1)")
      try journey.give(Self.step(index + 1, dose, id, journey.now.day), by: Sample.nurse)
      #expect(!due())
      let last = try #require(journey.record.oralOpioids.last?.value)
      #expect(last.dose == PathwaySample.milligrams(dose))
      // Oxycodone counts one and a half times.
      #expect(last.equivalent.mass.femtograms * 2 == last.dose.mass.femtograms * 3)
      journey.now = journey.now + 7 * .day
    }
    #expect(journey.record.pathway.tapers[0].isUnderWay == false)
    #expect(journey.refusal(Self.step(5, 10, id, journey.now.day))?.code == .outOfOrder)
  }

  @Test
  func `progress tells plan and truth apart`() throws {
    var (journey, id) = try Self.begun()
    try journey.give(Self.step(1, 45, id, journey.now.day))
    let later = PathwaySample.day(15, from: journey.now)
    let progress = journey.record.pathway.tapers[0].progress(on: later)
    #expect(
      progress
        == TaperProgress(
          taken: 1,
          due: 3,
          all: 4,
          planned: PathwaySample.milligrams(26),
          actual: PathwaySample.milligrams(45)
        )
    )
    #expect(progress.behind == 2)
  }

  @Test
  func `no step is taken while there are signs of withdrawal`() throws {
    var (journey, id) = try Self.begun(.other("baclofen"))
    try journey.give(
      .pathway(.openComplication(PathwaySample.opened(.withdrawalSigns, at: journey.now)))
    )
    let refusal = journey.refusal(Self.step(1, 45, id, journey.now.day))
    #expect(refusal?.code == .stop && refusal?.field == "plan")
    let stopped = TaperStopped(
      plan: id,
      reason: .withdrawalSigns,
      what: "itch and spasms",
      dose: PathwaySample.milligrams(60)
    )
    try journey.give(.pathway(.stopTaper(stopped)), by: Sample.nurse)
    #expect(journey.record.pathway.tapers[0].dose == PathwaySample.milligrams(60))
    #expect(journey.refusal(.pathway(.stopTaper(stopped)))?.code == .twice)
    // Of no opioid nothing is told in morphine.
    #expect(journey.record.oralOpioids.isEmpty)
  }

  @Test
  func `large and quick steps are asked about, never refused`() throws {
    let journey = try Journey.adopted()
    let steps = [(0, 40), (1, 5)].map {
      TaperStep(
        on: PathwaySample.day($0.0, from: journey.now),
        dose: PathwaySample.milligrams($0.1)
      )
    }
    let plan = TaperPlan(
      medicine: .opioid(.morphine),
      from: PathwaySample.milligrams(60),
      steps: steps
    )
    let refusal = journey.refusal(.pathway(.planTaper(plan)), confirmed: false)
    #expect(refusal?.questions.count == 3)
    #expect(refusal?.questions[0].contains("33 %: 10 to 25 % a step is usual") == true)
    #expect(journey.refusal(.pathway(.planTaper(plan))) == nil)
    // Exactly 25 % is usual.
    let quarter = TaperPlan(
      medicine: .opioid(.morphine),
      from: PathwaySample.milligrams(60),
      steps: [TaperStep(on: journey.now.day, dose: PathwaySample.milligrams(45))]
    )
    #expect(journey.refusal(.pathway(.planTaper(quarter)), confirmed: false) == nil)
  }
}
