import Formulary
import Quantities
import Testing
import Therapy

/// Patients at an implant and after it.
extension PathwaySample {
  static let implantConsent = PathwayCommand.recordConsent(
    Consent(scope: .implant, isGiven: true, on: Sample.start.day)
  )

  /// A trial succeeded and the patient agrees to an implant.
  static func ready() throws -> Journey {
    var journey = try succeeded()
    try journey.give(.pathway(implantConsent))
    return journey
  }

  static func cm(_ tenths: Int64) -> Length { Length(micrometres: tenths * 1_000) }

  static func figures(_ what: ImplantCheck, serial: String = "NGP654321H") -> ImplantFigures {
    switch what {
    case .site: ImplantFigures(side: .left, pocketSite: .abdomen, depth: cm(20))
    case .pumpSize: ImplantFigures(capacity: Sample.mL(20))
    case .drug, .drugSecond: ImplantFigures(fluid: Sample.fluid(2_000))
    case .interrogated: ImplantFigures(serial: serial)
    case .calibration: ImplantFigures(calibration: "121", calibrationLabel: "121")
    case .warmed: ImplantFigures(temperatureTenths: 370)
    case .drained: ImplantFigures(predicted: Sample.mL(20), drained: Sample.mL(18))
    case .consent, .trial, .anticoagulants, .infection, .antibiotic, .levelImaging, .oralWeaning,
      .antidote:
      ImplantFigures()
    }
  }

  static func good(_ what: ImplantCheck, serial: String = "NGP654321H") -> PathwayCommand {
    .answerImplantCheck(
      ImplantCheckAnswer(
        what: what,
        finding: .good,
        note: what.needsNote ? "as planned" : nil,
        figures: figures(what, serial: serial)
      )
    )
  }

  static func check(
    _ what: ImplantCheck,
    _ finding: CheckFinding = .good,
    _ figures: ImplantFigures = ImplantFigures(),
    note: String? = nil
  ) -> PathwayCommand {
    .answerImplantCheck(
      ImplantCheckAnswer(what: what, finding: finding, note: note, figures: figures)
    )
  }

  /// Answers the whole checklist; the second person is another one.
  static func answerAll(_ journey: inout Journey, serial: String = "NGP654321H") throws {
    for what in ImplantCheck.allCases {
      let author = what == .drugSecond ? Sample.nurse : Sample.physician
      if what == .trial && journey.record.stage == .therapy {
        try journey.give(.pathway(check(.trial, .notApplicable, note: "a replacement")))
      } else {
        try journey.give(.pathway(good(what, serial: serial)), by: author)
      }
    }
  }

  static func checked() throws -> Journey {
    var journey = try ready()
    journey.now = journey.now + .day
    try answerAll(&journey)
    return journey
  }

  static let catheter = ImplantedCatheter(
    model: "Ascenda 8780",
    implantedLength: cm(800),
    trimmedLength: cm(340),
    volumePerLength: LinearVolume(picolitresPerCentimetre: 2_200_000),
    tip: .t10,
    imaging: "film at the table"
  )

  static let prime = PrimePlan(volume: Volume(nanolitres: 316_000))

  /// An implant with which everything is in order; a test changes one thing.
  static func implant(
    at now: Instant,
    model: String = "SynchroMed II",
    serial: String = "NGP654321H",
    capacity: Int64 = 20,
    isDated: Bool = true,
    implantedOn: Day? = nil,
    replaceBy: Day? = Sample.day("2032-12-31"),
    catheter: ImplantedCatheter? = PathwaySample.catheter,
    depth: Length = cm(20),
    side: BodySide = .left,
    surgeon: String = "Dr. Graf",
    fluid: Fluid = Sample.fluid(2_000),
    volume: Int64 = 18,
    lot: String = "B-90",
    expires: String = "2026-12-31",
    filledAt: Instant? = nil,
    prime: PrimePlan = PathwaySample.prime,
    replaces: String? = nil,
    unanswered: String? = nil
  ) -> PathwayCommand {
    .implant(
      Implanted(
        pump: PumpInPlace(
          model: model,
          isCatalogued: true,
          capacity: Sample.mL(capacity),
          serial: serial,
          implantedOn: isDated ? implantedOn ?? now.day : nil,
          replaceBy: replaceBy
        ),
        catheter: catheter,
        pocket: PumpPocket(side: side, site: .abdomen, depth: depth),
        surgeon: surgeon,
        fill: FirstFill(
          fluid: fluid,
          volume: Sample.mL(volume),
          lot: lot,
          expiresOn: Sample.day(expires),
          filledAt: filledAt ?? now
        ),
        prime: prime,
        replaces: replaces,
        unanswered: unanswered
      )
    )
  }

  static func tip(_ tip: SpinalLevel, imaging: String? = "film") -> ImplantedCatheter {
    ImplantedCatheter(
      implantedLength: cm(800),
      trimmedLength: cm(340),
      volumePerLength: LinearVolume(picolitresPerCentimetre: 2_200_000),
      tip: tip,
      imaging: imaging
    )
  }

  static func implanted() throws -> Journey {
    var journey = try checked()
    try journey.give(.pathway(implant(at: journey.now)))
    return journey
  }

