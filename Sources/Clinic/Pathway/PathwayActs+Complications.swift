import Quantities
import Therapy

extension PathwayActs {
  private static let complication = ActField(
    "complication",
    "Complication",
    .whole(1...Int.max, unit: ""),
    hint: "Its number above.",
    preset: { record, _ in
      record.pathway.complications.last { $0.isOpen }.map { "\($0.id.position)" } ?? ""
    }
  )

  private static func open(_ record: PatientRecord) -> ComplicationState? {
    record.pathway.complications.last(where: \.isOpen)
  }

  /// The tests that open complications ask for now: mostly one.
  private static func asked(_ record: PatientRecord) -> [TroubleshootingTest] {
    record.pathway.complications.filter(\.isOpen).compactMap {
      if case .ask(let test) = $0.standing { test } else { nil }
    }
  }

  private static let hasComplication: @Sendable (PatientRecord) -> Bool = { open($0) != nil }

  static let complications: [PathwayAct] = [
    PathwayAct(
      "complication",
      .complications,
      "Something is wrong",
      "Open the complication",
      audit: "opened a complication",
      at: [.trial, .implant, .therapy],
      [
        .choice("kind", "What", { (word: ComplicationKind) in NameWords.spaced(word.rawValue) }),
        ActField("signs", "Signs", .words), ActField("since", "Since", .instant, preset: now),
      ]
    ) { (body: ComplicationOpened) in [.openComplication(body)] },
    PathwayAct(
      "complication-test",
      .complications,
      "A test, and what it showed",
      "Record the test",
      audit: "recorded a test of a complication",
      at: [.trial, .implant, .therapy, .ended],
      [
        complication,
        ActField(
          "test",
          "Test",
          .choice(
            [("", "Choose")]
              + TroubleshootingTest.allCases.map { ($0.rawValue, $0.words) }
          ),
          preset: { record, _ in
            guard
              case .ask(let test)? = record.pathway.complications.last(where: \.isOpen)?.standing
            else { return "" }
            return test.rawValue
          }
        )
        .offering { record in Set(asked(record).map(\.rawValue)) },
        .choice(
          "answer",
          "It showed",
          { (word: TestAnswer) in NameWords.spaced(word.rawValue) }
        )
        .offering { record in Set(asked(record).flatMap(\.facts.answers).map(\.rawValue)) },
        ActField("doneAt", "Done at", .instant, preset: now),
        ActField(
          "vitals.breathsPerMinute",
          "Breathing",
          .whole(0...80, unit: "/min"),
          isRequired: false
        ),
        ActField(
          "vitals.oxygenSaturation",
          "Oxygen saturation",
          .whole(0...100, unit: "%"),
          isRequired: false
        ),
        ActField(
          "vitals.systolic",
          "Systolic pressure",
          .whole(0...350, unit: "mmHg"),
          isRequired: false
        ),
        ActField("vitals.pulse", "Pulse", .whole(0...350, unit: "/min"), isRequired: false),
        ActField(
          "vitals.temperatureTenths",
          "Temperature in tenths",
          .whole(200...450, unit: "0.1 °C"),
          isRequired: false
        ),
        ActField(
          "vitals.comaScale",
          "Glasgow coma scale",
          .whole(3...15, unit: ""),
          isRequired: false
        ),
        ActField(
          "volume",
          "Volume found, drawn or injected",
          .quantity(["mL"]),
          isRequired: false
        ),
        ActField("expected", "Volume expected", .quantity(["mL"]), isRequired: false),
        ActField("degrees", "The rotor turned by", .whole(0...720, unit: "°"), isRequired: false),
        ActField(
          "note",
          "Note",
          .words,
          hint: "Asked for where it is not the good answer.",
          isRequired: false
        ),
      ]
    ) { (body: ComplicationTested) in [.testComplication(body)] }
    .offered(where: hasComplication)
    .next { if case .ask? = open($0)?.standing { true } else { false } },
    PathwayAct(
      "complication-closed",
      .complications,
      "What it was, and what was done",
      "Close the complication",
      audit: "closed a complication",
      by: [.physician],
      at: [.trial, .implant, .therapy, .ended],
      [
        complication,
        ActField(
          "finding",
          "It was",
          .choice(
            [("", "Choose")]
              + ComplicationFinding.allCases.map { ($0.rawValue, NameWords.spaced($0.rawValue)) }
          ),
          preset: { record, _ in
            guard
              case .ended(let finding)? = record.pathway.complications.last(where: \.isOpen)?
                .standing
            else { return "" }
            return finding.rawValue
          }
        ),
        ActField("done", "What was done", .words),
        ActField(
          "despite",
          "Why it ends before the tests do, or with another finding",
          .words,
          isRequired: false
        ),
      ]
    ) { (body: ComplicationClosed) in [.closeComplication(body)] }
    .offered(where: hasComplication)
    .next { if case .ended? = open($0)?.standing { true } else { false } },
  ]

