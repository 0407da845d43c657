import JSONText
import Pharmacology
import Therapy

/// What the patient model makes of the program in the form: the script fills it in as one types.
struct PredictionCard {
  let record: PatientRecord
  let fluid: Fluid

  var markup: Markup {
    let path = "/patients/\(record.id.text)/program"
    let place =
      "<div data-prediction=\"\(HTML.escaped(path))\" data-levels=\"\(HTML.escaped(Self.levels))\">"
      + "<p class=\"soft\">Pictures of what the model predicts stand here where scripts run.</p></div>\n"
    return Piece.card(
      "What the model predicts",
      id: "prediction",
      .made(place)
        + Piece.note(
          .plain,
          "MODEL, NOT A MEASUREMENT",
          "\(ModelWords.notMeasured) \(link: "The model and its evidence", to: "/model")."
        )
        + Piece.details(
          "How its numbers are known",
          ModelWords.standing(ofAll: fluid.drugs.map(\.name))
            + Piece.soft(
              "The program in force is taken to have run for 7 days before the change, both to go on for 7 days "
                + "after it with enough in the reservoir and without patient doses; the steps of a day by "
                + "the clinic's clock. "
                + "The band holds nine in ten of 60 virtual patients; only the spread of the spinal fluid's volume "
                + "and, for baclofen, of clearance and volume in blood has a source."
            )
        )
    )
  }

  /// The levels of the model's canal as `[["S2",0],…]`, cm.
  static var levels: String {
    var writer = JSONWriter(capacity: 300)
    writer.beginArray()
    for level in Pharmacology.SpinalLevel.all {
      writer.beginArray()
      writer.string(level.name)
      writer.double(level.place)
      writer.endArray()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