  /// Primed, and with the first program by hand.
  static func started() throws -> Journey {
    var journey = try implanted()
    journey.now = journey.now + .hour
    let primed = Primed(volume: Volume(nanolitres: 316_000), endedAt: journey.now)
    try journey.give(.pathway(.recordPriming(primed)), by: Sample.nurse)
    try journey.give(program("100 ug/d", at: journey.now))
    return journey
  }

  static func program(_ dose: String, at now: Instant) -> TherapyCommand {
    .recordProgram(
      ProgramRecorded(program: Sample.program(dose: dose), programmedAt: now, reason: "planned")
    )
  }

  /// A linked patient with an increase from afar that took effect.
  static func increased() throws -> Journey {
    var journey = try Journey.adopted(linked: true)
    let draft = Sample.draft(
      1,
      act: .programIncrease,
      way: .remote,
      program: Sample.program(dose: "320 ug/d")
    )
    try journey.give(.draftOrder(draft))
    try journey.give(.signOrder(Sample.order(1), Sample.signature))
    try journey.give(.signOrder(Sample.order(1), Sample.signature), by: Sample.second)
    try journey.give(.queueOrder(Sample.order(1)))
    try journey.give(.markSent(Sample.order(1)), by: Sample.server)
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    return journey
  }

  /// A linked patient with an order on its way.
  static func inFlight() throws -> Journey {
    var journey = try Journey.adopted(linked: true)
    try journey.give(.draftOrder(Sample.draft(1)))
    try journey.give(.signOrder(Sample.order(1), Sample.signature))
    try journey.give(.queueOrder(Sample.order(1)))
    try journey.give(.markSent(Sample.order(1)), by: Sample.server)
    try journey.give(.draftOrder(Sample.draft(2)))
    return journey
  }

  static func replacement(_ on: Day) -> PathwayCommand {
    .planReplacement(ReplacementPlanned(on: on, because: .electiveReplacement))
  }

  /// An adopted patient whose replacement is planned and whose checklist is answered.
  static func replacing(_ begun: Journey? = nil) throws -> Journey {
    var journey = try begun ?? Journey.adopted()
    try journey.give(.pathway(implantConsent))
    try journey.give(.pathway(replacement(journey.now.day)))
    try answerAll(&journey, serial: "NEW-1")
    return journey
  }

  static func dose(_ text: String) -> DailyDose {
    do { return try DailyDose(text: text) } catch { preconditionFailure(text) }
  }

  static func weaning(
    _ steps: [(Int64, String)],
    of drug: String = "baclofen",
    at now: Instant
  ) -> PathwayCommand {
    .planWeaning(
      WeaningPlan(
        drug: drug,
        steps: steps.map { WeaningStep(on: (now + $0.0 * .day).day, dose: dose($0.1)) },
        instead: "baclofen by mouth"
      )
    )
  }

  static func explant(
    at instant: Instant,
    _ reason: ExplantReason = .wish,
    note: String? = nil,
    emptied: Volume? = Sample.mL(16),
    instead: String = "baclofen by mouth",
    emergency: String? = nil,
    unanswered: String? = nil
  ) -> PathwayCommand {
    .explant(
      Explanted(
        reason: reason,
        note: note,
        explantedAt: instant,
        emptied: emptied,
        catheter: .removed,
        isReturned: true,
        isCardWithdrawn: true,
        instead: instead,
        emergency: emergency,
        unanswered: unanswered
      )
    )
  }

  /// Events of each kind from implant to end.
  static func afterTrial() throws -> [TherapyEvent] {
    var journey = try started()
    let seen = RecoveryObservation(
      takenAt: journey.now,
      breathsPerMinute: 14,
      wound: .clean,
      headache: .absent,
      leak: false,
      legStrength: 5
    )
    try journey.give(.pathway(.observeRecovery(seen)), by: Sample.nurse)
    try journey.give(.pathway(.giveAftercare(AftercareGiven(items: AftercareItem.allCases))))
    let day = (journey.now + 3 * .day).day
    try journey.give(.pathway(.planVisit(.clinic, on: day, purpose: "a second look")))
    try journey.give(.pathway(.moveVisit(VisitMoved(visit: "visit-1", to: day, reason: "work"))))
    journey.now = journey.now + 9 * .day
    try journey.give(.pathway(.missVisit(VisitMissed(visit: "visit-1", reason: "flu"))))
    let held = VisitHeld(visit: "woundCheck-1", on: journey.now.day, done: "sutures out")
    try journey.give(.pathway(.holdVisit(held)))
    try journey.give(.pathway(replacement(journey.now.day)))
    try journey.give(.pathway(weaning([(0, "97 ug/d")], at: journey.now)))
    try journey.give(program("97 ug/d", at: journey.now))
    try journey.give(.pathway(explant(at: journey.now)))
    try journey.give(.pathway(.recordDeath(Died(on: journey.now.day, pump: .noPump))))
    var called = try increased()
    called.now = called.now + .day
    let call = RemoteCall(
      order: Sample.order(1),
      calledAt: called.now,
      isReached: true,
      note: "less stiff"
    )
    try called.give(.pathway(.recordCall(call)), by: Sample.nurse)
    try called.give(.pathway(.transfer(to: "Clinic at the lake", reason: "moves")))
    return journey.events + called.events
  }
}
