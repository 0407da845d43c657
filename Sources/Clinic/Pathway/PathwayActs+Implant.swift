import Formulary
import PumpCatalog
import Quantities
import Therapy

extension PathwayActs {
  static let drugs: [(value: String, name: String)] =
    [("", "–")] + DrugLibrary.standard.drugs.map { ($0.name, $0.name) }

  /// Drugs with their concentrations.
  static func mixture(_ name: String, isRequired: Bool = true) -> ActField {
    ActField(
      name,
      "Mixture",
      .rows(
        [
          ActField("name", "Drug", .choice(drugs)),
          ActField("concentration", "Concentration", .quantity(["mg/mL", "ug/mL"])),
        ],
        3
      ),
      isRequired: isRequired
    )
  }

  /// An answer of the checklist as it is entered.
  private struct Check: Decodable {
    let finding: CheckFinding
    let note: String?
    let figures: ImplantFigures?
  }

  private static func figure(_ name: String) -> ActField {
    let path = "figures.\(name)"
    return switch name {
    case "side": .choice(path, "Side", { (word: BodySide) in word.rawValue }, isRequired: false)
    case "pocketSite":
      .choice(
        path,
        "Site",
        { (word: PocketSite) in NameWords.spaced(word.rawValue) },
        isRequired: false
      )
    case "depth":
      ActField(path, "Depth under the skin", .quantity(["cm", "mm"]), isRequired: false)
    case "capacity": ActField(path, "Reservoir", .quantity(["mL"]), isRequired: false)
    case "fluid": mixture("figures.fluid.drugs", isRequired: false)
    case "serial": ActField(path, "Serial number, as the pump says it", .name, isRequired: false)
    case "calibration": ActField(path, "Calibration, as the pump says it", .name, isRequired: false)
    case "calibrationLabel": ActField(path, "Calibration, on the label", .name, isRequired: false)
    case "temperatureTenths":
      ActField(
        path,
        "Temperature in tenths",
        .whole(0...600, unit: "0.1 °C"),
        hint: "370 is 37.0 °C.",
        isRequired: false
      )
    case "predicted": ActField(path, "Should come out", .quantity(["mL"]), isRequired: false)
    default: ActField(path, "Came out", .quantity(["mL"]), isRequired: false)
    }
  }

  /// A first implant, or the replacement that is planned.
  static let isOperationAhead: @Sendable (PatientRecord) -> Bool = {
    $0.stage == .implant || $0.pathway.replacement != nil
  }

  static func name(of what: ImplantCheck) -> String {
    "check-\(Piece.identifier(NameWords.spaced(what.rawValue)))"
  }

  /// One form for each item, since several people answer them.
  static let checks: [PathwayAct] = ImplantCheck.allCases.map { what in
    PathwayAct(
      name(of: what),
      .implant,
      NameWords.capital(what.text),
      "Record the answer",
      audit: "answered the implant's checklist: \(NameWords.spaced(what.rawValue))",
      by: AccountRole.clinical,
      at: [.implant, .therapy],
      [
        ActField(
          "finding",
          "Finding",
          .choice(
            [("", "Choose"), ("good", "good")]
              + (what.mayBeLeftOut ? [("notApplicable", "does not apply")] : [])
              + [("bad", "bad: it stops the implant")]
          )
        ),
        ActField(
          "note",
          "Note",
          .words,
          hint: what.needsNote
            ? "What was done or planned." : "Asked for where it is bad or does not apply.",
          isRequired: false
        ),
      ] + what.figures.map(figure)
    ) { (body: Check) in
      [
        .answerImplantCheck(
          ImplantCheckAnswer(
            what: what,
            finding: body.finding,
            note: body.note,
            figures: body.figures ?? ImplantFigures()
          )
        )
      ]
    }
    .offered(where: isOperationAhead)
  }

