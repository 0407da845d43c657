import Formulary
import Quantities
import Testing
import Therapy

/// From the checklist to a pump that does all that it should.
struct ImplantTests {
  @Test(arguments: ImplantCheck.allCases)
  func `an implant waits for each item of the checklist, and a bad one stops it`(
    what: ImplantCheck
  ) throws {
    var journey = try PathwaySample.ready()
    journey.now = journey.now + .day
    for other in ImplantCheck.allCases where other != what && other != .drugSecond {
      try journey.give(.pathway(PathwaySample.good(other)))
    }
    if what != .drugSecond && what != .drug {
      try journey.give(.pathway(PathwaySample.good(.drugSecond)), by: Sample.nurse)
    }
    let implant = TherapyCommand.pathway(PathwaySample.implant(at: journey.now))
    #expect(journey.refusal(implant)?.code == .outOfOrder)
    #expect(journey.refusal(implant)?.expected.contains(what.text) == true)
    try journey.give(.pathway(PathwaySample.check(what, .bad, note: "not so")))
    let stopped = journey.refusal(implant)
    #expect(stopped?.code == .stop)
    #expect(stopped?.field == "checks.\(what.rawValue)")
    #expect(journey.record.pathwayTasks.first?.about == "stopped: \(what.text)")
    try journey.give(.pathway(PathwaySample.good(what)), by: Sample.otherNurse)
    if what == .drug {
      #expect(journey.refusal(implant)?.code == .outOfOrder)
      try journey.give(.pathway(PathwaySample.good(.drugSecond)))
    }
    #expect(journey.refusal(implant) == nil)
    #expect(journey.record.pathwayTasks.first?.about == "ready")
  }

  @Test
  func `a drug that is read anew is read anew by the second person too (H-59)`() throws {
    var journey = try PathwaySample.checked()
    #expect(journey.record.openImplantChecks.isEmpty)
    let other = PathwaySample.check(.drug, .good, ImplantFigures(fluid: Sample.fluid(500)))
    try journey.give(.pathway(other))
    #expect(journey.record.openImplantChecks == [.drugSecond])
    let implant = PathwaySample.implant(at: journey.now, fluid: Sample.fluid(500))
    #expect(journey.refusal(.pathway(implant))?.code == .outOfOrder)
  }

