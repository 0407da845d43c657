import Formulary
import Therapy

/// The forms with which somebody adds a score, a note, a dose by mouth or a side effect.
struct ObservationForms {
  let record: PatientRecord
  let context: PageContext
  let state: FormState

  private func path(_ rest: String) -> String { "/patients/\(record.id.text)\(rest)" }

  var markup: Markup {
    Piece.card(
      "Add to the record",
      id: "add",
      form("score", "A score", score) + form("note", "A note", note)
        + form("oral", "A dose by mouth", oral) + form("effect", "A side effect", effect)
        + (entries.isEmpty ? .none : form("correct", "Strike out an entry that was wrong", correct))
    )
  }

  private func form(_ name: String, _ title: String, _ content: Markup) -> Markup {
    Piece.details(title, isOpen: state.form == name, content)
  }

  private var score: Markup {
    PageForm("score", to: path("/scores"), "Record the score").markup(
      context,
      state,
      [
        Field(
          "scale",
          "Scale",
          .choice([
            ("nrs", "Pain, NRS: 0 to 10, lower is better"),
            ("modifiedAshworth", "Modified Ashworth: 0 to 4, lower is better"),
            ("penn", "Penn spasm frequency: 0 to 4, lower is better"),
          ]),
          value: record.adopted.map(\.indication.rawValue).map {
            $0.contains("spastic") ? "modifiedAshworth" : "nrs"
          } ?? "nrs"
        ),
        Field("value", "Value", hint: "A whole number; for Ashworth also 1+."),
        Field(
          "muscle",
          "Muscle group",
          .choice(MuscleGroup.allCases.map { ($0.rawValue, NameWords.capital($0.words)) }),
          value: MuscleGroup.kneeFlexors.rawValue,
          hint: "Counts for Ashworth only."
        ),
        Field(
          "severity",
          "Severity of spasms",
          .whole,
          hint: "1 to 3, for Penn where there are spasms.",
          isRequired: false
        ),
        Field("takenAt", "Taken at", .moment, value: context.now.fieldText),
      ]
    )
  }

  private var note: Markup {
    PageForm("note", to: path("/notes"), "Record the note").markup(
      context,
      state,
      [Field("text", "Note", .area)]
    )
  }

  private var oral: Markup {
    PageForm("oral", to: path("/oral"), "Record the dose").markup(
      context,
      state,
      [
        Field(
          "drug",
          "Drug",
          .choice(
            OralDrug.allCases.map {
              (
                $0.rawValue,
                "\(NameWords.capital(NameWords.spaced($0.rawValue))): × \($0.factor)"
                  + ($0.isVerified ? "" : ", factor unverified")
              )
            }
          ),
          value: "morphine"
        ),
        Field("dose", "Dose of a day", .quantity(["mg/d"])),
        Field("since", "Since", .date, isRequired: false),
      ]
    )
  }

  /// What may be struck out, by its event.
  private var entries: [(EventID, String)] {
    var all: [(EventID, String)] = []
    all += record.scores.filter { $0.struckOut == nil }.map {
      ($0.event, "\($0.value.score.words), \($0.value.takenAt.dayWords)")
    }
    all += record.oralOpioids.filter { $0.struckOut == nil }.map {
      ($0.event, "\(NameWords.spaced($0.value.drug.rawValue)) by mouth, \($0.at.dayWords)")
    }
    all += record.sideEffects.filter { $0.struckOut == nil }.map {
      ($0.event, "\($0.value.what), \($0.at.dayWords)")
    }
    all += record.notes.filter { $0.struckOut == nil }.map {
      ($0.event, "Note: \($0.value.text.prefix(40)), \($0.at.dayWords)")
    }
    return all.sorted { $0.0 > $1.0 }
  }

  private var correct: Markup {
    PageForm("correct", to: path("/corrections"), "Strike it out").markup(
      context,
      state,
      [
        Field(
          "event",
          "Entry",
          .choice(entries.map { ("\($0.0.position)", $0.1) }),
          value: entries.first.map { "\($0.0.position)" } ?? "",
          hint: "It stays in the record, struck out, with the reason."
        ), Field("reason", "Why it was wrong"),
      ]
    )
  }

  private var effect: Markup {
    PageForm("effect", to: path("/side-effects"), "Record the side effect").markup(
      context,
      state,
      [
        Field("what", "What it is"),
        Field(
          "severity",
          "Severity",
          .choice(SideEffectSeverity.allCases.map { ($0.rawValue, $0.rawValue) }),
          value: "mild"
        ), Field("since", "Since", .date, isRequired: false),
      ]
    )
  }
}
