import Formulary
import Quantities
import Therapy

/// Those with a pump, or who had one; each is followed by hand.
extension DemoCourse {
  private static func fluid(_ drug: String, _ concentration: String) throws -> Fluid {
    Fluid(
      drugs: [Fluid.Drug(name: drug, concentration: try Concentration(text: concentration))]
    )
  }

  private static func program(_ drug: String, _ dose: String, _ safe: String, _ most: String)
    -> ProgramJSON
  {
    ProgramJSON(
      "{\"basal\":{\"mode\":\"constant\",\"rate\":\"\(dose)\"},\"limits\":{\"maxRate\":\"1 mL/d\","
        + "\"maxVolumePer24h\":\"0.6 mL\",\"maxDosePer24h\":{\"\(drug)\":\"\(most)\"}},"
        + "\"safeRate\":\"\(safe)\",\"restartGap\":\"24 h\",\"lowReservoir\":\"2 mL\"}"
    )
  }

  /// Implanted yesterday; watched, and not yet told everything.
  static func recovering(_ start: Instant) throws -> Self {
    var course = Self(id: "rossi-giulia")
    course.add(
      time(start, 40),
      .nurse,
      try enroll("Giulia", "Rossi", "1990-10-30", "C-1017", nil),
      note(
        "Screening by the label's doses of baclofen; start at twice the screening dose, since its effect "
          + "lasted less than 8 h (formulary)."
      )
    )
    try course.succeed(start, condition: .cerebralPalsy, code: "G80.1", trialDaysAgo: 16)
    let day = time(start, 1, 9)
    try course.implant(at: day)
    course.add(
      day + 6 * .hour,
      .nurse,
      .pathway(
        .observeRecovery(
          RecoveryObservation(
            takenAt: day + 6 * .hour,
            breathsPerMinute: 15,
            sedation: 0,
            wound: .clean,
            headache: .absent,
            leak: false,
            legStrength: 3
          )
        )
      ),
      .pathway(
        .giveAftercare(AftercareGiven(items: [.binder, .noTwisting, .woundCare]))
      )
    )
    return course
  }

  private mutating func implant(at day: Instant) throws {
    let fluid = try Self.fluid("baclofen", "500 ug/mL")
    try check(fluid, at: day)
    add(
      day + 2 * .hour,
      .physician,
      .pathway(
        .implant(
          Implanted(
            pump: PumpInPlace(
              model: "SynchroMed II",
              isCatalogued: true,
              capacity: try Volume(text: "20 mL"),
              serial: "NGP-INVENTED-17",
              implantedOn: day.day,
              replaceBy: Day("2032-06-01")
            ),
            catheter: ImplantedCatheter(
              implantedLength: try Length(text: "70 cm"),
              trimmedLength: try Length(text: "19 cm"),
              volumePerLength: try LinearVolume(text: "0.0022 mL/cm"),
              tip: .t10,
              imaging: "X-ray"
            ),
            pocket: PumpPocket(side: .left, site: .abdomen, depth: try Length(text: "1.5 cm")),
            surgeon: "Dr. Invented",
            fill: FirstFill(
              fluid: fluid,
              volume: try Volume(text: "18 mL"),
              lot: "BCL-INVENTED-2",
              expiresOn: try Self.need(Day("2027-01-31"), "expiresOn"),
              filledAt: day + .hour
            ),
            prime: PrimePlan(reason: "filled at the table up to the tip")
          )
        )
      ),
      .recordProgram(
        ProgramRecorded(
          program: Self.program("baclofen", "150 ug/d", "75 ug/d", "300 ug"),
          programmedAt: day + 2 * .hour,
          reason: "twice the dose that worked"
        )
      )
    )
  }

  /// Every item of the list, as its figures ask for.
  private mutating func check(_ fluid: Fluid, at day: Instant) throws {
    let figures: [ImplantCheck: ImplantFigures] = [
      .site: ImplantFigures(
        side: .left,
        pocketSite: .abdomen,
        depth: try Length(text: "1.5 cm")
      ), .pumpSize: ImplantFigures(capacity: try Volume(text: "20 mL")),
      .drug: ImplantFigures(fluid: fluid), .drugSecond: ImplantFigures(fluid: fluid),
      .interrogated: ImplantFigures(serial: "NGP-INVENTED-17"),
      .calibration: ImplantFigures(calibration: "117", calibrationLabel: "117"),
      .warmed: ImplantFigures(temperatureTenths: 370),
      .drained: ImplantFigures(
        predicted: try Volume(text: "18 mL"),
        drained: try Volume(text: "17.6 mL")
      ),
    ]
    for what in ImplantCheck.allCases {
      add(
        day,
        what == .drugSecond ? .pharmacist : .nurse,
        .pathway(
          .answerImplantCheck(
            ImplantCheckAnswer(
              what: what,
              finding: .good,
              note: what.needsNote ? "as invented" : nil,
              figures: figures[what] ?? ImplantFigures()
            )
          )
        )
      )
    }
  }

