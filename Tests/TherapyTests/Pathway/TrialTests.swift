import Formulary
import Quantities
import Testing
@testable import Therapy

/// The trial before an implant.
struct TrialTests {
  @Test
  func `baclofen goes by its protocol: 50, 75, 100 ug, a day apart, and no further`() throws {
    var journey = try PathwaySample.dosed()
    let first = journey.now
    func refusal(_ micrograms: Int64, at instant: Instant) -> TherapyRefusal? {
      var later = journey
      later.now = instant
      return later.refusal(
        .pathway(.giveTrialDose(PathwaySample.dose(micrograms, at: instant))),
        confirmed: true
      )
    }
    #expect(refusal(75, at: first + 23 * .hour)?.field == "givenAt")
    for wrong: Int64 in [25, 50, 74, 100, 750] {
      #expect(refusal(wrong, at: first + 24 * .hour)?.field == "dose", "\(wrong)")
    }
    for micrograms: Int64 in [75, 100] {
      journey.now = journey.now + 24 * .hour
      let dose = PathwaySample.dose(micrograms, at: journey.now)
      try journey.give(.pathway(.giveTrialDose(dose)), by: Sample.nurse)
    }
    #expect(refusal(100, at: journey.now + 24 * .hour)?.code == .limit)
    #expect(refusal(150, at: journey.now + 24 * .hour)?.code == .limit)
  }

  @Test
  func `a dose in the minute in which the trial began is taken, and an earlier one is not`() throws
  {
    var journey = try PathwaySample.evaluated()
    try journey.give(.pathway(PathwaySample.proceed))
    journey.now = Instant(milliseconds: journey.now.milliseconds / 60_000 * 60_000 + 48_810)
    try journey.give(.pathway(.beginTrial(PathwaySample.plan())))
    let minute = Instant(milliseconds: journey.now.milliseconds - 48_810)
    func refusal(_ at: Instant) -> TherapyRefusal? {
      journey.refusal(.pathway(.giveTrialDose(PathwaySample.dose(50, at: at))))
    }
    #expect(refusal(minute) == nil)
    #expect(refusal(Instant(milliseconds: minute.milliseconds - 1))?.field == "givenAt")
  }

  @Test
  func `the work list has the watch until 8 h, then the next dose from 24 h on`() throws {
    let journey = try PathwaySample.dosed()
    func kinds(_ hours: Int64) -> [WorkKind] {
      let now = journey.now + TimeSpan(milliseconds: hours * 3_600_000)
      return WorkList([journey.record.summary(at: now)], at: now).items.map(\.kind)
    }
    #expect(kinds(1) == [.trialWatch])
    #expect(kinds(7) == [.trialWatch])
    #expect(kinds(9) == [])
    #expect(kinds(24) == [.trialNext])
  }