  private static let scan = ActField(
    "scan",
    "Scan",
    .whole(1...Int.max, unit: ""),
    hint: "Its number above.",
    preset: { record, _ in
      record.pathway.scans.last { $0.isOpen }.map { "\($0.id.position)" } ?? ""
    }
  )

  private static let hasScan: @Sendable (PatientRecord) -> Bool = {
    $0.pathway.scans.contains(where: \.isOpen)
  }

  static let scans: [PathwayAct] = [
    PathwayAct(
      "scan",
      .scans,
      "Plan an MRI",
      "Plan the scan",
      audit: "planned an MRI",
      at: [.therapy],
      [
        ActField("at", "At", .instant), ActField("reason", "Of what, and why", .words),
        ActField(
          "family",
          "Pump",
          .choice(
            MRIPumpFamily.allCases.map { ($0.rawValue, NameWords.spaced($0.rawValue)) }
          ),
          preset: { record, _ in
            record.pump.map { MRIPumpFamily(model: $0.model).rawValue } ?? ""
          }
        ),
        ActField(
          "fieldMillitesla",
          "Field",
          .whole(1...20_000, unit: "mT"),
          hint: "1500 is 1.5 T."
        ),
      ]
    ) { (body: MRIPlanned) in [.planMRI(body)] },
    PathwayAct(
      "scan-step",
      .scans,
      "The next step of the scan",
      "Record the step",
      audit: "recorded a step of an MRI",
      at: [.therapy, .ended],
      [
        scan,
        ActField(
          "step",
          "Step",
          .choice(
            [("", "Choose")]
              + MRIStep.allCases.map { ($0.rawValue, NameWords.spaced($0.rawValue)) }
          ),
          preset: { record, _ in
            record.pathway.scans.last { $0.isOpen }?.next?.rawValue ?? ""
          }
        ),
        ActField("doneAt", "Done at", .instant, preset: now),
        ActField("isGood", "All is well", .answer),
        ActField("volume", "Volume of the reservoir", .quantity(["mL"]), isRequired: false),
        ActField(
          "exposure.fieldMillitesla",
          "Of the scan: field",
          .whole(1...20_000, unit: "mT"),
          isRequired: false
        ),
        ActField(
          "exposure.sarMilliwattsPerKilogram",
          "Of the scan: SAR of the whole body",
          .whole(0...10_000, unit: "mW/kg"),
          isRequired: false
        ),
        ActField(
          "exposure.gaussPerCentimetre",
          "Of the scan: steepest gradient",
          .whole(0...100_000, unit: "G/cm"),
          isRequired: false
        ),
        ActField("note", "Note", .words, isRequired: false),
      ]
    ) { (body: MRIStepDone) in [.takeMRIStep(body)] }
    .offered(where: hasScan),
    PathwayAct(
      "scan-closed",
      .scans,
      "All of it is done",
      "Close the scan",
      audit: "closed an MRI",
      at: [.therapy, .ended],
      [scan]
    ) { (body: MRIClosed) in [.closeMRI(body)] }
    .offered(where: hasScan),
    PathwayAct(
      "scan-cancelled",
      .scans,
      "There is no scan",
      "Call the scan off",
      audit: "called off an MRI",
      at: [.therapy, .ended],
      [scan, ActField("reason", "Why", .words)]
    ) { (body: MRICancelled) in [.cancelMRI(body)] }
    .offered(where: hasScan),
  ]
}
