import Formulary
import Quantities
import Therapy

/// Who the patient is and what is in place, each with the form that puts it right.
struct DetailsPage {
  let record: PatientRecord
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }
  private var mayWrite: Bool { !context.visitor.roles.isDisjoint(with: [.physician, .nurse]) }

  func html() -> String {
    context.page(
      "Details of \(head.name)",
      .patients,
      topics: ["patient/\(record.id.text)"],
      head.markup(.details)
        + Piece.grid([
          Piece.column([identity, contact]), Piece.column([pump, link]),
        ]) + Piece.grid([catheter, reservoir])
    )
  }

  /// A fold with the form in it, open where it was refused.
  private func form(
    _ title: String,
    _ name: String,
    _ button: String,
    _ fields: [Field],
    more: Markup = .none
  ) -> Markup {
    guard mayWrite, record.stage == .therapy else { return .none }
    var form = PageForm(name, to: head.path("/\(name)"), button, version: head.version)
    form.content = more
    return Piece.details(
      title,
      isOpen: state.form == name,
      form.markup(context, state, fields)
    )
  }

  private func own(_ form: String) -> FormState {
    var own = state.of(form)
    own.form = form
    return own
  }

  private static let reason = Field("reason", "Why it was wrong")

  private var identity: Markup {
    guard let identity = record.identity else { return .none }
    return Piece.card(
      "Who it is",
      Piece.facts([
        ("Name", "\(identity.givenName) \(identity.familyName)"),
        ("Born", "\(identity.born.words)"),
        ("Record number", "\(identity.recordNumber)"),
        ("Sex", identity.sex.map { "\($0.rawValue)" } ?? InPlaceView.unknown),
        ("Language", "\(identity.language)"),
      ])
        + form(
          "Put it right",
          "identity",
          "Correct who it is",
          PlaceFields.identity(identity) + [Self.reason]
        )
    )
  }

  private var contact: Markup {
    let contact = record.contact
    func said(_ text: String?) -> Markup { text.map { "\($0)" } ?? InPlaceView.unknown }
    return Piece.card(
      "How the patient is reached",
      Piece.facts([
        ("Telephone", said(contact?.phone)), ("Companion", said(contact?.companion)),
        ("E-mail", said(contact?.email)), ("Address", said(contact?.address)),
      ])
        + form("Change it", "contact", "Record the contact", PlaceFields.contact(contact))
    )
  }

  private var pump: Markup {
    Piece.card(
      "Pump",
      InPlaceView(record: record).pump
        + form(
          "Put it right",
          "pump-in-place",
          "Correct the pump",
          PlaceFields.pump(record.pump) + [Self.reason]
        )
    )
  }

  private var catheter: Markup {
    Piece.card(
      "Catheter",
      InPlaceView(record: record).catheter
        + form(
          "Record what is known",
          "catheter",
          "Record the catheter",
          PlaceFields.catheter(record.catheter)
        )
        + (record.isLinked
          ? Piece.soft(
            "The pump's own fluid path is set by an order: \(link: "Catheter revised", to: head.path("/new-order/catheter"))."
          )
          : .none)
    )
  }

  private var reservoir: Markup {
    let now: Markup =
      record.reservoir.map { reservoir in
        Piece.facts([
          ("Holds", "\(AmountWords.fluid(reservoir.fluid))"),
          ("Filled", "\(figure: reservoir.volume.ml) on \(reservoir.filledAt.words)"),
          (
            "Lot",
            reservoir.lots.isEmpty
              ? InPlaceView.unknown : "\(reservoir.lots.joined(separator: ", "))"
          ),
          ("Word of", "\(reservoir.standing.words)"),
        ])
      } ?? Piece.paragraph("What is in the reservoir is not recorded.")
    return Piece.card(
      "Reservoir",
      now
        + form(
          "Record what papers say",
          "fill",
          "Record the fill",
          PlaceFields.fill(isRequired: true),
          more: FluidFields.more("fill", own("fill"))
        )
        + Piece.soft(
          "A fill that is done here goes by the \(link: "guided refill", to: head.path("/refill"))."
        )
    )
  }

  // MARK: Link

  private var link: Markup {
    switch record.link {
    case .linked(let link):
      return Piece.card(
        "Link to the pump",
        Piece.facts([
          ("Pump's id", .made("<code>\(link.pump.text)</code>")),
          ("Key of its receipts", .made("<code>\(link.receiptKey.text)</code>")),
          (
            "Key of its sessions",
            link.sessionKey.map { .made("<code>\($0.text)</code>") } ?? InPlaceView.unknown
          ),
        ])
          + form(
            "Unlink the pump",
            "unlink",
            "Unlink the pump",
            [
              Field(
                "reason",
                "Why",
                hint:
                  "The clinic no longer calls the pump and takes no receipt of it; the pump goes on."
              )
            ]
          )
      )
    case .byHand:
      return Piece.card(
        "Link to the pump",
        Piece.paragraph(
          "Followed by hand. A pump is linked at the bedside: its id and keys are taken down from the pump "
            + "itself, never from a message."
        )
          + form("Link the pump", "link", "Link the pump", Self.keys)
          + Piece.details(
            "How id and keys are read",
            Piece.paragraph(
              "In the treatment room, with the pump's pairing code, the command link pair writes them into "
                + "the file of its contact: pump_id, signing_key (of the receipts) and session_key."
            )
          )
      )
    }
  }

  private static let keys = [
    Field(
      "pump",
      "Pump's id",
      hint: "32 digits from 0 to f; blanks between them do not matter.",
      complete: "off"
    ),
    Field(
      "receiptKey",
      "Key of its receipts",
      hint: "64 digits. Whatever is signed with another key is no word of this pump.",
      complete: "off"
    ),
    Field(
      "sessionKey",
      "Key of its sessions",
      hint: "64 digits. Left out, the clinic cannot call the pump.",
      isRequired: false,
      complete: "off"
    ),
    Field("contact", "Where its relay is", isRequired: false, complete: "off"),
  ]
}
