import Therapy

/// What another clinic told of a patient, part by part: unverified until somebody has looked.
struct ArrivalView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    guard let arrival = record.pathway.arrival else { return .none }
    let told = arrival.arrived
    var text = Piece.facts([
      ("From", "\(told.from)"), ("Written", "\(told.writtenAt.words)"),
      ("Taken in", "\(arrival.at.words)"),
    ])
    var table = PageTable(
      "What was told, and whether it was checked",
      ["Part", "State", "By what"]
    )
    for part in told.parts {
      let checked = arrival.checked[part]
      let state: Markup =
        switch checked?.agrees {
        case nil: "\(tag: "told, unverified", .warn)"
        case true?: "\(tag: "checked", .good)"
        case false?: "\(tag: "is otherwise", .bad)"
        }
      table.add(["\(NameWords.capital(part.text))", state, "\(checked?.note ?? "–")"])
    }
    text += table.markup
    if !told.underWay.isEmpty {
      text += Piece.title("Under way there")
      text += Piece.list(told.underWay.map { "\($0)" })
      text += Piece.soft(
        "Complications are opened here with the first test anew; scans and tapers are planned anew."
      )
    }
    if !told.notKnown.isEmpty {
      text += Piece.title("Not known there")
      text += Piece.list(told.notKnown.map { "\($0)" })
    }
    return Piece.card("Told by the clinic before", text)
  }
}

extension PatientHead {
  /// That what is shown was told by another clinic.
  var arrivalWarning: Markup {
    guard context.visitor.isClinical, let arrival = record.pathway.arrival, !arrival.open.isEmpty
    else { return .none }
    return Piece.note(
      .warn,
      "UNVERIFIED",
      "As \(arrival.arrived.from) told it: \(arrival.open.map(\.text).joined(separator: ", ")). "
        + "\(link: "What was checked", to: PathwayPlace.evaluation.path(record.id))"
    )
  }
}

/// The form that takes in a patient with the document of another clinic.
struct ArrivalPage {
  let context: PageContext
  let state: FormState
  /// The id that the new record gets, made when the page was first read.
  let patient: String

  func html() -> String {
    var form = PageForm("arrive", to: "/arrive", "Take the patient in")
    form.hidden = [("patient", patient)]
    return context.page(
      "Take in a patient of another clinic",
      .patients,
      Piece.heading(
        "Take in a patient of another clinic",
        "With the transfer document that the other clinic wrote. All of it is shown as told and "
          + "unverified, until somebody here has looked at it part by part."
      )
        + Piece.card(
          nil,
          form.markup(
            context,
            state,
            [
              Field("from", "From which clinic"),
              Field(
                "document",
                "Transfer document",
                .area,
                hint: "The whole text of the file, from the first brace to the last."
              ),
            ]
          )
        )
    )
  }
}

/// Taking in a patient by a transfer document, for the API and the page alike.
struct ArrivalAct: Decodable {
  static let roles: Set<AccountRole> = [.physician, .nurse]
  /// A record of many years with its history in words.
  static let bodyMax = 2 * 1_024 * 1_024

  let from: String
  let document: TransferDocument

  func commands() throws(WebError) -> [TherapyCommand] {
    guard document.form == TransferDocument.form else {
      throw FormFields.fault(
        "document.form",
        given: "\(document.form)",
        expected: "form \(TransferDocument.form) of a transfer document"
      )
    }
    return document.arrival(from: from)
  }
}