  @Test
  func `success is what the rule says, by scores before and after`() throws {
    var journey = try PathwaySample.dosed()
    let success = PathwayCommand.concludeTrial(
      TrialConclusion(outcome: .succeeded, reasons: "less tone", effectLasted: 6 * .hour)
    )
    #expect(journey.refusal(.pathway(success))?.code == .stop)
    journey.now = journey.now + .hour
    // From 3 to 3 and to 2: half a grade in the mean.
    try journey.give(
      .recordScore(ScoreRecorded(score: .ashworth(.three, .kneeFlexors), takenAt: journey.now))
    )
    try journey.give(
      .recordScore(ScoreRecorded(score: .ashworth(.two, .hipAdductors), takenAt: journey.now))
    )
    #expect(
      journey.refusal(.pathway(success))?.given == "mean Ashworth 3.0 to 2.5 in 2 muscle groups"
    )
    journey.now = journey.now + .hour
    try journey.give(
      .recordScore(ScoreRecorded(score: .ashworth(.two, .kneeFlexors), takenAt: journey.now))
    )
    #expect(journey.refusal(.pathway(success)) == nil)
    // A muscle that was not looked at before does not count.
    try journey.give(
      .recordScore(ScoreRecorded(score: .ashworth(.four, .elbowFlexors), takenAt: journey.now))
    )
    #expect(journey.refusal(.pathway(success)) == nil)
  }

  @Test(arguments: [(8, 4, true), (8, 5, false), (7, 3, true), (7, 4, false), (0, 0, false)])
  func `pain has to fall by half`(before: Int, after: Int, isMet: Bool) throws {
    var journey = try PathwaySample.evaluated(.failedBackSurgery)
    journey.now = journey.now + .minute
    try journey.give(.recordScore(ScoreRecorded(score: .pain(before), takenAt: journey.now)))
    try journey.give(.pathway(PathwaySample.proceed))
    try journey.give(
      .pathway(.beginTrial(PathwaySample.plan("morphine", .painFallsPercent(50), .singleInjection)))
    )
    journey.now = journey.now + .hour
    try journey.give(
      .pathway(
        .giveTrialDose(
          TrialDose(dose: PathwaySample.mass(500), volume: Sample.mL(1), givenAt: journey.now)
        )
      )
    )
    journey.now = journey.now + 4 * .hour
    try journey.give(.recordScore(ScoreRecorded(score: .pain(after), takenAt: journey.now)))
    let trial = try #require(journey.record.pathway.trial)
    #expect(journey.record.response(to: trial)?.isMet == isMet)
    let again = TrialDose(dose: PathwaySample.mass(500), volume: Sample.mL(1), givenAt: journey.now)
    #expect(journey.refusal(.pathway(.giveTrialDose(again)))?.code == .twice)
  }

  @Test
  func `what is seen after a trial says nothing of its doses`() throws {
    var journey = try PathwaySample.dosed()
    journey.now = journey.now + .hour
    for score in PathwaySample.scores(.multipleSclerosis, at: journey.now, grade: .four) {
      try journey.give(score)
    }
    try journey.give(
      .pathway(.concludeTrial(TrialConclusion(outcome: .failed, reasons: "no effect")))
    )
    let before = try #require(journey.record.response(to: journey.record.pathway.trials[0]))
    #expect(!before.isMet)
    journey.now = journey.now + 90 * .day
    for score in PathwaySample.scores(.multipleSclerosis, at: journey.now, grade: .zero) {
      try journey.give(score)
    }
    #expect(journey.record.response(to: journey.record.pathway.trials[0]) == before)
  }

  @Test(arguments: [(8, 5, "−37 %"), (8, 8, "0 %"), (4, 5, "+25 %")])
  func `a change of pain is told with its sign`(before: Int, after: Int, change: String) {
    let dose = PathwaySample.dose(50, at: Sample.start)
    let response = TrialResponse(
      beforeTenths: before * 10,
      bestTenths: after * 10,
      count: 1,
      dose: dose,
      isMet: false
    )
    #expect(response.text(.painFallsPercent(50)) == "pain \(before).0 to \(after).0: \(change)")
  }

  @Test(arguments: [(6, "100 ug/d"), (8, "100 ug/d"), (9, "50 ug/d")])
  func `the dose to begin with is worked out from the dose that worked`(
    hours: Int64,
    start: String
  ) throws {
    let journey = try PathwaySample.succeeded(hours: hours)
    #expect(journey.record.stage == .implant)
    guard case .quantity(let value)? = journey.record.startAfterTrial?["start"] else {
      Issue.record("no start")
      return
    }
    #expect(value.text == start)
  }

  @Test
  func `no implant without a successful trial, but for a reason that a physician gives`() throws {
    var journey = try PathwaySample.dosed()
    #expect(
      journey.refusal(.pathway(.waiveTrial(TrialWaiver(reason: "known"))))?.code == .outOfOrder
    )
    let failed = TrialConclusion(outcome: .failed, reasons: "no effect")
    try journey.give(.pathway(.concludeTrial(failed)))
    #expect(journey.record.stage == .evaluation)
    #expect(journey.record.pathway.evaluation.decision == nil)
    try journey.give(.pathway(PathwaySample.proceed))
    let waiver = TherapyCommand.pathway(.waiveTrial(TrialWaiver(reason: "responded for years")))
    for author in Sample.everyone where author.role != .physician {
      #expect(journey.refusal(waiver, by: author)?.code == .role)
    }
    try journey.give(waiver)
    #expect(journey.record.stage == .implant)
    #expect(journey.record.startAfterTrial == nil)
  }

  @Test
  func `a trial needs consent, no infection, and no psychosis where it is of ziconotide`() throws {
    var journey = try PathwaySample.evaluated(.failedBackSurgery)
    try journey.give(.pathway(PathwaySample.proceed))
    func begin(_ drug: String) -> TherapyCommand {
      .pathway(.beginTrial(PathwaySample.plan(drug, .painFallsPercent(50))))
    }
    #expect(journey.refusal(begin("ziconotide")) == nil)
    var psychotic = journey
    let answer = ContraindicationAnswer(what: .psychosis, holds: true, note: "2019")
    try psychotic.give(.pathway(.answerContraindication(answer)))
    #expect(psychotic.refusal(begin("ziconotide"))?.code == .stop)
    #expect(psychotic.refusal(begin("morphine")) == nil)
    var infected = journey
    let fever = ContraindicationAnswer(what: .activeInfection, holds: true, note: "cystitis")
    try infected.give(.pathway(.answerContraindication(fever)))
    #expect(infected.refusal(begin("morphine"))?.code == .stop)
    var withdrawn = journey
    let no = Consent(scope: .trial, isGiven: false, on: journey.now.day)
    try withdrawn.give(.pathway(.recordConsent(no)))
    #expect(withdrawn.refusal(begin("morphine"))?.code == .stop)
    #expect(journey.refusal(begin("aspirin"))?.code == .unknown)
    let ofTone = PathwaySample.plan("morphine", .ashworthFallsTenths(10))
    #expect(journey.refusal(.pathway(.beginTrial(ofTone)))?.code == .mismatch)
  }
}