  /// Came with a pump, was weaned, and has none any more.
  static func explanted(_ start: Instant) throws -> Self {
    var course = Self(id: "almeida-rui")
    let begin = time(start, 90)
    let fluid = try Self.fluid("morphine", "2 mg/mL")
    func weak(_ dose: String) -> ProgramJSON {
      Self.program("morphine", dose, "0.1 mg/d", "2 mg")
    }
    course.add(
      begin,
      .physician,
      .adopt(
        Adoption(
          adopted: Adopted(
            identity: try identity("Rui", "Almeida", "1950-03-11", "C-1018"),
            indication: .nonCancer,
            origin: nil,
            pump: PumpInPlace(
              model: "SynchroMed II",
              isCatalogued: true,
              capacity: try Volume(text: "40 mL"),
              serial: "NGP-INVENTED-18",
              implantedOn: try need(Day("2018-09-01"), "implantedOn")
            )
          ),
          catheter: nil,
          fill: FillRecorded(
            volume: try Volume(text: "38 mL"),
            fluid: fluid,
            filledAt: begin,
            lots: ["MOR-INVENTED-1"],
            standing: .byHand
          ),
          program: ProgramRecorded(
            program: weak("1 mg/d"),
            programmedAt: begin,
            reason: "as it was"
          )
        )
      ),
      note("An end by the patient's wish, after weaning.")
    )
    let steps: [(daysAgo: Int64, dose: String)] = [
      (60, "0.6 mg/d"), (46, "0.3 mg/d"), (32, "0.15 mg/d"),
    ]
    course.add(
      time(start, 61),
      .physician,
      .pathway(
        .planWeaning(
          WeaningPlan(
            drug: "morphine",
            steps: try steps.map {
              WeaningStep(on: time(start, $0.daysAgo).day, dose: try DailyDose(text: $0.dose))
            },
            instead: "nothing by mouth"
          )
        )
      )
    )
    for step in steps {
      course.add(
        time(start, step.daysAgo, 9),
        .physician,
        .recordProgram(
          ProgramRecorded(
            program: weak(step.dose),
            programmedAt: time(start, step.daysAgo, 9),
            reason: "weaning"
          )
        )
      )
    }
    course.add(
      time(start, 20, 10),
      .physician,
      .pathway(
        .explant(
          Explanted(
            reason: .wish,
            explantedAt: time(start, 20, 10),
            emptied: try Volume(text: "15.8 mL"),
            catheter: .left,
            isReturned: true,
            isCardWithdrawn: true,
            instead: "nothing is needed"
          )
        )
      )
    )
    return course
  }

  // MARK: Of those who came along

  /// A loss of effect that is being looked into: the first tests are done.
  static func troubled(_ start: Instant) throws -> Self {
    var course = Self(id: "oneill-sean")
    let at = start
    course.add(
      at,
      .nurse,
      .pathway(
        .openComplication(
          ComplicationOpened(
            kind: .lostEffect,
            signs: "Pain as before the pump since four days (invented).",
            since: time(start, 4)
          )
        )
      )
    )
    return course
  }

  /// A plan of weaning, whose first step is tomorrow.
  static func weaning(_ start: Instant) throws -> Self {
    var course = Self(id: "tran-minh")
    func day(_ after: Int64) -> Day {
      Instant(milliseconds: start.milliseconds + after * 86_400_000).day
    }
    course.add(
      start,
      .physician,
      .pathway(
        .planWeaning(
          WeaningPlan(
            drug: "morphine",
            steps: try [(1, "1.2 mg/d"), (8, "0.8 mg/d"), (15, "0.4 mg/d")].map {
              WeaningStep(on: day(Int64($0.0)), dose: try DailyDose(text: $0.1))
            },
            instead: "tablets, as invented"
          )
        )
      )
    )
    return course
  }
}
