import Formulary
import Quantities
import Therapy

/// The fields of a program, numbers beside their units; the script lets its steps be dragged.
struct ProgramForm {
  let fluid: Fluid
  let state: FormState

  private var doseUnits: [String] {
    let isMilligram = fluid.drugs.first.flatMap { DrugLibrary.standard.drug($0.name) }?.unit == .mg
    return isMilligram ? ["mg/d", "ug/d", "mL/d"] : ["ug/d", "mg/d", "mL/d"]
  }

  private var massUnits: [String] { doseUnits.map { String($0.dropLast(2)) } }

  /// Of the drug that doses are of, ng/mL: what a dose comes to as a flow.
  private var density: Int64 {
    let main = fluid.drugs.first { $0.name == state.typed["of"] } ?? fluid.drugs.first
    return main?.concentration.nanogramsPerMillilitre ?? 0
  }

  private func group(_ legend: String, _ fields: [Field]) -> Markup {
    group(legend, fields.map { $0.markup(state) }.joined())
  }

  private func group(_ legend: String, _ content: Markup) -> Markup {
    .made("<fieldset><legend>\(HTML.escaped(legend))</legend>\n\(content.html)</fieldset>\n")
  }

  private func isTyped(_ name: String) -> Bool { state.typed[name].map { !$0.isEmpty } ?? false }

  var markup: Markup { basal + patientDose + limits + prime + bridge + text }

  private var basal: Markup {
    var fields = [
      Field(
        "mode",
        "Way",
        .choice([
          ("constant", "The same all day"), ("daily", "By time of day"),
          ("periodic", "A bolus now and then"), ("minimum", "The least rate of the pump"),
          ("stopped", "Stopped: nothing is delivered"), ("weekly", "By day of the week (as text)"),
        ]),
        value: "constant"
      )
    ]
    if fluid.drugs.count > 1 {
      fields.append(
        Field(
          "of",
          "Doses are of",
          .choice(fluid.drugs.map { ($0.name, $0.name) }),
          value: fluid.drugs.first?.name ?? "",
          hint: "The other drugs of the mixture go with it."
        )
      )
    }
    fields.append(
      Field(
        "rate",
        "All day",
        .quantity(doseUnits),
        hint: "For: the same all day.",
        isRequired: false
      )
    )
    return group(
      "Basal",
      fields.map { $0.markup(state) }.joined()
        + .made("<div class=\"day\" data-day=\"\(density)\"></div>\n")
        + Piece.details(
          "By time of day",
          isOpen: state.typed["mode"] == "daily",
          mode: "daily",
          steps
        )
        + Piece.details(
          "A bolus now and then",
          isOpen: state.typed["mode"] == "periodic",
          mode: "periodic",
          [
            Field("periodic.dose", "Bolus", .quantity(massUnits), isRequired: false),
            Field("periodic.over", "Given over", .quantity(["min"]), isRequired: false),
            Field("periodic.every", "Every", .quantity(["h", "min"]), isRequired: false),
            Field("periodic.background", "On top of", .quantity(doseUnits), isRequired: false),
          ].map { $0.markup(state) }.joined()
        )
    )
  }

  /// Rows that are filled, and two more.
  private var steps: Markup {
    let filled = (0..<ProgramEntry.stepsMax).last { isTyped("step.\($0).rate") } ?? -1
    let count = min(ProgramEntry.stepsMax, max(4, filled + 3))
    let rows = (0..<count).map { index -> Markup in
      .made("<div class=\"step\">")
        + Field("step.\(index).at", "Step \(index + 1) at", isQuiet: true).markup(state)
        + Field("step.\(index).rate", "Rate", .quantity(doseUnits), isQuiet: true).markup(state)
        + .made("</div>\n")
    }
    return .made("<div class=\"dayrows\">\n")
      + rows.joined()
      + .made("</div>\n")
      + Piece.soft(
        "Times as in 05:00 or 21:30. A rate holds from its time to the next, and over "
          + "midnight to the first."
      )
  }

  private var patientDose: Markup {
    Piece.details(
      "Patient dose",
      isOpen: isTyped("patientDose.volume"),
      group(
        "Patient dose",
        [
          Field("patientDose.volume", "Dose", .quantity(["mL"] + massUnits), isRequired: false),
          Field("patientDose.over", "Given over", .quantity(["min"]), isRequired: false),
          Field("patientDose.lockout", "Lockout", .quantity(["h", "min"]), isRequired: false),
          Field("patientDose.maxPer24h", "At most in 24 h", .whole, isRequired: false),
        ]
      )
    )
  }

  private var limits: Markup { group("Limits and safe rate", limitFields) }

  /// Limits, safe rate and marks; an order of limits has these alone.
  var limitFields: [Field] {
    var fields = [
      Field("limits.maxRate", "Highest rate", .quantity(["mL/d"] + doseUnits.prefix(2))),
      Field("limits.maxVolumePer24h", "Volume in any 24 h", .quantity(["mL"])),
    ]
    for drug in fluid.drugs {
      fields.append(
        Field(
          "limits.dose.\(drug.name)",
          "\(NameWords.capital(drug.name)) in any 24 h",
          .quantity(massUnits.filter { $0 != "mL" })
        )
      )
    }
    return fields + [
      Field(
        "safeRate",
        "Safe rate",
        .quantity(["mL/d"] + doseUnits.prefix(2)),
        hint: "What the pump falls back to where something fails."
      ), Field("restartGap", "Safe rate after a gap of", .quantity(["h"])),
      Field("lowReservoir", "Low mark", .quantity(["mL"])),
    ]
  }

  private var prime: Markup {
    Piece.details(
      "Prime",
      isOpen: isTyped("prime.volume"),
      group(
        "Prime, once, before the program",
        [
          Field(
            "prime.volume",
            "Volume",
            .quantity(["mL"]),
            hint:
              "Of an empty path, at the bedside alone; the pump takes no more than 1.1 times the path.",
            isRequired: false
          ), Field("prime.over", "Given over", .quantity(["min"]), isRequired: false),
        ]
      )
    )
  }

  private var bridge: Markup {
    Piece.details(
      "Bridge",
      isOpen: isTyped("bridge.rate"),
      group(
        "Bridge, until the path holds the new mixture",
        [
          Field(
            "bridge.rate",
            "Rate",
            .quantity(["mL/d"] + doseUnits.prefix(2)),
            isRequired: false
          ),
          Field("bridge.volume", "Volume", .quantity(["mL"]), isRequired: false),
        ]
      )
    )
  }

  private var text: Markup {
    Piece.details(
      "As text",
      Field(
        "text",
        "The program as JSON",
        .area,
        hint: "Where this is changed, it counts, and the fields above do not.",
        isRequired: false
      ).markup(state)
    )
  }
}
