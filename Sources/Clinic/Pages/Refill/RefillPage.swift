import Quantities
import Therapy

/// A guided refill: one step a page, and only the one that comes next can be taken.
struct RefillPage {
  let record: PatientRecord
  /// By the forecast, for the next date; nothing where it is not known.
  let forecast: ReservoirForecast?
  let context: PageContext
  let state: FormState

  var head: PatientHead { PatientHead(record: record, context: context) }

  func html() -> String {
    context.page(
      "Refill of \(head.name)",
      .patients,
      topics: ["patient/\(record.id.text)"],
      head.markup(.refill) + content
    )
  }

  private var content: Markup {
    guard let session = record.refill else { return begin }
    let words = RefillWords(session)
    let step = Piece.card(words.title(session.next), instruction(session) + form(session))
    // A step that another person or the pump takes comes by itself; what somebody types stays.
    return Piece.live(
      "refill",
      topic: "patient/\(record.id.text)",
      Piece.steps("Steps of the refill", words.names, here: words.here)
        + (session.next == .receipt ? waiting(session) : .none)
        + Piece.grid([
          step, Piece.card("So far", RefillSummary(session: session, context: context).markup),
        ])
    )
      + abandon
  }

  private func instruction(_ session: RefillSession) -> Markup {
    Piece.paragraph("\(RefillWords.instruction(session.next))")
  }

  // MARK: Beginning

  private var begin: Markup {
    let present = record.reservoir?.fluid
    let fields = [
      Field(
        "plannedVolume",
        "Volume after the fill",
        .quantity(["mL"]),
        value: record.pump?.capacity.ml ?? "",
        hint: record.pump.map { "The reservoir holds \($0.capacity.ml)." }
      ),
      Field(
        "symptoms",
        "There were symptoms of too much or too little drug",
        .check,
        isRequired: false
      ),
    ]
    var same = Markup.none
    if let present {
      var form = PageForm("same", to: head.path("/refill/begin"), "Begin", version: head.version)
      form.hidden = [("mixture", "same")]
      same = Piece.card(
        "The same mixture again",
        Piece.paragraph(
          "The short way: \(bold: AmountWords.fluid(present)) as before, and the program stays."
        )
          + form.markup(context, state, fields)
      )
    }
    var other = PageForm("other", to: head.path("/refill/begin"), "Begin", version: head.version)
    other.hidden = [("mixture", "other")]
    other.content = FluidFields.more("planned", own("other"))
    return Piece.grid([
      same,
      Piece.card(
        "Another mixture",
        Piece.paragraph(
          "The fluid path still holds the old mixture: a bridge is worked out, and what "
            + "leaving it out would do."
        ) + other.markup(context, state, FluidFields.fields("planned") + fields)
      ),
    ]) + sheetLink
  }

  private var sheetLink: Markup {
    record.pastRefills.isEmpty && record.refill == nil
      ? .none
      : Piece.actions([
        Piece.button("Sheet of the last refill", to: head.path("/refill/sheet"), isPlain: true)
      ])
  }

  // MARK: Steps

  private func stepForm(_ session: RefillSession, _ button: String) -> PageForm {
    PageForm(
      session.next.rawValue,
      to: head.path("/refill/\(session.next.rawValue)"),
      button,
      version: head.version
    )
  }

  private func form(_ session: RefillSession) -> Markup {
    let form = stepForm(session, RefillWords.button(session.next))
    switch session.next {
    case .identity: return form.markup(context, state, identity)
    case .expected: return form.markup(context, state, expected)
    case .aspirate, .aspirateAgain:
      return verdict(session) + form.markup(context, state, [aspirated(session)])
    case .account: return verdict(session) + form.markup(context, state, [Field("reason", "Why")])
    case .label, .labelAgain: return mixture(form, "label", label)
    case .bridge: return bridge(session, form)
    case .checks:
      return form.markup(
        context,
        state,
        RefillCheck.allCases.map {
          Field("check.\($0.rawValue)", $0.words, .check, isRequired: false)
        }
      )
    case .secondPerson: return second(session, form)
    case .order: return order(session, form)
    case .program: return programmed(session, form)
    case .receipt: return .none
    case .readBack: return mixture(form, "fluid", readBack(session))
    case .nextDate: return form.markup(context, state, nextDate) + forecastNote
    }
  }

  private func own(_ form: String) -> FormState {
    var own = state.of(form)
    own.form = form
    return own
  }

  private func mixture(_ form: PageForm, _ prefix: String, _ fields: [Field]) -> Markup {
    var form = form
    form.content = FluidFields.more(prefix, own(form.name))
    return form.markup(context, state, fields)
  }

  private var identity: [Field] {
    [
      Field("name", "Name, as the patient says it", isRequired: false, complete: "off"),
      Field("born", "Date of birth, as the patient says it", .date, isRequired: false),
      Field("recordNumber", "Record number", isRequired: false, complete: "off"),
      Field("pumpSerial", "Serial number of the pump", complete: "off"),
    ]
  }

  private var expected: [Field] {
    [
      Field(
        "volume",
        "What the pump or the programmer says is left",
        .quantity(["mL"]),
        hint: "Left out, the forecast counts.",
        isRequired: false
      )
    ]
  }

  private func aspirated(_ session: RefillSession) -> Field {
    let before = session.aspirations.last.map { " In all, with the \($0.volume.ml) before." } ?? ""
    let expected = session.expected.map { expected in
      guard let volume = expected.volume else { return "What should be left is not known." }
      let source = expected.source == .pump ? "the pump's own count" : "predicted"
      return "Expected: \(volume.ml), \(source)."
    }
    return Field(
      "volume",
      "Drawn out",
      .quantity(["mL"]),
      hint: (expected ?? "") + before
    )
  }

  private func verdict(_ session: RefillSession) -> Markup {
    RefillSummary(session: session, context: context).verdict
  }

  private var label: [Field] {
    FluidFields.fields("label") + [
      Field("volume", "Volume after the fill", .quantity(["mL"])),
      Field("lot", "Lot", complete: "off"), Field("expiresOn", "Expires on", .date),
      Field(
        "entry",
        "How it was entered",
        .choice([("typed", "typed"), ("scanned", "scanned")]),
        value: "typed",
        hint: "A scanner types into the fields as a keyboard does."
      ),
    ]
  }

  private func readBack(_ session: RefillSession) -> [Field] {
    FluidFields.fields("fluid") + [Field("volume", "Volume that it shows", .quantity(["mL"]))]
  }

  private var nextDate: [Field] {
    let due = forecast?.due?.at
    return [
      Field(
        "nextOn",
        "Next refill on",
        .date,
        value: due.map { RefillForm.day(by: $0).text } ?? "",
        hint: forecast?.due.map {
          "By the forecast \($0.at.dayWords): "
            + "\($0.because.words)\($0.isVerified ? "" : ", unverified")."
        }
      ), Field("reason", "Why, where it is later", isRequired: false),
    ]
  }

  private var forecastNote: Markup {
    forecast == nil
      ? Piece.note(.warn, "NOT KNOWN", "There is no forecast: choose the date with care.") : .none
  }

  private var abandon: Markup {
    Piece.details(
      "Break the refill off",
      isOpen: state.form == "abandon",
      PageForm("abandon", to: head.path("/refill/abandon"), "Break it off", version: head.version)
        .markup(
          context,
          state,
          [
            Field("reason", "Why"),
            Field(
              "reservoir",
              "What is in the reservoir now",
              .quantity(["mL"]),
              hint: "Left out where nobody knows: the record then says so until the next refill.",
              isRequired: false
            ),
          ]
        )
    )
  }
}