  static let implant: [PathwayAct] =
    checks + [
      PathwayAct(
        "implanted",
        .implant,
        "What was implanted",
        "Record the implant",
        audit: "recorded an implant",
        by: [.physician],
        at: [.implant, .therapy],
        needsVersion: true,
        implantFields
      ) { (body: ImplantBody) in [.implant(body.implanted)] }
      .offered(where: isOperationAhead)
      .next { isOperationAhead($0) && $0.openImplantChecks.isEmpty && $0.badImplantChecks.isEmpty },
      PathwayAct(
        "primed",
        .implant,
        "Primed",
        "Record the prime",
        audit: "recorded the prime",
        at: [.therapy],
        [
          ActField("volume", "Volume", .quantity(["mL"])),
          ActField("endedAt", "Ended at", .instant, preset: now),
        ]
      ) { (body: Primed) in [.recordPriming(body)] }
      .offered { $0.implantGaps.contains(.prime) },
      PathwayAct(
        "recovery",
        .implant,
        "What was seen after the implant",
        "Record the observation",
        audit: "recorded an observation after an implant",
        at: [.therapy],
        [
          ActField("takenAt", "At", .instant, preset: now),
          ActField(
            "breathsPerMinute",
            "Breathing",
            .whole(0...80, unit: "/min"),
            isRequired: false
          ),
          ActField(
            "oxygenSaturation",
            "Oxygen saturation",
            .whole(30...100, unit: "%"),
            isRequired: false
          ),
          ActField(
            "sedation",
            "Sedation",
            .whole(0...3, unit: ""),
            hint: "0 awake, 1 drowsy, 2 sleeps but is roused, 3 hard to rouse.",
            isRequired: false
          ),
          .choice("wound", "Wound", { (word: WoundFinding) in word.rawValue }, isRequired: false),
          .choice(
            "headache",
            "Headache",
            { (word: HeadacheFinding) in word.rawValue },
            isRequired: false
          ),
          ActField("leak", "Fluid leaks or gathers", .answer, isRequired: false),
          ActField(
            "legStrength",
            "Strength of the weaker leg",
            .whole(0...5, unit: ""),
            hint: "0 none to 5 full.",
            isRequired: false
          ),
          ActField("note", "Note", .words, isRequired: false),
        ]
      ) { (body: RecoveryObservation) in [.observeRecovery(body)] }
      .offered { !$0.pathway.implants.isEmpty },
      PathwayAct(
        "aftercare",
        .implant,
        "What the patient was told",
        "Record what was told",
        audit: "recorded the aftercare",
        at: [.therapy],
        [
          ActField("items", "Told", .checks(AftercareItem.allCases.map { ($0.rawValue, $0.text) })),
          ActField("to", "To whom, where it is not the patient", .name, isRequired: false),
        ]
      ) { (body: AftercareGiven) in [.giveAftercare(body)] }
      .offered { !$0.pathway.implants.isEmpty },
    ]

  private static let implantFields: [ActField] = [
    ActField(
      "pump.model",
      "Pump",
      .choice([("", "Choose")] + PumpCatalog.models.map { ($0.name, $0.title) })
    ),
    ActField("pump.capacity", "Reservoir", .quantity(["mL"])),
    ActField("pump.serial", "Serial number", .name),
    ActField("pump.implantedOn", "Implanted on", .day, preset: today),
    ActField("pump.replaceBy", "Replace by", .day, isRequired: false),
    ActField(
      "pocket.side",
      "Side",
      .choice([("", "Choose"), ("left", "left"), ("right", "right")])
    ),
    .choice("pocket.site", "Site", { (word: PocketSite) in NameWords.spaced(word.rawValue) }),
    ActField("pocket.depth", "Depth under the skin", .quantity(["cm", "mm"])),
    ActField("surgeon", "Surgeon", .name),
    ActField("catheter.model", "Catheter", .name, isRequired: false),
    ActField(
      "catheter.implantedLength",
      "Length implanted",
      .quantity(["cm"]),
      hint: "Left empty only where a pump is replaced and its catheter stays.",
      isRequired: false
    ),
    ActField(
      "catheter.trimmedLength",
      "Length cut off",
      .quantity(["cm"]),
      hint: "0 where nothing was.",
      isRequired: false
    ),
    ActField(
      "catheter.volumePerLength",
      "Volume per length",
      .quantity(["mL/cm"]),
      isRequired: false
    ),
    ActField("catheter.volume", "Or its volume", .quantity(["mL"]), isRequired: false),
    .choice("catheter.tip", "Tip at", { (word: SpinalLevel) in word.rawValue }, isRequired: false),
    ActField("catheter.imaging", "The level was seen by", .name, isRequired: false),
    mixture("fill.fluid.drugs"),
    ActField("fill.volume", "Volume filled", .quantity(["mL"])),
    ActField("fill.lot", "Lot", .name),
    ActField("fill.expiresOn", "Expires on", .day),
    ActField("fill.filledAt", "Filled at", .instant, preset: now),
    ActField("prime.volume", "To be primed", .quantity(["mL"]), isRequired: false),
    ActField("prime.reason", "Or why nothing is", .words, isRequired: false),
    ActField(
      "replaces",
      "Why the pump before was taken out",
      .words,
      hint: "Where there was one.",
      isRequired: false
    ),
    ActField(
      "unanswered",
      "Why an order of the pump before stays without its receipt",
      .words,
      isRequired: false
    ),
  ]

  /// An implant as it is entered: the pump is of the catalogue.
  private struct ImplantBody: Decodable {
    struct Pump: Decodable {
      let model: String
      let capacity: Volume
      let serial: String
      let implantedOn: Day
      let replaceBy: Day?
    }

    let pump: Pump
    let catheter: ImplantedCatheter?
    let pocket: PumpPocket
    let surgeon: String
    let fill: FirstFill
    let prime: PrimePlan?
    let replaces: String?
    let unanswered: String?

    var implanted: Implanted {
      Implanted(
        pump: PumpInPlace(
          model: pump.model,
          isCatalogued: true,
          capacity: pump.capacity,
          serial: pump.serial,
          implantedOn: pump.implantedOn,
          replaceBy: pump.replaceBy
        ),
        catheter: catheter,
        pocket: pocket,
        surgeon: surgeon,
        fill: fill,
        prime: prime ?? PrimePlan(),
        replaces: replaces,
        unanswered: unanswered
      )
    }
  }
}
