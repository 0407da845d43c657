import Formulary
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
      group("Who", own, PlaceFields.identity() + indication),
      group("Pump", own, PlaceFields.pump()), group("Catheter", own, PlaceFields.catheter()),
      group(
        "What is in the reservoir",
        own,
        PlaceFields.fill(isRequired: false),
        FluidFields.more("fill", own)
      ), program(own), group("Contact", own, PlaceFields.contact()),
    ].joined()
    return context.page(
      "Adopt a patient",
      .patients,
      Piece.heading(
        "Adopt a patient",
        "What may be left out says so. What nobody knows stays not known, and is shown so."
      ) + Piece.card(nil, form.markup(context, own))
    )
  }

  private func group(
    _ legend: String,
    _ state: FormState,
    _ fields: [Field],
    _ more: Markup = .none
  ) -> Markup { PlaceFields.group(legend, state, fields, more) }

  private var indication: [Field] {
    [
      Field(
        "indication",
        "Indication",
        .choice(
          [("", "choose one")]
            + DrugIndication.allCases.map { ($0.rawValue, NameWords.capital($0.words)) }
        )
      ),
      Field(
        "origin",
        "Origin of a spasticity",
        .choice([("", "not known")] + SpasticityOrigin.allCases.map { ($0.rawValue, $0.rawValue) }),
        isRequired: false
      ),
    ]
  }

  private func program(_ state: FormState) -> Markup {
    Piece.details(
      "What is programmed",
      isOpen: state.typed["program.rate"].map { !$0.isEmpty } ?? false,
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
}
