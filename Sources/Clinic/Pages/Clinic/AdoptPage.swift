import Formulary
import PumpCatalog
import Quantities
import Therapy

/// A patient who comes with a pump in place; what is left out stays not known.
struct AdoptPage {
  let context: PageContext
  let state: FormState
  /// The id that the new record gets, made when the page was first read.
  let patient: String

  func html() -> String {
    var form = PageForm("adopt", to: "/adopt", "Adopt the patient")
    form.hidden = [("patient", patient)]
    var own = state.of("adopt")
    own.form = "adopt"
    form.content = [
      group("Who", own, identity), group("Pump", own, pump), group("Catheter", own, catheter),
      group("What is in the reservoir", own, fill, FluidFields.more("fill", own)), program(own),
      group("Contact", own, contact),
    ].joined()
    return context.page(
      "Adopt a patient",
      .patients,
      Piece.heading(
        "Adopt a patient",
        "Only what has no mark may not be left out. What nobody knows stays not known, and is "
          + "shown so."
      ) + Piece.card(nil, form.markup(context, own))
    )
  }

  private func group(
    _ legend: String,
    _ state: FormState,
    _ fields: [Field],
    _ more: Markup = .none
  ) -> Markup {
    .made(
      "<fieldset><legend>\(HTML.escaped(legend))</legend>\n"
        + fields.map { $0.markup(state).html }.joined() + more.html + "</fieldset>\n"
    )
  }

  private var identity: [Field] {
    [
      Field("identity.givenName", "Given name", complete: "off"),
      Field("identity.familyName", "Family name", complete: "off"),
      Field("identity.born", "Date of birth", .date),
      Field("identity.recordNumber", "Record number of the clinic", complete: "off"),
      Field(
        "identity.sex",
        "Sex",
        .choice([("", "not known")] + Sex.allCases.map { ($0.rawValue, $0.rawValue) }),
        isRequired: false
      ), Field("identity.language", "Language", value: "en", hint: "As in en, es, de-CH."),
      Field(
        "indication",
        "Indication",
        .choice(DrugIndication.allCases.map { ($0.rawValue, $0.words) })
      ),
      Field(
        "origin",
        "Origin of a spasticity",
        .choice([("", "not known")] + SpasticityOrigin.allCases.map { ($0.rawValue, $0.rawValue) }),
        isRequired: false
      ),
    ]
  }

  private var pump: [Field] {
    let models = PumpCatalog.models.map { ($0.name, $0.title) }
    return [
      Field(
        "pump.model",
        "Model",
        .choice([("", "choose one")] + models + [("other", "another, as below")])
      ),
      Field("pump.other", "Another model", hint: "As its card says.", isRequired: false),
      Field("pump.capacity", "Reservoir", .quantity(["mL"])),
      Field("pump.serial", "Serial number", complete: "off"),
      Field("pump.implantedOn", "Implanted on", .date, isRequired: false),
      Field("pump.replaceBy", "Replace by", .date, isRequired: false),
    ]
  }

  private var catheter: [Field] {
    [
      Field("catheter.implantedLength", "Implanted length", .quantity(["cm"]), isRequired: false),
      Field("catheter.volume", "Volume, as a paper tells it", .quantity(["mL"]), isRequired: false),
      Field("catheter.tip", "Tip at", hint: "As in T10.", isRequired: false),
    ]
  }

  private var fill: [Field] {
    FluidFields.fields("fill", isRequired: false) + [
      Field("fill.volume", "Volume after the fill", .quantity(["mL"]), isRequired: false),
      Field("fill.filledAt", "Filled at", .moment, isRequired: false),
      Field("fill.lot", "Lot", isRequired: false),
      Field(
        "fill.standing",
        "Whose word",
        .choice([("recalled", "from papers"), ("byHand", "of whoever did it")]),
        value: "recalled"
      ),
    ]
  }

  private func program(_ state: FormState) -> Markup {
    Piece.details(
      "What is programmed",
      isOpen: state.typed["program.text"] != nil,
      group(
        "What is programmed",
        state,
        [
          Field(
            "program.rate",
            "The same all day",
            .quantity(["ug/d", "mg/d", "mL/d"]),
            hint: "A program by time of day is recorded on the program's own page afterwards.",
            isRequired: false
          ),
          Field(
            "program.maxRate",
            "Highest rate",
            .quantity(["mL/d"]),
            isRequired: false
          ),
          Field("program.maxVolume", "Volume in any 24 h", .quantity(["mL"]), isRequired: false),
          Field(
            "program.maxDose",
            "First drug in any 24 h",
            .quantity(["ug", "mg"]),
            isRequired: false
          ),
          Field("program.safeRate", "Safe rate", .quantity(["mL/d"]), isRequired: false),
          Field("program.lowReservoir", "Low mark", .quantity(["mL"]), isRequired: false),
          Field("program.programmedAt", "Programmed at", .moment, isRequired: false),
        ]
      )
    )
  }

  private var contact: [Field] {
    [
      Field("contact.phone", "Telephone", isRequired: false, complete: "off"),
      Field("contact.companion", "Who is called where nobody answers", isRequired: false),
    ]
  }
}
