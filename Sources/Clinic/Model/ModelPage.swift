import JSONText
import Pharmacology

/// The patient model by itself: a drug, a place, a dose and a way of giving it, and what becomes of it.
struct ModelPage {
  let context: PageContext
  /// The fields, so that what is shown has an address; an example where it is empty.
  let query: FormFields

  /// A tracer is no drug that anyone would choose.
  private static let drugs = DrugDefaults.all.filter { $0.drug.name != "tracer" }

  func html() -> String {
    context.page(
      "Model",
      .model,
      Piece.heading(
        "Model",
        "Where a drug goes from the tip, as the patient model has it: nothing is recorded and nothing is ordered here."
      )
        + Piece.note(.warn, "MODEL, NOT A MEASUREMENT", ModelWords.notMeasured)
        + Piece.grid([Piece.card("What is given", form), Piece.card("What it comes to", answer)])
        + Piece.card(
          "Evidence",
          Piece.paragraph("\(EvidenceTable.summary)") + EvidenceTable.markup
        )
        + Piece.card(
          "How the numbers are known",
          ModelWords.standing(ofAll: Self.drugs.map(\.drug.name))
            + Piece.soft(
              "Steady streaming of the fluid is taken as mixing, uncertain by more than ten times; front and back of the "
                + "cord, tolerance and heavy solutions are not in the model. EC50 and most of the exchange with tissue are guesses."
            )
        )
    )
  }

  private var form: Markup {
    var state = FormState(form: "model", typed: [:])
    for name in query.names { state.typed[name] = query[name] ?? "" }
    let fields = [
      Field(
        "drug",
        "Drug",
        .choice(Self.drugs.map { ($0.drug.name, NameWords.capital($0.drug.name)) }),
        value: "baclofen"
      ),
      Field(
        "tip",
        "Level of the tip",
        .choice(SpinalLevel.all.dropFirst().dropLast().map { ($0.name, $0.name) }),
        value: "T10"
      ),
      Field("dose", "Dose of 24 h", .quantity(["ug/d", "mg/d"]), value: "400 ug/d"),
      Field(
        "pattern",
        "Way of giving it",
        .choice([
          ("steady", "Steadily"), ("four", "Four boluses a day, each over 6 min"),
          ("once", "All at once, over 6 min, never again"),
        ]),
        value: "steady"
      ),
      Field(
        "oral",
        "By mouth, three times a day",
        .quantity(["mg"]),
        value: "20 mg",
        hint: "Beside it, for morphine and baclofen. Empty for none.",
        isRequired: false
      ),
    ]
    return PageLibrary.markup(
      "search",
      [
        "action": "/model", "text": "Show, with an address to keep",
        "content": fields.map { $0.markup(state) }.joined().html, "also": "",
      ]
    )
  }

  private var answer: Markup {
    .made(
      "<div data-model=\"\(HTML.escaped(known))\" data-levels=\"\(HTML.escaped(PredictionCard.levels))\">"
        + "<p class=\"soft\">The model runs in the browser: its pictures stand here where scripts run.</p></div>\n"
    )
  }

  /// The drugs as `{"baclofen":{"index":3,"isOral":true},…}`; by mouth where that is in use.
  private var known: String {
    var writer = JSONWriter(capacity: 400)
    writer.beginObject()
    for (index, defaults) in DrugDefaults.all.enumerated() {
      writer.key(defaults.drug.name)
      writer.beginObject()
      writer.key("index")
      writer.integer(index)
      writer.key("isOral")
      writer.bool(["morphine", "baclofen"].contains(defaults.drug.name))
      writer.endObject()
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