  @Test
  func `after it the record is that of a patient who was adopted`() throws {
    var implanted = try PathwaySample.implanted()
    #expect(
      implanted.events.suffix(4).map(\.kindName)
        == ["implanted", "adopted", "catheterRecorded", "fillRecorded"]
    )
    var adopted = Journey()
    adopted.now = implanted.now
    let record = implanted.record
    let pump = try #require(record.pump)
    try adopted.give(
      .adopt(
        Adoption(
          adopted: Adopted(
            identity: Sample.identity,
            indication: .spasticity,
            origin: .spinal,
            pump: pump
          ),
          catheter: CatheterInPlace(
            implantedLength: PathwaySample.catheter.implantedLength,
            trimmedLength: PathwaySample.catheter.trimmedLength,
            volumePerLength: PathwaySample.catheter.volumePerLength,
            tip: "T10"
          ),
          fill: FillRecorded(
            volume: Sample.mL(18),
            fluid: Sample.fluid(2_000),
            filledAt: implanted.now,
            lots: ["B-90"],
            standing: .byHand
          )
        )
      )
    )
    #expect(record.stage == .therapy)
    #expect(record.adopted == adopted.record.adopted)
    #expect(record.catheter == adopted.record.catheter)
    #expect(record.reservoir == adopted.record.reservoir)
    #expect(record.irregular.isEmpty)
    let program = PathwaySample.program("100 ug/d", at: implanted.now)
    try implanted.give(program)
    try adopted.give(program)
    #expect(
      try implanted.record.forecast(at: implanted.now)
        == adopted.record.forecast(at: adopted.now)
    )
  }

  @Test
  func `a drained volume is judged exactly at 20 %`() throws {
    let journey = try PathwaySample.ready()
    for (drained, isTaken) in [
      (16_000_000, true), (15_999_999, false), (24_000_000, true), (24_000_001, false),
    ] as [(Int64, Bool)] {
      let check = PathwaySample.check(
        .drained,
        .good,
        ImplantFigures(predicted: Sample.mL(20), drained: Volume(nanolitres: drained))
      )
      #expect((journey.refusal(.pathway(check)) == nil) == isTaken, "\(drained) nL")
    }
  }

  @Test
  func `consent and infection are looked at again when it comes to it`() throws {
    var withdrawn = try PathwaySample.checked()
    let no = Consent(scope: .implant, isGiven: false, on: withdrawn.now.day)
    try withdrawn.give(.pathway(.recordConsent(no)))
    let implant = TherapyCommand.pathway(PathwaySample.implant(at: withdrawn.now))
    #expect(withdrawn.refusal(implant)?.field == "checks.consent")
    var infected = try PathwaySample.checked()
    let fever = ContraindicationAnswer(what: .activeInfection, holds: true, note: "cystitis")
    try infected.give(.pathway(.answerContraindication(fever)))
    #expect(infected.refusal(implant)?.field == "checks.infection")
    #expect(infected.refusal(.pathway(PathwaySample.good(.infection)))?.code == .stop)
    // A week later it is asked about.
    var late = try PathwaySample.checked()
    late.now = late.now + 8 * .day
    let asked = late.refusal(.pathway(PathwaySample.implant(at: late.now)), confirmed: false)
    #expect(asked?.questions.contains { $0.hasPrefix("Infection was looked for") } == true)
  }

  @Test
  func `ziconotide is not filled in after a psychosis, whatever the trial was made with`() throws {
    var journey = try PathwaySample.checked()
    let fluid = Sample.fluid(25, "ziconotide")
    for what in [ImplantCheck.drug, .drugSecond] {
      try journey.give(
        .pathway(
          PathwaySample.check(what, .good, ImplantFigures(fluid: fluid), note: "as planned")
        ),
        by: what == .drug ? Sample.physician : Sample.nurse
      )
    }
    let implant = TherapyCommand.pathway(PathwaySample.implant(at: journey.now, fluid: fluid))
    #expect(journey.refusal(implant)?.code != .stop)
    let answer = ContraindicationAnswer(what: .psychosis, holds: true, note: "2019")
    try journey.give(.pathway(.answerContraindication(answer)))
    let refusal = journey.refusal(implant)
    #expect(
      refusal?.code == .stop && refusal?.field == "fill.fluid",
      "\(String(describing: refusal))"
    )
  }

  @Test
  func `the level of a tip is asked about, by what was read, and refuses nothing`() throws {
    let journey = try PathwaySample.checked()
    for tip in SpinalLevel.allCases {
      let isUsual =
        (.c3 ... .c6).contains(tip) || (.t1 ... .t2).contains(tip) || (.t6 ... .t10).contains(tip)
      let implant = TherapyCommand.pathway(
        PathwaySample.implant(at: journey.now, catheter: PathwaySample.tip(tip))
      )
      let refusal = journey.refusal(implant, confirmed: false)
      #expect((refusal == nil) == isUsual, "\(tip.rawValue)")
      #expect(journey.refusal(implant) == nil)
    }
    #expect(!TipAdvice(for: .nonCancer).isVerified)
    #expect(TipAdvice(for: .cancer).question(about: .t6)?.contains("recalled, unverified") == true)
  }

  @Test
  func `what a pump still lacks is on the list until it is there (SR-035)`() throws {
    var journey = try PathwaySample.implanted()
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    #expect(journey.record.implantGaps == [.link, .program, .prime])
    #expect(kinds().contains(.commissioningDue))
    let primed = Primed(volume: Volume(nanolitres: 316_000), endedAt: journey.now)
    try journey.give(.pathway(.recordPriming(primed)), by: Sample.nurse)
    try journey.give(.linkPump(Sample.linked))
    let remote = Consent(scope: .remoteAdjustment, isGiven: true, on: journey.now.day)
    try journey.give(.pathway(.recordConsent(remote)))
    #expect(journey.record.implantGaps == [.program, .envelope])
    for (number, act) in [(1, OrderAct.program), (2, .envelope)] {
      let basis = number == 1 ? nil : Sample.order(1)
      let program = number == 1 ? Sample.program(dose: "100 ug/d") : nil
      try journey.give(
        .draftOrder(
          Sample.draft(number, act: act, basis: basis, at: journey.now, program: program)
        )
      )
      try journey.give(.signOrder(Sample.order(number), Sample.signature))
      try journey.give(.queueOrder(Sample.order(number)))
      try journey.give(.markSent(Sample.order(number)), by: Sample.server)
      #expect(!journey.record.implantGaps.isEmpty)
      try journey.give(.takeReceipt(Sample.answer(number)), by: Sample.server)
    }
    #expect(journey.record.implantGaps.isEmpty)
    #expect(!kinds().contains(.commissioningDue))
  }

  @Test
  func `an implant without a trial's diagnosis group keeps it: pain is reviewed as pain`() throws {
    var journey = try PathwaySample.evaluated(.cancerPain)
    try journey.give(.pathway(PathwaySample.proceed))
    try journey.give(.pathway(.waiveTrial(TrialWaiver(reason: "little time"))))
    try journey.give(.pathway(PathwaySample.implantConsent))
    let fluid = Sample.fluid(10_000, "morphine")
    for what in ImplantCheck.allCases {
      let isDrug = what == .drug || what == .drugSecond
      let answer =
        isDrug
        ? PathwaySample.check(what, .good, ImplantFigures(fluid: fluid)) : PathwaySample.good(what)
      try journey.give(.pathway(answer), by: what == .drugSecond ? Sample.nurse : Sample.physician)
    }
    try journey.give(.pathway(PathwaySample.implant(at: journey.now, fluid: fluid)))
    #expect(journey.record.adopted?.indication == .cancer)
    #expect(
      journey.record.visits.map(\.kind)
        == [.woundCheck, .firstReview, .secondReview, .annualReview]
    )
  }
}
